import { frameOf } from '../../../model/frame.js';
import { layOutFrame } from '../../../model/frame-encoder.js';
import { serializeHead } from '../../../model/http-head.js';
import type { ClauseId } from '../../../spec/clauses.js';
import type { ClientCase, Need } from '../../verifier/case.js';
import type { ClientConversation } from '../../verifier/conversation.js';
import type { Randomness } from '../../verifier/randomness.js';
import { expectCloseAnswered, expectEcho, expectPong, type Judge, text } from '../expectations.js';
import { establishWith, expectAcceptance, refusedResponse } from './reactions.js';

/** Where the response is cut: its name, the response as a noun, and the offsets. */
type Cut = readonly [name: string, what: string, at: (response: string, random: Randomness) => readonly number[]];

const behind =
  (pattern: RegExp): Cut[2] =>
  (response) => {
    const found = pattern.exec(response);
    return found === null ? [] : [found.index + found[0].length];
  };

const cuts: readonly Cut[] = [
  [
    'byte-by-byte',
    'a response byte by byte',
    (response) => Array.from({ length: response.length - 1 }, (_, at) => at + 1),
  ],
  ['cut-behind-first-byte', 'a response cut behind its first byte', () => [1]],
  ['cut-in-status', 'a response cut inside 101', behind(/^HTTP\/1.1 10/)],
  ['cut-in-line-end', 'a response cut between CR and LF', behind(/^[^\r]*\r/)],
  ['cut-in-name', 'a response cut inside the name of a header field', behind(/Sec-WebSo/)],
  ['cut-in-accept', 'a response cut inside Sec-WebSocket-Accept', behind(/Accept: .{9}/)],
  ['cut-before-empty-line', 'a response cut before its empty line', (response) => [response.length - 2]],
  ['cut-before-last-byte', 'a response cut before its last byte', (response) => [response.length - 1]],
  [
    'cut-at-random',
    'a response cut in ten places',
    (response, random) =>
      Array.from({ length: 10 }, () => random.integer(1, response.length - 1)).sort((one, other) => one - other),
  ],
];

/** Frames that come in one chunk with the response (reading R-560). */
interface Along {
  readonly name: string;
  readonly title: string;
  readonly requirement: string;
  readonly clauses: readonly ClauseId[];
  readonly needs?: readonly Need[];
  /** What stands behind the response. */
  readonly bytes: Uint8Array;
  readonly expects: (judge: Judge, conversation: ClientConversation) => Promise<unknown>;
}

const along = text('along with the response');
const message = layOutFrame(frameOf('text', along));
const isEchoed: Along['expects'] = (judge, conversation) =>
  expectEcho(judge, conversation, 'text', along, 'draft-06/5.2.2/established');

const alongCases: readonly Along[] = [
  {
    name: 'ping-in-the-same-chunk',
    title: 'Takes a Ping that comes along with the response',
    clauses: ['draft-06/5.2.2/established', 'draft-06/4.5.2/ping-answered'],
    requirement: 'The client answers a Ping that comes in one chunk with the response.',
    bytes: layOutFrame(frameOf('ping', along)),
    expects: (judge, conversation) => expectPong(judge, conversation, along),
  },
  {
    name: 'message-in-the-same-chunk',
    title: 'Takes a message that comes along with the response',
    clauses: ['draft-06/5.2.2/established', 'draft-06/4.1/data-while-open'],
    requirement: 'A message that comes in one chunk with the response reaches the application.',
    needs: ['echo of text'],
    bytes: message,
    expects: isEchoed,
  },
  {
    name: 'half-a-frame-in-the-same-chunk',
    title: 'Takes a message whose first half comes along with the response',
    clauses: ['draft-06/5.2.2/established', 'draft-06/4.1/data-while-open'],
    requirement: 'A message that begins in one chunk with the response and ends in another reaches the application.',
    needs: ['echo of text'],
    bytes: message.subarray(0, 7),
    expects: (judge, conversation) => {
      conversation.sendBytes(message.subarray(7), 'the rest of the frame');
      return isEchoed(judge, conversation);
    },
  },
  {
    name: 'close-in-the-same-chunk',
    title: 'Takes a Close that comes along with the response',
    clauses: ['draft-06/4.5.1/close-answered', 'draft-06/7.3/server-may-close', 'draft-06/4.5.1/drop-after-both'],
    requirement: 'The client answers a Close that comes in one chunk with the response, and ends TCP.',
    bytes: layOutFrame(frameOf('close')),
    expects: (judge, conversation) => expectCloseAnswered(judge, conversation),
  },
];

/** A judge that keeps its findings to itself until it is clear whether they count. */
const keeping = ({ broken, note }: Judge, kept: (() => void)[]): Judge => ({
  broken: (...finding) => {
    kept.push(() => {
      broken(...finding);
    });
  },
  note: (...finding) => {
    kept.push(() => {
      note(...finding);
    });
  },
});

/** Milliseconds after which a response is late, and before which hardly a client gives up. */
const late = 1000;

/** When the response comes, and what comes along with it. */
export const clientResponseTimingCases: readonly ClientCase[] = [
  ...cuts.map(([name, what, at]): ClientCase => ({
    id: `client-response/${name}`,
    title: `Accepts: ${what}`,
    clauses: ['draft-06/5.1/response-validated', 'draft-06/5.1/may-fail-early', 'draft-06/5.1/waits-for-response'],
    requirement: `The client accepts ${what}, for TCP has no pieces, and sends nothing before its end.`,
    run: async (tester) => {
      const opening = await tester.accept();
      const bytes = serializeHead(tester.response(opening));
      const offsets = at(String.fromCharCode(...bytes), tester.randomness);
      const pieces = [...offsets, bytes.length].map((end, index) => bytes.subarray(offsets[index - 1] ?? 0, end));
      await opening.conversation.sendResponse(pieces, true);
      await expectAcceptance(tester, opening, 'draft-06/5.1/response-validated', what);
    },
  })),
  {
    id: 'client-response/late',
    title: 'Accepts: a response that comes late',
    clauses: ['draft-06/5.1/waits-for-response'],
    requirement: 'The client waits for a response that takes a second, and accepts it then.',
    run: async (tester) => {
      const opening = await tester.accept();
      const { conversation } = opening;
      await conversation.next(Math.min(conversation.timeout / 2, late));
      await conversation.sendResponse(tester.response(opening), true);
      // A client may have limits, but hardly this one; so it is no more than advice.
      await expectAcceptance(tester, opening, 'draft-06/5.1/waits-for-response', 'a late response', 'advisory');
    },
  },
  {
    id: 'client-response/bad-accept-byte-by-byte',
    title: 'Fails on: a wrong Accept, byte by byte',
    clauses: ['draft-06/5.1/response-accept', 'draft-06/5.1/may-fail-early', 'draft-06/7.2.1/fail-is-close'],
    requirement:
      'The client fails on a wrong Sec-WebSocket-Accept in a response that comes byte by byte, sooner or later.',
    run: (tester) =>
      refusedResponse(
        tester,
        (right) => ({
          ...right,
          fields: right.fields.map((field) =>
            field.name === 'Sec-WebSocket-Accept' ? { ...field, value: 'c2hhcmUgYW5kIGVuam95IQ==' } : field,
          ),
        }),
        'draft-06/5.1/response-accept',
        'a wrong Sec-WebSocket-Accept that comes byte by byte',
        { inPieces: true },
      ),
  },
  ...alongCases.map(({ name, title, requirement, clauses, needs, bytes, expects }): ClientCase => ({
    id: `client-response/${name}`,
    title,
    clauses: ['draft-06/5.2.2/server-may-send', ...clauses],
    requirement,
    ...(needs === undefined ? {} : { needs }),
    run: async (tester) => {
      const { conversation } = await establishWith(tester, bytes);
      const kept: (() => void)[] = [];
      await expects(keeping(tester, kept), conversation);
      if (conversation.isOver() && conversation.firstBytes().length === 0) {
        const observed = 'the client ended TCP when frames came in one chunk with the response';
        tester.note('draft-06/5.2.2/server-may-send', 'too-early', observed, 'a failure by reading R-560 `too-early`');
      } else {
        for (const record of kept) record();
      }
    },
  })),
];
