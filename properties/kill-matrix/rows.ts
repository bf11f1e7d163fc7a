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
  /** Cases that blame something, by the clause blamed. */
  readonly blamed: CasesByClause;
  /** Of those clauses, the ones for which a note is all that their level allows. */
  readonly noted: readonly ClauseId[];
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

/** What was blamed for a fault: rightly, and wrongly, which should not be. */
export function blameOf(
  fault: Fault,
  { blamed }: Pick<FaultRow, 'blamed'>,
): Readonly<Record<'right' | 'wrong', CasesByClause>> {
  const may: ReadonlySet<string> = blamable(fault);
  const split = (isRight: boolean): CasesByClause =>
    Object.fromEntries(Object.entries(blamed).filter(([clause]) => may.has(clause) === isRight));
  return { right: split(true), wrong: split(false) };
}

/**
 * Puts together what cases say about a fault.
 * @param isUsual whether a case says the same about a right peer
 */
export function faultRow(
  fault: Fault,
  outcomes: readonly Outcome[],
  isUsual: (id: string, blame: Blame) => boolean,
): FaultRow {
  const { name, role, clause: own } = fault;
  const may = blamable(fault);
  const blamed: Record<string, string[]> = {};
  const noted = new Set<ClauseId>();
  for (const { id, blames } of outcomes) {
    for (const blame of blames) {
      const { clause, weight } = blame;
      if (weight === 'note' && (!isNoteABlame(clause) || !may.has(clause) || isUsual(id, blame))) continue;
      const list = (blamed[clause] ??= []);
      if (list.at(-1) !== id) list.push(id);
      if (weight === 'note') noted.add(clause);
    }
  }
  // Those that blame the clause itself first, then those that blame what is broken along with it.
  const rankOf = (id: string): number => {
    if (blamed[own]?.includes(id) === true) return 0;
    return [...brokenWith(own)].some((clause) => blamed[clause]?.includes(id) === true) ? 1 : 2;
  };
  const catching = new Set([...may].flatMap((clause) => blamed[clause] ?? []));
  const quick = outcomes
    .filter(({ id }) => catching.has(id))
    .map(({ id, cost }) => ({ id, cost, rank: rankOf(id) }))
    .sort((one, other) => one.rank - other.rank || one.cost - other.cost);
  return { name, role, clause: own, blamed, noted: [...noted], quickest: quick.slice(0, 2).map(({ id }) => id) };
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
