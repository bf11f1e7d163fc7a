import { defaultReadings } from '../spec/readings.js';
import { maskingKeyLength } from '../spec/wire.js';
import { concatBytes, noBytes } from './bytes.js';
import { addChunk, type ChunkList, joinChunks, noChunks } from './chunk-list.js';
import { type Frame, type LengthForm, noExtension } from './frame.js';
import {
  type DecoderOptions,
  type DecoderSettings,
  maxHeaderLength,
  type OpenFrame,
  readHeader,
} from './frame-header.js';
import { maskInPlace, type MaskingKey } from './masking.js';
import { type FrameViolationCode, type Violation, violation } from './violation.js';

export type { DecoderOptions } from './frame-header.js';

/** Highest payload length taken when no limit is given: 16 MiB. */
export const defaultMaxPayload = 16 * 1024 * 1024;

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

/**
 * An incremental decoder: plain data, never changed in place. After a violation there is no way to find the next
 * frame, so a failed decoder reads nothing more.
 */
export interface Decoder {
  readonly options: DecoderSettings;
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

/** A decoder at the start of the stream of frames. */
export function createDecoder(options: DecoderOptions): Decoder {
  const readings = { ...defaultReadings, ...options.readings };
  return {
    options: { maxPayload: defaultMaxPayload, extension: noExtension, ...options, readings },
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
    const finished = finishFrame(open.frame, payload, offset, options);
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

/** Unmasks and splits a complete payload; `undefined` when the extension claims more than there is. */
function finishFrame(
  open: OpenFrame,
  raw: Uint8Array,
  offset: number,
  { extension, readings }: DecoderSettings,
): DecodedFrame | undefined {
  const { header, maskingKey, headerLength, lengthForm } = open;
  let payload = raw;
  if (maskingKey !== undefined) {
    payload = raw.slice();
    const before = readings.maskedPart === 'payload' ? 0 : headerLength - maskingKeyLength;
    maskInPlace(payload, 0, maskingKey, readings.firstMaskedOctet === 'zero' ? before : before + 1);
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
