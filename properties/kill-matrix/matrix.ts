import type { ClauseId } from '../../spec/clauses.js';
import type { Role } from '../../model/role.js';
import { faultOf } from '../faults/index.js';
import { blameOf, type FaultRow, type OddityRow } from './rows.js';
import written from './matrix.json' with { type: 'json' };

/*
 * The kill matrix: each deliberate fault against each case of its role. `npm run kill-matrix` computes it and writes
 * `matrix.json`; there, a row names cases and clauses by their places in the two lists.
 */

export interface KillMatrix {
  /** Ids of the cases that were run, by role. */
  readonly cases: Readonly<Record<Role, readonly string[]>>;
  readonly faults: readonly FaultRow[];
  readonly oddities: readonly OddityRow[];
}

/** A row as it is written: cases by their places in the list of their role, clauses by their places in the list. */
interface WrittenFault {
  readonly name: string;
  readonly role: Role;
  readonly clause: number;
  readonly blamed: readonly (readonly number[])[];
  readonly noted: readonly number[];
  readonly quickest: readonly number[];
}

interface Written {
  readonly clauses: readonly string[];
  readonly cases: Readonly<Record<Role, readonly string[]>>;
  readonly faults: readonly WrittenFault[];
  readonly oddities: readonly OddityRow[];
}

/** The matrix as it was computed last; it is compared with a new one by `npm run kill-matrix -- --check`. */
export const killMatrix = (): KillMatrix => readMatrix(written as unknown as Written);

function readMatrix({ clauses, cases, faults, oddities }: Written): KillMatrix {
  const clauseAt = (place: number): ClauseId => clauses[place] as ClauseId;
  return {
    cases,
    oddities,
    faults: faults.map(({ name, role, clause, blamed, noted, quickest }): FaultRow => {
      const caseAt = (place: number): string => cases[role][place] ?? '';
      return {
        ...{ name, role, clause: clauseAt(clause), noted: noted.map(clauseAt), quickest: quickest.map(caseAt) },
        blamed: Object.fromEntries(blamed.map(([place = 0, ...ids]) => [clauseAt(place), ids.map(caseAt)])),
      };
    }),
  };
}

/** The text of `matrix.json`: one row a line, so that changes can be read. */
export function writeMatrix({ cases, faults, oddities }: KillMatrix): string {
  const named = faults.flatMap(({ clause, blamed }) => [clause, ...Object.keys(blamed)]);
  const clauses = [...new Set<string>(named)].sort();
  const places = (list: readonly string[]): ((id: string) => number) => {
    const at = new Map(list.map((id, place) => [id, place] as const));
    return (id) => at.get(id) ?? -1;
  };
  const clausePlace = places(clauses);
  const rows = faults.map(({ name, role, clause, blamed, noted, quickest }): WrittenFault => {
    const casePlace = places(cases[role]);
    const lists = Object.keys(blamed)
      .sort()
      .map((id) => [clausePlace(id), ...(blamed[id] ?? []).map(casePlace)]);
    return {
      ...{ name, role, clause: clausePlace(clause), blamed: lists },
      ...{ noted: noted.map(clausePlace), quickest: quickest.map(casePlace) },
    };
  });
  const lines = (list: readonly unknown[]): string => list.map((each) => JSON.stringify(each)).join(',\n');
  return [
    `{"clauses":[\n${lines(clauses)}\n],`,
    `"cases":{"server":[\n${lines(cases.server)}\n],"client":[\n${lines(cases.client)}\n]},`,
    `"faults":[\n${lines(rows)}\n],`,
    `"oddities":[\n${lines(oddities)}\n]}\n`,
  ].join('\n');
}

/** What of a matrix is not as it has to be, in words; nothing of a right one. */
export function complaintsAbout({ faults, oddities }: KillMatrix): readonly string[] {
  const judged = faults.map((row) => {
    const fault = faultOf(row.name);
    if (fault === undefined || !('clause' in fault)) throw new RangeError(`there is no fault ${row.name}`);
    return { ...row, ...blameOf(fault, row) };
  });
  return [
    ...judged
      .filter(({ right }) => Object.keys(right).length === 0)
      .map(({ name, clause }) => `${name} breaks ${clause}, and no case notices`),
    ...judged.flatMap(({ name, clause, wrong }) =>
      Object.entries(wrong).map(
        ([blamed, ids]) => `${name} breaks ${clause}, and ${blamed} is blamed by ${ids.slice(0, 3).join(', ')}`,
      ),
    ),
    ...oddities.flatMap(({ name, failed }) => failed.map((id) => `${name} breaks nothing, and ${id} fails it`)),
  ];
}
