import { counted, type SectionCounts } from '../count.js';

/** Sections 2 to 3.4 of requirements-02. Section 1 is an introduction, 4 is empty, and 5 asks nothing. */
export const requirements02SectionCounts = {
  'requirements-02/2': counted({ keyWords: 1 }, 'Seven terms are definitions.'),
  'requirements-02/2.1': counted({}, 'The key words are mentioned, not used: one definition.'),
  'requirements-02/3': counted(
    { keyWords: 10, further: 3 },
    'REQ. 6 makes three demands with one key word, the second of REQ. 7 two; REQ. 1 has a sentence without one.',
  ),
  'requirements-02/3.1': counted({ keyWords: 5, further: 2 }, 'REQ. 12 and 14 make two demands with one key word.'),
  'requirements-02/3.2': counted({ keyWords: 2, further: 1 }, 'REQ. 16 makes two demands with one key word.'),
  'requirements-02/3.3': counted({ keyWords: 1 }, 'None.'),
  'requirements-02/3.4': counted({ keyWords: 5 }, 'None; the "should" under "Reason:" is not read.'),
} as const satisfies SectionCounts;
