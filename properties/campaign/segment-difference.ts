import { clauseOf } from '../../spec/clauses.js';
import { findingOf, type Finding, type Verdict, verdicts, type Weight, weightOf } from '../verifier/finding.js';
import type { CaseResult } from '../verifier/run.js';
import type { SegmentationName } from './segmented.js';

const gravity: readonly Verdict[] = ['pass', 'informational', 'advisory', 'inconclusive', 'fail'];

const isWeight = (verdict: Verdict): verdict is Weight =>
  verdict !== 'pass' && verdict !== 'skipped' && verdicts.includes(verdict);

/** What is said of a difference that nobody came to show again. */
const once = ' (seen once, and perhaps by chance: a client that comes by itself comes once for each case)';

/**
 * The finding that a case came to another verdict in other segments: as grave as that, or a note if it is better.
 * @param isRepeated whether it came out so a second time
 */
export function differenceOf(
  how: SegmentationName,
  usual: CaseResult,
  other: CaseResult,
  isRepeated: boolean,
): Finding {
  const isWorse = gravity.indexOf(other.verdict) > gravity.indexOf(usual.verdict);
  const worse = isWorse ? other : usual;
  const gravest = worse.findings.find(({ verdict }) => verdict === worse.verdict);
  const [first = 'draft-06/4.1/sequence-of-frames'] = other.clauses;
  const clause = gravest?.clause ?? first;
  const own = isWeight(other.verdict) ? other.verdict : weightOf(clauseOf(clause).level);
  const why = gravest?.observed ?? other.reason ?? usual.reason ?? '';
  return findingOf(
    clause,
    {
      code: 'verdict-depends-on-segments',
      observed: `${other.id}: ${usual.verdict} as the case sends it, ${other.verdict} in the segmentation ${how}: ${why}${isRepeated ? '' : once}`,
      allowed: 'the same verdict, since TCP is a stream',
    },
    isWorse ? own : 'informational',
  );
}
