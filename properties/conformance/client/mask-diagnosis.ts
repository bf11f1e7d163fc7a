import type { ClauseId } from '../../../spec/clauses.js';
import { maskingKeyLength } from '../../../spec/wire.js';
import { sameBytes } from '../expectations.js';
import { type RawFrame, readRawFrames } from '../raw-frames.js';

/*
 * What is wrong with the masking of a frame that cannot be read: the first frame of a client is compared with what it
 * would be if it were masked in some other way that programs are known to have. Nothing here is shared with the model.
 */

/** A way to mask that is not that of section 4.2, and the clauses that it breaks. */
export interface MaskFault {
  readonly code: string;
  /** What the client did, as the end of a sentence. */
  readonly says: string;
  readonly clauses: readonly ClauseId[];
}

const noMask: readonly ClauseId[] = [
  'draft-06/4.2/client-masks-all-frames',
  'draft-06/4.1/client-frames-masked',
  'draft-06/9/client-messages-masked',
];
const notWhole: readonly ClauseId[] = ['draft-06/4.2/mask-whole-frame', 'draft-06/4.2/masked-data'];
const keyElsewhere: readonly ClauseId[] = [
  'draft-06/4.2/key-first',
  'draft-06/4.2/masked-frame',
  'draft-06/4.2/key-inside-frame',
];
const otherKey: readonly ClauseId[] = ['draft-06/4.2/key-32-bits', 'draft-06/4.2/masking-key'];
const otherOrder: readonly ClauseId[] = [
  'draft-06/4.2/octet-by-octet',
  'draft-06/4.2/key-octet-index',
  'draft-06/4.2/masked-octet',
];

/** Bytes combined with a key whose octets are taken in some order. */
const unmask = (key: Uint8Array, bytes: Uint8Array, octet: (index: number) => number): Uint8Array =>
  bytes.map((byte, index) => byte ^ (key[octet(index)] ?? 0));

const inTurn = (index: number): number => index % maskingKeyLength;

/** How the bytes of a frame would have to be read so that it makes sense. */
interface OtherWay extends MaskFault {
  /** The clear frame, if the bytes are masked in this way. */
  readonly read: (bytes: Uint8Array) => Uint8Array;
}

/** A key in front, whose octets are taken in another order than theirs. */
const inOrder = (code: string, says: string, octet: (index: number) => number): OtherWay => ({
  code,
  says,
  clauses: otherOrder,
  read: (bytes) => unmask(bytes.subarray(0, maskingKeyLength), bytes.subarray(maskingKeyLength), octet),
});

/** A key of another length in front. */
const keyOf = (length: number): OtherWay => ({
  code: `key-of-${length}`,
  says: `masked with a key of ${length} octets`,
  clauses: otherKey,
  read: (bytes) => unmask(bytes.subarray(0, length), bytes.subarray(length), (index) => index % length),
});

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

/** Where the key stands in a frame of RFC 6455 with a short length, behind two bytes of header. */
const shortHeader = 2;
const behindKey = shortHeader + maskingKeyLength;

const otherWays: readonly OtherWay[] = [
  { code: 'clear-frames', says: 'sent in the clear', clauses: noMask, read: (bytes) => bytes },
  {
    code: 'payload-masked',
    says: 'masked in its payload alone',
    clauses: notWhole,
    read: (bytes) => {
      const [key, frame] = [bytes.subarray(0, maskingKeyLength), bytes.subarray(maskingKeyLength)];
      return joined(frame.subarray(0, shortHeader), unmask(key, frame.subarray(shortHeader), inTurn));
    },
  },
  {
    code: 'header-masked',
    says: 'masked in its header alone',
    clauses: notWhole,
    read: (bytes) => {
      const [key, frame] = [bytes.subarray(0, maskingKeyLength), bytes.subarray(maskingKeyLength)];
      return joined(unmask(key, frame.subarray(0, shortHeader), inTurn), frame.subarray(shortHeader));
    },
  },
  {
    code: 'key-behind-header',
    says: 'sent with the key behind its header, as RFC 6455 has it',
    clauses: [...keyElsewhere, ...notWhole],
    read: (bytes) => {
      const [first = 0, second = 0] = bytes;
      const payload = unmask(bytes.subarray(shortHeader, behindKey), bytes.subarray(behindKey), inTurn);
      return joined(Uint8Array.of(first, second & 0x7f), payload);
    },
  },
  {
    code: 'key-last',
    says: 'sent with its key at the end',
    clauses: keyElsewhere,
    read: (bytes) => unmask(bytes.subarray(-maskingKeyLength), bytes.subarray(0, -maskingKeyLength), inTurn),
  },
  inOrder('key-reversed', 'masked with the octets of its key in the reverse order', (index) => 3 - inTurn(index)),
  inOrder('key-shifted', 'masked with the second octet of its key first', (index) => inTurn(index + 1)),
  inOrder('key-shifted-back', 'masked with the last octet of its key first', (index) => inTurn(index + 3)),
  inOrder('one-octet', 'masked with the first octet of its key alone', () => 0),
  keyOf(1),
  keyOf(2),
  keyOf(8),
];

/**
 * What is wrong with the masking of the first frame.
 * @param bytes all that the client sent behind its opening handshake
 * @param isExpected whether a clear frame is the one that has to come
 * @returns `undefined` where no known way of masking makes sense of the bytes
 */
export function maskFaultOf(bytes: Uint8Array, isExpected: (frame: RawFrame) => boolean): MaskFault | undefined {
  return otherWays.find(({ read }) => {
    const [first] = readRawFrames(read(bytes), 'server');
    return first?.isComplete === true && !first.rsv1 && !first.rsv2 && !first.rsv3 && !first.rsv4 && isExpected(first);
  });
}

/** Whether a frame has this opcode and this payload. */
export const isFrameWith =
  (opcode: number, payload: Uint8Array) =>
  (frame: RawFrame): boolean =>
    frame.opcode === opcode && sameBytes(frame.payload, payload);
