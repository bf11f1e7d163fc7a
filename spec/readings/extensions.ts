import type { Reading } from './reading.js';

/** Sections 8 and 8.1: offering and accepting extensions. */
export const extensionReadings: readonly Reading[] = [
  {
    number: 'R-808',
    question: 'What does a server do with a parameter that the extension does not define?',
    clauses: [
      'draft-06/8.1/parameters-defined',
      'draft-06/8/parameters-by-extension',
      'draft-06/5.2.1/abort-on-mismatch',
    ],
    options: {
      decline: 'It goes on without the extension.',
      abort: 'It aborts, for the client broke a demand.',
    },
    chosen: 'decline',
    because: 'What answers are valid is for the extension to say, and the server may always decline.',
    later: 'RFC 6455 is silent too; RFC 7692 section 7.1 declines.',
    changes: 'behaviour',
  },
  {
    number: 'R-809',
    question: 'In which order does a receiver undo "foo, bar", of which only the sending is described?',
    clauses: ['draft-06/8.1/order-of-operations', 'draft-06/8.1/order-is-significant'],
    options: {
      reverse: 'The last one, bar, is undone first.',
      same: 'The first one, foo, is undone first.',
    },
    chosen: 'reverse',
    because: 'The sender works on bar(foo(data)), and what was done last lies outermost.',
    later: 'RFC 6455 section 9.1 kept the one direction.',
    changes: 'behaviour',
  },
  {
    number: 'R-812',
    question: 'Does a client that needs an extension go on when the server declines it?',
    clauses: ['draft-06/8.1/client-only-offers', 'draft-06/8/server-may-accept', 'draft-06/7.1.4/no-other-close'],
    options: {
      'go-on': 'It goes on without, unless its application closes.',
      fail: 'It fails the connection.',
    },
    chosen: 'go-on',
    because: 'Offering is all that a client does, and failing is not provided for.',
    later: 'RFC 6455 section 7.4.1 has 1010 for the case.',
    changes: 'behaviour',
  },
];
