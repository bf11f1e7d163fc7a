import { constants, createDeflateRaw, createInflateRaw, type DeflateRaw, type InflateRaw } from 'node:zlib';
import { concatBytes, noBytes } from '../model/bytes.js';
import type { ByteTransform, Decoded } from '../model/byte-transform.js';

/**
 * A smaller window and memory than the library's default: about 64 KiB for a direction and not 256, for masked frames
 * hardly shrink anyway, and a thousand connections are to fit a small machine. The decoder has to take any window.
 */
const encoderMemory = { windowBits: 13, memLevel: 6 } as const;

/** RFC 1951 by node's zlib, off the main thread; each direction costs memory from its first byte on. */
export function deflateTransform(): ByteTransform {
  const encoder = createEncoder();
  const decoder = createDecoder();
  return {
    encode: encoder.encode,
    decode: decoder.decode,
    close: () => {
      encoder.close();
      decoder.close();
    },
  };
}

function createEncoder(): Pick<ByteTransform, 'encode' | 'close'> {
  let engine: DeflateRaw | undefined;
  let isClosed = false;
  let parts: Uint8Array[] = [];

  const start = (): DeflateRaw => {
    // Every write ends at a byte (draft-06/8.2.1/not-delayed), and no block is ever the last one (reading R-844).
    const started = createDeflateRaw({ ...encoderMemory, flush: constants.Z_SYNC_FLUSH });
    started.on('readable', () => {
      collect(started);
    });
    return started;
  };
  const collect = (from: DeflateRaw): void => {
    for (let part = read(from); part !== undefined; part = read(from)) parts.push(part);
  };
  return {
    encode: (clear, then) => {
      if (isClosed) return;
      const running = (engine ??= start());
      running.write(clear, () => {
        if (isClosed) return;
        collect(running);
        const coded = concatBytes(parts);
        parts = [];
        then(coded);
      });
    },
    close: () => {
      isClosed = true;
      engine?.close();
    },
  };
}

function createDecoder(): Pick<ByteTransform, 'decode' | 'close'> {
  let engine: InflateRaw | undefined;
  let isClosed = false;
  let wrong: string | undefined;
  let waiting: ((decoded: Decoded) => void) | undefined;
  /** What is being decoded, and how much the engine had taken before it. */
  let input: { readonly bytes: Uint8Array; readonly takenBefore: number } | undefined;

  const answer = (decoded: Decoded): void => {
    const then = waiting;
    waiting = undefined;
    then?.(decoded);
  };

  /** Hands out a piece as soon as there is one; the engine stops by itself while nobody takes any. */
  const offer = (): void => {
    if (waiting === undefined || isClosed) return;
    if (wrong !== undefined) {
      answer({ kind: 'wrong', says: wrong });
      return;
    }
    const bytes = engine === undefined ? undefined : read(engine);
    const more = input !== undefined || (engine?.readableLength ?? 0) > 0;
    if (bytes !== undefined || !more) answer({ kind: 'clear', bytes: bytes ?? noBytes, more });
  };

  const start = (): InflateRaw => {
    const started = createInflateRaw();
    started.on('readable', offer);
    started.on('error', (error) => {
      wrong = error.message;
      offer();
    });
    started.on('end', goOn);
    return started;
  };

  const write = (bytes: Uint8Array): void => {
    const running = (engine ??= start());
    input = { bytes, takenBefore: running.bytesWritten };
    running.write(bytes, () => {
      if (running !== engine) return;
      input = undefined;
      offer();
    });
  };

  /** Behind a last block a new series of blocks begins (reading R-844). */
  const goOn = (): void => {
    const ended = engine;
    const left = input?.bytes.subarray((ended?.bytesWritten ?? 0) - input.takenBefore) ?? noBytes;
    ended?.close();
    engine = undefined;
    input = undefined;
    if (isClosed) return;
    if (left.length > 0) write(left);
    offer();
  };

  return {
    decode: (coded, then) => {
      if (isClosed) return;
      waiting = then;
      if (coded.length > 0 && wrong === undefined) write(coded);
      offer();
    },
    close: () => {
      isClosed = true;
      engine?.close();
    },
  };
}

/** What the engine has ready; its type says `any`. */
function read(engine: DeflateRaw | InflateRaw): Uint8Array | undefined {
  return (engine.read() as Buffer | null) ?? undefined;
}
