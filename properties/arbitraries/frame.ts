import fc from 'fast-check';
import { type Frame, type FrameExtension, frameOf, type LengthForm, minimalForm } from '../../model/frame.js';
import type { Layout } from '../../model/frame-encoder.js';
import { firstReservedOpcode, headerBits, lengthForms, maxControlPayload, opcodes } from '../../spec/wire.js';
import { maskingKeys } from './masking-key.js';

/** A frame with one of its layouts: what `layOutFrame` of the model takes. */
export interface LaidOutFrame {
  readonly frame: Frame;
  readonly layout: Layout;
}

/** Frames of one sender: all masked or all clear. */
export interface FrameStream {
  readonly masked: boolean;
  readonly frames: readonly LaidOutFrame[];
}

/** How long payloads may become. */
export interface PayloadConstraints {
  /** The longest payload, in bytes. Default 65,536; lengths with a 16-bit or 63-bit form of their own are rare. */
  readonly maxLength?: number;
}

/**
 * Payload data: up to 20 random bytes, or a length beside a change of the form of the length (0, 1, 124 to 127, 65,535,
 * 65,536; draft-06 section 4.3) and a simple pattern. Shrinks towards no bytes.
 */
export function payloads({ maxLength = lengthForms.max16 + 1 }: PayloadConstraints = {}): fc.Arbitrary<Uint8Array> {
  const upTo = (lengths: readonly number[]) => fc.constantFrom(0, ...lengths.filter((length) => length <= maxLength));
  const { max7, marker16, marker63, max16 } = lengthForms;
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 60, arbitrary: fc.uint8Array({ maxLength: Math.min(20, maxLength) }) },
    { weight: 20, arbitrary: patterned(upTo([1, max7 - 1, max7, marker16, marker63])) },
    { weight: 1, arbitrary: patterned(upTo([max16, max16 + 1])) },
  );
}

/** Bytes that differ from their neighbours, so that a shift of one shows. */
function patterned(lengths: fc.Arbitrary<number>): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(lengths, fc.nat(0xff))
    .map(([length, first]) => Uint8Array.from({ length }, (_, at) => (first + at * 7) & 0xff));
}

/**
 * Data frames of the base protocol: the opcode of text, binary or continuation, any payload, FIN set or clear. The payload
 * of a text frame need not be UTF-8, as that of a fragment (draft-06 sections 4.3 and 4.6).
 */
export function dataFrames(constraints?: PayloadConstraints): fc.Arbitrary<Frame> {
  return fc
    .tuple(fc.constantFrom('text', 'binary', 'continuation'), payloads(constraints), fc.boolean())
    .map(([name, payload, fin]) => frameOf(name, payload, fin));
}

/**
 * Control frames: Ping, Pong and Close with FIN set and at most 125 bytes of any payload, so that the body of a Close need
 * not make sense (draft-06 section 4.5).
 */
export function controlFrames(): fc.Arbitrary<Frame> {
  return fc
    .tuple(fc.constantFrom('ping', 'pong', 'close'), payloads({ maxLength: maxControlPayload }))
    .map(([name, payload]) => frameOf(name, payload));
}

/**
 * Frames that the base protocol allows by themselves; together they need not make messages (draft-06 section 4.3).
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { createDecoder, decodeFrames, encodeFrame } from 'hybi-spec';
 * import { frames } from 'hybi-spec/arbitraries';
 *
 * // The encoder under test: a frame of a server, with the shortest form of its length.
 * const encode = ({ fin, opcode, applicationData }) => {
 *   const { length } = applicationData;
 *   const octets = [length >> 24, length >> 16, length >> 8, length];
 *   const long = length < 65536 ? [126, ...octets.slice(2)] : [127, 0, 0, 0, 0, ...octets];
 *   const form = length < 126 ? [length] : long;
 *   return Uint8Array.from([(fin ? 0x80 : 0) | opcode, ...form, ...applicationData]);
 * };
 *
 * fc.assert(
 *   fc.property(frames(), (frame) => {
 *     const bytes = encode(frame);
 *     // The same bytes as those of the model, and the model reads the frame from them.
 *     const [decoded] = decodeFrames(createDecoder({ masked: false }), bytes).frames;
 *     return Buffer.compare(bytes, encodeFrame(frame)) === 0 && decoded.frame.opcode === frame.opcode;
 *   }),
 * );
 * ```
 */
export function frames(constraints?: PayloadConstraints): fc.Arbitrary<Frame> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 2, arbitrary: dataFrames(constraints) },
    { weight: 1, arbitrary: controlFrames() },
  );
}

/**
 * The layouts of a frame: each of the forms of 7, 16 and 63 bits that can carry its length, none given for the shortest
 * (reading R-401 allows the longer ones), and a masking key where it is masked (draft-06 sections 4.2 and 4.3).
 * @param masked whether a client sends it
 */
export function layoutsOf(frame: Frame, masked: boolean): fc.Arbitrary<Layout> {
  const shortest = minimalForm(frame.extensionData.length + frame.applicationData.length);
  const forms = ([7, 16, 63] satisfies LengthForm[]).filter((form) => form >= shortest);
  const form = fc.option(fc.constantFrom(...forms), { nil: undefined });
  const key = masked ? maskingKeys() : fc.constant(undefined);
  return fc.tuple(form, key).map(([lengthForm, maskingKey]) => ({
    ...(lengthForm === undefined ? {} : { lengthForm }),
    ...(maskingKey === undefined ? {} : { maskingKey }),
  }));
}

/**
 * What one side sends: up to five frames, each in one of its layouts. All are masked, as those of a client, or all clear.
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { createDecoder, decodeFrames, layOutFrame } from 'hybi-spec';
 * import { frameStreams, segmentationsOf } from 'hybi-spec/arbitraries';
 *
 * const streams = frameStreams().chain(({ masked, frames }) => {
 *   const bytes = Buffer.concat(frames.map(({ frame, layout }) => layOutFrame(frame, layout)));
 *   return segmentationsOf(bytes).map((segments) => ({ masked, frames, segments }));
 * });
 * fc.assert(
 *   fc.property(streams, ({ masked, frames, segments }) => {
 *     // Put a decoder of your own here: it has to find the same frames, however TCP cuts them.
 *     let decoder = createDecoder({ masked });
 *     const found = segments.flatMap((segment) => {
 *       const decoding = decodeFrames(decoder, segment);
 *       decoder = decoding.decoder;
 *       return decoding.frames;
 *     });
 *     return found.length === frames.length;
 *   }),
 * );
 * ```
 */
export function frameStreams(constraints?: PayloadConstraints): fc.Arbitrary<FrameStream> {
  return fc.boolean().chain((masked) => {
    const laidOut = frames(constraints).chain((frame) => layoutsOf(frame, masked).map((layout) => ({ frame, layout })));
    return fc.array(laidOut, { maxLength: 5 }).map((list) => ({ masked, frames: list }));
  });
}

/**
 * Extensions that frames may be under (draft-06 section 4.8): any of the reserved bits, any of the reserved opcodes, and, in
 * frames that use one of them, a number of bytes of extension data.
 */
export function frameExtensions(): fc.Arbitrary<FrameExtension> {
  const bit = fc.boolean();
  const reserved = fc.integer({ min: firstReservedOpcode, max: headerBits.opcode });
  return fc
    .tuple(fc.record({ rsv1: bit, rsv2: bit, rsv3: bit, rsv4: bit }), fc.uniqueArray(reserved), fc.nat(4))
    .map(([reservedBits, list, length]) => ({
      reservedBits,
      opcodes: list,
      extensionDataLength: ({ rsv1, rsv2, rsv3, rsv4, opcode }) =>
        rsv1 || rsv2 || rsv3 || rsv4 || opcode >= firstReservedOpcode ? length : 0,
    }));
}

/** A frame, and what the extensions in use allow it. */
export interface ExtendedFrame {
  readonly extension: FrameExtension;
  readonly frame: Frame;
}

/**
 * Extensions with a frame that uses what they allow, also a control frame: some of their bits, perhaps one of their
 * opcodes, and the extension data that they ask for.
 */
export function extendedFrames(): fc.Arbitrary<ExtendedFrame> {
  return frameExtensions().chain((extension) => {
    const { text, continuation, ping } = opcodes;
    const { rsv1, rsv2, rsv3, rsv4 } = extension.reservedBits;
    const upTo = (allowed: boolean) => (allowed ? fc.boolean() : fc.constant(false));
    return fc
      .record({
        fin: fc.boolean(),
        ...{ rsv1: upTo(rsv1), rsv2: upTo(rsv2), rsv3: upTo(rsv3), rsv4: upTo(rsv4) },
        opcode: fc.constantFrom(text, continuation, ping, ...extension.opcodes),
        payload: fc.uint8Array({ minLength: 4, maxLength: maxControlPayload }),
      })
      .map(({ payload, ...bits }) => {
        const header = { ...bits, fin: bits.fin || bits.opcode === ping };
        const split = extension.extensionDataLength(header, payload);
        const frame = {
          ...header,
          extensionData: payload.subarray(0, split),
          applicationData: payload.subarray(split),
        };
        return { extension, frame };
      });
  });
}

/**
 * Frames of which many may not be sent, for an encoder to refuse: any bits and any opcode, also such as have no four bits,
 * and extension data that nobody negotiated (draft-06 section 4.3).
 */
export function doubtfulFrames(): fc.Arbitrary<Frame> {
  const rare = fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
  const opcode = fc.oneof(
    { weight: 9, arbitrary: fc.nat(headerBits.opcode) },
    { weight: 1, arbitrary: fc.constantFrom(-1, 0.5, 16, 255, NaN) },
  );
  const short = payloads({ maxLength: lengthForms.marker63 });
  const extensionData = fc.oneof(
    { weight: 3, arbitrary: fc.constant(new Uint8Array(0)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 4 }) },
  );
  return fc.record({
    fin: fc.boolean(),
    ...{ rsv1: rare, rsv2: rare, rsv3: rare, rsv4: rare },
    opcode,
    extensionData,
    applicationData: short,
  });
}
