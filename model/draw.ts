import { headerBits, lengthForms, maskingKeyLength } from '../spec/wire.js';
import { explainDecoded, hexOf, previewOf } from './explain.js';
import { isControl, opcodeName, payloadLengthOf } from './frame.js';
import { createDecoder, type DecodedFrame, decodeFrames, isBetweenFrames } from './frame-decoder.js';
import { mask } from './masking.js';
import type { Role } from './role.js';
import { clauseOfViolation, describeViolation } from './violation.js';

const bitsOf = (byte: number): string => byte.toString(2).padStart(8, '0');

/** A field of the header: which bits it takes, its value, what it means, and the clause. */
function row(bits: string, name: string, meaning: string, clause: string): string {
  return `  ${bits.padEnd(20)}${name.padEnd(26)}${meaning.padEnd(42)}${clause}`.trimEnd();
}

const unset = '0, as no extension is in use';

/** The bits of the first header byte under their names. */
function firstByte(clear: number): readonly string[] {
  const bits = bitsOf(clear);
  const opcode = clear & headerBits.opcode;
  const kind = isControl(opcode) ? `${opcodeName(opcode)}, a control frame` : opcodeName(opcode);
  const isLast = (clear & headerBits.fin) !== 0;
  return [
    row(
      `${bits.charAt(0)}.......`,
      'FIN',
      isLast ? 'the last fragment of its message' : 'more fragments follow',
      'draft-06/4.3/fin',
    ),
    row(`.${bits.charAt(1)}......`, 'RSV1', unset, 'draft-06/4.3/rsv-zero'),
    row(`..${bits.charAt(2)}.....`, 'RSV2', unset, 'draft-06/4.3/rsv-zero'),
    row(`...${bits.charAt(3)}....`, 'RSV3', unset, 'draft-06/4.3/rsv-zero'),
    row(`....${bits.slice(4)}`, 'opcode', `${opcode}: ${kind}`, 'draft-06/4.3/opcode'),
  ];
}

/** The bits of the second header byte under their names. */
function secondByte(clear: number): readonly string[] {
  const bits = bitsOf(clear);
  const length = clear & headerBits.length;
  const [meaning, clause] =
    length === lengthForms.marker16
      ? [`${length}: 16 bits of length follow`, 'draft-06/4.3/length-16']
      : length === lengthForms.marker63
        ? [`${length}: 64 bits of length follow`, 'draft-06/4.3/length-63']
        : [`${length}: the payload length`, 'draft-06/4.3/length-7'];
  return [
    row(`${bits.charAt(0)}.......`, 'RSV4', unset, 'draft-06/4.3/rsv-zero'),
    row(`.${bits.slice(1)}`, 'payload length', meaning, clause),
  ];
}

/** Explains one frame, bit by bit. */
function drawFrame(decoded: DecodedFrame, wire: Uint8Array, from: Role): string {
  const { frame, offset, length, lengthForm, maskingKey } = decoded;
  const lines = [`frame at byte ${offset}, ${length} bytes: ${explainDecoded(decoded, from).says}`];
  let clear = wire;
  if (maskingKey !== undefined) {
    const masked = wire.subarray(maskingKeyLength);
    clear = mask(maskingKey, masked);
    lines.push(row(hexOf(maskingKey), 'masking key', 'masks every byte behind it', 'draft-06/4.2/key-first'));
    lines.push(
      row(
        `${hexOf(masked.subarray(0, 8))}${masked.length > 8 ? '…' : ''}`,
        'masked data',
        `clear: ${hexOf(clear.subarray(0, 8))}${clear.length > 8 ? '…' : ''}`,
        'draft-06/4.2/mask-whole-frame',
      ),
    );
  }
  // A decoded frame has at least its two header bytes.
  const first = clear[0] as number;
  const second = clear[1] as number;
  lines.push(
    `  ${hexOf(clear.subarray(0, 1))}`,
    ...firstByte(first),
    `  ${hexOf(clear.subarray(1, 2))}`,
    ...secondByte(second),
  );
  const extended = lengthForm === 7 ? 0 : lengthForm === 16 ? 2 : 8;
  if (extended > 0) {
    const digits = hexOf(clear.subarray(2, 2 + extended));
    lines.push(
      row(digits, 'extended payload length', String(payloadLengthOf(frame)), 'draft-06/4.3/network-byte-order'),
    );
  }
  const payload = frame.applicationData;
  const shown = `${hexOf(payload.subarray(0, 8))}${payload.length > 8 ? '…' : ''}`;
  const isText = opcodeName(frame.opcode) === 'text';
  lines.push(row(shown, 'application data', previewOf(payload, isText), 'draft-06/4.3/application-data-rest'));
  return lines.join('\n');
}

/** What the bytes of a stream of frames are. */
export interface Drawing {
  readonly text: string;
  /** Whether every byte belongs to a complete and right frame. */
  readonly isComplete: boolean;
}

/**
 * Explains the bytes of a stream of frames, bit by bit, with clause ids. Never throws on what the bytes are.
 * @param from who sent them: a client masks
 */
export function drawStream(bytes: Uint8Array, from: Role): Drawing {
  const { frames, violation, decoder } = decodeFrames(
    createDecoder({ masked: from === 'client', maxPayload: Infinity }),
    bytes,
  );
  const parts = frames.map((decoded) =>
    drawFrame(decoded, bytes.subarray(decoded.offset, decoded.offset + decoded.length), from),
  );
  if (violation !== undefined) {
    const rest = bytes.subarray(decoder.offset);
    const clear =
      from === 'client' && rest.length > maskingKeyLength
        ? ` (clear: ${hexOf(mask(rest.slice(0, 4), rest.subarray(4, 12)))})`
        : '';
    const clause = clauseOfViolation(violation.code, from);
    parts.push(
      `byte ${violation.offset} breaks ${clause}: ${describeViolation(violation.code)}\n  the frame begins ${hexOf(rest.subarray(0, 16))}${clear}`,
    );
  } else if (!isBetweenFrames(decoder)) {
    const have = bytes.length - decoder.offset;
    const open = decoder.open?.frame;
    const need =
      open === undefined
        ? 'its header is not complete'
        : `${open.headerLength + open.payloadLength} bytes were announced`;
    parts.push(`the frame at byte ${decoder.offset} is not complete: ${have} bytes are here, ${need}`);
  }
  return { text: `${parts.join('\n\n')}\n`, isComplete: violation === undefined && isBetweenFrames(decoder) };
}
