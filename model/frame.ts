import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { firstReservedOpcode, lengthForms, maxControlPayload, opcodes, type OpcodeName } from '../spec/wire.js';
import { noBytes } from './bytes.js';
import type { FrameViolationCode } from './violation.js';

/** Everything in front of the payload, apart from its length (draft-06 section 4.3). */
export interface FrameHeader {
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly rsv2: boolean;
  readonly rsv3: boolean;
  readonly rsv4: boolean;
  /** 0 to 15; names are in `opcodes`. */
  readonly opcode: number;
}

/** The unit on the wire. Its payload data is the extension data followed by the application data. */
export interface Frame extends FrameHeader {
  readonly extensionData: Uint8Array;
  readonly applicationData: Uint8Array;
}

/** Which form a payload length takes on the wire: in 7 bits, in 16 more, or in 63 more. */
export type LengthForm = 7 | 16 | 63;

/**
 * What negotiated extensions change about frames (draft-06 section 4.8). Without one, reserved bits are 0, reserved
 * opcodes are unused and there is no extension data.
 */
export interface FrameExtension {
  /** The reserved bits that frames may set. */
  readonly reservedBits: Pick<FrameHeader, 'rsv1' | 'rsv2' | 'rsv3' | 'rsv4'>;
  /** The reserved opcodes that frames may use, 6 to 15. */
  readonly opcodes: readonly number[];
  /**
   * How many bytes at the start of the payload are extension data; more than the payload has is a violation
   * (draft-06/4.3/extension-specifies-length).
   */
  readonly extensionDataLength: (header: FrameHeader, payload: Uint8Array) => number;
}

/** The base protocol: no extension is in use. */
export const noExtension: FrameExtension = {
  reservedBits: { rsv1: false, rsv2: false, rsv3: false, rsv4: false },
  opcodes: [],
  extensionDataLength: () => 0,
};

/**
 * An extension whose data only those frames have that announce it by a reserved bit or opcode, unless reading R-420
 * leaves that to the extension (draft-06/4.3/no-extension-data).
 */
export function withAnnouncedData(
  extension: FrameExtension,
  choice: ReadingChoices['extensionData'] = defaultReadings.extensionData,
): FrameExtension {
  if (extension === noExtension || choice === 'by-extension') return extension;
  return {
    ...extension,
    extensionDataLength: (header, payload) => {
      const { rsv1, rsv2, rsv3, rsv4, opcode } = header;
      const isAnnounced = rsv1 || rsv2 || rsv3 || rsv4 || isReservedOpcode(opcode);
      return isAnnounced ? extension.extensionDataLength(header, payload) : 0;
    },
  };
}

/** Whether an opcode is that of a control frame (draft-06/4.5/control-opcodes). */
export function isControl(opcode: number): boolean {
  return opcode === opcodes.close || opcode === opcodes.ping || opcode === opcodes.pong;
}

/** Whether an opcode is left for extensions (draft-06/4.8/room-for-extensions). */
export function isReservedOpcode(opcode: number): boolean {
  return opcode >= firstReservedOpcode;
}

/** Whether nothing has defined the opcode of a frame: a receiver refuses it or passes it over (reading R-418). */
export function isUndefinedOpcode(opcode: number, extension: FrameExtension): boolean {
  return isReservedOpcode(opcode) && !extension.opcodes.includes(opcode);
}

/** The name of an opcode, `reserved` for 6 to 15. */
export function opcodeName(opcode: number): OpcodeName | 'reserved' {
  for (const [name, value] of Object.entries(opcodes)) if (value === opcode) return name as OpcodeName;
  return 'reserved';
}

/**
 * A frame of the base protocol: reserved bits 0, no extension data.
 * @param fin whether it is the last fragment of its message; true unless said otherwise
 */
export function frameOf(name: OpcodeName, applicationData: Uint8Array = noBytes, fin = true): Frame {
  return {
    fin,
    rsv1: false,
    rsv2: false,
    rsv3: false,
    rsv4: false,
    opcode: opcodes[name],
    extensionData: noBytes,
    applicationData,
  };
}

/** The payload length: extension data and application data together (draft-06/4.3/payload-length-is-sum). */
export function payloadLengthOf(frame: Frame): number {
  return frame.extensionData.length + frame.applicationData.length;
}

/** The shortest form that can carry a payload length. */
export function minimalForm(payloadLength: number): LengthForm {
  if (payloadLength <= lengthForms.max7) return 7;
  return payloadLength <= lengthForms.max16 ? 16 : 63;
}

/** The readings that say how a receiver takes frames and their masks. */
export type FramingReadings = Pick<
  ReadingChoices,
  | 'nonMinimalLength'
  | 'reservedBits'
  | 'reservedOpcode'
  | 'controlLimit'
  | 'maskedPart'
  | 'firstMaskedOctet'
  | 'zeroKey'
>;

/**
 * What is wrong with the first header byte of a frame, in the order of its bits; `undefined` when nothing is. The
 * decoder and the encoder share it, so that nothing is sent that would be refused.
 */
export function firstByteViolation(
  header: FrameHeader,
  extension: FrameExtension,
  readings: Pick<FramingReadings, 'reservedBits' | 'reservedOpcode'> = defaultReadings,
): FrameViolationCode | undefined {
  const allowed = extension.reservedBits;
  if (readings.reservedBits === 'refuse') {
    if (header.rsv1 && !allowed.rsv1) return 'rsv1-set';
    if (header.rsv2 && !allowed.rsv2) return 'rsv2-set';
    if (header.rsv3 && !allowed.rsv3) return 'rsv3-set';
  }
  if (readings.reservedOpcode === 'refuse' && isUndefinedOpcode(header.opcode, extension)) return 'reserved-opcode';
  if (isControl(header.opcode) && !header.fin) return 'fragmented-control';
  return undefined;
}

/** What is wrong with RSV4, the first bit of the second header byte. */
export function secondByteViolation(
  header: FrameHeader,
  extension: FrameExtension,
  readings: Pick<FramingReadings, 'reservedBits'> = defaultReadings,
): FrameViolationCode | undefined {
  const refuses = readings.reservedBits === 'refuse' && !extension.reservedBits.rsv4;
  return header.rsv4 && refuses ? 'rsv4-set' : undefined;
}

/**
 * The most bytes of payload that a control frame may have: 125, less its header under reading R-461 `frame`.
 * @param headerLength bytes of the header, without a masking key, which is no part of the clear frame
 */
export function maxControlPayloadUnder(controlLimit: ReadingChoices['controlLimit'], headerLength = 2): number {
  return controlLimit === 'frame' ? maxControlPayload - headerLength : maxControlPayload;
}

/**
 * What is wrong with a payload length, given the opcode.
 * @param maxControl the most that a control frame may have
 */
export function lengthViolation(
  opcode: number,
  payloadLength: number,
  maxControl = maxControlPayload,
): FrameViolationCode | undefined {
  return isControl(opcode) && payloadLength > maxControl ? 'long-control' : undefined;
}
