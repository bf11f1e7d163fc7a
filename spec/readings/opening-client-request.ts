import type { Reading } from './reading.js';

/** Section 5.1, the second list: the request line, Host, Upgrade and the key. */
export const openingRequestReadings: readonly Reading[] = [
  {
    number: 'R-525',
    question: 'Which HTTP versions are at least 1.1 in a request?',
    clauses: ['draft-06/5.1/http-1.1', 'draft-06/5.2.1/get-request'],
    options: {
      'any-higher': 'Every version from 1.1 on, also 2.0 in a request line.',
      'major-1': '1.1 and higher ones of major version 1.',
      exactly: '1.1 alone.',
    },
    chosen: 'any-higher',
    because: 'Both sides of the handshake have the comparison and neither has an upper bound.',
    later: 'RFC 6455 section 4.1 kept it; RFC 7230 section 2.6 lets a recipient of another major version refuse.',
    changes: 'verdict',
  },
  {
    number: 'R-526',
    question: 'Does the SHOULD on the request line bind, which stands in a sentence that begins with "For example"?',
    clauses: ['draft-06/5.1/request-line-form', 'draft-06/2/notes-not-normative'],
    options: {
      advisory: 'It is taken for a recommendation, and another line is no fault.',
      nothing: 'It is an example and is not looked at.',
    },
    chosen: 'advisory',
    because: 'The sentence is part of a numbered demand, and to report an advisory costs nobody a failure.',
    later: 'RFC 6455 section 4.1 writes it in small letters.',
    changes: 'verdict',
  },
  {
    number: 'R-527',
    question: 'When does a Request-URI match the resource name?',
    clauses: ['draft-06/5.1/request-uri', 'draft-06/5.2.1/request-uri-is-resource-name'],
    options: {
      equal: 'When both are the same character by character.',
      equivalent: 'When both name the same resource by RFC 3986.',
    },
    chosen: 'equal',
    because: 'The client made the resource name itself and has no reason to write it in another way.',
    later: 'RFC 6455 section 4.1 still says match.',
    changes: 'verdict',
  },
  {
    number: 'R-528',
    question: 'May the Request-URI be absolute, with which scheme, and does a server take it?',
    clauses: ['draft-06/5.1/request-uri', 'draft-06/5.2.1/request-uri', 'draft-06/5.1/valid-http-request'],
    options: {
      accept: 'A server takes the path and query out of it, whatever its scheme.',
      refuse: 'It is not the resource name and is refused.',
    },
    chosen: 'accept',
    because: 'RFC 2616 makes every server accept the absolute form, and a valid HTTP request is all that is asked.',
    later: 'RFC 6455 sections 4.1 and 4.2.1 allow an absolute http or https URI.',
    changes: 'verdict',
  },
  {
    number: 'R-529',
    question: 'Which names the host when an absolute Request-URI and Host differ?',
    clauses: ['draft-06/5.2.1/host', 'draft-06/5.1/host', 'draft-06/5.2.1/request-uri'],
    options: {
      'host-field': 'The Host header field.',
      'request-uri': 'The Request-URI, as RFC 2616 says.',
      refuse: 'Neither; the request is refused.',
    },
    chosen: 'host-field',
    because: 'The list for servers names the header field as the place of the authority.',
    later: 'RFC 6455 section 4.2.1 kept the header field; RFC 7230 section 5.5 prefers the Request-URI.',
    changes: 'behaviour',
  },
  {
    number: 'R-530',
    question: 'Is Host the authority as the URI was written or as its host and port give it?',
    clauses: ['draft-06/5.1/host', 'draft-06/3.1/host-lower-case', 'draft-06/3.2/construct-port'],
    options: {
      rebuilt: 'It is the host in lower case, and the port unless it is the default one.',
      'as-written': 'It is what stood between the slashes, capitals and default port included.',
    },
    chosen: 'rebuilt',
    because:
      'Parsing keeps no authority, and a connection may come from a host and a port without any URI; a server has to take both.',
    later: 'RFC 6455 section 4.1 names host and port, the port where it is not the default.',
    changes: 'verdict',
  },
  {
    number: 'R-531',
    question: 'Is user information part of the value of Host, since an authority includes it?',
    clauses: ['draft-06/5.1/host', 'draft-06/3.1/components-or-failure'],
    options: {
      'leave-out': 'It is left out.',
      include: 'It is sent as part of the authority.',
    },
    chosen: 'leave-out',
    because: 'Parsing returns no such part, and it may be a secret.',
    later: 'RFC 6455 section 4.1 leaves it out; RFC 7230 section 5.4 says so expressly.',
    changes: 'verdict',
  },
  {
    number: 'R-532',
    question:
      'Does the case of the token in the Upgrade header field of a request matter, which is written "websocket" here and "WebSocket" there?',
    clauses: ['draft-06/5.1/upgrade', 'draft-06/10.3/token', 'draft-06/5.1/response-upgrade'],
    options: {
      'any-case': 'It does not.',
      lower: 'The value is equal to the word in small letters.',
    },
    chosen: 'any-case',
    because: 'Tokens of Upgrade have no case in HTTP, and the check of the response says so expressly.',
    later: 'RFC 6455 section 4.2.1 compares without case.',
    changes: 'verdict',
  },
  {
    number: 'R-533',
    question: 'May the Upgrade header field of a request list other protocols beside "websocket"?',
    clauses: ['draft-06/5.1/upgrade', 'draft-06/5.2.1/unknown-headers-ignored'],
    options: {
      list: 'It may, for a server that looks finds the token.',
      alone: 'The value is equal to the one word.',
    },
    chosen: 'list',
    because: 'HTTP makes Upgrade a list of offers, and no server is told to check for anything else.',
    later: 'RFC 6455 section 4.1 asks that the value include the word.',
    changes: 'verdict',
  },
  {
    number: 'R-534',
    question:
      'May the bits that the last character of the key has to spare be other than 0, as in the example, which is not the base64 of its bytes?',
    clauses: ['draft-06/5.1/key-is-16-byte-nonce', 'draft-06/5.2.1/key'],
    options: {
      allow: 'They may, for the value decodes to 16 bytes all the same.',
      refuse: 'Such a value is not what encoding yields.',
    },
    chosen: 'allow',
    because:
      'A server that refused it would refuse the only example that the section has; the right value ends in "PEA==".',
    later: 'RFC 6455 section 4.1 kept the example; RFC 4648 section 3.5 lets a decoder refuse.',
    changes: 'verdict',
  },
  {
    number: 'R-535',
    question: 'Which alphabet of RFC 3548 does the key use?',
    clauses: ['draft-06/5.1/key-is-16-byte-nonce', 'draft-06/5.2.1/key'],
    options: {
      standard: 'The one with "+" and "/", padded and without line ends.',
      'url-safe': 'The one with "-" and "_" is right too.',
    },
    chosen: 'standard',
    because: 'That alphabet is what the RFC calls base64 without a further name.',
    later: 'RFC 6455 section 4.1 names section 4 of RFC 4648, which is this alphabet.',
    changes: 'verdict',
  },
  {
    number: 'R-536',
    question: 'How random is a nonce that is "randomly selected randomly", without a word on its source?',
    clauses: [
      'draft-06/5.1/key-random-per-connection',
      'draft-06/5.1/key-is-16-byte-nonce',
      'draft-06/4.2/key-strong-entropy',
    ],
    options: {
      varies: 'It differs from connection to connection; its source may be any.',
      strong: 'It comes from a source as good as that of masking keys.',
    },
    chosen: 'varies',
    because:
      'The nonce shows that the answer is fresh and keeps no secret; the demand on entropy stands in the section on masking.',
    later: 'RFC 6455 section 4.1 removed the second "randomly" and asks no more.',
    changes: 'nothing',
  },
];
