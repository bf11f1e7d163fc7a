import type { Role } from '../model/role.js';
import { randomCasesFor } from '../properties/campaign/cases.js';
import { allEvidence } from '../properties/traceability/evidence.js';
import { type Row, traceabilityMatrix } from '../properties/traceability/matrix.js';
import type { CaseFacts } from '../properties/verifier/case.js';
import type { StateGraph } from './graph.js';
import { type ClauseId } from '../spec/clauses.js';

/*
 * What the pages on evidence are made from: the registries as they are, put in order once for all pages.
 */

/** Every clause with all that touches it, in the order of the texts. */
export const rows: readonly Row[] = traceabilityMatrix(allEvidence);

/** Rows by `document/section`, in the order of the texts. */
export const rowsBySection: ReadonlyMap<string, readonly Row[]> = groupBy(
  rows,
  ({ document, section }) => `${document}/${section}`,
);

/** Every case: those of the registries, then the random conversations. */
export const cases: readonly CaseFacts[] = [
  ...allEvidence.cases,
  ...randomCasesFor('server'),
  ...randomCasesFor('client'),
];

/** Cases by chapter, the first part of their ids. */
export const casesByChapter: ReadonlyMap<string, readonly CaseFacts[]> = groupBy(
  cases,
  ({ id }) => id.split('/')[0] ?? '',
);

/** Whom the cases of a chapter judge. */
export function judgedBy(chapter: string): 'servers' | 'clients' | 'intermediaries' {
  if (chapter === 'intermediary') return 'intermediaries';
  return chapter.startsWith('client-') ? 'clients' : 'servers';
}

/** A state or a transition that stands for a clause. */
export interface Place {
  readonly role: Role;
  readonly kind: 'state' | 'transition';
  /** The path of the state, or the id of the transition. */
  readonly name: string;
}

/** The states and transitions that stand for each clause. */
export function placesOf(graphs: readonly StateGraph[]): ReadonlyMap<ClauseId, readonly Place[]> {
  const places = new Map<ClauseId, Place[]>();
  const note = (ids: readonly ClauseId[], place: Place): void => {
    for (const id of ids) places.set(id, [...(places.get(id) ?? []), place]);
  };
  for (const { role, states, transitions } of graphs) {
    for (const { path, clauses } of states) note(clauses, { role, kind: 'state', name: path });
    for (const { id, clauses } of transitions) note(clauses, { role, kind: 'transition', name: id });
  }
  return places;
}

/** Puts values into groups, in the order in which their keys come first. */
export function groupBy<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group === undefined) groups.set(keyOf(value), [value]);
    else group.push(value);
  }
  return groups;
}
