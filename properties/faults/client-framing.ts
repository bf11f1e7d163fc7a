import { concatBytes } from '../../model/bytes.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import { mask } from '../../model/masking.js';
import { encodeUtf8, utf8Text } from '../../model/utf8.js';
import type { ClauseId } from '../../spec/clauses.js';
import { opcodes } from '../../spec/wire.js';
import { echoingClient, memoryClient } from '../drivers/memory-client.js';
import type { ClientPeer } from '../verifier/line.js';
import { alteredClient, dataKinds, deafTo, everyKind, laidOut, reading, sending } from './altered-client-frames.js';
import { clientFault, type ClientFault } from './fault.js';

/** The clear bytes of each data frame, changed before they are masked. */
const rewriting = (change: (clear: Uint8Array) => Uint8Array): (() => ClientPeer) =>
  laidOut(dataKinds, (frame, key) => concatBytes([key, mask(key, change(layOutFrame(frame)))]));

/** A message in two fragments, with something else about them. */
const inTwo = (change: (first: Frame, second: Frame) => readonly Frame[]): (() => ClientPeer) =>
  sending(['text', 'binary'], (frame) => {
    const { applicationData } = frame;
    const half = applicationData.length >> 1;
    const first = { ...frame, fin: false, applicationData: applicationData.subarray(0, half) };
    return change(first, frameOf('continuation', applicationData.subarray(half)));
  });

/** An application that sends back something else for a text message. */
const echoingText = (change: (bytes: Uint8Array) => Uint8Array) => (): ClientPeer =>
  memoryClient((effect) =>
    effect.type === 'message' && effect.message.kind === 'text'
      ? [{ type: 'local.send', kind: 'text', data: change(effect.message.bytes) }]
      : echoingClient(effect),
  );

const isData = ({ opcode }: Frame): boolean => opcode >= opcodes.text || opcode === opcodes.continuation;

type Row = readonly [name: string, clause: ClauseId, says: string, client: () => ClientPeer];

const reserved: readonly Row[] = (['rsv1', 'rsv2', 'rsv3', 'rsv4'] as const).map((bit): Row => [
  bit,
  `draft-06/4.3/frame-${bit}`,
  `Sets ${bit.toUpperCase()} on its messages.`,
  sending(['text', 'binary'], (frame) => [{ ...frame, [bit]: true }]),
]);

const layout: readonly Row[] = [
  [
    'opcode-6',
    'draft-06/4.3/opcode-6-15-reserved',
    'Sends text with opcode 6.',
    sending(['text'], (frame) => [{ ...frame, opcode: 6 }]),
  ],
  [
    'text-as-binary',
    'draft-06/4.3/opcode-4-text',
    'Sends text as binary.',
    sending(['text'], (frame) => [{ ...frame, opcode: opcodes.binary }]),
  ],
  [
    'binary-as-text',
    'draft-06/4.3/opcode-5-binary',
    'Sends binary as text.',
    sending(['binary'], (frame) => [{ ...frame, opcode: opcodes.text }]),
  ],
  [
    'length-low-octet-first',
    'draft-06/4.3/length-16',
    'Writes lengths of 16 bits with the low octet first.',
    rewriting((clear) => {
      const [first = 0, marker = 0, high = 0, low = 0] = clear;
      return marker === 126 ? concatBytes([Uint8Array.of(first, marker, low, high), clear.subarray(4)]) : clear;
    }),
  ],
  [
    'long-frames-unread',
    'draft-06/4.3/length-63',
    'Does not read frames of more than 65535 bytes.',
    deafTo(({ applicationData }) => applicationData.length > 0xffff),
  ],
  [
    'length-counts-the-key',
    'draft-06/4.3/payload-length-is-sum',
    'Counts the masking key in the length.',
    rewriting((clear) => clear.map((byte, at) => (at === 1 && byte <= 121 ? byte + 4 : byte))),
  ],
  [
    'early-fin',
    'draft-06/4.3/frame-fin-0',
    'Sets FIN on every fragment.',
    inTwo((first, second) => [{ ...first, fin: true }, second]),
  ],
  [
    'no-fin',
    'draft-06/4.3/frame-fin-1',
    'Never sets FIN.',
    sending(['text', 'binary'], (frame) => [{ ...frame, fin: false }]),
  ],
  [
    'no-continuation',
    'draft-06/4.3/opcode-0-continuation',
    'Sends every fragment with the opcode of the first.',
    inTwo((first, second) => [first, { ...second, opcode: first.opcode }]),
  ],
  [
    'extension-data',
    'draft-06/4.3/no-extension-data',
    'Puts a byte in front of its data.',
    sending(['text', 'binary'], (frame) => [{ ...frame, extensionData: Uint8Array.of(0x20) }]),
  ],
  [
    'extension-unnegotiated',
    'draft-06/4.3/extension-negotiated',
    'Announces extension data by RSV1, and puts an octet of it in front of the data.',
    sending(['text', 'binary'], (frame) => [{ ...frame, rsv1: true, extensionData: Uint8Array.of(0x20) }]),
  ],
  [
    'offer-is-use',
    'draft-06/8.1/client-only-offers',
    'Sets RSV1 on all its frames once it has offered an extension.',
    sending(everyKind, (frame) => [{ ...frame, rsv1: true }]),
  ],
  [
    'length-with-high-bit',
    'draft-06/4.3/length-high-bit-zero',
    'Sets the highest bit of long lengths.',
    rewriting((clear) => clear.map((byte, at) => (at === 2 && clear[1] === 127 ? byte | 0x80 : byte))),
  ],
  [
    'high-bits-lost',
    'draft-06/4.3/application-data-arbitrary',
    'Sends seven bits of each octet.',
    sending(['binary'], (frame) => [{ ...frame, applicationData: frame.applicationData.map((byte) => byte & 0x7f) }]),
  ],
];

const messages: readonly Row[] = [
  [
    'fragments-unread',
    'draft-06/4.4/receive-both',
    'Reads only messages of one frame.',
    deafTo((frame) => isData(frame) && (!frame.fin || frame.opcode === opcodes.continuation)),
  ],
  [
    'each-fragment-a-message',
    'draft-06/4.4/content-is-concatenation',
    'Takes each fragment for a message.',
    reading((frame) =>
      isData(frame) ? [{ ...frame, fin: true, opcode: frame.opcode === 0 ? opcodes.text : frame.opcode }] : [frame],
    ),
  ],
  [
    'empty-fragments-unread',
    'draft-06/4.4/receive-both',
    'Drops frames without payload.',
    deafTo((frame) => isData(frame) && frame.applicationData.length === 0),
  ],
  [
    'tenth-fragment-lost',
    'draft-06/4.4/receive-both',
    'Loses the tenth fragment of a message.',
    alteredClient(() => {
      let count = 0;
      const isLost = (frame: Frame): boolean => {
        if (!isData(frame)) return false;
        count = frame.opcode === opcodes.continuation ? count + 1 : 1;
        return count === 10 && !frame.fin;
      };
      return { reads: (frames) => frames.filter((frame) => !isLost(frame)) };
    }),
  ],
  [
    'first-frame-of-a-chunk',
    'draft-06/4.4/receive-both',
    'Reads one frame of each chunk.',
    alteredClient(() => ({ reads: (frames) => frames.slice(0, 1) })),
  ],
  [
    'whole-chunks-only',
    'draft-06/4.4/receive-both',
    'Throws away a frame that does not come in one chunk.',
    alteredClient(() => ({ takes: (chunk) => (isWhole(chunk) ? chunk : new Uint8Array(0)) })),
  ],
  [
    'deaf-when-pinged',
    'draft-06/4.1/data-while-open',
    'Reads no message after the first Ping.',
    alteredClient(() => {
      let isPinged = false;
      return {
        reads: (frames) =>
          frames.filter((frame) => {
            isPinged ||= frame.opcode === opcodes.ping;
            return !isPinged || !isData(frame);
          }),
      };
    }),
  ],
  [
    'bad-text-kept',
    'draft-06/6.1/client-replaces',
    'Keeps text that is not valid as it is.',
    echoingText((bytes) => bytes),
  ],
  [
    'bad-bytes-dropped',
    'draft-06/6.1/client-replaces',
    'Leaves bad bytes out.',
    echoingText((bytes) => encodeUtf8(utf8Text(bytes).replaceAll('\ufffd', ''))),
  ],
  [
    'bad-text-as-question-marks',
    'draft-06/6.1/client-replaces',
    'Reads bad bytes as question marks.',
    echoingText((bytes) => encodeUtf8(utf8Text(bytes).replaceAll('\ufffd', '?'))),
  ],
  [
    'bad-text-closes',
    'draft-06/6.1/client-replaces',
    'Closes over text that is not valid.',
    () => memoryClient(undefined, { readings: { clientUtf8: 'yes' } }),
  ],
  [
    'latin-1',
    'draft-06/4.6/text-is-utf-8',
    'Sends text in Latin-1.',
    echoingText((bytes) =>
      Uint8Array.from(utf8Text(bytes), (character) => Math.min(character.codePointAt(0) ?? 0, 0xff)),
    ),
  ],
  [
    'text-by-fragments',
    'draft-06/4.4/content-is-concatenation',
    'Reads the text of each fragment by itself.',
    reading((frame) =>
      isData(frame) && frame.opcode !== opcodes.binary
        ? [{ ...frame, applicationData: encodeUtf8(utf8Text(frame.applicationData)) }]
        : [frame],
    ),
  ],
];

/** Whether a chunk is one short frame or several, and no part of one. */
function isWhole(chunk: Uint8Array): boolean {
  let at = 0;
  while (at + 1 < chunk.length && (chunk[at + 1] ?? 0) < 126) at += 2 + (chunk[at + 1] ?? 0);
  return at === chunk.length || (chunk[at + 1] ?? 0) >= 126;
}

/** Sections 4.1, 4.3, 4.4, 4.6 and 6.1: frames and messages. */
export const clientFramingFaults: readonly ClientFault[] = [...reserved, ...layout, ...messages].map(
  ([name, clause, says, client]) => clientFault(`client-framing/${name}`, clause, says, client),
);
