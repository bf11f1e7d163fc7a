import { authorityOf, type WebSocketUri } from '../../model/uri.js';
import type { ConformanceCase } from '../verifier/case.js';
import { type AskedReading, asking } from './asked-readings.js';
import { judgeAllowed, judgeForbidden, observeAcceptance } from './handshake-judge.js';
import { bytesOfLines, linesOf } from './head-lines.js';

/** Rewrites the header lines and leaves the request line. */
const eachField =
  (rewrite: (line: string) => string) =>
  ([first = '', ...fields]: readonly string[]): readonly string[] => [first, ...fields.map(rewrite)];

/** Puts lines in front of the other header fields, where a server meets them first. */
const withLines =
  (...added: readonly string[]) =>
  ([first = '', ...fields]: readonly string[]): readonly string[] => [first, ...added, ...fields];

/** A way to write a request, and what it is called. */
interface Spelling {
  readonly name: string;
  /** The request, as a noun. */
  readonly what: string;
  readonly respell: (lines: readonly string[]) => readonly string[];
  /** The reading that decides whether a server takes it. */
  readonly reading?: AskedReading;
}

const folding = asking('foldedField', ['fold'], ['refuse']);

const requestLine = (rewrite: (line: string) => string): Spelling['respell'] => {
  return ([first = '', ...fields]) => [rewrite(first), ...fields];
};

const wrongRequestLines: readonly Spelling[] = [
  ...['HEAD', 'POST', 'PUT', 'OPTIONS'].map((method) => ({
    name: `method-${method.toLowerCase()}`,
    what: `a request with the method ${method}`,
    respell: requestLine((line) => line.replace('GET', method)),
  })),
  {
    name: 'method-in-lower-case',
    what: 'a request with the method "get", which is another one than GET',
    respell: requestLine((line) => line.replace('GET', 'get')),
  },
  ...['1.0', '0.9'].map((version) => ({
    name: `http-${version.replace('.', '-')}`,
    what: `a request of HTTP/${version}`,
    respell: requestLine((line) => line.replace('HTTP/1.1', `HTTP/${version}`)),
  })),
  {
    name: 'no-http-version',
    what: 'a request line without an HTTP version',
    respell: requestLine((line) => line.replace(' HTTP/1.1', '')),
  },
];

/** Lines that are no header fields. RFC 2616 section 19.3 asks for tolerance only where the meaning is plain. */
const wrongLines: readonly (readonly [name: string, what: string, line: string])[] = [
  ['line-without-colon', 'a header line without a colon', 'hybi-spec'],
  ['name-with-space', 'a header name with a space in it', 'X Hybi Spec: 1'],
  ['name-empty', 'a header field without a name', ': hybi-spec'],
  ['value-with-nul', 'a header value with the control character 0', 'X-Hybi-Spec: a\0b'],
  ['value-with-carriage-return', 'a header value with a carriage return in it', 'X-Hybi-Spec: a\rb'],
];

const allowedSpellings: readonly Spelling[] = [
  {
    name: 'http-1-2',
    what: 'a request of HTTP/1.2, which is higher than 1.1',
    respell: requestLine((line) => line.replace('HTTP/1.1', 'HTTP/1.2')),
    reading: asking('httpVersionOfRequest', ['any-higher', 'major-1'], ['exactly']),
  },
  {
    name: 'names-in-lower-case',
    what: 'header names in lower case',
    respell: eachField((line) => line.replace(/^[^:]+/, (name) => name.toLowerCase())),
  },
  {
    name: 'names-in-upper-case',
    what: 'header names in upper case',
    respell: eachField((line) => line.replace(/^[^:]+/, (name) => name.toUpperCase())),
  },
  {
    name: 'fields-in-reverse',
    what: 'the header fields in the reverse order',
    respell: ([first = '', ...fields]) => [first, ...fields.reverse()],
  },
  {
    name: 'no-blank-behind-colon',
    what: 'no blank behind the colons',
    respell: eachField((line) => line.replace(': ', ':')),
  },
  {
    name: 'blanks-around-values',
    what: 'blanks and tabs around the values',
    respell: eachField((line) => `${line.replace(': ', ': \t  ')} \t`),
  },
  {
    name: 'values-folded',
    what: 'each value folded onto a line of its own',
    respell: eachField((line) => line.replace(': ', ':\r\n ')),
    reading: folding,
  },
  {
    name: 'unknown-value-folded',
    what: 'an unknown header field folded over three lines',
    respell: withLines('X-Hybi-Spec: one\r\n two\r\n\tthree'),
    reading: folding,
  },
  {
    name: 'empty-lines-first',
    what: 'two empty lines in front of the request line',
    respell: (lines) => ['', '', ...lines],
    reading: asking('emptyLinesFirst', ['request-only', 'both'], ['neither']),
  },
];

const unknownFields: readonly Spelling[] = [
  { name: 'unknown-field', what: 'an unknown header field', respell: withLines('X-Hybi-Spec: 1') },
  { name: 'unknown-field-empty', what: 'an unknown header field without a value', respell: withLines('X-Hybi-Spec:') },
  {
    name: 'unknown-field-twice',
    what: 'an unknown header field twice',
    respell: withLines('X-Hybi-Spec: 1', 'x-hybi-spec: 2'),
  },
  {
    name: 'unknown-fields-many',
    what: 'thirty unknown header fields',
    respell: withLines(...Array.from({ length: 30 }, (_, at) => `X-Hybi-Spec-${at}: ${at}`)),
  },
  {
    name: 'unknown-field-latin-1',
    what: 'an unknown header field with characters above ASCII',
    respell: withLines('X-Hybi-Spec: \xe9\xff'),
    reading: asking('bytesAboveAscii', ['allow'], ['refuse']),
  },
  {
    name: 'unknown-field-separators',
    what: 'an unknown header field with every separator of HTTP in its value',
    respell: withLines('X-Hybi-Spec: ()<>@,;:\\"/[]?={}'),
  },
  {
    name: 'unknown-field-odd-name',
    what: 'an unknown header field whose name has every sign that a token may have',
    respell: withLines("!#$%&'*+-.^_`|~09: 1"),
  },
  {
    name: 'unknown-websocket-field',
    what: 'an unknown header field that begins with Sec-WebSocket-',
    respell: withLines('Sec-WebSocket-Hybi-Spec: 1'),
  },
];

/** Request-URIs that are no resource names. */
const openTargets: readonly (readonly [
  name: string,
  what: string,
  target: (uri: WebSocketUri) => string,
  reading?: AskedReading,
])[] = [
  ['uri-asterisk', 'the Request-URI "*"', () => '*'],
  ['uri-without-slash', 'a Request-URI that does not begin with a slash', (uri) => uri.resourceName.slice(1) || 'x'],
  [
    'uri-with-fragment',
    'a Request-URI with a fragment',
    (uri) => `${uri.resourceName}#hybi-spec`,
    asking('numberSignInName', ['allow'], ['refuse']),
  ],
];

export const handshakeRequestCases: readonly ConformanceCase[] = [
  ...wrongRequestLines.map(({ name, what, respell }): ConformanceCase => ({
    id: `handshake/${name}`,
    title: `Aborts: ${what}`,
    clauses: ['draft-06/5.2.1/get-request', 'draft-06/5.2.1/abort-on-mismatch', 'draft-06/7.2.2/abort-is-close'],
    requirement: `The server aborts the connection after ${what}.`,
    run: async (tester) => {
      const shaken = await tester.handshake(bytesOfLines(respell(linesOf(tester.request()))));
      await judgeForbidden(tester, shaken, { clause: 'draft-06/5.2.1/get-request', what });
    },
  })),
  ...wrongLines.map(([name, what, line]): ConformanceCase => ({
    id: `handshake/${name}`,
    title: `Disconnects: ${what}`,
    clauses: ['draft-06/9/disconnect-on-bad-data', 'draft-06/7.2.2/abort-is-close'],
    requirement: `The server disconnects after ${what}, which is no HTTP.`,
    run: async (tester) => {
      const shaken = await tester.handshake(bytesOfLines(withLines(line)(linesOf(tester.request()))));
      await judgeForbidden(tester, shaken, { clause: 'draft-06/9/disconnect-on-bad-data', what });
    },
  })),
  ...allowedSpellings.map(({ name, what, respell, ...asked }): ConformanceCase => ({
    id: `handshake/${name}`,
    title: `Accepts: ${what}`,
    clauses: ['draft-06/5.2.1/parse-request'],
    requirement: `The server reads ${what} as RFC 2616 has it, and accepts.`,
    run: async (tester) => {
      const shaken = await tester.handshake(bytesOfLines(respell(linesOf(tester.request()))));
      const allowed = 'the server accepts this valid HTTP request; no sentence says that it must, so an advisory';
      await judgeAllowed(
        tester,
        shaken,
        { clause: 'draft-06/5.2.1/parse-request', what, allowed, ...asked },
        'advisory',
      );
    },
  })),
  ...unknownFields.map(({ name, what, respell, ...asked }): ConformanceCase => ({
    id: `handshake/${name}`,
    title: `Ignores: ${what}`,
    clauses: ['draft-06/5.2.1/unknown-headers-ignored', 'draft-06/5.2.1/other-headers-optional'],
    requirement: `The server takes no notice of ${what}.`,
    run: async (tester) => {
      const shaken = await tester.handshake(bytesOfLines(respell(linesOf(tester.request()))));
      await judgeAllowed(tester, shaken, { clause: 'draft-06/5.2.1/unknown-headers-ignored', what, ...asked });
    },
  })),
  {
    id: 'handshake/uri-absolute',
    title: 'Accepts: a Request-URI in the absolute form',
    clauses: ['draft-06/5.2.1/request-uri-is-resource-name'],
    requirement:
      'RFC 2616 has every server take the absolute form, but no client of draft-06 sends it: a refusal is recorded.',
    run: async (tester) => {
      const { uri } = tester.target;
      const target = `http://${authorityOf(uri)}${uri.resourceName}`;
      const clause = 'draft-06/5.2.1/request-uri-is-resource-name';
      const question = {
        clause,
        what: `the Request-URI ${target}`,
        allowed: 'the server may take the absolute form',
        reading: asking('absoluteRequestUri', ['accept'], ['refuse']),
      } as const;
      await judgeAllowed(tester, await tester.handshake({ ...tester.request(), target }), question, 'informational');
    },
  },
  ...openTargets.map(([name, what, target, reading]): ConformanceCase => ({
    id: `handshake/${name}`,
    title: `Observes: ${what}`,
    clauses: ['draft-06/5.2.1/request-uri-is-resource-name'],
    requirement: `That the server accepts ${what} is recorded.`,
    run: async (tester) => {
      const shaken = await tester.handshake({ ...tester.request(), target: target(tester.target.uri) });
      const clause = 'draft-06/5.2.1/request-uri-is-resource-name';
      await observeAcceptance(tester, shaken, { clause, what, ...(reading === undefined ? {} : { reading }) });
    },
  })),
];
