import type { Reading } from './reading.js';

/** Chapters 1 and 2: which sentences bind, whom, and with what force. */
export const conformanceReadings: readonly Reading[] = [
  {
    number: 'R-101',
    question: 'Does the MUST of section 1.3 on status codes bind, although the section calls itself non-normative?',
    clauses: ['draft-06/2/notes-not-normative', 'draft-06/5.1/status-101'],
    options: {
      ignore: 'Chapter 1 binds nobody, whatever words it uses.',
      bind: 'A key word in capitals binds wherever it stands.',
    },
    chosen: 'ignore',
    because:
      'Section 2 takes out every section that marks itself so, and section 5.1 demands more in this matter anyway.',
    later: 'RFC 6455 section 1.3 describes the case without a key word.',
    changes: 'nothing',
  },
  {
    number: 'R-102',
    question:
      'Has a key word in small letters the force of one in capitals, in a text that says it writes none in capitals and then does?',
    clauses: [
      'draft-06/2/key-words-in-any-case',
      'draft-06/5.2.1/abort-on-mismatch',
      'draft-06/6.1/client-replaces',
      'draft-06/7.1.2/close-after-both',
    ],
    options: {
      same: 'The case of a key word does not matter.',
      capitals: 'Only a word in capitals is a key word.',
    },
    chosen: 'same',
    because: 'Section 2 says so, and without it sections 5.2.1 and 6.1 would demand next to nothing.',
    later: 'RFC 6455 section 2 drops the sentence, and nearly all of its key words are in capitals.',
    changes: 'verdict',
  },
  {
    number: 'R-103',
    question: 'Do demands on user agents bind clients that are not browsers, such as libraries?',
    clauses: ['draft-06/2/conformance-classes', 'draft-06/5.1/meets-requirements', 'draft-06/7.1.4/fail-is-close'],
    options: {
      'every-client': 'Whoever opens the connection is the user agent.',
      browsers: 'Other clients are bound only where the text says client.',
    },
    chosen: 'every-client',
    because:
      'The text changes between the two words within one list, and it has no third class in which other clients could conform.',
    later: 'RFC 6455 says client throughout.',
    changes: 'verdict',
  },
  {
    number: 'R-104',
    question:
      'Can an intermediary break the text, which grants it leave but lets only user agents and servers conform?',
    clauses: [
      'draft-06/2/conformance-classes',
      'draft-06/4.4/intermediary-refragments',
      'draft-06/5.2/server-includes-helpers',
    ],
    options: {
      endpoints: 'What an intermediary does is charged to the endpoint from whose side it comes.',
      own: 'An intermediary is judged for itself.',
    },
    chosen: 'endpoints',
    because:
      'Helpers on either side count as part of that side in chapter 5, and on the wire nobody can tell them apart.',
    later: 'RFC 6455 section 5.4 puts prohibitions on intermediaries themselves.',
    changes: 'verdict',
  },
  {
    number: 'R-105',
    question:
      'May an endpoint refuse a message for its size, although the grammar itself bounds the length at 2 to the power of 63?',
    clauses: [
      'draft-06/2/limits',
      'draft-06/4.3/length-63',
      'draft-06/4.4/receive-both',
      'draft-06/7.4.1/1004-too-large',
    ],
    options: {
      any: 'Any limit is allowed, and it is noted.',
      ample: 'A limit that ordinary messages exceed means that receiving is not supported.',
    },
    chosen: 'any',
    because:
      'A length within the grammar is as unconstrained as an input can be, status code 1004 is made for the case, and no number is given.',
    later: 'RFC 6455 section 10.4 demands that endpoints protect themselves and recommends limits.',
    changes: 'verdict',
  },
  {
    number: 'R-106',
    question: 'May what has to be sent be put off without end, since any delay of the transmission is allowed?',
    clauses: ['draft-06/2.1/send-may-delay', 'draft-06/4.5.2/ping-answered', 'draft-06/4.5.1/close-answered-soon'],
    options: {
      finite: 'It may be late but has to come, and a silence that is long enough counts as not sent.',
      endless: 'No silence ever proves that a demand was broken.',
    },
    chosen: 'finite',
    because: 'A demand to send would be empty if never were a time.',
    later: 'RFC 6455 section 2.1 kept the leave to delay.',
    changes: 'verdict',
  },
  {
    number: 'R-107',
    question:
      'How far reaches the remark that a URI need not be valid "in this section", which stands in a section that has no URI?',
    clauses: ['draft-06/2.1/uri', 'draft-06/3.1/absolute', 'draft-06/3.3/otherwise-invalid'],
    options: {
      document: 'It holds in the whole text.',
      section: 'It holds in section 2.1 and so nowhere.',
    },
    chosen: 'document',
    because: 'Chapter 3 takes in strings with errors, and can do so only with this meaning.',
    later: 'RFC 6455 section 2.1 gives the word the meaning of RFC 3986.',
    changes: 'nothing',
  },
  {
    number: 'R-108',
    question: 'Are sentences of the running text that begin with "Note that" notes, and so without force?',
    clauses: [
      'draft-06/2/notes-not-normative',
      'draft-06/8.1/only-if-accepted',
      'draft-06/8.1/may-be-split',
      'draft-06/8.1/order-is-significant',
    ],
    options: {
      bind: 'Only paragraphs that are set apart as notes are notes.',
      notes: 'Every sentence that calls itself a note is one.',
    },
    chosen: 'bind',
    because:
      'One of them has the MUST NOT that keeps a client from using an extension before it is accepted, which nothing else says.',
    later: 'RFC 6455 section 9.1 kept these sentences as they are.',
    changes: 'verdict',
  },
  {
    number: 'R-109',
    question: 'May chapter 1 decide a matter on which the normative chapters are silent?',
    clauses: ['draft-06/2/notes-not-normative', 'draft-06/4.5.1/closed-after-both', 'draft-06/5.1/response-validated'],
    options: {
      hint: 'It may tip the choice between readings, but nothing fails by it alone.',
      nothing: 'It is not looked at.',
      bind: 'Where nothing contradicts it, it holds.',
    },
    chosen: 'hint',
    because: 'It tells what the authors mean, and tells as well that it binds nobody.',
    later: 'RFC 6455 keeps the chapter, non-normative as before.',
    changes: 'verdict',
  },
  {
    number: 'R-110',
    question: 'Which of two sentences holds when both ask for the same with different force?',
    clauses: [
      'draft-06/5.2.1/abort-on-mismatch',
      'draft-06/9/disconnect-on-bad-data',
      'draft-06/5.2.2/extensions-selected',
      'draft-06/8/no-unrequested-extension',
    ],
    options: {
      stronger: 'The stronger one holds.',
      weaker: 'The weaker one shows how the stronger is meant.',
    },
    chosen: 'stronger',
    because: 'Who keeps the stronger sentence keeps both.',
    later: 'RFC 6455 still says some things twice, for example in sections 5.5.1 and 7.1.2 with MUST and SHOULD.',
    changes: 'verdict',
  },
  {
    number: 'R-111',
    question: 'Is an endpoint bound by the wire figure and the worked examples where the prose is less exact?',
    clauses: ['draft-06/2/notes-not-normative', 'draft-06/4.3/grammar-is-the-format', 'draft-06/5.1/request-line-form'],
    options: {
      no: 'Diagrams and examples only illustrate.',
      figure: 'The figure decides where prose and grammar differ.',
    },
    chosen: 'no',
    because: 'Section 2 names diagrams and examples first among what is not normative.',
    later: 'RFC 6455 section 5.2 makes its figure prevail over its grammar.',
    changes: 'nothing',
  },
];
