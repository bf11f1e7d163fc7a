import type { Reading } from '../readings/reading.js';

/** Readings of section 5.1 that are parameters of the model: how a client takes the response. */
export const openingResponseParameters = {
  continueResponse: {
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
  httpVersionOfResponse: {
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
  upgradeOfResponse: {
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
  noSubprotocolSelected: {
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
  severalSubprotocols: {
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
  framesWithResponse: {
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
} as const satisfies Readonly<Record<string, Reading>>;
