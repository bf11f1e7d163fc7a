import type { Reading } from '../readings/reading.js';

/** Readings of section 3 and of 10.1 that are parameters of the model: hosts, and odd characters. */
export const uriCharacterParameters = {
  hostSyntax: {
    number: 'R-312',
    question: 'Is a host valid for being ASCII alone, also one with a space, a slash or a line end?',
    clauses: ['draft-06/3.3/host-ascii', 'draft-06/3.3/host-at-most-7e', 'draft-06/5.1/uri-valid'],
    options: {
      syntax: 'It must be a name or an address of RFC 3986 as well.',
      'ascii-only': 'Every ASCII text is a valid host.',
    },
    chosen: 'syntax',
    because: 'A line end in a host would write further header fields into the opening handshake.',
    later: 'RFC 6455 section 3 takes the host from RFC 3986.',
    changes: 'behaviour',
  },
  emptyHost: {
    number: 'R-313',
    question: 'Is the empty host of "ws:///chat" valid?',
    clauses: ['draft-06/3.3/host-ascii', 'draft-06/3.1/host-lower-case'],
    options: {
      refuse: 'It is not, and parsing fails.',
      allow: 'It has no character outside ASCII.',
    },
    chosen: 'refuse',
    because: 'There is nowhere to connect to, and the Host header field would be empty.',
    later: 'RFC 6455 is silent too.',
    changes: 'behaviour',
  },
  hostOutsideAscii: {
    number: 'R-314',
    question:
      'Does a client convert a host name outside ASCII, which 10.1 demands, 3.3 wants done before and 3.1 leaves out?',
    clauses: ['draft-06/3.3/host-punycode', 'draft-06/3.3/host-ascii', 'draft-06/10.1/host-by-idna'],
    options: {
      refuse: 'Whoever makes the URI converts the name; the client refuses another.',
      convert: 'The client applies ToASCII while it parses.',
    },
    chosen: 'refuse',
    because: 'Section 3.3 says "already", and the registration speaks of how such a URI comes to be written.',
    later: 'RFC 6455 section 11.1 refers to RFC 3987 for the conversion.',
    changes: 'behaviour',
  },
  strayPercent: {
    number: 'R-315',
    question: 'What becomes of a percent sign without two hexadecimal digits behind it?',
    clauses: ['draft-06/3.1/resolve', 'draft-06/3.3/resource-name-characters', 'draft-06/10.1/others-percent-encoded'],
    options: {
      keep: 'It stays as it is.',
      encode: 'It becomes %25.',
      refuse: 'Parsing fails.',
    },
    chosen: 'keep',
    because: 'It lies in the range that section 3.3 allows, and browsers leave it alone.',
    later: 'RFC 6455 section 3 demands the path and query of RFC 3986, which have no such sign.',
    changes: 'behaviour',
  },
  numberSignInName: {
    number: 'R-316',
    question:
      'Is a resource name with a number sign valid, which lies in the range but which no parsed URI can bring about?',
    clauses: ['draft-06/3.3/resource-name-characters', 'draft-06/3.1/no-fragment', 'draft-06/5.2.1/request-uri'],
    options: {
      refuse: 'It is not, and a server does not take it for a Request-URI.',
      allow: 'It is, and it is sent as it stands.',
    },
    chosen: 'refuse',
    because: 'A Request-URI of RFC 2616 has no fragment, so a valid request could not carry it.',
    later: 'RFC 6455 section 3 wants the sign escaped as %23.',
    changes: 'behaviour',
  },
  userInformation: {
    number: 'R-317',
    question: 'What does a client make of user information in front of the host?',
    clauses: ['draft-06/3.1/host-lower-case', 'draft-06/10.1/other-components'],
    options: {
      ignore: 'It is passed over.',
      fail: 'Parsing fails.',
      authenticate: 'It becomes an Authorization header field.',
    },
    chosen: 'ignore',
    because:
      'Parsing returns four things and this is none of them, though the registration gives it the meaning of RFC 3986.',
    later: 'RFC 6455 section 3 leaves it out of the grammar, while section 11.1 names the authority.',
    changes: 'behaviour',
  },
  backslash: {
    number: 'R-318',
    question: 'Is a backslash in front of the query a slash?',
    clauses: ['draft-06/3.1/resolve', 'draft-06/3.1/path'],
    options: {
      slash: 'It is, as in browsers.',
      encode: 'It is a character of the path and becomes %5C.',
      refuse: 'Parsing fails.',
    },
    chosen: 'slash',
    because: 'Were it none, one text would name different hosts to a browser and to us.',
    later: 'RFC 6455 section 3 has no room for a backslash.',
    changes: 'behaviour',
  },
  whiteSpace: {
    number: 'R-319',
    question: 'What becomes of white space around a URI and inside it?',
    clauses: ['draft-06/3.1/resolve', 'draft-06/3.1/absolute', 'draft-06/3.3/resource-name-characters'],
    options: {
      trim: 'Around it white space falls away, inside path and query it is percent-encoded.',
      strip: 'Tabs and line ends fall away inside as well.',
      refuse: 'Parsing fails.',
    },
    chosen: 'trim',
    because:
      'Resolving forgives what surrounds an address, and dropping characters inside would name another resource.',
    later: 'RFC 6455 section 3 has no room for white space.',
    changes: 'behaviour',
  },
  escapedDots: {
    number: 'R-320',
    question: 'Are dot segments removed when they are written with %2E?',
    clauses: ['draft-06/3.1/resolve', 'draft-06/3.1/path'],
    options: {
      literal: 'Only dots that are written as dots count.',
      'encoded-too': 'An escaped dot counts as well.',
    },
    chosen: 'literal',
    because: 'RFC 3986 removes segments by their text; that an escaped dot means the same is another rule of it.',
    later: 'RFC 6455 removes no segments.',
    changes: 'behaviour',
  },
  std3Hosts: {
    number: 'R-1002',
    question: 'Does UseSTD3ASCIIRules refuse an ASCII host with an underscore?',
    clauses: ['draft-06/10.1/idna-flags', 'draft-06/10.1/host-by-idna', 'draft-06/3.3/host-ascii'],
    options: {
      'converted-only': 'It does not, for only names with excluded characters are converted.',
      'every-name': 'Every host goes through ToASCII.',
    },
    chosen: 'converted-only',
    because: 'The conversion is for characters that the syntax excludes, and the syntax has the underscore.',
    later: 'RFC 6455 section 11.1 dropped the flags.',
    changes: 'behaviour',
  },
} as const satisfies Readonly<Record<string, Reading>>;
