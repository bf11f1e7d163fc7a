import {
  Z_DEFAULT_STRATEGY,
  Z_FIXED,
  Z_FULL_FLUSH,
  Z_HUFFMAN_ONLY,
  Z_OK,
  Z_PARTIAL_FLUSH,
  Z_RLE,
  Z_STREAM_END,
  Z_SYNC_FLUSH,
  zlibDeflate,
  zlibDeflateInit2,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateReset,
  ZStream,
} from 'pako';
import { concatBytes, noBytes } from '../../model/bytes.js';
import type { ByteTransform, Decoded } from '../../model/byte-transform.js';
import type { Input } from '../../model/connection.js';
import { deflateStreamBy } from '../../model/deflate-stream.js';
import type { ExtensionDefinition } from '../../model/extension-registry.js';

/*
 * RFC 1951 by pako: a second library beside the zlib of node that `impl/` uses, and a synchronous one, for conversations
 * of the verifier, for the model in memory and for traffic that was recorded.
 */

/** How a message ends in the compressed stream; each makes all of it readable at once. */
export const flushes = {
  /** An empty stored block, which ends at a byte. */
  sync: Z_SYNC_FLUSH,
  /** The same, and nothing later refers to what came before. */
  full: Z_FULL_FLUSH,
  /** An empty block of fixed codes, behind which the next message may begin in the same byte. */
  partial: Z_PARTIAL_FLUSH,
} as const;

export type Flush = keyof typeof flushes;

/** What the blocks of a stream are made of. */
export const strategies = {
  default: Z_DEFAULT_STRATEGY,
  huffman: Z_HUFFMAN_ONLY,
  rle: Z_RLE,
  /** Blocks of fixed codes only. */
  fixed: Z_FIXED,
} as const;

/** How to compress. */
export interface DeflateChoices {
  /** 0 for stored blocks, 1 to 9. Default 6. */
  readonly level?: number;
  readonly strategy?: keyof typeof strategies;
  /** Base 2 logarithm of the window, 9 to 15. Default 15. */
  readonly windowBits?: number;
}

const deflated = 8;
const pieceSize = 16_384;

/** Compresses one direction of a connection, message by message. */
export function createDeflater(choices: DeflateChoices = {}): (clear: Uint8Array, flush?: Flush) => Uint8Array {
  const { level = 6, strategy = 'default', windowBits = 15 } = choices;
  const stream = new ZStream();
  zlibDeflateInit2(stream, level, deflated, -windowBits, 8, strategies[strategy]);
  return (clear, flush = 'sync') => {
    const parts: Uint8Array[] = [];
    stream.input = clear;
    stream.next_in = 0;
    stream.avail_in = clear.length;
    do {
      stream.output = new Uint8Array(pieceSize);
      stream.next_out = 0;
      stream.avail_out = pieceSize;
      zlibDeflate(stream, flushes[flush]);
      parts.push(stream.output.subarray(0, stream.next_out));
      // A flush is complete when it leaves room in the output.
    } while (stream.avail_out === 0);
    return concatBytes(parts);
  };
}

/** Decompresses one direction of a connection, piece by piece. */
export function createInflater(): (coded: Uint8Array) => Decoded {
  const stream = new ZStream();
  zlibInflateInit2(stream, -15);
  stream.input = noBytes;
  stream.next_in = 0;
  stream.avail_in = 0;
  return (coded) => {
    if (coded.length > 0) {
      stream.input = concatBytes([stream.input.subarray(stream.next_in, stream.next_in + stream.avail_in), coded]);
      stream.next_in = 0;
      stream.avail_in = stream.input.length;
    }
    stream.output = new Uint8Array(pieceSize);
    stream.next_out = 0;
    stream.avail_out = pieceSize;
    let status: number = Z_OK;
    while (stream.avail_out > 0) {
      status = zlibInflate(stream, Z_SYNC_FLUSH);
      if (status !== Z_STREAM_END) break;
      // Behind a last block a new series of blocks begins (reading R-844).
      zlibInflateReset(stream);
      if (stream.avail_in === 0) break;
    }
    const bytes = stream.output.subarray(0, stream.next_out);
    // What was read before the stream broke is handed out first.
    if (status < Z_OK && bytes.length === 0 && isBroken(status)) return { kind: 'wrong', says: stream.msg };
    return { kind: 'clear', bytes, more: stream.avail_out === 0 || (status < Z_OK && isBroken(status)) };
  };
}

/** Whether a status means that the stream is wrong, and not that it has to go on. */
function isBroken(status: number): boolean {
  return status !== bufferError;
}

const bufferError = -5;

/** A transform that calls back at once. */
export function syncDeflateTransform(choices: DeflateChoices = {}): ByteTransform {
  const deflate = createDeflater(choices);
  const inflate = createInflater();
  return {
    encode: (clear, then) => {
      then(deflate(clear));
    },
    decode: (coded, then) => {
      then(inflate(coded));
    },
    close: () => undefined,
  };
}

/** The compression extension, synchronous. */
export const syncDeflateStream: ExtensionDefinition = deflateStreamBy(syncDeflateTransform);

/** What a transform that calls back at once makes of bytes. */
export function encodeAtOnce(transform: ByteTransform, clear: Uint8Array): Uint8Array {
  let coded: Uint8Array = noBytes;
  transform.encode(clear, (made) => {
    coded = made;
  });
  return coded;
}

/** Answers the effect `decode` by a transform that calls back at once: feeds a connection everything in its order. */
export function decodeAtOnce(transform: ByteTransform, coded: Uint8Array, feed: (input: Input) => void): void {
  let hasMore = true;
  for (let input = coded; hasMore; input = noBytes) {
    hasMore = false;
    transform.decode(input, (decoded) => {
      hasMore = decoded.kind === 'clear' && decoded.more;
      if (decoded.kind === 'wrong') feed({ type: 'undecodable', says: decoded.says });
      else if (decoded.bytes.length > 0) feed({ type: 'decoded', bytes: decoded.bytes });
    });
  }
}

/** Everything that some bytes decode to at once, and what is wrong behind it. */
export function inflateAll(
  inflate: (coded: Uint8Array) => Decoded,
  coded: Uint8Array,
): { readonly clear: Uint8Array; readonly wrong?: string } {
  const parts: Uint8Array[] = [];
  for (let input = coded; ; input = noBytes) {
    const decoded = inflate(input);
    if (decoded.kind === 'wrong') return { clear: concatBytes(parts), wrong: decoded.says };
    parts.push(decoded.bytes);
    if (!decoded.more) return { clear: concatBytes(parts) };
  }
}
