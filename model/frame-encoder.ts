import { defaultReadings } from '../spec/readings.js';
import { headerBits, lengthForms, maskingKeyLength } from '../spec/wire.js';
import {
  firstByteViolation,
  type Frame,
  type FrameExtension,
  type FramingReadings,
  type LengthForm,
  lengthViolation,
  minimalForm,
  noExtension,
  payloadLengthOf,
  secondByteViolation,
} from './frame.js';
import { maskInPlace, type MaskingKey } from './masking.js';
import { describeViolation } from './violation.js';

/** How a frame is laid out. */
export interface Layout {
  /** Four octets to mask with, as a client must; absent for the clear frames of a server. */
  readonly maskingKey?: MaskingKey;
  /** A longer form of the payload length than needed, which the grammar allows (reading R-401). */
  readonly lengthForm?: LengthForm;
  /** What the key masks, and where it begins: readings. */
  readonly readings?: Pick<FramingReadings, 'maskedPart' | 'firstMaskedOctet'>;
}

/**
 * Encodes a frame (draft-06 sections 4.2 and 4.3). The result is one that the decoder of the other role takes.
 *
 * @param frame what to send
 * @param layout how to lay it out; without a masking key the frame is clear
 * @param extension what the negotiated extensions allow
 * @throws RangeError when the frame is one that no endpoint may send: that is misuse by the caller
 */
export function encodeFrame(frame: Frame, layout: Layout = {}, extension: FrameExtension = noExtension): Uint8Array {
  const length = payloadLengthOf(frame);
  const refused =
    firstByteViolation(frame, extension) ??
    secondByteViolation(frame, extension) ??
    lengthViolation(frame.opcode, length);
  if (refused !== undefined) throw new RangeError(`this frame may not be sent: ${describeViolation(refused)}`);
  // draft-06/4.3/no-extension-data: what the receiver would not find again may not be there.
  const found = extensionDataLengthOf(frame, extension);
  if (found !== frame.extensionData.length) {
    const there = frame.extensionData.length;
    throw new RangeError(`a receiver would find ${found} bytes of extension data in this frame, not ${there}`);
  }
  return layOutFrame(frame, layout);
}

/**
 * Lays out a frame without asking whether it may be sent: for testers that break the rules on purpose.
 * @throws RangeError when the frame has no layout: an opcode that is not an integer from 0 to 15, a length that the
 *   form cannot carry, a masking key without four octets
 */
export function layOutFrame(frame: Frame, layout: Layout = {}): Uint8Array {
  const length = payloadLengthOf(frame);
  const form = layout.lengthForm ?? minimalForm(length);
  if (form < minimalForm(length))
    throw new RangeError(`a payload of ${length} bytes does not fit a ${form}-bit length`);
  if (!Number.isInteger(frame.opcode) || frame.opcode < 0 || frame.opcode > headerBits.opcode) {
    throw new RangeError(`an opcode is an integer from 0 to 15, not ${frame.opcode}`);
  }
  const key = layout.maskingKey;
  if (key !== undefined && key.length !== maskingKeyLength) {
    throw new RangeError(`a masking key has 4 octets, not ${key.length}`);
  }
  // draft-06/4.2/key-first: the masking key stands in front of the masked data.
  const start = key === undefined ? 0 : maskingKeyLength;
  const headerLength = form === 7 ? 2 : form === 16 ? 4 : 10;
  const bytes = new Uint8Array(start + headerLength + length);
  const view = new DataView(bytes.buffer);
  bytes[start] =
    (frame.fin ? headerBits.fin : 0) |
    (frame.rsv1 ? headerBits.rsv1 : 0) |
    (frame.rsv2 ? headerBits.rsv2 : 0) |
    (frame.rsv3 ? headerBits.rsv3 : 0) |
    frame.opcode;
  // draft-06/4.3/network-byte-order: DataView writes the highest octet first.
  const rsv4 = frame.rsv4 ? headerBits.rsv4 : 0;
  if (form === 7) {
    bytes[start + 1] = rsv4 | length;
  } else if (form === 16) {
    bytes[start + 1] = rsv4 | lengthForms.marker16;
    view.setUint16(start + 2, length);
  } else {
    bytes[start + 1] = rsv4 | lengthForms.marker63;
    view.setBigUint64(start + 2, BigInt(length));
  }
  // draft-06/4.3/application-data-rest: the application data follows the extension data.
  bytes.set(frame.extensionData, start + headerLength);
  bytes.set(frame.applicationData, start + headerLength + frame.extensionData.length);
  if (key !== undefined) {
    bytes.set(key);
    // draft-06/4.2/mask-whole-frame: masking begins at the first header byte, unless a reading has it otherwise.
    const { maskedPart, firstMaskedOctet } = layout.readings ?? defaultReadings;
    const firstMasked = maskedPart === 'whole-frame' ? start : start + headerLength;
    maskInPlace(bytes, firstMasked, key, firstMaskedOctet === 'zero' ? 0 : 1);
  }
  return bytes;
}

/** How many bytes of the payload the extensions in use take for extension data. */
function extensionDataLengthOf(frame: Frame, extension: FrameExtension): number {
  // Nothing has to be joined for the base protocol, which has none.
  if (extension === noExtension) return 0;
  const payload = new Uint8Array(payloadLengthOf(frame));
  payload.set(frame.extensionData);
  payload.set(frame.applicationData, frame.extensionData.length);
  return extension.extensionDataLength(frame, payload);
}
