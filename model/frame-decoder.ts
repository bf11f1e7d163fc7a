import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { headerBits, lengthForms, maskingKeyLength } from '../spec/wire.js';
import { concatBytes, noBytes } from './bytes.js';
import { addChunk, type ChunkList, joinChunks, noChunks } from './chunk-list.js';
import {
  firstByteViolation,
  type Frame,
  type FrameExtension,
  type FrameHeader,
  type LengthForm,
  lengthViolation,
  minimalForm,
  noExtension,
  secondByteViolation,
} from './frame.js';
import { maskInPlace, type MaskingKey } from './masking.js';
import { type FrameViolationCode, type Violation, violation } from './violation.js';

/** Highest payload length taken when no limit is given: 16 MiB. */
export const defaultMaxPayload = 16 * 1024 * 1024;

export interface DecoderOptions {
  /** Whether the frames are masked: true for what comes from a client. */
  readonly masked: boolean;
  /** Payload lengths above this are refused as soon as they are announced; at most 2^53 - 1. Default 16 MiB. */
  readonly maxPayload?: number;
  /** What the negotiated extensions allow. Default: nothing. */
  readonly extension?: FrameExtension;
  /** Only `nonMinimalLength` (reading R-401) matters here. */
  readonly readings?: Pick<ReadingChoices, 'nonMinimalLength'>;
}

/** A frame together with how it stood on the wire. */
export interface DecodedFrame {
  readonly frame: Frame;
  /** Offset of its first byte, the masking key's included, from the start of the stream of frames. */
  readonly offset: number;
  /** Bytes on the wire. */
  readonly length: number;
  readonly lengthForm: LengthForm;
  /** The key it was masked with. */
  readonly maskingKey?: MaskingKey;
}

/** A header that is complete. */
interface OpenFrame {
  readonly header: FrameHeader;
  readonly payloadLength: number;
  readonly lengthForm: LengthForm;
  readonly headerLength: number;
  readonly maskingKey?: MaskingKey;
}

/**
 * An incremental decoder: plain data, never changed in place. After a violation there is no way to find the next
 * frame, so a failed decoder reads nothing more.
 */
export interface Decoder {
  readonly options: Required<DecoderOptions>;
  /** Offset of the frame that comes next or is being read. */
  readonly offset: number;
  /** Bytes of a header that is not complete. */
  readonly partialHeader: Uint8Array;
  /** The frame whose payload is not complete, and what there is of it. */
  readonly open: { readonly frame: OpenFrame; readonly payload: ChunkList } | undefined;
  readonly failed: boolean;
}

/** What a chunk gave: frames, and perhaps the violation behind them. */
export interface Decoding {
  readonly decoder: Decoder;
  readonly frames: readonly DecodedFrame[];
  readonly violation?: Violation<FrameViolationCode>;
  /** What is left of the chunk, where decoding stopped at the number of frames that was asked for. */
  readonly rest?: Uint8Array;
}

/** The most that can stand in front of a payload: masking key, two bytes, eight bytes of length. */
const maxHeaderLength = maskingKeyLength + 10;

/** A decoder at the start of the stream of frames. */
export function createDecoder(options: DecoderOptions): Decoder {
  return {
    options: { maxPayload: defaultMaxPayload, extension: noExtension, readings: defaultReadings, ...options },
    offset: 0,
    partialHeader: noBytes,
    open: undefined,
    failed: false,
  };
}

/** Whether the stream may end here without cutting a frame. */
export function isBetweenFrames(decoder: Decoder): boolean {
  return decoder.open === undefined && decoder.partialHeader.length === 0;
}

/**
 * Decodes what arrived (draft-06 sections 4.2 and 4.3). Cutting a stream in other places gives the same frames and the
 * same violation. The payload of a clear frame that lies in one chunk is a view of that chunk, not a copy: the caller
 * leaves the chunk alone afterwards. Memory is used for bytes that arrived, never for a length that was announced.
 *
 * @param limit frames after which to stop, so that each can be dealt with before the next is looked at
 */
export function decodeFrames(decoder: Decoder, chunk: Uint8Array, limit = Infinity): Decoding {
  if (decoder.failed) return { decoder, frames: [] };
  const { options } = decoder;
  const frames: DecodedFrame[] = [];
  let { offset, partialHeader, open } = decoder;
  let at = 0;
  for (;;) {
    if (open === undefined) {
      const held = partialHeader.length;
      // A header that began in an earlier chunk is put together with as much as it can still take; any other is read
      // where it lies.
      const isWhole = held === 0;
      const window = isWhole ? chunk : concatBytes([partialHeader, chunk.subarray(at, at + maxHeaderLength - held)]);
      const header = readHeader(window, isWhole ? at : 0, options);
      if (header === undefined) {
        partialHeader = window.slice(isWhole ? at : 0);
        break;
      }
      if ('code' in header) {
        const found = violation(header.code, offset + header.at);
        return {
          decoder: { ...decoder, offset, partialHeader: noBytes, open: undefined, failed: true },
          frames,
          violation: found,
        };
      }
      at += header.headerLength - held;
      partialHeader = noBytes;
      open = { frame: header, payload: noChunks };
    }
    const missing = open.frame.payloadLength - open.payload.length;
    const piece = missing === 0 ? noBytes : chunk.subarray(at, at + missing);
    at += piece.length;
    if (piece.length < missing) {
      open = { frame: open.frame, payload: addChunk(open.payload, piece) };
      break;
    }
    const payload = open.payload.length === 0 ? piece : joinChunks(addChunk(open.payload, piece));
    const finished = finishFrame(open.frame, payload, offset, options.extension);
    if (finished === undefined) {
      const found = violation('extension-data-too-long', offset + open.frame.headerLength);
      return {
        decoder: { ...decoder, offset, partialHeader: noBytes, open: undefined, failed: true },
        frames,
        violation: found,
      };
    }
    frames.push(finished);
    offset += finished.length;
    open = undefined;
    if (frames.length >= limit) {
      return { decoder: { ...decoder, offset, partialHeader, open }, frames, rest: chunk.subarray(at) };
    }
  }
  return { decoder: { options, offset, partialHeader, open, failed: false }, frames };
}

/**
 * Reads a header as far as it has come, refusing it at the first byte that shows what is wrong.
 * @param from where the frame begins, with the masking key if it is masked
 * @returns the header, a violation with the offset inside the frame, or `undefined` when more bytes are needed
 */
function readHeader(
  bytes: Uint8Array,
  from: number,
  options: Required<DecoderOptions>,
): OpenFrame | { readonly code: FrameViolationCode; readonly at: number } | undefined {
  const { masked } = options;
  const start = masked ? maskingKeyLength : 0;
  const come = bytes.length - from;
  if (come < start + 1) return undefined;
  const first = clearOctet(bytes, from, 0, masked);
  const opcode = first & headerBits.opcode;
  const soFar: FrameHeader = {
    fin: (first & headerBits.fin) !== 0,
    rsv1: (first & headerBits.rsv1) !== 0,
    rsv2: (first & headerBits.rsv2) !== 0,
    rsv3: (first & headerBits.rsv3) !== 0,
    rsv4: false,
    opcode,
  };
  const firstWrong = firstByteViolation(soFar, options.extension);
  if (firstWrong !== undefined) return { code: firstWrong, at: start };
  if (come < start + 2) return undefined;
  const second = clearOctet(bytes, from, 1, masked);
  const header = (second & headerBits.rsv4) === 0 ? soFar : { ...soFar, rsv4: true };
  const secondWrong = secondByteViolation(header, options.extension);
  if (secondWrong !== undefined) return { code: secondWrong, at: start + 1 };

  let payloadLength = second & headerBits.length;
  let lengthForm: LengthForm = 7;
  let headerLength = start + 2;
  if (payloadLength > lengthForms.max7) {
    lengthForm = payloadLength === lengthForms.marker16 ? 16 : 63;
    const lengthOctets = lengthForm === 16 ? 2 : 8;
    // draft-06/4.3/length-high-bit-zero, refused at its own byte.
    if (lengthForm === 63 && come > headerLength && (clearOctet(bytes, from, 2, masked) & 0x80) !== 0) {
      return { code: 'length-high-bit', at: headerLength };
    }
    if (come < headerLength + lengthOctets) return undefined;
    payloadLength = 0;
    // Above 2^53 the sum is rounded, which no limit below 2^53 can notice.
    for (let index = 2; index < 2 + lengthOctets; index++) {
      payloadLength = payloadLength * 256 + clearOctet(bytes, from, index, masked);
    }
    if (options.readings.nonMinimalLength === 'refuse' && minimalForm(payloadLength) < lengthForm) {
      return { code: 'non-minimal-length', at: headerLength };
    }
    headerLength += lengthOctets;
  }
  const lengthWrong = lengthViolation(opcode, payloadLength);
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
function clearOctet(bytes: Uint8Array, from: number, index: number, masked: boolean): number {
  if (!masked) return bytes[from + index] as number;
  return (bytes[from + maskingKeyLength + index] as number) ^ (bytes[from + (index & 3)] as number);
}

/** Unmasks and splits a complete payload; `undefined` when the extension claims more than there is. */
function finishFrame(
  open: OpenFrame,
  raw: Uint8Array,
  offset: number,
  extension: FrameExtension,
): DecodedFrame | undefined {
  const { header, maskingKey, headerLength, lengthForm } = open;
  let payload = raw;
  if (maskingKey !== undefined) {
    payload = raw.slice();
    maskInPlace(payload, 0, maskingKey, headerLength - maskingKeyLength);
  }
  const split = extension.extensionDataLength(header, payload);
  if (split > payload.length) return undefined;
  const { fin, rsv1, rsv2, rsv3, rsv4, opcode } = header;
  const extensionData = split === 0 ? noBytes : payload.subarray(0, split);
  const applicationData = split === 0 ? payload : payload.subarray(split);
  const frame: Frame = { fin, rsv1, rsv2, rsv3, rsv4, opcode, extensionData, applicationData };
  const length = headerLength + raw.length;
  return maskingKey === undefined
    ? { frame, offset, length, lengthForm }
    : { frame, offset, length, lengthForm, maskingKey };
}
