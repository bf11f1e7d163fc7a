import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A reproducible source of bytes: the same seed and name give the same bytes. */
export interface Randomness {
  readonly bytes: (length: number) => Uint8Array;
  /** An integer from `from` to `to`, both included. */
  readonly integer: (from: number, to: number) => number;
}

/**
 * A source for one purpose, so that a case gets the same bytes whether it runs alone or among others.
 * @param seed what the user gave, or was shown, as `--seed`
 * @param name what the bytes are for, such as the id of a case
 */
export function randomnessOf(seed: number, name: string): Randomness {
  let mixed = seed | 0;
  for (let at = 0; at < name.length; at++) mixed = (Math.imul(mixed, 31) + name.charCodeAt(at)) | 0;
  const generator = xoroshiro128plus(mixed);
  const integer = (from: number, to: number): number => uniformInt(generator, from, to);
  return { integer, bytes: (length) => Uint8Array.from({ length }, () => integer(0, 255)) };
}
