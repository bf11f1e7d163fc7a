import { endOfRun } from '../model/header-scanner.js';

/*
 *     Chunked-Body = *chunk last-chunk trailer CRLF                            ; RFC 2616 section 3.6.1
 *     chunk        = chunk-size [ chunk-extension ] CRLF chunk-data CRLF       ; chunk-size is 1*HEX
 *     last-chunk   = 1*("0") [ chunk-extension ] CRLF
 *     trailer      = *(entity-header CRLF)
 */

/** How the end of a request's body is told (RFC 2616 section 4.4). */
export type BodyFraming =
  { readonly kind: 'none' } | { readonly kind: 'length'; readonly bytes: number } | { readonly kind: 'chunked' };

/** Where passing over a body stands: a value, whose size does not depend on the body. */
export interface BodySkipper {
  readonly place: 'data' | 'data-end' | 'chunk-size' | 'trailer';
  readonly isChunked: boolean;
  /** Bytes of the body, or of the chunk, that are still to come. */
  readonly left: number;
  /** The line as it came so far, at the places that are made of lines. */
  readonly line: string;
  /** Bytes passed over, lines included. */
  readonly passed: number;
}

/** What became of the bytes; `rest` is what stands behind the body. */
export type BodySkipping =
  | { readonly kind: 'need-more'; readonly skipper: BodySkipper }
  | { readonly kind: 'end'; readonly rest: Uint8Array }
  | { readonly kind: 'malformed' };

const lineFeed = 0x0a;
/** A chunk-size with its extensions, and a line of the trailer. Ours. */
const maxLine = 1024;

/** Begins to pass over a body. */
export function createBodySkipper(framing: BodyFraming): BodySkipper {
  const isChunked = framing.kind === 'chunked';
  const left = framing.kind === 'length' ? framing.bytes : 0;
  return { place: isChunked ? 'chunk-size' : 'data', isChunked, left, line: '', passed: 0 };
}

/** Passes over a body as its bytes arrive; nothing of it is kept. */
export function skipBody(skipper: BodySkipper, bytes: Uint8Array): BodySkipping {
  let { place, left, line } = skipper;
  let at = 0;
  for (;;) {
    if (place === 'data') {
      const taken = Math.min(left, bytes.length - at);
      at += taken;
      left -= taken;
      if (left === 0 && !skipper.isChunked) return { kind: 'end', rest: bytes.subarray(at) };
      if (left > 0) break;
      place = 'data-end';
    }
    const end = bytes.indexOf(lineFeed, at);
    const stop = end < 0 ? bytes.length : end + 1;
    if (line.length + stop - at > maxLine) return { kind: 'malformed' };
    line += Buffer.from(bytes.buffer, bytes.byteOffset + at, stop - at).toString('latin1');
    at = stop;
    if (end < 0) break;
    const next = endLine(place, line);
    if (next === undefined) return { kind: 'malformed' };
    if (next.kind === 'end') return { kind: 'end', rest: bytes.subarray(at) };
    ({ place, left } = next);
    line = '';
  }
  return { kind: 'need-more', skipper: { ...skipper, place, left, line, passed: skipper.passed + bytes.length } };
}

type Next = { readonly kind: 'next'; readonly place: BodySkipper['place']; readonly left: number } | { kind: 'end' };

/** Meets the line that a line feed ended; `undefined` when it is none that may stand there. */
function endLine(place: BodySkipper['place'], line: string): Next | undefined {
  if (!line.endsWith('\r\n')) return undefined;
  const text = line.slice(0, -2);
  switch (place) {
    case 'data-end':
      return text === '' ? { kind: 'next', place: 'chunk-size', left: 0 } : undefined;
    case 'trailer':
      return text === '' ? { kind: 'end' } : { kind: 'next', place: 'trailer', left: 0 };
    default: {
      const digits = endOfRun(text, 0, isHexCode);
      const left = parseInt(text.slice(0, digits), 16);
      if (!/^[ \t]*(?:;|$)/.test(text.slice(digits)) || !Number.isSafeInteger(left)) return undefined;
      return { kind: 'next', place: left === 0 ? 'trailer' : 'data', left };
    }
  }
}

function isHexCode(code: number): boolean {
  return /[0-9A-Fa-f]/.test(String.fromCharCode(code));
}
