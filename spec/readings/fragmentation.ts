import type { Reading } from './reading.js';

/** Section 4.4: messages, their fragments, and who may cut them anew. */
export const fragmentationReadings: readonly Reading[] = [
  {
    number: 'R-441',
    question: 'Must an endpoint cope with control frames between fragments, which only a note demands?',
    clauses: ['draft-06/2/notes-not-normative', 'draft-06/4.4/control-between-fragments', 'draft-06/4.4/receive-both'],
    options: {
      must: 'It must, for it has to receive what a sender may send.',
      note: 'A note demands nothing.',
    },
    chosen: 'must',
    because: 'Fragmented messages have to be received, and such frames may stand in their midst.',
    later: 'RFC 6455 section 5.4 states the demand outside the note.',
    changes: 'verdict',
  },
  {
    number: 'R-442',
    question:
      'Is a control frame a message, since the text speaks of Close, Ping and Pong messages and defines a message by any opcode but 0?',
    clauses: ['draft-06/4.4/unfragmented', 'draft-06/4.5.1/close-opcode', 'draft-06/4.5.1/no-data-after-close'],
    options: {
      'by-name': 'It is one in form, and where data messages are meant the text says data.',
      never: 'Messages carry data of the application.',
    },
    chosen: 'by-name',
    because: 'The definition of an unfragmented message fits a control frame word by word.',
    later: 'RFC 6455 section 5.5 says Close frame, Ping frame and Pong frame.',
    changes: 'nothing',
  },
  {
    number: 'R-446',
    question: 'How long may a fragmented message stay unfinished, and of how many fragments may it be?',
    clauses: ['draft-06/4.4/fragmented', 'draft-06/2/limits'],
    options: {
      any: 'As long as its size keeps within the limit of the receiver.',
      limited: 'A receiver gives up after a time or a number of its own.',
    },
    chosen: 'any',
    because: "The definition has any number of fragments and no time, and only limits of one's own are allowed.",
    later: 'RFC 6455 section 10.4 warns of many small fragments and names no number.',
    changes: 'behaviour',
  },
  {
    number: 'R-447',
    question:
      'May an intermediary change fragments while an extension is in use, if it knows the bits and opcodes but not the extension?',
    clauses: [
      'draft-06/4.4/intermediary-refragments',
      'draft-06/4.3/no-extension-data',
      'draft-06/8.2.1/no-reserved-bits',
    ],
    options: {
      letter: 'It may, for the sentence asks for bits and opcodes alone.',
      'know-all': 'It has to know the extension.',
    },
    chosen: 'letter',
    because: 'No other sentence forbids it, although an extension without bits, such as compression, would be spoilt.',
    later: 'RFC 6455 section 5.4 forbids it without knowledge of the extensions.',
    changes: 'nothing',
  },
  {
    number: 'R-448',
    question: 'Who chooses the masking keys of frames that an intermediary has cut anew on their way to the server?',
    clauses: ['draft-06/4.2/key-chosen-by-client', 'draft-06/4.2/fresh-key', 'draft-06/4.4/intermediary-refragments'],
    options: {
      intermediary: 'The intermediary does, in the place of the client.',
      nobody: 'It cannot cut frames of clients at all.',
    },
    chosen: 'intermediary',
    because: 'Frames of another length need keys of their own, and the leave to cut has no exception by direction.',
    later: 'RFC 6455 is silent too.',
    changes: 'nothing',
  },
  {
    number: 'R-449',
    question: 'Is the type of a fragmented message fixed by demand or as a consequence of the other rules?',
    clauses: ['draft-06/4.4/one-type', 'draft-06/4.4/first-fragment-sets-type', 'draft-06/4.4/fragmented'],
    options: {
      consequence: 'What breaks it breaks the definition of a fragmented message, and that is what is reported.',
      demand: 'It is a rule of its own with its MUST.',
    },
    chosen: 'consequence',
    because: 'The sentence calls itself a consequence, and continuation frames carry no type with which to break it.',
    later: 'RFC 6455 section 5.4 kept both halves.',
    changes: 'verdict',
  },
];
