import { acceptOfKey } from '../../model/accept.js';
import type { ClauseId } from '../../spec/clauses.js';
import { memoryClient } from '../drivers/memory-client.js';
import type { ClientPeer } from '../verifier/line.js';
import { changingClient, misreadingResponse } from './altered-client.js';
import { clientFault, type ClientFault, headerLine, withLines } from './fault.js';

const keyIn = (request: string): string => /\r\nSec-WebSocket-Key: ([^\r]*)/i.exec(request)?.[1] ?? '';

/** Takes any value, or none, of a header field for this one. */
const assuming = (name: string, value: (request: string) => string) =>
  misreadingResponse((response, request) =>
    withLines(response.replace(headerLine(name), ''), `${name}: ${value(request)}`),
  );

type Row = readonly [name: string, clause: ClauseId, says: string, client: () => ClientPeer];

const rows: readonly Row[] = [
  [
    'any-status',
    'draft-06/5.1/status-101',
    'Does not look at the status code.',
    misreadingResponse((response) => response.replace(/^[^\r]*/, 'HTTP/1.1 101 Switching Protocols')),
  ],
  [
    'any-success',
    'draft-06/5.1/status-101',
    'Takes every success for 101.',
    misreadingResponse((response) => response.replace(/^HTTP\/1.1 2\d\d/, 'HTTP/1.1 101')),
  ],
  [
    'status-cut',
    'draft-06/5.1/status-101',
    'Looks at three digits of the status code, whatever follows.',
    misreadingResponse((response) => response.replace(/^(HTTP\/1.1 101)\d+/, '$1')),
  ],
  ['any-upgrade', 'draft-06/5.1/response-upgrade', 'Does not look at Upgrade.', assuming('Upgrade', () => 'websocket')],
  [
    'upgrade-by-its-beginning',
    'draft-06/5.1/response-upgrade',
    'Compares only the beginning of Upgrade.',
    misreadingResponse((response) => response.replace(/(Upgrade: websocket)\w+/, '$1')),
  ],
  [
    'any-connection',
    'draft-06/5.1/response-connection',
    'Does not look at Connection.',
    assuming('Connection', () => 'Upgrade'),
  ],
  [
    'any-accept',
    'draft-06/5.1/response-accept',
    'Does not look at Sec-WebSocket-Accept.',
    assuming('Sec-WebSocket-Accept', (request) => acceptOfKey(keyIn(request))),
  ],
  [
    'accept-in-any-case',
    'draft-06/5.1/response-accept',
    'Compares Sec-WebSocket-Accept without case.',
    misreadingResponse((response, request) => {
      const right = acceptOfKey(keyIn(request));
      return response.replace(/(Sec-WebSocket-Accept: )([^\r]*)/, (line, name: string, value: string) =>
        value.toLowerCase() === right.toLowerCase() ? name + right : line,
      );
    }),
  ],
  [
    'accept-by-its-beginning',
    'draft-06/5.1/response-accept',
    'Compares as much of Sec-WebSocket-Accept as there is.',
    misreadingResponse((response, request) => {
      const right = acceptOfKey(keyIn(request));
      return response.replace(/(Sec-WebSocket-Accept: )([^\r]*)/, (line, name: string, value: string) =>
        right.startsWith(value) ? name + right : line,
      );
    }),
  ],
  [
    'case-of-upgrade',
    'draft-06/5.1/response-upgrade',
    'Insists on small letters in Upgrade.',
    misreadingResponse((response) => response.replace(/Upgrade: WEBSOCKET/, 'Upgrade: other')),
  ],
  [
    'one-piece',
    'draft-06/5.1/response-validated',
    'Takes the first piece of the response for all of it.',
    misreadingResponse((response) => (response.endsWith('\r\n\r\n') ? response : '\r\r\n\r\n'), {
      readsFirstPieceOnly: true,
    }),
  ],
  [
    'stays',
    'draft-06/7.2.1/fail-is-close',
    'Keeps TCP open when it fails.',
    changingClient((line) => ({
      ...line,
      next: async (timeout) => {
        const event = await line.next(timeout);
        return event.type === 'bytes' ? event : { type: 'silence' };
      },
    })),
  ],
  [
    'drops-what-comes-along',
    'draft-06/4.5.2/ping-answered',
    'Throws away what comes in one chunk with the response.',
    misreadingResponse((response) => response.slice(0, response.indexOf('\r\n\r\n') + 4)),
  ],
  [
    'loses-what-comes-along',
    'draft-06/5.2.2/established',
    'Throws away a message in one chunk with the response.',
    misreadingResponse((response) => response.slice(0, response.indexOf('\r\n\r\n') + 4)),
  ],
  [
    'impatient',
    'draft-06/5.1/waits-for-response',
    'Sends a message without waiting for the response.',
    changingClient(
      (line) => {
        let count = 0;
        return {
          ...line,
          next: async (timeout) => {
            const event = await line.next(timeout);
            count++;
            return count === 2 && event.type === 'silence'
              ? { type: 'bytes', bytes: Uint8Array.of(1, 2, 3, 4, 0x85) }
              : event;
          },
        };
      },
      () => memoryClient(),
    ),
  ],
];

/** Section 5.1, the end: what a client does about the response. */
export const clientResponseFaults: readonly ClientFault[] = rows.map(([name, clause, says, client]) =>
  clientFault(`client-response/${name}`, clause, says, client),
);
