import type { Reading } from '../readings/reading.js';

/** Readings of section 8.1 that are parameters of the model: offering and accepting extensions. */
export const extensionParameters = {
  extensionBlanks: {
    number: 'R-801',
    question: 'Which notation has the grammar of extensions, and may white space stand between its words?',
    clauses: ['draft-06/8.1/list-grammar', 'draft-06/8.1/extension', 'draft-06/8.1/http-header-rules'],
    options: {
      'rfc-2616': 'That of RFC 2616, with white space between any two words.',
      'rfc-5234': 'That of RFC 5234, where white space has to be written.',
    },
    chosen: 'rfc-2616',
    because:
      'Lists with "1#" and alternatives with "|" exist in RFC 2616 only, though the text otherwise refers to RFC 5234.',
    later: 'RFC 6455 section 9.1 names RFC 2616 and its implied white space.',
    changes: 'verdict',
  },
  barePrivatePrefix: {
    number: 'R-802',
    question: 'Is "x-" alone an extension token, and of which kind?',
    clauses: ['draft-06/8.1/private-use-token', 'draft-06/8.1/registered-token', 'draft-06/8.1/registered-or-private'],
    options: {
      unregistered: 'It is a token in form, but neither for private use nor registered.',
      private: 'It is one for private use.',
      malformed: 'It is none.',
    },
    chosen: 'unregistered',
    because: 'A private token has a token behind the prefix, while every token fits the other production.',
    later: 'RFC 6455 section 9.1 dropped the prefix.',
    changes: 'verdict',
  },
  unregisteredExtension: {
    number: 'R-803',
    question: 'Is a token without the prefix a fault when no registry exists?',
    clauses: ['draft-06/8.1/registered-or-private', 'draft-06/8.1/registered-token', 'draft-06/8.2.1/token'],
    options: {
      accept: 'It is not, for nobody can look it up.',
      fault: 'It is, unless it is "deflate-stream".',
    },
    chosen: 'accept',
    because: 'The registration is to be done, and the examples themselves use a further name, "mux".',
    later: 'RFC 6455 section 11.4 makes a registry, empty at first.',
    changes: 'verdict',
  },
  extensionCase: {
    number: 'R-804',
    question: 'Does the case of extension names and parameters matter?',
    clauses: ['draft-06/8.1/extension-token', 'draft-06/8.1/accepted-by-header', 'draft-06/2.1/ascii-case-insensitive'],
    options: {
      matters: 'It does.',
      none: 'It does not.',
    },
    chosen: 'matters',
    because: 'Where the text wants no case it says so; only the literal "x-" has none.',
    later: 'RFC 6455 is silent too.',
    changes: 'verdict',
  },
  repeatedExtension: {
    number: 'R-805',
    question: 'What does it mean that a client names one extension several times?',
    clauses: ['draft-06/8.1/order-is-preference', 'draft-06/8.1/extension-list', 'draft-06/8/server-may-accept'],
    options: {
      alternatives: 'These are offers in order of preference, of which one at most is taken.',
      refuse: 'The list is malformed.',
      stacked: 'The extension is to be applied several times.',
    },
    chosen: 'alternatives',
    because: 'Nothing forbids it, and the order is one of preference.',
    later: 'RFC 6455 is silent too; RFC 7692 section 5 reads such offers as alternatives.',
    changes: 'behaviour',
  },
  extensionAcceptedTwice: {
    number: 'R-806',
    question: 'May a server accept one extension twice?',
    clauses: ['draft-06/8.1/accepted-by-header', 'draft-06/8.1/response-is-in-use', 'draft-06/8.1/order-of-operations'],
    options: {
      noted: 'It may as far as the text goes, and it is noted.',
      fail: 'The client fails.',
    },
    chosen: 'noted',
    because: 'Each element was requested, and applying one twice is a matter of its own specification.',
    later: 'RFC 6455 is silent too.',
    changes: 'verdict',
  },
  quotedParameter: {
    number: 'R-807',
    question: 'Must the value of a parameter in quotes be a token?',
    clauses: ['draft-06/8.1/extension-param', 'draft-06/8.1/parameters-read-by-extension'],
    options: {
      any: 'Any text may stand in quotes.',
      token: 'What stands in quotes has to be a token.',
    },
    chosen: 'any',
    because: 'The grammar has both forms and does not bind the second.',
    later: 'RFC 6455 section 9.1 adds that it has to be a token.',
    changes: 'verdict',
  },
  extensionOrder: {
    number: 'R-810',
    question: 'May the response list extensions in another order than the request?',
    clauses: [
      'draft-06/8.1/order-is-preference',
      'draft-06/8.1/order-of-operations',
      'draft-06/8.1/response-is-in-use',
    ],
    options: {
      free: 'It may; its order is the order of operations.',
      kept: 'The server keeps the order of the client.',
    },
    chosen: 'free',
    because: 'The two orders mean two things, preference and operation.',
    later: 'RFC 6455 section 9.1 kept both meanings.',
    changes: 'verdict',
  },
  splitResponseExtensions: {
    number: 'R-811',
    question: 'May the server split its extensions over several header fields?',
    clauses: ['draft-06/8.1/may-be-split', 'draft-06/8.1/split-equals-combined', 'draft-06/8.1/accepted-by-header'],
    options: {
      may: 'It may, as the client may.',
      one: 'It names them in one.',
    },
    chosen: 'may',
    because:
      'The sentence on splitting makes no difference between the two directions, though the next speaks of "a header".',
    later: 'RFC 6455 allows it in section 4.2.2 and forbids it in section 11.3.2.',
    changes: 'verdict',
  },
} as const satisfies Readonly<Record<string, Reading>>;
