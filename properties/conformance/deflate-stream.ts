import { concatBytes } from '../../model/bytes.js';
import { frameOf } from '../../model/frame.js';
import { opcodes } from '../../spec/wire.js';
import type { DeflateChoices } from '../drivers/deflate.js';
import type { ConformanceCase } from '../verifier/case.js';
import { serverCaseOf, type CompressedCase, type CompressedTalk } from './deflate-talk.js';
import { letters } from './echo-case.js';
import { expectCloseAnswered, expectEcho, expectPong, isFrameOf, text, until } from './expectations.js';
import { withField } from './handshake-request.js';
import { describeWatched, watchReaction } from './reactions.js';

/*
 * Section 8.2.1: compression, once it is negotiated. What a sender may choose a receiver has to take, for the response
 * says what is in use: whoever cannot read it is blamed for that.
 */

const inUse = 'draft-06/8.1/response-is-in-use';

/** An empty stored block, as it stands behind a byte that is complete. */
const emptyBlock = Uint8Array.of(0x00, 0x00, 0x00, 0xff, 0xff);

/** Text that compresses well and in which no piece is like the one before. */
const prose = (length: number): Uint8Array =>
  text(Array.from({ length }, (_, at) => `line ${at * at} of ${length}; `).join('')).slice(0, length);

const echoed = async (
  { tester, conversation }: Pick<CompressedTalk, 'tester' | 'conversation'>,
  ...payloads: readonly Uint8Array[]
): Promise<boolean> => {
  for (const payload of payloads) {
    if (!(await expectEcho(tester, conversation, 'text', payload, inUse))) return false;
  }
  return true;
};

/** A message that is compressed in some way, and comes back. */
function blocks(name: string, what: string, length: number, choices: DeflateChoices): CompressedCase {
  return {
    name: `blocks-${name}`,
    title: `A message in ${what}`,
    clauses: [inUse, 'draft-06/8.2.1/blocks-of-both-kinds', 'draft-06/8.2.1/all-bytes-deflated'],
    requirement: 'Blocks of every type that RFC 1951 has are understood.',
    needs: ['echo of text'],
    choices,
    run: async (talk) => {
      const payload = prose(length);
      talk.sendFrames([frameOf('text', payload)]);
      await echoed(talk, payload);
    },
  };
}

const echoCases: readonly CompressedCase[] = [
  {
    name: 'echo',
    title: 'Short, empty and long messages, one after the other',
    clauses: ['draft-06/8.2.1/all-bytes-deflated', inUse, 'draft-06/8.2.1/not-delayed', 'draft-06/8.2.1/token'],
    requirement: 'Both directions are compressed, and each message is there without a further one.',
    needs: ['echo of text'],
    run: async (talk) => {
      for (const payload of [text('Hello'), text(''), letters(126), prose(70_000), text('Hello')]) {
        talk.conversation.sendFrame(frameOf('text', payload));
        if (!(await echoed(talk, payload))) return;
      }
    },
  },
  blocks('stored', 'stored blocks', 3000, { level: 0 }),
  blocks('fixed', 'blocks of fixed codes', 300, { strategy: 'fixed' }),
  blocks('dynamic', 'blocks of dynamic codes', 5000, { level: 9 }),
  blocks('without-matches', 'blocks of codes without repetitions', 2000, { strategy: 'huffman' }),
  blocks('small-window', 'blocks that look back 512 bytes at most', 5000, { windowBits: 9 }),
  {
    name: 'empty-blocks',
    title: 'Many empty stored blocks between messages, and inside a frame',
    clauses: [inUse, 'draft-06/8.2.1/blocks-of-both-kinds'],
    requirement: 'A sender may flush as often as it likes.',
    needs: ['echo of text'],
    run: async (talk) => {
      const { conversation, deflate } = talk;
      const many = concatBytes(Array<Uint8Array>(300).fill(emptyBlock));
      const payload = letters(40);
      const clear = conversation.bytesOf([frameOf('text', payload)]);
      const halves = [deflate(clear.subarray(0, 9)), many, deflate(clear.subarray(9)), many];
      conversation.sendBytes(concatBytes([many, ...halves]), 'a frame between empty blocks');
      await echoed(talk, payload);
    },
  },
  {
    name: 'byte-by-byte',
    title: 'The compressed stream cut at every byte',
    clauses: [inUse, 'draft-06/8.2.1/all-bytes-deflated'],
    requirement: 'Where TCP cuts the stream does not matter.',
    needs: ['echo of text'],
    run: async (talk) => {
      const { conversation, deflate } = talk;
      const payload = text('cut into pieces');
      const coded = deflate(conversation.bytesOf([frameOf('text', payload)]));
      await conversation.sendPieces(
        Array.from(coded, (byte) => Uint8Array.of(byte)),
        'compressed text message',
      );
      await echoed(talk, payload);
    },
  },
  {
    name: 'many-in-one',
    title: 'Many messages in one block, and many flushes in one chunk',
    clauses: [inUse, 'draft-06/8.2.1/blocks-of-both-kinds', 'draft-06/8.2.1/messages-may-share-byte'],
    requirement: 'The ends of messages and of blocks have nothing to do with each other.',
    needs: ['echo of text'],
    run: async (talk) => {
      const payloads = Array.from({ length: 20 }, (_, at) => text(`message ${at}`));
      const frames = payloads.map((payload) => frameOf('text', payload));
      talk.sendFrames(frames);
      if (!(await echoed(talk, ...payloads))) return;
      const { conversation, deflate } = talk;
      const flushed = frames.map((frame) => deflate(conversation.bytesOf([frame]), 'full'));
      conversation.sendBytes(concatBytes(flushed), '20 text messages, each flushed');
      await echoed(talk, ...payloads);
    },
  },
  {
    name: 'same-byte',
    title: 'A message begins in the byte in which the one before it ends',
    clauses: [inUse, 'draft-06/8.2.1/messages-may-share-byte', 'draft-06/8.2.1/not-delayed'],
    requirement: 'Neither message has to wait for the other.',
    needs: ['echo of text'],
    run: async (talk) => {
      for (const payload of [text('one'), text('two'), text('three')]) {
        talk.sendFrames([frameOf('text', payload)], 'partial');
        if (!(await echoed(talk, payload))) return;
      }
    },
  },
];

const controlCases: readonly CompressedCase[] = [
  {
    name: 'ping',
    title: 'A Ping is compressed, and so is its Pong',
    clauses: ['draft-06/8.2.1/control-messages-too', 'draft-06/4.5.2/ping-answered', 'draft-06/4.5.2/pong-echoes-body'],
    requirement: 'Control frames are part of the compressed stream in both directions.',
    run: async ({ tester, conversation }) => {
      const body = text('compressed ping');
      conversation.sendFrame(frameOf('ping', body));
      await expectPong(tester, conversation, body);
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

const noteReaction = async (
  { tester, conversation }: CompressedTalk,
  clause: 'draft-06/9/always-safe-to-disconnect' | 'draft-06/8.2.1/blocks-of-both-kinds',
  what: string,
  allowed: string,
): Promise<void> => {
  const watched = await watchReaction(conversation);
  tester.note(clause, watched.reaction.replace(' ', '-'), `${describeWatched(watched)} after ${what}`, allowed);
};

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
      const allowed = 'R-844: a new series of blocks begins, or no block is the last while the connection lives';
      await noteReaction(talk, 'draft-06/8.2.1/blocks-of-both-kinds', 'a last block', allowed);
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
      const allowed = 'to take them, to close with 1004, or to disconnect';
      await noteReaction(talk, 'draft-06/9/always-safe-to-disconnect', '10000 Pongs in a few hundred bytes', allowed);
    },
  },
];

/** Every case on a compressed connection, for both roles. */
export const compressedCases: readonly CompressedCase[] = [...echoCases, ...controlCases, ...doubtfulCases];

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
