import { concatBytes } from '../../model/bytes.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { writeCloseBody } from '../../model/close-body.js';
import type { Role } from '../../model/role.js';
import type { ClauseId } from '../../spec/clauses.js';
import type { ReadingName } from '../../spec/readings.js';
import { statusCodes } from '../../spec/status-codes.js';
import { maxControlPayload, opcodes } from '../../spec/wire.js';
import type { SharedCase, SharedTester } from '../verifier/case.js';
import type { Conversation } from '../verifier/conversation.js';
import { letters } from './echo-case.js';
import { describeEvent, expectCloseAnswered, isFrameOf, judgeCloseAnswered, text, until } from './expectations.js';
import { enforceReading, noteUnusual, type OptionOf } from './reactions.js';
import { casesFor, type Refusal, refusals } from './shared-cases.js';

const answered = ['draft-06/4.5.1/close-answered', 'draft-06/7.1.2/other-party-answers'] as const;

/** A Close with status code 1000 and a reason. */
const closeSaying = (reason: string): Frame => frameOf('close', writeCloseBody({ status: statusCodes.normal, reason }));

/** Whatever we send before it, a Close is answered with a Close. */
function answeredCase(
  name: string,
  title: string,
  frames: readonly Frame[],
  further: readonly ClauseId[] = [],
  mayRefuse?: RefusableClose,
): SharedCase {
  return {
    id: `closing/${name}`,
    title,
    clauses: [...answered, ...further],
    requirement: 'A Close comes in response, and then TCP should end.',
    run: async (tester) => {
      const conversation = await tester.establish();
      for (const frame of frames) conversation.sendFrame(frame);
      if (mayRefuse === undefined) await expectCloseAnswered(tester, conversation);
      else await expectAnswerOrRefusal(tester, conversation, mayRefuse);
    },
  };
}

/** A reading by which a peer may refuse a Close, and the clause that it is about. */
interface RefusableClose {
  readonly name: ReadingName;
  readonly clause: ClauseId;
  /** The options that take it, and the one that refuses it. */
  readonly taken: readonly OptionOf<ReadingName>[];
  readonly refused: OptionOf<ReadingName>;
}

const refusable = {
  tooLong: {
    name: 'controlLimit',
    clause: 'draft-06/4.5/control-at-most-125',
    taken: ['payload'],
    refused: 'frame',
  },
  insideMessage: {
    name: 'cutMessage',
    clause: 'draft-06/4.4/fragmented',
    taken: ['discard', 'deliver'],
    refused: 'refuse',
  },
} as const satisfies Readonly<Record<string, RefusableClose>>;

/** A Close comes in response, and TCP may end without one: which of the two a reading decides. */
async function expectAnswerOrRefusal(
  tester: SharedTester,
  conversation: Conversation,
  { name, clause, taken, refused }: RefusableClose,
): Promise<void> {
  const event = await until(conversation, (candidate) => isFrameOf(candidate, opcodes.close));
  const hasEnded = event.type === 'ended' || event.type === 'lost';
  const status = event.type === 'frame' ? event.close?.status : undefined;
  const words = status === undefined ? describeEvent(event, conversation.peer) : `a Close with status ${status}`;
  const observed = `${words} after our Close`;
  if (hasEnded && !conversation.hasViolation()) {
    noteUnusual<ReadingName>(tester, clause, name, refused, observed);
    return;
  }
  if (!(await judgeCloseAnswered(tester, conversation, event))) return;
  const fits = status === statusCodes.protocolError ? [refused] : taken;
  enforceReading<ReadingName>(tester, clause, name, fits, observed);
}

const bodyCases: readonly SharedCase[] = [
  answeredCase(
    'without-body',
    'A Close without a body',
    [frameOf('close')],
    ['draft-06/4.5.1/close-opcode', 'draft-06/4.5.1/close-answered-soon', 'draft-06/7.4/optional-parts'],
  ),
  answeredCase(
    'with-status',
    'A Close with a status code',
    [closeSaying('')],
    ['draft-06/4.5.1/body-starts-with-status'],
  ),
  answeredCase(
    'with-reason',
    'A Close with a status code and a reason',
    [closeSaying('that is all')],
    ['draft-06/4.5.1/body-may-have-reason'],
  ),
  answeredCase(
    'with-longest-reason',
    'A Close whose reason fills the frame',
    [frameOf('close', concatBytes([writeCloseBody({ status: statusCodes.normal }), letters(maxControlPayload - 2)]))],
    [],
    refusable.tooLong,
  ),
  answeredCase('with-reason-not-ascii', 'A Close whose reason has characters of 2, 3 and 4 bytes', [
    closeSaying('p\u00e4\u00df, \u4e2d\u6587, \u{1f44b}'),
  ]),
  answeredCase(
    'inside-message',
    'A Close behind the first fragment of a message that never ends',
    [frameOf('text', text('first, '), false), closeSaying('changed my mind')],
    [],
    refusable.insideMessage,
  ),
  answeredCase('behind-ping', 'A Close behind a Ping', [frameOf('ping', text('and then')), frameOf('close')]),
];

/** A peer that has nothing else to do has its say: what it answers with, and when. */
const answeredSoon: SharedCase = {
  id: 'closing/answered-soon',
  title: 'A Close while the peer has nothing else to do',
  clauses: ['draft-06/4.5.1/close-answered-soon', 'draft-06/4.5.1/close-answered'],
  requirement: 'The Close in response should come as soon as is practical: within the time that means no answer.',
  run: async (tester) => {
    const conversation = await tester.establish();
    conversation.sendFrame(frameOf('close', writeCloseBody({ status: statusCodes.goingAway })));
    const inTime = await until(conversation, (event) => isFrameOf(event, opcodes.close));
    if (inTime.type !== 'silence') return;
    const late = await until(conversation, (event) => isFrameOf(event, opcodes.close));
    if (late.type === 'frame') {
      const words = { code: 'late-close', observed: 'the Close in response came late', allowed: 'a Close at once' };
      tester.broken('draft-06/4.5.1/close-answered-soon', words);
    } else {
      const observed = `${describeEvent(late, conversation.peer)} after our Close`;
      const words = { code: 'close-not-answered', observed, allowed: 'a Close in response' };
      for (const clause of answeredSoon.clauses) tester.broken(clause, words);
    }
  },
};

/** The peer sends the answer and ends TCP, in order, although we leave our direction open. */
const endsTcp = (role: Role): SharedCase => ({
  id: `closing/${role}-ends-tcp`,
  title: `After both Closes the ${role} ends TCP without waiting for the tester to do so`,
  clauses: [
    'draft-06/4.5.1/drop-after-both',
    'draft-06/4.5.1/closed-after-both',
    'draft-06/7.1.1/close-is-tcp-close',
    'draft-06/7.1.1/clean-tcp-close',
    'draft-06/7.1.2/close-after-both',
    'draft-06/7.1.3/closed',
    'draft-06/7.1.3/cleanly',
  ],
  requirement: `The ${role} should end TCP, in an orderly way.`,
  run: async (tester) => {
    const conversation = await tester.establish();
    conversation.sendFrame(closeSaying('done'));
    const event = await expectCloseAnswered(tester, conversation);
    if (event.type !== 'frame' || !conversation.isOver()) return;
    const end = await conversation.next();
    if (end.type !== 'lost') return;
    tester.broken('draft-06/7.1.1/clean-tcp-close', {
      code: 'tcp-broken',
      observed: `${describeEvent(end, role)} after both Closes, with nothing unread`,
      allowed: 'an orderly end of TCP',
    });
  },
});

/** A frame that makes most peers close, and our Close at the same time, so that neither answers the other. */
const crossing: SharedCase = {
  id: 'closing/crossing-closes',
  title: 'A frame that makes most peers close, and a Close right behind it',
  clauses: ['draft-06/4.5.1/simultaneous-close', 'draft-06/4.5.1/closed-after-both'],
  requirement: 'Whichever Close was first, both have been sent: TCP should end.',
  run: async (tester) => {
    const conversation = await tester.establish();
    const frames = [{ ...frameOf('text', text('reserved')), rsv1: true }, closeSaying('at the same time')];
    conversation.sendBytes(conversation.bytesOf(frames), 'a text frame with RSV1 set, and a Close');
    const event = await until(conversation, () => false);
    if (event.type !== 'silence') return;
    tester.broken('draft-06/4.5.1/simultaneous-close', {
      code: conversation.closeReceived() ? 'tcp-kept-open' : 'close-not-answered',
      observed: `TCP stayed open after our Close, ${conversation.closeReceived() ? 'and' : 'without'} that of the ${conversation.peer}`,
      allowed: `the ${conversation.peer} ends TCP`,
    });
  },
};

const shortBody: Refusal = {
  id: 'closing/body-of-one-byte',
  isClose: true,
  what: 'a Close with a body of one byte, which is half a status code',
  clauses: ['draft-06/4.5.1/body-starts-with-status'],
  send: (conversation) => {
    conversation.sendFrame(frameOf('close', Uint8Array.of(3)));
  },
};

/** The closing handshake that the tester starts (draft-06 sections 4.5.1 and 7.1), with a role. */
export const closingCasesFor = (role: Role): readonly SharedCase[] => [
  ...casesFor(role, [...bodyCases, answeredSoon, endsTcp(role), crossing]),
  ...refusals(role, [shortBody]),
];
