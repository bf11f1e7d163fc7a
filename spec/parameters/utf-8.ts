import type { Reading } from '../readings/reading.js';

/** Readings of section 6 that are parameters of the model: text that is not valid UTF-8. */
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
} as const satisfies Readonly<Record<string, Reading>>;
