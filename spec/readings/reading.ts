import type { ClauseId } from '../clauses.js';

/** What the choice of an option changes: a verdict of the verifier, only what an endpoint does, or nothing one can see. */
export type Change = 'verdict' | 'behaviour' | 'nothing';

/**
 * A matter that the texts leave silent, ambiguous or contradictory, or in which they err, and the choice made here.
 * Numbers are stable. For draft-06 the hundreds are the chapter (1 stands for 1 and 2); requirements-02 has the numbers
 * from 2001 on and http-timeout-00 those from 3001 on.
 */
export interface Reading {
  readonly number: `R-${number}`;
  readonly question: string;
  /** The clauses that pull. */
  readonly clauses: readonly ClauseId[];
  /** What one may choose, by name. */
  readonly options: Readonly<Record<string, string>>;
  /** The name of the option that holds; for a parameter, unless another is asked for. */
  readonly chosen: string;
  readonly because: string;
  /** What RFC 6455, or RFC 7230 and its neighbours for HTTP, decided later, as a fact. */
  readonly later: string;
  readonly changes: Change;
}
