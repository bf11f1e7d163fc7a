import fc from 'fast-check';

/**
 * Bytes that are nearly UTF-8: bytes at the borders of what may follow what, overlong forms, surrogates, code points
 * above U+10FFFF, sequences that are cut off, and right characters between them. At most 60 bytes. Clients turn what is
 * wrong into U+FFFD (draft-06 section 6.1; into how many, reading R-601); what servers do is open (section 6.2, reading R-602).
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { utf8Text } from 'hybi-spec';
 * import { doubtfulUtf8 } from 'hybi-spec/arbitraries';
 *
 * fc.assert(
 *   fc.property(doubtfulUtf8(), (bytes) => {
 *     // What a client makes of it, U+FFFD put in: put a decoder of your own in place of the platform's.
 *     const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
 *     return text === utf8Text(bytes);
 *   }),
 * );
 * ```
 */
export function doubtfulUtf8(): fc.Arbitrary<Uint8Array> {
  const border = [0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed];
  const late = [0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf7, 0xf8, 0xfc, 0xfe, 0xff];
  const right = ['c3a9', 'e282ac', 'ed9fbf', 'ee8080', 'efbbbf', 'efbfbd', 'f0908080', 'f09f9880', 'f48fbfbf'];
  const wrong = ['c0af', 'c1bf', 'e08080', 'e09fbf', 'eda080', 'edb080', 'edbfbf', 'f0808080', 'f08fbfbf', 'f4908080'];
  const cut = ['c3', 'e2', 'e282', 'f0', 'f09f', 'f09f98', 'ed', 'ed9f', 'f4', 'f48f', 'f5808080', 'f880808080'];
  const piece = fc.oneof(
    fc.constantFrom(...border, ...late).map((byte) => [byte]),
    fc.constantFrom(...right, ...wrong, ...cut).map((hex) => [...Buffer.from(hex, 'hex')]),
    fc.nat(0xff).map((byte) => [byte]),
  );
  return fc.array(piece, { maxLength: 12 }).map((pieces) => Uint8Array.from(pieces.flat()));
}
