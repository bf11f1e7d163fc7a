import { bytesFromLatin1, latin1FromBytes } from '../../model/bytes.js';
import type { ReadingChoices } from '../../spec/readings.js';
import { echoApplication, memoryServer } from '../drivers/memory-server.js';
import type { Line, Peer } from '../verifier/line.js';
import {
  accepting,
  changing,
  closingAt,
  headerLine,
  misreading,
  nonsense,
  type ServerFault,
  serverFault,
  withLines,
} from './fault.js';

/** What does not matter to whoever looks at the key alone. */
const careless: Partial<ReadingChoices> = { keyOfRequest: 'presence', malformedOptionalField: 'ignore' };

const carelessServer = (): Peer => memoryServer(echoApplication, { readings: careless });

/** A right opening handshake with the key, the subprotocols and the extensions of another head, if it has any. */
function rightRequest(head: string): string {
  const [, key = 'AAAAAAAAAAAAAAAAAAAAAA=='] = /\r\nSec-WebSocket-Key: *([^\r]+)\r/i.exec(head) ?? [];
  const kept = head.match(/\r\nSec-WebSocket-(?:Protocol|Extensions):[^\r]*/gi) ?? [];
  return [
    'GET / HTTP/1.1\r\nHost: server.example\r\nUpgrade: websocket\r\nConnection: Upgrade',
    `\r\nSec-WebSocket-Version: 6\r\nSec-WebSocket-Key: ${key}`,
    ...kept,
    '\r\n\r\n',
  ].join('');
}

/** Takes the first piece of a request for a right one, and drops the rest of it. */
function acceptingTooSoon(line: Line): Line {
  const end = '\r\n\r\n';
  let head = '';
  let isRead = false;
  return {
    ...line,
    send: (bytes) => {
      if (isRead) {
        line.send(bytes);
        return;
      }
      const isFirst = head === '';
      head += latin1FromBytes(bytes);
      const place = head.indexOf(end);
      isRead = place !== -1;
      if (isFirst) line.send(isRead ? bytes : bytesFromLatin1(rightRequest(head)));
      else if (isRead) line.send(bytesFromLatin1(head.slice(place + end.length)));
    },
  };
}

/** Sections 5.2.1 and 5.2.2 of a server that reads, and answers, with less care or more of it than is right. */
export const carelessRequestFaults: readonly ServerFault[] = [
  serverFault(
    'request/never-answers',
    'draft-06/5.2.1/parse-request',
    'Says nothing to anybody.',
    changing((line) => ({
      ...line,
      next: async (timeout) => {
        await line.next(timeout);
        return { type: 'silence' };
      },
    })),
  ),
  serverFault(
    'request/accepts-everything',
    'draft-06/5.2.1/abort-on-mismatch',
    'Accepts whatever ends in an empty line.',
    misreading(rightRequest, carelessServer),
  ),
  serverFault(
    'request/accepts-too-soon',
    'draft-06/5.2.1/abort-on-mismatch',
    'Accepts at the first piece of a request.',
    changing(acceptingTooSoon, carelessServer),
  ),
  serverFault(
    'request/get-in-small-letters',
    'draft-06/5.2.1/get-request',
    'Takes "get" for GET.',
    misreading((request) => request.replace(/^get /, 'GET ')),
  ),
  serverFault(
    'request/host-first',
    'draft-06/5.2.1/parse-request',
    'Wants Host in front of the other header fields that it knows.',
    closingAt(/\r\n(?:Upgrade|Connection|Sec-WebSocket-\w+):[^]*\r\nHost:/i),
  ),
  serverFault(
    'request/connection-as-a-whole',
    'draft-06/5.2.1/parse-request',
    'Compares Connection as a whole where a list may stand.',
    misreading((request) =>
      /\r\nUpgrade:/i.test(request) && /\r\nConnection: *[^\r]*,/i.test(request) ? nonsense : request,
    ),
  ),
  serverFault(
    'request/websocket-fields-refused',
    'draft-06/5.2.1/unknown-headers-ignored',
    'Refuses header fields whose names begin as those of WebSocket do.',
    closingAt(/\r\nSec-WebSocket-(?!Key|Origin|Protocol|Extensions|Version)/i),
  ),
  serverFault(
    'request/other-upgrade',
    'draft-06/5.2.2/valid-http-response',
    'Names another protocol in Upgrade.',
    accepting((answer) => answer.replace(headerLine('Upgrade'), '\r\nUpgrade: h2c')),
  ),
  serverFault(
    'opening/every-subprotocol',
    'draft-06/5.2.2/subprotocol-selected',
    'Names every subprotocol that it was asked for.',
    accepting((answer, request) => {
      const [asked] = headerLine('Sec-WebSocket-Protocol').exec(request) ?? [];
      return asked === undefined ? answer : withLines(answer, asked.slice(2));
    }),
  ),
];
