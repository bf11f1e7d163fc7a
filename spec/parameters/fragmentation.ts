import type { Reading } from '../readings/reading.js';

/** Readings of sections 4.4 and 4.6 that are parameters of the model: messages and their fragments. */
export const fragmentationParameters = {
  orphanContinuation: {
    number: 'R-402',
    question: 'What does a receiver do with a continuation frame when no message is open?',
    clauses: ['draft-06/4.4/fragmented', 'draft-06/4.4/unfragmented'],
    options: { refuse: 'It is a violation.', ignore: 'The frame is dropped without a word.' },
    chosen: 'refuse',
    because: 'The two forms of a message are defined completely, and neither begins with opcode 0.',
    later: 'RFC 6455 does not name the case; common practice is to fail the connection.',
    changes: 'verdict',
  },
  interleavedMessage: {
    number: 'R-403',
    question: 'What does a receiver do with a new data frame while a fragmented message is open?',
    clauses: ['draft-06/4.4/fragmented', 'draft-06/4.4/one-type'],
    options: { refuse: 'It is a violation.', abandon: 'The open message is dropped and the new one begins.' },
    chosen: 'refuse',
    because:
      'Between the first and the last fragment the definition has room for continuation and control frames only.',
    later: 'RFC 6455 section 5.4 forbids interleaving unless an extension interprets it.',
    changes: 'verdict',
  },
  textContent: {
    number: 'R-421',
    question: 'Is the text of a message its payload data, as 4.6 has it, or its application data, as 4.4 has it?',
    clauses: ['draft-06/4.6/text-is-utf-8', 'draft-06/4.4/content-is-concatenation', 'draft-06/4.1/payload-data'],
    options: {
      'application-data': 'Extension data is no part of the text.',
      'payload-data': 'Extension data has to be UTF-8 too.',
    },
    chosen: 'application-data',
    because: 'Both are the same without an extension, and extension data is not meant for the application.',
    later: 'RFC 6455 sections 5.6 and 6.2 still say one each.',
    changes: 'behaviour',
  },
  finishAfterClose: {
    number: 'R-443',
    question: 'May an endpoint finish a fragmented message behind its own Close?',
    clauses: ['draft-06/4.5.1/no-data-after-close', 'draft-06/4.1/data-while-open', 'draft-06/4.4/fragmented'],
    options: {
      no: 'No data frame follows a Close.',
      yes: 'The rest of a message that was begun is not a new data message.',
    },
    chosen: 'no',
    because: 'Section 4.1 lets data frames go out before the own Close only.',
    later: 'RFC 6455 section 5.5.1 forbids data frames and says frames.',
    changes: 'verdict',
  },
  finishBeforeAnswer: {
    number: 'R-444',
    question: 'May an endpoint that has received a Close finish its own message before it answers?',
    clauses: ['draft-06/4.5.1/close-answered', 'draft-06/4.5.1/close-answered-soon', 'draft-06/4.1/data-while-open'],
    options: {
      finish: 'It may, since its own Close has not gone out.',
      'at-once': 'Nothing goes out in front of the answer.',
    },
    chosen: 'finish',
    because: 'Data is allowed until the own Close, and what is practical is for the endpoint to judge.',
    later: 'RFC 6455 section 5.5.1 allows it and warns that the data may not be read.',
    changes: 'behaviour',
  },
  cutMessage: {
    number: 'R-445',
    question: 'What becomes of the fragments of a message that a Close cuts short?',
    clauses: ['draft-06/4.4/fragmented', 'draft-06/4.5.1/close-answered', 'draft-06/4.4/control-between-fragments'],
    options: {
      discard: 'They are dropped, for no message came to its end.',
      deliver: 'They go to the application as far as they came.',
      refuse: 'A Close may not come there.',
    },
    chosen: 'discard',
    because: 'A fragmented message is terminated by a frame with FIN, and control frames may stand between fragments.',
    later: 'RFC 6455 is silent too.',
    changes: 'behaviour',
  },
} as const satisfies Readonly<Record<string, Reading>>;
