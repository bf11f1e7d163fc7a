import type { Reading } from '../readings/reading.js';

/** Readings of sections 7.1 to 7.3 that are parameters of the model: the end of a connection. */
export const closingParameters = {
  onViolation: {
    number: 'R-701',
    question: 'What does an endpoint do when the other side breaks the framing?',
    clauses: [
      'draft-06/9/disconnect-on-bad-data',
      'draft-06/7.4.1/1002-protocol-error',
      'draft-06/7.1.4/fail-is-close',
    ],
    options: { close: 'It sends a Close with the status code, then ends TCP.', drop: 'It ends TCP at once.' },
    chosen: 'close',
    because: 'Status code 1002 exists for this, and the sentence on disconnecting does not forbid a word before it.',
    later: 'RFC 6455 section 7.1.7 recommends a Close before failing.',
    changes: 'behaviour',
  },
  closedWhen: {
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
  firstToEnd: {
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
  halfClose: {
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
  endWait: {
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
  closeWait: {
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
  lossAfterCloses: {
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
  closeAfterViolation: {
    number: 'R-719',
    question: 'Does an endpoint that closes over a violation wait for the Close of the other side?',
    clauses: [
      'draft-06/9/disconnect-on-bad-data',
      'draft-06/7.1.2/close-after-both',
      'draft-06/7.1.1/trailing-bytes-discarded',
    ],
    options: {
      no: 'It ends its direction of TCP at once and discards what comes.',
      yes: 'It completes the closing handshake.',
    },
    chosen: 'no',
    because: 'Where the framing is broken a Close cannot be told from other bytes.',
    later: 'RFC 6455 section 7.1.7 forbids to process further data then.',
    changes: 'behaviour',
  },
} as const satisfies Readonly<Record<string, Reading>>;
