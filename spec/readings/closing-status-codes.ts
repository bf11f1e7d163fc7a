import type { Reading } from './reading.js';

/** Section 7.4: status codes and the text behind them. */
export const statusCodeReadings: readonly Reading[] = [
  {
    number: 'R-732',
    question: 'Is it a fault to give a defined status code that does not fit the cause?',
    clauses: ['draft-06/7.4.1/defined-codes', 'draft-06/7.4.1/1000-normal', 'draft-06/7.4/reason-undefined'],
    options: {
      noted: 'It is not; what was given is noted.',
      fault: 'It is, for each code has a meaning.',
    },
    chosen: 'noted',
    because: 'Endpoints may use the codes and need not, and the cause is known to the sender alone.',
    later: 'RFC 6455 section 7.4 still leaves the reaction undefined.',
    changes: 'verdict',
  },
  {
    number: 'R-733',
    question: 'May an endpoint send a code that is reserved for extensions while none is in use?',
    clauses: ['draft-06/7.4.2/2000-2999-extensions', 'draft-06/7.4.2/1000-1999-protocol'],
    options: {
      noted: 'It may as far as a receiver can tell, and it is noted.',
      fault: 'It may not, for reserved is reserved.',
    },
    chosen: 'noted',
    because: 'The range is given by a sentence without a key word, and no list of such codes exists.',
    later: 'RFC 6455 section 7.4.2 joins this range to the one below and asks for public specifications.',
    changes: 'verdict',
  },
  {
    number: 'R-734',
    question:
      'Are the codes from 3000 to 3999 forbidden to applications, as their range says, when no receiver can tell an application from a library?',
    clauses: ['draft-06/7.4.2/3000-3999-not-applications', 'draft-06/7.4.2/3000-3999-libraries'],
    options: {
      unseen: 'They are, but a received Close shows nothing of it.',
      'by-program': 'A program that links no library may not send them.',
    },
    chosen: 'unseen',
    because: 'Both speak through the same endpoint.',
    later: 'RFC 6455 section 7.4.2 opens the range to applications, by registration.',
    changes: 'verdict',
  },
  {
    number: 'R-738',
    question: 'Is the reason in a Close meant for people, and in which language?',
    clauses: ['draft-06/4.5.1/reason-undefined', 'draft-06/7.4/optional-parts'],
    options: {
      unknown: 'It is data whose meaning is left open, and it is shown as such.',
      'for-people': 'It is a message to the user, as "textual message" suggests.',
    },
    chosen: 'unknown',
    because: 'Its interpretation is expressly not defined.',
    later: 'RFC 6455 section 5.5.1 forbids clients to show it to end users.',
    changes: 'nothing',
  },
];
