import type { ClauseId } from '../spec/clauses.js';

/** What a code stands for; what is wrong before a connection is established has no status code. */
interface OpeningViolationKind {
  readonly clause: ClauseId;
  /** One line that says what was wrong. */
  readonly says: string;
}

/** What can be wrong with the syntax of an HTTP head (RFC 2616). */
export const headViolations = {
  'head-too-large': {
    clause: 'draft-06/9/input-not-trusted',
    says: 'the head is larger than the limit of this endpoint',
  },
  'bare-line-feed': { clause: 'draft-06/5.1/valid-http-request', says: 'a line ends with a line feed alone' },
  'bare-carriage-return': { clause: 'draft-06/5.1/valid-http-request', says: 'a carriage return stands inside a line' },
  'malformed-request-line': {
    clause: 'draft-06/5.1/valid-http-request',
    says: 'the request line is not "METHOD Request-URI HTTP/x.y"',
  },
  'malformed-status-line': {
    clause: 'draft-06/5.2.2/valid-http-response',
    says: 'the status line is not "HTTP/x.y code reason"',
  },
  'header-without-colon': { clause: 'draft-06/5.1/valid-http-request', says: 'a header line has no colon' },
  'malformed-header-name': {
    clause: 'draft-06/5.1/valid-http-request',
    says: 'the name of a header field is not a token',
  },
  'malformed-header-value': {
    clause: 'draft-06/5.1/valid-http-request',
    says: 'the value of a header field has a control character',
  },
  'fold-without-field': {
    clause: 'draft-06/5.1/valid-http-request',
    says: 'a continuation line comes before any header field',
  },
  'folded-field': {
    clause: 'draft-06/5.1/valid-http-request',
    says: 'a header field is folded over several lines, which reading R-589 "refuse" does not allow',
  },
  'value-outside-ascii': {
    clause: 'draft-06/5.1/valid-http-request',
    says: 'the value of a header field has a byte from 128 on, which reading R-594 "refuse" does not allow',
  },
} as const satisfies Readonly<Record<string, OpeningViolationKind>>;

/** What can be wrong with an opening handshake whose syntax is right. */
export const handshakeViolations = {
  'method-not-get': { clause: 'draft-06/5.2.1/get-request', says: 'the method is not GET' },
  'http-version-too-low': { clause: 'draft-06/5.2.1/get-request', says: 'the HTTP version is below 1.1' },
  'other-http-version': {
    clause: 'draft-06/5.2.1/get-request',
    says: 'the HTTP version is above those that the reading R-525 in force takes',
  },
  'bad-request-uri': {
    clause: 'draft-06/5.2.1/request-uri-is-resource-name',
    says: 'the Request-URI is not a resource name',
  },
  'no-host': { clause: 'draft-06/5.2.1/host', says: 'there is not exactly one Host header field' },
  'wrong-host': { clause: 'draft-06/5.2.1/host', says: 'the Host header field is not an authority of this server' },
  'no-upgrade-in-request': { clause: 'draft-06/5.1/upgrade', says: 'the Upgrade header field is not "websocket"' },
  'no-connection-in-request': {
    clause: 'draft-06/5.1/connection',
    says: 'the Connection header field does not include "Upgrade"',
  },
  'no-key': { clause: 'draft-06/5.2.1/key', says: 'there is not exactly one Sec-WebSocket-Key header field' },
  'bad-key': { clause: 'draft-06/5.2.1/key', says: 'Sec-WebSocket-Key is not the base64 form of 16 bytes' },
  'no-version': {
    clause: 'draft-06/5.2.1/version',
    says: 'there is not exactly one Sec-WebSocket-Version header field',
  },
  'wrong-version': { clause: 'draft-06/5.2.2/version-not-understood', says: 'Sec-WebSocket-Version is not 6' },
  'bad-subprotocol-list': {
    clause: 'draft-06/5.1/subprotocol-grammar',
    says: 'Sec-WebSocket-Protocol is not a list of tokens or quoted strings',
  },
  'bad-subprotocol': {
    clause: 'draft-06/5.1/subprotocol-characters',
    says: 'a subprotocol is empty or has a character outside U+0021 to U+007E',
  },
  'repeated-subprotocol': { clause: 'draft-06/5.1/subprotocols-unique', says: 'a subprotocol is named twice' },
  'bad-extension-list': {
    clause: 'draft-06/8.1/list-grammar',
    says: 'Sec-WebSocket-Extensions is not a list of extensions',
  },
  'repeated-origin': {
    clause: 'draft-06/5.2.1/origin-optional',
    says: 'there is more than one Sec-WebSocket-Origin header field',
  },
  'bad-origin': {
    clause: 'draft-06/5.1/origin-no-capitals',
    says: 'Sec-WebSocket-Origin has capital letters, which reading R-539 "abort" does not allow',
  },
  'early-data': {
    clause: 'draft-06/5.1/waits-for-response',
    says: 'bytes came after the opening handshake and before its answer',
  },
  'status-not-101': { clause: 'draft-06/5.1/status-101', says: 'the status code of the response is not 101' },
  'response-version-too-low': {
    clause: 'draft-06/5.2.2/valid-http-response',
    says: 'the HTTP version of the response is below 1.1, which reading R-553 "at-least" does not allow',
  },
  'no-upgrade': {
    clause: 'draft-06/5.1/response-upgrade',
    says: 'the Upgrade header field of the response is not "websocket"',
  },
  'no-connection': {
    clause: 'draft-06/5.1/response-connection',
    says: 'the Connection header field of the response is not "Upgrade"',
  },
  'wrong-accept': {
    clause: 'draft-06/5.1/response-accept',
    says: 'Sec-WebSocket-Accept is missing or does not belong to Sec-WebSocket-Key',
  },
  'uninvited-subprotocol': {
    clause: 'draft-06/5.2.2/subprotocol-selected',
    says: 'the server selected a subprotocol that was not offered',
  },
  'no-subprotocol': {
    clause: 'draft-06/5.2.2/subprotocol-meaning',
    says: 'the server selected none of the subprotocols, which reading R-555 "fail" does not allow',
  },
  'wrong-origin': {
    clause: 'draft-06/10.7/lets-clients-verify',
    says: 'the server does not name the origin of the client, as the reading R-903 in force asks',
  },
  'repeated-extension': {
    clause: 'draft-06/8.1/response-is-in-use',
    says: 'the server lists one extension twice, which reading R-806 "fail" does not allow',
  },
  'reordered-extensions': {
    clause: 'draft-06/8.1/order-is-preference',
    says: 'the server lists the extensions in another order, which reading R-810 "kept" does not allow',
  },
  'early-frames': {
    clause: 'draft-06/5.2.2/server-may-send',
    says: 'frames came in one piece with the response, which reading R-560 "too-early" does not allow',
  },
  'uninvited-extension': {
    clause: 'draft-06/8/no-unrequested-extension',
    says: 'the server lists an extension that was not requested',
  },
  'bad-extension-answer': {
    clause: 'draft-06/8/parameters-by-extension',
    says: 'the server lists an extension with parameters that this does not define',
  },
  'conflicting-extensions': {
    clause: 'draft-06/8.1/response-is-in-use',
    says: 'the server lists two extensions that claim the same reserved bit or opcode, or the stream',
  },
  'bad-response-list': {
    clause: 'draft-06/8.1/list-grammar',
    says: 'a list in the response does not follow its grammar',
  },
} as const satisfies Readonly<Record<string, OpeningViolationKind>>;
