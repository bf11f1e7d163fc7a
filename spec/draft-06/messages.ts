import {
  client,
  clientAndServer,
  binding,
  endpoint,
  intermediary,
  local,
  nobody,
  otherSpecifications,
  protocol,
  sender,
  server,
  type Chapter,
} from '../rule.js';

const forExtensions = nobody('binds the authors of extensions');

/** Section 4.4: messages and their fragments. */
export const fragmentationClauses = {
  'draft-06/4.4/buffer-size': binding('server', 'intermediary').may(
    'A server or an intermediary may choose the size of its buffer and write a fragment whenever that is full.',
  ),
  'draft-06/4.4/unfragmented': sender.definition(
    'An unfragmented message is one frame with FIN set and an opcode other than 0.',
  ),
  'draft-06/4.4/fragmented': sender.definition(
    'A fragmented message is a frame with FIN clear and an opcode other than 0, then any number of frames with FIN clear and opcode 0, then a frame with FIN set and opcode 0.',
  ),
  'draft-06/4.4/content-is-concatenation': endpoint.definition(
    'The content of a fragmented message is the application data of its fragments, joined in order.',
  ),
  'draft-06/4.4/control-between-fragments': sender.may('Control frames may stand between the fragments of a message.'),
  'draft-06/4.4/control-not-fragmented': sender.mustNot('A control frame is not fragmented.'),
  'draft-06/4.4/any-fragment-size': sender.may(
    'The fragments of a message that is not a control frame may be of any size.',
  ),
  'draft-06/4.4/receive-both': clientAndServer.must('Both roles can receive fragmented and unfragmented messages.'),
  'draft-06/4.4/intermediary-refragments': intermediary.may(
    'An intermediary may change the fragmentation of a message whose opcode and reserved bits it knows.',
  ),
  'draft-06/4.4/first-fragment-sets-type': sender.definition(
    'All fragments of a message have the type that the opcode of the first fragment set.',
  ),
  'draft-06/4.4/one-type': sender.must(
    'The one type of all fragments of a message is text, binary or a reserved opcode.',
  ),
} as const satisfies Chapter;

/** Section 4.6: data frames. */
export const dataFrameClauses = {
  'draft-06/4.6/data-frames': endpoint.definition('Every frame that is not a control frame is a data frame.'),
  'draft-06/4.6/application-layer-data': endpoint.definition('Data frames carry the data of the application layer.'),
  'draft-06/4.6/opcode-interprets': endpoint.definition('The opcode says how the application data is to be read.'),
  'draft-06/4.6/text-is-utf-8': sender.definition('The payload data of a text message is encoded as UTF-8.'),
  'draft-06/4.6/binary-is-opaque': endpoint.definition(
    'The payload data of a binary message is arbitrary; only the application gives it a meaning.',
  ),
} as const satisfies Chapter;

/** Section 4.8: the room that frames leave for extensions. */
export const extensibilityClauses = {
  'draft-06/4.8/extensions-allowed': protocol.definition('Extensions can add capabilities to the protocol.'),
  'draft-06/4.8/extensions-negotiated': endpoint.must(
    'The endpoints negotiate every extension in use during the opening handshake.',
  ),
  'draft-06/4.8/room-for-extensions': protocol.definition(
    'Opcodes 6 to 15, RSV1 to RSV4 and the extension data are there for extensions.',
  ),
  'draft-06/4.8/negotiation-by-8.1': endpoint.definition('Section 8.1 says how extensions are negotiated.'),
  'draft-06/4.8/list-not-complete': protocol.definition(
    'The uses of extensions that the section lists neither are all nor are prescribed.',
    forExtensions,
  ),
  'draft-06/4.8/data-before-application-data': otherSpecifications.may(
    'An extension may put data into the payload in front of the application data.',
    forExtensions,
  ),
  'draft-06/4.8/reserved-bits-per-frame': otherSpecifications.may(
    'An extension can give reserved bits to the needs of each frame.',
    forExtensions,
  ),
  'draft-06/4.8/reserved-opcodes': otherSpecifications.may('An extension can define reserved opcodes.', forExtensions),
  'draft-06/4.8/wider-opcode': otherSpecifications.may(
    'An extension can add reserved bits to the opcode where it needs more values.',
    forExtensions,
  ),
  'draft-06/4.8/bits-out-of-the-payload': otherSpecifications.may(
    'An extension can take bits out of the payload for larger opcodes or more bits per frame, announced by a reserved bit or opcode.',
    forExtensions,
  ),
} as const satisfies Chapter;

/** Section 6: errors in UTF-8. */
export const utf8Clauses = {
  'draft-06/6.1/client-replaces': client.must(
    'A client reads bytes or sequences of bytes that are not valid UTF-8 as U+FFFD.',
    local('what a client makes of text is seen only by its application'),
  ),
  'draft-06/6.2/server-undefined': server.may('What a server does with bytes that are not valid UTF-8 is undefined.'),
  'draft-06/6.2/server-could': server.may(
    'A server could close the connection, replace the bytes by U+FFFD, keep them as they are or leave them to the application.',
  ),
  'draft-06/6.2/subprotocols-might-define': otherSpecifications.may(
    'A subprotocol might define what servers do with bytes that are not valid UTF-8.',
    nobody('binds the authors of subprotocols'),
  ),
} as const satisfies Chapter;
