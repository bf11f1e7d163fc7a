import type { ClauseId } from '../../spec/clauses.js';
import type { Tester } from './tester.js';

/** What a server has to do for a case to make sense. */
export type Need = 'echo of text' | 'echo of binary';

/** One question to a server: what is done, which clauses answer it, and what is required. */
export interface ConformanceCase {
  /** `section/name`, stable: `framing/length-126-text`. */
  readonly id: string;
  readonly title: string;
  readonly clauses: readonly [ClauseId, ...ClauseId[]];
  /** What has to happen, in one sentence. */
  readonly requirement: string;
  readonly needs?: readonly Need[];
  /** Records findings on the tester; returning without one means that every clause held. */
  readonly run: (tester: Tester) => Promise<void>;
}
