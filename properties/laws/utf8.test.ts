import fc from 'fast-check';
import { expect } from 'vitest';
import { concatBytes } from '../../model/bytes.js';
import { decodeUtf8, encodeUtf8, isUtf8, utf8Start, utf8Text } from '../../model/utf8.js';
import { doubtfulUtf8 } from '../arbitraries/doubtful-utf8.js';
import { texts } from '../arbitraries/message.js';
import { segmentationsOf } from '../arbitraries/segmentation.js';
import { law } from './law.js';

const runs = { numRuns: 500 };
const replacement = ['draft-06/6.1/client-replaces'] as const;

/** What the platform reads, without skipping a byte order mark. */
function platformText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** What the platform reads, or `undefined` when it refuses the bytes. */
function strictText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** One U+FFFD for each byte with which no valid sequence begins and which no valid sequence before has taken. */
function replacedByteByByte(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const lengths = [1, 2, 3, 4].filter((length) => at + length <= bytes.length);
    const length = lengths.find((some) => strictText(bytes.subarray(at, at + some)) !== undefined);
    text += length === undefined ? '\ufffd' : platformText(bytes.subarray(at, at + length));
    at += length ?? 1;
  }
  return text;
}

/** What a stream reads as that comes in pieces and then ends. */
function readPieces(pieces: readonly Uint8Array[], choice: 'subpart' | 'byte') {
  let decoder = utf8Start;
  let text = '';
  let wellFormed = true;
  const read = (piece: Uint8Array, final: boolean): void => {
    const reading = decodeUtf8(decoder, piece, final, choice);
    text += reading.text;
    wellFormed &&= reading.wellFormed;
    ({ decoder } = reading);
  };
  for (const piece of pieces) read(piece, false);
  read(new Uint8Array(0), true);
  return { text, wellFormed, decoder };
}

law('any bytes, cut anywhere, read as the platform reads them', replacement, () => {
  fc.assert(
    fc.property(
      doubtfulUtf8().chain((bytes) => segmentationsOf(bytes).map((pieces) => ({ bytes, pieces }))),
      ({ bytes, pieces }) => {
        const { text, wellFormed, decoder } = readPieces(pieces, 'subpart');
        expect(text).toBe(platformText(bytes));
        expect(utf8Text(bytes)).toBe(text);
        expect(wellFormed).toBe(isUtf8(bytes));
        expect(decoder).toEqual(utf8Start);
      },
    ),
    runs,
  );
});

law('every pair of bytes in front of a full sequence reads as the platform reads it', replacement, () => {
  const wrong: string[] = [];
  for (let pair = 0; pair < 0x1_0000; pair++) {
    const bytes = Uint8Array.of(pair >> 8, pair & 0xff, 0x80, 0xbf, 0x41);
    if (utf8Text(bytes) !== platformText(bytes)) wrong.push(pair.toString(16));
  }
  expect(wrong).toEqual([]);
});

law('bytes are valid UTF-8 when the platform takes them', ['draft-06/4.6/text-is-utf-8'], () => {
  fc.assert(
    fc.property(doubtfulUtf8(), (bytes) => {
      expect(isUtf8(bytes)).toBe(strictText(bytes) !== undefined);
    }),
    runs,
  );
});

law('under the other reading one U+FFFD stands for each bad byte, however the bytes are cut', replacement, () => {
  fc.assert(
    fc.property(
      doubtfulUtf8().chain((bytes) => segmentationsOf(bytes).map((pieces) => ({ bytes, pieces }))),
      ({ bytes, pieces }) => {
        const expected = replacedByteByByte(bytes);
        expect(utf8Text(bytes, 'byte')).toBe(expected);
        expect(readPieces(pieces, 'byte').text).toBe(expected);
      },
    ),
    runs,
  );
});

law('a piece that ends inside a character is not refused, and its end is kept for the next', replacement, () => {
  fc.assert(
    fc.property(texts(), fc.nat(100), (text, cut) => {
      const bytes = new TextEncoder().encode(text);
      const at = cut % (bytes.length + 1);
      const first = decodeUtf8(utf8Start, bytes.subarray(0, at), false);
      const second = decodeUtf8(first.decoder, bytes.subarray(at), true);
      expect(first.wellFormed && second.wellFormed).toBe(true);
      expect(first.text + second.text).toBe(text);
      expect(text.startsWith(first.text)).toBe(true);
    }),
    runs,
  );
});

law('texts are encoded as the platform encodes them, lone surrogates too', ['draft-06/4.6/text-is-utf-8'], () => {
  const units = fc.oneof(texts(), fc.constantFrom('\ud800', '\udbff', '\udc00', '\udfff'));
  fc.assert(
    fc.property(fc.array(units, { maxLength: 6 }), (parts) => {
      const text = parts.join('');
      expect(encodeUtf8(text)).toEqual(new TextEncoder().encode(text));
    }),
    runs,
  );
});

law('reading inverts encoding for every character there is', ['draft-06/4.6/text-is-utf-8'], () => {
  const parts: string[] = [];
  for (let point = 0; point <= 0x10_ffff; point++) {
    if (point < 0xd800 || point > 0xdfff) parts.push(String.fromCodePoint(point));
  }
  const text = parts.join('');
  const bytes = encodeUtf8(text);
  expect(Buffer.from(bytes).equals(new TextEncoder().encode(text))).toBe(true);
  expect(utf8Text(bytes) === text).toBe(true);
  expect(isUtf8(concatBytes([bytes, bytes]))).toBe(true);
});

law('a byte order mark is a character like any other', replacement, () => {
  expect(utf8Text(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toBe('\ufeffA');
});
