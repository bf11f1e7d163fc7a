import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hexOf } from '../../model/explain.js';
import { createDecoder, decodeFrames } from '../../model/frame-decoder.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import { mask } from '../../model/masking.js';
import { encodeUtf8, utf8Text } from '../../model/utf8.js';
import type { Role } from '../../model/role.js';
import { frameStreams } from '../../properties/arbitraries/frame.js';
import { concatBytes } from '../../model/bytes.js';
import { drawStream } from '../../model/draw.js';
import { dissect, isRefused } from './dissect.js';
import { chosenExamples } from './examples.js';
import { lookAt, type OctetsForm, restoreForm, shareForm, subjects, type Subject } from './octets-form.js';
import { mostOctets, type Notation, notations, readOctets } from './octets-input.js';

const notation = () => fc.constantFrom(...(Object.keys(notations) as Notation[]));
const subject = () => fc.constantFrom(...(Object.keys(subjects) as Subject[]));

/** What a side sends: right frames, or with one octet changed, or cut, or nothing that was ever right. */
function byteStreams(): fc.Arbitrary<{ readonly bytes: Uint8Array; readonly from: Role }> {
  const right = frameStreams({ maxLength: 200 }).map(({ masked, frames }) => ({
    from: masked ? ('client' as const) : ('server' as const),
    bytes: concatBytes(frames.map(({ frame, layout }) => layOutFrame(frame, layout))),
  }));
  const touched = fc.tuple(right, fc.nat(40), fc.nat(255), fc.nat(200)).map(([{ from, bytes }, at, octet, cut]) => ({
    from,
    bytes: bytes.map((old, index) => (index === at ? octet : old)).slice(0, bytes.length - (cut % 7)),
  }));
  const anything = fc.record({
    from: fc.constantFrom('client' as const, 'server' as const),
    bytes: fc.uint8Array({ maxLength: 30 }),
  });
  return fc.oneof(right, touched, anything);
}

test('octets that were written down are read again, in every notation', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.constantFrom('', ' ', ', ', ':', '\n'), (bytes, between) => {
      const digits = Array.from(bytes, (byte) => hexOf(Uint8Array.of(byte)));
      const forms: readonly (readonly [string, Notation])[] = [
        [digits.join(between), 'hex'],
        [digits.map((pair) => `0x${pair.toUpperCase()}`).join(between), 'hex'],
        [digits.map((pair) => `\\x${pair}`).join(''), 'hex'],
        [Buffer.from(bytes).toString('base64'), 'base64'],
        [Buffer.from(bytes).toString('base64url'), 'base64'],
        [digits.map((pair) => `\\x${pair}`).join(''), 'text'],
      ];
      for (const [text, form] of forms) expect(readOctets(text, form)).toEqual({ ok: true, bytes });
    }),
  );
});

test.each([
  ['text', 'a\\n\\u{20ac}\\"\\\\€', [0x61, 10, 0xe2, 0x82, 0xac, 0x22, 0x5c, 0xe2, 0x82, 0xac]],
  ['text', '\\r\\t\\0', [13, 9, 0]],
  ['base64', ' SGVs\nbG8= ', [72, 101, 108, 108, 111]],
] as const)('reads %s %j', (form, text, bytes) => {
  expect(readOctets(text, form)).toEqual({ ok: true, bytes: Uint8Array.from(bytes) });
});

test.each([
  ['hex', '84 0', 3],
  ['hex', '84 0g', 3],
  ['hex', '84 x5', 3],
  ['base64', 'SGVs=bG8', 4],
  ['base64', 'SGV*', 3],
  ['base64', 'SGVsb', 5],
  ['text', 'a\\q', 1],
  ['text', 'a\\', 1],
  ['text', '\\u{110000}', 0],
] as const)('says where %s %j is wrong', (form, text, at) => {
  expect(readOctets(text, form)).toMatchObject({ ok: false, at });
});

test('more octets than anybody looks at are refused', () => {
  expect(readOctets('00'.repeat(mostOctets + 1), 'hex')).toMatchObject({ ok: false });
  expect(readOctets(' '.repeat(10 * mostOctets), 'hex')).toMatchObject({ ok: false });
});

test('whatever is typed is looked at without a throw, and comes back from an address', () => {
  fc.assert(
    fc.property(subject(), notation(), fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (about, form, text) => {
      const typed: OctetsForm = { subject: about, notation: form, text: utf8Text(encodeUtf8(text)) };
      expect(typeof lookAt(typed).ok).toBe('boolean');
      expect(restoreForm(shareForm(typed) ?? '')).toEqual(typed);
    }),
    { numRuns: 60 },
  );
});

test('a text that no form was shared as restores nothing', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `1.ch.${text}`),
      ),
      (text) => {
        const form = restoreForm(text);
        if (form !== undefined) expect(shareForm(form)).toBe(text);
      },
    ),
  );
  expect(shareForm({ subject: 'client-frames', notation: 'hex', text: '0'.repeat(9000) })).toBeUndefined();
});

test('the parts are the frames of the decoder, and each octet belongs to a field', () => {
  fc.assert(
    fc.property(byteStreams(), ({ bytes, from }) => {
      const { parts, refusal, isComplete } = dissect(bytes, from);
      const { frames, violation } = decodeFrames(createDecoder({ masked: from === 'client' }), bytes);
      expect(parts.slice(0, frames.length).map(({ from: at, to }) => [at, to - at])).toEqual(
        frames.map(({ offset, length }) => [offset, length]),
      );
      expect(refusal).toEqual(
        violation === undefined ? undefined : expect.objectContaining({ at: violation.offset, code: violation.code }),
      );
      if (violation === undefined) expect(isComplete).toBe(drawStream(bytes, from).isComplete);
      for (const part of parts) {
        const covered = new Set(
          part.fields.flatMap((field) =>
            Array.from({ length: field.to - field.from }, (_, index) => field.from + index),
          ),
        );
        expect([...covered].sort((a, b) => a - b)).toEqual(
          Array.from({ length: part.to - part.from }, (_, index) => part.from + index),
        );
        const start = part.to - part.clear.length;
        const wire = bytes.subarray(start, part.to);
        expect(part.clear).toEqual(part.key === undefined ? wire : mask(part.key, wire));
      }
    }),
    { numRuns: 80 },
  );
});

test('a refusal points at one field, or at an octet that has not come', () => {
  fc.assert(
    fc.property(byteStreams(), ({ bytes, from }) => {
      const { parts, refusal } = dissect(bytes, from);
      if (refusal === undefined) return;
      const fields = parts.flatMap((part) => part.fields.filter((field) => isRefused(field, refusal)));
      expect(fields.length).toBe(1);
    }),
    { numRuns: 80 },
  );
});

test('every example is one of the published vectors and ends as its file says', () => {
  const examples = chosenExamples();
  expect(new Set(examples.map(({ name }) => name)).size).toBe(examples.length);
  const looks = examples.map((example) => {
    const look = lookAt(example);
    if (!look.ok) return 'unreadable';
    if (look.part === 'opening') return look.opening.verdict;
    if (look.dissection.refusal !== undefined) return look.dissection.refusal.code;
    return look.reception.refusals[0]?.code ?? (look.dissection.isComplete ? 'right' : 'cut');
  });
  expect(looks).toEqual([
    'right',
    'right',
    'right',
    'right',
    'right',
    'right',
    'reserved-opcode',
    'rsv2-set',
    'interleaved-message',
    'fragmented-control',
    'long-control',
    'length-high-bit',
    'cut',
    'accepted',
    'refused',
    'refused',
    'http',
    'accepted',
    'refused',
  ]);
});

test.each([
  ['a request of a later version', 'Sec-WebSocket-Version: 13'],
  ['a request by POST', 'POST /chat HTTP/1.1'],
  ['a response without Upgrade', ''],
])('%s is refused at %j', (name, line) => {
  const look = lookAt(
    chosenExamples().find((example) => example.name === name) ?? {
      subject: 'client-opening',
      notation: 'text',
      text: '',
    },
  );
  if (!look.ok || look.part !== 'opening') throw new Error('this is an opening handshake');
  const { lines, refusal } = look.opening;
  expect(lines.find(({ from }) => from === refusal?.at)?.text).toBe(line);
});

test('what a typed head says is what the published file says', () => {
  const text = readFileSync('properties/vectors/opening-requests.json', 'utf8');
  expect(text).toContain(
    JSON.stringify(
      (chosenExamples().find(({ name }) => name === 'the request of section 1.2')?.text ?? '').replaceAll('\n', '\r\n'),
    ),
  );
});
