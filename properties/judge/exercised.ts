import { isControl } from '../../model/frame.js';
import type { DecodedFrame } from '../../model/frame-decoder.js';
import type { Role } from '../../model/role.js';
import type { ClauseId } from '../../spec/clauses.js';
import { opcodes } from '../../spec/wire.js';

/*
 * Which clauses a frame exercises on the side that sends it. A clause holds as long as no frame of the kind breaks it.
 */

const everyFrame: readonly ClauseId[] = [
  'draft-06/4.1/sequence-of-frames',
  'draft-06/4.1/reserved-bits-zero',
  'draft-06/4.1/reserved-opcodes-unused',
  'draft-06/4.3/rsv-zero',
  'draft-06/4.3/ws-frame',
  'draft-06/4.3/grammar-is-the-format',
];

const ofRole: Readonly<Record<Role, readonly ClauseId[]>> = {
  client: [
    'draft-06/4.1/client-frames-masked',
    'draft-06/4.2/client-masks-all-frames',
    'draft-06/4.2/key-first',
    'draft-06/4.2/mask-whole-frame',
    'draft-06/4.2/octet-by-octet',
  ],
  server: ['draft-06/4.1/server-frames-clear'],
};

const controlFrame: readonly ClauseId[] = [
  'draft-06/4.4/control-not-fragmented',
  'draft-06/4.5/control-not-fragmented',
  'draft-06/4.5/control-at-most-125',
];

const ofOpcode: Readonly<Record<number, readonly ClauseId[]>> = {
  [opcodes.continuation]: ['draft-06/4.3/opcode-0-continuation', 'draft-06/4.4/fragmented', 'draft-06/4.4/one-type'],
  [opcodes.close]: ['draft-06/4.3/opcode-1-close', 'draft-06/4.5.1/close-opcode'],
  [opcodes.ping]: ['draft-06/4.3/opcode-2-ping', 'draft-06/4.5.2/ping-opcode'],
  [opcodes.pong]: ['draft-06/4.3/opcode-3-pong', 'draft-06/4.5.3/pong-opcode'],
  [opcodes.text]: ['draft-06/4.3/opcode-4-text', 'draft-06/4.6/text-is-utf-8'],
  [opcodes.binary]: ['draft-06/4.3/opcode-5-binary', 'draft-06/4.6/binary-is-opaque'],
};

const ofLengthForm = {
  7: ['draft-06/4.3/length-7'],
  16: ['draft-06/4.3/length-16', 'draft-06/4.3/network-byte-order'],
  63: ['draft-06/4.3/length-63', 'draft-06/4.3/length-high-bit-zero', 'draft-06/4.3/network-byte-order'],
} as const satisfies Readonly<Record<number, readonly ClauseId[]>>;

/** A small number that is the same for frames that exercise the same clauses. */
export function kindOf({ frame, lengthForm }: DecodedFrame): number {
  const hasBody = frame.applicationData.length > 0 ? 1 : 0;
  return (((frame.opcode << 1) | (frame.fin ? 1 : 0)) << 7) | (lengthForm << 1) | hasBody;
}

/** The clauses that a frame exercises. */
export function exercisedBy({ frame, lengthForm }: DecodedFrame, from: Role): readonly ClauseId[] {
  const { opcode, fin, applicationData } = frame;
  const ofKind: readonly ClauseId[] = isControl(opcode)
    ? controlFrame
    : [fin && opcode !== opcodes.continuation ? 'draft-06/4.4/unfragmented' : 'draft-06/4.4/fragmented'];
  const ofBody: readonly ClauseId[] =
    opcode === opcodes.close && applicationData.length > 0 ? ['draft-06/4.5.1/body-starts-with-status'] : [];
  return [
    ...everyFrame,
    ...ofRole[from],
    ...ofKind,
    ...ofBody,
    ...(ofOpcode[opcode] ?? []),
    ...ofLengthForm[lengthForm],
  ];
}
