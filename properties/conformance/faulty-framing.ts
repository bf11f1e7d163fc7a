import { concatBytes, noBytes } from '../../model/bytes.js';
import type { Frame } from '../../model/frame.js';
import { mask } from '../../model/masking.js';
import { encodeUtf8, utf8Text } from '../../model/utf8.js';
import { opcodes } from '../../spec/wire.js';
import { memoryServer } from '../drivers/memory-server.js';
import { type Peer, PeerUnreachable } from '../verifier/line.js';
import { altered, type Fault, laidOut, onSend, withBody } from './altered-server.js';

/*
 * Servers in memory that are wrong on purpose, each in one way, about frames and messages: for the tests of the cases.
 */

/** Reads a chunk as if only the payload were masked, and hands on what that comes to. */
const unmaskPayload = (chunk: Uint8Array): Uint8Array => {
  const key = chunk.slice(0, 4);
  return concatBytes([key, mask(key, concatBytes([chunk.subarray(4, 6), mask(key, chunk.subarray(6))]))]);
};
const anyKey = Uint8Array.of(9, 8, 7, 6);

/** A server that forgets everybody else once a frame is announced that is too long for it. */
function crashing(): Peer {
  const peer = memoryServer();
  let connections = 0;
  return {
    connect: () => (connections++ === 0 ? peer.connect() : Promise.reject(new PeerUnreachable('connection refused'))),
  };
}

/** Clears the reserved bits of the first header byte. */
function withoutReservedBits(chunk: Uint8Array): Uint8Array {
  const changed = chunk.slice();
  const [first = 0, , , , fifth = 0] = chunk;
  changed[4] = ((fifth ^ first) & 0x8f) ^ first;
  return changed;
}

function onlyFirstFragments(frames: readonly Frame[]): readonly Frame[] {
  return frames.flatMap((frame) => (frame.opcode === opcodes.continuation ? [] : [{ ...frame, fin: true }]));
}

/** Reads each fragment as text of its own. */
function decodedAlone(frames: readonly Frame[]): readonly Frame[] {
  return frames.map((frame) => withBody(frame, encodeUtf8(utf8Text(frame.applicationData))));
}

/** Each with the case that says so. */
export const framingFaults: readonly Fault[] = [
  ...[
    Uint8Array.of(0x5a, 1, 2, 3),
    Uint8Array.of(0, 0, 0, 0),
    Uint8Array.of(0x83, 0x10, 0, 0),
    Uint8Array.of(0x83, 2, 0, 0),
  ].map((maskingKey): Fault => [
    `masked frames, key ${maskingKey.join('.')}`,
    altered({ sends: (frame) => [laidOut(frame, { maskingKey })] }),
    'masking/server-frames-clear',
    'draft-06/4.1/server-frames-clear',
  ]),
  [
    'reserved bit in its frames',
    altered({ sends: (frame) => [laidOut({ ...frame, rsv4: true })] }),
    'framing/frames-of-the-server',
    'draft-06/4.1/reserved-bits-zero',
  ],
  [
    'reserved opcode',
    altered({ sends: onSend('close', (frame) => [{ ...frame, opcode: 9 }]) }),
    'framing/frames-of-the-server',
    'draft-06/4.1/reserved-opcodes-unused',
  ],
  [
    'echo cut by a byte',
    altered({ sends: onSend('text', (frame) => [withBody(frame, frame.applicationData.subarray(1))]) }),
    'framing/length-125-text',
    'draft-06/4.3/length-7',
  ],
  [
    'echo as binary',
    altered({ sends: onSend('text', (frame) => [{ ...frame, opcode: opcodes.binary }]) }),
    'framing/opcode-text',
    'draft-06/4.3/opcode',
  ],
  [
    'no message of 65536 bytes',
    altered({ reads: (frames) => frames.filter((frame) => frame.applicationData.length < 65_536) }),
    'framing/length-65536-binary',
    'draft-06/4.3/length-63',
  ],
  ['others are not served', crashing, 'framing/length-2-to-the-62', 'draft-06/4.5.2/ping-answered'],
  [
    'goes on after reserved bits',
    altered({ takes: withoutReservedBits }),
    'framing/rsv1-on-text',
    'draft-06/9/disconnect-on-bad-data',
    'advisory',
  ],
  [
    'unmasks only the payload',
    altered({ takes: unmaskPayload }),
    'masking/clear-header',
    'draft-06/4.2/mask-whole-frame',
  ],
  [
    'unmasks only the payload (seen in echoes)',
    altered({ takes: unmaskPayload }),
    'masking/random-key',
    'draft-06/4.2/mask-whole-frame',
  ],
  [
    'does not unmask',
    altered({ takes: (chunk) => concatBytes([anyKey, mask(anyKey, chunk)]) }),
    'masking/clear-text',
    'draft-06/4.2/mask-whole-frame',
  ],
  [
    'does not unmask (seen in a Pong)',
    altered({ takes: (chunk) => concatBytes([anyKey, mask(anyKey, chunk)]) }),
    'masking/clear-ping',
    'draft-06/4.2/mask-whole-frame',
  ],
  [
    'first frame of a chunk only',
    altered({ reads: (frames) => frames.slice(0, 1) }),
    'segmentation/200-frames-in-one-chunk',
    'draft-06/4.4/receive-both',
  ],
  [
    'first frame of a chunk only',
    altered({ reads: (frames) => frames.slice(0, 1) }),
    'masking/ten-keys-in-one-chunk',
    'draft-06/4.2/key-inside-frame',
  ],
  [
    'chunks for frames',
    altered({ takes: (chunk) => (chunk.length < 6 ? noBytes : chunk) }),
    'segmentation/byte-by-byte-7-bits',
    'draft-06/4.4/receive-both',
  ],
  [
    'ignores continuations',
    altered({ reads: onlyFirstFragments }),
    'fragmentation/text-in-2',
    'draft-06/4.4/receive-both',
  ],
  [
    'loses empty fragments',
    altered({ reads: (frames) => frames.filter(({ applicationData }) => applicationData.length > 0) }),
    'fragmentation/text-last-empty',
    'draft-06/4.4/receive-both',
  ],
  [
    'fragment by fragment as text',
    altered({ reads: decodedAlone }),
    'utf-8/fragments-cut-3-bytes-at-1',
    'draft-06/4.4/content-is-concatenation',
  ],
  [
    'text that is not UTF-8',
    altered({ sends: onSend('text', (frame) => [withBody(frame, Uint8Array.of(0xff))]) }),
    'utf-8/u-0080',
    'draft-06/4.6/text-is-utf-8',
  ],
  [
    'binary read as text',
    altered({ reads: (frames) => frames.map((frame) => withBody(frame, encodeUtf8(utf8Text(frame.applicationData)))) }),
    'utf-8/binary-every-byte',
    'draft-06/4.6/binary-is-opaque',
  ],
];
