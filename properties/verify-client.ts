import { replayCase } from './campaign/cases.js';
import type { Script } from './campaign/script.js';
import { runSegmentations, segmentGap } from './campaign/segmentations.js';
import { segmentedClient } from './campaign/segmented.js';
import { isTaken, selectedClientCases, selectedRandomCases } from './client-turns.js';
import { secureClientCases } from './conformance/client/index.js';
import type { ChosenReadings } from './verifier/chosen-readings.js';
import { createReport } from './report/report.js';
import { type Shard, shardName } from './report/shard.js';
import { type EchoChoice, jobsFor, probeClient, withEcho } from './verifier/baseline.js';
import type { Need } from './verifier/case.js';
import { type ClientRun, type ClientTester, createClientTester } from './verifier/client-tester.js';
import type { ClientPeer, Line } from './verifier/line.js';
import { type Bench, clientBench, runCases, type Selection } from './verifier/run.js';
import { countProgress, freshSeed, type Progress, tellSegmentations, type Verification } from './verify.js';

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
  /** Options of readings that are enforced. Default: none, and what the text leaves open is only put on record. */
  readonly chosen?: ChosenReadings;
  /** Default: one that follows from the time. */
  readonly seed?: number;
  /** Which part of the cases to run. Default: all. */
  readonly shard?: Shard;
  /** Run every case in other segmentations of TCP as well. Default false. */
  readonly segmentations?: boolean;
  /** Milliseconds between two segments, where what is sent is cut. Default 1; 0 in memory. */
  readonly segmentGap?: number;
  /** Random conversations for each generated case. Default 0: generated cases are left out. */
  readonly runs?: number;
  /** Whether a generated case holds all of them, however long it takes. Default false: as many as ten seconds allow. */
  readonly allRuns?: boolean;
  /** A conversation to hold instead of the cases. */
  readonly replay?: Script;
  /** Whether messages come back. Default `auto`: as the first conversation shows, or in the end the cases. */
  readonly echo?: EchoChoice;
}

export interface VerifyClientOptions extends VerifyClientFacts {
  /** A client that can be made to come, again and again, to any URL. */
  readonly client: ClientPeer;
  /** Cases at the same time. Default 4, or 16 where the first conversation shows that nothing is answered. */
  readonly jobs?: number;
  readonly signal?: AbortSignal;
  /** Begin no further case once one has failed. Default false. */
  readonly bail?: boolean;
  /** Told what the first conversation showed, such as `echoes text and binary`, before the cases begin. */
  readonly onBaseline?: (says: string) => void;
  /** What a person may want to know while it runs. */
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Judges a client that can be made to come: a first conversation, then every selected case. It never throws for what the
 * client does.
 * @example
 * ```ts
 * import { memoryClient, verifyClient } from 'hybi-spec/properties';
 *
 * const run = await verifyClient({
 *   client: memoryClient(),
 *   shownTarget: 'the model',
 *   command: 'hybi verify-client',
 *   version: '1',
 *   timeout: 1000,
 *   seed: 7,
 *   only: ['client-masking'],
 * });
 * console.assert(run.kind === 'report' && run.report.summary.fail === 0);
 * ```
 */
export async function verifyClient(options: VerifyClientOptions): Promise<Verification> {
  const { shownTarget, version, timeout, command, sameOptions = '', onProgress, signal } = options;
  const seed = options.seed ?? freshSeed();
  const { runs = 0, allRuns = false, replay } = options;
  const client = signal === undefined ? options.client : interruptible(options.client, signal);
  const run: ClientRun = {
    client,
    target: { timeout, runs, allRuns, ...(options.chosen === undefined ? {} : { chosen: options.chosen }) },
    requests: [],
  };
  const startedAt = new Date();
  const start = performance.now();
  const baseline = await probeClient(run, seed);
  if (signal?.aborted === true) return { kind: 'unreachable', why: 'the run was interrupted' };
  if (baseline.kind === 'unreachable') return { kind: 'unreachable', why: baseline.why };

  const says = baseline.kind === 'established' ? baseline.says : `cannot be talked to: ${baseline.why}`;
  options.onBaseline?.(says);
  // Whether it knows wss shows when it is given such a URL.
  const secure = secureClientCases.filter((testCase) => isTaken(testCase, options));
  const shown = baseline.kind === 'established' ? baseline.abilities : new Set<Need>();
  const abilities = withEcho(new Set<Need>([...shown, 'choice of URL', 'second connection']), options.echo);
  const echoes = abilities.has('echo of text') && abilities.has('echo of binary');
  const cases =
    replay === undefined
      ? [...selectedClientCases(options), ...secure, ...selectedRandomCases(options)]
      : [replayCase(replay, 'client', echoes)];
  const bench = clientBench(run);
  const jobs = options.jobs ?? jobsFor(baseline);
  const results = await runCases({
    ...{ cases, bench, seed, jobs, abilities },
    bail: options.bail ?? false,
    onProgress: countProgress(cases, onProgress),
    ...(signal === undefined ? {} : { signal }),
  });
  const gap = options.segmentGap ?? segmentGap;
  const segmentations =
    options.segmentations === true
      ? await runSegmentations(cases, results, {
          ...{ bench: benchApart(run), seed, jobs, abilities },
          segmentedBench: (how) => benchApart({ ...run, client: segmentedClient(client, { how, seed, gap }) }),
          onProgress: tellSegmentations(onProgress, results),
          ...(signal === undefined ? {} : { signal }),
        })
      : [];
  const report = createReport([...results, ...segmentations], {
    role: 'client',
    version,
    target: shownTarget,
    seed,
    startedAt,
    durationMs: Math.round(performance.now() - start),
    sameOptions,
    command,
    baseline: says,
    ...(options.chosen === undefined ? {} : { chosen: options.chosen }),
    ...(options.shard === undefined ? {} : { shard: shardName(options.shard) }),
  });
  return baseline.kind === 'refused' ? { kind: 'report', report, refused: baseline } : { kind: 'report', report };
}

/** A bench on which no case knows of the opening handshakes of others: each comes several times, in any order. */
const benchApart = (run: ClientRun): Bench<ClientTester> => ({
  ...clientBench(run),
  testerFor: (testCase, recorder, randomness) =>
    createClientTester({ ...run, requests: [] }, recorder, randomness, testCase),
});

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
