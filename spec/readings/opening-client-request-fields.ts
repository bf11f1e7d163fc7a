import type { Reading } from './reading.js';

/** Section 5.1, the second list: origin, version, subprotocols and whatever else a request may have. */
export const requestFieldReadings: readonly Reading[] = [
  {
    number: 'R-537',
    question: 'Can one Sec-WebSocket-Origin name several origins, as the draft that it cites lets a header field do?',
    clauses: [
      'draft-06/5.1/origin-ascii-serialization',
      'draft-06/5.2.2/origin-meaning',
      'draft-06/5.2.1/origin-optional',
    ],
    options: {
      opaque: 'The value is handed on as it is, and nobody takes it apart.',
      single: 'There is one origin and no space.',
      list: 'Origins stand behind each other with spaces between.',
    },
    chosen: 'opaque',
    because:
      'The sentence says the serialization of one origin, but no server is told to look inside; what is neither one nor a list no client may send.',
    later: 'RFC 6455 leaves the form of Origin to RFC 6454, which has such a list.',
    changes: 'behaviour',
  },
  {
    number: 'R-538',
    question: 'What does a browser send for code whose origin has no serialization?',
    clauses: ['draft-06/5.1/origin-from-browser', 'draft-06/5.1/origin-ascii-serialization'],
    options: {
      'null-word': 'It sends the word "null".',
      'leave-out': 'It sends no such header field.',
    },
    chosen: 'null-word',
    because: 'Every browser has to send the field, and the ASCII serialization of such an origin is that word.',
    later: 'RFC 6454 section 6.2 says so for Origin.',
    changes: 'verdict',
  },
  {
    number: 'R-540',
    question:
      'May a client that is not a browser send Sec-WebSocket-Origin although its semantics do not match those of one?',
    clauses: ['draft-06/5.1/origin-from-others', 'draft-06/9/origin-can-be-false'],
    options: {
      free: 'It may, for nobody can tell.',
      no: 'The leave is bound to that condition.',
    },
    chosen: 'free',
    because: 'The condition is about what a client is, and chapter 9 reckons with false origins.',
    later: 'RFC 6455 section 4.1 kept the condition.',
    changes: 'nothing',
  },
  {
    number: 'R-545',
    question: 'Is a server bound by the order of preference, of which only the list for servers speaks?',
    clauses: [
      'draft-06/5.2.1/subprotocols-by-preference',
      'draft-06/5.2.2/subprotocol-selected',
      'draft-06/5.1/subprotocols-meaning',
    ],
    options: {
      free: 'It may choose any of them; ours takes the first that it speaks.',
      first: 'It takes the first that it speaks.',
    },
    chosen: 'free',
    because: 'Selecting one of the values is all that is asked.',
    later: 'RFC 6455 section 4.1 tells the client too that the order is one of preference, and leaves the choice free.',
    changes: 'behaviour',
  },
  {
    number: 'R-546',
    question: 'May a client send header fields that the list does not name, such as Authorization?',
    clauses: [
      'draft-06/5.1/handshake-is-upgrade',
      'draft-06/5.2.1/other-headers-optional',
      'draft-06/5.1/cookies-may-be-sent',
    ],
    options: {
      any: 'It may send any that HTTP allows.',
      listed: 'It sends those of the list and cookies.',
    },
    chosen: 'any',
    because: 'The list for servers has other header fields and has the unknown ones ignored.',
    later: 'RFC 6455 section 4.1 allows any other header field and names Authorization.',
    changes: 'verdict',
  },
  {
    number: 'R-547',
    question: 'To which URI do the cookies of a WebSocket connection belong?',
    clauses: ['draft-06/5.1/cookies-may-be-sent', 'draft-06/5.1/request-uri'],
    options: {
      'like-http': 'To the http or https URI of the same host and path.',
      'own-scheme': 'To the ws URI, so that pages share none with it.',
    },
    chosen: 'like-http',
    because: 'Cookies are there to identify a user whom the Web page knows already.',
    later: 'RFC 6455 section 4.1 refers to RFC 6265, which has no word on these schemes.',
    changes: 'behaviour',
  },
  {
    number: 'R-548',
    question: 'Does the request have a body when it has Content-Length or Transfer-Encoding?',
    clauses: [
      'draft-06/5.1/valid-http-request',
      'draft-06/5.1/waits-for-response',
      'draft-06/5.2.1/unknown-headers-ignored',
    ],
    options: {
      'early-data': 'What follows the head is data sent too early.',
      body: 'It is a body, which is read and thrown away.',
    },
    chosen: 'early-data',
    because: 'A GET has no use for a body, and the client has to wait behind its opening handshake.',
    later: 'RFC 6455 is silent too.',
    changes: 'behaviour',
  },
];
