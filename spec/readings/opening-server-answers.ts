import type { Reading } from './reading.js';

/** Section 5.2.2: what a server answers, and how long it waits. */
export const openingAnswerReadings: readonly Reading[] = [
  {
    number: 'R-579',
    question: 'Does a server accept when it speaks none of the subprotocols offered?',
    clauses: [
      'draft-06/5.2.2/subprotocol-meaning',
      'draft-06/5.2.2/subprotocol-sent',
      'draft-06/5.2.1/subprotocols-by-preference',
    ],
    options: {
      without: 'It may accept without a subprotocol, or refuse for reasons of its own.',
      refuse: 'It refuses.',
    },
    chosen: 'without',
    because: 'The value may be empty and its header field is optional.',
    later: 'RFC 6455 section 4.2.2 has it send no such header field then.',
    changes: 'behaviour',
  },
  {
    number: 'R-580',
    question:
      'May a server with a single subprotocol name it although the client did not, since selecting is asked of servers with several?',
    clauses: ['draft-06/5.2.2/subprotocol-selected', 'draft-06/5.2.2/subprotocol-sent'],
    options: {
      'only-offered': 'It names one only if it was offered.',
      'its-own': 'It may always name its own.',
    },
    chosen: 'only-offered',
    because: 'Section 10.8 has the header field confirm a choice, and an answer to no question confirms nothing.',
    later: 'RFC 6455 section 4.2.2 demands that the value be one of the client.',
    changes: 'verdict',
  },
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
    number: 'R-582',
    question: 'Which status code has the refusal of a request that does not match?',
    clauses: ['draft-06/5.2.1/abort-on-mismatch', 'draft-06/7.2.2/abort-is-close', 'draft-06/9/disconnect-on-bad-data'],
    options: {
      'any-error': 'Any that refuses; ours sends 400, and 426 for a version.',
      'only-400': '400.',
    },
    chosen: 'any-error',
    because: 'None is named, and to close without any would do as well.',
    later: 'RFC 6455 section 4.2.1 names 400 as an example.',
    changes: 'verdict',
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
    number: 'R-586',
    question:
      'Does a server check that Sec-WebSocket-Protocol has the form in 5.1, to which its own list does not point?',
    clauses: [
      'draft-06/5.2.1/parts-of-the-request',
      'draft-06/5.1/subprotocol-grammar',
      'draft-06/5.1/subprotocols-unique',
    ],
    options: {
      check: 'It does, repeated names included.',
      lenient: 'It takes what it can find between the commas.',
    },
    chosen: 'check',
    because: 'What a client must not send does not match the description of the handshake.',
    later: 'RFC 6455 section 4.2.1 includes the grammars of the parts.',
    changes: 'behaviour',
  },
];
