import fc from 'fast-check';
import { deflateTransform } from '../../../impl/deflate.js';
import { concatBytes, noBytes } from '../../../model/bytes.js';
import type { Decoded } from '../../../model/byte-transform.js';
import { createDeflater, createInflater, inflateAll } from '../../drivers/deflate.js';
import { deflated } from '../../arbitraries/deflate.js';
import { demand, type FuzzTarget, guided, leading } from '../target.js';

/** What our transform makes of bytes: what they decode to, and whether something is wrong behind it. */
async function decodeAll(coded: Uint8Array): Promise<{ readonly clear: Uint8Array; readonly isWrong: boolean }> {
  const transform = deflateTransform();
  const parts: Uint8Array[] = [];
  try {
    for (let input = coded, hasMore = true; hasMore; input = noBytes) {
      const decoded = await new Promise<Decoded>((resolve) => {
        transform.decode(input, resolve);
      });
      if (decoded.kind === 'wrong') return { clear: concatBytes(parts), isWrong: true };
      demand(decoded.bytes.length <= 65_536, 'a piece has more than 64 KiB');
      parts.push(decoded.bytes);
      hasMore = decoded.more;
    }
    return { clear: concatBytes(parts), isWrong: false };
  } finally {
    transform.close();
  }
}

/** deflate-stream by node's zlib, beside a second library. It takes long, for each input starts an engine. */
export const inflateTarget: FuzzTarget = {
  name: 'inflate',
  says: 'what deflate-stream decodes, by two libraries',
  weight: 0.25,
  maxLength: 400,
  seeds: (seed) => [
    ...fc
      .sample(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 4 }).chain(deflated), { seed, numRuns: 60 })
      .map((pieces) => leading(concatBytes(pieces))),
    leading(createDeflater({ strategy: 'rle' })(new Uint8Array(20_000))),
    leading(Uint8Array.of(0x03, 0x00, 0x03, 0x00)),
  ],
  words: [
    [0x00, 0x00, 0x00, 0xff, 0xff],
    [0x03, 0x00],
    [0x01, 0x00, 0x00, 0xff, 0xff],
    [0xff, 0xff],
  ].map((word) => Uint8Array.from(word)),
  check: async (input) => {
    const { bytes } = guided(input);
    if (bytes.length === 0) return;
    const ours = await decodeAll(bytes);
    const theirs = inflateAll(createInflater(), bytes);
    demand(ours.isWrong === (theirs.wrong !== undefined), `two libraries do not agree whether this is RFC 1951`);
    if (!ours.isWrong) demand(Buffer.compare(ours.clear, theirs.clear) === 0, 'two libraries decode other bytes');
  },
};
