import type { Reading } from '../readings/reading.js';

/** Readings of section 6 that are parameters of the model: text, and what is not valid UTF-8. */
export const utf8Parameters = {
  replacement: {
    number: 'R-601',
    question: 'How many U+FFFD stand for a run of bytes that is not valid UTF-8?',
    clauses: ['draft-06/6.1/client-replaces'],
    options: {
      subpart: 'One for each longest beginning of a sequence, as in the Unicode and Encoding standards.',
      byte: 'One for each byte.',
    },
    chosen: 'subpart',
    because: 'Both readings fit "bytes or sequences of bytes"; this is what platform decoders do.',
    later: 'RFC 6455 replaced the rule by failing the connection.',
    changes: 'behaviour',
  },
  serverUtf8: {
    number: 'R-602',
    question: 'What does this server do with text that is not valid UTF-8?',
    clauses: ['draft-06/6.2/server-undefined'],
    options: {
      replace: 'Bad bytes read as U+FFFD.',
      close: 'The connection is closed with 1002.',
      verbatim: 'The bytes are kept as they came.',
    },
    chosen: 'replace',
    because: 'It is the rule of the client, and it loses no connection.',
    later: 'RFC 6455 has both roles fail the connection.',
    changes: 'behaviour',
  },
  clientUtf8: {
    number: 'R-605',
    question: 'May a client close the connection over text that is not valid, instead of replacing the bad bytes?',
    clauses: ['draft-06/6.1/client-replaces', 'draft-06/7.1.4/no-other-close'],
    options: {
      no: 'It has to replace, and goes on.',
      yes: 'It may, as a server may.',
    },
    chosen: 'no',
    because: 'Section 6.1 is a "must" and gives one way, where section 6.2 gives several.',
    later: 'RFC 6455 section 8.1 has both sides fail the connection.',
    changes: 'verdict',
  },
  characterAcrossFragments: {
    number: 'R-606',
    question: 'May a character be cut by the border between two fragments?',
    clauses: ['draft-06/4.6/text-is-utf-8', 'draft-06/4.4/any-fragment-size', 'draft-06/4.4/content-is-concatenation'],
    options: {
      allow: 'It may; the message as a whole is UTF-8.',
      refuse: 'Each frame is UTF-8 for itself, since the payload data of a frame is text.',
    },
    chosen: 'allow',
    because: 'Fragments may be of any size, and an intermediary that cuts them anew need not look at characters.',
    later: 'RFC 6455 section 5.6 allows it expressly.',
    changes: 'verdict',
  },
  utf8Definition: {
    number: 'R-607',
    question: 'What is valid UTF-8, for which chapter 6 names no definition?',
    clauses: ['draft-06/6.1/client-replaces', 'draft-06/4.6/text-is-utf-8', 'draft-06/3.1/resolve-as-utf-8'],
    options: {
      'rfc-3629':
        'What RFC 3629 says: no overlong forms, no surrogates, nothing above U+10FFFF; U+0000 and noncharacters are valid.',
      lenient: 'Surrogates and longer forms count as well, as in older definitions.',
    },
    chosen: 'rfc-3629',
    because: 'It is the definition in the references, though only chapter 3 points to it.',
    later: 'RFC 6455 section 2.1 refers to RFC 3629.',
    changes: 'verdict',
  },
  byteOrderMark: {
    number: 'R-608',
    question: 'Is a byte order mark at the start of a text message part of the text?',
    clauses: ['draft-06/4.6/text-is-utf-8', 'draft-06/6.1/client-replaces'],
    options: {
      keep: 'It is a character like any other.',
      strip: 'It is removed.',
    },
    chosen: 'keep',
    because: 'No sentence lets a receiver drop anything.',
    later: 'RFC 6455 is silent too.',
    changes: 'behaviour',
  },
  loneSurrogate: {
    number: 'R-609',
    question: 'What does an endpoint send when its application gives it a lone surrogate?',
    clauses: ['draft-06/4.6/text-is-utf-8'],
    options: {
      replace: 'It sends U+FFFD in its place.',
      throw: 'It refuses to send.',
    },
    chosen: 'replace',
    because: 'The bytes have to be UTF-8, where a lone surrogate has no form, and a receiver would read one as U+FFFD.',
    later: 'RFC 6455 is silent too.',
    changes: 'behaviour',
  },
  badTextStatus: {
    number: 'R-610',
    question: 'With which status code does a server close over text that is not valid?',
    clauses: [
      'draft-06/6.2/server-could',
      'draft-06/7.4.1/1002-protocol-error',
      'draft-06/7.4.1/1003-unacceptable-data',
    ],
    options: {
      'protocol-error': 'With 1002.',
      unacceptable: 'With 1003, as for a kind of data that it cannot take.',
      none: 'Without one.',
    },
    chosen: 'protocol-error',
    because:
      'The bytes contradict what their opcode says of them, which is an error of the protocol; the kind of data is one it does take.',
    later: 'RFC 6455 section 7.4.1 has 1007 for the case.',
    changes: 'behaviour',
  },
} as const satisfies Readonly<Record<string, Reading>>;
