import type { Reading } from '../readings/reading.js';

/** Readings of section 7 that are parameters of the model: the end of a connection. */
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
  statusCode: {
    number: 'R-703',
    question: 'Which status codes may a received Close carry?',
    clauses: ['draft-06/4.5.1/body-starts-with-status', 'draft-06/7.4.2/0-999-unused'],
    options: {
      ranges: 'Those from 1000 to 4999.',
      defined: 'Those from 1000 to 1004, and from 2000 to 4999.',
      any: 'Every number.',
    },
    chosen: 'ranges',
    because:
      'The code must be one "defined in section 7.4", which names ranges up to 4999 and calls those below 1000 unused.',
    later:
      'RFC 6455 section 7.4.2 joins 1000 to 2999, keeps the other ranges and names codes that never go on the wire.',
    changes: 'verdict',
  },
} as const satisfies Readonly<Record<string, Reading>>;
