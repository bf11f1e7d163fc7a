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
  {
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
  {
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
  {
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
  {
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
];
