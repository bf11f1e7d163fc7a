import { noBytes } from '../model/bytes.js';
import type { ByteTransform } from '../model/byte-transform.js';

/** What comes to a connection whose stream is encoded: decoded piece by piece, with the events of TCP in their order. */
export interface Inbound {
  readonly decode: (bytes: Uint8Array) => void;
  /** Runs something behind all bytes that came before: at once if there are none. */
  readonly behind: (event: () => void) => void;
  /** Goes on where `mayRead` said no. */
  readonly goOn: () => void;
  /** Gives up what is not decoded yet, for nobody will look at it. Events still run. */
  readonly discard: () => void;
  /** Whether nothing waits to be decoded. */
  readonly isIdle: () => boolean;
}

export interface InboundEvents {
  /** Whether the connection can take a piece now. */
  readonly mayRead: () => boolean;
  readonly onClear: (bytes: Uint8Array) => void;
  readonly onWrong: (says: string) => void;
  /** Everything that came is decoded. */
  readonly onIdle: () => void;
}

/** The way in through a transform. The next piece is decoded when the connection has dealt with the one before. */
export function createInbound(transform: ByteTransform, events: InboundEvents): Inbound {
  let queue: (Uint8Array | (() => void))[] = [];
  let isDecoding = false;
  let hasMore = false;
  let isWorking = false;

  const decode = (bytes: Uint8Array): void => {
    isDecoding = true;
    transform.decode(bytes, (decoded) => {
      isDecoding = false;
      hasMore &&= decoded.kind === 'clear' && decoded.more;
      if (decoded.kind === 'wrong') events.onWrong(decoded.says);
      else if (decoded.bytes.length > 0) events.onClear(decoded.bytes);
      work();
    });
  };

  /** A loop, not a recursion: a transform may answer before the call returns. */
  const work = (): void => {
    if (isWorking) return;
    isWorking = true;
    try {
      while (!isDecoding) {
        const next = hasMore ? noBytes : queue[0];
        if (next === undefined) {
          events.onIdle();
          break;
        }
        if (typeof next === 'function') {
          queue.shift();
          next();
          continue;
        }
        if (!events.mayRead()) break;
        if (!hasMore) queue.shift();
        hasMore = true;
        decode(next);
      }
    } finally {
      isWorking = false;
    }
  };

  return {
    decode: (bytes) => {
      queue.push(bytes);
      work();
    },
    behind: (event) => {
      queue.push(event);
      work();
    },
    goOn: work,
    discard: () => {
      hasMore = false;
      queue = queue.filter((waiting) => typeof waiting === 'function');
    },
    isIdle: () => !isDecoding && !hasMore && queue.length === 0,
  };
}
