import type { ClauseId } from '../../spec/clauses.js';
import { clientEffects } from './consequences-client.js';
import { moreEffects } from './consequences-more.js';
import { serverEffects } from './consequences-server.js';

/*
 * What a fault brings about beside the clause that it breaks. A peer that cannot be understood at one point is missing to
 * every case that has to get past it; whoever is blamed there is blamed for the same fault. Each clause listed is in fact
 * blamed for one of the faults of its effect; what is not listed is wrong blame.
 */

/** An effect of several faults, and the clauses that are blamed for it. */
export interface Effect {
  readonly why: string;
  /** Names of faults. */
  readonly faults: readonly string[];
  readonly clauses: readonly ClauseId[];
}

export const effects: readonly Effect[] = [...serverEffects, ...moreEffects, ...clientEffects];

/** What may be blamed for a fault beside its clause, each with the reason. */
export const consequencesOf = (name: string): readonly { readonly clause: ClauseId; readonly why: string }[] =>
  effects
    .filter(({ faults }) => faults.includes(name))
    .flatMap(({ clauses, why }) => clauses.map((clause) => ({ clause, why })));
