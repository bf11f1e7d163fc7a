import type { Reading } from '../readings/reading.js';

/** Readings of section 4 that are parameters of the model: frames, fragments and control frames. */
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
  orphanContinuation: {
    number: 'R-402',
    question: 'What does a receiver do with a continuation frame when no message is open?',
    clauses: ['draft-06/4.4/fragmented', 'draft-06/4.4/unfragmented'],
    options: { refuse: 'It is a violation.', ignore: 'The frame is dropped without a word.' },
    chosen: 'refuse',
    because: 'The two forms of a message are defined completely, and neither begins with opcode 0.',
    later: 'RFC 6455 does not name the case; common practice is to fail the connection.',
    changes: 'verdict',
  },
  interleavedMessage: {
    number: 'R-403',
    question: 'What does a receiver do with a new data frame while a fragmented message is open?',
    clauses: ['draft-06/4.4/fragmented', 'draft-06/4.4/one-type'],
    options: { refuse: 'It is a violation.', abandon: 'The open message is dropped and the new one begins.' },
    chosen: 'refuse',
    because:
      'Between the first and the last fragment the definition has room for continuation and control frames only.',
    later: 'RFC 6455 section 5.4 forbids interleaving unless an extension interprets it.',
    changes: 'verdict',
  },
  pongAfterClose: {
    number: 'R-404',
    question: 'Is a Ping still answered after the endpoint has sent its Close and before the other Close has come?',
    clauses: ['draft-06/4.5.2/ping-answered', 'draft-06/4.5.1/no-data-after-close'],
    options: { answer: 'It is answered.', ignore: 'It is read and discarded.' },
    chosen: 'answer',
    because: 'The duty to answer has no exception, and only data messages are forbidden after a Close.',
    later: 'RFC 6455 section 5.5.2 excuses an endpoint only once it has received a Close.',
    changes: 'verdict',
  },
  closeReasonUtf8: {
    number: 'R-405',
    question: 'What becomes of a Close whose reason is not valid UTF-8?',
    clauses: ['draft-06/4.5.1/body-may-have-reason', 'draft-06/6.1/client-replaces', 'draft-06/6.2/server-undefined'],
    options: { replace: 'The bad bytes read as U+FFFD.', refuse: 'It is a violation.' },
    chosen: 'replace',
    because: 'Section 6.1 replaces wherever a client reads UTF-8, and section 6.2 leaves the server free.',
    later: 'RFC 6455 section 8.1 fails the connection on invalid UTF-8 wherever it is interpreted.',
    changes: 'verdict',
  },
} as const satisfies Readonly<Record<string, Reading>>;
