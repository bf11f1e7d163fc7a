import { concatBytes, latin1FromBytes } from '../../model/bytes.js';
import { type Frame, frameOf, isControl } from '../../model/frame.js';
import { opcodes } from '../../spec/wire.js';
import { alteredLine } from '../conformance/altered-line.js';
import { laidOut, plainServer } from '../conformance/altered-server.js';
import type { Peer } from '../verifier/line.js';
import { altered, type ServerFault, serverFault } from './fault.js';

/** What becomes of the data frames that a server sends; control frames stay. */
const data = (change: (frame: Frame) => readonly Uint8Array[]) =>
  altered({ sends: (frame) => (isControl(frame.opcode) ? [laidOut(frame)] : change(frame)) });

const bit = (name: 'rsv1' | 'rsv2' | 'rsv3' | 'rsv4') =>
  altered({ sends: (frame) => [laidOut({ ...frame, [name]: true })] });

/** The frames of the client, changed before they are read. */
const reading = (change: (frame: Frame) => Frame) => altered({ reads: (frames) => frames.map(change) });

const swapped = (one: number, other: number) => (frame: Frame) => {
  if (frame.opcode === one) return { ...frame, opcode: other };
  return frame.opcode === other ? { ...frame, opcode: one } : frame;
};

/** Writes a frame with the length field of another length. */
function withLength(frame: Frame, length: number): Uint8Array {
  const right = laidOut(frame);
  const other = laidOut({ ...frame, applicationData: new Uint8Array(length) });
  return concatBytes([
    other.subarray(0, other.length - length),
    right.subarray(right.length - frame.applicationData.length),
  ]);
}

/** A length of 16 bits with its low octet first. */
function lowOctetFirst(frame: Frame): Uint8Array {
  const bytes = laidOut(frame);
  if (bytes[1] === 0x7e) bytes.set([bytes[3] ?? 0, bytes[2] ?? 0], 2);
  return bytes;
}

/** Uses an extension of its own with every client that offers any, and accepts none. */
const usingOffers = (): Peer => ({
  connect: async () => {
    let hasOffers = false;
    const sends = (frame: Frame): readonly Uint8Array[] => [laidOut(hasOffers ? { ...frame, rsv1: true } : frame)];
    const line = alteredLine(await plainServer().connect(), { sends }, 'server');
    return {
      ...line,
      send: (bytes) => {
        hasOffers ||= latin1FromBytes(bytes).includes('\r\nSec-WebSocket-Extensions:');
        line.send(bytes);
      },
    };
  },
});

/** Sections 4.1, 4.3, 4.4, 4.6 and 4.8: frames that are not what the grammar says. */
export const framingFaults: readonly ServerFault[] = [
  serverFault(
    'framing/lines',
    'draft-06/4.1/sequence-of-frames',
    'Sends lines of text and no frames.',
    data((frame) => [concatBytes([frame.applicationData, Uint8Array.of(13, 10)])]),
  ),
  serverFault(
    'framing/length-in-front',
    'draft-06/4.3/ws-frame',
    'Writes the length first and FIN and opcode behind it.',
    data((frame) => {
      const bytes = laidOut(frame);
      return [concatBytes([bytes.subarray(1, 2), bytes.subarray(0, 1), bytes.subarray(2)])];
    }),
  ),
  serverFault(
    'framing/no-fin',
    'draft-06/4.3/frame-fin-1',
    'Never sets FIN.',
    data((frame) => [laidOut({ ...frame, fin: false })]),
  ),
  serverFault(
    'framing/always-fin',
    'draft-06/4.3/frame-fin-0',
    'Takes each fragment for a message.',
    reading((frame) => (isControl(frame.opcode) ? frame : { ...frame, fin: true, opcode: opcodes.text })),
  ),
  serverFault('framing/rsv1', 'draft-06/4.3/frame-rsv1', 'Sets RSV1.', bit('rsv1')),
  serverFault('framing/rsv2', 'draft-06/4.3/frame-rsv2', 'Sets RSV2.', bit('rsv2')),
  serverFault('framing/rsv3', 'draft-06/4.3/frame-rsv3', 'Sets RSV3.', bit('rsv3')),
  serverFault('framing/rsv4', 'draft-06/4.3/frame-rsv4', 'Sets RSV4, as a MASK bit.', bit('rsv4')),
  serverFault(
    'framing/rsv1-of-4.1',
    'draft-06/4.1/reserved-for-expansion',
    'Sets RSV1 for purposes of its own.',
    bit('rsv1'),
  ),
  serverFault(
    'framing/opcode-9',
    'draft-06/4.3/opcode-6-15-reserved',
    'Sends a frame of opcode 9 in front of each message.',
    data((frame) => [laidOut({ ...frameOf('text'), opcode: 9 }), laidOut(frame)]),
  ),
  serverFault(
    'framing/opcode-6',
    'draft-06/4.8/room-for-extensions',
    'Sends data with opcode 6.',
    data((frame) => [laidOut({ ...frame, opcode: 6 })]),
  ),
  serverFault(
    'framing/text-as-1',
    'draft-06/4.3/opcode-4-text',
    'Sends text with the opcode 1 of later versions.',
    data((frame) => [laidOut({ ...frame, opcode: frame.opcode === opcodes.text ? 1 : frame.opcode })]),
  ),
  serverFault(
    'framing/binary-as-text',
    'draft-06/4.3/opcode-5-binary',
    'Sends all data as text.',
    data((frame) => [laidOut({ ...frame, opcode: opcodes.text })]),
  ),
  serverFault(
    'framing/kinds-exchanged',
    'draft-06/4.6/opcode-interprets',
    'Takes text for binary and binary for text.',
    reading(swapped(opcodes.text, opcodes.binary)),
  ),
  serverFault(
    'framing/continuations-lost',
    'draft-06/4.3/opcode-0-continuation',
    'Reads no frame of opcode 0.',
    altered({
      reads: (frames) =>
        frames.flatMap((frame) => (frame.opcode === opcodes.continuation ? [] : [{ ...frame, fin: true }])),
    }),
  ),
  serverFault(
    'framing/type-of-the-last',
    'draft-06/4.4/first-fragment-sets-type',
    'Sends fragmented binary messages as text.',
    altered({
      reads: (frames) =>
        frames.map((frame) =>
          isControl(frame.opcode) || frame.fin ? frame : { ...frame, opcode: frame.opcode && opcodes.text },
        ),
    }),
  ),
  serverFault(
    'framing/seven-bit-data',
    'draft-06/4.3/application-data-arbitrary',
    'Clears the highest bit of each octet of data.',
    data((frame) => [laidOut({ ...frame, applicationData: frame.applicationData.map((byte) => byte & 0x7f) })]),
  ),
  serverFault(
    'framing/extension-data',
    'draft-06/4.3/no-extension-data',
    'Puts two octets of its own in front of the data.',
    data((frame) => [laidOut({ ...frame, extensionData: Uint8Array.of(1, 2) })]),
  ),
  serverFault(
    'framing/extension-data-of-4.1',
    'draft-06/4.1/payload-data',
    'Puts a counter in front of the data.',
    data((frame) => [laidOut({ ...frame, extensionData: Uint8Array.of(0) })]),
  ),
  serverFault(
    'framing/extension-unnegotiated',
    'draft-06/4.3/extension-negotiated',
    'Announces extension data by RSV1, and puts an octet of it in front of the data.',
    data((frame) => [laidOut({ ...frame, rsv1: true, extensionData: Uint8Array.of(0x20) })]),
  ),
  serverFault(
    'framing/offer-is-use',
    'draft-06/10.5/agrees-on-extensions',
    'Sets RSV1 for clients that offer an extension, although its response lists none.',
    usingOffers,
  ),
  serverFault(
    'framing/length-less-one',
    'draft-06/4.3/frame-length-7',
    'Gives short lengths as one less.',
    data((frame) => [withLength(frame, Math.max(0, frame.applicationData.length - 1))]),
  ),
  serverFault(
    'framing/low-octet-first',
    'draft-06/4.3/frame-length-16',
    'Writes 16-bit lengths with the low octet first.',
    data((frame) => [lowOctetFirst(frame)]),
  ),
  serverFault(
    'framing/length-32',
    'draft-06/4.3/frame-length-63',
    'Writes long lengths in four octets.',
    data((frame) => {
      const bytes = laidOut(frame);
      return [bytes[1] === 0x7f ? concatBytes([bytes.subarray(0, 2), bytes.subarray(6)]) : bytes];
    }),
  ),
  serverFault(
    'framing/header-counted',
    'draft-06/4.3/payload-length-is-sum',
    'Counts the two octets of the header, too.',
    data((frame) => [withLength(frame, frame.applicationData.length + 2)]),
  ),
  serverFault(
    'framing/latin-1',
    'draft-06/9/text-in-the-right-encoding',
    'Sends text in ISO 8859-1.',
    data((frame) => {
      if (frame.opcode !== opcodes.text) return [laidOut(frame)];
      const words = Buffer.from(frame.applicationData).toString('utf8');
      return [laidOut({ ...frame, applicationData: new Uint8Array(Buffer.from(words, 'latin1')) })];
    }),
  ),
];
