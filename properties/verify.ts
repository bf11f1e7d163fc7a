import { createHash } from 'node:crypto';
import type { TlsClientOptions } from '../impl/tls-client.js';
import { replayCase } from './campaign/cases.js';
import type { Script } from './campaign/script.js';
import { runSegmentations, segmentGap, type SegmentationProgress } from './campaign/segmentations.js';
import { segmented } from './campaign/segmented.js';
import { casesFor } from './conformance/index.js';
import { socketServer } from './drivers/socket-server.js';
import { createReport, type Report } from './report/report.js';
import { isInShard, type Shard, shardName } from './report/shard.js';
import { type EchoChoice, jobsFor, probe, withEcho } from './verifier/baseline.js';
import type { CaseFacts } from './verifier/case.js';
import type { Line, Peer } from './verifier/line.js';
import {
  type CaseProgress,
  type CaseResult,
  isSelected,
  runCases,
  type Selection,
  serverBench,
} from './verifier/run.js';
import type { Target } from './verifier/tester.js';

export interface VerifyOptions extends Selection {
  readonly target: Target;
  /** Which certificates to trust, for a target behind TLS. */
  readonly tls?: TlsClientOptions;
  /** How the target is shown, and given again on the command line. */
  readonly shownTarget: string;
  /** The words in front of `--only` with which a case is run again. Default: `hybi verify` and the target. */
  readonly command?: string;
  /** Further words of the command line that a repetition needs. */
  readonly sameOptions?: string;
  readonly version: string;
  /** Default: one that follows from the time. */
  readonly seed?: number;
  /** Cases at the same time. Default 4, or 16 where the first conversation shows that nothing is answered. */
  readonly jobs?: number;
  /** The server; default: a socket to the target. */
  readonly peer?: Peer;
  readonly signal?: AbortSignal;
  /** Which part of the cases to run. Default: all. */
  readonly shard?: Shard;
  /** Begin no further case once one has failed. Default false. */
  readonly bail?: boolean;
  /** Whether messages come back. Default `auto`: as the first conversation shows. */
  readonly echo?: EchoChoice;
  /** A conversation to hold instead of the cases. */
  readonly replay?: Script;
  /** Run every case in other segmentations of TCP as well. Default false. */
  readonly segmentations?: boolean;
  /** Told what the first conversation showed, such as `echoes text and binary`, before the cases begin. */
  readonly onBaseline?: (says: string) => void;
  /** What a person may want to know while it runs. */
  readonly onProgress?: (progress: Progress) => void;
}

/** How far a run is. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  /** The case that began last. */
  readonly current: string;
}

/** What a verification came to. */
export type Verification =
  | {
      readonly kind: 'report';
      readonly report: Report;
      /** Why the first opening handshake was not accepted. */
      readonly refused?: { readonly why: string; readonly status?: number };
    }
  | { readonly kind: 'unreachable'; readonly why: string };

/** A seed for a run that was given none, small enough to be typed again. */
export function freshSeed(): number {
  return createHash('sha256').update(String(process.hrtime.bigint())).digest().readUInt32BE() >>> 1;
}

/**
 * Judges a server: a first conversation, then every selected case. It never throws for what the server does.
 * @example
 * ```ts
 * import { startServer } from 'hybi-spec/impl';
 * import { parseUri } from 'hybi-spec';
 * import { noPaint, summarize, totals, verify } from 'hybi-spec/properties';
 *
 * const server = await startServer({ port: 0 });
 * const parsed = parseUri(server.url);
 * if (!parsed.ok) throw new Error(parsed.refusal.says);
 * const run = await verify({
 *   target: { uri: parsed.uri, subprotocols: [], fields: [], timeout: 1000 },
 *   shownTarget: server.url,
 *   version: '1',
 *   seed: 7,
 *   only: ['draft-06/4.5.2'],
 * });
 * await server.stop();
 * if (run.kind === 'unreachable') throw new Error(run.why);
 * console.assert(run.report.summary.fail === 0, summarize(run.report, noPaint));
 * console.assert(totals(run.report, noPaint).includes(' 0 fail'));
 * ```
 */
export async function verify(options: VerifyOptions): Promise<Verification> {
  const { target, shownTarget, version, onProgress, signal } = options;
  const seed = options.seed ?? freshSeed();
  const reached =
    options.peer ??
    socketServer(target.uri.host, target.uri.port, target.timeout, target.uri.secure ? (options.tls ?? {}) : undefined);
  const peer = signal === undefined ? reached : interruptible(reached, signal);
  const startedAt = new Date();
  const start = performance.now();
  const baseline = await probe(peer, target, seed);
  if (signal?.aborted === true) return { kind: 'unreachable', why: 'the run was interrupted' };
  if (baseline.kind === 'unreachable') return { kind: 'unreachable', why: baseline.why };

  const says = baseline.kind === 'established' ? baseline.says : `refuses a right opening handshake: ${baseline.why}`;
  options.onBaseline?.(says);

  const { shard, bail = false, jobs = jobsFor(baseline) } = options;
  const abilities = withEcho(baseline.kind === 'established' ? baseline.abilities : new Set(), options.echo);
  const echoes = abilities.has('echo of text') && abilities.has('echo of binary');
  const isTaken = (testCase: CaseFacts): boolean =>
    isSelected(testCase, options) && (shard === undefined || isInShard(testCase.id, shard));
  const cases =
    options.replay === undefined ? casesFor(target).filter(isTaken) : [replayCase(options.replay, 'server', echoes)];
  const progress = countProgress(cases, onProgress);
  const bench = serverBench(peer, target);
  const results = await runCases({
    cases,
    bench,
    seed,
    jobs,
    abilities,
    onProgress: progress,
    bail,
    ...(signal === undefined ? {} : { signal }),
  });
  const gap = options.peer === undefined ? segmentGap : 0;
  const segmentations =
    options.segmentations === true
      ? await runSegmentations(cases, results, {
          ...{ bench, seed, jobs, abilities },
          segmentedBench: (how) => serverBench(segmented(peer, { how, seed, gap }), target),
          onProgress: tellSegmentations(onProgress, results),
          ...(signal === undefined ? {} : { signal }),
        })
      : [];
  const report = createReport([...results, ...segmentations], {
    version,
    target: shownTarget,
    seed,
    startedAt,
    durationMs: Math.round(performance.now() - start),
    sameOptions: options.sameOptions ?? '',
    ...(options.command === undefined ? {} : { command: options.command }),
    baseline: says,
    chosen: target.chosen,
    ...(shard === undefined ? {} : { shard: shardName(shard) }),
  });
  return baseline.kind === 'refused' ? { kind: 'report', report, refused: baseline } : { kind: 'report', report };
}

/** A peer whose connections all break when the run is interrupted, so that nothing waits for an answer any more. */
function interruptible(peer: Peer, signal: AbortSignal): Peer {
  const open = new Set<Line>();
  signal.addEventListener('abort', () => {
    for (const line of open) line.destroy();
  });
  const { connect, connectWith } = peer;
  const breakable = async (opening: Promise<Line>): Promise<Line> => {
    const line = await opening;
    open.add(line);
    const destroy = (): void => {
      open.delete(line);
      line.destroy();
    };
    if (signal.aborted) destroy();
    return { ...line, destroy };
  };
  return {
    connect: () => breakable(connect()),
    ...(connectWith === undefined ? {} : { connectWith: (tls) => breakable(connectWith(tls)) }),
  };
}

/** Turns the events of single cases into how far the run is. */
export function countProgress(
  cases: readonly CaseFacts[],
  onProgress: ((progress: Progress) => void) | undefined,
): (event: CaseProgress) => void {
  let done = 0;
  let failed = 0;
  return ({ testCase, result }) => {
    if (result !== undefined) done++;
    if (result?.verdict === 'fail') failed++;
    onProgress?.({ done, total: cases.length, failed, current: testCase.id });
  };
}

/** The other segmentations are a second run over the same cases, each under its own name. */
export function tellSegmentations(
  onProgress: ((progress: Progress) => void) | undefined,
  results: readonly CaseResult[],
): (progress: SegmentationProgress) => void {
  const failed = results.filter(({ verdict }) => verdict === 'fail').length;
  return ({ how, done, total }) => {
    onProgress?.({ done, total, failed, current: `every case in the segmentation ${how}` });
  };
}
