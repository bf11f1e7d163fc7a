import { clauseOf, type ClauseId } from '../../spec/clauses.js';
import { brokenWith } from '../faults/entailed.js';
import type { Fault, Oddity } from '../faults/fault.js';
import { type Verdict, verdicts, weightOf } from '../verifier/finding.js';
import type { Blame, Outcome } from './run-peer.js';

/** Ids of cases, by the clause that they blame. */
export type CasesByClause = Readonly<Record<string, readonly string[]>>;

/** What the cases of its role make of a fault. */
export interface FaultRow {
  readonly name: string;
  readonly role: Fault['role'];
  /** The clause that the fault breaks. */
  readonly clause: ClauseId;
  /** Cases that notice, by the clause blamed: that of the fault, one broken along with it, or one that follows. */
  readonly caught: CasesByClause;
  /** Of those, the clauses for which a note is all that their level allows. */
  readonly noted: readonly ClauseId[];
  /** Cases that blame what the fault does not break; there should be none. */
  readonly wrong: CasesByClause;
  /** The quickest one or two of the cases that notice. */
  readonly quickest: readonly string[];
}

/** What the cases of its role make of an oddity. */
export interface OddityRow {
  readonly name: string;
  readonly role: Oddity['role'];
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
  /** Cases that fail it; there should be none. */
  readonly failed: readonly string[];
  /** Cases that advise against it. */
  readonly advised: readonly string[];
  /** Cases that cannot tell. */
  readonly undecided: readonly string[];
}

/** The clauses that may be blamed for a fault. */
export function blamable({ clause, follows }: Pick<Fault, 'clause' | 'follows'>): ReadonlySet<ClauseId> {
  return new Set([...brokenWith(clause), ...follows.map((consequence) => consequence.clause)]);
}

/**
 * Judges what cases say about a fault.
 * @param isUsual whether a case says the same about a right peer
 */
export function faultRow(
  fault: Fault,
  outcomes: readonly Outcome[],
  isUsual: (id: string, blame: Blame) => boolean,
): FaultRow {
  const right = blamable(fault);
  const broken = brokenWith(fault.clause);
  const caught: Record<string, string[]> = {};
  const wrong: Record<string, string[]> = {};
  const noted = new Set<ClauseId>();
  const quick: { readonly id: string; readonly cost: number; readonly rank: number }[] = [];
  for (const { id, blames, cost } of outcomes) {
    let rank: number | undefined;
    for (const blame of blames) {
      const { clause, weight } = blame;
      if (weight === 'note' && (!isNoteABlame(clause) || !broken.has(clause) || isUsual(id, blame))) continue;
      const list = ((right.has(clause) ? caught : wrong)[clause] ??= []);
      if (list.at(-1) !== id) list.push(id);
      if (!right.has(clause)) continue;
      if (weight === 'note') noted.add(clause);
      rank = Math.min(rank ?? 2, clause === fault.clause ? 0 : broken.has(clause) ? 1 : 2);
    }
    if (rank !== undefined) quick.push({ id, cost, rank });
  }
  // The clause itself first, then what is quick; the order of the cases decides where nothing else does.
  const [first] = quick.toSorted((one, other) => one.rank - other.rank || one.cost - other.cost);
  const [second] = quick.filter(({ id }) => id !== first?.id).toSorted((one, other) => one.cost - other.cost);
  return {
    name: fault.name,
    role: fault.role,
    clause: fault.clause,
    caught,
    noted: [...noted],
    wrong,
    quickest: [first, second].flatMap((each) => (each === undefined ? [] : [each.id])),
  };
}

/** What grants leave cannot be failed: there a note is all that can be said. */
const isNoteABlame = (clause: ClauseId): boolean => weightOf(clauseOf(clause).level) === 'informational';

/** Judges what cases say about an oddity. */
export function oddityRow({ name, role }: Oddity, outcomes: readonly Outcome[]): OddityRow {
  const idsOf = (verdict: Verdict): readonly string[] =>
    outcomes.filter((outcome) => outcome.verdict === verdict).map(({ id }) => id);
  const counts = verdicts.map((verdict) => [verdict, idsOf(verdict).length] as const);
  return {
    name,
    role,
    verdicts: Object.fromEntries(counts.filter(([, count]) => count > 0)),
    failed: idsOf('fail'),
    advised: idsOf('advisory'),
    undecided: idsOf('inconclusive'),
  };
}
