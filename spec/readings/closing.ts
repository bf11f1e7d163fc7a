import type { Reading } from './reading.js';

/** Section 7.1: when a connection is closed, who ends it, and what counts as clean. */
export const closingReadings: readonly Reading[] = [
  {
    number: 'R-711',
    question: 'When is a connection closed, with both Closes or with TCP?',
    clauses: ['draft-06/7.1.3/closed', 'draft-06/4.5.1/closed-after-both', 'draft-06/7.1.2/close-after-both'],
    options: {
      tcp: 'When TCP is closed.',
      'both-closes': 'When both Closes have passed, as section 4.5.1 and the list of changes have it.',
    },
    chosen: 'tcp',
    because:
      'Section 7.1.3 defines the term, while section 4.5.1 says what an endpoint considers and then still has it end TCP.',
    later: 'RFC 6455 section 7.1.4 says TCP, and section 5.5.1 kept the other sentence.',
    changes: 'behaviour',
  },
  {
    number: 'R-712',
    question: 'Which side ends TCP first once both Closes have passed?',
    clauses: ['draft-06/4.5.1/drop-after-both', 'draft-06/7.1.2/close-after-both'],
    options: {
      either: 'Each side ends its direction as soon as it has sent and received a Close.',
      'server-first': 'The client waits for the server.',
    },
    chosen: 'either',
    because: 'The recommendation is to both alike.',
    later: 'RFC 6455 section 7.1.1 lets the server be first and the client wait.',
    changes: 'behaviour',
  },
  {
    number: 'R-713',
    question: 'What is an end of TCP in one direction worth when no Close came before it?',
    clauses: ['draft-06/7.1.3/closed', 'draft-06/7.1.1/clean-tcp-close', 'draft-06/4.5.1/close-answered'],
    options: {
      ends: 'The connection is over, and not cleanly.',
      'half-open': 'Only that direction is over, and the other may still be used.',
    },
    chosen: 'ends',
    because: 'Who has ended its direction can send neither data nor the Close that is owed.',
    later: 'RFC 6455 section 7.2.1 has a client fail when the transport is lost.',
    changes: 'verdict',
  },
  {
    number: 'R-714',
    question: 'How long does an endpoint wait for the other direction of TCP to end, discarding what comes?',
    clauses: ['draft-06/7.1.1/trailing-bytes-discarded', 'draft-06/7.1.1/clean-tcp-close', 'draft-06/7.1.1/any-means'],
    options: {
      'own-limit': 'For a time of its own, then it destroys the connection.',
      'for-ever': 'Until the other side ends it.',
    },
    chosen: 'own-limit',
    because: 'The clean way is recommended, and any means may be taken when necessary.',
    later: 'RFC 6455 section 7.1.1 speaks of a reasonable time and gives no number.',
    changes: 'behaviour',
  },
  {
    number: 'R-715',
    question: 'How long does an endpoint wait for the Close that answers its own?',
    clauses: ['draft-06/4.5.1/close-answered', 'draft-06/7.1.1/any-means', 'draft-06/7.1.4/no-other-close'],
    options: {
      'own-limit': 'For a time of its own, then it destroys the connection.',
      'for-ever': 'Until the answer comes or TCP ends.',
    },
    chosen: 'own-limit',
    because: 'No endpoint can be held to wait for a peer that is gone.',
    later: 'RFC 6455 is silent too on that Close.',
    changes: 'behaviour',
  },
  {
    number: 'R-716',
    question: 'Is a connection clean whose TCP breaks after both Closes have passed?',
    clauses: ['draft-06/7.1.3/cleanly', 'draft-06/7.1.1/clean-tcp-close'],
    options: {
      clean: 'It is, however TCP ended.',
      unclean: 'It is not, for TCP was not closed but lost.',
    },
    chosen: 'clean',
    because: 'The definition asks for the order of the two events only.',
    later: 'RFC 6455 section 7.1.4 kept the definition.',
    changes: 'behaviour',
  },
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
    changes: 'behaviour',
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
