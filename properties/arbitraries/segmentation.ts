import fc from 'fast-check';

/**
 * The ways in which a stream may hand over bytes: all at once, one by one, or cut anywhere, with empty segments
 * between, before and behind. Every segment is a view; in order they are the bytes.
 * @param bytes what the segments are together
 */
export function segmentationsOf(bytes: Uint8Array): fc.Arbitrary<readonly Uint8Array[]> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant([bytes]) },
    { weight: 1, arbitrary: fc.constant(Array.from(bytes, (_, at) => bytes.subarray(at, at + 1))) },
    { weight: 4, arbitrary: fc.array(fc.nat(bytes.length)).map((cuts) => segmentsAt(bytes, cuts)) },
  );
}

/** The bytes cut at offsets, in any order; equal offsets, 0 and the length yield empty segments. */
function segmentsAt(bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const ends = [...cuts, bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}
