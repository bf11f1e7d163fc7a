import { noBytes } from '../../model/bytes.js';
import type { DataKind } from '../../model/fragmentation.js';
import { frameOf } from '../../model/frame.js';
import type { Role } from '../../model/role.js';
import { lengthForms, maskingKeyLength, opcodes } from '../../spec/wire.js';
import type { SharedCase } from '../verifier/case.js';
import type { PeerEvent } from '../verifier/conversation.js';
import { echoCase, letters } from './echo-case.js';
import { casesFor } from './shared-cases.js';
import {
  checkStays,
  describeEvent,
  expectCloseAnswered,
  expectEcho,
  expectPong,
  isFrameOf,
  messageFrames,
  sameBytes,
  text,
  until,
} from './expectations.js';

/*
 * TCP knows no frames: where it cuts the stream, and what it joins, means nothing. The clauses are those of what is
 * cut, so a peer that trips here and not elsewhere reads chunks instead of a stream.
 */

const clauses = ['draft-06/4.4/receive-both', 'draft-06/4.4/unfragmented', 'draft-06/4.2/key-first'] as const;
const kind: DataKind = 'text';

/** Every byte alone, up to a limit; what is left in one piece. */
function single(bytes: Uint8Array, limit: number): readonly Uint8Array[] {
  const pieces = Array.from(bytes.subarray(0, limit), (_, at) => bytes.subarray(at, at + 1));
  return bytes.length > limit ? [...pieces, bytes.subarray(limit)] : pieces;
}

/** A payload length for each form, and how many bytes come alone: the long frame's payload would take too long. */
const byteByByte = [
  { form: 7, length: 5 },
  { form: 16, length: lengthForms.max7 + 1 },
  { form: 63, length: lengthForms.max16 + 1 },
].map(({ form, length }) =>
  echoCase({
    id: `segmentation/byte-by-byte-${form}-bits`,
    title: `A frame byte by byte, its length in ${form} bits`,
    clauses,
    kind,
    payload: () => letters(length),
    send: async (conversation, payload) => {
      const bytes = conversation.bytesOf(messageFrames(kind, payload));
      await conversation.sendPieces(single(bytes, 150), 'a text frame');
    },
  }),
);

/** Where a frame can be cut in two. */
interface Cut {
  readonly name: string;
  readonly at: number;
  readonly length: number;
}

/** The masking key that a client puts in front can be cut, and cut off. */
const cutsOfKey: readonly Cut[] = [
  { name: 'inside-key', at: 2, length: 300 },
  { name: 'behind-key', at: maskingKeyLength, length: 300 },
];

/** @param header where the header begins: behind the masking key, if there is one */
const cutsBehind = (header: number): readonly Cut[] => [
  { name: 'between-header-bytes', at: header + 1, length: 300 },
  { name: 'before-16-bit-length', at: header + 2, length: 300 },
  { name: 'inside-16-bit-length', at: header + 3, length: 300 },
  { name: 'behind-16-bit-length', at: header + 4, length: 300 },
  { name: 'inside-payload', at: header + 4 + 149, length: 300 },
  { name: 'before-last-byte', at: header + 4 + 299, length: 300 },
  { name: 'before-64-bit-length', at: header + 2, length: 70_000 },
  { name: 'inside-64-bit-length', at: header + 7, length: 70_000 },
  { name: 'behind-64-bit-length', at: header + 10, length: 70_000 },
];

const cutCase = ({ name, at, length }: Cut): SharedCase =>
  echoCase({
    id: `segmentation/cut-${name}`,
    title: `A frame of ${length} bytes of payload that is cut ${name.replaceAll('-', ' ')}`,
    clauses,
    kind,
    payload: () => letters(length),
    send: async (conversation, payload) => {
      const bytes = conversation.bytesOf(messageFrames(kind, payload));
      await conversation.sendPieces([bytes.subarray(0, at), bytes.subarray(at)], 'a text frame');
    },
  });

const manyInOneChunk: SharedCase = {
  id: 'segmentation/200-frames-in-one-chunk',
  title: '200 text frames in one chunk',
  clauses,
  requirement: 'Each is received. That the echoes keep the order is expected of the application, and noted if not so.',
  needs: ['echo of text'],
  run: async (tester) => {
    const conversation = await tester.establish();
    const payloads = Array.from({ length: 200 }, (_, at) => text(`message ${at + 1}`));
    const frames = payloads.flatMap((payload) => messageFrames(kind, payload));
    conversation.sendBytes(conversation.bytesOf(frames), `${payloads.length} text frames`);
    const missing = new Set(payloads.keys());
    const early: number[] = [];
    const takes = (event: PeerEvent): boolean => {
      if (event.type !== 'frame') return false;
      if (event.message === undefined) return isFrameOf(event, opcodes.close);
      const { bytes } = event.message;
      const [expected] = missing;
      const found = [...missing].find((at) => sameBytes(payloads[at] ?? noBytes, bytes));
      if (found === undefined) return false;
      missing.delete(found);
      if (found !== expected) early.push(found);
      return true;
    };
    while (missing.size > 0) {
      const before = missing.size;
      const event = await until(conversation, takes);
      if (missing.size < before) continue;
      checkStays(conversation, event);
      tester.broken('draft-06/4.4/receive-both', {
        code: 'echoes-missing',
        observed: `${describeEvent(event, conversation.peer)} when ${before} of ${payloads.length} messages had not come back`,
        allowed: 'every message comes back',
      });
      return;
    }
    if (early.length > 0) {
      tester.note('draft-06/4.4/receive-both', 'other-order', 'the messages came back in another order');
    }
  },
};

const halves: SharedCase = {
  id: 'segmentation/frames-and-halves',
  title: 'Five frames in chunks that each end in the middle of a frame',
  clauses,
  requirement: 'Each message is received.',
  needs: ['echo of text'],
  run: async (tester) => {
    const conversation = await tester.establish();
    const payloads = Array.from({ length: 5 }, (_, at) => text(`message ${at + 1} of five`));
    const bytes = conversation.bytesOf(payloads.flatMap((payload) => messageFrames(kind, payload)));
    const size = bytes.length / payloads.length;
    const places = [0, 1.5, 3.5, 4.5, 5].map((count) => Math.floor(count * size));
    const pieces = places.slice(1).map((to, at) => bytes.subarray(places[at], to));
    await conversation.sendPieces(pieces, 'text frames');
    for (const payload of payloads) {
      if (!(await expectEcho(tester, conversation, kind, payload, clauses[0]))) return;
    }
  },
};

const pingByteByByte: SharedCase = {
  id: 'segmentation/ping-byte-by-byte',
  title: 'A Ping byte by byte',
  clauses: ['draft-06/4.5.2/ping-answered', 'draft-06/4.5.2/pong-echoes-body'],
  requirement: 'A Pong with the same body comes.',
  run: async (tester) => {
    const conversation = await tester.establish();
    const body = text('slowly');
    await conversation.sendPieces(single(conversation.bytesOf([frameOf('ping', body)]), 50), 'a Ping');
    await expectPong(tester, conversation, body);
  },
};

const closeByteByByte: SharedCase = {
  id: 'segmentation/close-byte-by-byte',
  title: 'A Close byte by byte',
  clauses: ['draft-06/4.5.1/close-answered'],
  requirement: 'A Close comes in response, and then TCP should end.',
  run: async (tester) => {
    const conversation = await tester.establish();
    const close = frameOf('close', Uint8Array.of(0x03, 0xe8, 0x62, 0x79, 0x65));
    await conversation.sendPieces(single(conversation.bytesOf([close]), 50), 'a Close');
    await expectCloseAnswered(tester, conversation);
  },
};

const fragmentsInOneChunk = echoCase({
  id: 'segmentation/fragments-in-one-chunk',
  title: 'All fragments of a message, and a Ping between them, in one chunk',
  clauses: ['draft-06/4.4/receive-both', 'draft-06/4.4/content-is-concatenation'],
  kind,
  payload: () => letters(40),
  send: (conversation, payload) => {
    const [first = frameOf(kind), ...rest] = messageFrames(kind, payload, 10);
    const frames = [first, frameOf('ping', text('between')), ...rest];
    conversation.sendBytes(conversation.bytesOf(frames), 'fragments and a Ping');
  },
});

const cutCasesFor = (role: Role): readonly SharedCase[] => {
  const cuts = role === 'server' ? [...cutsOfKey, ...cutsBehind(maskingKeyLength)] : cutsBehind(0);
  return cuts.map(cutCase);
};

/** What is sent to a client has no masking key. */
const withoutKey = ({ clauses: [first, ...rest], ...facts }: SharedCase): SharedCase => ({
  ...facts,
  clauses: [first, ...rest.filter((clause) => clause !== 'draft-06/4.2/key-first')],
});

const casesOf = (role: Role): readonly SharedCase[] => [
  ...byteByByte,
  ...cutCasesFor(role),
  pingByteByByte,
  closeByteByByte,
  manyInOneChunk,
  halves,
  fragmentsInOneChunk,
];

/** Frames against the borders of TCP segments, for a role. */
export const segmentationCasesFor = (role: Role): readonly SharedCase[] =>
  role === 'server' ? casesOf(role) : casesFor(role, casesOf(role).map(withoutKey));
