import type { ClauseId } from '../spec/clauses.js';
import { opcodes } from '../spec/wire.js';
import { isCloseViolation, readCloseBody } from './close-body.js';
import { type Frame, isControl, minimalForm, opcodeName, payloadLengthOf } from './frame.js';
import type { DecodedFrame } from './frame-decoder.js';
import type { Role } from './role.js';
import { isUtf8, utf8Text } from './utf8.js';
import { describeViolation } from './violation.js';

/** One line about a frame, with the clauses that it stands on. */
export interface Explanation {
  readonly says: string;
  readonly clauses: readonly ClauseId[];
}

/** Two hexadecimal digits for each byte, in lower case. */
export function hexOf(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

const shownBytes = 32;

/** The beginning of a payload as a person reads it: quoted text where it is text, hexadecimal otherwise. */
export function previewOf(payload: Uint8Array, asText: boolean): string {
  const start = payload.subarray(0, shownBytes);
  const more = payload.length > shownBytes ? '…' : '';
  return asText ? `${JSON.stringify(utf8Text(start))}${more}` : `${hexOf(start)}${more}`;
}

/** The clauses that the opcode of a frame stands on. */
function clausesOfOpcode(frame: Frame): readonly ClauseId[] {
  switch (frame.opcode) {
    case opcodes.continuation:
      return ['draft-06/4.4/fragmented'];
    case opcodes.close:
      return ['draft-06/4.5.1/close-opcode'];
    case opcodes.ping:
      return ['draft-06/4.5.2/ping-opcode'];
    case opcodes.pong:
      return ['draft-06/4.5.3/pong-opcode'];
    case opcodes.text:
      return ['draft-06/4.6/text-is-utf-8', frame.fin ? 'draft-06/4.4/unfragmented' : 'draft-06/4.4/fragmented'];
    case opcodes.binary:
      return ['draft-06/4.6/binary-is-opaque', frame.fin ? 'draft-06/4.4/unfragmented' : 'draft-06/4.4/fragmented'];
    default:
      return ['draft-06/4.8/room-for-extensions'];
  }
}

/** What a frame carries, for a person. */
function explainPayload(frame: Frame): string {
  const { applicationData } = frame;
  if (frame.opcode === opcodes.close) {
    const read = readCloseBody(applicationData, 0);
    if (isCloseViolation(read)) return `${describeViolation(read.code)}: ${hexOf(applicationData)}`;
    if (read.status === undefined) return 'no body';
    return read.reason === '' ? `status ${read.status}` : `status ${read.status} ${JSON.stringify(read.reason)}`;
  }
  if (applicationData.length === 0) return 'empty';
  const asText = frame.opcode === opcodes.text || (isControl(frame.opcode) && isUtf8(applicationData));
  return previewOf(applicationData, asText);
}

/** Explains a frame in one line: kind, FIN, length, reserved bits, payload. */
export function explainFrame(frame: Frame): Explanation {
  const length = payloadLengthOf(frame);
  const reserved = ([1, 2, 3, 4] as const).filter((bit) => frame[`rsv${bit}`]).map((bit) => `RSV${bit}`);
  const name = opcodeName(frame.opcode);
  const kind = name === 'reserved' ? `reserved opcode ${frame.opcode}` : name;
  const parts = [
    kind,
    frame.fin ? 'FIN' : 'more follows',
    ...reserved,
    length === 1 ? '1 byte' : `${length} bytes`,
    explainPayload(frame),
  ];
  return { says: parts.join(', '), clauses: clausesOfOpcode(frame) };
}

/** Explains a frame as it stood on the wire: the masking key and an unusual form of the length as well. */
export function explainDecoded(decoded: DecodedFrame, from: Role): Explanation {
  const { says, clauses } = explainFrame(decoded.frame);
  const key = decoded.maskingKey === undefined ? '' : `, key ${hexOf(decoded.maskingKey)}`;
  const longer = decoded.lengthForm > minimalForm(payloadLengthOf(decoded.frame));
  const form = longer ? `, length in ${decoded.lengthForm} bits` : '';
  const masking = from === 'client' ? 'draft-06/4.2/mask-whole-frame' : 'draft-06/4.1/server-frames-clear';
  return { says: `${says}${key}${form}`, clauses: [...clauses, masking] };
}
