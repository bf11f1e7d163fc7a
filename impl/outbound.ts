import type { Socket } from 'node:net';
import { concatBytes } from '../model/bytes.js';
import type { ByteTransform } from '../model/byte-transform.js';

/** What leaves a connection, in order: as it is, or through a transform that may take its time. */
export interface Outbound {
  readonly write: (bytes: Uint8Array) => void;
  /** Ends the local direction behind everything written. */
  readonly end: () => void;
  /** From now on everything goes through the transform. */
  readonly encodeBy: (transform: ByteTransform) => void;
  /** Bytes that wait, for the transform or for the system. */
  readonly waiting: () => number;
  /** Whether a sender that can wait should do so. */
  readonly isFull: () => boolean;
}

/** Above this a sender that can wait does so, until the transform has caught up. */
const fullAbove = 65_536;

/**
 * The way out through a socket.
 * @param onBytes is shown what goes to the system
 * @param onRoom is called when the transform has caught up; that the system has, the socket says itself
 */
export function createOutbound(socket: Socket, onBytes: (bytes: Uint8Array) => void, onRoom: () => void): Outbound {
  let transform: ByteTransform | undefined;
  let queue: Uint8Array[] = [];
  let queued = 0;
  let isEncoding = false;
  let isEnding = false;

  const send = (bytes: Uint8Array): void => {
    if (socket.destroyed) return;
    onBytes(bytes);
    socket.write(bytes);
  };

  /** Everything that waits is encoded together: what came meanwhile costs one flush and not one each. */
  const encodeMore = (by: ByteTransform): void => {
    if (isEncoding || queue.length === 0) return;
    isEncoding = true;
    const batch = concatBytes(queue);
    queue = [];
    by.encode(batch, (coded) => {
      isEncoding = false;
      queued -= batch.length;
      send(coded);
      if (isEnding && queue.length === 0) socket.end();
      encodeMore(by);
      onRoom();
    });
  };

  return {
    write: (bytes) => {
      if (isEnding || socket.destroyed) return;
      if (transform === undefined) {
        send(bytes);
        return;
      }
      queue.push(bytes);
      queued += bytes.length;
      encodeMore(transform);
    },
    end: () => {
      isEnding = true;
      if (queued === 0) socket.end();
    },
    encodeBy: (by) => {
      transform = by;
    },
    waiting: () => queued + socket.writableLength,
    isFull: () => queued > fullAbove || socket.writableNeedDrain,
  };
}
