import fc from 'fast-check';
import { type Frame, type FrameExtension, frameOf, type LengthForm, minimalForm } from '../../model/frame.js';
import type { Layout } from '../../model/frame-encoder.js';
import { firstReservedOpcode, headerBits, lengthForms, maxControlPayload, opcodes } from '../../spec/wire.js';
import { maskingKeys } from './masking-key.js';

/** A frame with one of its layouts. */
interface LaidOutFrame {
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
  /** Default 65,536; lengths with a 16-bit or 63-bit form of their own are rare. */
  readonly maxLength?: number;
}

/**
 * Payload data: short and random, or with a length beside a change of the form of the length and a simple pattern.
 * Shrinks towards no bytes.
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

/** Frames of the base protocol with the opcode of text, binary or continuation; any payload, FIN set or clear. */
function dataFrames(constraints?: PayloadConstraints): fc.Arbitrary<Frame> {
  return fc
    .tuple(fc.constantFrom('text', 'binary', 'continuation'), payloads(constraints), fc.boolean())
    .map(([name, payload, fin]) => frameOf(name, payload, fin));
}

/** Control frames: FIN set and at most 125 bytes of any payload, so that the body of a Close need not make sense. */
export function controlFrames(): fc.Arbitrary<Frame> {
  return fc
    .tuple(fc.constantFrom('ping', 'pong', 'close'), payloads({ maxLength: maxControlPayload }))
    .map(([name, payload]) => frameOf(name, payload));
}

/** Frames that the base protocol allows by themselves; together they need not make messages. */
export function frames(constraints?: PayloadConstraints): fc.Arbitrary<Frame> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 2, arbitrary: dataFrames(constraints) },
    { weight: 1, arbitrary: controlFrames() },
  );
}

/** The layouts of a frame: each form that can carry the length, none given for the shortest; a key when masked. */
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

/** What one side sends: up to five frames, each in one of its layouts. */
export function frameStreams(constraints?: PayloadConstraints): fc.Arbitrary<FrameStream> {
  return fc.boolean().chain((masked) => {
    const laidOut = frames(constraints).chain((frame) => layoutsOf(frame, masked).map((layout) => ({ frame, layout })));
    return fc.array(laidOut, { maxLength: 5 }).map((list) => ({ masked, frames: list }));
  });
}

/**
 * Extensions that frames may be under: any of the reserved bits, any of the reserved opcodes, and, in frames that use
 * one of them, a number of bytes of extension data.
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

/**
 * Extensions with a frame that uses what they allow, also a control frame: some of their bits, perhaps one of their
 * opcodes, and the extension data that they ask for.
 */
export function extendedFrames(): fc.Arbitrary<{ readonly extension: FrameExtension; readonly frame: Frame }> {
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
 * Frames of which many may not be sent: any bits and any opcode, also such as have no four bits, and extension data
 * that nobody negotiated.
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
