import fc from 'fast-check';
import { expect } from 'vitest';
import { concatBytes } from '../../model/bytes.js';
import { fragmentMessage, nextFragment, type Outgoing } from '../../model/fragmentation.js';
import { type Frame, isControl } from '../../model/frame.js';
import { createDecoder, decodeFrames } from '../../model/frame-decoder.js';
import { encodeFrame } from '../../model/frame-encoder.js';
import { assemble, createAssembler, type Message } from '../../model/message.js';
import { opcodes } from '../../spec/wire.js';
import { fragmentationsOf, withControlFrames } from '../arbitraries/fragmentation.js';
import { messages, type OutgoingMessage } from '../arbitraries/message.js';
import { law } from './law.js';

/** What a receiver makes of the data frames among frames that went over the wire. */
function received(frames: readonly Frame[], maskingKey?: Uint8Array) {
  const layout = maskingKey === undefined ? {} : { maskingKey };
  const wire = concatBytes(frames.map((frame) => encodeFrame(frame, layout)));
  const decoding = decodeFrames(createDecoder({ masked: maskingKey !== undefined }), wire);
  expect(decoding.violation).toBeUndefined();
  const messages: Message[] = [];
  let assembler = createAssembler({ role: maskingKey === undefined ? 'client' : 'server' });
  for (const { frame, offset } of decoding.frames) {
    if (isControl(frame.opcode)) continue;
    const assembly = assemble(assembler, frame, offset);
    expect(assembly.violation).toBeUndefined();
    if (assembly.message !== undefined) messages.push(assembly.message);
    ({ assembler } = assembly);
  }
  expect(assembler.open).toBeUndefined();
  return { messages, controls: decoding.frames.map(({ frame }) => frame).filter(({ opcode }) => isControl(opcode)) };
}

/** What the application on the other side should get. */
function meaning({ kind, payload }: OutgoingMessage): Message {
  if (kind === 'binary') return { kind, bytes: payload };
  return {
    kind,
    text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(payload),
    bytes: payload,
    wellFormed: true,
  };
}

law(
  'however a message is fragmented, the same message arrives',
  [
    'draft-06/4.4/content-is-concatenation',
    'draft-06/4.4/fragmented',
    'draft-06/4.4/unfragmented',
    'draft-06/4.4/any-fragment-size',
    'draft-06/4.4/receive-both',
    'draft-06/4.4/one-type',
  ],
  () => {
    const sent = fc.array(
      messages({ maxLength: 300 }).chain((message) => fragmentationsOf(message).map((frames) => ({ message, frames }))),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(sent, fc.constantFrom(undefined, Uint8Array.of(1, 2, 3, 4)), (list, key) => {
        const { messages: arrived } = received(
          list.flatMap(({ frames }) => frames),
          key,
        );
        expect(arrived).toEqual(list.map(({ message }) => meaning(message)));
      }),
    );
  },
);

law(
  'control frames anywhere between the fragments do not disturb the message',
  ['draft-06/4.4/control-between-fragments', 'draft-06/4.5/control-interjected', 'draft-06/4.6/data-frames'],
  () => {
    const sent = messages({ maxLength: 127 }).chain((message) =>
      fragmentationsOf(message).chain((fragments) =>
        withControlFrames(fragments).map((frames) => ({ message, fragments, frames })),
      ),
    );
    fc.assert(
      fc.property(sent, ({ message, fragments, frames }) => {
        const { messages: arrived, controls } = received(frames);
        expect(arrived).toEqual([meaning(message)]);
        expect(controls).toEqual(frames.filter((frame) => !fragments.includes(frame)));
      }),
    );
  },
);

law(
  'a message is cut into full fragments and a last one that ends it',
  ['draft-06/4.4/fragmented', 'draft-06/4.4/unfragmented', 'draft-06/4.4/one-type'],
  () => {
    fc.assert(
      fc.property(messages({ maxLength: 300 }), fc.integer({ min: 1, max: 400 }), ({ kind, payload }, size) => {
        const frames = fragmentMessage(kind, payload, size);
        const count = Math.max(1, Math.ceil(payload.length / size));
        expect(frames.map(({ fin }) => fin)).toEqual(Array.from({ length: count }, (_, at) => at === count - 1));
        expect(frames.map(({ opcode }) => opcode)).toEqual(
          Array.from({ length: count }, (_, at) => (at === 0 ? opcodes[kind] : opcodes.continuation)),
        );
        for (const { applicationData } of frames.slice(0, -1)) expect(applicationData.length).toBe(size);
        expect(concatBytes(frames.map(({ applicationData }) => applicationData))).toEqual(payload);
        expect(fragmentMessage(kind, payload)).toEqual(fragmentMessage(kind, payload, Math.max(1, payload.length)));
      }),
    );
  },
);

law(
  'a message of unknown size begins with its type, goes on with continuations and may end at any piece',
  ['draft-06/4.4/fragmented', 'draft-06/4.4/any-fragment-size', 'draft-06/4.4/one-type'],
  () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 5 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom('text', 'binary'), pieces, (kind, parts) => {
        let outgoing: Outgoing = 'nothing';
        const frames = parts.map((part, at) => {
          const next = nextFragment(outgoing, kind, part, at === parts.length - 1);
          outgoing = next.outgoing;
          return next.frame;
        });
        expect(outgoing).toBe('nothing');
        expect(frames.map(({ opcode }) => opcode === opcodes.continuation)).toEqual(parts.map((_, at) => at > 0));
        expect(received(frames).messages).toMatchObject([{ kind, bytes: concatBytes(parts) }]);
      }),
    );
  },
);

law('a message of one kind is not continued with the other', ['draft-06/4.4/one-type'], () => {
  const piece = Uint8Array.of(0x41);
  for (const fin of [true, false]) {
    expect(() => nextFragment('text', 'binary', piece, fin)).toThrow(RangeError);
    expect(() => nextFragment('binary', 'text', piece, fin)).toThrow(RangeError);
    expect(nextFragment('text', 'text', piece, fin).outgoing).toBe(fin ? 'nothing' : 'text');
  }
});

law('fragments of less than a byte are not made', ['draft-06/4.4/any-fragment-size'], () => {
  for (const size of [0, -1, 0.5, NaN])
    expect(() => fragmentMessage('text', new Uint8Array(3), size)).toThrow(RangeError);
});
