import type { Reading } from '../readings/reading.js';

/** Readings of sections 4.1 to 4.3 and 4.8 that are parameters of the model: the fields of a frame, and what is reserved. */
export const framingParameters = {
  nonMinimalLength: {
    number: 'R-401',
    question: 'May a payload length use a longer form than it needs?',
    clauses: ['draft-06/4.3/length-16', 'draft-06/4.3/length-63'],
    options: {
      allow: 'Every form that can carry the length is allowed.',
      refuse: 'A longer form than needed is a violation.',
    },
    chosen: 'allow',
    because: 'The grammar lets the 16-bit form start at 0 and the 63-bit form start at 0.',
    later: 'RFC 6455 section 5.2 demands the minimal number of bytes.',
    changes: 'verdict',
  },
  extensionBits: {
    number: 'R-415',
    question: 'May an extension set a reserved bit, for which the grammar has the value 0 alone?',
    clauses: [
      'draft-06/4.3/rsv-zero',
      'draft-06/4.3/frame-rsv1',
      'draft-06/4.3/frame-rsv4',
      'draft-06/4.8/reserved-bits-per-frame',
    ],
    options: {
      prose: 'It may, once negotiated.',
      grammar: 'Such bytes are no frame.',
    },
    chosen: 'prose',
    because: 'Three sections of prose leave the bits to extensions; the grammar is that of the base protocol.',
    later: 'RFC 6455 section 5.2 has both values in the grammar.',
    changes: 'verdict',
  },
  reservedBits: {
    number: 'R-417',
    question: 'What does a receiver do with a reserved bit that is set without a negotiated extension?',
    clauses: ['draft-06/4.1/reserved-bits-zero', 'draft-06/4.3/rsv-zero', 'draft-06/9/disconnect-on-bad-data'],
    options: {
      refuse: 'It is a violation.',
      ignore: 'The bit is passed over.',
    },
    chosen: 'refuse',
    because: 'The bit may change what the rest of the frame means, so it cannot be read with safety.',
    later: 'RFC 6455 section 5.2 has the receiver fail the connection.',
    changes: 'behaviour',
  },
  reservedOpcode: {
    number: 'R-418',
    question: 'What does a receiver do with a frame of a reserved opcode that no extension has defined?',
    clauses: [
      'draft-06/4.1/reserved-opcodes-unused',
      'draft-06/4.3/opcode-6-15-reserved',
      'draft-06/9/disconnect-on-bad-data',
    ],
    options: {
      refuse: 'It is a violation.',
      skip: 'The frame is passed over, for its length is known.',
    },
    chosen: 'refuse',
    because: 'It is data that the receiver does not understand, to which section 9 answers by disconnecting.',
    later: 'RFC 6455 section 5.2 has the receiver fail the connection.',
    changes: 'behaviour',
  },
  extensionData: {
    number: 'R-420',
    question: 'Can a frame have extension data without a reserved bit or opcode that announces it?',
    clauses: [
      'draft-06/4.3/no-extension-data',
      'draft-06/4.8/data-before-application-data',
      'draft-06/4.3/extension-specifies-length',
    ],
    options: {
      announced: 'It cannot.',
      'by-extension': 'The extension says which frames have some.',
    },
    chosen: 'announced',
    because: 'Section 4.3 makes the announcement a condition, while section 4.8 only lists uses.',
    later: 'RFC 6455 section 5.2 asks only that an extension has been negotiated.',
    changes: 'behaviour',
  },
  emptyFragment: {
    number: 'R-422',
    question: 'May a frame or a fragment have no payload?',
    clauses: ['draft-06/4.3/frame-length-7', 'draft-06/4.4/any-fragment-size', 'draft-06/4.3/application-data'],
    options: {
      allow: 'It may, also several in a row.',
      refuse: 'A fragment has something in it.',
    },
    chosen: 'allow',
    because: 'The length starts at 0, and fragments may be of any size.',
    later: 'RFC 6455 is silent too and has the same grammar.',
    changes: 'verdict',
  },
} as const satisfies Readonly<Record<string, Reading>>;
