import { acceptOfKey } from '../../model/accept.js';
import { bytesFromLatin1, latin1FromBytes } from '../../model/bytes.js';
import type { ClauseId } from '../../spec/clauses.js';
import { memoryServer } from '../drivers/memory-server.js';
import type { Line, Peer } from '../verifier/line.js';
import {
  accepting,
  changing,
  headerLine,
  isAcceptance,
  misreading,
  nonsense,
  type ServerFault,
  serverFault,
  withLines,
} from './fault.js';

const keyIn = (request: string): string => /\r\nSec-WebSocket-Key: *([^\r]*)/i.exec(request)?.[1]?.trim() ?? '';

const withAccept = (value: (right: string, key: string) => string) =>
  accepting((answer, request) =>
    answer.replace(
      /(\r\nSec-WebSocket-Accept: )([^\r]*)/i,
      (_, name: string, right: string) => name + value(right, keyIn(request)),
    ),
  );

/** A server that is right on its first connection, and this one on every other. */
const laterOn = (wrong: () => Peer) => (): Peer => {
  const [right, other] = [memoryServer(), wrong()];
  let count = 0;
  return { connect: () => (count++ === 0 ? right : other).connect() };
};

const known =
  /^(?:Host|Upgrade|Connection|Origin|Cookie|Sec-WebSocket-(?:Key|Origin|Protocol|Extensions|Version)|(?:Request|Connection)-Timeout)$/i;

/** The names of header fields that a server of this kind has heard of. */
const hasUnknownField = (request: string): boolean =>
  request
    .split('\r\n')
    .slice(1)
    .some((line) => line !== '' && !/^[ \t]/.test(line) && !known.test(line.replace(/\s*:.*$/s, '')));

/** Reads only the first piece of a request and takes it for the whole. */
function readingFirstPiece(line: Line): Line {
  let isFirst = true;
  return {
    ...line,
    send: (bytes) => {
      const isCut = isFirst && !latin1FromBytes(bytes).endsWith('\r\n\r\n');
      line.send(isCut ? bytesFromLatin1(nonsense) : bytes);
      isFirst = false;
    },
  };
}

/** Never ends TCP. */
const keepingTcp = (line: Line): Line => ({
  ...line,
  next: async (timeout) => {
    const event = await line.next(timeout);
    return event.type === 'bytes' ? event : { type: 'silence' };
  },
});

/** Says nothing, and ends nothing, unless it accepts. */
function speakingOnlyToAccept(line: Line): Line {
  let hasAccepted = false;
  return {
    ...line,
    next: async (timeout) => {
      const event = await line.next(timeout);
      hasAccepted ||= event.type === 'bytes' && isAcceptance(latin1FromBytes(event.bytes));
      return hasAccepted ? event : { type: 'silence' };
    },
  };
}

type Row = readonly [name: string, clause: ClauseId, says: string, peer: () => Peer];

const reading: readonly Row[] = [
  [
    'any-method',
    'draft-06/5.2.1/get-request',
    'Takes every method for GET.',
    misreading((request) => request.replace(/^[A-Z]+ /, 'GET ')),
  ],
  [
    'http-1.0',
    'draft-06/5.2.1/get-request',
    'Accepts HTTP/1.0.',
    misreading((request) => request.replace(/HTTP\/1\.0/, 'HTTP/1.1')),
  ],
  [
    'no-host',
    'draft-06/5.2.1/host',
    'Does not need Host.',
    misreading((request) =>
      headerLine('Host').test(request) ? request : withLines(request, 'Host: server.example:8006'),
    ),
  ],
  [
    'version-by-its-beginning',
    'draft-06/5.2.2/version-not-understood',
    'Reads the first digit of the version.',
    misreading((request) => request.replace(/(Sec-WebSocket-Version: *6)\d+/i, '$1')),
  ],
  [
    'unknown-fields-refused',
    'draft-06/5.2.1/unknown-headers-ignored',
    'Refuses header fields that it does not know.',
    misreading((request) => (hasUnknownField(request) ? nonsense : request)),
  ],
  [
    'names-by-case',
    'draft-06/5.2.1/parse-request',
    'Knows header fields by the case of their names.',
    misreading((request) => (/\r\n(?:sec-websocket-key|SEC-WEBSOCKET-KEY):/.test(request) ? nonsense : request)),
  ],
  [
    'one-piece',
    'draft-06/5.2.1/parse-request',
    'Takes the first piece of a request for all of it.',
    changing(readingFirstPiece),
  ],
  [
    'silent-and-stays',
    'draft-06/5.2.1/abort-on-mismatch',
    'Neither answers nor ends TCP where it does not accept.',
    changing(speakingOnlyToAccept),
  ],
  ['refuses-and-stays', 'draft-06/7.2.2/abort-is-close', 'Keeps TCP open when it has refused.', changing(keepingTcp)],
];

const answers: readonly Row[] = [
  [
    'status-200',
    'draft-06/5.2.2/status-101',
    'Accepts with 200.',
    accepting((answer) => answer.replace('101 Switching Protocols', '200 OK')),
  ],
  [
    'no-connection',
    'draft-06/5.2.2/valid-http-response',
    'Accepts without Connection.',
    accepting((answer) => answer.replace(headerLine('Connection'), '')),
  ],
  [
    'bare-line-feeds',
    'draft-06/5.2.2/valid-http-response',
    'Ends lines with a line feed.',
    accepting((answer) => answer.replaceAll('\r\n', '\n')),
  ],
  [
    'page-behind-response',
    'draft-06/5.2.2/handshake-complete',
    'Sends a page behind its response.',
    accepting((answer) => `${answer}<html>`),
  ],
  [
    'accept-of-the-key-anew',
    'draft-06/5.2.2/key-used-as-sent',
    'Decodes the key and encodes it again before it hashes.',
    withAccept((_, key) => acceptOfKey(Buffer.from(key, 'base64').toString('base64'))),
  ],
  [
    'accept-in-small-letters',
    'draft-06/5.2.2/accept',
    'Writes Sec-WebSocket-Accept in small letters.',
    withAccept((right) => right.toLowerCase()),
  ],
  [
    'accept-without-padding',
    'draft-06/5.2.2/accept',
    'Leaves the equals sign out of Sec-WebSocket-Accept.',
    withAccept((right) => right.replace('=', '')),
  ],
  [
    'accept-in-hexadecimal',
    'draft-06/5.2.2/accept',
    'Writes Sec-WebSocket-Accept in hexadecimal digits.',
    withAccept((right) => Buffer.from(right, 'base64').toString('hex')),
  ],
  [
    'accept-twice-the-same',
    'draft-06/5.2.2/accept',
    'Sends on its second connection what belongs to another key.',
    laterOn(withAccept(() => acceptOfKey('dGhlIHNhbXBsZSBub25jZQ=='))),
  ],
  [
    'no-accept-later',
    'draft-06/5.2.2/accept-present',
    'Leaves Sec-WebSocket-Accept out from its second connection on.',
    laterOn(accepting((answer) => answer.replace(headerLine('Sec-WebSocket-Accept'), ''))),
  ],
];

/** Sections 5.2.1 and 5.2.2: how a server reads the opening handshake, and how it answers. */
export const requestFaults: readonly ServerFault[] = [...reading, ...answers].map(([name, clause, says, peer]) =>
  serverFault(`request/${name}`, clause, says, peer),
);
