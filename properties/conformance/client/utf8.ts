import { concatBytes } from '../../../model/bytes.js';
import { hexOf } from '../../../model/explain.js';
import { frameOf } from '../../../model/frame.js';
import type { Message } from '../../../model/message.js';
import { utf8Text } from '../../../model/utf8.js';
import { statusCodes } from '../../../spec/status-codes.js';
import { opcodes } from '../../../spec/wire.js';
import type { ClientCase } from '../../verifier/case.js';
import type { ClientTester } from '../../verifier/client-tester.js';
import type { Conversation, PeerEvent } from '../../verifier/conversation.js';
import { describeEvent, expectEcho, isFrameOf, messageFrames, sameBytes, text, until } from '../expectations.js';
import { describeWatched, isAsked, noteUnusual, watchMessage } from '../reactions.js';
import { casesFor } from '../shared-cases.js';
import { around, invalidUtf8, utf8SharedCases } from '../utf8.js';

/*
 * Section 6.1: a client reads what is not valid UTF-8 as U+FFFD. An echo shows what it read; how many U+FFFD stand for a
 * run of bytes is open (reading R-601).
 */

const clause = 'draft-06/6.1/client-replaces';
const replacement = text('\ufffd');

/** Text that is not valid, and how it goes out. */
interface BadText {
  readonly name: string;
  readonly title: string;
  /** The valid text in front of the bad bytes, these, and the valid text behind them. */
  readonly parts: readonly [before: Uint8Array, bad: Uint8Array, behind: Uint8Array];
  /** Default: in one frame. */
  readonly send?: (conversation: Conversation, payload: Uint8Array) => void | Promise<void>;
}

/** Whether bytes are one U+FFFD or several, and nothing else. */
const areReplacements = (bytes: Uint8Array): boolean =>
  bytes.length > 0 &&
  bytes.every((byte, at) => byte === replacement[at % replacement.length]) &&
  bytes.length % replacement.length === 0;

/** What stands in an echo where the bad bytes stood; `undefined` when the valid text around them is not there. */
function middleOf({ bytes }: Message, [before, , behind]: BadText['parts']): Uint8Array | undefined {
  const end = bytes.length - behind.length;
  const isAround =
    end >= before.length &&
    sameBytes(bytes.subarray(0, before.length), before) &&
    sameBytes(bytes.subarray(end), behind);
  return isAround ? bytes.subarray(before.length, end) : undefined;
}

/** The echo shows that the client read U+FFFD in the place of the bad bytes. */
function judgeReplacement(tester: ClientTester, message: Message, { title, parts }: BadText): void {
  const sent = concatBytes(parts);
  const observed = `the echo ${hexOf(message.bytes.subarray(0, 32))} of text with ${title}`;
  const isLike = (read: string): boolean => sameBytes(message.bytes, text(read));
  const ways = (['subpart', 'byte'] as const).filter((way) => isLike(utf8Text(sent, way)));
  // Older definitions of UTF-8 have longer forms and surrogates (reading R-607), where the user asked for them.
  if (isAsked(tester, 'utf8Definition', 'lenient') && sameBytes(message.bytes, sent)) return;
  const middle = middleOf(message, parts);
  if (ways.length > 0) noteUnusual(tester, clause, 'replacement', ways, observed);
  else if (middle !== undefined && areReplacements(middle))
    noteUnusual(tester, clause, 'replacement', 'other', observed);
  else {
    const allowed = 'U+FFFD in the place of the bytes that are not valid UTF-8';
    const isKept = sameBytes(message.bytes, sent);
    tester.broken(clause, { code: isKept ? 'not-replaced' : 'other-text', observed, allowed });
    if (isKept) tester.broken('draft-06/4.6/text-is-utf-8', { code: 'bad-utf-8', observed, allowed: 'text in UTF-8' });
  }
}

const badTextCase = (row: BadText): ClientCase => ({
  id: `client-utf-8/replaces-${row.name}`,
  title: `Text with ${row.title}`,
  clauses: [clause, 'draft-06/4.6/text-is-utf-8'],
  requirement: 'The client reads U+FFFD in the place of the bad bytes, as its echo shows, and goes on.',
  needs: ['echo of text'],
  run: async (tester) => {
    const conversation = await tester.establish(undefined, { toleratesBadText: true });
    const payload = concatBytes(row.parts);
    const send: NonNullable<BadText['send']> = row.send ?? sendWhole;
    await send(conversation, payload);
    const event = await until(conversation, isAnswerTo(row));
    const message = event.type === 'frame' ? event.message : undefined;
    if (message !== undefined) {
      judgeReplacement(tester, message, row);
      const next = text('and on');
      sendWhole(conversation, next);
      await expectEcho(tester, conversation, 'text', next, clause);
    } else if (!conversation.hasViolation()) {
      judgeMissing(tester, event, row);
    }
  },
});

/** What a client has to say about bad text: an echo with the good text around it, or the end. Messages of its own pass. */
const isAnswerTo =
  ({ parts }: BadText) =>
  (event: PeerEvent): boolean => {
    if (event.type !== 'frame') return false;
    return (
      isFrameOf(event, opcodes.close) || (event.message !== undefined && middleOf(event.message, parts) !== undefined)
    );
  };

/** No echo came. A message may be too large; to close is allowed where the user asked for that option of R-605. */
function judgeMissing(tester: ClientTester, event: PeerEvent, { title }: BadText): void {
  const observed = `${describeEvent(event, 'client')} after text with ${title}`;
  if (event.type === 'frame' && event.close?.status === statusCodes.tooLarge) {
    tester.note('draft-06/7.4.1/1004-too-large', 'too-large', observed);
    return;
  }
  const hasGivenUp = event.type !== 'silence';
  if (hasGivenUp && isAsked(tester, 'clientUtf8', 'yes')) return;
  const allowed = 'the client reads U+FFFD and goes on (reading R-605)';
  tester.broken(clause, { code: hasGivenUp ? 'R-605-yes' : 'no-echo', observed, allowed });
}

function sendWhole(conversation: Conversation, payload: Uint8Array): void {
  for (const frame of messageFrames('text', payload)) conversation.sendFrame(frame);
}

const partsOf = (bytes: readonly number[], atEnd = false): BadText['parts'] => {
  const all = around(bytes, atEnd);
  return [all.subarray(0, 1), Uint8Array.from(bytes), all.subarray(1 + bytes.length)];
};

/** The same bytes, cut where they can be cut. */
const cutBytes: readonly (readonly [name: string, title: string, bytes: readonly number[]])[] = [
  ['overlong', 'an overlong form', [0xe0, 0x80, 0xaf]],
  ['surrogate', 'a surrogate', [0xed, 0xa0, 0x80]],
  ['unfinished', 'a sequence that is not finished', [0xf0, 0x9f, 0x98]],
];

const badTexts: readonly BadText[] = [
  ...invalidUtf8.map(({ name, title, bytes, atEnd }) => ({ name, title, parts: partsOf(bytes, atEnd) })),
  ...cutBytes.map(([name, title, bytes]): BadText => ({
    name: `${name}-across-fragments`,
    title: `${title} that is cut behind each byte between two fragments`,
    parts: partsOf(bytes),
    send: (conversation, payload) => {
      for (const frame of messageFrames('text', payload, 1)) conversation.sendFrame(frame);
    },
  })),
  ...cutBytes.map(([name, title, bytes]): BadText => ({
    name: `${name}-across-segments`,
    title: `${title} that is cut behind each byte between two TCP segments`,
    parts: partsOf(bytes),
    send: async (conversation, payload) => {
      const bytes = conversation.bytesOf(messageFrames('text', payload));
      await conversation.sendPieces(
        Array.from(bytes, (byte) => Uint8Array.of(byte)),
        'a text frame',
      );
    },
  })),
  {
    name: 'last-fragment-empty',
    title: 'a first byte without its continuation, and an empty fragment behind it',
    parts: [text('a'), Uint8Array.of(0xc3), text('')],
    send: (conversation, payload) => {
      conversation.sendFrame(frameOf('text', payload, false));
      conversation.sendFrame(frameOf('continuation'));
    },
  },
  {
    name: 'in-long-text',
    title: 'a bad byte behind 5000 good ones',
    parts: [text('\u00e9'.repeat(2500)), Uint8Array.of(0xff), text('.'.repeat(100))],
  },
  {
    name: 'every-bad-byte',
    title: 'every byte that no sequence has',
    parts: [text('<'), Uint8Array.of(0xc0, 0xc1, ...Array.from({ length: 11 }, (_, at) => 0xf5 + at)), text('>')],
  },
];

/** A byte order mark is a character, or none (reading R-608). */
const byteOrderMark: ClientCase = {
  id: 'client-utf-8/byte-order-mark',
  title: 'Text that begins with U+FEFF',
  clauses: ['draft-06/4.6/text-is-utf-8'],
  requirement: 'Nothing: reading R-608 asks whether it is a part of the text. What the client does is noted.',
  needs: ['echo of text'],
  run: async (tester) => {
    const conversation = await tester.establish();
    sendWhole(conversation, text('\ufeffmark'));
    const watched = await watchMessage(conversation);
    const [message] = watched.messages;
    const isText = (words: string): boolean => message !== undefined && sameBytes(message.bytes, text(words));
    const option = isText('\ufeffmark') ? 'keep' : isText('mark') ? 'strip' : 'other';
    const observed = `${describeWatched(watched)} after text that begins with U+FEFF`;
    noteUnusual(tester, 'draft-06/4.6/text-is-utf-8', 'byteOrderMark', option, observed);
  },
};

/** Text in UTF-8, and what a client makes of text that is not valid (draft-06 sections 4.6 and 6.1). */
export const clientUtf8Cases: readonly ClientCase[] = [
  ...casesFor('client', utf8SharedCases),
  ...badTexts.map(badTextCase),
  byteOrderMark,
];
