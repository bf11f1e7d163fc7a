import type { MaskingKey } from '../../model/masking.js';
import { examineKeys } from '../verifier/key-statistics.js';
import type { Ledger } from './ledger.js';

/*
 * Whether the masking keys of a client are fresh (draft-06 section 4.2, reading R-430). A uniform choice from 2^32 values
 * repeats now and then, so that a repetition is held against a client only where chance hardly explains it.
 *
 * Each key is compared with those of the frames before it, as many as are kept. With n kept keys a right client meets
 * one of them with a probability of n / 2^32; the number of repetitions is then that of a Poisson distribution.
 */

/** Keys that are kept: enough for every pattern that programs show, and no more memory for longer traces. */
const kept = 1024;

/** A right client is blamed on fewer than one connection in a million of its kind. */
const significance = 1e-6;

/** Equal steps from key to key after which they count as predictable; chance makes three in a row once in 2^64. */
const equalSteps = 3;

/** Keys that a pattern shows in at all. */
const enough = 32;

/** Watches the masking keys of one connection. */
export interface MaskingKeyWatch {
  /** @param offset where the frame stands in what the client sent */
  readonly take: (key: MaskingKey, offset: number) => void;
  /** The connection is over: what only many keys together show. */
  readonly finish: () => void;
}

/** A watch before the first frame. */
export function watchMaskingKeys(ledger: Ledger): MaskingKeyWatch {
  const ring = new Uint32Array(kept);
  const known = new Map<number, number>();
  let frames = 0;
  let repetitions = 0;
  let expected = 0;
  let hasFault = false;
  const steps = [createSteps(), createSteps()];

  return {
    take: (key, offset) => {
      const [a = 0, b = 0, c = 0, d = 0] = key;
      const value = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
      const swapped = ((d << 24) | (c << 16) | (b << 8) | a) >>> 0;
      expected += known.size / 2 ** 32;
      if (known.has(value)) {
        repetitions++;
        if (isUnlikely(repetitions, expected)) {
          hasFault = true;
          ledger.broken('client', 'draft-06/4.2/fresh-key', {
            code: 'repeated-masking-key',
            observed: `${repetitions} of ${frames + 1} masking keys came before, the last of them ${hex(value)}`,
            allowed: 'a fresh key for each frame; chance repeats one hardly ever (reading R-430)',
            offset,
          });
        }
      }
      const isStepping = [steps[0]?.(value), steps[1]?.(swapped)].some((step) => step === true);
      if (isStepping) {
        hasFault = true;
        ledger.broken('client', 'draft-06/4.2/key-unpredictable', {
          code: 'counted-masking-keys',
          observed: `the masking keys go on by equal steps, up to ${hex(value)}`,
          allowed: 'keys of which none makes the next easy to predict (reading R-430)',
          offset,
        });
      }
      forgetOldest();
      ring[frames % kept] = value;
      known.set(value, (known.get(value) ?? 0) + 1);
      frames++;
      if (frames === 2) ledger.held('client', ['draft-06/4.2/fresh-key', 'draft-06/4.2/key-unpredictable']);
    },
    finish: () => {
      if (hasFault || frames < enough) return;
      const [suspicion] = examineKeys(keptKeys(), significance);
      if (suspicion === undefined) return;
      ledger.broken('client', 'draft-06/4.2/key-unpredictable', {
        code: 'patterned-masking-keys',
        observed: `the last ${Math.min(frames, kept)} masking keys follow a pattern (${suspicion.test}: ${suspicion.says})`,
        allowed: 'keys of which none makes the next easy to predict (reading R-430)',
      });
    },
  };

  /** The keys that are kept, in their order. */
  function keptKeys(): readonly Uint8Array[] {
    const count = Math.min(frames, kept);
    return Array.from({ length: count }, (_, at) => {
      const value = ring[(frames - count + at) % kept] as number;
      return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
    });
  }

  function forgetOldest(): void {
    if (frames < kept) return;
    const oldest = ring[frames % kept] as number;
    const times = known.get(oldest) ?? 0;
    if (times <= 1) known.delete(oldest);
    else known.set(oldest, times - 1);
  }
}

/** Tells when keys, read as numbers, have gone on by the same step often enough. A step of 0 is a repetition. */
function createSteps(): (value: number) => boolean {
  let last: number | undefined;
  let step: number | undefined;
  let times = 0;
  return (value) => {
    const now = last === undefined ? undefined : (value - last) | 0;
    times = now !== undefined && now === step ? times + 1 : 0;
    step = now;
    last = value;
    return times >= equalSteps && step !== 0;
  };
}

/** Whether a Poisson distribution has as many as `count` events with a probability below the significance. */
function isUnlikely(count: number, mean: number): boolean {
  let term = Math.exp(-mean);
  let below = 0;
  for (let k = 0; k < count; k++) {
    below += term;
    term *= mean / (k + 1);
  }
  // The sum loses what is small; the first terms of the tail do not.
  let tail = 0;
  for (let k = count; k < count + 20; k++) {
    tail += term;
    term *= mean / (k + 1);
  }
  return Math.min(tail, 1 - below + 1e-15) < significance;
}

const hex = (value: number): string => value.toString(16).padStart(8, '0');
