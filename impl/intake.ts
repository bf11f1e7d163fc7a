import type { Socket } from 'node:net';
import { concatBytes, noBytes } from '../model/bytes.js';

/** What came of waiting for bytes. */
export type WaitOutcome = 'bytes' | 'ended' | 'lost' | 'too-late';

/** Reads a socket while ordinary HTTP is spoken on it, and keeps what nobody has asked for yet: a bounded amount. */
export interface Intake {
  /** Bytes that have come and were not taken. */
  readonly take: () => Uint8Array;
  readonly hasBytes: () => boolean;
  /** Gives back what was taken but not used. */
  readonly putBack: (bytes: Uint8Array) => void;
  /** Waits until there are bytes, or until none can come, at most for some milliseconds. */
  readonly arrival: (withinMs: number) => Promise<WaitOutcome>;
  /** Writes; waits until the system has taken it, so that a client that does not read is served no more. */
  readonly write: (bytes: Uint8Array, withinMs: number) => Promise<boolean>;
  /** Leaves the socket, paused, to somebody else. */
  readonly release: () => void;
}

/** Requests that wait behind one that is being answered; above it the client has to wait. */
const maxUnread = 64 * 1024;

/**
 * Begins to read a socket.
 * @param unread bytes that were read already
 * @param onBytes is told of all further bytes
 */
export function takeIn(
  socket: Socket,
  unread: Uint8Array,
  onBytes: (from: 'local' | 'remote', bytes: Uint8Array) => void,
): Intake {
  let kept = unread;
  let notify = (): void => undefined;
  const listeners = {
    data: (chunk: Buffer): void => {
      const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      onBytes('remote', bytes);
      kept = concatBytes([kept, bytes]);
      if (kept.length > maxUnread) socket.pause();
      notify();
    },
    end: (): void => {
      notify();
    },
    close: (): void => {
      notify();
    },
    drain: (): void => {
      notify();
    },
  };
  for (const [name, listener] of Object.entries(listeners)) socket.on(name, listener);
  socket.resume();

  /** Waits until something holds, at most for some milliseconds. */
  const until = <Value>(look: () => Value | undefined, withinMs: number): Promise<Value | undefined> =>
    new Promise((resolve) => {
      const finish = (value: Value | undefined): void => {
        clearTimeout(timer);
        notify = () => undefined;
        resolve(value);
      };
      const timer = setTimeout(finish, withinMs, undefined);
      notify = () => {
        const value = look();
        if (value !== undefined) finish(value);
      };
      notify();
    });

  return {
    take: () => {
      const taken = kept;
      kept = noBytes;
      socket.resume();
      return taken;
    },
    hasBytes: () => kept.length > 0,
    putBack: (bytes) => {
      kept = concatBytes([bytes, kept]);
    },
    arrival: async (withinMs) => {
      const look = (): WaitOutcome | undefined => {
        if (kept.length > 0) return 'bytes';
        if (socket.destroyed) return 'lost';
        return socket.readableEnded ? 'ended' : undefined;
      };
      return (await until(look, withinMs)) ?? 'too-late';
    },
    write: async (bytes, withinMs) => {
      if (socket.destroyed || !socket.writable) return false;
      onBytes('local', bytes);
      if (socket.write(bytes)) return true;
      const look = (): boolean | undefined => {
        if (socket.destroyed) return false;
        return socket.writableNeedDrain ? undefined : true;
      };
      return (await until(look, withinMs)) ?? false;
    },
    release: () => {
      for (const [name, listener] of Object.entries(listeners)) socket.off(name, listener);
      socket.pause();
    },
  };
}
