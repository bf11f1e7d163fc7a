import { encodeUtf8 } from '../../model/utf8.js';
import { frameOf } from '../../model/frame.js';
import type { Role } from '../../model/role.js';
import type { ClauseId } from '../../spec/clauses.js';
import type { ConformanceCase, SharedCase } from '../verifier/case.js';
import { PeerUnreachable } from '../verifier/line.js';
import { Inconclusive } from '../verifier/tester.js';
import { letters } from './echo-case.js';
import { describeEvent, isFrameOf, messageFrames, sameBytes, text, until } from './expectations.js';
import { blame } from './further-layout.js';
import { linesOf, bytesOfLines } from './head-lines.js';
import { judgeForbidden } from './handshake-judge.js';
import { dataOf, grammarOpcodes, hear, hearEcho, isDataFrame, isEchoOf } from './raw-frames.js';

/*
 * What a server may do, put on record where it does it; and what has to work because it may be done to a server.
 */

const whileOpen: SharedCase = {
  id: 'open/data-at-any-time',
  title: 'Messages with Pings and pauses between them, until a Close',
  clauses: ['draft-06/4.1/data-while-open', 'draft-06/4.3/first-may-be-final'],
  requirement: 'Data may be sent at any time between the opening handshake and the Close: each message comes back.',
  needs: ['echo of text'],
  run: async (tester) => {
    const conversation = await tester.establish();
    for (const words of ['at once', 'later', 'later still']) {
      for (const frame of messageFrames('text', text(words))) conversation.sendFrame(frame);
      const event = await until(conversation, isEchoOf(text(words)));
      if (event.type !== 'frame') {
        // Data that is not taken is what both clauses are about: a first fragment that is the last, at its time.
        blame(
          tester,
          whileOpen.clauses,
          'no-echo',
          `${describeEvent(event, conversation.peer)} after ${JSON.stringify(words)}`,
          'its echo',
        );
        return;
      }
      conversation.sendFrame(frameOf('ping', text(words)));
      await until(conversation, (candidate) => isFrameOf(candidate, grammarOpcodes.pong));
    }
  },
};

const ownFragments = (role: Role, clauses: readonly [ClauseId, ...ClauseId[]]): SharedCase => ({
  id: `open/fragments-of-the-${role}`,
  title: `How a ${role} cuts a message of 3000 bytes`,
  clauses,
  requirement: 'It may send fragments of any size; that it does goes on record.',
  needs: ['echo of binary'],
  run: async (tester) => {
    const { echo } = await hearEcho(tester, messageFrames('binary', letters(3000)));
    if (echo.length < 2) return;
    const sizes = `fragments of ${echo.map(({ length }) => length).join(', ')} bytes`;
    for (const clause of clauses) tester.note(clause, 'fragments', sizes);
  },
});

const limits: SharedCase = {
  id: 'open/limits',
  title: 'A text message of 1,000,000 bytes',
  clauses: ['draft-06/2/limits'],
  requirement: 'There may be limits; that a message is too long goes on record.',
  needs: ['echo of text'],
  run: async (tester) => {
    const conversation = await tester.establish();
    const payload = letters(1_000_000);
    for (const frame of messageFrames('text', payload)) conversation.sendFrame(frame);
    const event = await until(
      conversation,
      (candidate) => isEchoOf(payload)(candidate) || isFrameOf(candidate, grammarOpcodes.close),
    );
    if (isEchoOf(payload)(event)) return;
    tester.note(
      'draft-06/2/limits',
      'limit',
      `${describeEvent(event, conversation.peer)} after a text message of 1,000,000 bytes`,
    );
  },
};

const delay: SharedCase = {
  id: 'open/delay',
  title: 'An answer that takes its time',
  clauses: ['draft-06/2.1/send-may-delay'],
  requirement: 'What is required to be sent may be late; a Pong that comes after the timeout goes on record.',
  run: async (tester) => {
    const conversation = await tester.establish();
    const start = conversation.now();
    conversation.sendFrame(frameOf('ping', text('no hurry')));
    const inTime = await until(conversation, (event) => isFrameOf(event, grammarOpcodes.pong));
    if (inTime.type !== 'silence') return;
    const late = await until(conversation, (event) => isFrameOf(event, grammarOpcodes.pong));
    if (late.type !== 'frame') return;
    const waited = Math.round(conversation.now() - start);
    tester.note('draft-06/2.1/send-may-delay', 'late-pong', `a Pong after ${waited} ms`);
  },
};

const firstWord: ConformanceCase = {
  id: 'open/server-begins',
  title: 'A client that sends a Ping and no message',
  clauses: ['draft-06/5.2.2/server-may-send'],
  requirement: 'A server may send before it gets data; that it does goes on record.',
  run: async (tester) => {
    const { frames } = await hear(tester, [frameOf('ping')], (event) => isFrameOf(event, grammarOpcodes.pong));
    const first = frames.find(isDataFrame);
    if (first === undefined) return;
    tester.note(
      'draft-06/5.2.2/server-may-send',
      'first-word',
      `a frame of opcode ${first.opcode} before we sent data`,
    );
  },
};

const badText: ConformanceCase = {
  id: 'open/what-becomes-of-bad-text',
  title: 'A text message with a byte that is not UTF-8',
  clauses: ['draft-06/6.2/server-could'],
  requirement: 'What the server does with it is undefined and goes on record.',
  needs: ['echo of text'],
  run: async (tester) => {
    const payload = Uint8Array.of(0x61, 0xff, 0x62);
    const conversation = await tester.establish({}, { toleratesBadText: true });
    for (const frame of messageFrames('text', payload)) conversation.sendFrame(frame);
    const event = await until(
      conversation,
      (candidate) =>
        (candidate.type === 'frame' && candidate.message !== undefined) || isFrameOf(candidate, grammarOpcodes.close),
    );
    const note = (code: string, observed: string): void => {
      tester.note('draft-06/6.2/server-could', code, observed);
    };
    if (event.type !== 'frame') note('other', describeEvent(event));
    else if (event.message === undefined) note('closed', 'a Close');
    else if (sameBytes(event.message.bytes, payload)) note('kept', 'the bytes as they were');
    else if (sameBytes(event.message.bytes, encodeUtf8('a\ufffdb'))) note('replaced', 'U+FFFD in their place');
    else note('other', `another message, ${event.message.bytes.length} bytes`);
  },
};

const rightEncoding: ConformanceCase = {
  id: 'open/text-in-utf-8',
  title: 'Text outside ASCII comes back in UTF-8',
  clauses: ['draft-06/9/text-in-the-right-encoding'],
  requirement: 'The text of the server is in UTF-8 and in no other encoding.',
  needs: ['echo of text'],
  run: async (tester) => {
    const payload = text('na\u00efve \u20ac');
    const { echo } = await hearEcho(tester, messageFrames('text', payload));
    const came = Buffer.from(dataOf(echo));
    const others = ['latin1', 'utf16le'] as const;
    const other = others.find((encoding) => came.length > 0 && came.toString(encoding).startsWith('na\u00efve'));
    if (other === undefined) return;
    blame(tester, rightEncoding.clauses, 'other-encoding', `text in ${other}`, 'text in UTF-8');
  },
};

/** To disconnect is safe for whoever does it, and so for a peer that is disconnected. */
const disconnect: SharedCase = {
  id: 'open/always-safe-to-disconnect',
  title: 'A connection that is dropped in the middle of a frame, and another one behind it',
  clauses: ['draft-06/9/always-safe-to-disconnect'],
  requirement: 'To disconnect harms nobody: the next connection works as the one before did.',
  needs: ['echo of text'],
  run: async (tester) => {
    const dropped = await tester.establish();
    for (const frame of messageFrames('text', text('before'))) dropped.sendFrame(frame);
    // What does not come back before would not come back behind it either, and shows nothing.
    if ((await until(dropped, isEchoOf(text('before')))).type !== 'frame') {
      throw new Inconclusive('no message came back on the connection before');
    }
    dropped.sendBytes(dropped.bytesOf([frameOf('text', letters(100))]).subarray(0, 20), 'part of a text frame');
    dropped.destroy();
    try {
      const conversation = await tester.establish();
      for (const frame of messageFrames('text', text('next'))) conversation.sendFrame(frame);
      const event = await until(conversation, isEchoOf(text('next')));
      if (event.type === 'frame' || conversation.hasViolation()) return;
      const observed = `${describeEvent(event, conversation.peer)} after a message on the connection behind it`;
      blame(tester, disconnect.clauses, 'no-echo', observed, 'the message comes back as it did before');
    } catch (error) {
      // The sentence is about a server that disconnects: whether a client comes again is its own matter.
      if (!(error instanceof PeerUnreachable) || dropped.peer === 'client') throw error;
      blame(tester, disconnect.clauses, 'nobody-served', error.message, 'another connection');
    }
  },
};

const requestUri: ConformanceCase = {
  id: 'handshake/request-uri-missing',
  title: 'A request line without a Request-URI',
  clauses: ['draft-06/5.2.1/request-uri'],
  requirement: 'The opening handshake has a Request-URI; without one the server aborts the connection.',
  run: async (tester) => {
    const [, ...fields] = linesOf(tester.request());
    const shaken = await tester.handshake(bytesOfLines(['GET HTTP/1.1', ...fields]));
    await judgeForbidden(tester, shaken, {
      clause: 'draft-06/5.2.1/request-uri',
      what: 'a request without a Request-URI',
    });
  },
};

/** How a client cuts its messages: it has no leave to do so for its buffer, and needs none. */
export const fragmentsOfClient = ownFragments('client', ['draft-06/4.4/any-fragment-size']);

/** The same for clients, who have to be made to come again. */
export const disconnectOfClient: SharedCase = { ...disconnect, needs: ['echo of text', 'second connection'] };

/** What either role may do. */
export const sharedFreedomCases: readonly SharedCase[] = [whileOpen, limits, delay];

/** The same, and what a server may do. */
export const furtherFreedomCases: readonly ConformanceCase[] = [
  requestUri,
  ...sharedFreedomCases,
  ownFragments('server', ['draft-06/4.4/buffer-size', 'draft-06/4.4/any-fragment-size']),
  firstWord,
  badText,
  rightEncoding,
  disconnect,
];
