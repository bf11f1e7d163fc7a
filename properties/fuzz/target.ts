import { noBytes } from '../../model/bytes.js';
import { defaultReadings, type ReadingChoices } from '../../spec/readings.js';
import fc from 'fast-check';
import { readingChoices } from '../arbitraries/reading-choices.js';

/** Something that takes bytes from whoever is at the other end, and what must hold whatever they are. */
export interface FuzzTarget {
  readonly name: string;
  /** One line about what it covers. */
  readonly says: string;
  /** Its share of the inputs of a campaign, relative to the others. */
  readonly weight: number;
  /** Bytes of an input at most. */
  readonly maxLength: number;
  /** Inputs to begin with, right ones and nearly right ones. The same seed gives the same ones. */
  readonly seeds: (seed: number) => readonly Uint8Array[];
  /** Bytes that mean something where they stand. */
  readonly words: readonly Uint8Array[];
  /** @throws when something does not hold, with a message that says what */
  readonly check: (input: Uint8Array) => void | Promise<void>;
}

/** What did not hold for an input. */
export class FuzzFault extends Error {
  override readonly name = 'FuzzFault';
}

/** @throws FuzzFault when it does not hold */
export function demand(holds: boolean, says: string): asserts holds {
  if (!holds) throw new FuzzFault(says);
}

/** What the first two bytes of an input decide, and the rest of it. */
export interface Guided {
  /** Any options of all readings, mostly those that hold by default. */
  readonly readings: ReadingChoices;
  readonly isDefault: boolean;
  /** Six bits for the target. */
  readonly flags: number;
  /** Whether to look closely, which takes longer: one input in four. */
  readonly isClose: boolean;
  readonly bytes: Uint8Array;
}

const variants: readonly ReadingChoices[] = [
  defaultReadings,
  ...fc.sample(readingChoices(), { seed: 6, numRuns: 127 }),
];

/** Reads what the first two bytes decide. */
export function guided(input: Uint8Array): Guided {
  const first = input[0] ?? 0;
  const second = input[1] ?? 0;
  const readings = first < 128 ? defaultReadings : (variants[first - 128] ?? defaultReadings);
  return {
    readings,
    isDefault: readings === defaultReadings,
    flags: second >> 2,
    isClose: (second & 3) === 0,
    bytes: input.length > 2 ? input.subarray(2) : noBytes,
  };
}

/** An input that leads with what its first two bytes decide. */
export function leading(bytes: Uint8Array, flags = 0, variant = 0): Uint8Array {
  const led = new Uint8Array(bytes.length + 2);
  led[0] = variant;
  led[1] = (flags & 63) << 2;
  led.set(bytes, 2);
  return led;
}

/** Cuts bytes into copies of pieces whose sizes follow from the bytes, so that an input always is cut in the same way. */
export function cutUp(bytes: Uint8Array): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let state = bytes.length + 1;
  for (let at = 0; at < bytes.length;) {
    state = (Math.imul(state, 1103515245) + 12345 + (bytes[at] ?? 0)) >>> 0;
    const size = 1 + ((state >>> 16) % (1 << ((state >>> 8) % 8)));
    pieces.push(bytes.slice(at, at + size));
    at += size;
  }
  return pieces;
}
