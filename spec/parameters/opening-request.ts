import type { Reading } from '../readings/reading.js';

/** Readings of section 5.1 that are parameters of the model: what a client may write into its request. */
export const openingRequestParameters = {
  httpVersionOfRequest: {
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
  absoluteRequestUri: {
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
  hostOfAbsoluteUri: {
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
  upgradeCaseOfRequest: {
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
  upgradeListOfRequest: {
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
  spareKeyBits: {
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
  keyAlphabet: {
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
  originCapitals: {
    number: 'R-539',
    question: 'Does a server accept a Sec-WebSocket-Origin with capitals, which no client may send?',
    clauses: ['draft-06/5.1/origin-no-capitals', 'draft-06/5.2.1/origin-optional', 'draft-06/5.2.2/origin-form'],
    options: {
      lower: 'It does, and reads it in lower case.',
      abort: 'It aborts, since the request is not as described.',
    },
    chosen: 'lower',
    because: 'The list for servers asks for nothing about the value, and the next section converts it.',
    later: 'RFC 6455 section 4.2.2 still says that the origin is converted to lower case.',
    changes: 'verdict',
  },
  versionForm: {
    number: 'R-541',
    question: 'Is the value of Sec-WebSocket-Version a text or a number?',
    clauses: ['draft-06/5.1/version-is-6', 'draft-06/5.2.1/version'],
    options: {
      text: 'It is the one character 6.',
      number: '06 is the same version.',
      list: 'A list that has 6 in it will do as well.',
    },
    chosen: 'text',
    because: 'No grammar is given, and with one digit there is nothing to interpret.',
    later: 'RFC 6455 section 4.3 gives a grammar without zeros in front.',
    changes: 'verdict',
  },
  subprotocolWithSpace: {
    number: 'R-542',
    question:
      'Which holds for a subprotocol in quotes with a space in it, which the grammar allows and the characters forbid?',
    clauses: ['draft-06/5.1/subprotocol-characters', 'draft-06/5.1/subprotocol-grammar'],
    options: {
      characters: 'It is not allowed; quotes only admit separators.',
      grammar: 'It is allowed, as the name with spaces in section 1.9 would need.',
    },
    chosen: 'characters',
    because: 'Both are demands, and only names that keep both break neither.',
    later: 'RFC 6455 section 4.1 allows tokens only, and its section 1.9 has another example.',
    changes: 'verdict',
  },
  subprotocolQuotes: {
    number: 'R-543',
    question: 'Are the quotes part of a subprotocol that is written in quotes?',
    clauses: [
      'draft-06/5.1/subprotocol-grammar',
      'draft-06/5.1/subprotocols-unique',
      'draft-06/5.2.2/subprotocol-selected',
    ],
    options: {
      'not-part': 'They are not, and "chat" with quotes is chat without.',
      part: 'They are, so that both are different names.',
    },
    chosen: 'not-part',
    because: 'The characters that are allowed are those of the elements, and a quoted string means what it encloses.',
    later: 'RFC 6455 section 4.1 allows tokens only.',
    changes: 'verdict',
  },
  subprotocolCase: {
    number: 'R-544',
    question: 'Does the case of subprotocols matter when they are compared?',
    clauses: [
      'draft-06/5.1/subprotocols-unique',
      'draft-06/5.2.2/subprotocol-selected',
      'draft-06/2.1/ascii-case-insensitive',
    ],
    options: {
      matters: 'It does.',
      none: 'It does not.',
    },
    chosen: 'matters',
    because: 'Where the text wants no case it says so.',
    later: 'RFC 6455 is silent too.',
    changes: 'verdict',
  },
} as const satisfies Readonly<Record<string, Reading>>;
