import type { Reading } from './reading.js';

/** Section 7.1: when a connection is closed, who ends it, and what counts as clean. */
export const closingReadings: readonly Reading[] = [
  {
    number: 'R-717',
    question: 'Can a connection fail when the opening handshake is over?',
    clauses: ['draft-06/7.1.4/fail-is-close', 'draft-06/7.2.1/fail-is-close', 'draft-06/7.1.4/no-other-close'],
    options: {
      always: 'It can, wherever a client cannot go on.',
      'handshake-only': 'It cannot, since failing belongs to the opening handshake.',
    },
    chosen: 'always',
    because: 'Section 7.1.4 has no such bound, and "namely" in section 7.2.1 gives the case that occurs.',
    later: 'RFC 6455 section 7.2.1 says in particular where this text says namely.',
    changes: 'nothing',
  },
  {
    number: 'R-718',
    question:
      'Who has to act on frames that break the rules, for which chapter 4 has no sentence and chapter 9 one for servers alone?',
    clauses: ['draft-06/9/disconnect-on-bad-data', 'draft-06/4.1/reserved-bits-zero', 'draft-06/7.1.4/no-other-close'],
    options: {
      both: 'Both roles end the connection.',
      'server-only': 'Servers do, and a client decides for itself.',
      nobody: 'Chapter 9 recommends and nothing follows from it.',
    },
    chosen: 'both',
    because: 'Bytes behind such a frame cannot be read by either, and ending is always safe.',
    later: 'RFC 6455 section 10.7 speaks of endpoints, and section 5 names several failures.',
    changes: 'verdict',
  },
];
