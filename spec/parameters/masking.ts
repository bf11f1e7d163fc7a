import type { Reading } from '../readings/reading.js';

/** Readings of section 4.2 that are parameters of the model: what is masked, and with which key. */
export const maskingParameters = {
  maskedPart: {
    number: 'R-425',
    question: 'Does the mask cover the header of a frame or its payload alone?',
    clauses: [
      'draft-06/4.2/mask-whole-frame',
      'draft-06/4.2/masked-frame',
      'draft-06/4.3/ws-frame',
      'draft-06/9/client-messages-masked',
    ],
    options: {
      'whole-frame': 'It covers all that the frame grammar describes, from FIN on.',
      payload: 'It covers the payload data.',
    },
    chosen: 'whole-frame',
    because:
      'The masked data is the clear frame, and a masked frame is nothing but key and masked data; only chapter 9 says messages.',
    later: 'RFC 6455 section 5.3 masks the payload alone.',
    changes: 'verdict',
  },
  firstMaskedOctet: {
    number: 'R-427',
    question: 'With which octet does the counting of the masking formula begin?',
    clauses: ['draft-06/4.2/octet-by-octet', 'draft-06/4.2/key-octet-index', 'draft-06/4.2/masked-octet'],
    options: {
      zero: 'The first octet of the clear frame has number 0, and so has that of the key.',
      one: 'The first octet has number 1.',
    },
    chosen: 'zero',
    because: 'A remainder of four runs from 0 to 3, and the key has just these four octets.',
    later: 'RFC 6455 section 5.3 speaks of an index too and does not say where it starts.',
    changes: 'verdict',
  },
  zeroKey: {
    number: 'R-428',
    question: 'Which 32-bit values are the "allowed" ones for a masking key?',
    clauses: ['draft-06/4.2/key-uniform', 'draft-06/4.2/masking-key', 'draft-06/4.2/key-32-bits'],
    options: {
      all: 'All of them, zero included.',
      'not-zero': 'All but zero, which does not mask.',
    },
    chosen: 'all',
    because: 'No value is forbidden anywhere, and the grammar has four octets of any value.',
    later: 'RFC 6455 section 5.3 kept the word and forbids none either.',
    changes: 'verdict',
  },
} as const satisfies Readonly<Record<string, Reading>>;
