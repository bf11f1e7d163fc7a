import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { concatBytes } from '../../model/bytes.js';
import { payloadLengthOf } from '../../model/frame.js';
import { decodeFrames, createDecoder } from '../../model/frame-decoder.js';
import { encodeFrame } from '../../model/frame-encoder.js';
import { assemble, createAssembler, type Message } from '../../model/message.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { readRawFrames } from '../conformance/raw-frames.js';
import { extendedFrames, frames, layoutsOf } from '../arbitraries/frame.js';
import { fragmentationsOf } from '../arbitraries/fragmentation.js';
import { messages } from '../arbitraries/message.js';
import { law } from './law.js';

function assembled(fragments: readonly Frame[]): readonly Message[] {
  let assembler = createAssembler({ role: 'server' });
  return fragments.flatMap((frame) => {
    const assembly = assemble(assembler, frame, 0);
    assembler = assembly.assembler;
    return assembly.message === undefined ? [] : [assembly.message];
  });
}

describe('frames by the grammar of section 4.3', () => {
  law(
    'a second reader, which shares nothing with the codec, finds each field where the grammar has it',
    [
      'draft-06/4.3/grammar-is-the-format',
      'draft-06/4.3/ws-frame',
      'draft-06/4.1/parts-of-a-frame',
      'draft-06/4.3/fin-one-bit',
      'draft-06/4.3/frame-fin-0',
      'draft-06/4.3/frame-fin-1',
      'draft-06/4.3/rsv-one-bit-each',
      'draft-06/4.3/opcode-four-bits',
      'draft-06/4.3/length-seven-bits',
      'draft-06/4.3/frame-length-7',
      'draft-06/4.3/frame-length-7e',
      'draft-06/4.3/frame-length-7f',
      'draft-06/4.3/frame-length-16',
      'draft-06/4.3/frame-length-63',
      'draft-06/4.3/application-data',
    ],
    () => {
      const laidOut = frames().chain((frame) => layoutsOf(frame, false).map((layout) => ({ frame, layout })));
      fc.assert(
        fc.property(laidOut, ({ frame, layout }) => {
          const bytes = encodeFrame(frame, layout);
          const { fin, opcode, applicationData } = frame;
          const [raw, ...more] = readRawFrames(bytes);
          expect(more).toEqual([]);
          expect(raw).toMatchObject({
            fin,
            opcode,
            rsv1: false,
            rsv2: false,
            rsv3: false,
            rsv4: false,
            isComplete: true,
          });
          expect([raw?.length, raw?.payload]).toEqual([applicationData.length, applicationData]);
          const marker = { 7: applicationData.length, 16: 0x7e, 63: 0x7f }[
            layout.lengthForm ?? formOf(applicationData)
          ];
          expect(raw?.lengthBits).toBe(marker);
        }),
        { numRuns: 200 },
      );
    },
  );

  law(
    'with an extension the payload is its data and behind it that of the application, and the length counts both',
    [
      'draft-06/4.3/extension-data-counted',
      'draft-06/4.3/application-data-length',
      'draft-06/4.3/frame-extension',
      'draft-06/4.1/payload-data',
      'draft-06/4.8/room-for-extensions',
    ],
    () => {
      fc.assert(
        fc.property(extendedFrames(), ({ extension, frame }) => {
          const bytes = encodeFrame(frame, {}, extension);
          const [raw] = readRawFrames(bytes);
          expect(raw?.length).toBe(payloadLengthOf(frame));
          expect(raw?.length).toBe(frame.extensionData.length + frame.applicationData.length);
          expect(raw?.payload).toEqual(concatBytes([frame.extensionData, frame.applicationData]));
          const { frames: read } = decodeFrames(createDecoder({ masked: false, extension }), bytes);
          expect(read[0]?.frame.applicationData.length).toBe((raw?.length ?? 0) - frame.extensionData.length);
        }),
      );
    },
  );
});

function formOf({ length }: Uint8Array): 7 | 16 | 63 {
  return length < 126 ? 7 : length < 65_536 ? 16 : 63;
}

describe('fragments', () => {
  law(
    'a message that somebody on the way fragments anew is the same message',
    ['draft-06/4.4/intermediary-refragments', 'draft-06/4.4/buffer-size', 'draft-06/4.4/any-fragment-size'],
    () => {
      const twice = messages({ maxLength: 300 }).chain((message) =>
        fc.tuple(fragmentationsOf(message), fragmentationsOf(message)),
      );
      fc.assert(
        fc.property(twice, ([one, other]) => {
          expect(assembled(one)).toEqual(assembled(other));
          expect(assembled(one)).toHaveLength(1);
        }),
      );
    },
  );

  law(
    'the first fragment may be the last, and its opcode is the type of the message',
    ['draft-06/4.3/first-may-be-final', 'draft-06/4.4/first-fragment-sets-type', 'draft-06/4.6/opcode-interprets'],
    () => {
      const parts = fc.array(fc.uint8Array({ maxLength: 5 }), { maxLength: 3 });
      fc.assert(
        fc.property(fc.constantFrom('text', 'binary'), parts, (kind, bodies) => {
          const rest = bodies.map((body, at) => frameOf('continuation', body, at === bodies.length - 1));
          const sent = [frameOf(kind, new Uint8Array(0), rest.length === 0), ...rest];
          expect(assembled(sent).map((message) => message.kind)).toEqual([kind]);
        }),
      );
    },
  );
});
