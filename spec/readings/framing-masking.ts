import type { Reading } from './reading.js';

/** Section 4.2: what is masked, with which key, and how its absence shows. */
export const maskingReadings: readonly Reading[] = [
  {
    number: 'R-426',
    question: 'Is the masking key counted in the payload length, since it is contained in the frame?',
    clauses: ['draft-06/4.2/key-inside-frame', 'draft-06/4.3/payload-length-is-sum', 'draft-06/4.2/key-first'],
    options: {
      'not-counted': 'The length is that of the payload of the clear frame.',
      counted: 'The four octets belong to the length.',
    },
    chosen: 'not-counted',
    because: 'Extension data and application data make up the length, and the key is neither.',
    later: 'RFC 6455 section 5.3 says that it is not counted.',
    changes: 'nothing',
  },
  {
    number: 'R-429',
    question: 'Is the "masking-nonce" of the last sentence something other than the masking key?',
    clauses: ['draft-06/4.2/fresh-key', 'draft-06/4.2/key-unpredictable'],
    options: {
      same: 'It is the key under an older name.',
      other: 'It is a further value that the text forgot to define.',
    },
    chosen: 'same',
    because: 'The sentence gives the reason for a fresh key, and the grammar has no other field.',
    later: 'RFC 6455 section 5.3 says masking key.',
    changes: 'nothing',
  },
  {
    number: 'R-430',
    question: 'When do observed keys show that a client does not choose a fresh one for each frame?',
    clauses: ['draft-06/4.2/fresh-key', 'draft-06/4.2/key-uniform', 'draft-06/4.2/key-unpredictable'],
    options: {
      pattern: 'When they repeat or follow a pattern more often than chance can explain.',
      'one-repeat': 'When any key comes twice.',
      never: 'A finite sample shows nothing.',
    },
    chosen: 'pattern',
    because: 'A uniform choice repeats now and then, but not again and again.',
    later: 'RFC 6455 section 5.3 demands the same and is silent on evidence.',
    changes: 'verdict',
  },
  {
    number: 'R-431',
    question: 'Does a generator that was seeded from strong entropy once satisfy the demand on masking keys?',
    clauses: ['draft-06/4.2/key-strong-entropy', 'draft-06/4.2/key-unpredictable'],
    options: {
      generator: 'It does if its output cannot be predicted.',
      'each-time': 'Each key takes new entropy.',
    },
    chosen: 'generator',
    because:
      'The key has to be derived from the source, not drawn from it, and prediction is what the next half of the sentence forbids.',
    later: 'RFC 6455 section 10.3 names a cryptographically strong generator as an example.',
    changes: 'nothing',
  },
  {
    number: 'R-432',
    question: 'Must a client mask inside TLS, where no intermediary can read?',
    clauses: [
      'draft-06/4.2/client-masks-all-frames',
      'draft-06/4.1/client-frames-masked',
      'draft-06/9/client-messages-masked',
    ],
    options: {
      always: 'It masks every frame on every connection.',
      'clear-only': 'The purpose is missing inside TLS, and so is the duty.',
    },
    chosen: 'always',
    because: 'The sentence says all frames and has no exception.',
    later: 'RFC 6455 section 5.1 says that masking is done whether or not TLS is in use.',
    changes: 'verdict',
  },
  {
    number: 'R-433',
    question: 'How does a server recognize a frame that a client did not mask, in a format without a mask bit?',
    clauses: [
      'draft-06/4.2/client-masks-all-frames',
      'draft-06/4.2/mask-whole-frame',
      'draft-06/9/disconnect-on-bad-data',
    ],
    options: {
      'unmask-anyway':
        'It does not: it takes the first four octets for a key and refuses what comes out if that breaks a rule.',
      guess: 'It tests whether the octets make more sense in the clear.',
    },
    chosen: 'unmask-anyway',
    because:
      'Nothing on the wire tells the two apart, so that another rule is seen broken, most often that of reserved bits.',
    later: 'RFC 6455 section 5.1 has a mask bit and makes the server close.',
    changes: 'verdict',
  },
  {
    number: 'R-434',
    question: 'Is it a demand that frames of servers are not masked, which is said without a key word?',
    clauses: ['draft-06/4.1/server-frames-clear', 'draft-06/4.2/masked-frame'],
    options: {
      demand: 'A masked frame of a server is not the protocol.',
      description: 'A server may mask if it likes.',
    },
    chosen: 'demand',
    because: 'A client could not tell a masked frame from a clear one, and no rule makes it unmask.',
    later: 'RFC 6455 section 5.1 forbids servers to mask.',
    changes: 'verdict',
  },
];
