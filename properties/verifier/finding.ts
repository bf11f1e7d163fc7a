import type { Clause, Level } from '../../spec/clause.js';
import { clauseOf, type ClauseId } from '../../spec/clauses.js';

/** What a case comes to; the contract of the command line and the report. */
export const verdicts = ['pass', 'fail', 'advisory', 'informational', 'inconclusive', 'skipped'] as const;

export type Verdict = (typeof verdicts)[number];

/** How much a single finding weighs. */
export type Weight = Extract<Verdict, 'fail' | 'advisory' | 'informational' | 'inconclusive'>;

/** Something that was seen and that is not simply as the clause wants it. */
export interface Finding {
  readonly clause: ClauseId;
  /** Stable, for expectations and for machines: the code of a violation or a name given by the case. */
  readonly code: string;
  readonly verdict: Weight;
  /** What the clause demands, in our own words. */
  readonly says: string;
  readonly observed: string;
  readonly allowed: string;
  /** Byte offset in what the peer sent on that connection, where one byte shows it. */
  readonly offset: number | null;
}

/** What it means to break a clause of a level. */
export function weightOf(level: Level): Weight {
  switch (level) {
    case 'MUST':
    case 'MUST NOT':
    case 'definition':
      return 'fail';
    case 'SHOULD':
    case 'SHOULD NOT':
      return 'advisory';
    case 'MAY':
      return 'informational';
  }
}

/** The words of a finding. */
export interface FindingWords {
  readonly code: string;
  readonly observed: string;
  readonly allowed: string;
  readonly offset?: number;
}

/** A finding of the weight that the level of the clause gives it, or of a lighter one. */
export function findingOf(clause: ClauseId, words: FindingWords, weight?: Weight): Finding {
  const { says, level }: Clause = clauseOf(clause);
  const { code, observed, allowed, offset } = words;
  return { clause, code, verdict: weight ?? weightOf(level), says, observed, allowed, offset: offset ?? null };
}

const gravity: readonly Verdict[] = ['fail', 'inconclusive', 'advisory', 'informational'];

/** The verdict of a case: that of its gravest finding. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  return gravity.find((verdict) => findings.some((finding) => finding.verdict === verdict)) ?? 'pass';
}
