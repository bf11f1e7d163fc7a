import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { bytesFromLatin1, latin1FromBytes } from '../../../model/bytes.js';
import { isCloseViolation, isStatusCodeAllowed, readCloseBody, writeCloseBody } from '../../../model/close-body.js';
import { parseExtensions, serializeExtensions } from '../../../model/extension-header.js';
import { type HeaderField, serializeHead } from '../../../model/http-head.js';
import { selectExtensions } from '../../../model/negotiation.js';
import { readOptionalFields } from '../../../model/optional-fields.js';
import { faultOfForwarded } from '../../../model/timeout-forwarding.js';
import { heardTimeouts, parseTimeout, readTimeouts } from '../../../model/timeout-header.js';
import { forward } from '../../../model/timeout-intermediary.js';
import { constructUri, parseUri, validateUri } from '../../../model/uri.js';
import { decodeUtf8, encodeUtf8, utf8Start, utf8Text } from '../../../model/utf8.js';
import { knownExtensions } from '../../../impl/extensions.js';
import { parseProxy } from '../../../impl/proxy.js';
import { doubtfulUtf8 } from '../../arbitraries/doubtful-utf8.js';
import { spelledExtensionLists } from '../../arbitraries/extension-header.js';
import { requestWith } from '../../arbitraries/timeout.js';
import { hostileUris, spelledUris } from '../../arbitraries/uri.js';
import { cutUp, demand, type FuzzTarget, guided, leading } from '../target.js';
import { vectorInputs } from '../vector-bytes.js';

/** Sec-WebSocket-Extensions and Sec-WebSocket-Protocol; a line feed in an input begins another header field. */
export const listHeaderTarget: FuzzTarget = {
  name: 'list-header',
  says: 'the lists of extensions and subprotocols',
  weight: 10,
  maxLength: 512,
  seeds: (seed) => [
    ...['extension-headers', 'subprotocol-headers'].flatMap((subject) =>
      vectorInputs(subject).map(({ values = [] }) => leading(bytesFromLatin1(values.join('\n')))),
    ),
    ...fc
      .sample(spelledExtensionLists(), { seed, numRuns: 50 })
      .map(({ values }) => leading(bytesFromLatin1(values.join('\n')))),
  ],
  words: [',', ';', '=', '"', '\\', '\\"', ' ', '\t', '\n', 'deflate-stream', 'x-', 'chat', '""'].map(bytesFromLatin1),
  check: (input) => {
    const { bytes, readings, isDefault } = guided(input);
    const values = latin1FromBytes(bytes).split('\n');
    const parsed = parseExtensions(values, readings);
    const fields = ['Sec-WebSocket-Protocol', 'Sec-WebSocket-Extensions', 'Sec-WebSocket-Origin'].flatMap((name) =>
      values.map((value) => ({ name, value })),
    );
    readOptionalFields(requestWith(fields), readings);
    if (parsed === undefined) return;
    selectExtensions(parsed, knownExtensions, readings);
    if (!isDefault || parsed.length === 0) return;
    const again = parseExtensions([serializeExtensions(parsed)]);
    demand(isDeepStrictEqual(again, parsed), 'a list of extensions is not read as it was written');
  },
};

const intermediary = { kind: 'knowing', lowersTo: 30, adds: true, towardsServer: 20, towardsClient: 10 } as const;

/** Request-Timeout, Connection-Timeout and Connection, as header fields of a request. */
export const timeoutTarget: FuzzTarget = {
  name: 'timeout-header',
  says: 'the header fields of http-timeout-00 and what an intermediary makes of them',
  weight: 8,
  maxLength: 512,
  seeds: () =>
    vectorInputs('timeout-headers').map(({ fields = [] }) =>
      leading(bytesFromLatin1(fields.map(([name, value]) => `${name}: ${value}`).join('\n'))),
    ),
  words: [
    'Request-Timeout: ',
    'Connection-Timeout: ',
    'Connection: ',
    'Connection-Timeout',
    ',',
    '"',
    '\n',
    '9',
    '0',
    '-1',
    '1e3',
    '99999999999999999999',
  ].map(bytesFromLatin1),
  check: (input) => {
    const { bytes, readings, isDefault } = guided(input);
    const fields: HeaderField[] = latin1FromBytes(bytes)
      .split('\n')
      .map((line) => {
        const colon = line.indexOf(': ');
        return { name: line.slice(0, Math.max(0, colon)), value: line.slice(colon + 1).trim() };
      });
    for (const { value } of fields) {
      const seconds = parseTimeout(value, readings);
      if (seconds !== undefined) demand(seconds >= 0 && !Number.isNaN(seconds), 'a timeout is no time');
    }
    readTimeouts(fields, readings);
    heardTimeouts(fields, readings);
    const forwarded = forward(requestWith(fields), intermediary, readings);
    const fault = faultOfForwarded({ received: fields, forwarded: forwarded.fields, towardsClient: 10 }, readings);
    if (isDefault && faultOfForwarded({ received: fields, forwarded: fields }) === undefined) {
      demand(fault === undefined, `our intermediary is at fault: ${fault ?? ''}`);
    }
  },
};

/** The body of a Close. */
export const closeBodyTarget: FuzzTarget = {
  name: 'close-body',
  says: 'the bodies of Closes',
  weight: 8,
  maxLength: 140,
  seeds: () => vectorInputs('close-bodies').map(({ body = '' }) => leading(new Uint8Array(Buffer.from(body, 'hex')))),
  words: [
    [0x03, 0xe8],
    [0x03, 0xed],
    [0xff, 0xff],
    [0xc3, 0xa9],
    [0xed, 0xa0, 0x80],
  ].map((word) => Uint8Array.from(word)),
  check: (input) => {
    const { bytes, readings, isDefault } = guided(input);
    const read = readCloseBody(bytes, 0, readings);
    if (isCloseViolation(read) || !isDefault) return;
    const { status, reason = '' } = read;
    if (status === undefined || !isStatusCodeAllowed(status, 'defined') || reason.includes('\ufffd')) return;
    if (bytes.length > 125) return;
    demand(Buffer.compare(writeCloseBody(read), bytes) === 0, 'the body of a Close is not written as it was read');
  },
};

/** Text: UTF-8 in any state, with the decoder of the platform as a second opinion. */
export const utf8Target: FuzzTarget = {
  name: 'utf-8',
  says: 'UTF-8, cut anywhere, beside the decoder of the platform',
  weight: 10,
  maxLength: 256,
  seeds: (seed) => [
    ...vectorInputs('utf-8').map(({ bytes = '' }) => leading(new Uint8Array(Buffer.from(bytes, 'hex')))),
    ...fc.sample(doubtfulUtf8(), { seed, numRuns: 100 }).map((bytes) => leading(bytes)),
  ],
  words: [
    [0xc3, 0xa9],
    [0xe2, 0x82, 0xac],
    [0xf0, 0x9f, 0x98, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90],
    [0xef, 0xbb, 0xbf],
  ].map((word) => Uint8Array.from(word)),
  check: (input) => {
    const { bytes, readings, isClose } = guided(input);
    const text = utf8Text(bytes);
    demand(text === platform.decode(bytes), 'the decoder of the platform reads another text');
    demand(Buffer.compare(encodeUtf8(text), Buffer.from(text)) === 0, 'the encoder of the platform writes other bytes');
    decodeUtf8(utf8Start, bytes, true, readings.replacement, readings.utf8Definition);
    if (!isClose) return;
    let decoder = utf8Start;
    let pieces = '';
    for (const piece of cutUp(bytes)) {
      const read = decodeUtf8(decoder, piece, false);
      decoder = read.decoder;
      pieces += read.text;
    }
    pieces += decodeUtf8(decoder, new Uint8Array(0), true).text;
    demand(pieces === text, 'cutting the bytes gives another text');
  },
};

const platform = new TextDecoder('utf-8', { ignoreBOM: true });

/** URIs: of servers and of proxies. */
export const uriTarget: FuzzTarget = {
  name: 'uri',
  says: 'ws and wss URIs, and the URIs of proxies',
  weight: 8,
  maxLength: 256,
  seeds: (seed) => [
    ...vectorInputs('uris').map(({ uri = '' }) => leading(encodeUtf8(uri))),
    ...fc.sample(hostileUris(), { seed, numRuns: 40 }).map((uri) => leading(encodeUtf8(uri))),
    ...fc.sample(spelledUris(), { seed, numRuns: 15 }).map(({ text }) => leading(encodeUtf8(text))),
  ],
  words: [
    'ws://',
    'wss://',
    '//',
    ':',
    '@',
    '[',
    ']',
    '::',
    '%',
    '%41',
    '#',
    '?',
    '/',
    '..',
    '.',
    '65535',
    '65536',
    'xn--',
    'é',
    '1.2.3.4',
    'socks5://',
  ].map((word) => encodeUtf8(word)),
  check: (input) => {
    const { bytes, readings, isDefault, isClose } = guided(input);
    const text = utf8Text(bytes);
    const parsed = parseUri(text, readings);
    if (isClose) checkProxy(text);
    if (!parsed.ok) return;
    const { uri } = parsed;
    if (!isDefault) return;
    demand(uri.port >= 0 && uri.port <= 65535, 'a port is out of range');
    demand(validateUri(uri) === undefined, 'a URI that was read may not be connected to');
    const again = parseUri(constructUri(uri));
    demand(again.ok && isDeepStrictEqual(again.uri, uri), 'a URI is not read as it was constructed');
    serializeHead(requestWith([{ name: 'Host', value: uri.host }]));
  },
};

/** A proxy that is none is misuse, and says so. */
function checkProxy(text: string): void {
  try {
    parseProxy(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}
