import type { Role } from '../../model/role.js';
import { isUnder } from '../../spec/clause.js';
import type { ClauseId } from '../../spec/clauses.js';
import { type CaseFacts, type ClientCase, type ConformanceCase, type Need, whyMissing } from './case.js';
import { type ClientRun, type ClientTester, createClientTester } from './client-tester.js';
import { type Finding, type Verdict, verdictOf } from './finding.js';
import { type Peer, PeerUnreachable } from './line.js';
import { type Randomness, randomnessOf } from './randomness.js';
import { createRecorder, type Recorder, type WireEntry } from './recorder.js';
import { createTester, Inconclusive, NotApplicable, type Target, type Tester } from './tester.js';

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
  /** Words of the command line that show it again. Default: `--only` and the id. */
  readonly rerun?: string;
}

/** What gives each case its tester: the implementation under test, in either role. */
export interface Bench<AnyTester> {
  /** Milliseconds of silence that mean "no answer". */
  readonly timeout: number;
  /** The role of the implementation under test. */
  readonly peer: Role;
  /** Whether campaigns have no deadline, since all of their runs are wanted. Default false. */
  readonly allRuns?: boolean | undefined;
  readonly testerFor: (
    testCase: CaseFacts,
    recorder: Recorder,
    randomness: Randomness,
  ) => { readonly tester: AnyTester; readonly cleanUp: () => void };
}

/** A server, on which the tester plays the client. */
export const serverBench = (peer: Peer, target: Target): Bench<Tester> => ({
  timeout: target.timeout,
  allRuns: target.allRuns,
  peer: 'server',
  testerFor: (_, recorder, randomness) => createTester(peer, target, recorder, randomness),
});

/** A client, for which the tester plays the server. */
export const clientBench = (run: ClientRun): Bench<ClientTester> => ({
  timeout: run.target.timeout,
  allRuns: run.target.allRuns,
  peer: 'client',
  testerFor: (testCase, recorder, randomness) => createClientTester(run, recorder, randomness, testCase),
});

/** Runs one case for servers on fresh connections. */
export const runCase = (testCase: ConformanceCase, peer: Peer, target: Target, seed: number): Promise<CaseResult> =>
  runCaseOn(testCase, serverBench(peer, target), seed);

/** Runs one case for clients on fresh connections. */
export const runClientCase = (testCase: ClientCase, run: ClientRun, seed: number): Promise<CaseResult> =>
  runCaseOn(testCase, clientBench(run), seed);

/** Runs one case. */
export async function runCaseOn<AnyTester>(
  testCase: ConformanceCase<AnyTester>,
  bench: Bench<AnyTester>,
  seed: number,
): Promise<CaseResult> {
  const recorder = createRecorder();
  const { tester, cleanUp } = bench.testerFor(testCase, recorder, randomnessOf(seed, testCase.id));
  const { id, title, clauses, requirement } = testCase;
  const start = performance.now();
  let reason: string | undefined;
  let isApplicable = true;
  const isUnhurried = testCase.isCampaign === true && bench.allRuns === true;
  const deadline = deadlineOf(isUnhurried ? Infinity : bench.timeout);
  try {
    await Promise.race([testCase.run(tester), deadline.passed]);
  } catch (error) {
    if (error instanceof NotApplicable) isApplicable = false;
    else if (!(error instanceof Inconclusive) && !(error instanceof PeerUnreachable)) throw error;
    reason = error.message;
  } finally {
    deadline.cancel();
    cleanUp();
  }
  const findings = recorder.findings();
  // What was found before the case got stuck stands; only without a failure it remains undecided.
  const found = verdictOf(findings);
  const unfinished = isApplicable ? 'inconclusive' : 'skipped';
  const verdict = reason !== undefined && found !== 'fail' ? unfinished : found;
  const durationMs = Math.round(performance.now() - start);
  const rerun = recorder.rerun();
  const result = {
    ...{ id, title, clauses, requirement, verdict, durationMs, findings, wire: recorder.wire() },
    ...(rerun === undefined ? {} : { rerun }),
  };
  return reason === undefined ? result : { ...result, reason };
}

/** The longest time for which a timer of the system can run, in milliseconds. */
const longestTimer = 2 ** 31 - 1;

/**
 * Milliseconds after which a case is ended, whatever the peer does; `Infinity` where silence is waited for without end,
 * as with a debugger, or longer than a timer can run.
 * @param timeout milliseconds of silence that mean "no answer"
 */
export function longestCase(timeout: number): number {
  const limit = 30_000 + 20 * timeout;
  return limit > longestTimer ? Infinity : limit;
}

/** An end for a case with a peer that never stops sending. It is far beyond what any case needs by itself. */
function deadlineOf(timeout: number): { readonly passed: Promise<never>; readonly cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, reject) => {
    const limit = longestCase(timeout);
    if (!Number.isFinite(limit)) return;
    timer = setTimeout(() => {
      const limits = `the limit for a case that waits ${timeout} ms for each answer`;
      reject(
        new Inconclusive(
          `the case had not ended after ${limit} ms, ${limits}: a longer --timeout raises it, 0 lifts it`,
        ),
      );
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

const matches = (testCase: CaseFacts, prefix: string): boolean =>
  isUnder(testCase.id, prefix) || testCase.clauses.some((clause) => isUnder(clause, prefix));

/** Whether a selection takes a case. */
export function isSelected(testCase: CaseFacts, selection: Selection): boolean {
  const { only = [], skip = [] } = selection;
  if (skip.some((prefix) => matches(testCase, prefix))) return false;
  return only.length === 0 || only.some((prefix) => matches(testCase, prefix));
}

export interface RunOptions<AnyTester = Tester> extends Selection {
  readonly cases: readonly ConformanceCase<AnyTester>[];
  readonly bench: Bench<AnyTester>;
  readonly seed: number;
  /** Cases at the same time. */
  readonly jobs: number;
  /** What the peer does for us; cases that need more are skipped. */
  readonly abilities: ReadonlySet<Need>;
  /** Called when a case begins and when it ends. */
  readonly onProgress?: (event: CaseProgress) => void;
  /** No further case begins once it is aborted. */
  readonly signal?: AbortSignal;
  /** No further case begins once one has failed. */
  readonly bail?: boolean;
}

/** A case that begins, or that has ended. */
export interface CaseProgress {
  readonly testCase: CaseFacts;
  readonly result?: CaseResult;
}

/** Why a case that a peer is not able to take part in is skipped; `undefined` when it is able. */
export function whySkipped({ needs = [] }: CaseFacts, abilities: ReadonlySet<Need>, peer: Role): string | undefined {
  const missing = needs.find((need) => !abilities.has(need));
  return missing === undefined ? undefined : whyMissing(missing, peer);
}

/** Runs the selected cases; the results are in the order of the cases, whatever the number of jobs. */
export async function runCases<AnyTester>(options: RunOptions<AnyTester>): Promise<readonly CaseResult[]> {
  const { cases, bench, seed, jobs, abilities, onProgress, signal, bail = false } = options;
  const results = new Map<string, CaseResult>();
  const queue: ConformanceCase<AnyTester>[] = [];
  for (const testCase of cases) {
    if (!isSelected(testCase, options)) continue;
    const reason = whySkipped(testCase, abilities, bench.peer);
    if (reason === undefined) queue.push(testCase);
    else results.set(testCase.id, skipped(testCase, reason));
  }
  const isAborted = (): boolean => signal?.aborted === true;
  let hasFailed = false;
  const work = async (): Promise<void> => {
    for (let testCase = queue.shift(); testCase !== undefined; testCase = queue.shift()) {
      if (isAborted()) {
        results.set(testCase.id, skipped(testCase, interruption));
        continue;
      }
      if (bail && hasFailed) {
        results.set(testCase.id, skipped(testCase, 'not run, because another case failed first (--bail)'));
        continue;
      }
      onProgress?.({ testCase });
      const result = await runCaseOn(testCase, bench, seed);
      if (isAborted()) {
        // Its connections were taken from under it: what it saw means nothing.
        results.set(testCase.id, skipped(testCase, interruption));
        continue;
      }
      if (result.verdict === 'fail') hasFailed = true;
      results.set(testCase.id, result);
      onProgress?.({ testCase, result });
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return cases.flatMap((testCase) => results.get(testCase.id) ?? []);
}

/** Why a case was skipped that an interrupt kept from being run. */
export const interruption = 'the run was interrupted';

/** The result of a case that was not run. */
export function skipped(testCase: CaseFacts, reason: string): CaseResult {
  const { id, title, clauses, requirement } = testCase;
  return { id, title, clauses, requirement, verdict: 'skipped', reason, durationMs: 0, findings: [], wire: [] };
}
