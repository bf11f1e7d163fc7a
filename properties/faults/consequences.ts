import type { ClauseId } from '../../spec/clauses.js';
import { frameEffects } from './consequences-frames.js';
import { messageEffects } from './consequences-messages.js';
import { effectsOfCarelessness } from './consequences-careless.js';
import { talkEffects } from './consequences-talk.js';

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

export const effects: readonly Effect[] = [
  ...frameEffects,
  ...messageEffects,
  ...talkEffects,
  ...effectsOfCarelessness,
];

/** What may be blamed for a fault beside its clause, each with the reason. */
export const consequencesOf = (name: string): readonly { readonly clause: ClauseId; readonly why: string }[] =>
  effects
    .filter(({ faults }) => faults.includes(name))
    .flatMap(({ clauses, why }) => clauses.map((clause) => ({ clause, why })));
