import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { startCoverage } from './coverage.js';
import { faultOf, kindOfFault, minimise } from './minimise.js';
import { type Chance, mutate } from './mutate.js';
import type { FuzzTarget } from './target.js';

/** How a campaign on one target goes. */
export interface CampaignOptions {
  readonly inputs: number;
  readonly seed: number;
  /** Inputs to begin with besides those of the target. */
  readonly corpus?: readonly Uint8Array[];
  /** The part of the inputs that are chosen by what code they run; counting makes that part slower. Default 0. */
  readonly guided?: number;
  /** Stop after so many milliseconds. Default: never. */
  readonly withinMs?: number;
  /** Shown each input before it is tried, so that one that never ends is known from outside. */
  readonly onInput?: (input: Uint8Array) => void;
  readonly onProgress?: (done: number) => void;
}

/** An input that shows a fault, as short as could be found. */
export interface Finding {
  readonly fault: string;
  readonly input: Uint8Array;
}

export interface CampaignResult {
  readonly inputs: number;
  readonly ms: number;
  /** Inputs that others are made from. */
  readonly pool: number;
  /** Characters of code that ran while it was counted, and the inputs that ran some for the first time. */
  readonly covered: number;
  readonly discoveries: readonly Uint8Array[];
  readonly findings: readonly Finding[];
  /** The longest time that an input took, in milliseconds; that of the machine's other work is in it. */
  readonly slowestMs: number;
}

/** Inputs between two looks at the clock and at the counters. */
const batchSize = 1000;

/** An input that takes longer than this three times is a fault: in milliseconds, for at most some kilobytes. */
const tooSlow = 250;

/** Findings of one kind that are kept. */
const mostFindings = 20;

/** Whether code is ours, and not that of the libraries or of the campaign itself. */
const isOurs = (url: string): boolean => /\/(model|impl|judge|capture)\/[^/]+\.[jt]s/.test(url);

/** Tries inputs on a target: made from its seeds by chance, and from those that ran new code. */
export async function runCampaign(target: FuzzTarget, options: CampaignOptions): Promise<CampaignResult> {
  const { inputs, seed, corpus = [], guided = 0, withinMs = Infinity, onInput, onProgress } = options;
  const generator = xoroshiro128plus(seed);
  const chance: Chance = (below) => (below <= 0 ? 0 : (generator.next() >>> 0) % below);
  const pool = [...target.seeds(seed), ...corpus];
  const discoveries: Uint8Array[] = [];
  const findings = new Map<string, Finding>();
  const began = performance.now();
  let slowestMs = 0;

  const attempt = async (input: Uint8Array): Promise<void> => {
    onInput?.(input);
    const start = performance.now();
    let fault: string | undefined;
    try {
      const pending = target.check(input);
      if (pending !== undefined) await pending;
    } catch (error) {
      fault = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
    const took = performance.now() - start;
    if (took > slowestMs) slowestMs = took;
    if (took > tooSlow && (await isSlow(target, input))) fault ??= `Slow: an input takes more than ${tooSlow} ms`;
    if (fault !== undefined) await keep(input, fault);
  };

  const keep = async (input: Uint8Array, fault: string): Promise<void> => {
    const kind = kindOfFault(fault);
    if (findings.has(kind) || findings.size >= mostFindings) return;
    findings.set(kind, { fault, input });
    if (!fault.startsWith('Slow')) {
      const shortest = await minimise(target, input, fault);
      findings.set(kind, { fault: (await faultOf(target, shortest)) ?? fault, input: shortest });
    }
  };

  const fresh = (): Uint8Array => {
    const one = pool[chance(pool.length)] ?? new Uint8Array(2);
    const other = pool[chance(pool.length)] ?? one;
    return mutate(one, other, chance, target.words, target.maxLength);
  };

  for (const input of pool) await attempt(input);
  let done = pool.length;
  const coverage = guided > 0 ? startCoverage(isOurs) : undefined;
  let isCounting = coverage !== undefined;

  /** Looks for the inputs of a batch that ran new code, by halves. */
  const discover = async (batch: readonly Uint8Array[]): Promise<void> => {
    const [only, ...others] = batch;
    if (only === undefined) return;
    if (others.length === 0) {
      pool.push(only);
      discoveries.push(only);
      coverage?.forget();
      await attempt(only);
      coverage?.learn();
      return;
    }
    const middle = batch.length >> 1;
    for (const half of [batch.slice(0, middle), batch.slice(middle)]) {
      coverage?.forget();
      for (const input of half) await attempt(input);
      if (coverage?.hasNew() === true) await discover(half);
    }
  };

  if (coverage !== undefined) {
    // What the seeds run is known, and is no discovery.
    for (const input of pool) await attempt(input);
    coverage.learn();
  }
  while (done < inputs && performance.now() - began < withinMs) {
    if (isCounting && done >= inputs * guided) {
      coverage?.stop();
      isCounting = false;
    }
    const batch = isCounting ? Array.from({ length: Math.min(batchSize, inputs - done) }, fresh) : undefined;
    if (batch === undefined) {
      for (let left = Math.min(batchSize, inputs - done); left > 0; left--) await attempt(fresh());
    } else {
      for (const input of batch) await attempt(input);
      if (coverage?.hasNew() === true) await discover(batch);
    }
    done += Math.min(batchSize, inputs - done);
    onProgress?.(done);
  }
  if (isCounting) coverage?.stop();
  return {
    inputs: done,
    ms: performance.now() - began,
    pool: pool.length,
    covered: coverage?.size() ?? 0,
    discoveries,
    findings: [...findings.values()],
    slowestMs,
  };
}

/** Whether an input is slow again and again, and not just once because the machine was busy. */
async function isSlow(target: FuzzTarget, input: Uint8Array): Promise<boolean> {
  for (let again = 0; again < 3; again++) {
    const start = performance.now();
    await faultOf(target, input);
    if (performance.now() - start <= tooSlow) return false;
  }
  return true;
}
