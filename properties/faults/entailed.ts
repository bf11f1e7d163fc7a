import type { ClauseId } from '../../spec/clauses.js';
import { frameEntailments } from './entailed-frames.js';
import { openingEntailments } from './entailed-opening.js';

/*
 * Who breaks one sentence often breaks others at once: the text says a thing again in another section, a rule of the
 * grammar is part of another rule, or a sentence names the parts of what another one demands.
 */

/** Clauses that are broken along with one, and why. */
export interface Entailment {
  readonly clauses: readonly [ClauseId, ...ClauseId[]];
  readonly breaks: readonly [ClauseId, ...ClauseId[]];
  readonly why: string;
}

export const entailments: readonly Entailment[] = [...frameEntailments, ...openingEntailments];

const direct = new Map<ClauseId, Set<ClauseId>>();
for (const { clauses, breaks } of entailments) {
  for (const clause of clauses) {
    const known = direct.get(clause) ?? new Set<ClauseId>();
    for (const broken of breaks) known.add(broken);
    direct.set(clause, known);
  }
}

/** A clause and all that are broken along with it. */
export function brokenWith(clause: ClauseId): ReadonlySet<ClauseId> {
  const all = new Set([clause]);
  // What is added to a set while it is walked is walked, too.
  for (const each of all) for (const broken of direct.get(each) ?? []) all.add(broken);
  return all;
}
