import { concatBytes } from '../../model/bytes.js';
import { writeCloseBody } from '../../model/close-body.js';
import { type Frame, frameOf } from '../../model/frame.js';
import type { ClauseId } from '../../spec/clauses.js';
import { statusCodes } from '../../spec/status-codes.js';
import { opcodes } from '../../spec/wire.js';
import type { SharedCase, SharedTester } from '../verifier/case.js';
import type { Conversation, PeerEvent } from '../verifier/conversation.js';
import { describeEvent, expectCloseAnswered, isFrameOf, sameBytes, text, until } from './expectations.js';
import { noteReading, noteUnusual } from './reactions.js';

/*
 * Ends of a connection that go beside the closing handshake, and what stands next to a Close. A Close has its answer
 * all the same; the rest the text leaves open, and it is put on record.
 */

/** Frames in one chunk, with a Close among them: it is answered, and something else is noted. */
interface BesideClose {
  readonly name: string;
  readonly title: string;
  readonly clauses: readonly ClauseId[];
  readonly frames: readonly Frame[];
  readonly needsEcho?: boolean;
  /** The event whose place is before the Close in answer, or not. */
  readonly event: (event: PeerEvent) => boolean;
  /** Puts on record whether it was among those before the Close. */
  readonly record: (tester: SharedTester, seen: boolean) => void;
}

const carries =
  (words: string) =>
  (event: PeerEvent): boolean =>
    event.type === 'frame' && event.message !== undefined && sameBytes(event.message.bytes, text(words));

const besideClose: readonly BesideClose[] = [
  {
    name: 'right-behind-message',
    title: 'A Close in the same chunk as a message before it',
    clauses: [],
    frames: [frameOf('text', text('last words')), frameOf('close')],
    needsEcho: true,
    event: carries('last words'),
    record: (tester, seen) => {
      const observed = 'the peer answered the Close without sending back the message before it';
      if (!seen) tester.note('draft-06/4.1/data-while-open', 'no-echo-before-close', observed);
    },
  },
  {
    name: 'message-behind-close',
    title: 'A message in the same chunk as a Close before it, which the tester may not send',
    clauses: ['draft-06/4.5.1/no-data-after-close'],
    frames: [frameOf('close'), frameOf('text', text('too late'))],
    event: carries('too late'),
    record: (tester, seen) => {
      const clause = 'draft-06/4.5.1/no-data-after-close';
      const observed = `the peer sent its Close ${seen ? 'behind an answer to' : 'without an answer to'} the message behind ours`;
      // Without an answer it may have been delivered too late for one.
      const fits = seen ? (['deliver'] as const) : (['discard', 'violation', 'deliver'] as const);
      noteUnusual(tester, clause, 'dataBehindClose', fits, observed);
    },
  },
  {
    name: 'ping-behind-close',
    title: 'A Ping in the same chunk as a Close before it',
    clauses: ['draft-06/4.5.2/ping-answered'],
    frames: [frameOf('close'), frameOf('ping', text('after the Close'))],
    event: (event) => isFrameOf(event, opcodes.pong),
    record: (tester, seen) => {
      const clause = 'draft-06/4.5.2/ping-answered';
      const observed = `${seen ? 'a' : 'no'} Pong came for a Ping behind our Close before the Close of the peer`;
      // Whoever answers the Close at once owes no Pong any more under either option.
      const fits = seen ? (['answer'] as const) : (['discard', 'answer'] as const);
      noteReading(tester, clause, 'pingBehindClose', fits, observed);
    },
  },
];

const besideCases = besideClose.map(({ name, title, clauses, frames, needsEcho = false, ...wanted }): SharedCase => {
  const base: SharedCase = {
    id: `closing/${name}`,
    title,
    clauses: ['draft-06/4.5.1/close-answered', ...clauses],
    requirement: 'The Close is answered; what becomes of the other frame is noted.',
    run: async (tester) => {
      const conversation = await tester.establish();
      conversation.sendBytes(conversation.bytesOf(frames), title);
      let seen = false;
      const event = await expectCloseAnswered(tester, conversation, (candidate) => {
        if (wanted.event(candidate)) seen = true;
      });
      if (event.type === 'frame') wanted.record(tester, seen);
    },
  };
  return needsEcho ? { ...base, needs: ['echo of text'] } : base;
});

/** A second Close says nothing new; whether it has a second answer is noted. */
const secondClose: SharedCase = {
  id: 'closing/second-close',
  title: 'Two Closes one behind the other',
  clauses: ['draft-06/4.5.1/close-answered', 'draft-06/4.5.1/closed-after-both'],
  requirement: 'The first is answered; the second is not one that the text provides.',
  run: async (tester) => {
    const conversation = await tester.establish();
    conversation.sendBytes(conversation.bytesOf([frameOf('close'), frameOf('close')]), 'two Closes');
    let closes = 0;
    const event = await until(conversation, (candidate) => {
      if (isFrameOf(candidate, opcodes.close)) closes++;
      return false;
    });
    if (closes === 0) {
      tester.broken('draft-06/4.5.1/close-answered', {
        code: 'close-not-answered',
        observed: `${describeEvent(event, conversation.peer)} after two Closes`,
        allowed: 'a Close in response',
      });
    } else if (closes > 1) {
      const observed = `the ${conversation.peer} sent ${closes} Closes`;
      noteReading(tester, 'draft-06/4.5.1/close-answered', 'secondClose', 'harmless', observed);
    }
  },
};

/** The peer learns that nothing more will come, and is expected to end TCP as well; no clause says so. */
const tcpEnded = (name: string, title: string, before: (tester: SharedTester, conversation: Conversation) => void) =>
  ({
    id: `closing/${name}`,
    title,
    clauses: ['draft-06/7.1.3/closed', 'draft-06/7.1.1/close-is-tcp-close'],
    requirement:
      'Nothing: a connection that is closed is closed in both directions in the end. Whether it is, is noted.',
    run: async (tester) => {
      const conversation = await tester.establish();
      before(tester, conversation);
      conversation.end();
      const event = await until(conversation, () => false);
      const hasEnded = event.type !== 'silence';
      const observed = `the ${conversation.peer} ${hasEnded ? 'ended TCP too' : 'kept TCP open'}. ${title}`;
      noteUnusual(tester, 'draft-06/7.1.3/closed', 'halfClose', hasEnded ? 'ends' : 'half-open', observed);
    },
  }) as const satisfies SharedCase;

const halfClose: SharedCase = {
  id: 'closing/tcp-ended-behind-close',
  title: 'The tester ends its direction of TCP right behind its Close',
  clauses: ['draft-06/4.5.1/close-answered'],
  requirement: 'The other direction is still there for the Close in response; whether it comes is noted.',
  run: async (tester) => {
    const conversation = await tester.establish();
    conversation.sendFrame(frameOf('close'));
    conversation.end();
    const event = await until(conversation, (candidate) => isFrameOf(candidate, opcodes.close));
    if (event.type === 'frame') return;
    const observed = `${describeEvent(event, conversation.peer)} after our Close and the end of our direction of TCP`;
    tester.note('draft-06/4.5.1/close-answered', 'half-close', observed);
  },
};

/** Reading R-405: the reason has no defined meaning, so it may be that nobody looks at it. */
const badReason: SharedCase = {
  id: 'closing/reason-not-utf-8',
  title: 'A Close whose reason is not valid UTF-8',
  clauses: ['draft-06/4.5.1/body-may-have-reason'],
  requirement: 'Nothing: reading R-405 asks what becomes of it. What the peer does is noted.',
  run: async (tester) => {
    const conversation = await tester.establish();
    const body = concatBytes([writeCloseBody({ status: statusCodes.normal }), Uint8Array.of(0x61, 0xff, 0xc0)]);
    conversation.sendFrame(frameOf('close', body));
    const event = await until(conversation, (candidate) => isFrameOf(candidate, opcodes.close));
    const status = event.type === 'frame' ? event.close?.status : undefined;
    const words = status === undefined ? describeEvent(event, conversation.peer) : `a Close with status ${status}`;
    const dropped = event.type === 'ended' || event.type === 'lost';
    const refused = dropped || status === statusCodes.protocolError;
    const option = refused ? 'refuse' : event.type === 'frame' ? 'replace' : 'other';
    noteReading(tester, 'draft-06/4.5.1/body-may-have-reason', 'closeReasonUtf8', option, words);
  },
};

/** What stands beside the closing handshake (draft-06 sections 4.5.1 and 7.1), for both roles. */
export const closingDisorderCases: readonly SharedCase[] = [
  ...besideCases,
  secondClose,
  halfClose,
  tcpEnded('tcp-ended', 'The tester ends its direction of TCP without a Close', () => undefined),
  tcpEnded(
    'tcp-ended-inside-frame',
    'The tester ends its direction of TCP in the middle of a frame',
    (_, conversation) => {
      const bytes = conversation.bytesOf([frameOf('text', text('cut short'))]);
      conversation.sendBytes(bytes.subarray(0, 9), 'part of a text frame');
    },
  ),
  tcpEnded(
    'tcp-ended-inside-message',
    'The tester ends its direction of TCP between two fragments',
    (_, conversation) => {
      conversation.sendFrame(frameOf('text', text('first, '), false));
    },
  ),
  badReason,
];
