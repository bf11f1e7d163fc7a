import { bytesFromLatin1, concatBytes, latin1FromBytes } from '../../model/bytes.js';
import { frameOf } from '../../model/frame.js';
import { serializeHead } from '../../model/http-head.js';
import { headerNames, opcodes } from '../../spec/wire.js';
import type { ConformanceCase } from '../verifier/case.js';
import type { Weight } from '../verifier/finding.js';
import type { Randomness } from '../verifier/randomness.js';
import { describeAnswer, type Handshake, type Tester } from '../verifier/tester.js';
import { clauseToBlame } from './asked-readings.js';
import { isFrameOf, text, until } from './expectations.js';
import { bytesOfLines, linesOf } from './head-lines.js';
import { acceptanceOf, assertAcceptsUsual, judgeAllowed, judgeForbidden, type Question } from './handshake-judge.js';
import { noteReading, type OptionOf } from './reactions.js';

/** Sends pieces with a pause behind each, and stops when the server answers. `sent` is how many bytes had gone out. */
async function sendSlowly(
  tester: Tester,
  pieces: readonly Uint8Array[],
  pause: number,
): Promise<Handshake & { readonly sent: number }> {
  const conversation = await tester.connect();
  let sent = 0;
  for (const piece of pieces) {
    conversation.sendBytes(piece, `opening handshake from offset ${sent}`);
    sent += piece.length;
    const answer = await conversation.readHead(pause);
    if (answer.type !== 'silence') return { conversation, answer, sent };
  }
  return { conversation, answer: { type: 'silence', received: 0 }, sent };
}

/** What was sent is no opening handshake, so that nothing can be accepted. */
function checkNotAccepted(tester: Tester, { answer }: Handshake, what: string): boolean {
  if (acceptanceOf(answer) === undefined) return true;
  const observed = `the server accepted ${what}`;
  tester.broken('draft-06/5.2.1/abort-on-mismatch', { code: 'accepted', observed, allowed: 'a refusal, or silence' });
  return false;
}

/** The usual opening handshake is accepted when it comes in pieces, and not before its end. */
async function judgePieces(
  tester: Tester,
  cutsOf: (request: string, random: Randomness) => readonly number[],
  pause: number,
  question: Question,
  weight?: Weight,
): Promise<void> {
  const bytes = serializeHead(tester.request());
  const cuts = cutsOf(latin1FromBytes(bytes), tester.randomness);
  const pieces = [...cuts, bytes.length].map((end, at) => bytes.subarray(cuts[at - 1] ?? 0, end));
  const slow = await sendSlowly(tester, pieces, pause);
  const { conversation, sent } = slow;
  if (sent < bytes.length && !checkNotAccepted(tester, slow, `${question.what}, after ${sent} bytes`)) return;
  const answer = slow.answer.type === 'silence' ? await conversation.readHead() : slow.answer;
  await judgeAllowed(tester, { conversation, answer }, question, weight);
}

/** Where a request is cut in two, found by what stands before the cut. */
const cuts: readonly (readonly [name: string, what: string, before: RegExp])[] = [
  ['method', 'the method', /^GE/],
  ['header-name', 'the name of a header field', /\r\nSec-WebSo/],
  ['header-value', 'the key', /\r\nSec-WebSocket-Key: .{5}/],
  ['line-end', 'the end of a line, between CR and LF', /\r/],
  ['empty-line', 'the head, before the empty line', /^[^]*\r\n(?=\r\n$)/],
  ['last-byte', 'the empty line, before its last byte', /^[^]*\r(?=\n$)/],
];

/** Milliseconds between two pieces: enough for the first to be read alone. */
const shortPause = 20;

const clientHello = [
  '\x16\x03\x01\x00\x2f\x01\x00\x00\x2b\x03\x01',
  'hybi-spec hybi-spec hybi-spec 32',
  '\x00\x00\x04\x00\x2f\x00\x35\x01\x00',
].join('');

/** Bytes that are no HTTP; an end of a head stands behind each, so that nothing is left to wait for. */
const garbage: readonly (readonly [name: string, what: string, bytes: (random: Randomness) => Uint8Array])[] = [
  ['random', 'random bytes', (random) => random.bytes(200)],
  ['zeros', 'zeros', () => new Uint8Array(64)],
  ['tls', 'the beginning of a TLS handshake', () => bytesFromLatin1(clientHello)],
  ['ssh', 'the first line of SSH', () => text('SSH-2.0-hybi_spec')],
  ['smtp', 'a command of SMTP', () => text('EHLO hybi-spec.example')],
  ['http-response', 'a response instead of a request', () => text('HTTP/1.1 101 Switching Protocols')],
];

/** Heads without an end, as a beginning and a piece that is repeated. */
const endless: readonly (readonly [name: string, what: string, piece: string])[] = [
  ['header-value', 'a header value without end', 'hybi-spec-------'],
  ['header-fields', 'header fields without end', 'X-Hybi-Spec: 1\r\n'],
];

const pieceLength = 16 * 1024;

export const handshakeTimingCases: readonly ConformanceCase[] = [
  {
    id: 'handshake/byte-by-byte',
    title: 'Accepts: an opening handshake that comes byte by byte',
    clauses: ['draft-06/5.2.1/parse-request', 'draft-06/5.2.1/abort-on-mismatch'],
    requirement: 'TCP is a stream: an opening handshake that comes byte by byte is the same as one that comes at once.',
    run: async (tester) => {
      const what = 'an opening handshake that came byte by byte';
      const everywhere = (request: string): readonly number[] =>
        Array.from({ length: request.length - 1 }, (_, at) => at + 1);
      await judgePieces(tester, everywhere, 1, { clause: 'draft-06/5.2.1/parse-request', what });
    },
  },
  ...cuts.map(([name, what, before]): ConformanceCase => ({
    id: `handshake/cut-in-${name}`,
    title: `Accepts: a cut in ${what}`,
    clauses: ['draft-06/5.2.1/parse-request', 'draft-06/5.2.1/abort-on-mismatch'],
    requirement: `The server takes an opening handshake that comes in two pieces, with the cut in ${what}.`,
    run: async (tester) => {
      const question = { clause: 'draft-06/5.2.1/parse-request', what: `two pieces, with the cut in ${what}` } as const;
      const cutOf = (request: string): readonly number[] => {
        const match = before.exec(request);
        return match === null ? [] : [match.index + match[0].length];
      };
      await judgePieces(tester, cutOf, shortPause, question);
    },
  })),
  {
    id: 'handshake/random-pieces',
    title: 'Accepts: an opening handshake in random pieces',
    clauses: ['draft-06/5.2.1/parse-request', 'draft-06/5.2.1/abort-on-mismatch'],
    requirement: 'Wherever an opening handshake is cut, the server takes it.',
    run: async (tester) => {
      const question = {
        clause: 'draft-06/5.2.1/parse-request',
        what: 'an opening handshake in random pieces',
      } as const;
      const anywhere = (request: string, random: Randomness): readonly number[] =>
        Array.from({ length: 8 }, () => random.integer(1, request.length - 1)).sort((one, other) => one - other);
      for (let round = 0; round < 3; round++) await judgePieces(tester, anywhere, 2, question);
    },
  },
  {
    id: 'handshake/long-pause',
    title: 'Accepts: a pause in the opening handshake',
    clauses: ['draft-06/7.3/server-may-close', 'draft-06/5.2.1/abort-on-mismatch'],
    requirement: 'Whether the server bears with a pause in the opening handshake is recorded when it does not.',
    run: async (tester) => {
      const pause = Math.min(1000, tester.target.timeout);
      const allowed = 'a server may close when it has waited long enough';
      const question = { clause: 'draft-06/7.3/server-may-close', what: `a pause of ${pause} ms`, allowed } as const;
      await judgePieces(tester, (request) => [request.length >> 1], pause, question, 'informational');
    },
  },
  ...endless.map(([name, what, piece]): ConformanceCase => ({
    id: `handshake/endless-${name}`,
    title: `Observes: ${what}`,
    clauses: ['draft-06/5.2.1/abort-on-mismatch', 'draft-06/9/input-not-trusted', 'draft-06/7.3/server-may-close'],
    requirement: `The server does not accept ${what}; at which length it gives up is recorded.`,
    run: async (tester) => {
      const beginning = bytesOfLines([...linesOf(tester.request()), 'X-Hybi-Spec: 1']).subarray(0, -2);
      const open = name === 'header-value' ? concatBytes([beginning.subarray(0, -2), text(' ')]) : beginning;
      const repeated = text(piece.repeat(pieceLength / piece.length));
      const slow = await sendSlowly(tester, [open, ...Array.from({ length: 16 }, () => repeated)], 5);
      if (!checkNotAccepted(tester, slow, what)) return;
      const observed = `${describeAnswer(slow.answer)} after ${slow.sent} bytes of ${what}`;
      if (slow.answer.type !== 'silence') tester.note('draft-06/7.3/server-may-close', 'gave-up', observed);
      else tester.note('draft-06/9/input-not-trusted', 'read-on', observed, 'how long a head may be is for the server');
    },
  })),
  {
    id: 'handshake/half-a-request',
    title: 'Observes: half an opening handshake, and the end of TCP',
    clauses: ['draft-06/5.2.1/abort-on-mismatch', 'draft-06/7.3/server-may-close'],
    requirement: 'The server does not accept half an opening handshake whose sender has ended TCP.',
    run: async (tester) => {
      const conversation = await tester.connect();
      const bytes = serializeHead(tester.request());
      conversation.sendBytes(bytes.subarray(0, bytes.length >> 1), 'half an opening handshake');
      conversation.end();
      const answer = await conversation.readHead();
      const what = 'half an opening handshake, behind which TCP was ended';
      if (!checkNotAccepted(tester, { conversation, answer }, what)) return;
      tester.note('draft-06/7.3/server-may-close', 'half-a-request', `${describeAnswer(answer)} to ${what}`);
    },
  },
  {
    id: 'handshake/nothing-sent',
    title: 'Observes: a connection on which nothing is sent',
    clauses: ['draft-06/5.2.1/abort-on-mismatch', 'draft-06/7.3/server-may-close'],
    requirement: 'The server does not accept who has sent nothing; whether it closes soon is recorded.',
    run: async (tester) => {
      const conversation = await tester.connect();
      const answer = await conversation.readHead();
      if (!checkNotAccepted(tester, { conversation, answer }, 'a connection on which nothing was sent')) return;
      const observed = `${describeAnswer(answer)} on a connection on which nothing was sent`;
      tester.note('draft-06/7.3/server-may-close', 'nothing-sent', observed);
    },
  },
  ...garbage.map(([name, what, bytesOf]): ConformanceCase => ({
    id: `handshake/garbage-${name}`,
    title: `Aborts: ${what}`,
    clauses: ['draft-06/5.2.1/abort-on-mismatch', 'draft-06/7.2.2/abort-is-close'],
    requirement: `The server aborts the connection after ${what}.`,
    run: async (tester) => {
      const bytes = concatBytes([bytesOf(tester.randomness), text('\r\n\r\n')]);
      await judgeForbidden(tester, await tester.handshake(bytes), { clause: 'draft-06/5.2.1/abort-on-mismatch', what });
    },
  })),
  {
    id: 'handshake/plain-http',
    title: 'Does not accept: plain HTTP',
    clauses: ['draft-06/5.2.1/abort-on-mismatch', 'draft-06/7.3/server-may-close'],
    requirement:
      'A GET request without any header field of WebSocket is not answered with 101; what it gets is recorded.',
    run: async (tester) => {
      const request = tester.request();
      const isPlain = (name: string): boolean => !/^(?:sec-websocket-.*|upgrade|connection)$/i.test(name);
      const fields = request.fields.filter(({ name }) => isPlain(name));
      const close = { name: headerNames.connection, value: 'close' };
      const shaken = await tester.handshake({ ...request, fields: [...fields, close] });
      if (!checkNotAccepted(tester, shaken, 'a plain HTTP request')) return;
      await assertAcceptsUsual(tester);
      const observed = `${describeAnswer(shaken.answer)} to plain HTTP`;
      // An answer may be that of HTTP, or the one that an abort may send by reading R-507.
      const fits = shaken.answer.type === 'response' ? (['http', 'abort'] as const) : 'abort';
      const clause = clauseToBlame(tester, 'draft-06/7.3/server-may-close', 'requestWithoutSign');
      noteReading(tester, clause, 'requestWithoutSign', fits, observed);
    },
  },
  {
    id: 'handshake/early-data',
    title: 'Observes: frames right behind the opening handshake',
    clauses: ['draft-06/5.1/waits-for-response'],
    requirement: 'What the server does with frames that come before it has answered is recorded.',
    run: async (tester) => {
      const conversation = await tester.connect();
      const ping = conversation.bytesOf([frameOf('ping', text('early'))]);
      conversation.sendBytes(concatBytes([serializeHead(tester.request()), ping]), 'opening handshake, and a Ping');
      const answer = await conversation.readHead();
      const told = (option: OptionOf<'earlyData'>, observed: string): void => {
        noteReading(tester, 'draft-06/5.1/waits-for-response', 'earlyData', option, observed);
      };
      if (acceptanceOf(answer) === undefined) {
        await assertAcceptsUsual(tester);
        told('abort', `${describeAnswer(answer)} to an opening handshake with a Ping behind it`);
        return;
      }
      const event = await until(conversation, (candidate) => isFrameOf(candidate, opcodes.pong));
      if (event.type === 'frame') told('keep', 'the server accepted, and answered the Ping');
      else if (event.type === 'silence') told('other', 'the server accepted, and did not answer the Ping');
      else told('other', 'the server accepted, then ended TCP');
    },
  },
];
