import { client, local, nobody, protocol, server, type Chapter } from '../rule.js';

/** Section 5.2: whom the requirements on servers bind. */
export const serverSideClauses = {
  'draft-06/5.2/servers-only': server.definition('Section 5.2 applies to servers only.', nobody('tells whom to judge')),
  'draft-06/5.2/offload': server.may(
    'A server may leave the management of the connection to other agents on the network, such as load balancers.',
    local('what stands behind the TCP connection is not on the wire'),
  ),
  'draft-06/5.2/server-includes-helpers': server.definition(
    'All that stands between the end of the TCP connection and the processing of requests is one server when conformance is judged.',
    nobody('tells whom to judge'),
  ),
} as const satisfies Chapter;

/** Section 5.2.1: how a server reads the opening handshake. */
export const readingRequestClauses = {
  'draft-06/5.2.1/client-starts': client.definition(
    'A client that starts a WebSocket connection sends its part of the opening handshake.',
  ),
  'draft-06/5.2.1/parse-request': server.must(
    "The server parses as much of the client's opening handshake as it needs to answer.",
  ),
  'draft-06/5.2.1/parts-of-the-request': client.definition(
    "The client's opening handshake has the parts that the section lists.",
  ),
  'draft-06/5.2.1/abort-on-mismatch': server.must(
    "The server aborts the WebSocket connection when the client's opening handshake does not match the description.",
  ),
  'draft-06/5.2.1/get-request': server.must('The opening handshake is a GET request of HTTP 1.1 or higher.'),
  'draft-06/5.2.1/request-uri': server.must('The opening handshake has a Request-URI.'),
  'draft-06/5.2.1/request-uri-is-resource-name': server.should('The Request-URI is read as a resource name.'),
  'draft-06/5.2.1/host': server.must('The request has a Host header field with the authority of the server.'),
  'draft-06/5.2.1/key': server.must(
    'The request has a Sec-WebSocket-Key header field that decodes from base64 to 16 bytes.',
  ),
  'draft-06/5.2.1/version': server.must('The request has a Sec-WebSocket-Version header field with the value 6.'),
  'draft-06/5.2.1/origin-optional': server.may('The request may have a Sec-WebSocket-Origin header field.'),
  'draft-06/5.2.1/origin-from-all-browsers': client.definition(
    'Every browser sends Sec-WebSocket-Origin.',
    local('whether a client is a browser is not on the wire'),
  ),
  'draft-06/5.2.1/no-origin-no-browser': server.shouldNot(
    'A request without Sec-WebSocket-Origin is not taken for one of a browser.',
    local('what a server believes about its peer is not on the wire'),
  ),
  'draft-06/5.2.1/subprotocols-optional': server.may('The request may have a Sec-WebSocket-Protocol header field.'),
  'draft-06/5.2.1/subprotocols-by-preference': client.definition(
    'Sec-WebSocket-Protocol lists the subprotocols in the order of preference of the client.',
    local('what the client prefers is not on the wire but for this order'),
  ),
  'draft-06/5.2.1/extensions-optional': server.may('The request may have a Sec-WebSocket-Extensions header field.'),
  'draft-06/5.2.1/extensions-wished': client.definition(
    'Sec-WebSocket-Extensions lists the extensions that the client would like to speak.',
  ),
  'draft-06/5.2.1/extensions-by-8.1': server.definition('Section 8.1 says how Sec-WebSocket-Extensions is read.'),
  'draft-06/5.2.1/other-headers-optional': server.may(
    'The request may have other header fields, such as those of cookies.',
  ),
  'draft-06/5.2.1/unknown-headers-ignored': server.must('Header fields that the server does not know are ignored.'),
} as const satisfies Chapter;

/** Section 5.2.2, the second step: what the server makes of the request. */
export const serverInformationClauses = {
  'draft-06/5.2.2/steps-completed': server.must(
    'A server that accepts a connection completes the steps of the section.',
  ),
  'draft-06/5.2.2/tls-handshake': server.must('A server that supports encryption performs a TLS handshake first.'),
  'draft-06/5.2.2/tls-failure': server.must('If the TLS handshake fails, the server closes the connection.'),
  'draft-06/5.2.2/tls-tunnel': server.must(
    'After the TLS handshake all further bytes, the opening handshake included, go through the encrypted tunnel.',
  ),
  'draft-06/5.2.2/information-established': server.must(
    'The server establishes origin, key, version, resource name, subprotocol and extensions.',
    local('what the server holds is not on the wire before it answers'),
  ),
  'draft-06/5.2.2/origin-meaning': client.definition(
    'Sec-WebSocket-Origin names the origin of the script that establishes the connection.',
    local('the true origin of the script is not on the wire'),
  ),
  'draft-06/5.2.2/origin-form': client.definition('The origin is serialized to ASCII and in lower case.'),
  'draft-06/5.2.2/origin-may-decide': server.may(
    'The server may use the origin to decide whether to accept the connection.',
  ),
  'draft-06/5.2.2/key-16-bytes': client.definition('The value of Sec-WebSocket-Key would decode to 16 bytes.'),
  'draft-06/5.2.2/key-used-as-sent': server.definition(
    "The value of Sec-WebSocket-Key, still encoded, goes into the server's opening handshake to show that it accepts.",
  ),
  'draft-06/5.2.2/key-need-not-be-decoded': server.may('The server need not decode Sec-WebSocket-Key from base64.'),
  'draft-06/5.2.2/version-meaning': client.definition(
    'Sec-WebSocket-Version holds the version of the protocol that the client tries to speak.',
  ),
  'draft-06/5.2.2/version-not-understood': server.must(
    'The server aborts the WebSocket connection when it does not understand the version of the client.',
  ),
  'draft-06/5.2.2/version-response': server.may(
    'With the refusal of a version the server may send a response other than 200 with a Sec-WebSocket-Version header field that names the versions it understands.',
  ),
  'draft-06/5.2.2/resource-name-meaning': server.definition(
    'The resource name identifies the service that the server provides.',
    local('which service answers is known to the server alone'),
  ),
  'draft-06/5.2.2/resource-name-derived': server.should(
    'A server with several services derives the service from the Request-URI.',
    local('how a server finds its service is not on the wire'),
  ),
  'draft-06/5.2.2/subprotocol-meaning': server.definition(
    'The subprotocol is a list, possibly empty, that stands for the subprotocol that the server is ready to use.',
  ),
  'draft-06/5.2.2/subprotocol-selected': server.should(
    'The subprotocol of a server that supports several is one of the values that the client listed.',
  ),
  'draft-06/5.2.2/subprotocol-absent-is-null': protocol.definition(
    'A request without Sec-WebSocket-Protocol has the null value there.',
    local('null is a value inside the server'),
  ),
  'draft-06/5.2.2/subprotocol-empty-is-not-null': protocol.definition(
    'An empty Sec-WebSocket-Protocol is not the null value.',
    local('null is a value inside the server'),
  ),
  'draft-06/5.2.2/extensions-meaning': server.definition(
    'The extensions are a list, possibly empty, of the extensions that the server is ready to use.',
  ),
  'draft-06/5.2.2/extensions-selected': server.should(
    'The extensions of a server that supports several are one or more of the values that the client listed.',
  ),
  'draft-06/5.2.2/extensions-absent-is-null': protocol.definition(
    'A request without Sec-WebSocket-Extensions has the null value there.',
    local('null is a value inside the server'),
  ),
  'draft-06/5.2.2/extensions-empty-is-not-null': protocol.definition(
    'An empty Sec-WebSocket-Extensions is not the null value.',
    local('null is a value inside the server'),
  ),
  'draft-06/5.2.2/no-unlisted-extension': server.mustNot('The server lists no extension that the client did not list.'),
  'draft-06/5.2.2/extensions-by-8.1': server.definition('Section 8.1 says how extensions are selected and read.'),
} as const satisfies Chapter;

/** Section 5.2.2, the third step: the response that accepts. */
export const openingResponseClauses = {
  'draft-06/5.2.2/valid-http-response': server.must('A server that accepts replies with a valid HTTP response.'),
  'draft-06/5.2.2/status-101': server.must('The response that accepts has the status code 101.'),
  'draft-06/5.2.2/accept-present': server.must('The response that accepts has a Sec-WebSocket-Accept header field.'),
  'draft-06/5.2.2/accept': server.must(
    'The value of Sec-WebSocket-Accept is the base64 form of the SHA-1 hash of Sec-WebSocket-Key followed by the GUID.',
  ),
  'draft-06/5.2.2/subprotocol-sent': server.may(
    'The response may have a Sec-WebSocket-Protocol header field with the selected subprotocol.',
  ),
  'draft-06/5.2.2/extensions-sent': server.may(
    'The response may have a Sec-WebSocket-Extensions header field with the extensions in use.',
  ),
  'draft-06/5.2.2/handshake-complete': server.definition(
    "With the response the server's opening handshake is complete.",
  ),
  'draft-06/5.2.2/established': server.definition(
    'When the server has sent its opening handshake without aborting and the client does not fail, the connection is established.',
  ),
  'draft-06/5.2.2/server-may-send': server.may(
    'Once the connection is established the server may begin to send and to receive data.',
  ),
} as const satisfies Chapter;
