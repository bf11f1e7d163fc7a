import fc from 'fast-check';
import { expect } from 'vitest';
import { concatBytes, noBytes } from '../../model/bytes.js';
import { deflateStreamBy } from '../../model/deflate-stream.js';
import type { Extension } from '../../model/extension-header.js';
import {
  checkExtensions,
  type ExtensionDefinition,
  extensionsInUse,
  judgeAccepted,
  offersOf,
} from '../../model/extension-registry.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { decodeFrames, createDecoder } from '../../model/frame-decoder.js';
import { encodeFrame } from '../../model/frame-encoder.js';
import { type ExtensionClaims, selectExtensions } from '../../model/negotiation.js';
import { syncDeflateTransform } from '../drivers/deflate.js';
import { frames } from '../arbitraries/frame.js';
import { law } from './law.js';

const plain = (name: string, claims: ExtensionClaims = {}): ExtensionDefinition => ({ name, claims, answer: () => [] });
const named = (name: string): Extension => ({ name, parameters: [] });

/** A private extension that puts one byte of extension data in front of data frames, and marks them with its bit. */
function stamping(name: string, bit: 'rsv1' | 'rsv2', stamp: number): ExtensionDefinition {
  return {
    ...plain(name, { reservedBits: [bit] }),
    frames: () => ({
      extensionDataLength: (header) => (header[bit] ? 1 : 0),
      send: (frame) =>
        frame.opcode < 4
          ? frame
          : { ...frame, [bit]: true, extensionData: concatBytes([Uint8Array.of(stamp), frame.extensionData]) },
      receive: (frame) => {
        if (!frame[bit]) return frame;
        if (frame.extensionData[0] !== stamp) return undefined;
        return { ...frame, [bit]: false, extensionData: frame.extensionData.slice(1) };
      },
    }),
  };
}

/** One that turns the application data around, and needs nothing for itself. */
const reversing: ExtensionDefinition = {
  ...plain('x-reversed'),
  frames: () => {
    const turn = (frame: Frame): Frame => ({ ...frame, applicationData: frame.applicationData.toReversed() });
    return { send: turn, receive: turn };
  },
};

/** One that adds a byte to the application data, so that its place matters. */
const appending: ExtensionDefinition = {
  ...plain('x-appended'),
  frames: () => ({
    send: (frame) =>
      frame.opcode < 4 ? frame : { ...frame, applicationData: concatBytes([frame.applicationData, Uint8Array.of(7)]) },
    receive: (frame) => (frame.opcode < 4 ? frame : { ...frame, applicationData: frame.applicationData.slice(0, -1) }),
  }),
};

const all = [reversing, appending, stamping('x-one', 'rsv1', 1), stamping('x-two', 'rsv2', 2)];

law(
  'an extension is registered or for private use, is given once, and takes only what is left for extensions',
  ['draft-06/8.1/registered-or-private', 'draft-06/8.2.1/token', 'draft-06/4.8/room-for-extensions'],
  () => {
    const deflate = deflateStreamBy(syncDeflateTransform);
    expect(checkExtensions([deflate, plain('x-a', { opcodes: [6, 15] }), plain('X-b')])).toHaveLength(3);
    for (const wrong of [
      [plain('mux')],
      [plain('x-')],
      [plain('x-a'), plain('x-a')],
      ...[5, 16, 6.5].map((opcode) => [plain('x-a', { opcodes: [opcode] })]),
      [plain('x-a', { stream: true })],
      [{ ...deflate, claims: {} }],
    ]) {
      expect(() => checkExtensions(wrong)).toThrow(RangeError);
    }
  },
);

law(
  'of extensions that claim the same bit, opcode or stream, the one that the client prefers is accepted alone',
  ['draft-06/8.1/interactions-defined', 'draft-06/8.1/order-is-preference', 'draft-06/8.1/order-is-significant'],
  () => {
    const claims: readonly ExtensionClaims[] = [{ reservedBits: ['rsv2'] }, { opcodes: [9] }, { stream: true }];
    const known = claims.flatMap((claim, at) => [plain(`x-a${at}`, claim), plain(`x-b${at}`, claim)]);
    fc.assert(
      fc.property(fc.shuffledSubarray([...known, plain('x-free')]), (offered) => {
        const accepted = selectExtensions(
          offered.map(({ name }) => named(name)),
          [...known, plain('x-free')],
        );
        const first = (names: readonly string[]) => offered.find(({ name }) => names.includes(name))?.name;
        const wanted = [first(['x-a0', 'x-b0']), first(['x-a1', 'x-b1']), first(['x-a2', 'x-b2']), first(['x-free'])];
        expect(new Set(accepted.map(({ name }) => name))).toEqual(new Set(wanted.filter((name) => name !== undefined)));
        expect(judgeAccepted(accepted, known)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  },
);

law(
  'a client refuses parameters that its extension does not define, and two extensions that cannot be told apart',
  ['draft-06/8.1/valid-answer-by-extension', 'draft-06/8/parameters-by-extension', 'draft-06/8.1/parameters-defined'],
  () => {
    const picky: ExtensionDefinition = { ...plain('x-p'), isValidAnswer: (given) => given[0]?.value === '1' };
    const one = { name: 'x-p', parameters: [{ name: 'n', value: '1' }] };
    expect(judgeAccepted([one, named('x-unknown')], [picky])).toBeUndefined();
    expect(judgeAccepted([named('x-p')], [picky])).toMatchObject({ code: 'bad-extension-answer', observed: 'x-p' });
    const withParameter = { name: 'x-q', parameters: [{ name: 'n' }] };
    expect(judgeAccepted([withParameter], [plain('x-q')])).toMatchObject({ code: 'bad-extension-answer' });
    const rivals = [plain('x-a', { opcodes: [7] }), plain('x-b', { opcodes: [7, 8] })];
    expect(
      judgeAccepted(
        rivals.map(({ name }) => named(name)),
        rivals,
      ),
    ).toMatchObject({
      code: 'conflicting-extensions',
      observed: 'x-a, x-b',
    });
    expect(judgeAccepted([named('x-a'), named('x-a')], rivals)).toBeUndefined();
  },
);

law(
  'a client offers each extension with its parameters, most wanted first',
  ['draft-06/8.1/requested-by-header', 'draft-06/8.1/order-is-preference'],
  () => {
    const strict = [{ name: 'level', value: '9' }];
    const definitions = [{ ...plain('x-a'), offers: [strict, []] }, plain('x-b')];
    expect(offersOf(definitions)).toEqual([{ name: 'x-a', parameters: strict }, named('x-a'), named('x-b')]);
  },
);

law(
  'what is sent is bar(foo(data)) for "foo, bar", and a receiver undoes bar first',
  ['draft-06/8.1/order-of-operations', 'draft-06/8.1/response-is-in-use', 'draft-06/4.3/extension-specifies-length'],
  () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(all), frames({ maxLength: 100 }), (chosen, frame) => {
        const list = chosen.map(({ name }) => named(name));
        const inUse = extensionsInUse([...list, named('x-unknown')], all);
        const sent = inUse.send(frame);
        const singly = list.reduce((done, one) => extensionsInUse([one], all).send(done), frame);
        expect(sent).toEqual(singly);
        const bytes = encodeFrame(sent, {}, inUse.frames);
        const [read] = decodeFrames(createDecoder({ masked: false, extension: inUse.frames }), bytes).frames;
        expect(read?.frame).toEqual(sent);
        expect(inUse.receive(sent)).toEqual(frame);
      }),
      { numRuns: 60 },
    );
    const [foo, bar] = [named('x-reversed'), named('x-appended')];
    const data = frameOf('binary', Uint8Array.of(1, 2));
    expect(extensionsInUse([foo, bar], all).send(data).applicationData).toEqual(Uint8Array.of(2, 1, 7));
    expect(extensionsInUse([bar, foo], all).send(data).applicationData).toEqual(Uint8Array.of(7, 2, 1));
  },
);

law(
  'a frame that an extension never makes is refused by it, whoever else is in use',
  ['draft-06/8.1/response-is-in-use'],
  () => {
    const inUse = extensionsInUse([named('x-one'), named('x-reversed')], all);
    const forged: Frame = { ...frameOf('text'), rsv1: true, extensionData: Uint8Array.of(9) };
    expect(inUse.receive(forged)).toBeUndefined();
    expect(extensionsInUse([named('x-reversed'), named('x-one')], all).receive(forged)).toBeUndefined();
  },
);

law(
  'an extension of the stream is outermost whatever its place, and leaves frames as they are',
  ['draft-06/8.2.1/no-reserved-bits', 'draft-06/8.2.1/no-extension-data', 'draft-06/8.1/order-of-operations'],
  () => {
    const deflate = deflateStreamBy(syncDeflateTransform);
    const known = [...all, deflate];
    fc.assert(
      fc.property(frames({ maxLength: 20 }), (frame) => {
        const inUse = extensionsInUse([named('deflate-stream'), named('x-two')], known);
        expect(inUse.transform?.()).toBeDefined();
        expect(inUse.send(frame)).toEqual(extensionsInUse([named('x-two')], known).send(frame));
        const alone = extensionsInUse([named('deflate-stream')], known);
        expect(alone.send(frame)).toEqual(frame);
        expect(alone.frames.opcodes).toEqual([]);
        expect(Object.values(alone.frames.reservedBits)).toEqual([false, false, false, false]);
        expect(alone.frames.extensionDataLength(frame, noBytes)).toBe(0);
      }),
      { numRuns: 20 },
    );
    expect(deflate.answer([{ name: 'level' }])).toBeUndefined();
    expect(deflate.answer([])).toEqual([]);
  },
);
