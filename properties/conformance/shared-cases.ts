import type { ClauseId } from '../../spec/clauses.js';
import { frameOf } from '../../model/frame.js';
import type { Role } from '../../model/role.js';
import type { SharedCase, SharedTester } from '../verifier/case.js';
import type { Conversation } from '../verifier/conversation.js';
import { type Judge, until } from './expectations.js';
import {
  describeWatched,
  expectDisconnect,
  noteUnusual,
  type RefusalReading,
  type Tolerance,
  type Watched,
  watchReaction,
} from './reactions.js';

/*
 * Cases that are the same for both roles, and those that differ only in what the text wants of a role that is sent what
 * nobody may send.
 */

/** Shared cases, written with the ids of those for servers, for a role: ids of those for clients begin with `client-`. */
export const casesFor = (role: Role, cases: readonly SharedCase[]): readonly SharedCase[] =>
  role === 'server' ? cases : cases.map((each) => ({ ...each, id: `client-${each.id}` }));

/** Something that the tester sends although neither role may. */
export interface Refusal {
  /** Of the case for servers. */
  readonly id: string;
  /** What is sent, as a noun. */
  readonly what: string;
  /** What it breaks. */
  readonly clauses: readonly ClauseId[];
  readonly send: (conversation: Conversation, tester: SharedTester) => void;
  /** The reading that asks whether to refuse it. */
  readonly reading?: RefusalReading;
  /** Whether it is a Close. */
  readonly isClose?: boolean;
}

/** The case for servers, whom section 9 asks to disconnect. */
const refusalByServer = ({ id, what, clauses, send, reading, isClose }: Refusal): SharedCase => ({
  id,
  title: `The tester sends ${what}`,
  clauses: ['draft-06/9/disconnect-on-bad-data', ...clauses],
  requirement: 'Nobody may send this, and it means nothing; a server should disconnect.',
  run: async (tester) => {
    const conversation = await tester.establish();
    send(conversation, tester);
    await expectDisconnect(tester, conversation, what, { reading, isClose });
  },
});

/** The case for clients, whom no sentence asks to do anything: but whoever gives the connection up ends it. */
const refusalByClient = ({ id, what, clauses, send, reading, isClose }: Refusal): SharedCase => ({
  id: `client-${id}`,
  title: `The tester sends ${what}`,
  clauses: [blamed, ...clauses],
  requirement: 'A client that gives the connection up because of this ends TCP; one that goes on is noted.',
  run: async (tester) => {
    const conversation = await tester.establish();
    send(conversation, tester);
    const watched = await watchReaction(conversation);
    await expectEndOfFailure(tester, conversation, watched, what);
    noteRefusal(tester, watched, what, { reading, isClose });
  },
});

/** The cases for a role. */
export const refusals = (role: Role, rows: readonly Refusal[]): readonly SharedCase[] =>
  rows.map(role === 'server' ? refusalByServer : refusalByClient);

/** The reading that says who has to act on frames that break the rules; it is no parameter of the model. */
const blamed = 'draft-06/7.1.4/fail-is-close';
const whoActs = 'R-718: both roles end the connection, or a client decides for itself';

/** Going on, or doing nothing at all, where a client may decide for itself. */
function noteRefusal(tester: SharedTester, watched: Watched, what: string, { reading, isClose }: Tolerance): void {
  const { reaction } = watched;
  const hasGivenUp = reaction === 'closed' || reaction === 'disconnected';
  const observed = `${describeWatched(watched)} after ${what}`;
  if (reading !== undefined) {
    const { name, goingOn } = reading;
    const gone = reaction === 'went on' ? goingOn : 'other';
    const refused = isClose === true ? (['refuse', goingOn] as const) : (['refuse'] as const);
    noteUnusual<typeof name>(tester, blamed, name, hasGivenUp ? refused : [gone], observed);
  } else if (!hasGivenUp) tester.note(blamed, 'R-718-server-only', observed, whoActs);
}

/**
 * A client that has sent a Close because of what it was sent has failed the connection, and ends TCP
 * (draft-06/7.1.4/fail-is-close): at once (reading R-719), when our Close has come (draft-06/4.5.1/drop-after-both), or
 * when we have ended our direction (reading R-712).
 */
export async function expectEndOfFailure(
  tester: Judge,
  conversation: Conversation,
  { peer, reaction }: Watched,
  what: string,
): Promise<void> {
  if (reaction !== 'closed' || conversation.isOver()) return;
  conversation.sendFrame(frameOf('close'));
  if ((await until(conversation, () => false)).type !== 'silence') return;
  conversation.end();
  const observed = `the ${peer} sent a Close after ${what}, and TCP stayed open after our Close`;
  const allowed = `the ${peer} ends TCP`;
  if ((await until(conversation, () => false)).type === 'silence') {
    const words = { code: 'tcp-kept-open', observed: `${observed} and the end of our direction`, allowed };
    tester.broken(blamed, words);
  } else {
    tester.broken('draft-06/4.5.1/drop-after-both', { code: 'tcp-kept-open', observed, allowed });
  }
}
