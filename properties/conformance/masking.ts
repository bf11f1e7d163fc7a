import { concatBytes } from '../../model/bytes.js';
import { frameOf } from '../../model/frame.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import { mask } from '../../model/masking.js';
import { opcodes } from '../../spec/wire.js';
import type { ConformanceCase } from '../verifier/case.js';
import { areMaskedFrames } from '../verifier/frame-watch.js';
import { echoCase, letters } from './echo-case.js';
import { expectEcho, isFrameOf, messageFrames, sameBytes, text, until } from './expectations.js';
import { misreadCases } from './masking-misread.js';

const clauses = ['draft-06/4.2/mask-whole-frame', 'draft-06/4.2/key-first', 'draft-06/4.2/key-inside-frame'] as const;

/** A period so many times over. */
const periodic = (period: Uint8Array, times: number): Uint8Array =>
  concatBytes(Array.from({ length: times }, () => period));

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

/** The header that our text frame of this length begins with, in the clear. */
const headerStart = (payload: Uint8Array): Uint8Array => layOutFrame(frameOf('text', payload)).subarray(0, 4);

/** Masking keys with something about them. Each is made from the payload, because some depend on it. */
const keys: readonly {
  readonly name: string;
  readonly title: string;
  readonly length: number;
  readonly key: (payload: Uint8Array) => Uint8Array;
}[] = [
  { name: 'zero', title: 'all zeros', length: 20, key: () => bytes(0, 0, 0, 0) },
  { name: 'ones', title: 'all ones', length: 20, key: () => bytes(0xff, 0xff, 0xff, 0xff) },
  { name: 'one-bit', title: 'a single bit', length: 20, key: () => bytes(0, 0, 0, 1) },
  { name: 'like-http', title: 'the bytes "GET "', length: 20, key: () => text('GET ') },
  {
    name: 'like-clear-frame',
    title: 'what would be the start of a clear text frame',
    length: 20,
    key: () => bytes(0x84, 5, 0x48, 0x65),
  },
  {
    name: 'like-clear-close',
    title: 'what would be a clear Close with status 1000',
    length: 20,
    key: () => bytes(0x81, 2, 0x03, 0xe8),
  },
  {
    name: 'masks-to-http',
    title: 'one under which the masked frame begins with "GET "',
    length: 200,
    key: (payload) => mask(text('GET '), headerStart(payload)),
  },
  {
    name: 'equals-header',
    title: 'the first four bytes of the frame, which so mask to zeros',
    length: 200,
    key: headerStart,
  },
  {
    name: 'equals-payload',
    title: 'the first four bytes of the payload',
    length: 20,
    key: (payload) => payload.subarray(0, 4),
  },
];

const keyCases = keys.map(({ name, title, length, key }) =>
  echoCase({
    id: `masking/key-${name}`,
    title: `A frame whose masking key is ${title}`,
    clauses,
    kind: 'text',
    payload: () => letters(length),
    send: (conversation, payload) => {
      conversation.sendFrame(frameOf('text', payload), { maskingKey: key(payload) });
    },
    ...(name === 'zero' ? { mayRefuse: 'zeroKey' } : {}),
  }),
);

/** Two periods of the key: the mask goes on over the border between header and payload in every phase. */
const phaseCases = Array.from({ length: 9 }, (_, length) =>
  echoCase({
    id: `masking/payload-of-${length}`,
    title: `A masked payload of ${length} bytes`,
    clauses,
    kind: 'text',
    payload: () => letters(length),
  }),
);

const sameKeyTwice: ConformanceCase = {
  id: 'masking/same-key-twice',
  title: 'Two frames with the same masking key, which chance allows',
  clauses,
  requirement: 'Both messages are received.',
  needs: ['echo of text'],
  run: async (tester) => {
    const conversation = await tester.establish();
    const maskingKey = tester.randomness.bytes(4);
    for (const payload of [text('one and'), text('the same key')]) {
      conversation.sendFrame(frameOf('text', payload), { maskingKey });
      if (!(await expectEcho(tester, conversation, 'text', payload, clauses[0]))) return;
    }
  },
};

const keyForEachFrame: ConformanceCase = {
  id: 'masking/ten-keys-in-one-chunk',
  title: 'Ten frames in one chunk, each with its own masking key',
  clauses: ['draft-06/4.2/key-inside-frame', 'draft-06/4.2/mask-whole-frame'],
  requirement: 'Each frame is unmasked with its own key, from its own start.',
  needs: ['echo of text'],
  run: async (tester) => {
    const conversation = await tester.establish();
    const payloads = Array.from({ length: 10 }, (_, at) => text(`frame ${'.'.repeat(at)} ${at}`));
    const frames = payloads.flatMap((payload) => messageFrames('text', payload));
    conversation.sendBytes(conversation.bytesOf(frames), 'ten text frames');
    for (const payload of payloads) {
      if (!(await expectEcho(tester, conversation, 'text', payload, 'draft-06/4.2/key-inside-frame'))) return;
    }
  },
};

/** The frames of the server carry no masking key: read as clear frames they are right, read as masked they are not. */
const serverFramesClear: ConformanceCase = {
  id: 'masking/server-frames-clear',
  title: 'The frames of the server are not masked',
  clauses: ['draft-06/4.1/server-frames-clear'],
  requirement: 'A Pong can be read without unmasking.',
  run: async (tester) => {
    const conversation = await tester.establish();
    const body = text('in the clear, please');
    conversation.sendFrame(frameOf('ping', body));
    const event = await until(conversation, (candidate) => isFrameOf(candidate, opcodes.pong));
    // A masking key can look like the beginning of a Pong, but not bring the right body.
    if (event.type === 'frame' && sameBytes(event.decoded.frame.applicationData, body)) return;
    if (!areMaskedFrames(conversation.firstBytes())) return;
    tester.broken('draft-06/4.1/server-frames-clear', {
      code: 'masked-frames',
      observed: 'what the server sent can be read as masked frames, and not as clear ones',
      allowed: 'clear frames',
    });
  },
};

/** Masking (draft-06 sections 4.1 and 4.2). */
export const maskingCases: readonly ConformanceCase[] = [
  ...keyCases,
  ...phaseCases,
  echoCase({
    id: 'masking/random-key',
    title: 'A longer message with a masking key at random',
    clauses,
    kind: 'binary',
    payload: (randomness) => randomness.bytes(1021),
  }),
  echoCase({
    id: 'masking/payload-masks-to-zeros',
    title: 'A binary message whose masked payload is all zeros',
    clauses,
    kind: 'binary',
    payload: (randomness) => periodic(randomness.bytes(4), 10),
    send: (conversation, payload) => {
      // The payload begins at the third byte of the frame, where the third octet of the key applies.
      const maskingKey = bytes(...payload.subarray(2, 4), ...payload.subarray(0, 2));
      conversation.sendFrame(frameOf('binary', payload), { maskingKey });
    },
  }),
  sameKeyTwice,
  keyForEachFrame,
  serverFramesClear,
  ...misreadCases,
];
