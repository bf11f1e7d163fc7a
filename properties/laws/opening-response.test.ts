import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { acceptOfKey, keyOfNonce } from '../../model/accept.js';
import { latin1FromBytes } from '../../model/bytes.js';
import { serializeHead } from '../../model/http-head.js';
import { createHeadReader, readHead } from '../../model/http-head-reader.js';
import { readOpeningResponse, writeOpeningResponse } from '../../model/opening-response.js';
import { clauseOfViolation } from '../../model/violation.js';
import { nonces, openingAnswers, respelled } from '../arbitraries/opening-handshake.js';
import { type ResponseMistake, responseMistakes } from '../arbitraries/opening-mistakes.js';
import { law } from './law.js';

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

type Mistake = (typeof responseMistakes)[ResponseMistake];

describe('one thing wrong in an answer makes the client fail under its clause', () => {
  for (const [code, row] of Object.entries(responseMistakes) as [ResponseMistake, Mistake][]) {
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
