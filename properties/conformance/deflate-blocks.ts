import { concatBytes } from '../../model/bytes.js';
import { frameOf } from '../../model/frame.js';
import type { DeflateChoices } from '../drivers/deflate.js';
import type { CompressedCase, CompressedTalk } from './deflate-talk.js';
import { letters } from './echo-case.js';
import { expectEcho, text } from './expectations.js';

/*
 * Section 8.2.1: messages on a compressed connection. What a sender may choose a receiver has to take, for the response
 * says what is in use: whoever cannot read it is blamed for that.
 */

export const inUse = 'draft-06/8.1/response-is-in-use';

/** An empty stored block, as it stands behind a byte that is complete. */
const emptyBlock = Uint8Array.of(0x00, 0x00, 0x00, 0xff, 0xff);

/** Text that compresses well and in which no piece is like the one before. */
const prose = (length: number): Uint8Array =>
  text(Array.from({ length }, (_, at) => `line ${at * at} of ${length}; `).join('')).slice(0, length);

/** Messages come back as they were sent. */
export const echoed = async (
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

/** Messages in blocks of every kind, in any number, cut anywhere. */
export const compressedEchoCases: readonly CompressedCase[] = [
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
