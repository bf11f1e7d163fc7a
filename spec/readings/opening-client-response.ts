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
    number: 'R-552',
    question: 'Does a 100 in front of the 101 make the client fail?',
    clauses: ['draft-06/5.1/status-101', 'draft-06/5.1/response-validated', 'draft-06/5.2.2/valid-http-response'],
    options: {
      fail: 'It does, for it is a status code other than 101.',
      skip: 'It is passed over, as HTTP asks of every client.',
    },
    chosen: 'fail',
    because: 'The sentence has no exception, and a server has no cause to send a 100 to a request without a body.',
    later: 'RFC 6455 leaves codes other than 101 to HTTP, where RFC 7231 section 6.2 has clients read on behind a 1xx.',
    changes: 'verdict',
  },
  {
    number: 'R-553',
    question: 'Must the response speak HTTP 1.1?',
    clauses: ['draft-06/5.2.2/valid-http-response', 'draft-06/5.1/status-101'],
    options: {
      any: 'The client does not look at the version.',
      'at-least': 'A lower version makes it fail.',
    },
    chosen: 'any',
    because: 'No check of the client names the version, though HTTP 1.0 has no status code 101.',
    later: 'RFC 6455 section 4.1 does not check it either.',
    changes: 'verdict',
  },
  {
    number: 'R-554',
    question: 'Must the Upgrade header field of the response be "websocket" alone?',
    clauses: ['draft-06/5.1/response-upgrade', 'draft-06/5.2.2/valid-http-response'],
    options: {
      alone: 'It must, and every value counts.',
      token: 'One token of a list is enough.',
    },
    chosen: 'alone',
    because: 'The sentence fails a value that is no match, and 101 names the one protocol that is spoken next.',
    later: 'RFC 6455 section 4.1 kept the sentence.',
    changes: 'verdict',
  },
  {
    number: 'R-555',
    question: 'Does a client fail when it named subprotocols and the response selects none?',
    clauses: [
      'draft-06/5.1/response-validated',
      'draft-06/5.2.2/subprotocol-sent',
      'draft-06/5.2.2/subprotocol-meaning',
    ],
    options: {
      'go-on': 'The connection goes on without a subprotocol.',
      fail: 'It fails, for section 1.9 lets a connection be established only with one.',
    },
    chosen: 'go-on',
    because: 'The response has the header field optionally, and section 1.9 is not normative.',
    later: 'RFC 6455 section 4.2.2 lets the server agree to none.',
    changes: 'verdict',
  },
  {
    number: 'R-556',
    question: 'May the response name several subprotocols, since the value is called a list?',
    clauses: [
      'draft-06/5.2.2/subprotocol-meaning',
      'draft-06/5.2.2/subprotocol-selected',
      'draft-06/5.2.2/subprotocol-sent',
    ],
    options: {
      one: 'It names one at most.',
      several: 'It may name as many as the server is ready for.',
    },
    chosen: 'one',
    because: 'The list stands for the one subprotocol in use, and a server selects one of the values.',
    later: 'RFC 6455 section 4.2.2 says a single value or null.',
    changes: 'verdict',
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
  {
    number: 'R-560',
    question: 'Does a client take frames that come in the same segment as the response?',
    clauses: ['draft-06/5.2.2/server-may-send', 'draft-06/5.1/response-validated', 'draft-06/4.1/data-while-open'],
    options: {
      take: 'It does, in their order.',
      'too-early': 'It fails, since it had not opened the connection yet.',
    },
    chosen: 'take',
    because: 'TCP has no segments for those above it, and the server may send as soon as it has answered.',
    later: 'RFC 6455 is silent too.',
    changes: 'verdict',
  },
];
