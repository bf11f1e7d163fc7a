import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { ClauseId } from '../../spec/clauses.js';
import { headerNames } from '../../spec/wire.js';
import { acceptOfKey, keyOfNonce } from '../../model/accept.js';
import { latin1FromBytes } from '../../model/bytes.js';
import { type ResponseHead, serializeHead } from '../../model/http-head.js';
import { createHeadReader, readHead } from '../../model/http-head-reader.js';
import { readOpeningResponse, writeOpeningResponse } from '../../model/opening-response.js';
import { clauseOfViolation } from '../../model/violation.js';
import { nonces, openingAnswers, respelled } from '../arbitraries/opening-handshake.js';
import { adding, setting, without } from './handshake-changes.js';
import { law } from './law.js';

const { upgrade, connection, accept, subprotocol, extensions } = headerNames;
/** Longer than any name that the arbitraries make. */
const stranger = 'nobody-asked-for-this';

law('Sec-WebSocket-Accept is the hash that the platform computes', ['draft-06/5.2.2/accept'], () => {
  const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
  const keys = fc.oneof(
    nonces().map(keyOfNonce),
    fc.array(fc.nat(0xff)).map((codes) => String.fromCharCode(...codes)),
  );
  fc.assert(
    fc.property(keys, (key) => {
      const hash = createHash('sha1').update(Buffer.from(key + guid, 'latin1'));
      expect(acceptOfKey(key)).toBe(hash.digest('base64'));
    }),
  );
  expect(acceptOfKey('dGhlIHNhbXBsZSBub25jZQ==')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
});

law(
  'a client that validates the answer of a server finds what the server chose',
  [
    'draft-06/5.1/response-validated',
    'draft-06/5.2.2/valid-http-response',
    'draft-06/5.2.2/status-101',
    'draft-06/5.2.2/subprotocol-sent',
    'draft-06/5.2.2/extensions-sent',
    'draft-06/8.1/response-is-in-use',
  ],
  () => {
    const spelled = openingAnswers().chain((answer) => respelled(answer.head).map((other) => ({ ...answer, other })));
    fc.assert(
      fc.property(spelled, ({ request, acceptance, head, other }) => {
        const wire = readHead(createHeadReader('response', { maxBytes: 100_000 }), serializeHead(head));
        expect(wire).toMatchObject({ kind: 'head', head });
        const chosen = { extensions: acceptance.extensions ?? [] };
        const agreement =
          acceptance.subprotocol === undefined ? chosen : { ...chosen, subprotocol: acceptance.subprotocol };
        expect(readOpeningResponse(head, request)).toEqual({ kind: 'accepted', agreement });
        expect(readOpeningResponse(other, request)).toEqual({ kind: 'accepted', agreement });
      }),
    );
  },
);

law('an answer by hand', ['draft-06/5.2.2/accept', 'draft-06/5.2.2/status-101'], () => {
  const request = { resourceName: '/', host: 'a', key: 'dGhlIHNhbXBsZSBub25jZQ==', fields: [] };
  const chosen = { subprotocol: 'a"b', extensions: [{ name: 'mux', parameters: [] }] };
  const head = writeOpeningResponse({ ...request, ...chosen, subprotocols: ['a"b'] }, chosen);
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
    'Sec-WebSocket-Protocol: "a\\"b"',
    'Sec-WebSocket-Extensions: mux',
  ];
  expect(latin1FromBytes(serializeHead(head))).toBe(`${lines.join('\r\n')}\r\n\r\n`);
  const plain = writeOpeningResponse({ ...request, subprotocols: [], extensions: [] });
  expect(readOpeningResponse(plain, { key: request.key })).toEqual({ kind: 'accepted', agreement: { extensions: [] } });
});

interface Row {
  readonly clause: ClauseId;
  /** The right head with one thing changed in each. */
  readonly changed: (head: ResponseHead) => readonly ResponseHead[];
}

type ResponseCode =
  | 'status-not-101'
  | 'no-upgrade'
  | 'no-connection'
  | 'wrong-accept'
  | 'uninvited-subprotocol'
  | 'uninvited-extension'
  | 'bad-response-list';

const setAll = (name: string, ...values: readonly string[]) => {
  return (head: ResponseHead) => values.map((value) => setting(head, name, value));
};
/** The header field missing, with wrong values, and with a wrong value behind the right one. */
const wrongly = (name: string, ...values: readonly string[]) => {
  return (head: ResponseHead) => [
    without(head, name),
    ...setAll(name, '', ...values)(head),
    adding(head, [name, values[0] ?? '']),
  ];
};

const rows: Readonly<Record<ResponseCode, Row>> = {
  'status-not-101': {
    clause: 'draft-06/5.1/status-101',
    changed: (head) => [0, 100, 102, 200, 301, 401, 426, 999].map((status) => ({ ...head, status })),
  },
  'no-upgrade': { clause: 'draft-06/5.1/response-upgrade', changed: wrongly(upgrade, 'h2c', 'websocket, h2c') },
  'no-connection': { clause: 'draft-06/5.1/response-connection', changed: wrongly(connection, 'close', 'a, Upgrade') },
  'wrong-accept': {
    clause: 'draft-06/5.1/response-accept',
    changed: wrongly(accept, acceptOfKey(''), acceptOfKey('').slice(0, -1)),
  },
  'uninvited-subprotocol': {
    clause: 'draft-06/5.2.2/subprotocol-selected',
    changed: setAll(subprotocol, stranger, `"${stranger}"`, 'chat, superchat'),
  },
  'uninvited-extension': {
    clause: 'draft-06/8/no-unrequested-extension',
    changed: (head) => [...setAll(extensions, stranger)(head), adding(head, [extensions, `${stranger}; a=1`])],
  },
  'bad-response-list': {
    clause: 'draft-06/8.1/list-grammar',
    changed: (head) => [...setAll(subprotocol, '', 'a b')(head), ...setAll(extensions, '', 'a;', 'a=b')(head)],
  },
};

describe('one thing wrong in an answer makes the client fail under its clause', () => {
  for (const [code, row] of Object.entries(rows) as [ResponseCode, Row][]) {
    law(code, [row.clause, 'draft-06/5.1/response-validated'], () => {
      fc.assert(
        fc.property(openingAnswers(), ({ request, head }) => {
          for (const changed of row.changed(head)) {
            const reading = readOpeningResponse(changed, request);
            expect(reading).toMatchObject({ kind: 'violation', violation: { code, offset: 0 } });
          }
        }),
        { numRuns: 20 },
      );
      expect(clauseOfViolation(code, 'server')).toBe(row.clause);
    });
  }
});
