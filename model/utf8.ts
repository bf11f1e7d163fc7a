import type { ReadingChoices } from '../spec/readings.js';
import { noBytes } from './bytes.js';

/** How runs of invalid bytes are replaced: reading R-601. */
export type Replacement = ReadingChoices['replacement'];

/** What is valid: reading R-607. */
export type Utf8Definition = ReadingChoices['utf8Definition'];

/** What a decoder of UTF-8 remembers between two pieces of a stream: the sequence that is not complete yet. */
export interface Utf8Decoder {
  /** Bytes still missing from the sequence; 0 between two characters. */
  readonly missing: number;
  /** Bytes of the sequence seen so far. */
  readonly seen: number;
  readonly codePoint: number;
  /** Range that the next byte has to lie in. */
  readonly lower: number;
  readonly upper: number;
}

/** A decoder at the start of a stream. */
export const utf8Start: Utf8Decoder = { missing: 0, seen: 0, codePoint: 0, lower: 0x80, upper: 0xbf };

/** The text of a piece of a stream. */
export interface Utf8Reading {
  readonly text: string;
  /** Whether no byte of this piece had to be replaced. */
  readonly wellFormed: boolean;
  readonly decoder: Utf8Decoder;
}

const replacementCharacter = 0xfffd;

/**
 * Reads a piece of a stream as UTF-8, with U+FFFD for what is not valid (draft-06/6.1/client-replaces). The pieces may
 * be cut anywhere, inside a character too. Nothing is skipped, a byte order mark neither.
 *
 * @param decoder what is left of the pieces before; `utf8Start` for the first
 * @param bytes the piece
 * @param final whether the stream ends here, so that an unfinished sequence is invalid
 * @param replacement how many U+FFFD stand for a run of invalid bytes (reading R-601)
 * @param definition what is valid (reading R-607); above U+10FFFF, where a string has no form, valid reads as U+FFFD
 */
export function decodeUtf8(
  decoder: Utf8Decoder,
  bytes: Uint8Array,
  final: boolean,
  replacement: Replacement = 'subpart',
  definition: Utf8Definition = 'rfc-3629',
): Utf8Reading {
  const isLenient = definition === 'lenient';
  const firstLead = isLenient ? 0xc0 : 0xc2;
  const lastLead = isLenient ? 0xfd : 0xf4;
  const units = new Uint16Array(bytes.length + 6);
  let { missing, seen, codePoint, lower, upper } = decoder;
  let count = 0;
  let wellFormed = true;

  const replace = (badBytes: number): void => {
    wellFormed = false;
    const times = replacement === 'byte' ? badBytes : 1;
    for (let time = 0; time < times; time++) units[count++] = replacementCharacter;
    missing = 0;
    seen = 0;
    lower = 0x80;
    upper = 0xbf;
  };

  for (const byte of bytes) {
    if (missing > 0 && (byte < lower || byte > upper)) replace(seen);
    if (missing === 0) {
      if (byte < 0x80) {
        units[count++] = byte;
      } else if (byte < firstLead || byte > lastLead) {
        replace(1);
      } else {
        missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : byte < 0xf8 ? 3 : byte < 0xfc ? 4 : 5;
        seen = 1;
        codePoint = byte & (0x3f >> missing);
        if (isLenient) continue;
        // The ranges of the second byte keep out overlong forms, surrogates and what lies above U+10FFFF.
        lower = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
        upper = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
      }
      continue;
    }
    codePoint = (codePoint << 6) | (byte & 0x3f);
    lower = 0x80;
    upper = 0xbf;
    missing--;
    seen++;
    if (missing > 0) continue;
    if (codePoint > 0x10ffff) {
      units[count++] = replacementCharacter;
    } else if (codePoint > 0xffff) {
      units[count++] = 0xd800 + ((codePoint - 0x10000) >> 10);
      units[count++] = 0xdc00 + ((codePoint - 0x10000) & 0x3ff);
    } else {
      units[count++] = codePoint;
    }
    seen = 0;
  }
  if (final && missing > 0) replace(seen);
  const next = missing === 0 ? utf8Start : { missing, seen, codePoint, lower, upper };
  return { text: textOfUnits(units.subarray(0, count)), wellFormed, decoder: next };
}

/** The text of a whole byte sequence. */
export function utf8Text(bytes: Uint8Array, replacement: Replacement = 'subpart'): string {
  return decodeUtf8(utf8Start, bytes, true, replacement).text;
}

/** Whether a whole byte sequence is valid UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  return decodeUtf8(utf8Start, bytes, true).wellFormed;
}

/**
 * The UTF-8 form of a text.
 * @param loneSurrogate what becomes of a lone surrogate, which has none: it is U+FFFD, or it throws (reading R-609)
 * @throws RangeError when there is one and it is to throw
 */
export function encodeUtf8(text: string, loneSurrogate: ReadingChoices['loneSurrogate'] = 'replace'): Uint8Array {
  if (text === '') return noBytes;
  const bytes = new Uint8Array(text.length * 3);
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    let point = text.codePointAt(at) as number;
    if (point > 0xffff) at++;
    else if (point >= 0xd800 && point <= 0xdfff) {
      if (loneSurrogate === 'throw') throw new RangeError('the text has a lone surrogate, which UTF-8 has no form for');
      point = replacementCharacter;
    }
    if (point < 0x80) {
      bytes[count++] = point;
    } else if (point < 0x800) {
      bytes[count++] = 0xc0 | (point >> 6);
      bytes[count++] = 0x80 | (point & 0x3f);
    } else {
      if (point > 0xffff) {
        bytes[count++] = 0xf0 | (point >> 18);
        bytes[count++] = 0x80 | ((point >> 12) & 0x3f);
      } else {
        bytes[count++] = 0xe0 | (point >> 12);
      }
      bytes[count++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[count++] = 0x80 | (point & 0x3f);
    }
  }
  return bytes.slice(0, count);
}

/** Joined in slices, because a call takes only so many arguments. */
function textOfUnits(units: Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += 8192) text += String.fromCharCode(...units.subarray(at, at + 8192));
  return text;
}
