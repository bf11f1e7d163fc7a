import type { Reading } from './reading.js';

/** Chapter 6: bytes that are not valid UTF-8. */
export const utf8Readings: readonly Reading[] = [
  {
    number: 'R-603',
    question: 'Which streams of bytes does a client interpret as UTF-8, so that the rule on U+FFFD applies to them?',
    clauses: ['draft-06/6.1/client-replaces', 'draft-06/4.6/text-is-utf-8', 'draft-06/4.5.1/body-may-have-reason'],
    options: {
      'text-and-reason': 'Text messages and the reason of a Close, which the text says are UTF-8.',
      messages: 'Text messages alone.',
      all: 'The heads of the opening handshake as well.',
    },
    chosen: 'text-and-reason',
    because: 'The text calls just these two UTF-8; a head is read as RFC 2616 has it.',
    later: 'RFC 6455 section 8.1 names the opening handshake too.',
    changes: 'behaviour',
  },
  {
    number: 'R-604',
    question: 'Does a sender break the text that sends a text message which is not UTF-8?',
    clauses: ['draft-06/4.6/text-is-utf-8', 'draft-06/6.1/client-replaces', 'draft-06/6.2/server-undefined'],
    options: {
      breaks: 'It does, whatever receivers are told to make of it.',
      tolerated: 'It does not, for the text provides for it.',
    },
    chosen: 'breaks',
    because: 'The payload of a text frame is UTF-8 by definition, and chapter 6 stands under the heading of errors.',
    later: 'RFC 6455 section 5.6 says MUST of the whole message.',
    changes: 'verdict',
  },
  {
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
  {
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
  {
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
  {
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
  {
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
  {
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
  {
    number: 'R-611',
    question:
      'Is there any reaction of a server to invalid UTF-8 that counts against it, its behaviour being undefined?',
    clauses: ['draft-06/6.2/server-undefined', 'draft-06/6.2/server-could'],
    options: {
      none: 'There is none, and what it does is noted.',
      listed: 'Only the four reactions that the text lists are in order.',
    },
    chosen: 'none',
    because: 'The list says what a server could do, not what it has to choose from.',
    later: 'RFC 6455 section 8.1 replaced the section.',
    changes: 'verdict',
  },
  {
    number: 'R-612',
    question: 'When does a receiver tell the bad bytes, with each fragment or with the whole message?',
    clauses: ['draft-06/6.1/client-replaces', 'draft-06/4.4/content-is-concatenation'],
    options: {
      whole: 'With the whole message, unless it is going to refuse.',
      'at-once': 'With the first byte that cannot be right.',
    },
    chosen: 'whole',
    because: 'Replacing gives the same text at either time, and only a refusal gains from being early.',
    later: 'RFC 6455 is silent too.',
    changes: 'behaviour',
  },
];
