import { concatBytes } from '../../model/bytes.js';
import { hexOf } from '../../model/explain.js';
import { frameOf } from '../../model/frame.js';
import { opcodes } from '../../spec/wire.js';
import type { ConformanceCase } from '../verifier/case.js';
import type { PeerEvent } from '../verifier/conversation.js';
import { compressedEchoCases, echoed, inUse } from './deflate-blocks.js';
import { type CompressedCase, serverCaseOf } from './deflate-talk.js';
import { expectCloseAnswered, expectPong, isFrameOf, sameBytes, text, until } from './expectations.js';
import { blame } from './further-layout.js';
import { withField } from './head-lines.js';
import { bytesInFront, dataOf, isEchoOf, isMarked, listen, rawMessagesIn } from './raw-frames.js';
import { describeWatched, watchReaction } from './reactions.js';

/*
 * Section 8.2.1: compression, once it is negotiated.
 */

/** A message that shows only once another follows it was held back. */
const notDelayed: CompressedCase = {
  name: 'not-delayed',
  title: 'A message with nothing behind it',
  clauses: ['draft-06/8.2.1/not-delayed', inUse],
  requirement: 'All of a message is sent, although its encoding may end inside a byte.',
  needs: ['echo of text'],
  run: async ({ tester, conversation }) => {
    const payload = text('nothing follows');
    const isEcho = (event: PeerEvent): boolean =>
      event.type === 'frame' && event.message !== undefined && sameBytes(event.message.bytes, payload);
    conversation.sendFrame(frameOf('text', payload));
    if ((await until(conversation, isEcho)).type === 'frame' || conversation.hasViolation()) return;
    conversation.sendFrame(frameOf('text', text('something follows')));
    const came = (await until(conversation, isEcho)).type === 'frame';
    tester.broken(came ? 'draft-06/8.2.1/not-delayed' : inUse, {
      code: came ? 'delayed' : 'no-echo',
      observed: came ? 'a message came back only when another one was sent' : 'a message did not come back',
      allowed: 'the message comes back at once',
    });
  },
};

/** The compression leaves frames as they are. */
const framesInside: CompressedCase = {
  name: 'frames-inside',
  title: 'The frames inside the compressed stream',
  clauses: ['draft-06/8.2.1/no-reserved-bits', 'draft-06/8.2.1/no-extension-data'],
  requirement: 'What the stream decodes to are frames without reserved bits, reserved opcodes and extension data.',
  needs: ['echo of text'],
  run: async ({ tester, conversation }) => {
    const payload = text('framed as without compression');
    conversation.sendFrame(frameOf('text', payload));
    const { frames } = await listen(conversation, isEchoOf(payload));
    const marked = frames.find(isMarked);
    const [echo = []] = rawMessagesIn(frames);
    // What is compressed in another way is no frame either; only where the message can be made out is it told apart.
    const further = bytesInFront(echo, payload);
    if (marked !== undefined && (further > 0 || sameBytes(dataOf(echo), payload))) {
      const observed = `a frame that begins ${hexOf(marked.head)}`;
      blame(tester, ['draft-06/8.2.1/no-reserved-bits'], 'reserved-bits', observed, 'no reserved bit or opcode');
    }
    if (further === 0) return;
    const observed = `${further} further bytes in front of the data`;
    blame(tester, ['draft-06/8.2.1/no-extension-data'], 'extension-data', observed, 'the data alone');
  },
};

const controlCases: readonly CompressedCase[] = [
  {
    name: 'ping',
    title: 'A Ping is compressed, and so is its Pong',
    clauses: ['draft-06/8.2.1/control-messages-too', 'draft-06/4.5.2/ping-answered', 'draft-06/4.5.2/pong-echoes-body'],
    requirement: 'Control frames are part of the compressed stream in both directions.',
    run: async ({ tester, conversation }) => {
      const body = text('compressed ping');
      conversation.sendFrame(frameOf('ping', body));
      if (await expectPong(tester, conversation, body)) return;
      tester.broken('draft-06/8.2.1/control-messages-too', {
        code: 'no-compressed-pong',
        observed: 'no compressed Pong after a compressed Ping',
        allowed: 'control frames compressed like messages',
      });
    },
  },
  {
    name: 'ping-between-fragments',
    title: 'A Ping between two fragments, all in one block',
    clauses: ['draft-06/8.2.1/control-messages-too', inUse, 'draft-06/4.5/control-interjected'],
    requirement: 'The Pong comes, and the message.',
    needs: ['echo of text'],
    run: async (talk) => {
      const body = text('between');
      const [first, second] = [frameOf('text', text('frag'), false), frameOf('continuation', text('ment'))];
      talk.sendFrames([first, frameOf('ping', body), second]);
      if (await expectPong(talk.tester, talk.conversation, body)) await echoed(talk, text('fragment'));
    },
  },
  {
    name: 'close',
    title: 'A Close is compressed, and so is its answer',
    clauses: ['draft-06/8.2.1/control-messages-too', 'draft-06/4.5.1/close-answered'],
    requirement: 'The closing handshake is part of the compressed stream in both directions.',
    run: async ({ tester, conversation }) => {
      conversation.sendFrame(frameOf('close', Uint8Array.of(0x03, 0xe8)));
      await expectCloseAnswered(tester, conversation);
    },
  },
];

const doubtfulCases: readonly CompressedCase[] = [
  {
    name: 'corrupt',
    title: 'A stream that breaks the rules of RFC 1951',
    clauses: ['draft-06/9/disconnect-on-bad-data', 'draft-06/9/always-safe-to-disconnect'],
    requirement: 'Whoever cannot read on disconnects.',
    run: async ({ tester, conversation }) => {
      conversation.sendBytes(Uint8Array.of(0x07, 0x07, 0x07, 0x07), 'a block of a type that there is not');
      const event = await until(conversation, (candidate) => isFrameOf(candidate, opcodes.close));
      if (event.type !== 'silence') return;
      const observed = `the ${conversation.peer} did nothing`;
      const allowed = 'a Close, or the end of TCP';
      // Section 9 asks it of servers.
      if (conversation.peer === 'client')
        tester.note('draft-06/9/always-safe-to-disconnect', 'silent', observed, allowed);
      else tester.broken('draft-06/9/disconnect-on-bad-data', { code: 'went-on', observed, allowed });
    },
  },
  {
    name: 'last-block',
    title: 'A block that is marked as the last, and more behind it',
    clauses: ['draft-06/8.2.1/blocks-of-both-kinds'],
    requirement: 'The text does not say whether a series of blocks may end (reading R-844): what follows is recorded.',
    run: async (talk) => {
      talk.conversation.sendBytes(Uint8Array.of(0x01, 0x00, 0x00, 0xff, 0xff), 'an empty stored block, the last one');
      const watched = await watchReaction(talk.conversation);
      const code = watched.reaction === 'went on' ? 'R-844-go-on' : 'R-844-never-last';
      const allowed = 'R-844: a new series of blocks begins, or no block is the last while the connection lives';
      talk.tester.note(
        'draft-06/8.2.1/blocks-of-both-kinds',
        code,
        `${describeWatched(watched)} after a last block`,
        allowed,
      );
    },
  },
  {
    name: 'expansion',
    title: 'Few bytes that stand for very many frames',
    clauses: ['draft-06/9/always-safe-to-disconnect'],
    requirement: 'An endpoint may refuse what grows out of all proportion; what it does is recorded.',
    run: async (talk) => {
      const { conversation } = talk;
      // The same bytes again and again; those of a client are masked with the same key, which it should not do.
      const pongs = Array<Uint8Array>(10_000).fill(conversation.bytesOf([frameOf('pong')]));
      conversation.sendBytes(talk.deflate(concatBytes(pongs)), '10000 Pongs, compressed');
      const watched = await watchReaction(conversation);
      // It copes, as most do; what it does otherwise goes on record.
      if (watched.reaction === 'went on') return;
      const observed = `${describeWatched(watched)} after 10000 Pongs in a few hundred bytes`;
      const allowed = 'to take them, to close with 1004, or to disconnect';
      talk.tester.note('draft-06/9/always-safe-to-disconnect', 'refused', observed, allowed);
    },
  },
];

/** Every case on a compressed connection, for both roles. */
export const compressedCases: readonly CompressedCase[] = [
  ...compressedEchoCases,
  notDelayed,
  framesInside,
  ...controlCases,
  ...doubtfulCases,
];

/** What only a server is asked. */
const ofServers: readonly ConformanceCase[] = [
  {
    id: 'deflate/undefined-parameter',
    title: 'An offer of the extension with a parameter that it does not define',
    clauses: ['draft-06/8.1/parameters-defined', 'draft-06/8/parameters-by-extension'],
    requirement: 'The extension has no parameters, so that the server lists none.',
    run: async (tester) => {
      const offer = 'deflate-stream; level=9';
      const { answer } = await tester.handshake(withField(tester.request(), 'Sec-WebSocket-Extensions', offer));
      if (answer.type !== 'response' || answer.head.status !== 101) {
        tester.note('draft-06/8.1/parameters-defined', 'refused', `no connection for an offer of ${offer}`);
        return;
      }
      const values = answer.head.fields.filter(({ name }) => name.toLowerCase() === 'sec-websocket-extensions');
      const observed = values.map(({ value }) => value).join(', ');
      if (/deflate-stream\s*;/.test(observed)) {
        const allowed = 'deflate-stream without parameters, or not at all';
        tester.broken('draft-06/8.1/parameters-defined', { code: 'undefined-parameter', observed, allowed });
      }
    },
  },
];

export const deflateStreamCases: readonly ConformanceCase[] = [...compressedCases.map(serverCaseOf), ...ofServers];
