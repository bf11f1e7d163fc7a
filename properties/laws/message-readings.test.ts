import fc from 'fast-check';
import { expect } from 'vitest';
import { defaultReadings, type ReadingChoices } from '../../spec/readings.js';
import { firstReservedOpcode, opcodes } from '../../spec/wire.js';
import { concatBytes } from '../../model/bytes.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { assemble, type Assembly, createAssembler, cutShort, type Message } from '../../model/message.js';
import type { Role } from '../../model/role.js';
import { decodeUtf8, encodeUtf8, isUtf8, utf8Start, utf8Text } from '../../model/utf8.js';
import { doubtfulUtf8 } from '../arbitraries/doubtful-utf8.js';
import { fragmentationsOf } from '../arbitraries/fragmentation.js';
import { messages, texts } from '../arbitraries/message.js';
import { law } from './law.js';

/* The readings of sections 4.4, 4.6 and 6: what is a message, and what is its text. */

const roles = () => fc.constantFrom<Role>('client', 'server');

/** The messages in data frames, and what ended them; the offset of a frame is its index. */
function assembled(role: Role, readings: Partial<ReadingChoices>, frames: readonly Frame[]) {
  const read: Message[] = [];
  let last: Assembly = { assembler: createAssembler({ role, readings }) };
  for (const [at, frame] of frames.entries()) {
    last = assemble(last.assembler, frame, at);
    if (last.message !== undefined) read.push(last.message);
    if (last.violation !== undefined) break;
  }
  return { messages: read, violation: last.violation, cut: cutShort(last.assembler) };
}

const anyMessage = () =>
  fc
    .oneof(
      messages({ maxLength: 20 }),
      doubtfulUtf8().map((payload) => ({ kind: 'text' as const, payload })),
    )
    .chain((message) => fragmentationsOf(message).map((frames) => ({ ...message, frames })));

law('a fragment may be empty, or is refused at the first that is (R-422)', ['draft-06/4.4/any-fragment-size'], () => {
  fc.assert(
    fc.property(anyMessage(), roles(), ({ frames }, role) => {
      const empty = frames.length === 1 ? -1 : frames.findIndex(({ applicationData }) => applicationData.length === 0);
      const usual = assembled(role, {}, frames);
      expect(usual.messages.length).toBe(1);
      const strict = assembled(role, { emptyFragment: 'refuse' }, frames);
      if (empty < 0) expect(strict).toEqual(usual);
      else expect(strict).toMatchObject({ messages: [], violation: { code: 'empty-fragment', offset: empty } });
    }),
  );
});

law(
  'the text of a message is its application data, or all its payload data (R-421)',
  ['draft-06/4.6/text-is-utf-8', 'draft-06/4.4/content-is-concatenation'],
  () => {
    const data = () => fc.uint8Array({ maxLength: 4 });
    const opcode = fc.constantFrom(opcodes.text, opcodes.binary, firstReservedOpcode);
    const parts = fc.array(fc.record({ extensionData: data(), applicationData: data() }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(opcode, parts, roles(), (code, pieces, role) => {
        const frames = pieces.map((piece, at) => ({
          ...frameOf('continuation', piece.applicationData, at === pieces.length - 1),
          ...piece,
          opcode: at === 0 ? code : opcodes.continuation,
        }));
        const bytesUnder = (textContent: ReadingChoices['textContent']) =>
          assembled(role, { textContent }, frames).messages[0]?.bytes;
        const application = concatBytes(pieces.map(({ applicationData }) => applicationData));
        const payload = concatBytes(pieces.flatMap((piece) => [piece.extensionData, piece.applicationData]));
        expect(bytesUnder('application-data')).toEqual(application);
        expect(bytesUnder('payload-data')).toEqual(code === opcodes.text ? payload : application);
      }),
    );
  },
);

law(
  'what there is of an unfinished message reads like a message of that content (R-445)',
  ['draft-06/4.4/fragmented', 'draft-06/4.4/content-is-concatenation'],
  () => {
    fc.assert(
      fc.property(anyMessage(), roles(), fc.nat(20), ({ kind, frames }, role, count) => {
        const begun = frames.slice(0, Math.min(count, frames.length - 1));
        const content = concatBytes(begun.map(({ applicationData }) => applicationData));
        const { cut } = assembled(role, {}, begun);
        expect(cut).toEqual(begun.length === 0 ? undefined : assembled(role, {}, [frameOf(kind, content)]).messages[0]);
      }),
    );
  },
);

law(
  'a client replaces bad text and goes on, or refuses it where a server of R-602 close would (R-605)',
  ['draft-06/6.1/client-replaces', 'draft-06/6.2/server-could'],
  () => {
    fc.assert(
      fc.property(anyMessage(), ({ kind, payload, frames }) => {
        const replacing = assembled('client', { clientUtf8: 'no' }, frames);
        expect(replacing.violation).toBeUndefined();
        const refusing = assembled('client', { clientUtf8: 'yes' }, frames);
        expect(refusing).toEqual(assembled('server', { serverUtf8: 'close' }, frames));
        expect(refusing.violation?.code).toBe(kind === 'text' && !isUtf8(payload) ? 'bad-utf-8' : undefined);
        if (refusing.violation === undefined) expect(refusing).toEqual(replacing);
        expect(assembled('server', { clientUtf8: 'yes' }, frames)).toEqual(assembled('server', {}, frames));
      }),
    );
  },
);

law(
  'a text is UTF-8 as a whole, or each of its fragments is for itself (R-606)',
  ['draft-06/4.6/text-is-utf-8', 'draft-06/4.4/any-fragment-size'],
  () => {
    fc.assert(
      fc.property(anyMessage(), roles(), fc.constantFrom('subpart', 'byte'), ({ kind, frames }, role, replacement) => {
        const pieces = frames.map(({ applicationData }) => applicationData);
        const whole = assembled(role, { replacement }, frames);
        const alone = assembled(role, { replacement, characterAcrossFragments: 'refuse' }, frames);
        const text = pieces.map((piece) => utf8Text(piece, replacement)).join('');
        const wellFormed = pieces.every(isUtf8);
        if (kind === 'binary') expect(alone).toEqual(whole);
        else expect(alone.messages).toEqual([{ ...whole.messages[0], text, wellFormed }]);
        const first = pieces.findIndex((piece) => !isUtf8(piece));
        const strict = { serverUtf8: 'close', characterAcrossFragments: 'refuse' } as const;
        expect(assembled('server', strict, frames).violation).toEqual(
          kind === 'binary' || first < 0 ? undefined : { code: 'bad-utf-8', offset: first },
        );
      }),
    );
  },
);

law(
  'what RFC 3629 calls UTF-8 reads alike under every definition, and an older one has more (R-607)',
  ['draft-06/6.1/client-replaces', 'draft-06/4.6/text-is-utf-8'],
  () => {
    const readAs = (bytes: Uint8Array, definition: ReadingChoices['utf8Definition']) => {
      const { text, wellFormed } = decodeUtf8(utf8Start, bytes, true, 'subpart', definition);
      return { text, wellFormed };
    };
    fc.assert(
      fc.property(doubtfulUtf8(), (bytes) => {
        const strict = readAs(bytes, 'rfc-3629');
        const lenient = readAs(bytes, 'lenient');
        if (strict.wellFormed) expect(lenient).toEqual(strict);
        expect(lenient.wellFormed || !strict.wellFormed).toBe(true);
        const message = assembled('client', { utf8Definition: 'lenient' }, [frameOf('text', bytes)]).messages[0];
        expect(message).toEqual({ kind: 'text', bytes, ...lenient });
      }),
      { numRuns: 300 },
    );
    // Every number of 31 bits, in every form that has room for it.
    const form = fc.integer({ min: 2, max: 6 });
    fc.assert(
      fc.property(form, fc.nat(0x7fffffff), fc.boolean(), (length, any, isCut) => {
        const room = length === 2 ? 11 : 5 * length + 1;
        const point = any % 2 ** room;
        const lead = 0xff & ~(0xff >> length);
        const sequence = Array.from({ length }, (_, at) => {
          const six = Math.floor(point / 64 ** (length - 1 - at)) % 64;
          return at === 0 ? lead | six : 0x80 | six;
        });
        const bytes = Uint8Array.from(isCut ? sequence.slice(0, -1) : sequence);
        const text = point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
        expect(readAs(bytes, 'lenient')).toEqual({ text: isCut ? '\ufffd' : text, wellFormed: !isCut });
        const each = decodeUtf8(utf8Start, bytes, true, 'byte', 'lenient');
        expect(each.text).toBe(isCut ? '\ufffd'.repeat(length - 1) : text);
      }),
    );
    expect(readAs(Uint8Array.of(0xfe, 0xff), 'lenient')).toEqual({ text: '\ufffd\ufffd', wellFormed: false });
  },
);

law(
  'a byte order mark at the start of a text belongs to it, or is removed (R-608)',
  ['draft-06/4.6/text-is-utf-8'],
  () => {
    const marked = fc.tuple(fc.constantFrom('', '\ufeff', '\ufeff\ufeff'), texts()).map((parts) => parts.join(''));
    fc.assert(
      fc.property(marked, roles(), fc.boolean(), (text, role, isBinary) => {
        const bytes = new TextEncoder().encode(text);
        const readUnder = (byteOrderMark: ReadingChoices['byteOrderMark']) =>
          assembled(role, { byteOrderMark }, [frameOf(isBinary ? 'binary' : 'text', bytes)]).messages[0];
        const kept = readUnder('keep');
        const rest = text.startsWith('\ufeff') ? text.slice(1) : text;
        expect(kept).toEqual(isBinary ? { kind: 'binary', bytes } : { kind: 'text', text, bytes, wellFormed: true });
        expect(readUnder('strip')).toEqual(isBinary ? kept : { ...kept, text: rest });
      }),
    );
  },
);

law('a lone surrogate is sent as U+FFFD, or not at all (R-609)', ['draft-06/4.6/text-is-utf-8'], () => {
  const unit = fc.constantFrom('a', '\ud800', '\udfff', '\u{1f600}', '\xe9');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 6 }), (text) => {
      const replaced = text.replaceAll(/\p{Surrogate}/gu, '\ufffd');
      const encode = () => encodeUtf8(text, 'throw');
      expect(encodeUtf8(text, 'replace')).toEqual(new TextEncoder().encode(replaced));
      if (replaced === text) expect(encode()).toEqual(encodeUtf8(text));
      else expect(encode).toThrow(RangeError);
    }),
  );
  expect(defaultReadings.loneSurrogate).toBe('replace');
});
