import fc from 'fast-check';
import { expect } from 'vitest';
import { concatBytes } from '../../model/bytes.js';
import { type Frame, frameOf, minimalForm, noExtension, opcodeName, payloadLengthOf } from '../../model/frame.js';
import { createDecoder, type DecodedFrame, decodeFrames, isBetweenFrames } from '../../model/frame-decoder.js';
import { encodeFrame, layOutFrame } from '../../model/frame-encoder.js';
import { firstReservedOpcode, headerBits, opcodes } from '../../spec/wire.js';
import {
  doubtfulFrames,
  extendedFrames,
  frameExtensions,
  frames,
  type FrameStream,
  frameStreams,
  layoutsOf,
} from '../arbitraries/frame.js';
import { maskingKeys } from '../arbitraries/masking-key.js';
import { segmentationsOf } from '../arbitraries/segmentation.js';
import { law } from './law.js';

const layout = [
  'draft-06/4.3/fin',
  'draft-06/4.3/opcode',
  'draft-06/4.3/length-7',
  'draft-06/4.3/length-16',
  'draft-06/4.3/length-63',
  'draft-06/4.3/network-byte-order',
  'draft-06/4.3/payload-length-is-sum',
] as const;
const bothWays = ['draft-06/4.2/client-masks-all-frames', 'draft-06/4.1/server-frames-clear'] as const;

function encoded({ frames }: FrameStream): readonly Uint8Array[] {
  return frames.map(({ frame, layout }) => encodeFrame(frame, layout));
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

/** Whether the base protocol has such a frame. */
function isOfBaseProtocol({ rsv1, rsv2, rsv3, rsv4, opcode }: Frame): boolean {
  return !rsv1 && !rsv2 && !rsv3 && !rsv4 && opcode < firstReservedOpcode;
}

function decodeClear(bytes: Uint8Array): readonly Frame[] {
  const { frames, violation } = decodeFrames(createDecoder({ masked: false }), bytes);
  expect(violation).toBeUndefined();
  return frames.map(({ frame }) => frame);
}

law('decoding inverts encoding, and tells how each frame stood on the wire', [...layout, ...bothWays], () => {
  fc.assert(
    fc.property(frameStreams(), (stream) => {
      const wire = encoded(stream);
      let offset = 0;
      const expected = stream.frames.map(({ frame, layout }, at): DecodedFrame => {
        const length = wire[at]?.length ?? 0;
        const lengthForm = layout.lengthForm ?? minimalForm(payloadLengthOf(frame));
        offset += length;
        const decoded = { frame, offset: offset - length, length, lengthForm };
        return layout.maskingKey === undefined ? decoded : { ...decoded, maskingKey: layout.maskingKey };
      });
      const { frames, violation, decoder } = decodeFrames(createDecoder(stream), concatBytes(wire));
      expect(frames).toStrictEqual(expected);
      expect(violation).toBeUndefined();
      expect(decoder.offset).toBe(offset);
    }),
  );
});

law('a stream cut anywhere gives the same frames at the same places', ['draft-06/4.3/payload-length-is-sum'], () => {
  const cut = frameStreams({ maxLength: 300 }).chain((stream) => {
    const bytes = concatBytes(encoded(stream));
    return segmentationsOf(bytes).map((segments) => ({ stream, bytes, segments }));
  });
  fc.assert(
    fc.property(cut, ({ stream, bytes, segments }) => {
      let decoder = createDecoder(stream);
      const frames: DecodedFrame[] = [];
      for (const segment of segments) {
        const decoding = decodeFrames(decoder, segment);
        expect(decoding.violation).toBeUndefined();
        frames.push(...decoding.frames);
        ({ decoder } = decoding);
      }
      expect(frames).toEqual(decodeFrames(createDecoder(stream), bytes).frames);
      expect(isBetweenFrames(decoder)).toBe(true);
    }),
  );
});

law('a large frame that comes in pieces is the frame that comes at once', ['draft-06/4.3/length-63'], () => {
  fc.assert(
    fc.property(fc.boolean(), fc.integer({ min: 1, max: 40_000 }), (masked, size) => {
      const frame = frameOf('binary', new Uint8Array(70_000).fill(size & 0xff));
      const wire = encodeFrame(frame, masked ? { maskingKey: Uint8Array.of(size & 0xff, 0, 1, 2) } : {});
      let decoder = createDecoder({ masked });
      const frames: DecodedFrame[] = [];
      for (let at = 0; at < wire.length; at += Math.max(size, 500)) {
        const decoding = decodeFrames(decoder, wire.subarray(at, at + Math.max(size, 500)));
        frames.push(...decoding.frames);
        ({ decoder } = decoding);
      }
      expect(
        frames.map(({ frame: found }) => Buffer.from(found.applicationData).equals(frame.applicationData)),
      ).toEqual([true]);
    }),
    { numRuns: 20 },
  );
});

law('a stream may end exactly where a frame ends', ['draft-06/4.3/payload-length-is-sum'], () => {
  const truncated = frameStreams({ maxLength: 127 }).chain((stream) => {
    const wire = encoded(stream);
    return fc.nat(concatBytes(wire).length).map((length) => ({ stream, wire, length }));
  });
  fc.assert(
    fc.property(truncated, ({ stream, wire, length }) => {
      const ends = [0];
      for (const bytes of wire) ends.push((ends.at(-1) ?? 0) + bytes.length);
      const { decoder } = decodeFrames(createDecoder(stream), concatBytes(wire).subarray(0, length));
      expect(isBetweenFrames(decoder)).toBe(ends.includes(length));
      expect(decoder.offset).toBe(Math.max(...ends.filter((end) => end <= length)));
    }),
  );
});

law('a decoder is a value: it decodes the same bytes twice, and never changes them', ['draft-06/4.3/opcode'], () => {
  fc.assert(
    fc.property(frameStreams({ maxLength: 127 }), fc.nat(200), (stream, cut) => {
      const bytes = concatBytes(encoded(stream));
      const before = bytes.slice();
      const { decoder } = decodeFrames(createDecoder(stream), bytes.subarray(0, cut));
      const first = decodeFrames(decoder, bytes.subarray(cut));
      expect(decodeFrames(decoder, bytes.subarray(cut))).toEqual(first);
      expect(bytes).toEqual(before);
    }),
  );
});

law('a length takes the shortest form unless a longer one is asked for, which R-401 may refuse', layout, () => {
  const withForm = frames().chain((frame) => layoutsOf(frame, false).map((layout) => ({ frame, layout })));
  fc.assert(
    fc.property(withForm, ({ frame, layout }) => {
      const length = payloadLengthOf(frame);
      const shortest = length < 126 ? 7 : length < 65_536 ? 16 : 63;
      const form = layout.lengthForm ?? shortest;
      const bytes = encodeFrame(frame, layout);
      expect(bytes.length - length).toBe({ 7: 2, 16: 4, 63: 10 }[form]);
      expect((bytes[1] ?? 0) & headerBits.length).toBe({ 7: length, 16: 126, 63: 127 }[form]);
      const extended = Buffer.from(bytes.subarray(2, bytes.length - length)).toString('hex');
      const strict = createDecoder({ masked: false, readings: { nonMinimalLength: 'refuse' } });
      const refused = form === shortest ? undefined : 'non-minimal-length';
      expect(decodeFrames(strict, bytes).violation?.code).toBe(refused);
      expect(extended).toBe(form === 7 ? '' : length.toString(16).padStart(form === 16 ? 4 : 16, '0'));
    }),
  );
});

law('the examples of section 4.7 decode to what they say', [...layout, 'draft-06/4.4/fragmented'], () => {
  const hello = new TextEncoder().encode('Hello');
  expect(decodeClear(bytesOf('84 05 48 65 6c 6c 6f'))).toEqual([frameOf('text', hello)]);
  expect(decodeClear(bytesOf('04 03 48 65 6c 80 02 6c 6f'))).toEqual([
    frameOf('text', hello.subarray(0, 3), false),
    frameOf('continuation', hello.subarray(3)),
  ]);
  expect(decodeClear(bytesOf('82 05 48 65 6c 6c 6f'))).toEqual([frameOf('ping', hello)]);
  expect(decodeClear(bytesOf('83 05 48 65 6c 6c 6f'))).toEqual([frameOf('pong', hello)]);
  const small = Uint8Array.from({ length: 256 }, (_, at) => at);
  expect(decodeClear(concatBytes([bytesOf('85 7e 01 00'), small]))).toEqual([frameOf('binary', small)]);
  const large = new Uint8Array(65_536).fill(0xa5);
  const [found, ...others] = decodeClear(concatBytes([bytesOf('85 7f 00 00 00 00 00 01 00 00'), large]));
  expect(others).toEqual([]);
  expect(found).toMatchObject({ ...frameOf('binary'), applicationData: expect.anything() as unknown });
  expect(Buffer.from(large).equals(found?.applicationData ?? hello)).toBe(true);
});

law(
  'under an extension that allows it a frame may use reserved bits, reserved opcodes and extension data',
  [
    'draft-06/4.8/room-for-extensions',
    'draft-06/4.3/extension-negotiated',
    'draft-06/4.3/no-extension-data',
    'draft-06/4.3/application-data-rest',
    'draft-06/4.3/payload-length-is-sum',
  ],
  () => {
    fc.assert(
      fc.property(extendedFrames(), fc.boolean(), ({ extension, frame }, masked) => {
        const bytes = encodeFrame(frame, masked ? { maskingKey: Uint8Array.of(1, 2, 3, 4) } : {}, extension);
        const { frames, violation } = decodeFrames(createDecoder({ masked, extension }), bytes);
        expect(violation).toBeUndefined();
        expect(frames.map((decoded) => decoded.frame)).toEqual([frame]);
        // Without the extension the same bytes are refused, unless the frame uses nothing of it.
        const alone = decodeFrames(createDecoder({ masked }), bytes);
        expect(alone.violation === undefined).toBe(isOfBaseProtocol(frame));
      }),
    );
  },
);

law('the payload of a clear frame in one chunk is not copied', bothWays, () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 20 }), (payload) => {
      const chunk = encodeFrame(frameOf('binary', payload));
      const [frame] = decodeClear(chunk);
      expect(frame?.applicationData.buffer).toBe(chunk.buffer);
    }),
  );
});

law('every opcode has its name, and those from 6 on have none', ['draft-06/4.3/opcode'], () => {
  const names = Array.from({ length: 16 }, (_, opcode) => opcodeName(opcode));
  expect(names.slice(0, 6)).toEqual(['continuation', 'close', 'ping', 'pong', 'text', 'binary']);
  expect(new Set(names.slice(6))).toEqual(new Set(['reserved']));
  expect(Object.values(opcodes).map(opcodeName)).toEqual(Object.keys(opcodes));
});

law(
  'a frame is encoded exactly when the decoder of the other side would read that frame',
  ['draft-06/4.3/rsv-zero', 'draft-06/4.1/reserved-opcodes-unused', 'draft-06/4.3/no-extension-data'],
  () => {
    const extensions = fc.oneof(fc.constant(noExtension), frameExtensions());
    fc.assert(
      fc.property(doubtfulFrames(), extensions, maskingKeys(), (frame, extension, maskingKey) => {
        const isNibble = Number.isInteger(frame.opcode) && frame.opcode >= 0 && frame.opcode <= headerBits.opcode;
        const wire = isNibble ? layOutFrame(frame, { maskingKey }) : undefined;
        const found = wire && decodeFrames(createDecoder({ masked: true, extension }), wire).frames[0]?.frame;
        const encode = () => encodeFrame(frame, { maskingKey }, extension);
        const isFound = found !== undefined && found.extensionData.length === frame.extensionData.length;
        if (isFound) expect(encode()).toEqual(wire);
        else expect(encode).toThrow(RangeError);
      }),
      { numRuns: 500 },
    );
  },
);

law('bytes that no layout can carry are not laid out', ['draft-06/4.3/length-16', 'draft-06/4.3/opcode'], () => {
  const frame = frameOf('binary', new Uint8Array(126));
  expect(() => layOutFrame(frame, { lengthForm: 7 })).toThrow(RangeError);
  expect(() => layOutFrame(frameOf('text', new Uint8Array(65_536)), { lengthForm: 16 })).toThrow(RangeError);
  for (const opcode of [-1, 0.5, 16, NaN]) expect(() => layOutFrame({ ...frame, opcode })).toThrow(RangeError);
});
