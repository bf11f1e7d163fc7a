import type { Reading } from '../readings/reading.js';

/** Readings of section 7.4 that are parameters of the model: status codes and the text behind them. */
export const statusCodeParameters = {
  statusCode: {
    number: 'R-703',
    question: 'Which status codes may a received Close carry?',
    clauses: ['draft-06/4.5.1/body-starts-with-status', 'draft-06/7.4.2/0-999-unused'],
    options: {
      ranges: 'Those from 1000 to 4999.',
      defined: 'Those from 1000 to 1004, and from 2000 to 4999.',
      any: 'Every number.',
    },
    chosen: 'ranges',
    because:
      'The code must be one "defined in section 7.4", which names ranges up to 4999 and calls those below 1000 unused.',
    later:
      'RFC 6455 section 7.4.2 joins 1000 to 2999, keeps the other ranges and names codes that never go on the wire.',
    changes: 'verdict',
  },
  absentStatus: {
    number: 'R-731',
    question: 'What is the status code of a Close without a body?',
    clauses: ['draft-06/4.5.1/close-may-have-body', 'draft-06/7.4/optional-parts'],
    options: {
      none: 'There is none, which is told as it is.',
      normal: '1000, as if all were well.',
    },
    chosen: 'none',
    because: 'Both parts are optional, and no code stands for their absence.',
    later: 'RFC 6455 section 7.1.5 takes it for 1005, a code that is never sent.',
    changes: 'behaviour',
  },
  longReason: {
    number: 'R-735',
    question: 'What happens to a reason that is longer than a Close can carry?',
    clauses: ['draft-06/4.5.1/body-may-have-reason', 'draft-06/4.5/control-at-most-125'],
    options: {
      throw: 'The endpoint refuses to send it.',
      cut: 'It is cut in front of the character that does not fit.',
    },
    chosen: 'throw',
    because: '123 bytes are left behind the status code, and what to leave out is for the caller to say.',
    later: 'RFC 6455 is silent too.',
    changes: 'behaviour',
  },
  countingStatus: {
    number: 'R-736',
    question: 'Which status code counts when the two Closes carry different ones?',
    clauses: ['draft-06/7.4/may-give-reason', 'draft-06/4.5.1/simultaneous-close', 'draft-06/7.4/reason-undefined'],
    options: {
      both: 'Both are told, the one sent and the one received.',
      received: 'The one received.',
      first: 'The one that was sent first.',
    },
    chosen: 'both',
    because: 'What to make of a reason is left undefined, and which was first cannot be seen from either side.',
    later: 'RFC 6455 section 7.1.5 takes the one in the first Close received.',
    changes: 'behaviour',
  },
  reasonAlone: {
    number: 'R-737',
    question: 'May a Close have a reason but no status code?',
    clauses: ['draft-06/4.5.1/body-starts-with-status', 'draft-06/7.4/optional-parts'],
    options: {
      no: 'The first two bytes of a body are a status code.',
      yes: 'Both are optional, each for itself.',
    },
    chosen: 'no',
    because: 'Section 4.5.1 makes the demand with MUST; optional are the two together and the text behind.',
    later: 'RFC 6455 kept both sentences.',
    changes: 'behaviour',
  },
} as const satisfies Readonly<Record<string, Reading>>;
