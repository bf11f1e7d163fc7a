import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesFromLatin1, concatBytes, latin1FromBytes, noBytes } from '../../model/bytes.js';
import { addChunk, type ChunkList, joinChunks, noChunks } from '../../model/chunk-list.js';
import { present } from '../../model/impossible.js';
import { segmentationsOf } from '../arbitraries/segmentation.js';

const cutBytes = () =>
  fc
    .uint8Array({ maxLength: 60 })
    .chain((bytes) => segmentationsOf(bytes).map((segments) => ({ bytes, segments: [...segments] })));

function listOf(segments: readonly Uint8Array[]): ChunkList {
  return segments.reduce(addChunk, noChunks);
}

describe('a list of chunks', () => {
  test('is the bytes that were added, in order', () => {
    fc.assert(
      fc.property(cutBytes(), ({ bytes, segments }) => {
        const list = listOf(segments);
        expect(list.length).toBe(bytes.length);
        expect(joinChunks(list)).toEqual(bytes);
      }),
    );
  });

  test('stays as it was when another is made from it', () => {
    fc.assert(
      fc.property(cutBytes(), fc.uint8Array(), fc.uint8Array(), ({ bytes, segments }, one, other) => {
        const list = listOf(segments);
        const first = addChunk(list, one);
        const second = addChunk(list, other);
        expect(joinChunks(list)).toEqual(bytes);
        expect(joinChunks(first)).toEqual(concatBytes([bytes, one]));
        expect(joinChunks(second)).toEqual(concatBytes([bytes, other]));
      }),
    );
  });

  test('does not change for an empty chunk, and hands over a single chunk without copying it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (chunk) => {
        const list = addChunk(addChunk(noChunks, chunk), noBytes);
        expect(joinChunks(list)).toBe(chunk);
      }),
    );
    expect(addChunk(noChunks, noBytes)).toBe(noChunks);
    expect(joinChunks(noChunks)).toEqual(noBytes);
  });

  test('has few chunks however small the pieces are, and does not copy large ones', () => {
    let list = noChunks;
    const trickle = 3000;
    for (let at = 0; at < trickle; at++) {
      list = addChunk(list, Uint8Array.of(at & 0xff));
      // At most one chunk for each power of two up to the length.
      expect(list.chunks.length).toBeLessThanOrEqual(Math.log2(list.length) + 1);
    }
    const large = new Uint8Array(65_536);
    const grown = [large, large, Uint8Array.of(1)].reduce(addChunk, noChunks);
    expect(grown.chunks.map((chunk) => chunk.length)).toEqual([65_536, 65_536, 1]);
    expect(grown.chunks[0]).toBe(large);
    expect(joinChunks(addChunk(list, large)).length).toBe(trickle + 65_536);
  });
});

describe('bytes', () => {
  test('are the characters U+0000 to U+00FF one by one, both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = latin1FromBytes(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('latin1'));
        expect(bytesFromLatin1(text)).toEqual(bytes);
      }),
    );
    const long = new Uint8Array(10_000).fill(0xe9);
    expect(latin1FromBytes(long)).toBe('\xe9'.repeat(10_000));
  });

  test('refuse a character that needs more than one', () => {
    expect(() => bytesFromLatin1('ab\u0100')).toThrow(RangeError);
  });
});

test('what is present is handed over, and what is impossible says so', () => {
  expect(present(0, 'number')).toBe(0);
  expect(present(null, 'value')).toBeNull();
  const nothing: number | undefined = undefined;
  expect(() => {
    present(nothing, 'number');
  }).toThrow('no number');
});
