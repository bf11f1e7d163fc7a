import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { ClauseId } from '../../spec/clauses.js';
import { defaultReadings, type ReadingChoices } from '../../spec/readings.js';
import { headerNames } from '../../spec/wire.js';
import { keyOfNonce, nonceOfKey } from '../../model/accept.js';
import { bytesFromLatin1, latin1FromBytes } from '../../model/bytes.js';
import { type RequestHead, serializeHead } from '../../model/http-head.js';
import { createHeadReader, type HeadReader, readHead } from '../../model/http-head-reader.js';
import {
  type OpeningOffer,
  readOpeningRequest,
  type RequestExpectations,
  writeOpeningRequest,
} from '../../model/opening-request.js';
import { authorityOf } from '../../model/uri.js';
import { clauseOfViolation, type HandshakeViolationCode, statusOfViolation } from '../../model/violation.js';
import { nonces, openingOffers } from '../arbitraries/opening-handshake.js';
import { requestMistakes, type ResponseMistake } from '../arbitraries/opening-mistakes.js';
import { segmentationsOf } from '../arbitraries/segmentation.js';
import { setting } from '../arbitraries/head-changes.js';
import { law } from './law.js';

const { host } = headerNames;

function under(choices: Partial<ReadingChoices>): ReadingChoices {
  return { ...defaultReadings, ...choices };
}

/** The head that a server reads when the bytes of another come in pieces. */
function readPieces(pieces: readonly Uint8Array[]): RequestHead {
  let reader: HeadReader = createHeadReader('request', { maxBytes: 100_000 });
  for (const piece of pieces) {
    const reading = readHead(reader, piece);
    if (reading.kind === 'head' && reading.head.kind === 'request') return reading.head;
    if (reading.kind !== 'need-more') throw new Error(`unexpected ${reading.kind}`);
    ({ reader } = reading);
  }
  throw new Error('the head does not end');
}

law(
  'reading an opening handshake gives the offer back, however its bytes are cut',
  [
    'draft-06/5.1/request-uri',
    'draft-06/5.1/host',
    'draft-06/5.1/key-is-16-byte-nonce',
    'draft-06/5.1/origin-lower-case',
    'draft-06/5.1/subprotocol-grammar',
    'draft-06/5.1/valid-http-request',
    'draft-06/5.2.1/parse-request',
    'draft-06/8.1/order-is-preference',
  ],
  () => {
    const sent = openingOffers().chain((offer) =>
      segmentationsOf(serializeHead(writeOpeningRequest(offer))).map((pieces) => ({ offer, pieces })),
    );
    fc.assert(
      fc.property(sent, ({ offer, pieces }) => {
        const head = readPieces(pieces);
        const reading = readOpeningRequest(head);
        if (reading.kind !== 'opening') throw new Error(`not an opening handshake but ${JSON.stringify(reading)}`);
        const { request } = reading;
        expect(request.resourceName).toBe(offer.uri.resourceName);
        expect(request.host).toBe(authorityOf(offer.uri));
        expect(nonceOfKey(request.key)).toEqual(offer.nonce);
        expect(request.origin).toBe(offer.origin?.toLowerCase());
        expect(request.subprotocols).toEqual(offer.subprotocols ?? []);
        expect(request.extensions).toEqual(offer.extensions ?? []);
        const further = offer.fields ?? [];
        expect(request.fields).toBe(head.fields);
        expect(head.fields.slice(head.fields.length - further.length)).toEqual(further);
      }),
    );
  },
);

law(
  'an opening handshake by hand',
  [
    'draft-06/5.1/method-get',
    'draft-06/5.1/http-1.1',
    'draft-06/5.1/request-line-form',
    'draft-06/5.1/upgrade',
    'draft-06/5.1/connection',
    'draft-06/5.1/key',
    'draft-06/5.1/version-is-6',
    'draft-06/5.1/origin-no-capitals',
  ],
  () => {
    const offer: OpeningOffer = {
      uri: { host: 'server.example.com', port: 8006, resourceName: '/chat?a', secure: false },
      nonce: bytesFromLatin1('the sample nonce'),
      origin: 'HTTP://Example.com',
      subprotocols: ['chat', 'a"b'],
      extensions: [{ name: 'mux', parameters: [{ name: 'flow' }] }],
      fields: [{ name: 'Cookie', value: 'c=d' }],
    };
    const lines = [
      'GET /chat?a HTTP/1.1',
      'Host: server.example.com:8006',
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Version: 6',
      'Sec-WebSocket-Origin: http://example.com',
      'Sec-WebSocket-Protocol: chat, "a\\"b"',
      'Sec-WebSocket-Extensions: mux; flow',
      'Cookie: c=d',
    ];
    expect(latin1FromBytes(serializeHead(writeOpeningRequest(offer)))).toBe(`${lines.join('\r\n')}\r\n\r\n`);
  },
);

law(
  'a key carries its nonce, whatever stands in the bits that its last character has to spare',
  ['draft-06/5.1/key-is-16-byte-nonce', 'draft-06/5.2.1/key'],
  () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    fc.assert(
      fc.property(nonces(), fc.nat(15), (nonce, spare) => {
        const written = keyOfNonce(nonce);
        expect(written).toBe(Buffer.from(nonce).toString('base64'));
        const last = alphabet.charAt(alphabet.indexOf(written.charAt(21)) + spare);
        expect(nonceOfKey(`${written.slice(0, 21)}${last}==`)).toEqual(nonce);
      }),
    );
    const counted = Uint8Array.from({ length: 16 }, (_, at) => at + 1);
    expect(nonceOfKey('AQIDBAUGBwgJCgsMDQ4PEC==')).toEqual(counted);
    expect(nonceOfKey('AQIDBAUGBwgJCgsMDQ4PEA==')).toEqual(counted);
    for (const length of [0, 15, 17]) expect(() => keyOfNonce(new Uint8Array(length))).toThrow(RangeError);
  },
);

interface Row {
  readonly clause: ClauseId;
  /** The right head with one thing changed in each. */
  readonly changed: (head: RequestHead) => readonly RequestHead[];
  readonly expectations?: RequestExpectations;
}

/** Codes of responses, and those that come under other readings only: opening-request-options and others reach them. */
type OtherCode =
  | ResponseMistake
  | 'bad-extension-answer'
  | 'conflicting-extensions'
  | 'early-data'
  | 'other-http-version'
  | 'bad-origin'
  | 'response-version-too-low'
  | 'no-subprotocol'
  | 'wrong-origin'
  | 'repeated-extension'
  | 'reordered-extensions'
  | 'early-frames';

const rows: Readonly<Record<Exclude<HandshakeViolationCode, OtherCode>, Row>> = {
  ...requestMistakes,
  'wrong-host': {
    clause: 'draft-06/5.2.1/host',
    changed: (head) => [setting(head, host, 'other.example')],
    expectations: { readings: under({ hostOfRequest: 'match' }), authorities: ['a.example', 'other.example:81'] },
  },
};

describe('one thing wrong in an opening handshake is refused under its clause', () => {
  for (const [code, row] of Object.entries(rows) as [keyof typeof rows, Row][]) {
    law(code, [row.clause, 'draft-06/5.2.1/abort-on-mismatch'], () => {
      fc.assert(
        fc.property(openingOffers(), (offer) => {
          for (const head of row.changed(writeOpeningRequest(offer))) {
            const reading = readOpeningRequest(head, row.expectations);
            expect(reading).toMatchObject({ kind: 'violation', violation: { code, offset: 0 } });
          }
        }),
        { numRuns: 20 },
      );
      expect(clauseOfViolation(code)).toBe(row.clause);
      expect(statusOfViolation(code)).toBeUndefined();
    });
  }
});
