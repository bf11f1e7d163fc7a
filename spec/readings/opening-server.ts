import type { Reading } from './reading.js';

/** Section 5.2.1: what a server reads and refuses. */
export const openingServerReadings: readonly Reading[] = [
  {
    number: 'R-571',
    question: 'Does a server that supports encryption perform TLS on a port in the clear too?',
    clauses: ['draft-06/5.2.2/tls-handshake', 'draft-06/5.2.1/parse-request'],
    options: {
      'per-port': 'It does where the port is one for TLS.',
      always: 'It does on every connection.',
    },
    chosen: 'per-port',
    because: 'A server for both schemes could not serve "ws" otherwise.',
    later: 'RFC 6455 section 4.2.2 says so of connections on an HTTPS port.',
    changes: 'verdict',
  },
  {
    number: 'R-574',
    question: 'Which status codes may refuse a version, where any other than 200 is allowed and so 101 too?',
    clauses: ['draft-06/5.2.2/version-response', 'draft-06/5.2.2/version-not-understood', 'draft-06/5.2.2/status-101'],
    options: {
      error: 'Those that refuse, from 300 on.',
      'all-but-200': 'All but 200.',
    },
    chosen: 'error',
    because: 'A 101 accepts, and the same sentence aborts.',
    later: 'RFC 6455 section 4.2.2 asks for an error code such as 426.',
    changes: 'verdict',
  },
  {
    number: 'R-575',
    question: 'What does a client make of the versions that a refusal names?',
    clauses: ['draft-06/5.2.2/version-response', 'draft-06/5.1/status-101', 'draft-06/5.1/version-is-6'],
    options: {
      nothing: 'It fails, as with every status code but 101.',
      retry: 'It tries again with a version from the list.',
    },
    chosen: 'nothing',
    because: 'A client of this text speaks version 6 and no other.',
    later: 'RFC 6455 section 4.4 describes how a client tries again.',
    changes: 'behaviour',
  },
];
