import fc from 'fast-check';
import { expect } from 'vitest';
import type { ReadingChoices } from '../../spec/readings.js';
import { firstReservedOpcode, headerBits, maxControlPayload, opcodes } from '../../spec/wire.js';
import { concatBytes } from '../../model/bytes.js';
import {
  type Frame,
  type FrameExtension,
  frameOf,
  isControl,
  maxControlPayloadUnder,
  noExtension,
  withAnnouncedData,
} from '../../model/frame.js';
import { createDecoder, decodeFrames } from '../../model/frame-decoder.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import { mask } from '../../model/masking.js';
import { createConnection, step } from '../../model/step.js';
import { clauseOfViolation, statusOfViolation } from '../../model/violation.js';
import { controlFrames, frames, payloads } from '../arbitraries/frame.js';
import { maskingKeys } from '../arbitraries/masking-key.js';
import { bytesTo, openConnection, optionsOf } from '../simulation/reach.js';
import { law } from './law.js';

/* The readings of sections 4.1 to 4.3 and 4.8: where their options differ, and where they do not. */

/** What a decoder reads in frames of a server. */
function decoded(list: readonly Frame[], readings: Partial<ReadingChoices>) {
  const bytes = concatBytes(list.map((frame) => layOutFrame(frame)));
  const { frames: read, violation } = decodeFrames(createDecoder({ masked: false, readings }), bytes);
  return { frames: read.map(({ frame }) => frame), code: violation?.code };
}

const short = () => frames({ maxLength: 20 });
const bits = ['rsv1', 'rsv2', 'rsv3', 'rsv4'] as const;

law(
  'a reserved bit without an extension is a violation, or it is passed over (R-417)',
  ['draft-06/4.1/reserved-bits-zero', 'draft-06/4.3/rsv-zero'],
  () => {
    const marked = fc
      .tuple(short(), fc.option(fc.constantFrom(...bits), { nil: undefined, freq: 2 }))
      .map(([frame, bit]) => (bit === undefined ? frame : { ...frame, [bit]: true }));
    fc.assert(
      fc.property(fc.array(marked, { maxLength: 4 }), (list) => {
        const first = list.findIndex((frame) => bits.some((bit) => frame[bit]));
        const bit = bits.find((name) => list[first]?.[name] === true);
        const refused = { frames: list.slice(0, first), code: `${bit ?? ''}-set` };
        expect(decoded(list, {})).toEqual(first < 0 ? { frames: list, code: undefined } : refused);
        expect(decoded(list, { reservedBits: 'ignore' })).toEqual({ frames: list, code: undefined });
      }),
    );
  },
);

law(
  'a frame that nothing has defined is a violation, or a receiver does as if it had not come (R-418)',
  ['draft-06/4.1/reserved-opcodes-unused', 'draft-06/4.3/opcode-6-15-reserved'],
  () => {
    const opcode = fc.integer({ min: firstReservedOpcode, max: headerBits.opcode });
    const reserved = fc.tuple(short(), opcode).map(([frame, code]) => ({ ...frame, opcode: code }));
    const list = fc.array(fc.oneof(short(), reserved), { maxLength: 5 });
    const effectsOf = (sent: readonly Frame[], choice: ReadingChoices['reservedOpcode']) => {
      const options = optionsOf('client', { readings: { reservedOpcode: choice, orphanContinuation: 'ignore' } });
      const bytes = concatBytes(sent.map((frame) => bytesTo('client', frame)));
      const [, effects] = step(openConnection(options), { type: 'bytes', bytes });
      return effects.flatMap((effect): readonly unknown[] => {
        // Where a frame stands is another matter when one before it is missing.
        if (effect.type === 'frame-read') return [];
        return effect.type === 'violation' ? [effect.violation.code] : [effect];
      });
    };
    fc.assert(
      fc.property(list, (sent) => {
        const defined = sent.filter((frame) => frame.opcode < firstReservedOpcode);
        expect(effectsOf(sent, 'skip')).toEqual(effectsOf(defined, 'skip'));
        expect(effectsOf(defined, 'refuse')).toEqual(effectsOf(defined, 'skip'));
        const { frames: read, code } = decoded(sent, {});
        expect(code).toBe(defined.length === sent.length ? undefined : 'reserved-opcode');
        expect(read).toEqual(sent.slice(0, read.length));
      }),
    );
  },
);

law(
  'an extension may have a reserved bit once negotiated, or none may (R-415)',
  ['draft-06/4.3/rsv-zero', 'draft-06/4.8/reserved-bits-per-frame'],
  () => {
    fc.assert(
      fc.property(fc.subarray([...bits]), fc.constantFrom('client', 'server'), (reservedBits, role) => {
        const plain = { name: 'x-plain', answer: () => [] };
        const extensions = [plain, { ...plain, name: 'x-sample', claims: { reservedBits } }];
        const create = (extensionBits: ReadingChoices['extensionBits']) =>
          createConnection(optionsOf(role, { extensions, readings: { extensionBits } }));
        expect(create('prose')[0].state).toMatch(/^connecting/);
        if (reservedBits.length > 0) expect(() => create('grammar')).toThrow(RangeError);
        else expect(create('grammar')[0].state).toMatch(/^connecting/);
        const opcodesAlone = [{ ...plain, claims: { opcodes: [firstReservedOpcode] } }];
        const options = { extensions: opcodesAlone, readings: { extensionBits: 'grammar' } } as const;
        expect(createConnection(optionsOf(role, options))[0].state).toMatch(/^connecting/);
      }),
    );
  },
);

law(
  'only a reserved bit or opcode announces extension data, or the extension says which frames have some (R-420)',
  ['draft-06/4.3/no-extension-data', 'draft-06/4.8/data-before-application-data'],
  () => {
    const greedy: FrameExtension = {
      reservedBits: { rsv1: true, rsv2: true, rsv3: true, rsv4: true },
      opcodes: [firstReservedOpcode],
      extensionDataLength: () => 1,
    };
    const frame = fc.record({
      ...{ fin: fc.constant(true), opcode: fc.constantFrom(opcodes.binary, firstReservedOpcode) },
      ...{ rsv1: fc.boolean(), rsv2: fc.boolean(), rsv3: fc.boolean(), rsv4: fc.boolean() },
    });
    fc.assert(
      fc.property(frame, (header) => {
        const isAnnounced = header.opcode === firstReservedOpcode || bits.some((bit) => header[bit]);
        const lengthUnder = (choice: ReadingChoices['extensionData']) =>
          withAnnouncedData(greedy, choice).extensionDataLength(header, Uint8Array.of(1));
        expect(lengthUnder('by-extension')).toBe(1);
        expect(lengthUnder('announced')).toBe(isAnnounced ? 1 : 0);
      }),
    );
    expect(withAnnouncedData(noExtension)).toBe(noExtension);
  },
);

law(
  'the mask covers the frame or its payload, and counts from 0 or from 1 (R-425, R-427)',
  ['draft-06/4.2/mask-whole-frame', 'draft-06/4.2/octet-by-octet', 'draft-06/4.2/key-octet-index'],
  () => {
    const readings = fc.record({
      maskedPart: fc.constantFrom('whole-frame', 'payload'),
      firstMaskedOctet: fc.constantFrom('zero', 'one'),
    });
    fc.assert(
      fc.property(short(), maskingKeys(), readings, (frame, maskingKey, choices) => {
        const clear = layOutFrame(frame);
        const wire = layOutFrame(frame, { maskingKey, readings: choices });
        const shift = choices.firstMaskedOctet === 'one' ? 1 : 0;
        const key = Uint8Array.from({ length: 4 }, (_, at) => maskingKey[(at + shift) % 4] ?? 0);
        const header = choices.maskedPart === 'payload' ? 2 : 0;
        expect(wire).toEqual(concatBytes([maskingKey, clear.subarray(0, header), mask(key, clear.subarray(header))]));
        const { frames: read } = decodeFrames(createDecoder({ masked: true, readings: choices }), wire);
        expect(read).toEqual([{ frame, offset: 0, length: wire.length, lengthForm: 7, maskingKey }]);
        // Clear frames are the same under each.
        expect(layOutFrame(frame, { readings: choices })).toEqual(clear);
        expect(decoded([frame], choices).frames).toEqual([frame]);
      }),
    );
  },
);

law(
  'any key masks, or the zero key is refused as soon as it has come (R-428)',
  ['draft-06/4.2/masking-key', 'draft-06/4.2/key-uniform'],
  () => {
    const key = fc.oneof(
      { weight: 1, arbitrary: fc.constant(new Uint8Array(4)) },
      { weight: 3, arbitrary: maskingKeys() },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(short(), key), { maxLength: 4 }), (list) => {
        const pieces = list.map(([frame, maskingKey]) => layOutFrame(frame, { maskingKey }));
        const zero = list.findIndex(([, maskingKey]) => maskingKey.every((octet) => octet === 0));
        const decode = (zeroKey: ReadingChoices['zeroKey'], bytes: Uint8Array) =>
          decodeFrames(createDecoder({ masked: true, readings: { zeroKey } }), bytes);
        expect(decode('all', concatBytes(pieces)).frames.length).toBe(list.length);
        const strict = decode('not-zero', concatBytes(pieces));
        expect(strict.frames.length).toBe(zero < 0 ? list.length : zero);
        if (zero < 0) return;
        const before = concatBytes(pieces.slice(0, zero));
        const violation = { code: 'zero-key', offset: before.length };
        expect(strict.violation).toEqual(violation);
        expect(decode('not-zero', concatBytes([before, new Uint8Array(3)])).violation).toBeUndefined();
        expect(decode('not-zero', concatBytes([before, new Uint8Array(4)])).violation).toEqual(violation);
      }),
    );
    expect(clauseOfViolation('zero-key')).toBe('draft-06/4.2/masking-key');
    expect(statusOfViolation('zero-key')).toBe(1002);
  },
);

law(
  'the 125 bytes bound the payload of a control frame, or header and payload together (R-461)',
  ['draft-06/4.5/control-at-most-125', 'draft-06/4.3/length-7'],
  () => {
    const lengths = fc.integer({ min: maxControlPayload - 12, max: maxControlPayload });
    const forms = fc.constantFrom<7 | 16 | 63>(7, 16, 63);
    const control = fc.tuple(fc.constantFrom('ping', 'pong', 'close'), lengths, forms, fc.option(maskingKeys()));
    fc.assert(
      fc.property(control, ([name, length, lengthForm, maskingKey]) => {
        const frame = frameOf(name, new Uint8Array(length));
        const wire = layOutFrame(frame, maskingKey === null ? { lengthForm } : { lengthForm, maskingKey });
        const codeUnder = (controlLimit: ReadingChoices['controlLimit']) =>
          decodeFrames(createDecoder({ masked: maskingKey !== null, readings: { controlLimit } }), wire).violation
            ?.code;
        const header = lengthForm === 7 ? 2 : lengthForm === 16 ? 4 : 10;
        expect(codeUnder('payload')).toBeUndefined();
        expect(codeUnder('frame')).toBe(header + length > maxControlPayload ? 'long-control' : undefined);
      }),
    );
    fc.assert(
      fc.property(fc.oneof(frames({ maxLength: 300 }), controlFrames()), (frame) => {
        const length = frame.applicationData.length;
        const isLong = isControl(frame.opcode) && length > maxControlPayload - 2;
        expect(decoded([frame], { controlLimit: 'frame' }).code).toBe(isLong ? 'long-control' : undefined);
      }),
    );
  },
);

law(
  'an endpoint keeps its own control frames as short as it wants those of others (R-461)',
  ['draft-06/4.5/control-at-most-125'],
  () => {
    fc.assert(
      fc.property(
        payloads({ maxLength: maxControlPayload }),
        fc.constantFrom('payload', 'frame'),
        fc.constantFrom('client', 'server'),
        (body, controlLimit, role) => {
          const connection = openConnection(optionsOf(role, { readings: { controlLimit } }));
          const ping = () => step(connection, { type: 'local.ping', body });
          if (body.length > maxControlPayloadUnder(controlLimit)) expect(ping).toThrow(RangeError);
          else expect(ping()[1]).toEqual([{ type: 'write-frame', frame: frameOf('ping', body) }]);
        },
      ),
    );
  },
);
