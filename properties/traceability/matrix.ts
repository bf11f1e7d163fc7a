import { answers } from '../../spec/answers.js';
import {
  type Clause,
  documentOf,
  type DocumentName,
  type Level,
  type Party,
  sectionOf,
  type Seen,
} from '../../spec/clause.js';
import { type ClauseId, clauses } from '../../spec/clauses.js';
import { allReadings } from '../../spec/readings/index.js';
import type { Evidence } from './evidence.js';
import type { Law } from './laws.js';
import { reasonOf } from './unchecked.js';

/** One line of the matrix: a clause and all that touches it. */
export interface Row {
  readonly id: ClauseId;
  readonly document: DocumentName;
  readonly section: string;
  readonly level: Level;
  readonly binds: readonly Party[];
  readonly says: string;
  readonly seen: Seen;
  readonly laws: readonly Pick<Law, 'name' | 'file'>[];
  /** Ids of the cases that judge peers by the clause. */
  readonly cases: readonly string[];
  /** Names of the peers that break it on purpose. */
  readonly faults: readonly string[];
  /** Numbers of the readings that turn on it. */
  readonly readings: readonly string[];
  /** The requirements that it answers; for a requirement, the clauses that answer it. */
  readonly answers: readonly ClauseId[];
  /** Why nothing checks it, where nothing does. */
  readonly reason: string | null;
  /** For a requirement: that it is checked, because every clause that answers it is. */
  readonly through: boolean;
}

/** Whether a law or a case checks a clause. */
export const isChecked = (row: Pick<Row, 'laws' | 'cases' | 'through'>): boolean =>
  row.laws.length > 0 || row.cases.length > 0 || row.through;

/** Whether nothing checks a clause and nothing says why. */
export const isForgotten = (row: Row): boolean => !isChecked(row) && row.reason === null;

/** The matrix: every clause of the three texts, in their order. */
export function traceabilityMatrix({ laws, cases, faults }: Evidence): readonly Row[] {
  const rowOf = (clause: Clause<ClauseId>): Row => {
    const { id, level, binds, says, seen } = clause;
    const touches = ({ clauses: ids }: { readonly clauses: readonly ClauseId[] }): boolean => ids.includes(id);
    return {
      id,
      document: documentOf(id),
      section: sectionOf(id),
      level,
      binds,
      says,
      seen,
      laws: laws.filter(touches).map(({ name, file }) => ({ name, file })),
      cases: cases.filter(touches).map((testCase) => testCase.id),
      faults: faults.filter((fault) => fault.clause === id).map(({ name }) => name),
      readings: allReadings.filter(touches).map(({ number }) => number),
      answers: answersOf(id),
      reason: reasonOf(clause) ?? null,
      through: false,
    };
  };
  const rows = clauses.map(rowOf);
  const checked = new Set(rows.filter(isChecked).map(({ id }) => id));
  return rows.map((row) => {
    if (isChecked(row)) return { ...row, reason: null };
    if (row.document !== 'requirements-02' || row.answers.length === 0) return row;
    const open = row.answers.filter((id) => !checked.has(id));
    if (open.length === 0) return { ...row, through: true, reason: null };
    return { ...row, reason: `not all that answers it is checked: ${open.join(', ')}` };
  });
}

/**
 * A requirement of several sentences has one answer, that of its first: `req-6-explicit-length` is answered with
 * `req-6`.
 */
function answersOf(id: ClauseId): readonly ClauseId[] {
  const isPartOf = (req: ClauseId): boolean => id === req || id.startsWith(`${req}-`);
  const own = answers.find(({ req }) => isPartOf(req));
  if (own !== undefined) return own.answeredBy;
  return answers.filter(({ answeredBy }) => answeredBy.includes(id)).map(({ req }) => req);
}

/** What a set of clauses comes to. */
export interface Totals {
  readonly clauses: number;
  readonly seenOnTheWire: number;
  /** Of those seen on the wire: judged by a case. */
  readonly wireWithCase: number;
  /** Of those seen on the wire: checked by a law or a case. */
  readonly wireChecked: number;
  readonly withLaw: number;
  readonly withCase: number;
  readonly withFault: number;
  /** By a law or a case, or through what answers it. */
  readonly checked: number;
  /** Not checked, with a reason. */
  readonly excused: number;
  /** Not checked, and nobody says why: always 0 in a tree whose tests pass. */
  readonly forgotten: number;
}

/** The totals of some rows. */
export function totalsOf(rows: readonly Row[]): Totals {
  const count = (isCounted: (row: Row) => boolean): number => rows.filter(isCounted).length;
  const isOnWire = ({ seen }: Row): boolean => seen === 'wire';
  return {
    clauses: rows.length,
    seenOnTheWire: count(isOnWire),
    wireWithCase: count((row) => isOnWire(row) && row.cases.length > 0),
    wireChecked: count((row) => isOnWire(row) && isChecked(row)),
    withLaw: count(({ laws }) => laws.length > 0),
    withCase: count(({ cases }) => cases.length > 0),
    withFault: count(({ faults }) => faults.length > 0),
    checked: count(isChecked),
    excused: count((row) => !isChecked(row) && row.reason !== null),
    forgotten: count(isForgotten),
  };
}
