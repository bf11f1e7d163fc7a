import type { ClauseId } from '../../spec/clauses.js';
import { headerBits, lengthForms, maskingKeyLength } from '../../spec/wire.js';

/** What a field is to a reader of the picture: its colour. */
export type FieldKind = 'head' | 'reserved' | 'key' | 'data';

/** A field of a frame, in the order of the wire. */
export interface FrameField {
  /** The anchor of its row in the table of fields. */
  readonly id: string;
  readonly name: string;
  readonly kind: FieldKind;
  /** Its bits; `undefined` for data, which has as many as it has. */
  readonly bits: number | undefined;
  /** A second line in the picture. */
  readonly note?: string;
  readonly says: string;
  readonly clauses: readonly ClauseId[];
}

/** How many bits a mask of the codec selects. */
function bitsIn(mask: number): number {
  return Array.from(mask.toString(2)).filter((bit) => bit === '1').length;
}

/** The two octets of the header: name, mask and meaning, each octet from its highest bit down. */
const headerFields: readonly FrameField[] = [
  {
    id: 'fin',
    name: 'FIN',
    kind: 'head',
    bits: bitsIn(headerBits.fin),
    says: '1: the last frame of its message. 0: more frames of this message follow.',
    clauses: ['draft-06/4.3/fin', 'draft-06/4.3/frame-fin-0', 'draft-06/4.3/frame-fin-1'],
  },
  ...([1, 2, 3] as const).map(reserved),
  {
    id: 'opcode',
    name: 'opcode',
    kind: 'head',
    bits: bitsIn(headerBits.opcode),
    says: 'What the frame is, and how its payload is to be read: see the opcodes below.',
    clauses: ['draft-06/4.3/opcode', 'draft-06/4.3/opcode-four-bits', 'draft-06/4.3/opcode-6-15-reserved'],
  },
  reserved(4),
  {
    id: 'length',
    name: 'length',
    kind: 'head',
    bits: bitsIn(headerBits.length),
    says: `0 to ${lengthForms.max7}: the payload length. ${lengthForms.marker16}: it follows in 16 bits. ${lengthForms.marker63}: it follows in 64 bits.`,
    clauses: [
      'draft-06/4.3/length-7',
      'draft-06/4.3/length-16',
      'draft-06/4.3/length-63',
      'draft-06/4.3/payload-length-is-sum',
    ],
  },
];

function reserved(bit: 1 | 2 | 3 | 4): FrameField {
  return {
    id: `rsv${bit}`,
    name: `RSV${bit}`,
    kind: 'reserved',
    bits: bitsIn(headerBits[`rsv${bit}`]),
    says: '0, unless a negotiated extension gives 1 a meaning.',
    clauses: ['draft-06/4.3/rsv-zero', `draft-06/4.3/frame-rsv${bit}`, 'draft-06/4.1/reserved-bits-zero'],
  };
}

const extendedLengths: Readonly<Record<16 | 63, FrameField>> = {
  16: {
    id: 'length-16',
    name: 'extended payload length',
    kind: 'head',
    bits: 16,
    note: `present when length is ${lengthForms.marker16}`,
    says: `The payload length, 0 to ${lengthForms.max16}, highest octet first.`,
    clauses: ['draft-06/4.3/length-16', 'draft-06/4.3/frame-length-16', 'draft-06/4.3/network-byte-order'],
  },
  63: {
    id: 'length-63',
    name: 'extended payload length',
    kind: 'head',
    bits: 64,
    note: `present when length is ${lengthForms.marker63}; its highest bit is 0`,
    says: 'The payload length, 0 to 2^63 - 1, highest octet first: of the 64 bits the highest is 0.',
    clauses: [
      'draft-06/4.3/length-63',
      'draft-06/4.3/frame-length-63',
      'draft-06/4.3/length-high-bit-zero',
      'draft-06/4.3/network-byte-order',
    ],
  },
};

const dataFields: readonly FrameField[] = [
  {
    id: 'extension-data',
    name: 'extension data',
    kind: 'data',
    bits: undefined,
    note: 'none without an extension that announces it',
    says: 'What a negotiated extension puts in front of the application data. It counts in the payload length.',
    clauses: [
      'draft-06/4.3/no-extension-data',
      'draft-06/4.3/extension-negotiated',
      'draft-06/4.3/extension-data-counted',
      'draft-06/4.3/extension-specifies-length',
    ],
  },
  {
    id: 'application-data',
    name: 'application data',
    kind: 'data',
    bits: undefined,
    note: 'the rest of the frame',
    says: 'What is left of the payload: text in UTF-8, anything at all, or the body of a control frame.',
    clauses: [
      'draft-06/4.3/application-data-rest',
      'draft-06/4.3/application-data-arbitrary',
      'draft-06/4.3/application-data-length',
    ],
  },
];

/** The masking key, in front of the frames of clients. */
export const maskingKeyField: FrameField = {
  id: 'masking-key',
  name: 'masking key',
  kind: 'key',
  bits: maskingKeyLength * 8,
  note: 'clear, fresh for each frame',
  says: 'Client to server only: four random octets, in front of the frame that they mask.',
  clauses: ['draft-06/4.2/key-first', 'draft-06/4.2/key-32-bits', 'draft-06/4.2/fresh-key', 'draft-06/4.2/key-uniform'],
};

/** The fields of a clear frame in the order of the wire, by the form of the payload length. */
export function fieldsOfFrame(form: 7 | 16 | 63): readonly FrameField[] {
  return [...headerFields, ...(form === 7 ? [] : [extendedLengths[form]]), ...dataFields];
}

/** Every field that a frame can have, once. */
export const allFields: readonly FrameField[] = [
  maskingKeyField,
  ...headerFields,
  extendedLengths[16],
  extendedLengths[63],
  ...dataFields,
];
