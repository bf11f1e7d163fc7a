import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { defaultReadings, type ReadingChoices } from '../../spec/readings.js';
import { statusCodes } from '../../spec/status-codes.js';
import { firstReservedOpcode, headerBits, opcodes } from '../../spec/wire.js';
import { concatBytes } from '../../model/bytes.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { assemble, type AssemblerOptions, type Assembly, createAssembler, type Message } from '../../model/message.js';
import { clauseOfViolation, statusOfViolation } from '../../model/violation.js';
import { fragmentationsOf } from '../arbitraries/fragmentation.js';
import { doubtfulUtf8 } from '../arbitraries/doubtful-utf8.js';
import { messages, textMessages } from '../arbitraries/message.js';
import { law } from './law.js';

/** Takes frames until one is refused; the offset of a frame is its index. */
function assembleAll(options: AssemblerOptions, frames: readonly Frame[]) {
  const messages: Message[] = [];
  let last: Assembly = { assembler: createAssembler(options) };
  for (const [at, frame] of frames.entries()) {
    last = assemble(last.assembler, frame, at);
    if (last.message !== undefined) messages.push(last.message);
    if (last.violation !== undefined) break;
  }
  return { messages, violation: last.violation, open: last.assembler.open };
}

function under(choices: Partial<ReadingChoices>): { readonly readings: ReadingChoices } {
  return { readings: { ...defaultReadings, ...choices } };
}

/** Whether the platform can read the pieces of a stream in order without meeting a bad byte. */
function platformTakes(pieces: readonly Uint8Array[], final: boolean): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (const piece of pieces) decoder.decode(piece, { stream: true });
    if (final) decoder.decode();
    return true;
  } catch {
    return false;
  }
}

const roles = () => fc.constantFrom('client', 'server');
const anyText = () =>
  fc
    .oneof(
      doubtfulUtf8().map((payload) => ({ kind: 'text' as const, payload })),
      textMessages(),
    )
    .chain((message) => fragmentationsOf(message).map((frames) => ({ bytes: message.payload, frames })));

describe('invalid UTF-8', () => {
  law(
    'a client replaces it, whatever a server would do',
    ['draft-06/6.1/client-replaces', 'draft-06/4.6/text-is-utf-8'],
    () => {
      const policies = fc.constantFrom('replace', 'close', 'verbatim');
      fc.assert(
        fc.property(anyText(), policies, ({ bytes, frames }, serverUtf8) => {
          const { messages, violation } = assembleAll({ role: 'client', ...under({ serverUtf8 }) }, frames);
          expect(violation).toBeUndefined();
          const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
          expect(messages).toEqual([{ kind: 'text', text, bytes, wellFormed: platformTakes([bytes], true) }]);
        }),
      );
    },
  );

  law('under the other reading each bad byte is one U+FFFD', ['draft-06/6.1/client-replaces'], () => {
    const frames = [frameOf('text', Uint8Array.of(0xf0, 0x9f, 0x98, 0x41))];
    const textUnder = (replacement: 'subpart' | 'byte') =>
      assembleAll({ role: 'client', ...under({ replacement }) }, frames).messages[0];
    expect(textUnder('subpart')).toMatchObject({ text: '\ufffdA' });
    expect(textUnder('byte')).toMatchObject({ text: '\ufffd\ufffd\ufffdA' });
  });

  law(
    'a server that closes refuses it at the first fragment that shows it, and no valid text',
    ['draft-06/6.2/server-undefined', 'draft-06/4.6/text-is-utf-8'],
    () => {
      fc.assert(
        fc.property(anyText(), ({ bytes, frames }) => {
          const { violation, messages } = assembleAll({ role: 'server', ...under({ serverUtf8: 'close' }) }, frames);
          const pieces = frames.map(({ applicationData }) => applicationData);
          const shown = pieces.findIndex((_, at) => !platformTakes(pieces.slice(0, at + 1), at === pieces.length - 1));
          expect(violation).toEqual(shown === -1 ? undefined : { code: 'bad-utf-8', offset: shown });
          expect(messages.map((message) => message.bytes)).toEqual(shown === -1 ? [bytes] : []);
        }),
        { numRuns: 300 },
      );
    },
  );

  law('a server that does not close loses no byte of it', ['draft-06/6.2/server-undefined'], () => {
    fc.assert(
      fc.property(anyText(), fc.constantFrom('replace', 'verbatim'), ({ bytes, frames }, serverUtf8) => {
        const { messages } = assembleAll({ role: 'server', ...under({ serverUtf8 }) }, frames);
        expect(messages).toMatchObject([{ kind: 'text', bytes }]);
      }),
    );
  });

  law('is not looked for in binary messages', ['draft-06/4.6/binary-is-opaque'], () => {
    const fragmented = doubtfulUtf8().chain((payload) =>
      fragmentationsOf({ kind: 'binary', payload }).map((frames) => ({ payload, frames })),
    );
    fc.assert(
      fc.property(fragmented, roles(), ({ payload, frames }, role) => {
        const { messages } = assembleAll({ role, ...under({ serverUtf8: 'close' }) }, frames);
        expect(messages).toEqual([{ kind: 'binary', bytes: payload }]);
      }),
    );
  });
});

law(
  'a message may have as many bytes as the limit and not one more, in however many fragments',
  ['draft-06/7.4.1/1004-too-large'],
  () => {
    const fragmented = messages({ maxLength: 60 }).chain(({ payload }) =>
      fragmentationsOf({ kind: 'binary', payload }).map((frames) => ({ payload, frames })),
    );
    fc.assert(
      fc.property(fragmented, fc.nat(60), roles(), ({ payload, frames }, maxMessage, role) => {
        const sums = frames.map((_, at) =>
          frames.slice(0, at + 1).reduce((sum, { applicationData }) => sum + applicationData.length, 0),
        );
        const over = sums.findIndex((sum) => sum > maxMessage);
        const { violation, messages } = assembleAll({ role, maxMessage }, frames);
        expect(violation).toEqual(over === -1 ? undefined : { code: 'message-too-large', offset: over });
        expect(messages.length).toBe(payload.length > maxMessage ? 0 : 1);
      }),
    );
  },
);

law('a continuation that continues nothing is refused, or ignored under R-402', ['draft-06/4.4/fragmented'], () => {
  const before = messages({ maxLength: 20 }).chain(fragmentationsOf);
  fc.assert(
    fc.property(before, fc.uint8Array(), fc.boolean(), roles(), (frames, data, fin, role) => {
      const stream = [...frames, frameOf('continuation', data, fin), ...frames];
      const refused = assembleAll({ role }, stream);
      expect(refused.violation).toEqual({ code: 'orphan-continuation', offset: frames.length });
      expect(refused.messages.length).toBe(1);
      const ignored = assembleAll({ role, ...under({ orphanContinuation: 'ignore' }) }, stream);
      expect(ignored.violation).toBeUndefined();
      expect(ignored.messages).toEqual([...refused.messages, ...refused.messages]);
    }),
  );
});

law(
  'a message that begins inside another is refused, or under R-403 takes its place',
  ['draft-06/4.4/fragmented', 'draft-06/4.4/one-type'],
  () => {
    const kinds = fc.constantFrom('text', 'binary');
    const inner = messages({ maxLength: 20 }).chain(fragmentationsOf);
    const outer = fc.tuple(kinds, fc.array(fc.uint8Array({ maxLength: 3 }), { minLength: 1, maxLength: 4 }));
    fc.assert(
      fc.property(outer, inner, roles(), ([kind, parts], frames, role) => {
        const open = parts.map((part, at) => frameOf(at === 0 ? kind : 'continuation', part, false));
        const refused = assembleAll({ role }, [...open, ...frames]);
        expect(refused.violation).toEqual({ code: 'interleaved-message', offset: open.length });
        expect(refused.open?.opcode).toBe(opcodes[kind]);
        const abandoned = assembleAll({ role, ...under({ interleavedMessage: 'abandon' }) }, [...open, ...frames]);
        expect(abandoned).toEqual(assembleAll({ role }, frames));
      }),
    );
  },
);

law(
  'a message of a reserved opcode is handed over with its opcode and never read as text',
  ['draft-06/4.8/room-for-extensions', 'draft-06/4.4/one-type', 'draft-06/4.6/data-frames'],
  () => {
    const reserved = fc.integer({ min: firstReservedOpcode, max: headerBits.opcode });
    const extensionData = Uint8Array.of(0xff, 0xff);
    const parts = fc.array(doubtfulUtf8(), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(reserved, parts, roles(), (opcode, pieces, role) => {
        const frames = pieces.map((piece, at) => ({
          ...frameOf('continuation', piece, at === pieces.length - 1),
          extensionData,
          opcode: at === 0 ? opcode : opcodes.continuation,
        }));
        const { messages } = assembleAll({ role, ...under({ serverUtf8: 'close' }) }, frames);
        expect(messages).toEqual([{ kind: 'extension', opcode, bytes: concatBytes(pieces) }]);
      }),
    );
  },
);

law(
  'what fragments show is a protocol error of the clause it breaks',
  ['draft-06/4.4/fragmented', 'draft-06/4.6/text-is-utf-8', 'draft-06/7.4.1/1002-protocol-error'],
  () => {
    for (const code of ['orphan-continuation', 'interleaved-message', 'bad-utf-8'] as const) {
      expect(statusOfViolation(code)).toBe(statusCodes.protocolError);
      expect(clauseOfViolation(code)).toBe(
        code === 'bad-utf-8' ? 'draft-06/4.6/text-is-utf-8' : 'draft-06/4.4/fragmented',
      );
    }
  },
);
