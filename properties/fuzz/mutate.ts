import { concatBytes } from '../../model/bytes.js';

/** Whole numbers from 0 to one below a bound. */
export type Chance = (below: number) => number;

/** Bytes at which readers change their mind. */
const telling = [0x00, 0x01, 0x0a, 0x0d, 0x20, 0x22, 0x2c, 0x3a, 0x7d, 0x7e, 0x7f, 0x80, 0x88, 0x89, 0xc3, 0xed, 0xff];

/** Lengths at which readers change their mind. */
const lengths = [0, 1, 125, 126, 127, 128, 0xffff, 0x10000, 0x7fffffff, 0xffffffff];

type Change = (bytes: Uint8Array, chance: Chance, words: readonly Uint8Array[], other: Uint8Array) => Uint8Array;

const patched = (bytes: Uint8Array, at: number, put: Uint8Array): Uint8Array => {
  const changed = bytes.slice();
  changed.set(put.subarray(0, Math.max(0, changed.length - at)), at);
  return changed;
};

const inserted = (bytes: Uint8Array, at: number, put: Uint8Array): Uint8Array =>
  concatBytes([bytes.subarray(0, at), put, bytes.subarray(at)]);

/** A range of some bytes: where it begins and ends. */
function rangeOf(bytes: Uint8Array, chance: Chance): readonly [number, number] {
  const from = chance(bytes.length + 1);
  return [from, Math.min(bytes.length, from + 1 + chance(1 << chance(8)))];
}

const changes: readonly Change[] = [
  (bytes, chance) => {
    const changed = bytes.slice();
    const at = chance(changed.length + 1);
    if (at < changed.length) changed[at] = (changed[at] ?? 0) ^ (1 << chance(8));
    return changed;
  },
  (bytes, chance) =>
    patched(bytes, chance(bytes.length + 1), Uint8Array.of(telling[chance(telling.length)] ?? chance(256))),
  (bytes, chance) => patched(bytes, chance(bytes.length + 1), Uint8Array.of(chance(256))),
  (bytes, chance) => {
    const length = new Uint8Array(8);
    new DataView(length.buffer).setBigUint64(0, BigInt(lengths[chance(lengths.length)] ?? 0));
    return patched(bytes, chance(bytes.length + 1), length.subarray(chance(8)));
  },
  (bytes, chance) =>
    inserted(
      bytes,
      chance(bytes.length + 1),
      Uint8Array.from({ length: 1 + chance(4) }, () => chance(256)),
    ),
  (bytes, chance, words) => {
    const word = words[chance(Math.max(1, words.length))];
    return word === undefined ? bytes : inserted(bytes, chance(bytes.length + 1), word);
  },
  (bytes, chance, words) => {
    const word = words[chance(Math.max(1, words.length))];
    return word === undefined ? bytes : patched(bytes, chance(bytes.length + 1), word);
  },
  (bytes, chance) => {
    const [from, to] = rangeOf(bytes, chance);
    return concatBytes([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  (bytes, chance) => {
    const [from, to] = rangeOf(bytes, chance);
    return inserted(bytes, chance(bytes.length + 1), bytes.slice(from, to));
  },
  (bytes, chance) => bytes.subarray(0, chance(bytes.length + 1)),
  (bytes, chance, _words, other) => {
    const [from, to] = rangeOf(other, chance);
    return inserted(bytes, chance(bytes.length + 1), other.slice(from, to));
  },
  (bytes, chance, _words, other) =>
    concatBytes([bytes.subarray(0, chance(bytes.length + 1)), other.subarray(chance(other.length + 1))]),
];

/**
 * Changes an input in one to eight ways: bits, bytes and lengths, words put in, ranges left out or doubled, parts of
 * another input.
 */
export function mutate(
  input: Uint8Array,
  other: Uint8Array,
  chance: Chance,
  words: readonly Uint8Array[],
  maxLength: number,
): Uint8Array {
  let changed = input;
  for (let left = 1 + chance(1 << chance(4)); left > 0; left--) {
    const change = changes[chance(changes.length)];
    if (change !== undefined) changed = change(changed, chance, words, other);
  }
  return changed.length > maxLength ? changed.subarray(0, maxLength) : changed;
}
