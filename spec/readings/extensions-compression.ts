import type { Reading } from './reading.js';

/** Section 8.2.1: the extension "deflate-stream". */
export const compressionReadings: readonly Reading[] = [
  {
    number: 'R-841',
    question: 'Is a stream compressed before or after its frames are masked?',
    clauses: [
      'draft-06/8.2.1/all-bytes-deflated',
      'draft-06/4.2/client-masks-all-frames',
      'draft-06/4.2/mask-whole-frame',
    ],
    options: {
      after: 'After: what is compressed is the stream of masked frames.',
      before: 'Before: what is masked is the compressed stream.',
    },
    chosen: 'after',
    because:
      'All bytes behind the opening handshake are encoded, keys among them, and a key is in the frame that it masks; that masked bytes hardly shrink is the price.',
    later: 'RFC 6455 section 9.2 defines no extension; RFC 7692 compresses payloads and masks afterwards.',
    changes: 'verdict',
  },
  {
    number: 'R-842',
    question: 'Has the compressed stream a header and a checksum?',
    clauses: ['draft-06/8.2.1/all-bytes-deflated', 'draft-06/8.2.1/blocks-of-both-kinds'],
    options: {
      raw: 'It has neither.',
      zlib: 'It has those of RFC 1950.',
    },
    chosen: 'raw',
    because: 'RFC 1951 alone is named, which has neither.',
    later: 'RFC 7692 uses RFC 1951 without either as well.',
    changes: 'nothing',
  },
  {
    number: 'R-843',
    question: 'How does a sender end a message whose encoding stops inside a byte, since nothing may be held back?',
    clauses: ['draft-06/8.2.1/not-delayed', 'draft-06/8.2.1/messages-may-share-byte', 'draft-06/2.1/send-may-delay'],
    options: {
      'any-flush': 'By whatever fills the byte, such as an empty stored block.',
      'next-message': 'It waits for the next message, which may begin in that byte.',
    },
    chosen: 'any-flush',
    because: 'Only a filled byte can be sent, and the demand is stronger than the leave to delay.',
    later: 'RFC 7692 section 7.2.1 ends messages with an empty stored block and leaves out its last four bytes.',
    changes: 'verdict',
  },
  {
    number: 'R-844',
    question: 'May the stream have empty blocks, and what follows a block that is marked as the last?',
    clauses: ['draft-06/8.2.1/blocks-of-both-kinds', 'draft-06/8.2.1/all-bytes-deflated'],
    options: {
      'go-on': 'It may, and behind a last block a new series of blocks begins.',
      'never-last': 'It may, but no block is marked as the last while the connection lives.',
      'no-empty': 'It may not have empty blocks.',
    },
    chosen: 'go-on',
    because:
      'Several blocks of both kinds are allowed without a bound, and nothing ends compression before the connection.',
    later: 'RFC 7692 section 7.2.3 shows messages with empty blocks and with last blocks.',
    changes: 'verdict',
  },
  {
    number: 'R-845',
    question: 'Have both directions to be compressed once the extension is accepted?',
    clauses: ['draft-06/8.2.1/all-bytes-deflated', 'draft-06/8.1/response-is-in-use', 'draft-06/8.1/only-if-accepted'],
    options: {
      both: 'They have.',
      'each-chooses': 'A sender compresses if it uses the extension.',
    },
    chosen: 'both',
    because: 'The response names what is in use, and a receiver could not tell clear bytes from compressed ones.',
    later: 'RFC 7692 section 6 marks each compressed message by a bit.',
    changes: 'verdict',
  },
  {
    number: 'R-846',
    question: 'With which byte does the compressed stream begin in each direction?',
    clauses: [
      'draft-06/8.2.1/all-bytes-deflated',
      'draft-06/5.2.2/handshake-complete',
      'draft-06/5.1/waits-for-response',
    ],
    options: {
      'behind-own-head': 'With the first byte behind the head that this side sent.',
      'behind-both': 'With the first byte that is sent once both heads have passed.',
    },
    chosen: 'behind-own-head',
    because: 'The handshake of a side is over with its head, and the client waits for the response anyway.',
    later: 'RFC 6455 section 9.2 defines no extension.',
    changes: 'verdict',
  },
  {
    number: 'R-847',
    question:
      'In which place does an extension operate that works on the stream, when others that work on frames stand behind it in the list?',
    clauses: [
      'draft-06/8.1/order-of-operations',
      'draft-06/8.2.1/all-bytes-deflated',
      'draft-06/8.2.1/no-extension-data',
    ],
    options: {
      outermost: 'On the stream, whatever its place.',
      listed: 'In its place, on the frames as they are then.',
    },
    chosen: 'outermost',
    because: 'There are no bytes of a stream before the frames are made.',
    later: 'RFC 6455 section 9.1 kept an example in which it stands last.',
    changes: 'behaviour',
  },
];
