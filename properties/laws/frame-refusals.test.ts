import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { ClauseId } from '../../spec/clauses.js';
import { statusCodes } from '../../spec/status-codes.js';
import { firstReservedOpcode, headerBits, lengthForms, opcodes } from '../../spec/wire.js';
import { concatBytes } from '../../model/bytes.js';
import { joinChunks } from '../../model/chunk-list.js';
import { type FrameExtension, frameOf, noExtension } from '../../model/frame.js';
import {
  createDecoder,
  type DecodedFrame,
  type Decoder,
  type DecoderOptions,
  decodeFrames,
  defaultMaxPayload,
} from '../../model/frame-decoder.js';
import { encodeFrame } from '../../model/frame-encoder.js';
import { mask } from '../../model/masking.js';
import {
  clauseOfViolation,
  type FrameViolationCode,
  statusOfViolation,
  type Violation,
} from '../../model/violation.js';
import { absurdLengths, hostileFrames } from '../arbitraries/hostile-frames.js';
import { maskingKeys } from '../arbitraries/masking-key.js';
import { segmentationsOf } from '../arbitraries/segmentation.js';
import { law } from './law.js';

/** The codes that only masking keys, whole messages, the bodies of Close frames and extensions show. */
type LaterCode =
  | 'zero-key'
  | 'orphan-continuation'
  | 'interleaved-message'
  | 'empty-fragment'
  | 'close-inside-message'
  | 'data-behind-close'
  | 'second-close'
  | 'short-close-body'
  | 'bad-status-code'
  | 'bad-close-reason'
  | 'bad-utf-8'
  | 'undecodable-stream'
  | 'expansion-too-large'
  | 'refused-by-extension';

/** How a violation is reached; each of `wire` is a clear frame up to and with the octet that shows it. */
interface Row {
  readonly clause: ClauseId;
  readonly status?: number;
  readonly options?: Partial<DecoderOptions>;
  /** Index of the octet in the clear frame that the offset names. */
  readonly at: number;
  readonly wire: readonly (readonly number[])[];
}

const { fin, rsv1, rsv2, rsv3, rsv4 } = headerBits;
const { max7, marker16, marker63 } = lengthForms;
const { text, binary, close, ping, pong } = opcodes;
const controls = [close, ping, pong];
const reserved = Array.from({ length: headerBits.opcode + 1 }, (_, opcode) => opcode).slice(firstReservedOpcode);
const threeBytes: FrameExtension = {
  reservedBits: { ...noExtension.reservedBits, rsv1: true },
  opcodes: [firstReservedOpcode],
  extensionDataLength: ({ rsv1: bit, opcode }) => (bit || opcode === firstReservedOpcode ? 3 : 0),
};

const rows: Readonly<Record<Exclude<FrameViolationCode, LaterCode>, Row>> = {
  'rsv1-set': { clause: 'draft-06/4.1/reserved-bits-zero', at: 0, wire: [[fin | rsv1 | text], [rsv1 | rsv2 | ping]] },
  'rsv2-set': { clause: 'draft-06/4.1/reserved-bits-zero', at: 0, wire: [[fin | rsv2 | text], [rsv2 | rsv3 | ping]] },
  'rsv3-set': { clause: 'draft-06/4.1/reserved-bits-zero', at: 0, wire: [[fin | rsv3 | text], [rsv3 | ping], [rsv3]] },
  'rsv4-set': { clause: 'draft-06/4.1/reserved-bits-zero', at: 1, wire: [0, 5, marker63].map((n) => [text, rsv4 | n]) },
  'reserved-opcode': {
    clause: 'draft-06/4.1/reserved-opcodes-unused',
    at: 0,
    wire: reserved.flatMap((opcode) => [[opcode], [fin | opcode]]),
  },
  'fragmented-control': {
    clause: 'draft-06/4.5/control-not-fragmented',
    at: 0,
    wire: controls.map((opcode) => [opcode]),
  },
  'long-control': {
    clause: 'draft-06/4.5/control-at-most-125',
    at: 1,
    wire: controls.flatMap((opcode) => [
      [fin | opcode, marker16, 0, max7 + 1],
      [fin | opcode, marker63, 0, 0, 0, 0, 0, 0, 1, 0],
    ]),
  },
  'length-high-bit': {
    clause: 'draft-06/4.3/length-high-bit-zero',
    at: 2,
    wire: [fin | binary, fin | ping, text].map((first) => [first, marker63, 0x80]),
  },
  'non-minimal-length': {
    clause: 'draft-06/4.3/length-16',
    options: { readings: { nonMinimalLength: 'refuse' } },
    at: 2,
    wire: [
      [fin | binary, marker16, 0, max7],
      [text, marker63, 0, 0, 0, 0, 0, 0, 0xff, 0xff],
    ],
  },
  'extension-data-too-long': {
    clause: 'draft-06/4.3/payload-length-is-sum',
    options: { extension: threeBytes },
    at: 2,
    wire: [
      [fin | rsv1 | text, 2, 0x41, 0x42],
      [firstReservedOpcode, 0],
    ],
  },
  'message-too-large': {
    clause: 'draft-06/7.4.1/1004-too-large',
    status: statusCodes.tooLarge,
    options: { maxPayload: 100 },
    at: 1,
    wire: [
      [fin | binary, 101],
      [text, marker16, 0xff, 0xff],
      [text, marker63, 0x7f, ...new Array<number>(7).fill(0xff)],
    ],
  },
};

/** Clear bytes of one frame as a client or a server sends them. */
function onWire(clear: readonly number[], key: Uint8Array | undefined): Uint8Array {
  const bytes = Uint8Array.from(clear);
  return key === undefined ? bytes : concatBytes([key, mask(key, bytes)]);
}

function decodePieces(start: Decoder, pieces: readonly Uint8Array[]) {
  let decoder = start;
  const frames: DecodedFrame[] = [];
  const violations: Violation<FrameViolationCode>[] = [];
  for (const piece of pieces) {
    const decoding = decodeFrames(decoder, piece);
    frames.push(...decoding.frames);
    if (decoding.violation !== undefined) violations.push(decoding.violation);
    ({ decoder } = decoding);
  }
  return { frames, violations, decoder };
}

/** A decoder without a trace of how the bytes of the open payload were cut. */
function withoutCuts(decoder: Decoder) {
  const { open } = decoder;
  return { ...decoder, open: open && { frame: open.frame, payload: joinChunks(open.payload) } };
}

/** Bytes in all buffers that a decoder keeps alive. */
function heldBytes({ partialHeader, open }: Decoder): number {
  const buffers = new Set([partialHeader, ...(open?.payload.chunks ?? [])].map(({ buffer }) => buffer));
  return [...buffers].reduce((sum, buffer) => sum + buffer.byteLength, 0);
}

describe('each violation is refused at the octet that shows it, under its clause', () => {
  for (const [code, row] of Object.entries(rows) as [keyof typeof rows, Row][]) {
    law(code, [row.clause, 'draft-06/9/input-not-trusted'], () => {
      const before = fc.array(fc.uint8Array({ maxLength: 3 }), { maxLength: 3 });
      const keys = fc.option(maskingKeys(), { nil: undefined });
      fc.assert(
        fc.property(before, keys, fc.constantFrom(...row.wire), hostileFrames(), (payloads, key, clear, tail) => {
          const layout = key === undefined ? {} : { maskingKey: key };
          const right = concatBytes(payloads.map((payload) => encodeFrame(frameOf('ping', payload), layout)));
          const bytes = concatBytes([right, onWire(clear, key)]);
          const start = createDecoder({ ...row.options, masked: key !== undefined });
          const violation = { code, offset: right.length + (key?.length ?? 0) + row.at };

          const almost = decodeFrames(start, bytes.subarray(0, -1));
          expect(almost.violation).toBeUndefined();
          expect(almost.frames.length).toBe(payloads.length);
          const last = decodeFrames(almost.decoder, bytes.subarray(-1));
          expect(last).toMatchObject({ frames: [], violation });
          const atOnce = decodeFrames(start, concatBytes([bytes, tail]));
          expect(atOnce.frames).toEqual(almost.frames);
          expect(atOnce).toMatchObject({ violation, decoder: last.decoder });
        }),
      );
      expect(clauseOfViolation(code)).toBe(row.clause);
      expect(statusOfViolation(code)).toBe(row.status ?? statusCodes.protocolError);
    });
  }
});

law(
  'whatever bytes come and however they are cut, they are frames, a violation or a beginning, and none is lost',
  ['draft-06/9/input-not-trusted'],
  () => {
    const cut = hostileFrames().chain((bytes) => segmentationsOf(bytes).map((segments) => ({ bytes, segments })));
    const options = fc.record({
      masked: fc.boolean(),
      readings: fc.record({ nonMinimalLength: fc.constantFrom('allow', 'refuse') }),
    });
    fc.assert(
      fc.property(cut, options, ({ bytes, segments }, choice) => {
        const { frames, violation, decoder } = decodeFrames(createDecoder(choice), bytes);
        const pieces = decodePieces(createDecoder(choice), segments);
        expect(pieces.frames).toEqual(frames);
        expect(pieces.violations).toEqual(violation === undefined ? [] : [violation]);
        expect(withoutCuts(pieces.decoder)).toEqual(withoutCuts(decoder));
        expect(decoder.failed).toBe(violation !== undefined);
        for (const { frame, offset, length, lengthForm, maskingKey } of frames) {
          const layout = maskingKey === undefined ? { lengthForm } : { lengthForm, maskingKey };
          expect(encodeFrame(frame, layout)).toEqual(bytes.subarray(offset, offset + length));
        }
        if (violation !== undefined) {
          expect(violation.offset).toBeGreaterThanOrEqual(decoder.offset);
          expect(violation.offset).toBeLessThan(bytes.length);
        } else {
          const open = decoder.open === undefined ? 0 : decoder.open.frame.headerLength + decoder.open.payload.length;
          expect(decoder.offset + open + decoder.partialHeader.length).toBe(bytes.length);
        }
      }),
      { numRuns: 500 },
    );
  },
);

law('a decoder that failed reads nothing more', ['draft-06/9/disconnect-on-bad-data'], () => {
  fc.assert(
    fc.property(hostileFrames(), hostileFrames(), fc.boolean(), (bytes, more, masked) => {
      const failing = masked ? Uint8Array.of(0, 0, 0, 0, rsv1) : Uint8Array.of(rsv1);
      const { decoder } = decodePieces(createDecoder({ masked }), [bytes, new Uint8Array(300), failing]);
      fc.pre(decoder.failed);
      expect(decodeFrames(decoder, more)).toEqual({ decoder, frames: [] });
      expect(heldBytes(decoder)).toBe(0);
    }),
  );
});

law(
  'memory is held for bytes that came, never for a length that was announced',
  ['draft-06/9/input-not-trusted'],
  () => {
    const cut = absurdLengths().chain((bytes) =>
      segmentationsOf(bytes).map((segments) => ({ bytes, segments: segments.map((segment) => segment.slice()) })),
    );
    fc.assert(
      fc.property(cut, ({ bytes, segments }) => {
        const announced = new DataView(bytes.buffer).getBigUint64(2);
        const largest = BigInt(Number.MAX_SAFE_INTEGER);
        const open = decodePieces(createDecoder({ masked: false, maxPayload: Number.MAX_SAFE_INTEGER }), segments);
        const tooLarge = announced >> 63n === 1n ? 'length-high-bit' : 'message-too-large';
        if (announced > largest) expect(open.violations.map(({ code }) => code)).toEqual([tooLarge]);
        else if (announced > 20n) expect(open.decoder.open?.payload.length).toBe(bytes.length - 10);
        expect(heldBytes(open.decoder)).toBeLessThanOrEqual(bytes.length);
        const limited = decodeFrames(createDecoder({ masked: false }), bytes.subarray(0, 10));
        const behindLarge = [encodeFrame(frameOf('binary', new Uint8Array(1000))), bytes.subarray(0, 1)];
        expect(heldBytes(decodeFrames(createDecoder({ masked: false }), concatBytes(behindLarge)).decoder)).toBe(1);
        expect(limited.violation?.code).toBe(announced > BigInt(defaultMaxPayload) ? tooLarge : undefined);
      }),
    );
  },
);
