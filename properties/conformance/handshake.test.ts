import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptOfKey } from '../../model/accept.js';
import { bytesFromLatin1, latin1FromBytes } from '../../model/bytes.js';
import { type ReferenceServer, startServer } from '../../impl/server.js';
import type { ClauseId } from '../../spec/clauses.js';
import { memoryServer } from '../drivers/memory-server.js';
import { socketServer } from '../drivers/socket-server.js';
import type { ConformanceCase } from '../verifier/case.js';
import type { Verdict } from '../verifier/finding.js';
import type { Line, LineEvent, Peer } from '../verifier/line.js';
import { type CaseResult, runCase, runCases } from '../verifier/run.js';
import type { Target } from '../verifier/tester.js';
import { handshakeExtensionsCases } from './handshake-extensions.js';
import { handshakeHostUpgradeCases } from './handshake-host-upgrade.js';
import { handshakeKeyCases } from './handshake-key.js';
import { handshakeRequestCases } from './handshake-request.js';
import { handshakeResponseCases } from './handshake-response.js';
import { handshakeSubprotocolCases } from './handshake-subprotocol.js';
import { handshakeTimingCases } from './handshake-timing.js';
import { handshakeVersionCases } from './handshake-version.js';

const cases: readonly ConformanceCase[] = [
  ...handshakeRequestCases,
  ...handshakeKeyCases,
  ...handshakeVersionCases,
  ...handshakeHostUpgradeCases,
  ...handshakeSubprotocolCases,
  ...handshakeExtensionsCases,
  ...handshakeResponseCases,
  ...handshakeTimingCases,
];

const seed = 6;
const target: Target = {
  uri: { host: 'localhost', port: 8006, resourceName: '/', secure: false },
  subprotocols: [],
  fields: [],
  timeout: 300,
};

test('ids are unique, and lie under handshake/', () => {
  const ids = cases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^handshake\/[a-z0-9]+(-[a-z0-9]+)*$/);
});

describe('the model in memory keeps every clause', () => {
  test.each(cases.map((testCase) => [testCase.id, testCase] as const))('%s', async (_, testCase) => {
    const result = await runCase(testCase, memoryServer(), target, seed);
    expect([result.reason, ...result.findings.map(({ observed }) => observed), result.verdict]).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:pass|informational)$/)]),
    );
  });
});

describe('the reference server on a socket', () => {
  let server: ReferenceServer;
  beforeAll(async () => {
    server = await startServer({ port: 0, subprotocols: ['chat.hybi-spec.example'] });
  });
  afterAll(() => server.stop());

  test.each([[[]], [['chat.hybi-spec.example']]])(
    'keeps every clause, with the subprotocols %j',
    async (subprotocols) => {
      const results = await runCases({
        cases,
        peer: socketServer('127.0.0.1', server.port, 1000),
        target: { ...target, subprotocols, uri: { ...target.uri, host: '127.0.0.1', port: server.port } },
        seed,
        jobs: 4,
        abilities: new Set(),
      });
      const wrong = results.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'informational');
      expect(wrong.map(({ id, verdict, reason, findings }) => ({ id, verdict, reason, findings }))).toEqual([]);
    },
  );
});

/** The result of a case, by the name behind `handshake/`. */
function run(name: string, peer: Peer): Promise<CaseResult> {
  const testCase = cases.find(({ id }) => id === `handshake/${name}`);
  if (testCase === undefined) throw new Error(`there is no case handshake/${name}`);
  return runCase(testCase, peer, target, seed);
}

/** A peer whose lines are those of another, changed. */
const changing = (peer: Peer, change: (line: Line) => Line): Peer => ({
  connect: async () => change(await peer.connect()),
});

/** The model, but what it answers to an opening handshake is rewritten where it accepts. */
const answering = (rewrite: (response: string) => string, peer: Peer = memoryServer()): Peer =>
  changing(peer, (line) => ({
    ...line,
    next: async (timeout) => {
      const event = await line.next(timeout);
      if (event.type !== 'bytes') return event;
      const answer = latin1FromBytes(event.bytes);
      return answer.startsWith('HTTP/1.1 101') ? { type: 'bytes', bytes: bytesFromLatin1(rewrite(answer)) } : event;
    },
  }));

/** The model, but it gets the opening handshake as a careless reader would understand it. */
const misreading = (rewrite: (request: string) => string): Peer =>
  changing(memoryServer(), (line) => {
    let held = '';
    let isRead = false;
    return {
      ...line,
      send: (bytes) => {
        held += latin1FromBytes(bytes);
        if (!isRead && !held.includes('\r\n\r\n')) return;
        line.send(bytesFromLatin1(isRead ? held : rewrite(held)));
        isRead = true;
        held = '';
      },
    };
  });

/** A server that answers each piece that it is sent with one of these, and nothing else. */
const scripted = (answer: (piece: string) => string | undefined): Peer => ({
  connect: () => {
    let clock = 0;
    const queue: LineEvent[] = [];
    const line: Line = {
      send: (bytes) => {
        const said = answer(latin1FromBytes(bytes));
        if (said !== undefined) queue.push({ type: 'bytes', bytes: bytesFromLatin1(said) });
      },
      end: () => undefined,
      destroy: () => undefined,
      next: (timeout) => {
        const event = queue.shift();
        if (event === undefined) clock += timeout;
        return Promise.resolve(event ?? { type: 'silence' });
      },
      now: () => clock,
    };
    return Promise.resolve(line);
  },
});

/** The model, but it reads only the first piece of a request and takes it for the whole. */
const firstPieceOnly = changing(memoryServer(), (line) => {
  let isFirst = true;
  return {
    ...line,
    send: (bytes) => {
      const piece = latin1FromBytes(bytes);
      line.send(isFirst && !piece.endsWith('\r\n\r\n') ? bytesFromLatin1('\r\r\n\r\n') : bytes);
      isFirst = false;
    },
  };
});

/** The model, but it never ends TCP. */
const withoutEnd = changing(memoryServer(), (line) => ({
  ...line,
  next: async (timeout) => {
    const event = await line.next(timeout);
    return event.type === 'bytes' ? event : { type: 'silence' };
  },
}));

const keyIn = (request: string): string => /^sec-websocket-key:\s*(.*?)\s*$/im.exec(request)?.[1] ?? '';
const acceptance = (request: string): string =>
  `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptOfKey(keyIn(request))}\r\n\r\n`;

/** The model, but it closes where a request fits. */
const closingAt = (pattern: RegExp): Peer => misreading((request) => (pattern.test(request) ? '\r\r\n\r\n' : request));

const field = (name: string): RegExp => new RegExp(`\r\n${name}:[^\r]*`, 'gi');

/** The model, but it says nothing unless it accepts. */
const hiding = changing(memoryServer(), (line) => ({
  ...line,
  next: async (timeout) => {
    const event = await line.next(timeout);
    const isAccepted = event.type === 'bytes' && latin1FromBytes(event.bytes).startsWith('HTTP/1.1 101');
    return isAccepted ? event : { type: 'silence' };
  },
}));

const replacing = (name: string, line: string): Peer => answering((answer) => answer.replace(field(name), line));
const adding = (line: string): Peer => answering((answer) => answer.replace('\r\n\r\n', `\r\n${line}\r\n\r\n`));

/** What a case comes to with a peer, and the clause that it names. */
type Expected = Readonly<Record<string, `${Exclude<Verdict, 'pass' | 'skipped'>} ${ClauseId}`>>;

/** Servers that do one thing wrong or in an unusual way, with the cases that show it. */
const faulty: readonly (readonly [what: string, peer: Peer, expected: Expected])[] = [
  [
    'sends another Accept',
    replacing('Sec-WebSocket-Accept', '\r\nSec-WebSocket-Accept: x'),
    {
      'accept-of-sample': 'fail draft-06/5.2.2/accept',
      'accept-of-key-with-spare-bits': 'fail draft-06/5.2.2/accept',
      'second-connection': 'fail draft-06/5.2.2/accept',
    },
  ],
  [
    'always sends the Accept of the sample',
    replacing('Sec-WebSocket-Accept', `\r\nSec-WebSocket-Accept: ${acceptOfKey('dGhlIHNhbXBsZSBub25jZQ==')}`),
    { 'accept-of-random': 'fail draft-06/5.2.2/accept' },
  ],
  [
    'sends no Accept',
    replacing('Sec-WebSocket-Accept', ''),
    { 'accept-of-zeros': 'fail draft-06/5.2.2/accept-present' },
  ],
  ['sends no Upgrade', replacing('Upgrade', ''), { 'response-upgrade': 'fail draft-06/5.2.2/valid-http-response' }],
  [
    'says Upgrade: h2c',
    replacing('Upgrade', '\r\nUpgrade: h2c'),
    { 'response-upgrade': 'fail draft-06/5.2.2/valid-http-response' },
  ],
  [
    'sends no Connection',
    replacing('Connection', ''),
    { 'response-connection': 'fail draft-06/5.2.2/valid-http-response' },
  ],
  [
    'says Connection: keep-alive, Upgrade',
    replacing('Connection', '\r\nConnection: keep-alive, Upgrade'),
    { 'response-connection': 'informational draft-06/5.2.2/valid-http-response' },
  ],
  [
    'accepts with 200',
    answering((answer) => answer.replace('101 Switching Protocols', '200 OK')),
    { 'right-request': 'fail draft-06/5.2.2/status-101' },
  ],
  [
    'ends lines with LF alone',
    answering((answer) => answer.replaceAll('\r\n', '\n')),
    { 'right-request': 'fail draft-06/5.2.2/valid-http-response' },
  ],
  [
    'speaks HTTP/1.0',
    answering((answer) => answer.replace('HTTP/1.1', 'HTTP/1.0')),
    { 'response-http-version': 'informational draft-06/5.2.2/valid-http-response' },
  ],
  [
    'announces a body',
    adding('Content-Length: 0'),
    { 'response-without-body': 'informational draft-06/5.2.2/valid-http-response' },
  ],
  [
    'sends HTML behind the response',
    answering((answer) => `${answer}<html>`),
    { 'nothing-but-frames': 'fail draft-06/4.1/reserved-bits-zero' },
  ],
  [
    'lists an uninvited extension',
    adding('Sec-WebSocket-Extensions: foo'),
    {
      'extension-none': 'fail draft-06/8/no-unrequested-extension',
      'extension-unknown': 'fail draft-06/5.2.2/no-unlisted-extension',
    },
  ],
  [
    'lists what is no extension',
    adding('Sec-WebSocket-Extensions: ;'),
    { 'extension-unknown': 'fail draft-06/8.1/list-grammar' },
  ],
  [
    'accepts an unknown extension',
    adding('Sec-WebSocket-Extensions: x-hybi-spec'),
    { 'extension-unknown': 'informational draft-06/8/server-may-accept' },
  ],
  [
    'names an uninvited subprotocol',
    adding('Sec-WebSocket-Protocol: foo'),
    {
      'subprotocol-none': 'advisory draft-06/5.2.2/subprotocol-selected',
      'subprotocol-one': 'advisory draft-06/5.2.2/subprotocol-selected',
    },
  ],
  [
    'names every subprotocol',
    adding('Sec-WebSocket-Protocol: hybi-spec.example, other.hybi-spec.example'),
    { 'subprotocol-two': 'advisory draft-06/5.2.2/subprotocol-selected' },
  ],
  [
    'never answers',
    scripted(() => undefined),
    { 'right-request': 'fail draft-06/5.2.1/parse-request', 'key-missing': 'fail draft-06/5.2.1/key' },
  ],
  [
    'never answers a wrong request',
    hiding,
    { 'host-missing': 'fail draft-06/5.2.1/host', 'garbage-ssh': 'fail draft-06/5.2.1/abort-on-mismatch' },
  ],
  [
    'refuses and keeps TCP open',
    withoutEnd,
    { 'key-missing': 'fail draft-06/7.2.2/abort-is-close', 'version-0': 'fail draft-06/7.2.2/abort-is-close' },
  ],
  [
    'answers 101 to everything',
    scripted((piece) => (piece.includes('\r\n\r\n') ? acceptance(piece) : undefined)),
    {
      'method-post': 'fail draft-06/5.2.1/get-request',
      'http-1-0': 'fail draft-06/5.2.1/get-request',
      'host-missing': 'fail draft-06/5.2.1/host',
      'key-missing': 'fail draft-06/5.2.1/key',
      'version-missing': 'fail draft-06/5.2.1/version',
      'version-255': 'fail draft-06/5.2.2/version-not-understood',
      'plain-http': 'fail draft-06/5.2.1/abort-on-mismatch',
      'garbage-tls': 'fail draft-06/5.2.1/abort-on-mismatch',
      'line-without-colon': 'advisory draft-06/9/disconnect-on-bad-data',
      'key-of-15-bytes': 'informational draft-06/5.2.2/key-need-not-be-decoded',
      'key-twice': 'informational draft-06/5.2.1/key',
      'host-of-another': 'informational draft-06/5.2.1/host',
      'upgrade-missing': 'informational draft-06/5.1/upgrade',
      'connection-close': 'informational draft-06/5.1/connection',
      'uri-asterisk': 'informational draft-06/5.2.1/request-uri-is-resource-name',
    },
  ],
  [
    'answers 101 to every piece',
    scripted(acceptance),
    {
      'byte-by-byte': 'fail draft-06/5.2.1/abort-on-mismatch',
      'cut-in-last-byte': 'fail draft-06/5.2.1/abort-on-mismatch',
      'endless-header-value': 'fail draft-06/5.2.1/abort-on-mismatch',
      'half-a-request': 'fail draft-06/5.2.1/abort-on-mismatch',
    },
  ],
  [
    'ignores the version',
    misreading((request) => request.replace(/(Version: )[^\r]*/, '$16')),
    {
      'version-as-word': 'fail draft-06/5.2.2/version-not-understood',
      'version-empty': 'fail draft-06/5.2.2/version-not-understood',
    },
  ],
  [
    'takes any method',
    misreading((request) => request.replace(/^\w+/, 'GET')),
    { 'method-in-lower-case': 'fail draft-06/5.2.1/get-request' },
  ],
  [
    'refuses unknown header fields',
    closingAt(/X-Hybi-Spec/i),
    { 'unknown-field': 'fail draft-06/5.2.1/unknown-headers-ignored' },
  ],
  [
    'refuses unknown header fields of WebSocket',
    closingAt(/Sec-WebSocket-Hybi/),
    { 'unknown-websocket-field': 'fail draft-06/5.2.1/unknown-headers-ignored' },
  ],
  [
    'reads header names with their case',
    closingAt(/\r\nhost/),
    { 'names-in-lower-case': 'advisory draft-06/5.2.1/parse-request' },
  ],
  [
    'wants Host first',
    closingAt(/^[^\r]*\r\n(?!Host)/),
    { 'fields-in-reverse': 'advisory draft-06/5.2.1/parse-request' },
  ],
  [
    'compares Connection as a whole',
    closingAt(/Connection: keep-alive/),
    { 'connection-list': 'advisory draft-06/5.2.1/parse-request' },
  ],
  [
    'reads the first piece only',
    firstPieceOnly,
    {
      'byte-by-byte': 'fail draft-06/5.2.1/parse-request',
      'cut-in-empty-line': 'fail draft-06/5.2.1/parse-request',
      'random-pieces': 'fail draft-06/5.2.1/parse-request',
    },
  ],
];

describe('a faulty server is told what is wrong', () => {
  const rows = faulty.flatMap(([what, peer, expected]) =>
    Object.entries(expected).map(([id, outcome]) => [what, id, outcome, peer] as const),
  );
  test.each(rows)('%s: %s, %s', async (_, id, outcome, peer) => {
    const result = await run(id, peer);
    const [verdict, clause] = outcome.split(' ');
    expect(result.verdict).toBe(verdict);
    expect(result.findings.filter((finding) => finding.verdict === verdict).map((finding) => finding.clause)).toContain(
      clause,
    );
  });
});

test('a server that accepts nobody is not judged by its refusals', async () => {
  for (const id of [
    'host-missing',
    'version-255',
    'unknown-field',
    'byte-by-byte',
    'extension-unknown',
    'right-request',
  ]) {
    expect((await run(id, closingAt(/GET/))).verdict).toBe('inconclusive');
  }
});

test('the body of a refusal is not taken for frames, however late it comes', async () => {
  const late = changing(memoryServer(), (line) => {
    const held: LineEvent[] = [];
    return {
      ...line,
      next: async (timeout) => {
        const event = held.shift() ?? (await line.next(timeout));
        if (event.type !== 'bytes') return event;
        const end = latin1FromBytes(event.bytes).indexOf('\r\n\r\n') + 4;
        if (end < 4 || end === event.bytes.length) return event;
        held.push({ type: 'bytes', bytes: event.bytes.subarray(end) });
        return { type: 'bytes', bytes: event.bytes.subarray(0, end) };
      },
    };
  });
  expect(await run('key-missing', late)).toMatchObject({ verdict: 'pass', findings: [] });
});
