import { concatBytes } from '../../model/bytes.js';
import type { CloseReason } from '../../model/close-body.js';
import { frameOf } from '../../model/frame.js';
import { decodeUtf8, encodeUtf8, type Replacement, utf8Start, utf8Text } from '../../model/utf8.js';
import { statusCodes } from '../../spec/status-codes.js';
import type { ConformanceCase, SharedCase } from '../verifier/case.js';
import { NotApplicable, type Tester } from '../verifier/tester.js';
import { echoCase } from './echo-case.js';
import { messageFrames, sameBytes, text } from './expectations.js';
import {
  describeWatched,
  enforceReading,
  noteReading,
  type OptionOf,
  type Watched,
  watchMessage,
} from './reactions.js';

const hex = (point: number): string => point.toString(16).padStart(4, '0');

/** The borders between the lengths of sequences, on both sides, and those of the surrogates and of Unicode. */
const borders: readonly number[] = [0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff];

const borderCases = borders.map((point) =>
  echoCase({
    id: `utf-8/u-${hex(point)}`,
    title: `Text with U+${hex(point).toUpperCase()}`,
    clauses: ['draft-06/4.6/text-is-utf-8'],
    kind: 'text',
    payload: () => text(`a${String.fromCodePoint(point)}b`),
  }),
);

/** Characters of 2, 3 and 4 bytes. */
const characters: readonly string[] = ['\u00e9', '\u20ac', '\u{1f600}'];

/** Every place at which a character can be cut. */
const cutCases = characters.flatMap((character) => {
  const { length } = encodeUtf8(character);
  const places = Array.from({ length: length - 1 }, (_, at) => at + 1);
  const payload = (): Uint8Array => text(`<${character}>`);
  return [
    ...places.map((place) =>
      echoCase({
        id: `utf-8/fragments-cut-${length}-bytes-at-${place}`,
        title: `A character of ${length} bytes that is cut behind byte ${place} between two fragments`,
        clauses: ['draft-06/4.4/content-is-concatenation', 'draft-06/4.6/text-is-utf-8'],
        kind: 'text',
        payload,
        send: (conversation, bytes) => {
          conversation.sendFrame(frameOf('text', bytes.subarray(0, place + 1), false));
          conversation.sendFrame(frameOf('continuation', bytes.subarray(place + 1)));
        },
        mayRefuse: 'characterAcrossFragments',
      }),
    ),
    echoCase({
      id: `utf-8/segments-cut-${length}-bytes`,
      title: `A character of ${length} bytes that is cut behind each byte between two TCP segments`,
      clauses: ['draft-06/4.6/text-is-utf-8'],
      kind: 'text',
      payload,
      send: async (conversation, bytes) => {
        const frame = conversation.bytesOf(messageFrames('text', bytes));
        const start = frame.length - bytes.length;
        const rest = Array.from(bytes, (_, at) => frame.subarray(start + at, start + at + 1));
        await conversation.sendPieces([frame.subarray(0, start), ...rest], 'a text frame');
      },
    }),
  ];
});

/** Bytes that are not valid UTF-8, between two letters unless they have to stand at the end. */
export const invalidUtf8: readonly {
  readonly name: string;
  readonly title: string;
  readonly bytes: readonly number[];
  readonly atEnd?: boolean;
}[] = [
  { name: 'lone-continuation', title: 'a continuation byte without a first byte', bytes: [0x80] },
  { name: 'no-continuation', title: 'a first byte without its continuation', bytes: [0xc3] },
  { name: 'truncated', title: 'a sequence that the message cuts short', bytes: [0xf0, 0x9f, 0x98], atEnd: true },
  { name: 'overlong-2', title: 'an overlong form of 2 bytes', bytes: [0xc0, 0xaf] },
  { name: 'overlong-3', title: 'an overlong form of 3 bytes', bytes: [0xe0, 0x80, 0xaf] },
  { name: 'overlong-4', title: 'an overlong form of 4 bytes', bytes: [0xf0, 0x80, 0x80, 0xaf] },
  { name: 'surrogate', title: 'a surrogate', bytes: [0xed, 0xa0, 0x80] },
  { name: 'surrogate-pair', title: 'a pair of surrogates', bytes: [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80] },
  { name: 'above-10ffff', title: 'a code point above U+10FFFF', bytes: [0xf4, 0x90, 0x80, 0x80] },
  { name: 'ff', title: 'a byte that no sequence has', bytes: [0xff] },
];

/** Which option of reading R-602 an echo shows. */
function optionOf({ reaction, messages }: Watched, sent: Uint8Array): OptionOf<'serverUtf8'> {
  const [message] = messages;
  if (message === undefined) return reaction === 'closed' || reaction === 'disconnected' ? 'close' : 'other';
  if (sameBytes(message.bytes, sent)) return 'verbatim';
  // Either way of counting the replacements will do (reading R-601).
  const replaced = [text(utf8Text(sent, 'subpart')), text(utf8Text(sent, 'byte'))];
  return replaced.some((bytes) => sameBytes(bytes, message.bytes)) ? 'replace' : 'other';
}

/** How a server replaces or refuses, where the user asked for a way (readings ). */
function enforceHow(tester: Tester, { close, messages }: Watched, sent: Uint8Array, observed: string): void {
  if (close !== undefined) {
    enforceReading(tester, 'draft-06/7.4.1/1002-protocol-error', 'badTextStatus', statusOption(close), observed);
  }
  const [message] = messages;
  if (message === undefined || sameBytes(message.bytes, sent)) return;
  const isWay = (way: Replacement): boolean => sameBytes(message.bytes, text(utf8Text(sent, way)));
  const ways = (['subpart', 'byte'] as const).filter(isWay);
  enforceReading(tester, 'draft-06/6.1/client-replaces', 'replacement', ways.length === 0 ? 'other' : ways, observed);
}

/** Which option of reading R-610 a Close shows. */
function statusOption({ status }: CloseReason): OptionOf<'badTextStatus'> {
  if (status === undefined) return 'none';
  if (status === statusCodes.protocolError) return 'protocol-error';
  return status === statusCodes.unacceptableData ? 'unacceptable' : 'other';
}

/**
 * What comes back may be as bad as what was sent: section 6.2 lets the application have the bytes, and this one sends
 * back what it has.
 */
const invalidCase = (name: string, title: string, payload: Uint8Array, fragmentSize = Infinity): ConformanceCase => ({
  id: `utf-8/invalid-${name}`,
  title: `Text with ${title}`,
  clauses: ['draft-06/6.2/server-undefined'],
  requirement: 'Nothing: what a server does is undefined. It is noted, with the option of reading R-602.',
  needs: ['echo of text'],
  run: async (tester) => {
    const definition = tester.target.chosen?.utf8Definition;
    if (decodeUtf8(utf8Start, payload, true, 'subpart', definition).wellFormed) {
      throw new NotApplicable('the text is valid under the reading R-607 that was asked for');
    }
    const conversation = await tester.establish({}, { toleratesBadText: true });
    for (const frame of messageFrames('text', payload, fragmentSize)) conversation.sendFrame(frame);
    const watched = await watchMessage(conversation);
    const observed = `${describeWatched(watched)} after text with ${title}`;
    const option = optionOf(watched, payload);
    noteReading(tester, 'draft-06/6.2/server-undefined', 'serverUtf8', option, observed);
    enforceHow(tester, watched, payload, observed);
  },
});

export const around = (bytes: readonly number[], atEnd = false): Uint8Array =>
  concatBytes([text('a'), Uint8Array.from(bytes), text(atEnd ? '' : 'b')]);

const everyByte = (): Uint8Array => Uint8Array.from({ length: 256 }, (_, at) => at);

/** Text in UTF-8, and binary messages, which are in nothing (draft-06 section 4.6), for both roles. */
export const utf8SharedCases: readonly SharedCase[] = [
  ...borderCases,
  ...cutCases,
  echoCase({
    id: 'utf-8/binary-every-byte',
    title: 'A binary message of all 256 values of a byte, which is no text',
    clauses: ['draft-06/4.6/binary-is-opaque'],
    kind: 'binary',
    payload: everyByte,
  }),
  echoCase({
    id: 'utf-8/binary-not-utf-8',
    title: 'A binary message that would be invalid as text',
    clauses: ['draft-06/4.6/binary-is-opaque'],
    kind: 'binary',
    payload: () => concatBytes(invalidUtf8.map(({ bytes }) => Uint8Array.from(bytes))),
  }),
];

/** The same for servers, and what they do about text that is not valid (draft-06 section 6.2). */
export const utf8Cases: readonly ConformanceCase[] = [
  ...utf8SharedCases,
  ...invalidUtf8.map(({ name, title, bytes, atEnd }) => invalidCase(name, title, around(bytes, atEnd))),
  invalidCase('in-fragments', 'an overlong form that is cut by a border of fragments', around([0xc0, 0xaf]), 2),
];
