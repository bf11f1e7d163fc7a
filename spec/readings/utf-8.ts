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
    changes: 'nothing',
  },
];
