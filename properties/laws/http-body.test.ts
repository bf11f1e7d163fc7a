import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { type BodyFraming, createBodySkipper, skipBody } from '../../impl/http-body.js';
import { concatBytes } from '../../model/bytes.js';
import { segmentationsOf } from '../arbitraries/segmentation.js';
import { law } from './law.js';

/** Reads pieces to the end of the body; returns what stands behind it, or what else came of it. */
function restOf(framing: BodyFraming, pieces: readonly Uint8Array[]): Uint8Array | 'malformed' | 'unfinished' {
  let skipper = createBodySkipper(framing);
  for (const [at, piece] of pieces.entries()) {
    const skipping = skipBody(skipper, piece);
    if (skipping.kind === 'end') return concatBytes([skipping.rest, ...pieces.slice(at + 1)]);
    if (skipping.kind === 'malformed') return 'malformed';
    expect(skipping.skipper.line.length).toBeLessThanOrEqual(1024);
    skipper = skipping.skipper;
  }
  return 'unfinished';
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

/** A chunked body, as the grammar in http-body.ts has it. */
function chunkedBodies(): fc.Arbitrary<Uint8Array> {
  const extension = fc.constantFrom('', ';a', ';a=b', ' ;a="b c"', '; q=";"');
  const size = (length: number, zeros: number): string => '0'.repeat(zeros) + length.toString(16);
  const chunk = fc
    .tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(3), extension)
    .map(([data, zeros, more]) =>
      concatBytes([latin1(`${size(data.length, zeros)}${more}\r\n`), data, latin1('\r\n')]),
    );
  const last = fc
    .tuple(fc.nat(3), extension, fc.array(fc.constantFrom('A: b', 'C:', ' folded')))
    .map(([zeros, more, trailer]) =>
      latin1(`${size(0, zeros)}${more}\r\n${trailer.map((line) => `${line}\r\n`).join('')}\r\n`),
    );
  return fc.tuple(fc.array(chunk, { maxLength: 5 }), last).map(([chunks, end]) => concatBytes([...chunks, end]));
}

describe('the body of a request', () => {
  law('ends where its framing says, however its bytes are cut', ['requirements-02/3/req-8'], () => {
    const bodies: fc.Arbitrary<{ readonly framing: BodyFraming; readonly body: Uint8Array }> = fc.oneof(
      chunkedBodies().map((body) => ({ framing: { kind: 'chunked' } as const, body })),
      fc
        .uint8Array({ minLength: 1, maxLength: 300 })
        .map((body) => ({ framing: { kind: 'length', bytes: body.length } as const, body })),
    );
    const sent = fc
      .tuple(bodies, fc.uint8Array({ maxLength: 20 }))
      .chain(([{ framing, body }, behind]) =>
        segmentationsOf(concatBytes([body, behind])).map((pieces) => ({ framing, body, behind, pieces })),
      );
    fc.assert(
      fc.property(sent, ({ framing, body, behind, pieces }) => {
        expect(restOf(framing, pieces)).toEqual(behind);
        expect(restOf(framing, [body.subarray(0, -1)])).toBe('unfinished');
      }),
    );
  });

  law('hostile bytes end it, are refused, or wait for more', ['draft-06/9/input-not-trusted'], () => {
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 3000 }),
      fc.string({ unit: fc.constantFrom('0', '1', 'f', '\r', '\n', ';', ' ', 'g', '-'), maxLength: 40 }).map(latin1),
    );
    fc.assert(
      fc.property(
        hostile.chain((bytes) => segmentationsOf(bytes).map((pieces) => ({ bytes, pieces }))),
        ({ bytes, pieces }) => {
          expect(restOf({ kind: 'chunked' }, pieces)).toEqual(restOf({ kind: 'chunked' }, [bytes]));
        },
      ),
      { numRuns: 300 },
    );
    for (const wrong of [
      'x\r\n',
      '\r\n',
      '1\n',
      '-1\r\n',
      '+1\r\n',
      '0x1\r\n',
      'fffffffffffffff\r\n',
      '1\r\nxx\r\n',
      '1 2\r\n',
    ]) {
      expect([wrong, restOf({ kind: 'chunked' }, [latin1(wrong)])]).toEqual([wrong, 'malformed']);
    }
  });
});
