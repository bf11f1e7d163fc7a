import type { Socket } from 'node:net';
import { concatBytes } from '../model/bytes.js';
import type { ByteTransform } from '../model/byte-transform.js';
import { createWriteTimeout } from './write-timeout.js';

/** What leaves a connection, in order: as it is, or through a transform that may take its time. */
export interface Outbound {
  readonly write: (bytes: Uint8Array) => void;
  /** Ends the local direction behind everything written. */
  readonly end: () => void;
  /** From now on everything goes through the transform. */
  readonly encodeBy: (transform: ByteTransform) => void;
  /** What waits for the transform or for the system costs so many bytes. */
  readonly waiting: () => number;
  /** Whether a sender that can wait should do so. */
  readonly isFull: () => boolean;
  /** The system has room again. */
  readonly onDrain: () => void;
  /** Nobody writes here any more. */
  readonly release: () => void;
}

export interface OutboundEvents {
  /** Shown what goes to the system. */
  readonly onBytes: (bytes: Uint8Array) => void;
  /** There is room that was not there before. */
  readonly onRoom: () => void;
  /** The other side took nothing for too long. */
  readonly onStall: () => void;
}

/** Above this a sender that can wait does so. */
const fullAbove = 65_536;

/** What goes to the system at a time, so that one sees whether the other side takes it. */
const pieceSize = 65_536;

/** What an entry of the queue costs besides its bytes: a million empty Pongs are not nothing. */
const costOfEntry = 128;

/**
 * The way out through a socket.
 * @param writeTimeout milliseconds for which the other side may take nothing of what waits
 */
export function createOutbound(socket: Socket, writeTimeout: number, events: OutboundEvents): Outbound {
  let transform: ByteTransform | undefined;
  let queue: Uint8Array[] = [];
  /** Entries of the queue that were sent; they are taken away from time to time. */
  let sent = 0;
  let queued = 0;
  /** Bytes that are being encoded. */
  let encoding = 0;
  let isEnding = false;

  const isWaiting = (): boolean => queued > 0 || encoding > 0 || socket.writableLength > 0;
  const timeout = createWriteTimeout(writeTimeout, isWaiting, events.onStall);

  const send = (bytes: Uint8Array): void => {
    if (socket.destroyed) return;
    events.onBytes(bytes);
    socket.write(bytes, timeout.onTaken);
  };

  /** The next bytes: what came meanwhile costs one write, and one flush, and not one each. */
  const nextPiece = (): Uint8Array => {
    const parts: Uint8Array[] = [];
    for (let room = pieceSize; room > 0 && sent < queue.length;) {
      const first = queue[sent] ?? new Uint8Array(0);
      const part = first.subarray(0, room);
      parts.push(part);
      room -= part.length;
      queued -= part.length;
      if (part.length === first.length) sent++;
      else queue[sent] = first.subarray(part.length);
    }
    if (sent * 2 > queue.length) {
      queue = queue.slice(sent);
      sent = 0;
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : concatBytes(parts);
  };

  const sendMore = (): void => {
    while (sent < queue.length && encoding === 0 && !socket.writableNeedDrain && !socket.destroyed) {
      const piece = nextPiece();
      if (transform === undefined) {
        send(piece);
        continue;
      }
      encoding = piece.length;
      transform.encode(piece, (coded) => {
        encoding = 0;
        send(coded);
        sendMore();
        events.onRoom();
      });
    }
    if (isEnding && sent === queue.length && encoding === 0) socket.end();
  };

  return {
    write: (bytes) => {
      if (isEnding || socket.destroyed) return;
      queue.push(bytes);
      queued += bytes.length;
      sendMore();
      if (isWaiting()) timeout.onWaiting();
    },
    end: () => {
      isEnding = true;
      sendMore();
    },
    encodeBy: (by) => {
      // What was written before is not for the transform.
      while (sent < queue.length) send(nextPiece());
      transform = by;
    },
    waiting: () => encoding + queued + (queue.length - sent) * costOfEntry + socket.writableLength,
    isFull: () => encoding + queued > fullAbove || socket.writableNeedDrain,
    onDrain: () => {
      sendMore();
      events.onRoom();
    },
    release: () => {
      timeout.stop();
      queue = [];
      sent = 0;
      queued = 0;
    },
  };
}
