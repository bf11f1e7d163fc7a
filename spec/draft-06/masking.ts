import { client, endpoint, local, protocol, sender, server, type Chapter } from '../rule.js';

/** Section 4.1: framing in outline. */
export const framingClauses = {
  'draft-06/4.1/sequence-of-frames': endpoint.definition('Data is transmitted as a sequence of frames.'),
  'draft-06/4.1/client-frames-masked': client.definition('Frames from client to server are masked.'),
  'draft-06/4.1/server-frames-clear': server.definition('Frames from server to client are not masked.'),
  'draft-06/4.1/parts-of-a-frame': sender.definition(
    'A frame has a type given by its opcode, a payload length, and places for extension data and application data.',
  ),
  'draft-06/4.1/payload-data': sender.definition('Extension data and application data together are the payload data.'),
  'draft-06/4.1/reserved-for-expansion': protocol.definition(
    'Some bits and some opcodes are reserved for later expansion of the protocol.',
  ),
  'draft-06/4.1/reserved-bits-zero': sender.must('Without a negotiated extension every reserved bit is 0.'),
  'draft-06/4.1/reserved-opcodes-unused': sender.mustNot(
    'Without a negotiated extension the reserved opcodes are not used.',
  ),
  'draft-06/4.1/data-while-open': endpoint.may(
    'Either endpoint may send data frames at any time after the opening handshake and before its own Close.',
  ),
} as const satisfies Chapter;

/** Section 4.2: how the client masks its frames. */
export const maskingClauses = {
  'draft-06/4.2/client-masks-all-frames': client.must('The client masks every frame that it sends.'),
  'draft-06/4.2/key-inside-frame': client.definition('The masking key is wholly contained in the frame that it masks.'),
  'draft-06/4.2/key-32-bits': client.definition('The masking key is a value of 32 bits.'),
  'draft-06/4.2/key-chosen-by-client': client.definition('The client chooses the masking key at random.'),
  'draft-06/4.2/key-strong-entropy': client.must(
    'The masking key comes from a strong source of entropy.',
    local('the quality of a source of entropy cannot be read off a finite sample'),
  ),
  'draft-06/4.2/key-unpredictable': client.mustNot(
    'The masking key of one frame does not make that of a later frame easy to predict.',
  ),
  'draft-06/4.2/masked-frame': client.definition('In the grammar a masked frame is a masking key, then masked data.'),
  'draft-06/4.2/masking-key': client.definition('In the grammar a masking key is four full octets.'),
  'draft-06/4.2/masked-data': client.definition('In the grammar masked data is any number of full octets.'),
  'draft-06/4.2/full-octet': client.definition('In the grammar a full octet is any value from 00 to FF.'),
  'draft-06/4.2/key-first': client.definition(
    'A masked frame is the four octets of the masking key followed by the masked data.',
  ),
  'draft-06/4.2/mask-whole-frame': client.definition(
    'The masked data is the whole clear frame, header included, put through an exclusive-or cipher.',
  ),
  'draft-06/4.2/octet-by-octet': client.definition(
    'Octet i of the masked data is octet i of the clear frame combined by exclusive or with octet i mod 4 of the key.',
  ),
  'draft-06/4.2/key-octet-index': client.definition('The formula takes j as i mod 4.'),
  'draft-06/4.2/masked-octet': client.definition(
    'By the formula masked octet i is clear octet i, exclusive or, octet j of the masking key.',
  ),
  'draft-06/4.2/fresh-key': client.must('For each frame the client picks a fresh masking key.'),
  'draft-06/4.2/key-uniform': client.must(
    'The masking key is picked uniformly at random from all values of 32 bits.',
    local('a distribution cannot be read off a finite sample'),
  ),
} as const satisfies Chapter;
