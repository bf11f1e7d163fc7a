import { headerBits, lengthForms, maskingKeyLength } from '../spec/wire.js';
import {
  firstByteViolation,
  type FrameExtension,
  type FrameHeader,
  type FramingReadings,
  type LengthForm,
  lengthViolation,
  maxControlPayloadUnder,
  minimalForm,
  secondByteViolation,
} from './frame.js';
import type { MaskingKey } from './masking.js';
import type { FrameViolationCode } from './violation.js';

/** What a decoder of frames is told. */
export interface DecoderOptions {
  /** Whether the frames are masked: true for what comes from a client. */
  readonly masked: boolean;
  /** Payload lengths above this are refused as soon as they are announced; at most 2^53 - 1. Default 16 MiB. */
  readonly maxPayload?: number;
  /** What the negotiated extensions allow. Default: nothing. */
  readonly extension?: FrameExtension;
  /** The readings of sections 4.2 and 4.3; those not named have their defaults. */
  readonly readings?: Partial<FramingReadings>;
}

/** The options with their defaults filled in. */
export type DecoderSettings = Required<DecoderOptions> & { readonly readings: FramingReadings };

/** A header that is complete. */
export interface OpenFrame {
  readonly header: FrameHeader;
  readonly payloadLength: number;
  readonly lengthForm: LengthForm;
  readonly headerLength: number;
  readonly maskingKey?: MaskingKey;
}

/** The most that can stand in front of a payload: masking key, two bytes, eight bytes of length. */
export const maxHeaderLength = maskingKeyLength + 10;

/**
 * Reads a header as far as it has come, refusing it at the first byte that shows what is wrong.
 * @param from where the frame begins, with the masking key if it is masked
 * @returns the header, a violation with the offset inside the frame, or `undefined` when more bytes are needed
 */
export function readHeader(
  bytes: Uint8Array,
  from: number,
  options: DecoderSettings,
): OpenFrame | { readonly code: FrameViolationCode; readonly at: number } | undefined {
  const { masked, readings } = options;
  const start = masked ? maskingKeyLength : 0;
  const come = bytes.length - from;
  if (readings.zeroKey === 'not-zero' && masked && hasZeroKey(bytes, from, come)) return { code: 'zero-key', at: 0 };
  if (come < start + 1) return undefined;
  const first = clearOctet(bytes, from, 0, options);
  const opcode = first & headerBits.opcode;
  const soFar: FrameHeader = {
    fin: (first & headerBits.fin) !== 0,
    rsv1: (first & headerBits.rsv1) !== 0,
    rsv2: (first & headerBits.rsv2) !== 0,
    rsv3: (first & headerBits.rsv3) !== 0,
    rsv4: false,
    opcode,
  };
  const firstWrong = firstByteViolation(soFar, options.extension, readings);
  if (firstWrong !== undefined) return { code: firstWrong, at: start };
  if (come < start + 2) return undefined;
  const second = clearOctet(bytes, from, 1, options);
  const header = (second & headerBits.rsv4) === 0 ? soFar : { ...soFar, rsv4: true };
  const secondWrong = secondByteViolation(header, options.extension, readings);
  if (secondWrong !== undefined) return { code: secondWrong, at: start + 1 };

  let payloadLength = second & headerBits.length;
  let lengthForm: LengthForm = 7;
  let headerLength = start + 2;
  if (payloadLength > lengthForms.max7) {
    lengthForm = payloadLength === lengthForms.marker16 ? 16 : 63;
    const lengthOctets = lengthForm === 16 ? 2 : 8;
    // draft-06/4.3/length-high-bit-zero, refused at its own byte.
    if (lengthForm === 63 && come > headerLength && (clearOctet(bytes, from, 2, options) & 0x80) !== 0) {
      return { code: 'length-high-bit', at: headerLength };
    }
    if (come < headerLength + lengthOctets) return undefined;
    payloadLength = 0;
    // Above 2^53 the sum is rounded, which no limit below 2^53 can notice.
    for (let index = 2; index < 2 + lengthOctets; index++) {
      payloadLength = payloadLength * 256 + clearOctet(bytes, from, index, options);
    }
    if (readings.nonMinimalLength === 'refuse' && minimalForm(payloadLength) < lengthForm) {
      return { code: 'non-minimal-length', at: headerLength };
    }
    headerLength += lengthOctets;
  }
  const maxControl = maxControlPayloadUnder(readings.controlLimit, headerLength - start);
  const lengthWrong = lengthViolation(opcode, payloadLength, maxControl);
  if (lengthWrong !== undefined) return { code: lengthWrong, at: start + 1 };
  if (payloadLength > options.maxPayload) return { code: 'message-too-large', at: start + 1 };
  if (!masked) return { header, payloadLength, lengthForm, headerLength };
  const maskingKey = bytes.slice(from, from + maskingKeyLength);
  return { header, payloadLength, lengthForm, headerLength, maskingKey };
}

/**
 * The clear octet of a header; the caller has made sure that it has come.
 * @param index counted from the first header byte, as the masking does (draft-06/4.2/mask-whole-frame)
 */
function clearOctet(bytes: Uint8Array, from: number, index: number, { masked, readings }: DecoderSettings): number {
  if (!masked) return bytes[from + index] as number;
  const octet = bytes[from + maskingKeyLength + index] as number;
  if (readings.maskedPart === 'payload') return octet;
  const counted = readings.firstMaskedOctet === 'zero' ? index : index + 1;
  return octet ^ (bytes[from + (counted & 3)] as number);
}

/** Whether the whole masking key has come and does not mask (reading R-428). */
function hasZeroKey(bytes: Uint8Array, from: number, come: number): boolean {
  return come >= maskingKeyLength && bytes.subarray(from, from + maskingKeyLength).every((octet) => octet === 0);
}
