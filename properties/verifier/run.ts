import { isUnder } from '../../spec/clause.js';
import type { ClauseId } from '../../spec/clauses.js';
import type { ConformanceCase, Need } from './case.js';
import { type Finding, type Verdict, verdictOf } from './finding.js';
import { type Peer, PeerUnreachable } from './line.js';
import { randomnessOf } from './randomness.js';
import { createRecorder, type WireEntry } from './recorder.js';
import { createTester, Inconclusive, type Target } from './tester.js';

/** What came of a case. */
export interface CaseResult {
  readonly id: string;
  readonly title: string;
  readonly clauses: readonly ClauseId[];
  readonly requirement: string;
  readonly verdict: Verdict;
  /** Why a case was skipped or could not tell. */
  readonly reason?: string;
  readonly durationMs: number;
  readonly findings: readonly Finding[];
  readonly wire: readonly WireEntry[];
}

/** Runs one case on fresh connections. */
export async function runCase(
  testCase: ConformanceCase,
  peer: Peer,
  target: Target,
  seed: number,
): Promise<CaseResult> {
  const recorder = createRecorder();
  const { tester, cleanUp } = createTester(peer, target, recorder, randomnessOf(seed, testCase.id));
  const { id, title, clauses, requirement } = testCase;
  const start = performance.now();
  let reason: string | undefined;
  const deadline = deadlineOf(target.timeout);
  try {
    await Promise.race([testCase.run(tester), deadline.passed]);
  } catch (error) {
    if (!(error instanceof Inconclusive) && !(error instanceof PeerUnreachable)) throw error;
    reason = error.message;
  } finally {
    deadline.cancel();
    cleanUp();
  }
  const findings = recorder.findings();
  // What was found before the case got stuck stands; only without a failure it remains undecided.
  const found = verdictOf(findings);
  const verdict = reason !== undefined && found !== 'fail' ? 'inconclusive' : found;
  const durationMs = Math.round(performance.now() - start);
  const result = { id, title, clauses, requirement, verdict, durationMs, findings, wire: recorder.wire() };
  return reason === undefined ? result : { ...result, reason };
}

/**
 * An end for a case with a server that never stops sending. It is far beyond what any case needs by itself.
 * @param timeout milliseconds of silence that mean "no answer"; without an end there is no deadline either
 */
function deadlineOf(timeout: number): { readonly passed: Promise<never>; readonly cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, reject) => {
    const limit = 30_000 + 20 * timeout;
    if (!Number.isFinite(limit)) return;
    timer = setTimeout(() => {
      reject(new Inconclusive(`the case had not ended after ${limit} ms`));
    }, limit);
  });
  return {
    passed,
    cancel: () => {
      clearTimeout(timer);
    },
  };
}

/** Which cases to run. */
export interface Selection {
  /** Prefixes of case or clause ids; a case has to match one, when there are any. */
  readonly only?: readonly string[];
  /** Prefixes of case or clause ids; a case that matches one is skipped. */
  readonly skip?: readonly string[];
}

const matches = (testCase: ConformanceCase, prefix: string): boolean =>
  isUnder(testCase.id, prefix) || testCase.clauses.some((clause) => isUnder(clause, prefix));

/** Whether a selection takes a case. */
export function isSelected(testCase: ConformanceCase, selection: Selection): boolean {
  const { only = [], skip = [] } = selection;
  if (skip.some((prefix) => matches(testCase, prefix))) return false;
  return only.length === 0 || only.some((prefix) => matches(testCase, prefix));
}

export interface RunOptions extends Selection {
  readonly cases: readonly ConformanceCase[];
  readonly peer: Peer;
  readonly target: Target;
  readonly seed: number;
  /** Cases at the same time. */
  readonly jobs: number;
  /** What the server does for us; cases that need more are skipped. */
  readonly abilities: ReadonlySet<Need>;
  /** Called when a case begins and when it ends. */
  readonly onProgress?: (event: { readonly testCase: ConformanceCase; readonly result?: CaseResult }) => void;
  /** No further case begins once it is aborted. */
  readonly signal?: AbortSignal;
}

/** Runs the selected cases; the results are in the order of the cases, whatever the number of jobs. */
export async function runCases(options: RunOptions): Promise<readonly CaseResult[]> {
  const { cases, peer, target, seed, jobs, abilities, onProgress, signal } = options;
  const results = new Map<string, CaseResult>();
  const queue: ConformanceCase[] = [];
  for (const testCase of cases) {
    const missing = testCase.needs?.find((need) => !abilities.has(need));
    if (!isSelected(testCase, options)) continue;
    if (missing === undefined) queue.push(testCase);
    else results.set(testCase.id, skipped(testCase, `needs an ${missing}, which this server does not give`));
  }
  const isAborted = (): boolean => signal?.aborted === true;
  const work = async (): Promise<void> => {
    for (let testCase = queue.shift(); testCase !== undefined; testCase = queue.shift()) {
      if (isAborted()) {
        results.set(testCase.id, skipped(testCase, 'the run was interrupted'));
        continue;
      }
      onProgress?.({ testCase });
      const result = await runCase(testCase, peer, target, seed);
      if (isAborted()) {
        // Its connections were taken from under it: what it saw means nothing.
        results.set(testCase.id, skipped(testCase, 'the run was interrupted'));
        continue;
      }
      results.set(testCase.id, result);
      onProgress?.({ testCase, result });
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return cases.flatMap((testCase) => results.get(testCase.id) ?? []);
}

function skipped(testCase: ConformanceCase, reason: string): CaseResult {
  const { id, title, clauses, requirement } = testCase;
  return { id, title, clauses, requirement, verdict: 'skipped', reason, durationMs: 0, findings: [], wire: [] };
}
