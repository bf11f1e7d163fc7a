import type { Role } from '../../model/role.js';
import type { ClauseId } from '../../spec/clauses.js';
import type { ClientTarget, ClientTester } from './client-tester.js';
import type { Conversation, ConversationOptions } from './conversation.js';
import type { Randomness } from './randomness.js';
import type { Recorder } from './recorder.js';
import type { Aside, Tester } from './tester.js';

/** What the implementation under test has to do, or to let us do, for a case to make sense. */
export type Need =
  | 'echo of text'
  | 'echo of binary'
  /** A client that can be told any URL: one in memory, or one that is started for each case. */
  | 'choice of URL'
  /** A client that can be made to connect again in the same case. */
  | 'second connection'
  /** A client that names a subprotocol in its opening handshake. */
  | 'offer of subprotocols'
  /** A client that requests an extension in its opening handshake. */
  | 'offer of extensions';

/**
 * One question to an implementation: what is done, which clauses answer it, and what is required. What both roles share;
 * the tester tells whom it is for: `ConformanceCase` is for servers unless said otherwise, `ClientCase` for clients.
 */
export interface ConformanceCase<AnyTester = Tester> {
  /** `section/name`, stable: `framing/length-126-text`. Sections of cases for clients begin with `client-`. */
  readonly id: string;
  readonly title: string;
  readonly clauses: readonly [ClauseId, ...ClauseId[]];
  /** What has to happen, in one sentence. */
  readonly requirement: string;
  readonly needs?: readonly Need[];
  /** Whether it holds conversations at random, as many as were asked for. Default false. */
  readonly isCampaign?: boolean;
  /** Records findings on the tester; returning without one means that every clause held. */
  readonly run: (tester: AnyTester) => Promise<void>;
}

/** A question to a client. */
export type ClientCase = ConformanceCase<ClientTester>;

/** What a case works with that begins on an open connection: the same for both roles. */
export interface SharedTester extends Pick<Recorder, 'broken' | 'note' | 'rerunBy'> {
  readonly target: ClientTarget;
  readonly randomness: Randomness;
  /** An open connection, by the right opening handshake. Without one the case cannot tell. */
  readonly establish: (asUsual?: undefined, options?: ConversationOptions) => Promise<Conversation>;
  /** A tester whose findings are no findings of the case: for what is tried before it is told. */
  readonly aside: (recorder: Recorder) => Aside<SharedTester>;
}

/** A question that is the same to a server and to a client. */
export type SharedCase = ConformanceCase<SharedTester>;

/** What a case says about itself, whomever it is for. */
export type CaseFacts = Omit<ConformanceCase, 'run'>;

/** Why a case is skipped for a peer that does not give what it needs. */
export const whyMissing = (need: Need, peer: Role): string =>
  `needs ${/^[aeiou]/.test(need) ? 'an' : 'a'} ${need}, which this ${peer} does not give`;
