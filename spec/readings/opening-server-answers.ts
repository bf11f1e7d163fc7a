import type { Reading } from './reading.js';

/** Section 5.2.2: what a server answers, and how long it waits. */
export const openingAnswerReadings: readonly Reading[] = [
  {
    number: 'R-581',
    question: 'What does a server do with a resource name that it has no service for?',
    clauses: [
      'draft-06/5.2.2/resource-name-derived',
      'draft-06/5.2.2/resource-name-meaning',
      'draft-06/9/disconnect-on-bad-data',
    ],
    options: {
      error: 'It answers with an HTTP error such as 404.',
      accept: 'It accepts, for only a server with several services derives anything from the name.',
      disconnect: 'It disconnects without a word.',
    },
    chosen: 'error',
    because: 'The port may serve HTTP too, where that is the answer, and the connection ends in any case.',
    later: 'RFC 6455 section 4.2.2 demands an error such as 404.',
    changes: 'behaviour',
  },
  {
    number: 'R-583',
    question: 'For how long does a server wait for a request that does not end?',
    clauses: ['draft-06/5.2.1/parse-request', 'draft-06/2/limits', 'draft-06/9/disconnect-on-bad-data'],
    options: {
      'own-limit': 'For a time of its own.',
      'for-ever': 'Until the client ends TCP.',
    },
    chosen: 'own-limit',
    because: 'Limits that guard against attacks are allowed.',
    later: 'RFC 6455 is silent too.',
    changes: 'behaviour',
  },
  {
    number: 'R-584',
    question: 'May the opening handshake follow other HTTP requests on the same TCP connection?',
    clauses: ['draft-06/5.1/handshake-sent', 'draft-06/5.2.1/client-starts', 'draft-06/5.1/valid-http-request'],
    options: {
      'first-only': 'It comes first; our server ends the connection behind an answer in plain HTTP.',
      'any-time': 'It may, as any request on a connection that is kept open.',
    },
    chosen: 'first-only',
    because: 'The client sends it once connected, and to close behind a response is always allowed in HTTP.',
    later: 'RFC 6455 is silent too.',
    changes: 'behaviour',
  },
  {
    number: 'R-585',
    question:
      'To what does "[server_handshake_info]" refer, from where the response takes its values and which no part of the text is called?',
    clauses: ['draft-06/5.2.2/information-established', 'draft-06/5.2.2/accept', 'draft-06/5.2.2/subprotocol-sent'],
    options: {
      'second-step': 'The second step of the same section is meant.',
      missing: 'A part of the text is missing.',
    },
    chosen: 'second-step',
    because: 'The second step has a list of just these names.',
    later: 'RFC 6455 section 4.2.2 refers to its step 4.',
    changes: 'nothing',
  },
  {
    number: 'R-591',
    question: 'Must a client put its header fields into a random order, as section 1.3 tells?',
    clauses: ['draft-06/5.1/handshake-is-upgrade', 'draft-06/2/notes-not-normative'],
    options: {
      any: 'Any order will do.',
      random: 'A fixed order is a fault.',
    },
    chosen: 'any',
    because: 'The section is not normative and adds that the order means nothing.',
    later: 'RFC 6455 section 1.3 says that the client may send them in any order.',
    changes: 'verdict',
  },
];
