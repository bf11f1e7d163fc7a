import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { createBodySkipper, skipBody } from '../../../impl/http-body.js';
import { readHttpRequest } from '../../../impl/http-request.js';
import { keyOfNonce } from '../../../model/accept.js';
import { bytesFromLatin1 } from '../../../model/bytes.js';
import { type RequestHead, type ResponseHead, serializeHead } from '../../../model/http-head.js';
import type { Role } from '../../../model/role.js';
import { createHeadReader, type HeadReading, readHead } from '../../../model/http-head-reader.js';
import { readOpeningRequest } from '../../../model/opening-request.js';
import { readOpeningResponse, writeOpeningResponse } from '../../../model/opening-response.js';
import { doubtfulHeads, spelledHeads } from '../../arbitraries/http-head.js';
import { headTo, sampleOffer } from '../../simulation/reach.js';
import { retainedBytes } from '../retained.js';
import { cutUp, demand, type FuzzTarget, type Guided, guided, leading } from '../target.js';
import { vectorInputs } from '../vector-bytes.js';

const maxBytes = 1024;

const words = [
  ...[
    '\r\n',
    '\r\n\r\n',
    '\r\n ',
    ':',
    ': ',
    ',',
    ';',
    '"',
    'HTTP/1.1',
    'GET ',
    'Host: h\r\n',
    'Connection: Upgrade\r\n',
  ],
  ...['Upgrade: websocket\r\n', 'Sec-WebSocket-Version: 6\r\n', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'],
  ...['Sec-WebSocket-Protocol: ', 'Sec-WebSocket-Extensions: ', 'Sec-WebSocket-Origin: ', 'Sec-WebSocket-Accept: '],
  ...['Content-Length: ', 'Transfer-Encoding: chunked\r\n', 'Expect: 100-continue\r\n', '101', 'http://h/'],
].map(bytesFromLatin1);

/** Reads a head in one piece and, when looked at closely, cut up: both have to come to the same. */
function readBothWays(expects: 'request' | 'response', { bytes, readings, isClose }: Guided): HeadReading {
  const start = createHeadReader(expects, { maxBytes, readings });
  const whole = readHead(start, bytes);
  if (whole.kind === 'head') demand(whole.length + whole.rest.length === bytes.length, 'bytes of a head are lost');
  if (whole.kind === 'need-more') demand(bytes.length <= maxBytes, 'a head is longer than its limit');
  if (!isClose) return whole;
  let cut: HeadReading = { kind: 'need-more', reader: start };
  for (const piece of cutUp(bytes)) {
    if (cut.kind !== 'need-more') break;
    cut = readHead(cut.reader, piece);
  }
  const essence = (reading: HeadReading): unknown =>
    reading.kind === 'need-more' ? reading : { ...reading, rest: undefined };
  demand(isDeepStrictEqual(essence(cut), essence(whole)), 'cutting the bytes gives another head');
  if (cut.kind === 'need-more') demand(retainedBytes(cut.reader.held) <= maxBytes, 'a head reader keeps too much');
  return whole;
}

/** What was read can be written, and is read again as the same. */
function checkWritten(head: RequestHead | ResponseHead): void {
  const again = readHead(createHeadReader(head.kind, { maxBytes: 2 * maxBytes }), serializeHead(head));
  demand(again.kind === 'head' && isDeepStrictEqual(again.head, head), 'a head is not read as it was written');
}

/** The sample that a role reads, the heads of the vectors, and doubtful ones. */
const seedsOf =
  (reader: Role, vectors: 'opening-requests' | 'opening-responses') =>
  (seed: number): readonly Uint8Array[] => [
    leading(headTo(reader)),
    ...vectorInputs(vectors).map(({ head = '' }) => leading(bytesFromLatin1(head))),
    ...fc.sample(doubtfulHeads(), { seed, numRuns: 100 }).map((bytes) => leading(bytes)),
    ...fc.sample(spelledHeads(), { seed, numRuns: 50 }).map(({ bytes }) => leading(bytes)),
  ];

/** Requests: as an opening handshake and as ordinary HTTP. */
export const requestHeadTarget: FuzzTarget = {
  name: 'request-head',
  says: 'HTTP request heads, the opening handshake of a client, ordinary requests',
  weight: 8,
  maxLength: 1400,
  seeds: seedsOf('server', 'opening-requests'),
  words,
  check: (input) => {
    const given = guided(input);
    const { readings, isDefault, isClose } = given;
    const reading = readBothWays('request', given);
    if (reading.kind !== 'head' || reading.head.kind !== 'request') return;
    const { head } = reading;
    readHttpRequest(head);
    if (isDefault && isClose) checkWritten(head);
    const opening = readOpeningRequest(head, { readings, authorities: ['h'] });
    if (opening.kind !== 'opening') return;
    const { request } = opening;
    const [subprotocol] = request.subprotocols;
    const answer = writeOpeningResponse(request, subprotocol === undefined ? {} : { subprotocol }, readings);
    serializeHead(answer);
    if (!isDefault) return;
    const read = readOpeningResponse(answer, { ...request, key: request.key, readings });
    demand(read.kind === 'accepted', 'a client refuses the answer to a right opening handshake');
  },
};

/** Responses: to an opening handshake, and to CONNECT. */
export const responseHeadTarget: FuzzTarget = {
  name: 'response-head',
  says: 'HTTP response heads, the opening handshake of a server',
  weight: 8,
  maxLength: 1400,
  seeds: seedsOf('client', 'opening-responses'),
  words,
  check: (input) => {
    const given = guided(input);
    const reading = readBothWays('response', given);
    if (reading.kind !== 'head' || reading.head.kind !== 'response') return;
    const { nonce, ...offer } = sampleOffer;
    if (given.isDefault && given.isClose) checkWritten(reading.head);
    readOpeningResponse(reading.head, { ...offer, key: keyOfNonce(nonce), readings: given.readings });
  },
};

/** Bodies of requests, which are passed over. */
export const httpBodyTarget: FuzzTarget = {
  name: 'http-body',
  says: 'bodies of HTTP requests, with a length and in chunks',
  weight: 4,
  maxLength: 2048,
  seeds: () =>
    [
      '5\r\nhello\r\n0\r\n\r\n',
      'a;x="y"\r\n0123456789\r\n0\r\nA: b\r\n\r\nGET /',
      '0\r\n\r\n',
      'ffffffffffffffff\r\n',
      '00000000000000005\r\n12345\r\n',
    ].map((text) => leading(bytesFromLatin1(text), 1)),
  words: ['\r\n', '0\r\n', '\r\n0\r\n\r\n', ';', 'ff', '=', '"', 'A: b\r\n', '10\r\n'].map(bytesFromLatin1),
  check: (input) => {
    const { bytes, flags, isClose } = guided(input);
    const framing =
      (flags & 1) === 0 ? ({ kind: 'length', bytes: flags * 8 } as const) : ({ kind: 'chunked' } as const);
    const whole = skipBody(createBodySkipper(framing), bytes);
    if (whole.kind === 'end') demand(whole.rest.length <= bytes.length, 'more is left than there was');
    if (whole.kind === 'need-more') demand(whole.skipper.line.length <= 1024, 'a line is longer than its limit');
    if (!isClose) return;
    let cut = skipBody(createBodySkipper(framing), new Uint8Array(0));
    let left = bytes.length;
    for (const piece of cutUp(bytes)) {
      if (cut.kind !== 'need-more') break;
      cut = skipBody(cut.skipper, piece);
      left -= piece.length;
    }
    demand(cut.kind === whole.kind, 'cutting the bytes gives another outcome');
    if (cut.kind === 'end' && whole.kind === 'end') {
      demand(cut.rest.length + left === whole.rest.length, 'cutting the bytes moves the end of the body');
    }
  },
};
