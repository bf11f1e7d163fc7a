import {
  client,
  endpoint,
  nobody,
  otherSpecifications,
  protocol,
  receiver,
  sender,
  server,
  type Chapter,
} from '../rule.js';

const forExtensions = nobody('binds the authors of extensions');

/** Section 8: extensions. */
export const extensionClauses = {
  'draft-06/8/client-may-request': client.may('A client may request extensions.'),
  'draft-06/8/server-may-accept': server.may(
    'A server may accept some or all of the extensions that the client requested.',
  ),
  'draft-06/8/no-unrequested-extension': server.mustNot(
    'A server does not respond with an extension that the client did not request.',
  ),
  'draft-06/8/parameters-by-extension': endpoint.must(
    'Parameters of an extension are chosen as the specification of that extension says.',
  ),
} as const satisfies Chapter;

/** Section 8.1: how extensions are negotiated. */
export const negotiationClauses = {
  'draft-06/8.1/requested-by-header': client.definition(
    'A client requests extensions with a Sec-WebSocket-Extensions header field.',
  ),
  'draft-06/8.1/http-header-rules': endpoint.definition(
    'Sec-WebSocket-Extensions follows the rules of RFC 2616 for header fields.',
  ),
  'draft-06/8.1/list-grammar': endpoint.definition(
    'The value of Sec-WebSocket-Extensions is what the ABNF of this section describes.',
  ),
  'draft-06/8.1/extension-list': endpoint.definition('In the grammar a list has one or more extensions.'),
  'draft-06/8.1/extension': endpoint.definition(
    'In the grammar an extension is an extension token and any number of parameters, each behind a semicolon.',
  ),
  'draft-06/8.1/extension-token': endpoint.definition(
    'In the grammar an extension token is a registered token or a token for private use.',
  ),
  'draft-06/8.1/registered-token': endpoint.definition('In the grammar a registered token is a token.'),
  'draft-06/8.1/private-use-token': endpoint.definition('In the grammar a token for private use is "x-" and a token.'),
  'draft-06/8.1/extension-param': endpoint.definition(
    'In the grammar a parameter is a token, alone or with an equals sign and a value that is a token or a quoted string.',
  ),
  'draft-06/8.1/may-be-split': sender.may('The header field may be split over several lines or combined into one.'),
  'draft-06/8.1/split-equals-combined': receiver.definition(
    'The header field split over several lines means the same as the values in one line.',
  ),
  'draft-06/8.1/registered-or-private': endpoint.must('An extension token is registered or begins with "x-".'),
  'draft-06/8.1/parameters-defined': endpoint.must('Only parameters that the extension defines are supplied with it.'),
  'draft-06/8.1/client-only-offers': client.definition(
    'The client no more than offers to use the extensions it names.',
  ),
  'draft-06/8.1/only-if-accepted': client.mustNot(
    'The client does not use an extension that the server did not accept.',
  ),
  'draft-06/8.1/order-is-significant': endpoint.definition('The order of extensions matters.'),
  'draft-06/8.1/interactions-defined': otherSpecifications.may(
    'The documents that define extensions may define how these act on each other.',
    forExtensions,
  ),
  'draft-06/8.1/order-is-preference': client.definition(
    'Where no document says how extensions act on each other, their order in the request is the order of preference of the client.',
  ),
  'draft-06/8.1/response-is-in-use': server.definition('The extensions in the response are those in use.'),
  'draft-06/8.1/order-of-operations': endpoint.should(
    'Extensions operate on the data in the order of the response: for "foo, bar", bar works on the result of foo.',
  ),
  'draft-06/8.1/accepted-by-header': server.definition(
    'A server accepts extensions with a Sec-WebSocket-Extensions header field that names one or more of those requested.',
  ),
  'draft-06/8.1/parameters-read-by-extension': otherSpecifications.definition(
    'Each extension defines what its parameters mean.',
    forExtensions,
  ),
  'draft-06/8.1/valid-answer-by-extension': otherSpecifications.definition(
    'Each extension defines which answer to which parameters is valid.',
    forExtensions,
  ),
} as const satisfies Chapter;

/** Sections 8.2 and 8.2.1: the one known extension, "deflate-stream". */
export const compressionClauses = {
  'draft-06/8.2/known-extensions': protocol.definition('The section defines the meaning of well-known extensions.'),
  'draft-06/8.2/others-allowed': endpoint.may('An implementation may use extensions that are defined elsewhere.'),
  'draft-06/8.2.1/token': endpoint.definition('The registered token of the compression extension is "deflate-stream".'),
  'draft-06/8.2.1/no-extension-data': sender.definition('The compression extension has no extension data.'),
  'draft-06/8.2.1/no-reserved-bits': sender.definition(
    'The compression extension uses no reserved bit and no reserved opcode.',
  ),
  'draft-06/8.2.1/all-bytes-deflated': sender.must(
    'A sender that uses the compression extension encodes all bytes after the opening handshake by RFC 1951.',
  ),
  'draft-06/8.2.1/control-messages-too': sender.must('Control messages are compressed like data messages.'),
  'draft-06/8.2.1/blocks-of-both-kinds': sender.may(
    'The stream may have several blocks, compressed and uncompressed, as RFC 1951 defines them.',
  ),
  'draft-06/8.2.1/not-delayed': sender.mustNot(
    'A sender holds back no part of a message because its encoding does not end at a byte.',
  ),
  'draft-06/8.2.1/messages-may-share-byte': sender.may(
    'The encodings of adjacent messages may meet in one byte if nothing is delayed by it.',
  ),
} as const satisfies Chapter;
