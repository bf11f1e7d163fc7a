/**
 * Whether masking keys or nonces look like random ones (draft-06/4.2/key-uniform, draft-06/4.2/key-unpredictable,
 * draft-06/5.1/key-random-per-connection). Each test has an upper bound, not an estimate, for the probability that a
 * fair source does as badly; so the rate of false alarms is proved. What passes need not be strong: that cannot be
 * seen.
 */

/** A way in which keys are not like those of a fair source. */
export interface KeySuspicion {
  /** Which test: stable. */
  readonly test: string;
  /** What was observed, in words. */
  readonly says: string;
  /** At most this is the probability that a fair source looks as bad in this test. */
  readonly probability: number;
}

/**
 * Looks at keys in the order in which they were used.
 * @param keys of one length, 4 bytes or more; of some thousands much can be said, of a few next to nothing
 * @param falseAlarms how often a fair source may be suspected, over all tests together
 * @throws RangeError when the keys have different lengths, or fewer than 4 bytes
 */
export function examineKeys(keys: readonly Uint8Array[], falseAlarms = 1e-9): readonly KeySuspicion[] {
  const length = keys[0]?.length ?? 4;
  if (length < 4 || keys.some((key) => key.length !== length)) {
    throw new RangeError('keys are of one length, of 4 bytes or more');
  }
  // From the keys of a fair source follow others that are as uniform and as independent of each other.
  const sequences: readonly (readonly [string, readonly Uint8Array[]])[] = [
    ['keys', keys],
    [
      'exclusive or with the key before',
      pairwise(keys, (before, key) => key.map((byte, at) => byte ^ (before[at] ?? 0))),
    ],
    ['difference from the key before', pairwise(keys, (before, key) => difference(key, before))],
  ];
  const tests = [
    ...sequences.flatMap(([name, sequence]) => [repeats(name, sequence), ...bytesOf(name, sequence)]),
    ...succession(keys),
    correlation(keys),
  ];
  return tests.filter(({ probability }) => probability < falseAlarms / tests.length);
}

const pairwise = (
  keys: readonly Uint8Array[],
  combine: (before: Uint8Array, key: Uint8Array) => Uint8Array,
): readonly Uint8Array[] => keys.slice(1).map((key, at) => combine(keys[at] ?? key, key));

/** Keys as numbers, the first byte the highest, subtracted without a sign. */
function difference(key: Uint8Array, before: Uint8Array): Uint8Array {
  const result = new Uint8Array(key.length);
  let borrow = 0;
  for (let at = key.length - 1; at >= 0; at--) {
    const digit = (key[at] ?? 0) - (before[at] ?? 0) - borrow;
    borrow = digit < 0 ? 1 : 0;
    result[at] = digit & 0xff;
  }
  return result;
}

/**
 * Keys that came before. The n-th key of a fair source is one of those before it with a probability below n / 256^L,
 * whatever these were; so r repeats have one of at most (n² / 256^L)^r / r!.
 */
function repeats(name: string, keys: readonly Uint8Array[]): KeySuspicion {
  const known = new Set(keys.map((key) => key.join()));
  const count = keys.length - known.size;
  const expected = keys.length ** 2 / 256 ** (keys[0]?.length ?? 4);
  const logProbability = count * Math.log(expected) - logFactorial(count);
  return {
    test: `repeats: ${name}`,
    says: `${count} of ${keys.length} came before`,
    probability: count === 0 ? 1 : Math.min(1, Math.exp(logProbability)),
  };
}

function logFactorial(count: number): number {
  let sum = 0;
  for (let factor = 2; factor <= count; factor++) sum += Math.log(factor);
  return sum;
}

/** The bytes at each place of a key. */
function bytesOf(name: string, keys: readonly Uint8Array[]): readonly KeySuspicion[] {
  const places = Array.from({ length: keys[0]?.length ?? 0 }, (_, place) => place);
  return places.map((place) =>
    uniformity(
      `byte ${place}: ${name}`,
      keys.map((key) => key[place] ?? 0),
    ),
  );
}

/** Halves of bytes beside the halves that come next: in the same place of the next key, and in the next place. */
function succession(keys: readonly Uint8Array[]): readonly KeySuspicion[] {
  const nextKey: [number, number][] = [];
  for (let at = 0; at + 1 < keys.length; at += 2) {
    keys[at]?.forEach((byte, place) => nextKey.push([byte, keys[at + 1]?.[place] ?? 0]));
  }
  const nextPlace = keys.flatMap((key) =>
    Array.from({ length: key.length >> 1 }, (_, pair) => [key[2 * pair] ?? 0, key[2 * pair + 1] ?? 0] as const),
  );
  const low = ([one, other]: readonly [number, number]): number => ((one & 15) << 4) | (other & 15);
  const high = ([one, other]: readonly [number, number]): number => (one & 0xf0) | (other >> 4);
  return [
    uniformity('succession: low halves, next key', nextKey.map(low)),
    uniformity('succession: high halves, next key', nextKey.map(high)),
    uniformity('succession: low halves, next byte', nextPlace.map(low)),
    uniformity('succession: high halves, next byte', nextPlace.map(high)),
  ];
}

const values = 256;

/**
 * The likelihood-ratio form of the chi-square test on 256 values that are equally likely. With D the relative entropy of
 * the frequencies, P(n·D ≥ x) ≤ e^-x (e·x / (k-1))^(k-1) for x > k-1 (Agrawal, Finite-Sample Concentration of the
 * Multinomial in Relative Entropy, IEEE Transactions on Information Theory 66, 2020).
 */
function uniformity(test: string, sample: readonly number[]): KeySuspicion {
  const counts = new Array<number>(values).fill(0);
  for (const value of sample) counts[value] = (counts[value] ?? 0) + 1;
  const even = sample.length / values;
  const x = counts.reduce((sum, count) => (count === 0 ? sum : sum + count * Math.log(count / even)), 0);
  const freedom = values - 1;
  const probability = x <= freedom ? 1 : Math.exp(-x + freedom * (1 + Math.log(x / freedom)));
  return {
    test,
    says: `G = ${(2 * x).toFixed(0)} with ${freedom} degrees of freedom, n = ${sample.length}`,
    probability,
  };
}

/**
 * Serial correlation of all bytes, one after the other. The products of neighbours, scaled to -1 to 1, are differences
 * of a martingale for a fair source, so P(|S| ≥ t) ≤ 2 e^(-t² / 2n) (Azuma and Hoeffding).
 */
function correlation(keys: readonly Uint8Array[]): KeySuspicion {
  let sum = 0;
  let count = 0;
  let before: number | undefined;
  for (const key of keys) {
    for (const byte of key) {
      const scaled = (byte - 127.5) / 127.5;
      if (before !== undefined) {
        sum += before * scaled;
        count++;
      }
      before = scaled;
    }
  }
  const probability = count === 0 ? 1 : Math.min(1, 2 * Math.exp(-(sum ** 2) / (2 * count)));
  return { test: 'serial correlation', says: `the sum over ${count} pairs is ${sum.toFixed(1)}`, probability };
}
