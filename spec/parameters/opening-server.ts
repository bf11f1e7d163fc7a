import type { Reading } from '../readings/reading.js';

/** Readings of section 5.2 that are parameters of the model: what a server reads, refuses and answers. */
export const openingServerParameters = {
  requestWithoutSign: {
    number: 'R-572',
    question: 'Is a request without any sign of WebSocket a handshake that does not match, or plain HTTP?',
    clauses: ['draft-06/5.2.1/abort-on-mismatch', 'draft-06/5.2.1/client-starts', 'draft-06/5.1/upgrade'],
    options: {
      http: 'It is plain HTTP and is answered as such.',
      abort: 'It is aborted.',
    },
    chosen: 'http',
    because:
      'Section 5.2.1 begins with a client that starts a WebSocket connection, and one port is meant to serve both.',
    later: 'RFC 6455 section 4.2.1 asks for an HTTP response with an error code.',
    changes: 'behaviour',
  },
  malformedOptionalField: {
    number: 'R-573',
    question: 'Does a server abort when an optional header field is malformed?',
    clauses: [
      'draft-06/5.2.1/abort-on-mismatch',
      'draft-06/5.2.1/subprotocols-optional',
      'draft-06/5.2.1/extensions-optional',
    ],
    options: {
      abort: 'It does, for a field that is there has to be as described.',
      ignore: 'It goes on as if the field were absent.',
    },
    chosen: 'abort',
    because: 'Optional is that the field is there, not what it says.',
    later: 'RFC 6455 section 4.2.1 counts every violation of a grammar as a mismatch.',
    changes: 'verdict',
  },
  versionCheck: {
    number: 'R-576',
    question: 'Is the version looked at before the other parts of a request?',
    clauses: ['draft-06/5.2.2/version-not-understood', 'draft-06/5.2.1/abort-on-mismatch', 'draft-06/5.2.1/version'],
    options: {
      first: 'It is, right behind the request line and Host.',
      'in-order': 'It is looked at in its place in the list.',
    },
    chosen: 'first',
    because:
      'Another version may say all the rest in another way, so that only the refusal of the version tells the client something.',
    later: 'RFC 6455 is silent too.',
    changes: 'behaviour',
  },
  otherVersions: {
    number: 'R-577',
    question: 'May a server that understands other versions accept them, while its list has the value 6 alone?',
    clauses: ['draft-06/5.2.1/version', 'draft-06/5.2.2/version-not-understood'],
    options: {
      may: 'It may, and is then judged by another text.',
      abort: 'It aborts every version but 6.',
    },
    chosen: 'may',
    because: 'Section 5.2.2 aborts what the server does not understand, and leaves room for what it does.',
    later: 'RFC 6455 section 4.2.1 kept both sentences with 13.',
    changes: 'verdict',
  },
  emptyOffer: {
    number: 'R-578',
    question: 'What is an empty Sec-WebSocket-Protocol or Sec-WebSocket-Extensions, which is said not to be null?',
    clauses: [
      'draft-06/5.2.2/subprotocol-empty-is-not-null',
      'draft-06/5.2.2/extensions-empty-is-not-null',
      'draft-06/5.1/subprotocol-grammar',
      'draft-06/8.1/extension-list',
    ],
    options: {
      malformed: 'It is malformed, for both lists have one element at least.',
      'empty-list': 'It is an offer of nothing.',
      absent: 'It is as good as absent.',
    },
    chosen: 'malformed',
    because: 'The text denies that it is null and the grammar that it is a list.',
    later: 'RFC 6455 section 4.2.2 adds that the empty string is not legal for a subprotocol.',
    changes: 'verdict',
  },
  noSubprotocolSpoken: {
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
  unaskedSubprotocol: {
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
  refusalStatus: {
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
  subprotocolForm: {
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
} as const satisfies Readonly<Record<string, Reading>>;
