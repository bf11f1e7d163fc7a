import { concatBytes, noBytes } from '../../model/bytes.js';
import { type Frame, frameOf, isControl } from '../../model/frame.js';
import { mask } from '../../model/masking.js';
import { encodeUtf8, utf8Text } from '../../model/utf8.js';
import type { ClauseId } from '../../spec/clauses.js';
import { opcodes } from '../../spec/wire.js';
import { laidOut, plainServer } from '../conformance/altered-server.js';
import type { Peer } from '../verifier/line.js';
import { PeerUnreachable } from '../verifier/line.js';
import { altered, remembering, type ServerFault, serverFault } from './fault.js';

/** The frames of the client, some of them lost or changed. */
const reading = (change: (frame: Frame) => readonly Frame[]) => altered({ reads: (frames) => frames.flatMap(change) });

/** The data frames that a server sends, changed. */
const sending = (change: (frame: Frame) => readonly (Frame | Uint8Array)[]) =>
  altered({
    sends: (frame) =>
      isControl(frame.opcode)
        ? [laidOut(frame)]
        : change(frame).map((made) => (made instanceof Uint8Array ? made : laidOut(made))),
  });

/** Messages as they are echoed, with the last byte changed where they are of these lengths. */
const spoiling = (isSpoilt: (length: number) => boolean) =>
  sending((frame) => {
    const { applicationData } = frame;
    if (!isSpoilt(applicationData.length)) return [frame];
    const changed = applicationData.slice();
    changed[changed.length - 1] = 0x21;
    return [{ ...frame, applicationData: changed }];
  });

/** A message in two fragments, with something else about them. */
const inTwo = (change: (first: Frame, second: Frame) => readonly Frame[]) =>
  sending((frame) => {
    const { applicationData } = frame;
    const half = applicationData.length >> 1;
    const first = { ...frame, fin: false, applicationData: applicationData.subarray(0, half) };
    return change(first, frameOf('continuation', applicationData.subarray(half)));
  });

/** Counts the messages of a connection, and loses some. */
const losing = (isLost: (count: number) => boolean) =>
  remembering(() => {
    let count = 0;
    return { reads: (frames) => frames.filter(({ opcode }) => isControl(opcode) || !isLost(++count)) };
  });

/** The key of a chunk, and a chunk in the clear behind it as if masked by that. */
const anyKey = Uint8Array.of(9, 8, 7, 6);
const unmaskPayload = (chunk: Uint8Array): Uint8Array => {
  if (chunk.length < 6) return chunk;
  const key = chunk.slice(0, 4);
  return concatBytes([key, mask(key, concatBytes([chunk.subarray(4, 6), mask(key, chunk.subarray(6))]))]);
};

/** Clears the reserved bits of the first header byte. */
function withoutReservedBits(chunk: Uint8Array): Uint8Array {
  if (chunk.length < 6) return chunk;
  const changed = chunk.slice();
  const [first = 0, , , , fifth = 0] = chunk;
  changed[4] = ((fifth ^ first) & 0x8f) ^ first;
  return changed;
}

/** Serves nobody once a frame has been announced that is longer than anything. */
function fallsOver(): Peer {
  const peer = plainServer();
  let isDown = false;
  return {
    connect: async () => {
      if (isDown) throw new PeerUnreachable('connection refused');
      const line = await peer.connect();
      let isOpen = false;
      return {
        ...line,
        send: (bytes) => {
          const clear = bytes.length < 7 ? noBytes : mask(bytes.slice(0, 4), bytes.subarray(4));
          isDown ||= isOpen && (clear[1] ?? 0) === 0x7f && (clear[2] ?? 0) >= 0x40;
          isOpen = true;
          line.send(bytes);
        },
      };
    },
  };
}

type Row = readonly [name: string, clause: ClauseId, says: string, peer: () => Peer];

const masking: readonly Row[] = [
  [
    'frames-masked',
    'draft-06/4.1/server-frames-clear',
    'Masks its frames.',
    altered({ sends: (frame) => [laidOut(frame, { maskingKey: Uint8Array.of(0x5a, 1, 2, 3) })] }),
  ],
  [
    'frames-masked-by-zero',
    'draft-06/4.1/server-frames-clear',
    'Puts a key of zeros in front of its frames.',
    altered({ sends: (frame) => [laidOut(frame, { maskingKey: new Uint8Array(4) })] }),
  ],
  [
    'header-not-unmasked',
    'draft-06/4.2/mask-whole-frame',
    'Unmasks the payload only.',
    altered({ takes: unmaskPayload }),
  ],
  [
    'not-unmasked',
    'draft-06/4.2/mask-whole-frame',
    'Does not unmask.',
    altered({ takes: (chunk) => (chunk.length === 0 ? chunk : concatBytes([anyKey, mask(anyKey, chunk)])) }),
  ],
];

const frames: readonly Row[] = [
  [
    'length-with-high-bit',
    'draft-06/4.3/length-high-bit-zero',
    'Sets the highest bit of long lengths.',
    sending((frame) => {
      const bytes = laidOut(frame);
      if (bytes[1] === 0x7f) bytes[2] = 0x80;
      return [bytes];
    }),
  ],
  [
    'opcode-repeated',
    'draft-06/4.4/fragmented',
    'Sends every fragment with the opcode of the first.',
    inTwo((first, second) => [first, { ...second, opcode: first.opcode }]),
  ],
  [
    'type-changed',
    'draft-06/4.4/one-type',
    'Gives the second fragment of a message another type.',
    inTwo((first, second) => [first, { ...second, opcode: first.opcode ^ 1 }]),
  ],
  [
    'early-fin',
    'draft-06/4.4/fragmented',
    'Sets FIN on every fragment.',
    inTwo((first, second) => [{ ...first, fin: true }, second]),
  ],
  [
    'reserved-bit-when-fragmented',
    'draft-06/4.1/reserved-bits-zero',
    'Sets RSV1 on the first of several fragments.',
    inTwo((first, second) => [{ ...first, rsv1: true }, second]),
  ],
  [
    'opcode-15-for-long',
    'draft-06/4.1/reserved-opcodes-unused',
    'Sends messages above 1000 bytes with opcode 15.',
    sending((frame) => [frame.applicationData.length > 1000 ? { ...frame, opcode: 15 } : frame]),
  ],
  [
    'length-125-spoilt',
    'draft-06/4.3/length-7',
    'Changes the last byte of messages of 125 bytes.',
    spoiling((length) => length === 125),
  ],
  [
    'length-126-spoilt',
    'draft-06/4.3/length-16',
    'Changes the last byte of messages of 126 bytes.',
    spoiling((length) => length === 126),
  ],
  [
    'length-65535-spoilt',
    'draft-06/4.3/length-16',
    'Changes the last byte of messages of 65535 bytes.',
    spoiling((length) => length === 65_535),
  ],
  [
    'length-65536-spoilt',
    'draft-06/4.3/length-63',
    'Changes the last byte of messages of 65536 bytes.',
    spoiling((length) => length === 65_536),
  ],
  [
    'megabyte-spoilt',
    'draft-06/4.3/length-63',
    'Changes the last byte of messages of a megabyte.',
    spoiling((length) => length >= 1_000_000),
  ],
  [
    'long-frames-unread',
    'draft-06/4.3/length-63',
    'Does not read frames of more than 65535 bytes.',
    reading((frame) => (frame.applicationData.length > 0xffff ? [] : [frame])),
  ],
  [
    'text-cut',
    'draft-06/4.3/application-data-rest',
    'Cuts the first byte off its texts.',
    sending((frame) => [
      frame.opcode === opcodes.text ? { ...frame, applicationData: frame.applicationData.subarray(1) } : frame,
    ]),
  ],
  [
    'text-as-binary',
    'draft-06/4.3/opcode',
    'Sends text as binary.',
    sending((frame) => [frame.opcode === opcodes.text ? { ...frame, opcode: opcodes.binary } : frame]),
  ],
];

const messages: readonly Row[] = [
  [
    'fragments-unread',
    'draft-06/4.4/receive-both',
    'Reads only messages of one frame.',
    reading((frame) =>
      !isControl(frame.opcode) && (!frame.fin || frame.opcode === opcodes.continuation) ? [] : [frame],
    ),
  ],
  [
    'empty-fragments-unread',
    'draft-06/4.4/receive-both',
    'Drops frames without payload.',
    reading((frame) => (!isControl(frame.opcode) && frame.applicationData.length === 0 ? [] : [frame])),
  ],
  [
    'tenth-fragment-lost',
    'draft-06/4.4/receive-both',
    'Loses the tenth fragment of a message.',
    remembering(() => {
      let count = 0;
      const isLost = ({ opcode, fin }: Frame): boolean => {
        if (isControl(opcode)) return false;
        count = opcode === opcodes.continuation ? count + 1 : 1;
        return count === 10 && !fin;
      };
      return { reads: (all) => all.filter((frame) => !isLost(frame)) };
    }),
  ],
  [
    'first-frame-of-a-chunk',
    'draft-06/4.4/receive-both',
    'Reads one frame of each chunk.',
    altered({ reads: (all) => all.slice(0, 1) }),
  ],
  [
    'whole-chunks-only',
    'draft-06/4.4/receive-both',
    'Throws away pieces that are shorter than a header.',
    altered({ takes: (chunk) => (chunk.length < 6 ? noBytes : chunk) }),
  ],
  [
    'hundredth-lost',
    'draft-06/4.4/receive-both',
    'Loses the hundredth message of a connection.',
    losing((count) => count === 100),
  ],
  [
    'text-by-fragments',
    'draft-06/4.4/content-is-concatenation',
    'Reads the text of each fragment by itself.',
    reading((frame) => [
      isControl(frame.opcode) || frame.opcode === opcodes.binary
        ? frame
        : { ...frame, applicationData: encodeUtf8(utf8Text(frame.applicationData)) },
    ]),
  ],
  [
    'text-not-utf-8',
    'draft-06/4.6/text-is-utf-8',
    'Sends texts that are no UTF-8.',
    sending((frame) => [frame.opcode === opcodes.text ? { ...frame, applicationData: Uint8Array.of(0xff) } : frame]),
  ],
  [
    'binary-read-as-text',
    'draft-06/4.6/binary-is-opaque',
    'Reads binary messages as text.',
    reading((frame) => [
      frame.opcode === opcodes.binary
        ? { ...frame, applicationData: encodeUtf8(utf8Text(frame.applicationData)) }
        : frame,
    ]),
  ],
  [
    'reserved-bits-cleared',
    'draft-06/9/disconnect-on-bad-data',
    'Clears reserved bits and goes on; what else is wrong it refuses.',
    altered({ takes: withoutReservedBits }),
  ],
  [
    'falls-over',
    'draft-06/9/input-not-trusted',
    'Serves nobody any more when a frame of 2 to the power of 62 bytes was announced.',
    fallsOver,
  ],
];

/** Sections 4.1 to 4.6: masking, lengths and messages, as a server reads and sends them. */
export const messageFaults: readonly ServerFault[] = [...masking, ...frames, ...messages].map(
  ([name, clause, says, peer]) => serverFault(`messages/${name}`, clause, says, peer),
);
