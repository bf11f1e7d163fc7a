import { concatBytes } from '../../../model/bytes.js';
import { frameOf } from '../../../model/frame.js';
import { layOutFrame } from '../../../model/frame-encoder.js';
import { serializeHead } from '../../../model/http-head.js';
import type { ClientCase } from '../../verifier/case.js';
import type { Randomness } from '../../verifier/randomness.js';
import { expectCloseAnswered, expectEcho, expectPong, text } from '../expectations.js';
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

const noLimit = 30_000;

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
      await conversation.next(Math.min(conversation.timeout / 2, noLimit));
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
  {
    id: 'client-response/ping-in-the-same-chunk',
    title: 'Takes a Ping that comes along with the response',
    clauses: ['draft-06/5.2.2/server-may-send', 'draft-06/5.2.2/established', 'draft-06/4.5.2/ping-answered'],
    requirement: 'The client answers a Ping that comes in one chunk with the response (reading R-560).',
    run: async (tester) => {
      const body = text('along with the response');
      const { conversation } = await establishWith(tester, layOutFrame(frameOf('ping', body)));
      await expectPong(tester, conversation, body);
    },
  },
  {
    id: 'client-response/message-in-the-same-chunk',
    title: 'Takes a message that comes along with the response',
    clauses: ['draft-06/5.2.2/server-may-send', 'draft-06/5.2.2/established', 'draft-06/4.1/data-while-open'],
    requirement: 'A message that comes in one chunk with the response reaches the application (reading R-560).',
    needs: ['echo of text'],
    run: async (tester) => {
      const payload = text('along with the response');
      const { conversation } = await establishWith(tester, layOutFrame(frameOf('text', payload)));
      await expectEcho(tester, conversation, 'text', payload, 'draft-06/5.2.2/established');
    },
  },
  {
    id: 'client-response/half-a-frame-in-the-same-chunk',
    title: 'Takes a message whose first half comes along with the response',
    clauses: ['draft-06/5.2.2/server-may-send', 'draft-06/5.2.2/established', 'draft-06/4.1/data-while-open'],
    requirement: 'A message that begins in one chunk with the response and ends in another reaches the application.',
    needs: ['echo of text'],
    run: async (tester) => {
      const payload = text('half along with the response');
      const frame = layOutFrame(frameOf('text', payload));
      const { conversation } = await establishWith(tester, frame.subarray(0, 7));
      conversation.sendBytes(frame.subarray(7), 'the rest of the frame');
      await expectEcho(tester, conversation, 'text', payload, 'draft-06/5.2.2/established');
    },
  },
  {
    id: 'client-response/close-in-the-same-chunk',
    title: 'Takes a Close that comes along with the response',
    clauses: ['draft-06/4.5.1/close-answered', 'draft-06/7.3/server-may-close', 'draft-06/4.5.1/drop-after-both'],
    requirement: 'The client answers a Close that comes in one chunk with the response, and ends TCP.',
    run: async (tester) => {
      const { conversation } = await establishWith(tester, concatBytes([layOutFrame(frameOf('close'))]));
      await expectCloseAnswered(tester, conversation);
    },
  },
];
