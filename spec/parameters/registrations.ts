import type { Reading } from '../readings/reading.js';

/** Readings of chapters 9 and 10 that are parameters of the model. */
export const registrationParameters = {
  originOfResponse: {
    number: 'R-903',
    question: 'Does a client compare the Sec-WebSocket-Origin of a response with its own?',
    clauses: ['draft-06/10.7/lets-clients-verify', 'draft-06/5.1/response-validated'],
    options: {
      no: 'It does not look at it.',
      'fail-if-other': 'It fails if the value is another than its own.',
      'fail-if-absent': 'It fails if there is none, too.',
    },
    chosen: 'no',
    because: 'The list of checks has none of it, and a registration only tells what the field makes possible.',
    later: 'RFC 6455 has no such field in responses.',
    changes: 'behaviour',
  },
  versionInRefusal: {
    number: 'R-1003',
    question: 'May a server send Sec-WebSocket-Version, which the registration has go from client to server?',
    clauses: ['draft-06/10.9/from-client', 'draft-06/5.2.2/version-response'],
    options: {
      'in-refusals': 'It may in the refusal of a version.',
      never: 'It may not.',
    },
    chosen: 'in-refusals',
    because: 'Section 5.2.2 allows just that.',
    later: 'RFC 6455 section 11.3.5 names both directions.',
    changes: 'verdict',
  },
} as const satisfies Readonly<Record<string, Reading>>;
