import type { Role } from '../../model/role.js';
import type { CaseFacts, ConformanceCase, Need } from '../verifier/case.js';
import { type Finding, verdictOf } from '../verifier/finding.js';
import { type Bench, type CaseResult, runCaseOn, runCases } from '../verifier/run.js';
import { segmentationNames, type SegmentationName } from './segmented.js';
import { differenceOf } from './segment-difference.js';

/*
 * Segmentation invariance: every case once more, with what it sends cut and joined in other ways. TCP is a stream, so a
 * verdict that follows from where it was cut is a finding, on the clause that was then broken, and with its weight. A
 * peer that fails in the segments of the case itself has its finding already: that it does better in others is noted.
 */

/** What is needed besides the cases. */
export interface SegmentationOptions<AnyTester> {
  /** What gives the cases their testers, with everything sent as the case does. */
  readonly bench: Bench<AnyTester>;
  /** The same with everything sent in other segments. */
  readonly segmentedBench: (how: SegmentationName) => Bench<AnyTester>;
  readonly seed: number;
  readonly jobs: number;
  readonly abilities: ReadonlySet<Need>;
  readonly signal?: AbortSignal;
  /** Told how far it is. */
  readonly onProgress?: (progress: SegmentationProgress) => void;
}

/** How far the other segmentations are. */
export interface SegmentationProgress {
  readonly how: SegmentationName;
  readonly done: number;
  readonly total: number;
}

/** Milliseconds between two segments on a socket, so that TCP does not join them. */
export const segmentGap = 1;

const titles: Readonly<Record<SegmentationName, string>> = {
  'single-bytes': 'Every case, with what is sent byte by byte',
  joined: 'Every case, with all in one chunk that is sent before an answer is waited for',
  'random-cuts': 'Every case, with what is sent cut at random',
};

const clauses = ['draft-06/4.1/sequence-of-frames', 'draft-06/4.4/receive-both'] as const;

/** What the result for a segmentation is called. */
export const segmentationId = (peer: Role, how: SegmentationName): string =>
  peer === 'client' ? `client-segmented/${how}` : `segmented/${how}`;

/** Whether an id is that of a result for a segmentation. */
export const isSegmentationId = (id: string): boolean => /^(?:client-)?segmented\//.test(id);

/** The cases that are worth another segmentation. Campaigns cut for themselves. */
export const isWorthCutting = ({ id }: CaseFacts): boolean => !/^(?:client-)?random\//.test(id);

/** Runs the cases in other segmentations; a result for each of these, with a finding for each case that comes out otherwise. */
export async function runSegmentations<AnyTester>(
  cases: readonly ConformanceCase<AnyTester>[],
  results: readonly CaseResult[],
  options: SegmentationOptions<AnyTester>,
): Promise<readonly CaseResult[]> {
  const { bench, segmentedBench, signal, onProgress, seed } = options;
  const byId = new Map(results.map((result) => [result.id, result]));
  // What was not run the first time is not compared.
  const compared = cases.filter((each) => isWorthCutting(each) && byId.get(each.id)?.verdict !== 'skipped');
  const all: CaseResult[] = [];
  for (const how of segmentationNames) {
    if (signal?.aborted === true) break;
    const start = performance.now();
    const cut = segmentedBench(how);
    let done = 0;
    const others = await runCases({
      ...options,
      cases: compared,
      bench: cut,
      onProgress: ({ result }) => {
        if (result !== undefined) done++;
        onProgress?.({ how, done, total: compared.length });
      },
    });
    const differing: Difference[] = [];
    for (const other of others) {
      const usual = byId.get(other.id);
      const testCase = compared.find(({ id }) => id === other.id);
      if (usual === undefined || testCase === undefined || usual.verdict === other.verdict) continue;
      if (other.verdict === 'skipped') continue;
      // What differs from time to time has nothing to do with segments.
      if ((await runCaseOn(testCase, bench, seed)).verdict !== usual.verdict) continue;
      if ((await runCaseOn(testCase, cut, seed)).verdict !== other.verdict) continue;
      differing.push({ usual, other });
    }
    all.push(segmentationResult(bench.peer, how, differing, Math.round(performance.now() - start)));
  }
  return all;
}

/** A case that came out otherwise. */
export interface Difference {
  readonly usual: CaseResult;
  readonly other: CaseResult;
}

/**
 * What came of a segmentation.
 * @param isRepeated whether each difference was seen a second time. Default true
 */
export function segmentationResult(
  peer: Role,
  how: SegmentationName,
  differing: readonly Difference[],
  durationMs: number,
  isRepeated = true,
): CaseResult {
  const findings: readonly Finding[] = differing.map(({ usual, other }) => differenceOf(how, usual, other, isRepeated));
  const only = differing.map(({ other }) => ` --only ${other.id}`);
  return {
    id: segmentationId(peer, how),
    title: titles[how],
    clauses,
    requirement: 'Each case comes to the same verdict, however TCP cuts what is sent.',
    verdict: verdictOf(findings),
    durationMs,
    findings,
    wire: differing[0]?.other.wire ?? [],
    rerun: `--segmentations${only.join('')}`,
  };
}
