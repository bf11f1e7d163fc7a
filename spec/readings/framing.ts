import type { Reading } from './reading.js';

/** Sections 4.1 to 4.3 and 4.8: the fields of a frame, and what is reserved. */
export const framingReadings: readonly Reading[] = [
  {
    number: 'R-411',
    question: 'In what unit is the payload length, which the text never says?',
    clauses: ['draft-06/4.3/length-7', 'draft-06/4.3/application-data-rest', 'draft-06/4.3/application-data'],
    options: {
      octets: 'In octets.',
      bits: 'In bits.',
    },
    chosen: 'octets',
    because: 'The payload is a run of octets in the grammar, and the examples count octets.',
    later: 'RFC 6455 section 5.2 says bytes.',
    changes: 'nothing',
  },
  {
    number: 'R-412',
    question: 'How many bits of length follow the marker 127, of which the figure says 63 and the prose 64?',
    clauses: ['draft-06/4.3/length-63', 'draft-06/4.3/frame-length-63', 'draft-06/4.3/length-high-bit-zero'],
    options: {
      'sixty-four': 'Eight octets, of which the highest bit is 0.',
      'sixty-three': 'The 63 bits of the figure.',
    },
    chosen: 'sixty-four',
    because: 'The grammar has sixteen hexadecimal digits, and a figure is not normative.',
    later: 'RFC 6455 section 5.2 says 64 in the figure too.',
    changes: 'nothing',
  },
  {
    number: 'R-413',
    question: 'Are the terminals of the frame grammar bits or characters?',
    clauses: ['draft-06/4.3/grammar-is-the-format', 'draft-06/4.3/ws-frame', 'draft-06/4.3/frame-fin-1'],
    options: {
      bits: 'Each has as many bits as the prose gives its field.',
      octets: 'Each is an octet of its own.',
    },
    chosen: 'bits',
    because: 'Only so is FIN one bit, and the notation leaves the encoding open.',
    later: 'RFC 6455 section 5.2 explains that its grammar works on groups of bits.',
    changes: 'nothing',
  },
  {
    number: 'R-414',
    question: 'Where does a frame end, whose last two parts are any number of octets each in the grammar?',
    clauses: ['draft-06/4.3/frame-extension', 'draft-06/4.3/application-data', 'draft-06/4.3/payload-length-is-sum'],
    options: {
      'by-length': 'Where the payload length says.',
      'by-grammar': 'Nowhere; the rest of the stream belongs to it.',
    },
    chosen: 'by-length',
    because: 'Only the prose ties the length field to the parts behind it, and it does so plainly.',
    later: 'RFC 6455 section 5.2 kept a grammar without that tie.',
    changes: 'nothing',
  },
  {
    number: 'R-416',
    question: 'Do the words "must be 0" in comments of the grammar demand anything?',
    clauses: [
      'draft-06/4.3/frame-rsv1',
      'draft-06/4.3/frame-rsv2',
      'draft-06/4.3/frame-rsv3',
      'draft-06/4.3/frame-rsv4',
    ],
    options: {
      no: 'A comment explains the production beside it.',
      yes: 'Key words bind in any case and in any place.',
    },
    chosen: 'no',
    because: 'The prose has the same demand with its exception, which the comments lack.',
    later: 'RFC 6455 section 5.2 writes MUST and the exception into the comments.',
    changes: 'nothing',
  },
  {
    number: 'R-419',
    question:
      'Can an extension define a control frame, since every frame that is not a Close, Ping or Pong is a data frame?',
    clauses: ['draft-06/4.6/data-frames', 'draft-06/4.5/control-opcodes', 'draft-06/4.8/reserved-opcodes'],
    options: {
      data: 'The reserved opcodes are data frames: they may be fragmented and do not stand between fragments.',
      'by-extension': 'The extension says what its opcode is.',
    },
    chosen: 'data',
    because: 'The sentence on data frames has no exception.',
    later: 'RFC 6455 section 5.5 reserves opcodes 11 to 15 for control frames.',
    changes: 'behaviour',
  },
  {
    number: 'R-423',
    question:
      'Are the examples of a Ping and its Pong right, which are both shown in the clear although one of them comes from a client?',
    clauses: ['draft-06/4.2/client-masks-all-frames', 'draft-06/4.5.2/pong-echoes-body'],
    options: {
      'before-masking': 'They show frames before the masking.',
      exempt: 'They show that a client does not mask control frames.',
    },
    chosen: 'before-masking',
    because: 'Every frame of a client is masked, and an example cannot take that back.',
    later: 'RFC 6455 section 5.7 shows the one in the clear and the other masked.',
    changes: 'nothing',
  },
];
