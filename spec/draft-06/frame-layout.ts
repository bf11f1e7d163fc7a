import { endpoint, nobody, otherSpecifications, protocol, sender, type Chapter } from '../rule.js';

/** Section 4.3, the prose: what each field of a frame means. The figure above it is a diagram and not normative. */
export const frameLayoutClauses = {
  'draft-06/4.3/grammar-is-the-format': sender.definition(
    'The wire format of the data transfer is what the ABNF of this section describes.',
  ),
  'draft-06/4.3/fin-one-bit': sender.definition('FIN is one bit.'),
  'draft-06/4.3/fin': sender.definition('FIN is the first bit of the frame and marks the final fragment of a message.'),
  'draft-06/4.3/first-may-be-final': sender.may('The first fragment may be the final fragment as well.'),
  'draft-06/4.3/rsv-one-bit-each': sender.definition('RSV1, RSV2, RSV3 and RSV4 are one bit each.'),
  'draft-06/4.3/rsv-zero': sender.must(
    'RSV1 to RSV4 are 0 unless a negotiated extension gives a meaning to other values.',
  ),
  'draft-06/4.3/opcode-four-bits': sender.definition('The opcode is four bits.'),
  'draft-06/4.3/opcode': sender.definition('The opcode says how the payload data is to be read.'),
  'draft-06/4.3/length-seven-bits': sender.definition('The payload length field of the second byte is seven bits.'),
  'draft-06/4.3/length-7': sender.definition('A 7-bit payload length from 0 to 125 is the payload length itself.'),
  'draft-06/4.3/length-16': sender.definition(
    'A 7-bit payload length of 126 is followed by the payload length as a 16-bit unsigned integer.',
  ),
  'draft-06/4.3/length-63': sender.definition(
    'A 7-bit payload length of 127 is followed by the payload length as a 64-bit unsigned integer.',
  ),
  'draft-06/4.3/length-high-bit-zero': sender.must('The highest bit of a 64-bit payload length is 0.'),
  'draft-06/4.3/network-byte-order': sender.definition('A payload length of several octets is in network byte order.'),
  'draft-06/4.3/payload-length-is-sum': sender.definition(
    'The payload length counts the extension data and the application data together.',
  ),
  'draft-06/4.3/extension-data-may-be-empty': sender.may('The extension data may have the length zero.'),
  'draft-06/4.3/length-without-extension-data': sender.definition(
    'Where there is no extension data the payload length is the length of the application data.',
  ),
  'draft-06/4.3/no-extension-data': sender.definition(
    'There is no extension data unless a reserved bit or reserved opcode in the frame announces it.',
  ),
  'draft-06/4.3/extension-specifies-length': otherSpecifications.must(
    'An extension specifies the length of its extension data or how to compute it.',
    nobody('binds the authors of extensions'),
  ),
  'draft-06/4.3/extension-negotiated': endpoint.must(
    'Extension data is used only by extensions negotiated in the opening handshake.',
  ),
  'draft-06/4.3/extension-data-counted': sender.definition(
    'Extension data that is present is part of the total payload length.',
  ),
  'draft-06/4.3/application-data-arbitrary': sender.definition('The application data is arbitrary.'),
  'draft-06/4.3/application-data-rest': sender.definition(
    'The application data is what is left of the frame behind the extension data.',
  ),
  'draft-06/4.3/application-data-length': sender.definition(
    'The length of the application data is the payload length less the length of the extension data.',
  ),
} as const satisfies Chapter;

/** Section 4.3, the ABNF: one clause for each production and for each alternative that has a meaning of its own. */
export const frameGrammarClauses = {
  'draft-06/4.3/ws-frame': sender.definition(
    'A frame is FIN, RSV1, RSV2, RSV3, opcode, RSV4, length, extension data and application data, in this order.',
  ),
  'draft-06/4.3/frame-fin-0': sender.definition('FIN 0 says that more frames of this message follow.'),
  'draft-06/4.3/frame-fin-1': sender.definition('FIN 1 says that this frame is the last of its message.'),
  'draft-06/4.3/frame-rsv1': sender.definition('In the grammar RSV1 is one bit of value 0.'),
  'draft-06/4.3/frame-rsv2': sender.definition('In the grammar RSV2 is one bit of value 0.'),
  'draft-06/4.3/frame-rsv3': sender.definition('In the grammar RSV3 is one bit of value 0.'),
  'draft-06/4.3/opcode-0-continuation': sender.definition('The opcode 0 is a continuation frame.'),
  'draft-06/4.3/opcode-1-close': sender.definition('The opcode 1 closes the connection.'),
  'draft-06/4.3/opcode-2-ping': sender.definition('The opcode 2 is a ping.'),
  'draft-06/4.3/opcode-3-pong': sender.definition('The opcode 3 is a pong.'),
  'draft-06/4.3/opcode-4-text': sender.definition('The opcode 4 is a text frame.'),
  'draft-06/4.3/opcode-5-binary': sender.definition('The opcode 5 is a binary frame.'),
  'draft-06/4.3/opcode-6-15-reserved': protocol.definition('The opcodes 6 to 15 are reserved.'),
  'draft-06/4.3/frame-rsv4': sender.definition(
    'In the grammar RSV4, which stands between opcode and length, is one bit of value 0.',
  ),
  'draft-06/4.3/frame-length-7': sender.definition('In the grammar a length is a value from 00 to 7D alone.'),
  'draft-06/4.3/frame-length-7e': sender.definition('In the grammar a length is else 7E and a 16-bit length.'),
  'draft-06/4.3/frame-length-7f': sender.definition('In the grammar a length is else 7F and a 63-bit length.'),
  'draft-06/4.3/frame-length-16': sender.definition('In the grammar a 16-bit length is any value from 0 to FFFF.'),
  'draft-06/4.3/frame-length-63': sender.definition(
    'In the grammar a 63-bit length is eight octets with any value from 0 to 2 to the power of 63 less 1.',
  ),
  'draft-06/4.3/frame-extension': sender.definition(
    'In the grammar extension data is any number of octets, to be defined later.',
  ),
  'draft-06/4.3/application-data': sender.definition('In the grammar application data is any number of octets.'),
} as const satisfies Chapter;
