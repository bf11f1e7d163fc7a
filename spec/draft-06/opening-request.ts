import { client, local, type Chapter } from '../rule.js';

/** Section 5.1, the second numbered list: the request that opens. */
export const openingRequestClauses = {
  'draft-06/5.1/handshake-sent': client.must('Once connected, the client sends its opening handshake.'),
  'draft-06/5.1/handshake-is-upgrade': client.definition(
    'The opening handshake of the client is an HTTP Upgrade request with required and optional header fields.',
  ),
  'draft-06/5.1/valid-http-request': client.must('The opening handshake is a valid HTTP request by RFC 2616.'),
  'draft-06/5.1/method-get': client.must('The method of the request is GET.'),
  'draft-06/5.1/http-1.1': client.must('The HTTP version of the request is at least 1.1.'),
  'draft-06/5.1/request-line-form': client.should(
    'The request line has the form "GET", resource name, "HTTP/1.1" (said inside an example).',
  ),
  'draft-06/5.1/request-uri-present': client.must('The request line has a Request-URI.'),
  'draft-06/5.1/request-uri': client.must('The Request-URI of the request matches the resource name.'),
  'draft-06/5.1/host': client.must(
    'The request has a Host header field whose value is the authority of the WebSocket URI.',
  ),
  'draft-06/5.1/upgrade': client.must('The request has an Upgrade header field whose value is "websocket".'),
  'draft-06/5.1/connection-present': client.must('The request has a Connection header field.'),
  'draft-06/5.1/connection': client.must('The Connection header field of the request includes the token "Upgrade".'),
  'draft-06/5.1/key': client.must('The request has a Sec-WebSocket-Key header field.'),
  'draft-06/5.1/key-is-16-byte-nonce': client.must('The value of Sec-WebSocket-Key is a nonce of 16 bytes in base64.'),
  'draft-06/5.1/key-random-per-connection': client.must('The nonce is chosen at random for each connection.'),
  'draft-06/5.1/origin-from-browser': client.must(
    'The request of a browser has a Sec-WebSocket-Origin header field.',
    local('whether a client is a browser is not on the wire'),
  ),
  'draft-06/5.1/origin-from-others': client.may(
    'Another client may send Sec-WebSocket-Origin if its semantics match those of a browser.',
  ),
  'draft-06/5.1/origin-ascii-serialization': client.must(
    'The value of Sec-WebSocket-Origin is the ASCII serialization of the origin of the code that connects.',
  ),
  'draft-06/5.1/origin-lower-case': client.must('The value of Sec-WebSocket-Origin is in lower case.'),
  'draft-06/5.1/origin-no-capitals': client.mustNot('The value of Sec-WebSocket-Origin has no letter from A to Z.'),
  'draft-06/5.1/version': client.must('The request has a Sec-WebSocket-Version header field.'),
  'draft-06/5.1/version-is-6': client.must('The value of Sec-WebSocket-Version is 6.'),
  'draft-06/5.1/subprotocols-may-be-sent': client.may('The request may have a Sec-WebSocket-Protocol header field.'),
  'draft-06/5.1/subprotocols-meaning': client.definition(
    'The value of Sec-WebSocket-Protocol names the subprotocols that the client wishes to speak.',
  ),
  'draft-06/5.1/subprotocol-characters': client.must(
    'The subprotocols are non-empty strings of characters from U+0021 to U+007E.',
  ),
  'draft-06/5.1/subprotocols-unique': client.must('No subprotocol is named twice.'),
  'draft-06/5.1/subprotocol-grammar': client.definition(
    'Sec-WebSocket-Protocol is a list of one or more tokens or quoted strings of RFC 2616.',
  ),
  'draft-06/5.1/extensions-may-be-sent': client.may('The request may have a Sec-WebSocket-Extensions header field.'),
  'draft-06/5.1/extensions-meaning': client.definition(
    'The value of Sec-WebSocket-Extensions names the extensions that the client wishes to speak.',
  ),
  'draft-06/5.1/extensions-format': client.definition(
    'Section 8.1 gives the form and the meaning of Sec-WebSocket-Extensions.',
  ),
  'draft-06/5.1/cookies-may-be-sent': client.may('The request may have header fields that carry cookies.'),
} as const satisfies Chapter;

/** Section 5.1, the end: what the client does with the response. */
export const openingResponseCheckClauses = {
  'draft-06/5.1/waits-for-response': client.must(
    'After its opening handshake the client sends nothing until the response has come.',
  ),
  'draft-06/5.1/response-validated': client.must('The client validates the response of the server.'),
  'draft-06/5.1/status-101': client.must(
    'A status code other than 101 makes the client fail the WebSocket connection.',
  ),
  'draft-06/5.1/response-upgrade': client.must(
    'A response without an Upgrade header field equal to "websocket", in any ASCII case, makes the client fail the WebSocket connection.',
  ),
  'draft-06/5.1/response-connection': client.must(
    'A response without a Connection header field equal to "Upgrade", in any ASCII case, makes the client fail the WebSocket connection.',
  ),
  'draft-06/5.1/response-accept': client.must(
    'A response without the Sec-WebSocket-Accept that belongs to the Sec-WebSocket-Key makes the client fail the WebSocket connection.',
  ),
  'draft-06/5.1/may-read-on': client.may('A client that must fail may first read and discard further bytes.'),
  'draft-06/5.1/may-fail-early': client.may('A client may fail as soon as no further bytes could avert the failure.'),
} as const satisfies Chapter;
