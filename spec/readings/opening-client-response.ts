import type { Reading } from './reading.js';

/** Section 5.1, the checks of the response, and when the connection is there. */
export const openingResponseReadings: readonly Reading[] = [
  {
    number: 'R-551',
    question: 'What does a client do with a redirection, or with a 401 or 407?',
    clauses: ['draft-06/5.1/status-101', 'draft-06/7.1.4/fail-is-close'],
    options: {
      fail: 'It fails the connection.',
      follow: 'It acts on it as HTTP has it.',
    },
    chosen: 'fail',
    because:
      'Every status code but 101 fails; section 1.3, which excepts codes with a meaning for WebSocket, names none and is not normative.',
    later: 'RFC 6455 section 4.1 has the client follow HTTP there.',
    changes: 'behaviour',
  },
  {
    number: 'R-557',
    question: 'What are the bytes behind a 101 that has Content-Length or Transfer-Encoding?',
    clauses: [
      'draft-06/5.2.2/valid-http-response',
      'draft-06/5.2.2/handshake-complete',
      'draft-06/4.1/sequence-of-frames',
    ],
    options: {
      frames: 'They are frames.',
      body: 'They are a body first.',
      fail: 'The client fails, for such a response is not valid.',
    },
    chosen: 'frames',
    because: 'A response with a status code 1xx ends with its head in HTTP.',
    later: 'RFC 7230 sections 3.3.1 and 3.3.2 forbid both header fields in a 1xx.',
    changes: 'behaviour',
  },
  {
    number: 'R-558',
    question:
      'When may a server begin to send, if the connection is established only where the client does not then fail, which no server can know?',
    clauses: ['draft-06/5.2.2/established', 'draft-06/5.2.2/server-may-send', 'draft-06/5.1/waits-for-response'],
    options: {
      'at-once': 'As soon as it has sent its opening handshake.',
      'after-client': 'After the first frame of the client.',
    },
    chosen: 'at-once',
    because: 'No sign of the success of the client is defined, and what is sent in vain does no harm.',
    later: 'RFC 6455 section 4.2.2 has the server take the connection for established with its response.',
    changes: 'verdict',
  },
  {
    number: 'R-559',
    question: 'When is the connection established for a client, of which only the section on servers speaks?',
    clauses: ['draft-06/5.2.2/established', 'draft-06/5.1/response-validated', 'draft-06/11/is-established'],
    options: {
      validated: 'When it has found the response right.',
      'same-time': 'When the server says so, before the response has come.',
    },
    chosen: 'validated',
    because: 'From then on nothing of the handshake can make it fail.',
    later: 'RFC 6455 section 4.1 says so.',
    changes: 'behaviour',
  },
];
