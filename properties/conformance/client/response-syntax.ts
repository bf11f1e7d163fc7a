import { concatBytes } from '../../../model/bytes.js';
import { type ResponseHead, serializeHead } from '../../../model/http-head.js';
import { headerNames } from '../../../spec/wire.js';
import type { ClientCase } from '../../verifier/case.js';
import { acceptFor, type Opening } from '../../verifier/client-tester.js';
import { text, until } from '../expectations.js';
import { bytesOfLines, linesOf, withField } from '../head-lines.js';
import { lines, observeReaction, sendWrong } from './reactions.js';

/** A response made of the right one. */
type Change = (right: ResponseHead, opening: Opening) => ResponseHead | Uint8Array;

const firstLine =
  (written: string): Change =>
  (right) =>
    lines(right, ([, ...fields]) => [written, ...fields]);

const added =
  (line: string): Change =>
  (right) =>
    lines(right, ([first = '', ...fields]) => [first, line, ...fields]);

const asText = (right: ResponseHead): string => `${linesOf(right).join('\r\n')}\r\n\r\n`;

/**
 * Responses that are odd in a way of HTTP. The four checks of section 5.1 say nothing about them: what the client does
 * is recorded.
 */
const odd: readonly (readonly [name: string, what: string, allowed: string, change: Change])[] = [
  ['http-1-0', 'a 101 of HTTP/1.0', 'either, by reading R-553', firstLine('HTTP/1.0 101 Switching Protocols')],
  ['http-1-2', 'a 101 of HTTP/1.2', 'either, by reading R-553', firstLine('HTTP/1.2 101 Switching Protocols')],
  ['http-2-0', 'a 101 of HTTP/2.0', 'either, by reading R-553', firstLine('HTTP/2.0 101 Switching Protocols')],
  ['http-0-9', 'a 101 of HTTP/0.9', 'either, by reading R-553', firstLine('HTTP/0.9 101 Switching Protocols')],
  [
    'http-in-lower-case',
    'the version "http/1.1"',
    'either, by reading R-595',
    firstLine('http/1.1 101 Switching Protocols'),
  ],
  [
    'another-reason',
    'the reason "All Right"',
    'acceptance, for the reason is for people',
    firstLine('HTTP/1.1 101 All Right'),
  ],
  ['empty-reason', 'an empty reason', 'acceptance, for the reason may be empty', firstLine('HTTP/1.1 101 ')],
  ['no-reason', 'no reason, nor the space in front of it', 'either', firstLine('HTTP/1.1 101')],
  [
    'two-spaces',
    'two spaces in the status line',
    'either, by reading R-597',
    firstLine('HTTP/1.1  101 Switching Protocols'),
  ],
  ['tab-in-status-line', 'a tab in the status line', 'either', firstLine('HTTP/1.1\t101 Switching Protocols')],
  [
    'empty-line-in-front',
    'an empty line in front',
    'either, by reading R-593',
    (right) => text(`\r\n${asText(right)}`),
  ],
  [
    'line-feeds-alone',
    'lines that end in a line feed alone',
    'either, by reading R-588',
    (right) => text(asText(right).replaceAll('\r\n', '\n')),
  ],
  [
    'carriage-returns-alone',
    'lines that end in a carriage return alone',
    'anything but acceptance is expected',
    (right) => text(asText(right).replaceAll('\r\n', '\r')),
  ],
  ['line-without-colon', 'a header line without a colon', 'either', added('no colon here')],
  ['empty-name', 'a header field without a name', 'either', added(': nameless')],
  ['blank-in-name', 'a header field with a blank in its name', 'either', added('X Hybi: 1')],
  ['control-character-in-value', 'a value with a control character', 'either', added('X-Hybi: \u0001')],
  ['zero-byte-in-value', 'a value with a zero byte', 'either', added('X-Hybi: a\u0000b')],
  ['latin-1-in-value', 'a value with bytes from 128 on', 'acceptance by reading R-594', added('X-Hybi: \xe9\xff')],
  ['fold-in-front', 'a continuation line in front of the header fields', 'either', added(' folded')],
  [
    'upgrade-folded',
    'Upgrade on a continuation line',
    'acceptance by reading R-589 `fold`',
    (right) => lines(right, (all) => all.map((line) => line.replace(/^Upgrade: /, 'Upgrade:\r\n\t'))),
  ],
  ['content-length', 'a 101 with Content-Length: 0', 'acceptance by reading R-557', added('Content-Length: 0')],
  ['content-length-5', 'a 101 with Content-Length: 5', 'either, by reading R-557', added('Content-Length: 5')],
  ['chunked', 'a 101 with Transfer-Encoding: chunked', 'either, by reading R-557', added('Transfer-Encoding: chunked')],
  [
    'accept-in-two-lines',
    'Sec-WebSocket-Accept in two halves, on two lines',
    'anything but acceptance is expected',
    (right, opening) => {
      const value = acceptFor(opening);
      return withField(right, headerNames.accept, value.slice(0, 14), value.slice(14));
    },
  ],
  [
    'many-fields',
    'a response of two hundred header fields',
    'either: a client may have limits',
    (right) => ({
      ...right,
      fields: [
        ...Array.from({ length: 200 }, (_, at) => ({ name: `X-Hybi-${at}`, value: String(at) })),
        ...right.fields,
      ],
    }),
  ],
  ['long-value', 'a value of 16,000 bytes', 'either: a client may have limits', added(`X-Hybi: ${'x'.repeat(16_000)}`)],
];

/** What is cut off, and where. */
const cuts: readonly (readonly [name: string, what: string, cut: (bytes: Uint8Array) => Uint8Array])[] = [
  ['ends-without-response', 'the end of TCP instead of a response', (bytes) => bytes.subarray(0, 0)],
  ['ends-in-status-line', 'the end of TCP inside the status line', (bytes) => bytes.subarray(0, 10)],
  ['ends-in-fields', 'the end of TCP inside the header fields', (bytes) => bytes.subarray(0, bytes.length - 20)],
  ['ends-before-empty-line', 'the end of TCP before the empty line', (bytes) => bytes.subarray(0, bytes.length - 2)],
];

/** The most that a client is sent as the head of a response. */
const endless = 256 * 1024;

/** RFC 2616 in the response, and responses without an end. */
export const clientResponseSyntaxCases: readonly ClientCase[] = [
  ...odd.map(([name, what, allowed, change]): ClientCase => ({
    id: `client-response/${name}`,
    title: `Observes: ${what}`,
    clauses: ['draft-06/5.1/response-validated'],
    requirement: `What the client does after ${what} is recorded.`,
    run: async (tester) => {
      const opening = await tester.accept();
      await sendWrong(opening, change(tester.response(opening), opening));
      await observeReaction(tester, opening, 'draft-06/5.1/response-validated', what, allowed);
    },
  })),
  ...cuts.map(([name, what, cut]): ClientCase => ({
    id: `client-response/${name}`,
    title: `Ends TCP after: ${what}`,
    clauses: ['draft-06/7.2.1/fail-is-close', 'draft-06/7.1.1/clean-tcp-close'],
    requirement: `The client ends TCP after ${what}, because no response can come any more.`,
    run: async (tester) => {
      const opening = await tester.accept();
      const { conversation } = opening;
      await sendWrong(opening, cut(serializeHead(tester.response(opening))));
      conversation.end();
      await until(conversation, () => false);
      if (conversation.isOver()) return;
      const words = {
        code: 'tcp-kept-open',
        observed: `TCP stayed open after ${what}`,
        allowed: 'the client ends TCP',
      };
      tester.broken('draft-06/7.2.1/fail-is-close', words);
    },
  })),
  {
    id: 'client-response/endless-head',
    title: 'Observes: a head without an end',
    clauses: ['draft-06/2/limits'],
    requirement: `What the client does about a head of ${endless} bytes that has no end is recorded.`,
    run: async (tester) => {
      const opening = await tester.accept();
      const line = `X-Hybi: ${'x'.repeat(1000)}\r\n`;
      const begin = bytesOfLines(['HTTP/1.1 101 Switching Protocols']).subarray(0, -2);
      const count = Math.ceil(endless / line.length);
      await sendWrong(opening, concatBytes([begin, text(line.repeat(count))]));
      const allowed = 'a client may have limits, and may read on';
      await observeReaction(tester, opening, 'draft-06/2/limits', `a head of ${endless} bytes without an end`, allowed);
    },
  },
];
