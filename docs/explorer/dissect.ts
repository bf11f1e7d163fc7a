import { concatBytes } from '../../model/bytes.js';
import { isCloseViolation, readCloseBody } from '../../model/close-body.js';
import { explainDecoded, previewOf } from '../../model/explain.js';
import { isControl, opcodeName } from '../../model/frame.js';
import { createDecoder, type DecodedFrame, decodeFrames, isBetweenFrames } from '../../model/frame-decoder.js';
import { mask } from '../../model/masking.js';
import type { Role } from '../../model/role.js';
import { clauseOfViolation, describeViolation, type Violation } from '../../model/violation.js';
import type { ClauseId } from '../../spec/clauses.js';
import { headerBits, lengthForms, maskingKeyLength, opcodes } from '../../spec/wire.js';

/*
 * Frames taken apart: every field with its octets, its bits and its clause. What the frames are is said by the decoder of
 * the model; here their parts get names and places, also those of a frame that is refused or not complete.
 */

/** A part of a frame. */
export interface Field {
  readonly name: string;
  /** The first of its octets, and the one behind its last, in the stream. */
  readonly from: number;
  readonly to: number;
  /** Its bits in an octet that it shares, dots for those of others. */
  readonly bits?: string;
  readonly meaning: string;
  readonly clause: ClauseId;
}

/** A frame, or the rest of the stream where it is none. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly says: string;
  readonly fields: readonly Field[];
  /** The key, and the octets behind it without their mask; absent where nothing is masked. */
  readonly key?: Uint8Array;
  readonly clear: Uint8Array;
}

/** A refusal: what is wrong, at which octet, by which clause. */
export interface Refusal {
  readonly at: number;
  readonly code: string;
  readonly says: string;
  readonly clause: ClauseId;
}

/** A stream of frames taken apart. */
export interface Dissection {
  readonly parts: readonly Part[];
  readonly refusal?: Refusal;
  /** Whether the stream ends between two frames. */
  readonly isComplete: boolean;
}

/** A violation as a refusal, for what a role sent. */
export function refusalOf({ code, offset }: Violation, from: Role): Refusal {
  return { at: offset, code, says: describeViolation(code), clause: clauseOfViolation(code, from) };
}

/** The field that a violation is about, where it is only one of those that share its octet. */
const fieldOfViolation: Readonly<Record<string, string>> = {
  'rsv1-set': 'RSV1',
  'rsv2-set': 'RSV2',
  'rsv3-set': 'RSV3',
  'rsv4-set': 'RSV4',
  'reserved-opcode': 'opcode',
  'fragmented-control': 'FIN',
  'long-control': 'payload length',
  'message-too-large': 'payload length',
};

/** Whether a refusal is about a field. */
export function isRefused({ name, from, to }: Field, { at, code }: Refusal): boolean {
  return from <= at && at < to && (fieldOfViolation[code] ?? name) === name;
}

/** Takes a stream of frames apart. Never throws on what the octets are. */
export function dissect(bytes: Uint8Array, from: Role): Dissection {
  const masked = from === 'client';
  const { frames, violation, decoder } = decodeFrames(createDecoder({ masked }), bytes);
  const parts = frames.map((decoded) => partOf(bytes, decoded.offset, decoded.offset + decoded.length, from, decoded));
  const isComplete = violation === undefined && isBetweenFrames(decoder);
  const { offset } = decoder;
  // What follows a refused frame is not looked at: where the next one would begin is not known.
  const rest = violation === undefined ? bytes.length : Math.min(bytes.length, offset + 32);
  const last =
    offset < bytes.length && !isComplete
      ? [{ ...partOf(bytes, offset, rest, from), says: violation === undefined ? 'not complete' : 'refused' }]
      : [];
  return {
    parts: [...parts, ...last],
    isComplete,
    ...(violation === undefined ? {} : { refusal: refusalOf(violation, from) }),
  };
}

function partOf(bytes: Uint8Array, from: number, to: number, sender: Role, decoded?: DecodedFrame): Part {
  const whole = bytes.subarray(from, to);
  const start = sender === 'client' ? Math.min(maskingKeyLength, whole.length) : 0;
  const key = start === maskingKeyLength ? whole.subarray(0, start) : undefined;
  const clear = key === undefined ? whole.subarray(start) : mask(key, whole.subarray(start));
  const keyField: Field = {
    name: 'masking key',
    from,
    to: from + start,
    meaning: start < maskingKeyLength ? 'not complete' : 'masks every octet behind it',
    clause: 'draft-06/4.2/key-first',
  };
  const fields = [
    ...(start > 0 ? [keyField] : []),
    ...headerFields(clear, from + start),
    ...dataFields(clear, from + start),
  ];
  const says = decoded === undefined ? '' : explainDecoded(decoded, sender).says;
  return { from, to, says, fields, clear: concatBytes([clear]), ...(key === undefined ? {} : { key }) };
}

const bitsOf = (octet: number): string => octet.toString(2).padStart(8, '0');

/** The bits of a mask as they are, with dots for the others. */
function bitsUnder(octet: number, under: number): string {
  const shown = bitsOf(under);
  return Array.from(bitsOf(octet), (bit, at) => (shown.charAt(at) === '1' ? bit : '.')).join('');
}

function reservedField(bit: 1 | 2 | 3 | 4, octet: number, at: number): Field {
  const under = headerBits[`rsv${bit}`];
  const meaning =
    (octet & under) === 0 ? '0, as no extension is in use' : '1, which only an extension may give a meaning';
  return {
    name: `RSV${bit}`,
    from: at,
    to: at + 1,
    bits: bitsUnder(octet, under),
    meaning,
    clause: 'draft-06/4.3/rsv-zero',
  };
}

/** The fields of as much of a header as there is. */
function headerFields(clear: Uint8Array, at: number): readonly Field[] {
  const [first, second] = clear;
  if (first === undefined) return [];
  const opcode = first & headerBits.opcode;
  const kind = isControl(opcode) ? `${opcodeName(opcode)}, a control frame` : opcodeName(opcode);
  const isLast = (first & headerBits.fin) !== 0;
  const inFirst = { from: at, to: at + 1 };
  const fields: Field[] = [
    {
      name: 'FIN',
      ...inFirst,
      bits: bitsUnder(first, headerBits.fin),
      meaning: isLast ? 'the last frame of its message' : 'more frames follow',
      clause: 'draft-06/4.3/fin',
    },
    ...([1, 2, 3] as const).map((bit) => reservedField(bit, first, at)),
    {
      name: 'opcode',
      ...inFirst,
      bits: bitsUnder(first, headerBits.opcode),
      meaning: `${opcode}: ${kind}`,
      clause: 'draft-06/4.3/opcode',
    },
  ];
  if (second === undefined) return fields;
  return [...fields, reservedField(4, second, at + 1), ...lengthFields(clear, second, at + 1)];
}

const lengthOctets = (second: number): number => {
  const length = second & headerBits.length;
  return length === lengthForms.marker16 ? 2 : length === lengthForms.marker63 ? 8 : 0;
};

function lengthFields(clear: Uint8Array, second: number, at: number): readonly Field[] {
  const length = second & headerBits.length;
  const more = lengthOctets(second);
  const first: Field = {
    name: 'payload length',
    from: at,
    to: at + 1,
    bits: bitsUnder(second, headerBits.length),
    meaning: more === 0 ? `${length}: the payload length` : `${length}: ${more * 8} bits of length follow`,
    clause: more === 0 ? 'draft-06/4.3/length-7' : more === 2 ? 'draft-06/4.3/length-16' : 'draft-06/4.3/length-63',
  };
  const extended = clear.subarray(2, 2 + more);
  if (extended.length === 0) return [first];
  const value = extended.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
  const meaning = extended.length < more ? `not complete: ${extended.length} of ${more} octets` : String(value);
  return [
    first,
    {
      name: 'extended payload length',
      from: at + 1,
      to: at + 1 + extended.length,
      meaning,
      clause: 'draft-06/4.3/network-byte-order',
    },
  ];
}

/** The payload, with the two parts of a Close body. */
function dataFields(clear: Uint8Array, at: number): readonly Field[] {
  const [first, second] = clear;
  if (first === undefined || second === undefined) return [];
  const begin = 2 + lengthOctets(second);
  const payload = clear.subarray(begin);
  if (payload.length === 0) return [];
  const from = at + begin;
  const to = from + payload.length;
  const opcode = first & headerBits.opcode;
  if (opcode === opcodes.close && payload.length >= 2) return closeFields(payload, from);
  const isText = opcode === opcodes.text || isControl(opcode);
  const meaning = previewOf(payload, isText);
  return [{ name: 'application data', from, to, meaning, clause: 'draft-06/4.3/application-data-rest' }];
}

function closeFields(payload: Uint8Array, from: number): readonly Field[] {
  const status = new DataView(payload.buffer, payload.byteOffset).getUint16(0);
  const read = readCloseBody(payload, 0);
  const wrong = isCloseViolation(read) ? `: ${describeViolation(read.code)}` : '';
  const code: Field = {
    name: 'status code',
    from,
    to: from + 2,
    meaning: `${status}${wrong}`,
    clause: 'draft-06/4.5.1/body-starts-with-status',
  };
  const reason = payload.subarray(2);
  if (reason.length === 0) return [code];
  return [
    code,
    {
      name: 'reason',
      from: from + 2,
      to: from + payload.length,
      meaning: previewOf(reason, true),
      clause: 'draft-06/4.5.1/body-may-have-reason',
    },
  ];
}
