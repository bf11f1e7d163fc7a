import fc from 'fast-check';
import { concatBytes } from '../../model/bytes.js';
import { createDeflater, type DeflateChoices, type Flush } from '../drivers/deflate.js';

/** How a sender may compress: every level and strategy, and any window. */
export function deflateChoices(): fc.Arbitrary<DeflateChoices> {
  return fc.record({
    level: fc.integer({ min: 0, max: 9 }),
    strategy: fc.constantFrom('default', 'huffman', 'rle', 'fixed'),
    windowBits: fc.integer({ min: 9, max: 15 }),
  });
}

/** How a sender may end what it compresses at once. */
export function flushOrders(): fc.Arbitrary<readonly [Flush, ...Flush[]]> {
  const flush = fc.constantFrom<Flush>('sync', 'full', 'partial');
  return fc.tuple(flush, flush, flush);
}

/**
 * A compressed stream of pieces, as deflate-stream has them (draft-06 section 8.2.1): each is readable at once, and what
 * stands for it is a value of its own. Some senders flush more often than they have to, and some mix
 * stored blocks of their own in.
 */
export function deflated(pieces: readonly Uint8Array[]): fc.Arbitrary<readonly Uint8Array[]> {
  return fc
    .tuple(deflateChoices(), flushOrders(), fc.array(fc.nat(3), { maxLength: 4 }))
    .map(([choices, flushOrder, idle]) => {
      const deflate = createDeflater(choices);
      return pieces.map((piece, at) => {
        const flush = flushOrder[at % flushOrder.length] ?? 'sync';
        const coded = deflate(piece, flush);
        // Behind a partial flush the stream is inside a byte, where no stored block can be put from outside.
        return flush === 'partial'
          ? coded
          : concatBytes([coded, ...Array<Uint8Array>(idle[at] ?? 0).fill(emptyStoredBlock)]);
      });
    });
}

/** What a sync flush ends with: a stored block of no bytes. */
export const emptyStoredBlock: Uint8Array = Uint8Array.of(0x00, 0x00, 0x00, 0xff, 0xff);
