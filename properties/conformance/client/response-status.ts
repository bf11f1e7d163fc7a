import { serializeHead, type HeaderField, type ResponseHead } from '../../../model/http-head.js';
import { concatBytes } from '../../../model/bytes.js';
import type { ClientCase } from '../../verifier/case.js';
import { text } from '../expectations.js';
import { lines, observeReaction, refusedResponse, sendWrong } from './reactions.js';

/** Status codes besides 101, with their reason; all else in the response is right. */
const others: readonly (readonly [status: number, reason: string, ...fields: HeaderField[]])[] = [
  [199, 'Unknown'],
  [200, 'OK'],
  [201, 'Created'],
  [204, 'No Content'],
  [206, 'Partial Content'],
  [300, 'Multiple Choices'],
  [301, 'Moved Permanently', { name: 'Location', value: '/elsewhere' }],
  [302, 'Found', { name: 'Location', value: '/elsewhere' }],
  [303, 'See Other', { name: 'Location', value: '/elsewhere' }],
  [304, 'Not Modified'],
  [305, 'Use Proxy', { name: 'Location', value: 'http://127.0.0.1:9/' }],
  [307, 'Temporary Redirect', { name: 'Location', value: '/elsewhere' }],
  [400, 'Bad Request'],
  [401, 'Unauthorized', { name: 'WWW-Authenticate', value: 'Basic realm="hybi-spec"' }],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [407, 'Proxy Authentication Required', { name: 'Proxy-Authenticate', value: 'Basic realm="hybi-spec"' }],
  [410, 'Gone'],
  [426, 'Upgrade Required', { name: 'Sec-WebSocket-Version', value: '13' }],
  [500, 'Internal Server Error'],
  [503, 'Service Unavailable', { name: 'Retry-After', value: '0' }],
  [999, 'Beyond'],
];

/** Responses as servers send them that do not speak WebSocket. */
const plain: readonly (readonly [
  name: string,
  what: string,
  head: Omit<ResponseHead, 'kind' | 'version'>,
  body: string,
])[] = [
  [
    'plain-page',
    'a page with the status code 200',
    { status: 200, reason: 'OK', fields: [{ name: 'Content-Type', value: 'text/html' }] },
    '<p>This is no WebSocket server.</p>\n',
  ],
  ['plain-404', 'a 404 with a body', { status: 404, reason: 'Not Found', fields: [] }, 'There is nothing here.\n'],
  [
    'redirection-alone',
    'a 302 without any of the other header fields',
    { status: 302, reason: 'Found', fields: [{ name: 'Location', value: '/elsewhere' }] },
    '',
  ],
  [
    'body-like-frames',
    'a 200 whose body looks like a frame',
    { status: 200, reason: 'OK', fields: [] },
    '\u0084\u0005Hello',
  ],
];

/** Status codes that are no final answer in HTTP, in front of the right response. */
const interim: readonly (readonly [status: number, reason: string])[] = [
  [100, 'Continue'],
  [102, 'Processing'],
  [103, 'Early Hints'],
];

/** Status lines in which no 101 can be read, with their name. All else is right. */
const unreadable: readonly (readonly [name: string, statusLine: string])[] = [
  ['status-of-four-digits', 'HTTP/1.1 1010 Switching Protocols'],
  ['status-of-two-digits', 'HTTP/1.1 10 Switching Protocols'],
  ['status-negative', 'HTTP/1.1 -101 Switching Protocols'],
  ['status-in-letters', 'HTTP/1.1 1O1 Switching Protocols'],
  ['status-in-hexadecimal', 'HTTP/1.1 0x65 Switching Protocols'],
  ['status-missing', 'HTTP/1.1 Switching Protocols'],
  ['status-behind-reason', 'HTTP/1.1 Switching Protocols 101'],
  ['status-of-another-protocol', 'ICY 200 OK'],
  ['no-status-line', 'X-Hybi-Spec: no status line'],
];

const clauses = [
  'draft-06/5.1/status-101',
  'draft-06/5.1/response-validated',
  'draft-06/7.1.4/fail-is-close',
  'draft-06/7.2.1/fail-is-close',
] as const;

/** The right response with another first line. */
const withStatusLine =
  (statusLine: string) =>
  (right: ResponseHead): Uint8Array =>
    lines(right, ([, ...fields]) => [statusLine, ...fields]);

const bytesOfText = (body: string): Uint8Array => Uint8Array.from(body, (character) => character.charCodeAt(0));

/** Section 5.1, the end: a status code other than 101. */
export const clientResponseStatusCases: readonly ClientCase[] = [
  ...others.map(([status, reason, ...fields]): ClientCase => ({
    id: `client-response/status-${status}`,
    title: `Fails on: the status code ${status}`,
    clauses,
    requirement: `The client fails the connection after a response with ${status} that is right otherwise.`,
    run: (tester) =>
      refusedResponse(
        tester,
        (right) => ({ ...right, status, reason, fields: [...right.fields, ...fields] }),
        'draft-06/5.1/status-101',
        `a response with the status code ${status}`,
      ),
  })),
  ...plain.map(([name, what, head, body]): ClientCase => ({
    id: `client-response/${name}`,
    title: `Fails on: ${what}`,
    clauses,
    requirement: `The client fails the connection after ${what}, and ends TCP though the server keeps it open.`,
    run: (tester) =>
      refusedResponse(
        tester,
        ({ kind, version }) => {
          const bytes = bytesOfText(body);
          const length = { name: 'Content-Length', value: String(bytes.length) };
          return concatBytes([serializeHead({ kind, version, ...head, fields: [...head.fields, length] }), bytes]);
        },
        'draft-06/5.1/status-101',
        what,
      ),
  })),
  ...unreadable.map(([name, statusLine]): ClientCase => ({
    id: `client-response/${name}`,
    title: `Fails on: the status line "${statusLine}"`,
    clauses,
    requirement: `The client reads no 101 in the status line "${statusLine}", and fails the connection.`,
    run: (tester) =>
      refusedResponse(tester, withStatusLine(statusLine), 'draft-06/5.1/status-101', `the line "${statusLine}"`),
  })),
  {
    id: 'client-response/not-http',
    title: 'Fails on: what is no HTTP',
    clauses,
    requirement: 'The client fails the connection after a line of another protocol.',
    run: (tester) =>
      refusedResponse(
        tester,
        () => text('220 mail.hybi-spec.example ESMTP\r\n\r\n'),
        'draft-06/5.1/status-101',
        'the greeting of a mail server',
      ),
  },
  ...interim.map(([status, reason]): ClientCase => ({
    id: `client-response/${status}-in-front`,
    title: `Observes: ${status} in front of the right response`,
    clauses: ['draft-06/5.1/status-101'],
    requirement: `What the client does when ${status} comes in front of the right response is recorded (reading R-552).`,
    run: async (tester) => {
      const opening = await tester.accept();
      const right = serializeHead(tester.response(opening));
      await sendWrong(opening, concatBytes([text(`HTTP/1.1 ${status} ${reason}\r\n\r\n`), right]));
      const allowed = 'a failure by reading R-552 `fail`, acceptance by `skip`';
      await observeReaction(tester, opening, 'draft-06/5.1/status-101', `a ${status} and the right response`, allowed);
    },
  })),
];
