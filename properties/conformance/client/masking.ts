import { concatBytes } from '../../../model/bytes.js';
import { hexOf } from '../../../model/explain.js';
import { type Frame, frameOf } from '../../../model/frame.js';
import { layOutFrame } from '../../../model/frame-encoder.js';
import type { ClauseId } from '../../../spec/clauses.js';
import type { ClientCase } from '../../verifier/case.js';
import type { ClientTester } from '../../verifier/client-tester.js';
import type { ClientConversation } from '../../verifier/conversation.js';
import { echoCase, letters } from '../echo-case.js';
import { expectPong, isFrameOf, messageFrames, sameBytes, text, until } from '../expectations.js';
import { grammarOpcodes, isMarked, type RawFrame, readRawFrames } from '../raw-frames.js';
import { describeWatched, watchReaction } from '../reactions.js';
import { isFrameWith, maskFaultOf } from './mask-diagnosis.js';

const layoutClauses = [
  'draft-06/4.2/client-masks-all-frames',
  'draft-06/4.1/client-frames-masked',
  'draft-06/9/client-messages-masked',
  'draft-06/4.2/mask-whole-frame',
  'draft-06/4.2/masked-data',
  'draft-06/4.2/key-first',
  'draft-06/4.2/masked-frame',
  'draft-06/4.2/key-inside-frame',
  'draft-06/4.2/key-32-bits',
  'draft-06/4.2/masking-key',
] as const;

const octetClauses = [
  'draft-06/4.2/octet-by-octet',
  'draft-06/4.2/key-octet-index',
  'draft-06/4.2/masked-octet',
  'draft-06/4.2/full-octet',
] as const;

/** Readings that change the bytes of a masked frame: where the user asked for one, the second reader knows nothing. */
const asksForOtherMask = ({ target: { chosen = {} } }: ClientTester): boolean =>
  (chosen.maskedPart ?? 'whole-frame') !== 'whole-frame' || (chosen.firstMaskedOctet ?? 'zero') !== 'zero';

/**
 * Among what the client has sent is this frame, masked as section 4.2 has it; or else it is said in what way it is not.
 */
function expectMasked(
  tester: ClientTester,
  conversation: ClientConversation,
  what: string,
  isExpected: (frame: RawFrame) => boolean,
): void {
  const bytes = conversation.firstBytes();
  if (bytes.length === 0 || asksForOtherMask(tester)) return;
  if (readRawFrames(bytes, 'client').some(isExpected)) return;
  const fault = maskFaultOf(bytes, isExpected);
  if (fault === undefined) return;
  for (const clause of fault.clauses) {
    tester.broken(clause, {
      code: fault.code,
      observed: `${what} was ${fault.says}: ${hexOf(bytes.subarray(0, 16))}`,
      allowed: 'four octets of masking key, then the whole frame masked from its first octet on',
    });
  }
}

/** A Ping, whose Pong is a frame of which every octet is known but for the key. */
function pongCase(
  name: string,
  title: string,
  body: Uint8Array,
  clauses: readonly [ClauseId, ...ClauseId[]],
): ClientCase {
  return {
    id: `client-masking/${name}`,
    title,
    clauses,
    requirement: 'A Pong comes whose octets, combined with the key in front of them, are those of the clear frame.',
    run: async (tester) => {
      const conversation = await tester.establish();
      conversation.sendFrame(frameOf('ping', body));
      const event = await until(conversation, (candidate) => isFrameOf(candidate, grammarOpcodes.pong));
      expectMasked(tester, conversation, 'a Pong', isFrameWith(grammarOpcodes.pong, body));
      if (event.type !== 'frame') await expectPong(tester, conversation, body);
    },
  };
}

const pongCases: readonly ClientCase[] = [
  pongCase('pong', 'A Pong is masked, with its key in front', text('mask this, please'), layoutClauses),
  pongCase('empty-pong', 'A Pong without a body is masked, which is two octets of header', text(''), layoutClauses),
  pongCase(
    'longest-pong',
    'Each octet of a Pong of 125 bytes is masked with the octet of the key that is its turn',
    letters(125),
    octetClauses,
  ),
  pongCase('zeros', 'A Pong of zeros, which shows the key again and again', new Uint8Array(40), octetClauses),
  ...[1, 2, 3, 4, 5].map((length) =>
    pongCase(`pong-of-${length}`, `A Pong of ${length} bytes`, letters(length), [
      ...octetClauses,
      'draft-06/4.2/mask-whole-frame',
    ]),
  ),
];

/** Everything that a client is asked to send, one after the other. */
const everyKind: ClientCase = {
  id: 'client-masking/every-kind',
  title: 'Text, binary, Pong and Close of a client are all masked',
  clauses: layoutClauses,
  requirement: 'From the first octet to the last the client sends masked frames, and nothing else.',
  needs: ['echo of text', 'echo of binary'],
  run: async (tester) => {
    const conversation = await tester.establish();
    const pairs = [
      [frameOf('text', text('text')), grammarOpcodes.text],
      [frameOf('ping', text('ping')), grammarOpcodes.pong],
      [frameOf('binary', letters(3)), grammarOpcodes.binary],
      [frameOf('close'), grammarOpcodes.close],
    ] as const;
    for (const [frame, answer] of pairs) {
      conversation.sendFrame(frame);
      const event = await until(conversation, (candidate) => isFrameOf(candidate, answer));
      if (event.type !== 'frame') break;
    }
    expectMasked(tester, conversation, 'the first frame', ({ opcode }) => opcode <= grammarOpcodes.binary);
    const bytes = conversation.firstBytes();
    const frames = readRawFrames(bytes, 'client');
    // A frame that carries what was sent is masked as it should be, whatever else is wrong with it.
    const isUnmasked = ({ payload }: RawFrame): boolean =>
      pairs.some(([{ applicationData: sent }]) => sent.length > 0 && sameBytes(payload.subarray(-sent.length), sent));
    const broken = frames.find((frame) => isMarked(frame) && !isUnmasked(frame));
    const [first] = frames;
    if (first?.key === undefined || broken === undefined || asksForOtherMask(tester)) return;
    const withFirstKey = concatBytes([first.key, bytes.subarray(broken.at)]);
    const [kept] = readRawFrames(withFirstKey, 'client');
    const isKept = kept?.isComplete === true && kept.fin && kept.opcode <= grammarOpcodes.binary && !kept.rsv1;
    tester.broken(isKept ? 'draft-06/4.2/key-inside-frame' : 'draft-06/4.2/client-masks-all-frames', {
      code: isKept ? 'key-kept' : 'no-masked-frame',
      observed: isKept
        ? `the frame at byte ${broken.at} has no key of its own: it is masked with that of the first`
        : `at byte ${broken.at} what the client sent is no masked frame: unmasked it begins ${hexOf(broken.head)}`,
      allowed: 'one masked frame behind the other, each with its key',
    });
  },
};

/** The answer to a Close. Its body is free, so that only its opcode is known. */
const maskedClose: ClientCase = {
  id: 'client-masking/close',
  title: 'The Close of a client is masked',
  clauses: layoutClauses,
  requirement: 'The Close in response, the last frame of the client, is masked like every other.',
  run: async (tester) => {
    const conversation = await tester.establish();
    conversation.sendFrame(frameOf('close', Uint8Array.of(0x03, 0xe8)));
    await until(conversation, (event) => isFrameOf(event, grammarOpcodes.close));
    expectMasked(tester, conversation, 'a Close', ({ opcode }) => opcode === grammarOpcodes.close);
  },
};

/** Lengths in each form, so that the mask goes on over headers of every length. */
const echoes: readonly ClientCase[] = [2, 20, 200, 66_000].map((length) => ({
  ...echoCase({
    id: `client-masking/echo-of-${length}`,
    title: `The echo of a binary message of ${length} bytes, unmasked with the keys that come with it`,
    clauses: octetClauses,
    kind: 'binary',
    payload: (randomness) => randomness.bytes(length),
  }),
}));

/** Frames of a server are not masked: a client has no key to unmask them with. */
const masked: readonly { readonly name: string; readonly frame: Frame }[] = [
  { name: 'ping', frame: frameOf('ping', text('masked')) },
  { name: 'text', frame: frameOf('text', text('masked')) },
];

const maskedFrames = masked.map(({ name, frame }): ClientCase => ({
  id: `client-masking/masked-${name}-from-server`,
  title: `The tester masks a ${name} frame, which no server may`,
  clauses: ['draft-06/4.1/server-frames-clear', 'draft-06/7.1.4/fail-is-close'],
  requirement: 'Nothing: the text does not say what a client does about it (reading R-434). What it does is noted.',
  run: async (tester) => {
    const conversation = await tester.establish();
    // With this key the frame begins like one with reserved bits.
    const maskingKey = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
    conversation.sendBytes(layOutFrame(frame, { maskingKey }), `a masked ${name} frame`);
    const watched = await watchReaction(conversation);
    const carried = [...watched.messages.map(({ bytes }) => bytes), watched.pong ?? new Uint8Array(0)];
    const isRead = carried.some((bytes) => sameBytes(bytes, frame.applicationData));
    const code = isRead ? 'R-434-description' : 'R-434-demand';
    // To give up, or to take the bytes for what they are in the clear, is what is expected.
    if (!isRead && watched.reaction !== 'silent') return;
    const observed = `${describeWatched(watched)} after a masked ${name} frame`;
    tester.note('draft-06/4.1/server-frames-clear', code, isRead ? `${observed}, which it unmasked` : observed);
  },
}));

const echoMasked: ClientCase = {
  id: 'client-masking/echo-masked',
  title: 'The frames of a client are masked',
  clauses: layoutClauses,
  requirement: 'A message that comes back from the client comes in masked frames.',
  needs: ['echo of text'],
  run: async (tester) => {
    const conversation = await tester.establish();
    const payload = letters(20);
    for (const frame of messageFrames('text', payload)) conversation.sendFrame(frame);
    await until(conversation, (event) => event.type === 'frame' && event.message !== undefined);
    // A client may fragment its echo: then its first fragment is a part of it.
    expectMasked(tester, conversation, 'an echo', ({ opcode, payload: part }) => {
      const isData = opcode === grammarOpcodes.text || opcode === grammarOpcodes.continuation;
      return isData && part.length > 0 && sameBytes(part, payload.subarray(0, part.length));
    });
  },
};

/** Section 4.2: how a client masks its frames. */
export const clientMaskingCases: readonly ClientCase[] = [
  echoMasked,
  ...pongCases,
  maskedClose,
  everyKind,
  ...echoes,
  ...maskedFrames,
];
