import { counted, type SectionCounts } from '../count.js';

/** Sections 2 to 6 of http-timeout-00. Section 1 is an introduction; 3.2 and 4.3 are examples; 6 only announces the registrations. */
export const httpTimeout00SectionCounts = {
  'http-timeout-00/2': counted({}, 'The key words are mentioned, not used: one definition.'),
  'http-timeout-00/3': counted(
    { keyWords: 7, further: 1 },
    'One key word forbids both to increase and to remove; eight sentences define.',
  ),
  'http-timeout-00/3.1': counted(
    { keyWords: 2, further: 2 },
    'A "could" and a "might" grant leave; five definitions tell what existing intermediaries do, one that paths differ.',
  ),
  'http-timeout-00/4': counted({ keyWords: 5 }, 'Nine sentences define.'),
  'http-timeout-00/4.1': counted(
    { keyWords: 1, further: 1 },
    'A "could" grants leave; two sentences tell what existing intermediaries do.',
  ),
  'http-timeout-00/4.2': counted({ keyWords: 1, further: 1 }, 'A "can" grants leave.'),
  'http-timeout-00/5': counted({ keyWords: 1 }, 'None.'),
  'http-timeout-00/6.1': counted({}, 'Three definitions of the registration.'),
  'http-timeout-00/6.2': counted({}, 'Three definitions of the registration.'),
} as const satisfies SectionCounts;
