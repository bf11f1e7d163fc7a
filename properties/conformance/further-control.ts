import { concatBytes } from '../../model/bytes.js';
import { hexOf } from '../../model/explain.js';
import { frameOf } from '../../model/frame.js';
import type { Role } from '../../model/role.js';
import type { SharedCase, SharedTester } from '../verifier/case.js';
import { Inconclusive } from '../verifier/tester.js';
import { blame } from './further-layout.js';
import { describeEvent, isFrameOf, messageFrames, sameBytes, text, until } from './expectations.js';
import { enforceReading, isAsked } from './reactions.js';
import { dataOf, grammarOpcodes, hear, listen, type RawFrame } from './raw-frames.js';
import { casesFor } from './shared-cases.js';

/** Each control opcode is answered as that opcode demands, which is how one sees that it is read as that. */
const opcodes: SharedCase = {
  id: 'control/opcodes',
  title: 'Opcode 2 is answered with opcode 3, opcode 3 with nothing, and opcode 1 with opcode 1',
  clauses: [
    'draft-06/4.3/opcode-1-close',
    'draft-06/4.3/opcode-2-ping',
    'draft-06/4.3/opcode-3-pong',
    'draft-06/4.5/control-opcodes',
    'draft-06/4.5.2/ping-opcode',
  ],
  requirement: 'A Ping brings a Pong, an unasked Pong brings no frame, and a Close brings a Close.',
  run: async (tester) => {
    const pongBody = text('unasked');
    const conversation = await tester.establish();
    conversation.sendFrame(frameOf('pong', pongBody));
    conversation.sendFrame(frameOf('ping', text('asked')));
    const pinged = await listen(conversation, (event) => isFrameOf(event, grammarOpcodes.pong));
    conversation.sendFrame(frameOf('close'));
    const { frames } = await listen(conversation, () => false);
    const seen = `frames with the opcodes ${frames.map(({ opcode }) => opcode).join(', ')}`;
    // What is in the Pong is for other cases.
    if (!frames.some(({ opcode }) => opcode === grammarOpcodes.pong)) {
      const clauses = [
        'draft-06/4.3/opcode-2-ping',
        'draft-06/4.5.2/ping-opcode',
        'draft-06/4.5/control-opcodes',
      ] as const;
      blame(tester, clauses, 'ping-not-read', seen, 'a frame with opcode 3 after ours with opcode 2');
    }
    if (pinged.frames.some(({ payload }) => sameBytes(payload, pongBody))) {
      const clauses = ['draft-06/4.3/opcode-3-pong', 'draft-06/4.5/control-opcodes'] as const;
      blame(tester, clauses, 'pong-answered', 'a frame with the body of our Pong', 'no answer to opcode 3');
    }
    if (!frames.some(({ opcode }) => opcode === grammarOpcodes.close)) {
      const clauses = ['draft-06/4.3/opcode-1-close', 'draft-06/4.5/control-opcodes'] as const;
      blame(tester, clauses, 'close-not-read', seen, 'a frame with opcode 1 after ours');
    }
  },
};

/** What control frames carry is about the connection and not for the application. */
const state: SharedCase = {
  id: 'control/no-data-from-control-frames',
  title: 'What stands in a Ping or a Pong does not come back as a message',
  clauses: ['draft-06/4.5/control-carries-state'],
  requirement: 'Control frames carry the state of the connection; whoever echoes sends no body of theirs as data.',
  needs: ['echo of text'],
  run: async (tester) => {
    const words = 'state of the connection';
    const sent = [frameOf('ping', text(words)), frameOf('pong', text(words)), frameOf('text', text('data'))];
    const { frames } = await hear(
      tester,
      sent,
      (event) => event.type === 'frame' && event.message !== undefined && sameBytes(event.message.bytes, text('data')),
    );
    if (!Buffer.from(dataOf(frames)).includes(words)) return;
    blame(tester, state.clauses, 'control-as-data', 'the body of a control frame in a message', 'the message alone');
  },
};

/** Codes whose octets stand for no code that exists when they are turned round. */
const byteOrder: SharedCase = {
  id: 'closing/status-byte-order',
  title: 'The status code of the peer, octet by octet',
  clauses: ['draft-06/4.5.1/status-in-network-byte-order', 'draft-06/4.5.1/body-is-application-data'],
  requirement: 'Where its Close has a body, the first two octets are a status code, the higher octet first.',
  run: async (tester) => {
    const { frames } = await hear(tester, [frameOf('close', Uint8Array.of(0x03, 0xe8))], () => false);
    const [high, low] = frames.find(({ opcode }) => opcode === grammarOpcodes.close)?.payload ?? [];
    if (high === undefined) return;
    const isCode = (one: number, other: number): boolean => one * 256 + other >= 1000 && one * 256 + other < 5000;
    if (low === undefined) {
      const observed = `a Close with the one octet ${hexOf(Uint8Array.of(high))}`;
      blame(tester, ['draft-06/4.5.1/body-is-application-data'], 'no-status', observed, 'a status code or nothing');
    } else if (!isCode(high, low) && isCode(low, high)) {
      const observed = `a Close that begins ${hexOf(Uint8Array.of(high, low))}`;
      blame(
        tester,
        ['draft-06/4.5.1/status-in-network-byte-order'],
        'low-octet-first',
        observed,
        'the higher octet first',
      );
    }
  },
};

/** Whether a Close with the same status code and no reason is answered, on a connection of its own. */
async function answersPlainClose(tester: SharedTester): Promise<boolean> {
  const conversation = await tester.establish();
  conversation.sendFrame(frameOf('close', Uint8Array.of(0x03, 0xe8)));
  return (await until(conversation, (event) => isFrameOf(event, grammarOpcodes.close))).type === 'frame';
}

const reasons: SharedCase = {
  id: 'closing/reason-means-nothing',
  title: 'A Close whose reason reads like an order to stay',
  clauses: ['draft-06/4.5.1/reason-undefined', 'draft-06/4.5.1/close-may-have-body'],
  requirement: 'The text has no defined meaning: the Close is answered, whatever it says.',
  run: async (tester) => {
    const conversation = await tester.establish();
    conversation.sendFrame(frameOf('close', concatBytes([Uint8Array.of(0x03, 0xe8), text('do not close; reason=0')])));
    const event = await until(conversation, (candidate) => isFrameOf(candidate, grammarOpcodes.close));
    if (event.type === 'frame') return;
    // Whoever answers no Close at all takes no notice of reasons.
    if (!(await answersPlainClose(tester))) throw new Inconclusive('a Close without a reason is not answered either');
    blame(
      tester,
      reasons.clauses,
      'not-answered',
      `${describeEvent(event, conversation.peer)} after a Close with a reason`,
      'a Close',
    );
  },
};

/** The peer is made to close by what it cannot understand, and our Close is on its way at that moment. */
const simultaneousDrop: SharedCase = {
  id: 'closing/both-at-once',
  title: 'Two Closes that cross end TCP at both ends',
  clauses: ['draft-06/4.5.1/simultaneous-drop'],
  requirement: 'When both have sent a Close at the same time, TCP should end.',
  run: async (tester) => {
    const conversation = await tester.establish();
    const frames = [{ ...frameOf('binary'), opcode: 15 }, frameOf('close')];
    conversation.sendBytes(conversation.bytesOf(frames), 'a frame with opcode 15, and a Close');
    const event = await until(conversation, () => false);
    if (event.type !== 'silence' || !conversation.closeReceived()) return;
    blame(tester, simultaneousDrop.clauses, 'tcp-kept-open', 'TCP stayed open after both Closes', 'the end of TCP');
  },
};

const trailing: SharedCase = {
  id: 'closing/trailing-bytes',
  title: 'Messages and Pings that still arrive after both Closes',
  clauses: ['draft-06/7.1.1/trailing-bytes-discarded'],
  requirement: 'They should be discarded: nothing more comes but the end of TCP.',
  run: async (tester) => {
    const conversation = await tester.establish();
    conversation.sendFrame(frameOf('close'));
    const event = await until(conversation, (candidate) => isFrameOf(candidate, grammarOpcodes.close));
    if (event.type !== 'frame') return;
    const words = text('too late');
    for (const frame of [...messageFrames('text', words), frameOf('ping', words)]) conversation.sendFrame(frame);
    // What was on its way by then is no answer.
    const late = await until(
      conversation,
      (candidate) => candidate.type === 'frame' && sameBytes(candidate.decoded.frame.applicationData, words),
    );
    if (late.type !== 'frame') return;
    blame(
      tester,
      trailing.clauses,
      'answered-late-bytes',
      `${describeEvent(late, conversation.peer)} after both Closes`,
      'no more frames',
    );
  },
};

/** Whether a frame could be a Close but for its opcode. */
const startsWithStatus = ({ payload: [high = 0, low = 0], isComplete }: RawFrame): boolean =>
  isComplete && high * 256 + low >= 1000 && high * 256 + low < 5000;

/** What a peer does when it has to close of its own accord. */
const startsClosing = (role: Role): SharedCase => ({
  id: `closing/how-the-${role}-starts`,
  title: `A ${role} that gives up a connection starts the closing handshake with a Close`,
  clauses: [
    'draft-06/7.1.2/start-with-close-frame',
    'draft-06/7.3/start-closing-handshake',
    'draft-06/7.4/may-give-reason',
    'draft-06/7.4/codes-and-ranges',
    'draft-06/7.1.1/any-means',
  ],
  requirement:
    'Its closing handshake begins with a Close; a status code in it lies in a range; to end TCP at once is allowed.',
  run: async (tester) => {
    const { conversation, frames } = await hear(tester, [{ ...frameOf('binary'), opcode: 15 }], () => false);
    const close = frames.find(({ opcode }) => opcode === grammarOpcodes.close);
    if (close === undefined) {
      const other = frames.find((frame) => frame.opcode > grammarOpcodes.binary && startsWithStatus(frame));
      if (other !== undefined) {
        const clauses = ['draft-06/7.1.2/start-with-close-frame', 'draft-06/7.3/start-closing-handshake'] as const;
        blame(tester, clauses, 'other-opcode', `a frame with opcode ${other.opcode} and no Close`, 'a Close');
      }
      const end = await conversation.next(0);
      if (end.type !== 'ended' && end.type !== 'lost') return;
      // 7.1.1 allows any means, so that this is no more than a fact.
      for (const clause of ['draft-06/7.1.2/start-with-close-frame', 'draft-06/7.3/start-closing-handshake'] as const) {
        tester.note(clause, 'no-close', `${describeEvent(end, role)} without a Close`);
      }
      tester.note('draft-06/7.1.1/any-means', end.type, describeEvent(end, role));
      return;
    }
    if (isAsked(tester, 'closeAfterViolation')) {
      const end = await until(conversation, () => false);
      const option = end.type === 'silence' ? 'yes' : 'no';
      const observed = `${describeEvent(end, role)} behind its Close`;
      enforceReading(tester, 'draft-06/7.1.2/close-after-both', 'closeAfterViolation', option, observed);
    }
    const [high = 0, low = 0] = close.payload;
    const status = high * 256 + low;
    if (close.payload.length === 0) tester.note('draft-06/7.4/may-give-reason', 'no-reason', 'a Close without a body');
    else if (status < 1000 || status > 4999) {
      blame(tester, ['draft-06/7.4/codes-and-ranges'], 'no-range', `the status code ${status}`, '1000 to 4999');
    }
  },
});

/** Control frames and closing, with a role. */
export const furtherControlCasesFor = (role: Role): readonly SharedCase[] =>
  casesFor(role, [opcodes, state, byteOrder, reasons, simultaneousDrop, trailing, startsClosing(role)]);
