import { acceptOfKey } from '../../model/accept.js';
import type { ClauseId } from '../../spec/clauses.js';
import type { Verdict } from '../verifier/finding.js';
import type { Peer } from '../verifier/line.js';
import {
  answering,
  misreading,
  scripted,
  firstPieceOnly,
  withoutEnd,
  acceptance,
  closingAt,
  hiding,
  replacing,
  adding,
} from './rewritten-server.js';

/** What a case comes to with a peer, and the clause that it names. */
type Expected = Readonly<Record<string, `${Exclude<Verdict, 'pass' | 'skipped'>} ${ClauseId}`>>;

/** Servers that do one thing wrong or in an unusual way, with the cases that show it. */
export const faultyHandshakes: readonly (readonly [what: string, peer: Peer, expected: Expected])[] = [
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
