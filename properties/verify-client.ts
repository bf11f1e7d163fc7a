import { clientCases, secureClientCases } from './conformance/client/index.js';
import { createReport } from './report/report.js';
import { probeClient } from './verifier/baseline.js';
import type { ClientCase, Need } from './verifier/case.js';
import type { ClientRun } from './verifier/client-tester.js';
import type { ClientPeer, Line } from './verifier/line.js';
import { clientBench, isSelected, runCases, type Selection } from './verifier/run.js';
import { countProgress, freshSeed, type Progress, type Verification } from './verify.js';

/** What both ways to judge a client need to know. */
export interface VerifyClientFacts extends Selection {
  /** How the client is shown. */
  readonly shownTarget: string;
  /** The words in front of `--only` with which a case is run again. */
  readonly command: string;
  /** Further words that a repetition needs. */
  readonly sameOptions?: string;
  readonly version: string;
  /** Milliseconds of silence that mean "no answer". */
  readonly timeout: number;
  /** Default: one that follows from the time. */
  readonly seed?: number;
}

export interface VerifyClientOptions extends VerifyClientFacts {
  /** A client that can be made to come, again and again, to any URL. */
  readonly client: ClientPeer;
  /** Cases at the same time. Default 4. */
  readonly jobs?: number;
  readonly signal?: AbortSignal;
  /** What a person may want to know while it runs. */
  readonly onProgress?: (progress: Progress) => void;
}

/** The cases that are run with a selection, in the order of the chapters. */
export const selectedClientCases = (selection: Selection): readonly ClientCase[] =>
  clientCases.filter((testCase) => isSelected(testCase, selection));

/** Judges a client that can be made to come: a first conversation, then every selected case. */
export async function verifyClient(options: VerifyClientOptions): Promise<Verification> {
  const { shownTarget, version, timeout, command, sameOptions = '', jobs = 4, onProgress, signal } = options;
  const seed = options.seed ?? freshSeed();
  const client = signal === undefined ? options.client : interruptible(options.client, signal);
  const run: ClientRun = { client, target: { timeout }, requests: [] };
  const startedAt = new Date();
  const start = performance.now();
  const baseline = await probeClient(run, seed);
  if (signal?.aborted === true) return { kind: 'unreachable', why: 'the run was interrupted' };
  if (baseline.kind === 'unreachable') return { kind: 'unreachable', why: baseline.why };

  // Whether it knows wss shows when it is given such a URL.
  const secure = secureClientCases.filter((testCase) => isSelected(testCase, options));
  const cases = [...selectedClientCases(options), ...secure];
  const shown = baseline.kind === 'established' ? baseline.abilities : new Set<Need>();
  const results = await runCases({
    cases,
    bench: clientBench(run),
    seed,
    jobs,
    abilities: new Set<Need>([...shown, 'choice of URL', 'second connection']),
    onProgress: countProgress(cases, onProgress),
    ...(signal === undefined ? {} : { signal }),
  });
  const report = createReport(results, {
    role: 'client',
    version,
    target: shownTarget,
    seed,
    startedAt,
    durationMs: Math.round(performance.now() - start),
    sameOptions,
    command,
  });
  return { kind: 'report', report };
}

/** A client whose connections all break when the run is interrupted, so that nothing waits for it any more. */
function interruptible(client: ClientPeer, signal: AbortSignal): ClientPeer {
  const open = new Set<Line>();
  signal.addEventListener('abort', () => {
    for (const line of open) line.destroy();
  });
  return {
    accept: async (visit) => {
      const arrival = await client.accept(visit);
      open.add(arrival.line);
      if (signal.aborted) arrival.line.destroy();
      return {
        ...arrival,
        release: () => {
          open.delete(arrival.line);
          arrival.release();
        },
      };
    },
  };
}
