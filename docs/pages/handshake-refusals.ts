import { createHeadReader, readHead } from '../../model/http-head-reader.js';
import type { RequestHead, ResponseHead } from '../../model/http-head.js';
import { readOpeningRequest } from '../../model/opening-request.js';
import { rejectionOfViolation } from '../../model/opening-response.js';
import { clauseOfViolation, describeViolation, type ViolationCode } from '../../model/violation.js';
import { headerNames } from '../../spec/wire.js';
import { type Markup, markup } from '../html.js';
import { linkToClause } from '../links.js';
import { table } from '../page.js';
import {
  changed,
  exampleRequest,
  exampleResponse,
  readAsClient,
  repeated,
  rewritten,
  without,
} from './handshake-example.js';

/** The request of the page with one thing changed. */
export const alteredRequests: readonly { readonly what: string; readonly head: RequestHead }[] = [
  { what: 'POST instead of GET', head: { ...exampleRequest, method: 'POST' } },
  { what: 'HTTP/1.0', head: { ...exampleRequest, version: { major: 1, minor: 0 } } },
  { what: 'a Request-URI without a slash in front', head: { ...exampleRequest, target: 'chat' } },
  { what: 'no Host', head: without(exampleRequest, headerNames.host) },
  { what: 'no Upgrade', head: without(exampleRequest, headerNames.upgrade) },
  { what: 'Upgrade: TLS/1.0', head: changed(exampleRequest, headerNames.upgrade, 'TLS/1.0') },
  { what: 'no Connection', head: without(exampleRequest, headerNames.connection) },
  { what: 'Connection: keep-alive', head: changed(exampleRequest, headerNames.connection, 'keep-alive') },
  { what: 'no Sec-WebSocket-Key', head: without(exampleRequest, headerNames.key) },
  { what: 'Sec-WebSocket-Key twice', head: repeated(exampleRequest, headerNames.key) },
  { what: 'a key of 15 bytes', head: changed(exampleRequest, headerNames.key, 'AQIDBAUGBwgJCgsMDQ4P') },
  { what: 'no Sec-WebSocket-Version', head: without(exampleRequest, headerNames.version) },
  { what: 'Sec-WebSocket-Version: 13', head: changed(exampleRequest, headerNames.version, '13') },
  { what: 'Sec-WebSocket-Origin twice', head: repeated(exampleRequest, headerNames.origin) },
  { what: 'a subprotocol with a separator', head: changed(exampleRequest, headerNames.subprotocol, 'chat/2') },
  { what: 'an empty subprotocol in quotes', head: changed(exampleRequest, headerNames.subprotocol, '""') },
  { what: 'a subprotocol named twice', head: changed(exampleRequest, headerNames.subprotocol, 'chat, chat') },
  { what: 'an extension without a name', head: changed(exampleRequest, headerNames.extensions, '; a=b') },
];

/** The bytes of the request of the page with one thing changed that makes them no HTTP. */
export const alteredBytes: readonly { readonly what: string; readonly bytes: Uint8Array }[] = [
  { what: 'a line that ends with LF alone', bytes: rewritten(exampleRequest, (text) => text.replace('\r\n', '\n')) },
  { what: 'a CR inside a line', bytes: rewritten(exampleRequest, (text) => text.replace('websocket', 'web\rsocket')) },
  { what: 'a request line of two words', bytes: rewritten(exampleRequest, (text) => text.replace(' HTTP/1.1', '')) },
  { what: 'a header line without a colon', bytes: rewritten(exampleRequest, (text) => text.replace('Host:', 'Host')) },
  {
    what: 'a blank in the name of a header field',
    bytes: rewritten(exampleRequest, (text) => text.replace('Host:', 'Ho st:')),
  },
  {
    what: 'a control character in a value',
    bytes: rewritten(exampleRequest, (text) => text.replace('Upgrade\r', 'Upgrade\x07\r')),
  },
  {
    what: 'a blank in front of the first header field',
    bytes: rewritten(exampleRequest, (text) => text.replace('Host:', ' Host:')),
  },
];

/** The response of the page with one thing changed. */
export const alteredResponses: readonly { readonly what: string; readonly head: ResponseHead }[] = [
  { what: 'status code 200', head: { ...exampleResponse, status: 200, reason: 'OK' } },
  { what: 'no Upgrade', head: without(exampleResponse, headerNames.upgrade) },
  { what: 'Upgrade: WebSocket', head: changed(exampleResponse, headerNames.upgrade, 'WebSocket') },
  { what: 'Upgrade: TLS/1.0', head: changed(exampleResponse, headerNames.upgrade, 'TLS/1.0') },
  { what: 'no Connection', head: without(exampleResponse, headerNames.connection) },
  {
    what: 'Connection: keep-alive, Upgrade',
    head: changed(exampleResponse, headerNames.connection, 'keep-alive, Upgrade'),
  },
  { what: 'no Sec-WebSocket-Accept', head: without(exampleResponse, headerNames.accept) },
  {
    what: 'the Accept of another key',
    head: changed(exampleResponse, headerNames.accept, 'OfS0wDaT5NoxF2gqm7Zj2YtetzM='),
  },
  { what: 'no Sec-WebSocket-Protocol', head: without(exampleResponse, headerNames.subprotocol) },
  { what: 'a subprotocol that was not offered', head: changed(exampleResponse, headerNames.subprotocol, 'mail') },
  { what: 'no Sec-WebSocket-Extensions', head: without(exampleResponse, headerNames.extensions) },
  { what: 'an extension that was not offered', head: changed(exampleResponse, headerNames.extensions, 'x-other') },
  { what: 'a malformed list of extensions', head: changed(exampleResponse, headerNames.extensions, 'deflate-stream;') },
  { what: 'a header field that nobody knows', head: changed(exampleResponse, 'X-Other', 'yes') },
];

/** What a server answers to requests that are not right. */
export function refusalTable(): Markup {
  const rows = [
    ...alteredRequests.map(({ what, head }) => {
      const reading = readOpeningRequest(head);
      return refusalRow(what, reading.kind === 'violation' ? reading.violation.code : undefined);
    }),
    ...alteredBytes.map(({ what, bytes }) => {
      const reading = readHead(createHeadReader('request'), bytes);
      return refusalRow(what, reading.kind === 'violation' ? reading.violation.code : undefined);
    }),
  ];
  return table('What a server answers', ['The request', 'Answer', 'Why', 'Clause'], rows);
}

function refusalRow(what: string, code: ViolationCode | undefined): Markup {
  if (code === undefined)
    return markup`<tr><th scope="row">${what}</th><td>101</td><td>accepted</td><td></td></tr>
`;
  const { status, reason, fields = [] } = rejectionOfViolation(code);
  const more = fields.map(({ name, value }) => markup`<br/><code>${name}: ${value}</code>`);
  return markup`<tr><th scope="row">${what}</th><td>${status} ${reason}${more}</td><td class="says">${describeViolation(code)}</td><td class="ids">${linkToClause(clauseOfViolation(code))}</td></tr>
`;
}

/** What a client makes of responses that are not as they should be. */
export function responseTable(): Markup {
  const rows = alteredResponses.map(({ what, head }) => {
    const reading = readAsClient(head);
    if (reading.kind === 'accepted') {
      const { subprotocol, extensions } = reading.agreement;
      const inUse = [subprotocol ?? 'no subprotocol', extensions.map(({ name }) => name).join(', ') || 'no extension'];
      return markup`<tr><th scope="row">${what}</th><td>open</td><td class="says">in use: ${inUse.join('; ')}</td><td></td></tr>
`;
    }
    const { code } = reading.violation;
    return markup`<tr><th scope="row">${what}</th><td>fails</td><td class="says">${describeViolation(code)}</td><td class="ids">${linkToClause(clauseOfViolation(code, 'server'))}</td></tr>
`;
  });
  return table('What a client makes of it', ['The response', 'Outcome', 'Why', 'Clause'], rows);
}
