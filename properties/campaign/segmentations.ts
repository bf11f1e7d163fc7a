import type { ConformanceCase, Need } from '../verifier/case.js';
import {
  findingOf,
  type Finding,
  verdicts,
  verdictOf,
  type Verdict,
  type Weight,
  weightOf,
} from '../verifier/finding.js';
import type { Peer } from '../verifier/line.js';
import { type CaseResult, runCase, runCases, serverBench } from '../verifier/run.js';
import type { Target } from '../verifier/tester.js';
import { clauseOf } from '../../spec/clauses.js';
import { segmentationNames, type SegmentationName, segmented } from './segmented.js';

/*
 * Segmentation invariance: every case once more, with what it sends cut and joined in other ways. TCP is a stream, so a
 * verdict that follows from where it was cut is a finding, on the clause that was then broken, and with its weight. A
 * peer that fails in the segments of the case itself has its finding already: that it does better in others is noted.
 */

/** What is needed besides the cases. */
export interface SegmentationOptions {
  readonly peer: Peer;
  readonly target: Target;
  readonly seed: number;
  readonly jobs: number;
  readonly abilities: ReadonlySet<Need>;
  /** Milliseconds between two segments: 0 in memory. */
  readonly gap: number;
  readonly signal?: AbortSignal;
}

const titles: Readonly<Record<SegmentationName, string>> = {
  'single-bytes': 'Every case, with what is sent byte by byte',
  joined: 'Every case, with all in one chunk that is sent before an answer is waited for',
  'random-cuts': 'Every case, with what is sent cut at random',
};

const clauses = ['draft-06/4.1/sequence-of-frames', 'draft-06/4.4/receive-both'] as const;

const code = 'verdict-depends-on-segments';

/** Runs the cases in other segmentations; a result for each of these, with a finding for each case that comes out otherwise. */
export async function runSegmentations(
  cases: readonly ConformanceCase[],
  results: readonly CaseResult[],
  options: SegmentationOptions,
): Promise<readonly CaseResult[]> {
  const byId = new Map(results.map((result) => [result.id, result]));
  // Campaigns cut for themselves, and what was not run the first time is not compared.
  const compared = cases.filter(({ id }) => !id.startsWith('random/') && byId.get(id)?.verdict !== 'skipped');
  const all: CaseResult[] = [];
  for (const how of segmentationNames) {
    if (options.signal?.aborted === true) break;
    const start = performance.now();
    const peer = segmented(options.peer, { how, seed: options.seed, gap: options.gap });
    const bench = serverBench(peer, options.target);
    const others = await runCases({ ...options, cases: compared, bench });
    const findings: Finding[] = [];
    let wire: CaseResult['wire'] = [];
    for (const other of others) {
      const usual = byId.get(other.id);
      const testCase = compared.find(({ id }) => id === other.id);
      if (usual === undefined || testCase === undefined || usual.verdict === other.verdict) continue;
      if (other.verdict === 'skipped' || !(await isLasting(testCase, usual, other, peer, options))) continue;
      if (findings.length === 0) wire = other.wire;
      findings.push(difference(how, usual, other));
    }
    all.push({
      id: `segmented/${how}`,
      title: titles[how],
      clauses,
      requirement: 'Each case comes to the same verdict, however TCP cuts what is sent.',
      verdict: verdictOf(findings),
      durationMs: Math.round(performance.now() - start),
      findings,
      wire,
    });
  }
  return all;
}

/** Whether both verdicts come again: what differs from time to time has nothing to do with segments. */
async function isLasting(
  testCase: ConformanceCase,
  usual: CaseResult,
  other: CaseResult,
  peer: Peer,
  { peer: plain, target, seed }: SegmentationOptions,
): Promise<boolean> {
  if ((await runCase(testCase, plain, target, seed)).verdict !== usual.verdict) return false;
  return (await runCase(testCase, peer, target, seed)).verdict === other.verdict;
}

const gravity = (verdict: Verdict): number =>
  ['pass', 'informational', 'advisory', 'inconclusive', 'fail'].indexOf(verdict);

function difference(how: SegmentationName, usual: CaseResult, other: CaseResult): Finding {
  const isWorse = gravity(other.verdict) > gravity(usual.verdict);
  const gravest = (isWorse ? other : usual).findings.find(
    ({ verdict }) => verdict === (isWorse ? other : usual).verdict,
  );
  const clause = gravest?.clause ?? other.clauses[0] ?? clauses[0];
  const weight: Weight = !isWorse
    ? 'informational'
    : isWeight(other.verdict)
      ? other.verdict
      : weightOf(clauseOf(clause).level);
  const why = gravest?.observed ?? other.reason ?? usual.reason ?? '';
  return findingOf(
    clause,
    {
      code,
      observed: `${other.id}: ${usual.verdict} as the case sends it, ${other.verdict} in the segmentation ${how}: ${why}`,
      allowed: 'the same verdict, since TCP is a stream',
    },
    weight,
  );
}

const isWeight = (verdict: Verdict): verdict is Weight =>
  verdict !== 'pass' && verdict !== 'skipped' && verdicts.includes(verdict);
