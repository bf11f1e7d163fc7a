import fc from 'fast-check';
import type { Role } from '../../model/role.js';
import type { SharedTester } from '../verifier/case.js';
import type { Finding } from '../verifier/finding.js';
import { createRecorder } from '../verifier/recorder.js';
import { holdScript } from './hold-script.js';
import { smallerThan } from './reduce.js';
import { hasDoubtfulText, type Script, sizeOf } from './script.js';

/*
 * A campaign holds conversations at random, each over a fresh connection, until one shows something that should not be.
 * That conversation is held again: if nothing shows any more, the peer is flaky. Otherwise it is shrunk, and every step
 * of that is a fresh connection too, up to the smallest conversation that still shows the same.
 */

/** What a campaign is told. */
export interface CampaignOptions {
  readonly scripts: fc.Arbitrary<Script>;
  /** Who is under test. */
  readonly peer: Role;
  readonly runs: number;
  readonly seed: number;
  /** Whether messages come back. */
  readonly echoes: boolean;
  /** Milliseconds for the search, and as many for shrinking; without an end nobody is hurried. Default 10 seconds. */
  readonly budget?: number | undefined;
  /** Whether every one of the runs is held, however long the search takes. Default false. */
  readonly allRuns?: boolean | undefined;
}

/** What came of it. */
export type CampaignResult =
  | { readonly kind: 'nothing'; readonly runs: number }
  | {
      readonly kind: 'found' | 'flaky';
      readonly finding: Finding;
      /** The smallest conversation that shows it. */
      readonly script: Script;
      /** The conversation that showed it first. */
      readonly first: Script;
      /** With the seed, the way of fast-check to the smallest one. */
      readonly path: string;
      /** Conversations that were held. */
      readonly runs: number;
      /** Why there were no further conversations, though there might be a smaller one. */
      readonly cutShort?: string;
    };

/** Milliseconds that searching, and then shrinking, may take on a socket. */
const defaultBudget = 10_000;

/** How often a finding is looked for again before the peer is called flaky. */
const repetitions = 3;

/** Conversations for shrinking by the generator; three times as many are there for what is left. */
const maxShrinks = 300;

/** The least time for an answer while shrinking, in milliseconds. */
const leastPatience = 150;

/** Holds a script on a connection of its own; returns what was found, without what the opening handshake showed. */
export async function tryScript(
  tester: SharedTester,
  script: Script,
  { peer, echoes }: Pick<CampaignOptions, 'peer' | 'echoes'>,
  patience?: number,
): Promise<readonly Finding[]> {
  const recorder = createRecorder();
  const { tester: aside, cleanUp } = tester.aside(recorder);
  try {
    const conversation = await aside.establish(undefined, {
      toleratesBadText: hasDoubtfulText(script, peer),
    });
    const before = recorder.findings().length;
    await holdScript(conversation, script, { recorder, echoes, chosen: tester.target.chosen, patience });
    return recorder.findings().slice(before);
  } finally {
    cleanUp();
  }
}

/** Whether two findings have one cause, as far as one can tell: nothing may come for a message, or another one. */
const isSame = (one: Finding, other: Finding): boolean => one.clause === other.clause && one.verdict === other.verdict;

/**
 * Runs a campaign. What breaks a MUST goes before what does not follow a SHOULD.
 * @throws Inconclusive or PeerUnreachable when the peer could not be talked to any more, and nothing had been found
 */
export async function runCampaign(tester: SharedTester, options: CampaignOptions): Promise<CampaignResult> {
  const failure = await search(tester, options, 'fail', 0);
  if (failure.kind !== 'nothing' || failure.advisoryAt === undefined) return failure;
  return search(tester, options, 'advisory', failure.advisoryAt);
}

/** Goes to a smaller conversation as long as there is one that still shows it. */
async function reduce(script: Script, stillShows: (script: Script) => Promise<boolean>): Promise<Script> {
  let smallest = script;
  let candidates = [...smallerThan(smallest)];
  let at = 0;
  // Behind a smaller one the search goes on where it was: what was refused before is tried once more in the end.
  for (let refused = 0; refused < candidates.length;) {
    at %= candidates.length;
    const candidate = candidates[at] ?? smallest;
    if (candidate.length > 0 && (await stillShows(candidate))) {
      smallest = candidate;
      candidates = [...smallerThan(smallest)];
      refused = 0;
    } else {
      refused++;
      at++;
    }
  }
  return smallest;
}

/** A campaign that nothing can be held for any more: later conversations are none. */
interface Stop {
  readonly why: Error;
}

/** Searches from one of the runs on. */
async function search(
  tester: SharedTester,
  { scripts, peer, runs, seed, echoes, budget = defaultBudget, allRuns = false }: CampaignOptions,
  weight: 'fail' | 'advisory',
  from: number,
): Promise<CampaignResult & { readonly advisoryAt?: number }> {
  const start = performance.now();
  let held = 0;
  let slowest = 0;
  let advisoryAt: number | undefined;
  let first: { readonly finding: Finding; readonly script: Script; readonly at: number } | undefined;
  let latest: { readonly finding: Finding; readonly script: Script } | undefined;
  let hasRepeated = true;
  let tries = 0;
  let limit = maxShrinks;
  // The generator's way is the longer one where silence has to be waited for: the other gets most of the time.
  let until = budget / 3;

  const stops: Stop[] = [];

  const timed = async (script: Script, patience?: number): Promise<readonly Finding[]> => {
    if (stops.length > 0) return [];
    held++;
    const begin = performance.now();
    const findings = await tryScript(tester, script, { peer, echoes }, patience).catch((error: unknown) => {
      // For fast-check it would be a counterexample.
      stops.push({ why: error as Error });
      return [];
    });
    if (findings.length === 0) slowest = Math.max(slowest, performance.now() - begin);
    return findings;
  };
  const again = async (script: Script, sought: Finding): Promise<Finding | undefined> => {
    for (let time = 0; time < repetitions; time++) {
      const found = (await timed(script)).find((finding) => isSame(finding, sought));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const holds = async (script: Script): Promise<boolean> => {
    if (first !== undefined) {
      // Shrinking: whoever has answered so far is waited for as long as it took, and some more.
      tries++;
      if (!hasRepeated || tries > limit || performance.now() - first.at > until) return true;
      const hurried = Math.min(tester.target.timeout, Math.max(leastPatience, 3 * slowest));
      const { finding: sought } = first;
      const seen = await timed(script, Number.isFinite(budget) ? hurried : undefined);
      const same = seen.find((finding) => isSame(finding, sought));
      if (same !== undefined) latest = { finding: same, script };
      return same === undefined;
    }
    if (stops.length > 0 || (!allRuns && performance.now() - start > budget)) return true;
    const findings = await timed(script);
    if (findings.some(({ verdict }) => verdict === 'advisory')) advisoryAt ??= held - 1;
    const finding = findings.find(({ verdict }) => verdict === weight);
    if (finding === undefined) return true;
    // Whether it comes again is not known where nothing can be held any more: then it stands as it is.
    hasRepeated = (await again(script, finding)) !== undefined || stops.length > 0;
    first = { finding, script, at: performance.now() };
    return false;
  };

  const isLasting = (): boolean => hasRepeated;
  const details = await fc.check(
    fc.asyncProperty(scripts, async (script) => holds(script)),
    { seed, numRuns: runs, ...(from === 0 ? {} : { path: String(from), numRuns: 1 }) },
  );
  const found = first as { readonly finding: Finding; readonly script: Script } | undefined;
  const [stop] = stops;
  if (found === undefined) {
    if (stop !== undefined) throw stop.why;
    return advisoryAt === undefined ? { kind: 'nothing', runs: held } : { kind: 'nothing', runs: held, advisoryAt };
  }
  const path = details.counterexamplePath ?? '0';
  if (!isLasting()) return { kind: 'flaky', ...found, first: found.script, path, runs: held };
  const [shrunkOnce = found.script] = details.counterexample ?? [];
  // The generator may have more pieces for what it holds to be smaller.
  const fromArbitrary = sizeOf(shrunkOnce) > sizeOf(found.script) ? found.script : shrunkOnce;
  limit += 3 * maxShrinks;
  until = budget;
  const shrunk = await reduce(fromArbitrary, async (script) => !(await holds(script)));
  const whole = { kind: 'found', first: found.script, path } as const;
  if (stops[0] !== undefined) {
    // Nobody was hurried where the connections are counted, so that the smallest so far has shown it.
    const smallest = Number.isFinite(budget) ? found : (latest ?? found);
    return { ...whole, ...smallest, runs: held, cutShort: stops[0].why.message };
  }
  // What a hurried peer seemed not to answer may come in its own time: then the first conversation stands.
  const confirmed = await again(shrunk, found.finding);
  return confirmed === undefined
    ? { ...whole, ...found, runs: held }
    : { ...whole, finding: confirmed, script: shrunk, runs: held };
}
