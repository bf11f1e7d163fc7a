import { concatBytes, noBytes } from '../../model/bytes.js';
import { frameOf } from '../../model/frame.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import { mask } from '../../model/masking.js';
import type { ConformanceCase } from '../verifier/case.js';
import type { Conversation } from '../verifier/conversation.js';
import { NotApplicable, type Tester } from '../verifier/tester.js';
import { sameBytes, text } from './expectations.js';
import { judgeReaction, watchReaction } from './reactions.js';

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

/** The server does not take the bytes for the frame that they would be if it unmasked in another way. */
async function expectNotRead(
  tester: Tester,
  conversation: Conversation,
  payload: Uint8Array,
  what: string,
): Promise<void> {
  const watched = await watchReaction(conversation);
  const carried = [...watched.messages.map((message) => message.bytes), watched.pong ?? noBytes];
  if (!carried.some((body) => sameBytes(body, payload))) {
    judgeReaction(tester, watched, what);
    return;
  }
  tester.broken('draft-06/4.2/mask-whole-frame', {
    code: 'wrong-unmasking',
    observed: `the server understood ${what}`,
    allowed: 'four bytes of masking key, then the whole frame masked from its first header byte on',
  });
}

/**
 * Bytes that are not masked as draft-06 wants. There is no bit that says whether a frame is masked: a server takes the
 * first four bytes for the key, and each of these then begins with reserved bits that are set and a short length.
 */
const misread: readonly {
  readonly name: string;
  readonly what: string;
  readonly wire: (payload: Uint8Array) => Uint8Array;
}[] = [
  { name: 'clear-text', what: 'a text frame in the clear', wire: (payload) => layOutFrame(frameOf('text', payload)) },
  { name: 'clear-ping', what: 'a Ping in the clear', wire: (payload) => layOutFrame(frameOf('ping', payload)) },
  {
    name: 'clear-header',
    what: 'a text frame of which only the payload is masked, behind the key',
    wire: (payload) => withClearHeader(payload, (header, key) => [...key, ...header]),
  },
  {
    name: 'mask-bit',
    what: 'a text frame with the first bit of its second byte set, then the key, then the masked payload',
    wire: (payload) => withClearHeader(payload, ([first = 0, second = 0], key) => [first, second | 0x80, ...key]),
  },
  {
    name: 'rfc-6455',
    what: 'a text frame as RFC 6455 has it',
    wire: (payload) => withClearHeader(payload, ([, second = 0], key) => [0x81, second | 0x80, ...key]),
  },
];

/** A key that turns each of the misread headers into one with reserved bits. */
const misleadingKey = bytes(0x37, 0x5a, 0x21, 0x3d);

/**
 * The bytes, and behind them zeros up to the end of the frame that they announce when they are unmasked: a server may
 * look at a frame once it is whole, and before that it has met nothing that it does not understand.
 */
function upToAnnouncedEnd(wire: Uint8Array): Uint8Array {
  const header = mask(wire.subarray(0, 4), wire.subarray(4, 6));
  const announced = 4 + 2 + ((header[1] ?? 0) & 0x7f);
  return concatBytes([wire, new Uint8Array(Math.max(0, announced - wire.length))]);
}

function withClearHeader(
  payload: Uint8Array,
  start: (header: Uint8Array, key: Uint8Array) => readonly number[],
): Uint8Array {
  const header = layOutFrame(frameOf('text', payload)).subarray(0, 2);
  return bytes(...start(header, misleadingKey), ...mask(misleadingKey, payload));
}

/** These bytes break a rule only where frames are masked as usual, and a reserved bit is never passed over. */
function assertMisread(tester: Tester): void {
  const { maskedPart = 'whole-frame', firstMaskedOctet = 'zero', reservedBits = 'refuse' } = tester.target.chosen ?? {};
  if (maskedPart !== 'whole-frame' || firstMaskedOctet !== 'zero' || reservedBits !== 'refuse') {
    throw new NotApplicable(
      'the bytes need not break a rule under the reading R-417, R-425 or R-427 that was asked for',
    );
  }
}

/** Bytes that are not masked as the text says (draft-06 section 4.2). */
export const misreadCases: readonly ConformanceCase[] = misread.map(({ name, what, wire }): ConformanceCase => ({
  id: `masking/${name}`,
  title: `The tester sends ${what}`,
  clauses: ['draft-06/4.2/mask-whole-frame', 'draft-06/9/disconnect-on-bad-data'],
  requirement:
    'Unmasked as the text says, the bytes are no frame: the server must not understand them, and should disconnect.',
  run: async (tester) => {
    assertMisread(tester);
    const conversation = await tester.establish();
    const payload = text('Hello');
    conversation.sendBytes(upToAnnouncedEnd(wire(payload)), what);
    await expectNotRead(tester, conversation, payload, what);
  },
}));
