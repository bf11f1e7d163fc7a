import { counted, type SectionCounts } from '../count.js';

/** Sections 2 to 11 of draft-06; 4.7 is marked non-normative, and 3, 4, 5, 6, 7, 7.1, 7.2 and 10 are headings only. */
export const draft06SectionCounts = {
  'draft-06/2': counted(
    { keyWords: 2 },
    'Six definitions tell how to read the text; the key words it lists are mentioned, not used.',
  ),
  'draft-06/2.1': counted(
    { keyWords: 3, idle: 2 },
    'Four terms; "shall mean" and "is required to send" belong to definitions.',
  ),
  'draft-06/3.1': counted(
    { steps: 12, further: 15 },
    'Steps 2, 5 and 7 say two things each, and the introduction defines the result.',
  ),
  'draft-06/3.2': counted(
    { steps: 6, further: 7 },
    'Step 2 says two things, and the introduction defines what goes in.',
  ),
  'draft-06/3.3': counted(
    { keyWords: 8, further: 2 },
    'Two sentences make two demands with one key word; "invalid" is defined.',
  ),
  'draft-06/4.1': counted({ keyWords: 3 }, 'Six definitions: frames, their parts and who masks.'),
  'draft-06/4.2': counted(
    { keyWords: 4, further: 1 },
    '"Fresh" and "uniformly" share a key word; twelve definitions are prose, grammar and formula of the mask.',
  ),
  'draft-06/4.3': counted(
    { keyWords: 7, idle: 1 },
    'Fields and productions are definitions; "may be calculated" is part of another demand; "must" in comments of the grammar is not read.',
  ),
  'draft-06/4.4': counted({ keyWords: 7 }, 'Four definitions of messages; the "must" in the note is not read.'),
  'draft-06/4.5': counted({ keyWords: 2, further: 1 }, 'A "can" grants leave, and two sentences define.'),
  'draft-06/4.5.1': counted(
    { keyWords: 8, further: 2 },
    'Byte order and the end of TCP share a key word with others; four sentences define.',
  ),
  'draft-06/4.5.2': counted({ keyWords: 3 }, 'The opcode is a definition.'),
  'draft-06/4.5.3': counted({ keyWords: 3 }, 'The opcode and "most recent Ping" are definitions.'),
  'draft-06/4.6': counted({}, 'All five sentences define.'),
  'draft-06/4.8': counted(
    { keyWords: 2, further: 4 },
    'Four times "can" grants leave to extensions, and four sentences define.',
  ),
  'draft-06/5.1': counted(
    { keyWords: 53, steps: 17, idle: 3, further: 3 },
    'The steps consist of sentences with key words; "required" twice and "optional" once only describe; asking the proxy, giving up and the line in an example are further; seven sentences define.',
  ),
  'draft-06/5.2': counted({ keyWords: 1 }, 'Two sentences tell whom to judge.'),
  'draft-06/5.2.1': counted(
    { keyWords: 5, steps: 8, further: 9 },
    'The eight parts of the request are nine demands, four of them "optionally"; six sentences define.',
  ),
  'draft-06/5.2.2': counted(
    { keyWords: 12, steps: 7, idle: 1, further: 9 },
    'Steps in the imperative and parts of the response are eight further demands, "not necessary" one; "should" in a reference is idle; fifteen sentences define.',
  ),
  'draft-06/6.1': counted({ keyWords: 1 }, 'None.'),
  'draft-06/6.2': counted({ further: 3 }, '"Undefined", "could" and "might" grant leave.'),
  'draft-06/7.1.1': counted(
    { keyWords: 3, idle: 1, further: 1 },
    'Discarding shares the key word of closing cleanly; "may be received" only describes; one sentence defines.',
  ),
  'draft-06/7.1.2': counted({ keyWords: 2 }, 'What the other party does is said without a key word.'),
  'draft-06/7.1.3': counted({}, 'Both sentences define.'),
  'draft-06/7.1.4': counted({ keyWords: 3 }, 'None.'),
  'draft-06/7.2.1': counted({ keyWords: 3 }, 'None.'),
  'draft-06/7.2.2': counted({ keyWords: 1 }, 'None.'),
  'draft-06/7.3': counted({ keyWords: 2 }, 'How a closure is initiated is said without a key word.'),
  'draft-06/7.4': counted(
    { keyWords: 4, idle: 2 },
    'What one "should" do is left undefined, and who "may" use ranges is said in 7.4.2: two definitions.',
  ),
  'draft-06/7.4.1': counted(
    { keyWords: 1 },
    'The five status codes are definitions; the "may" in brackets is an example.',
  ),
  'draft-06/7.4.2': counted({ keyWords: 3 }, 'Three ranges and two undefined meanings are definitions.'),
  'draft-06/8': counted({ keyWords: 4 }, 'None.'),
  'draft-06/8.1': counted(
    { keyWords: 7, idle: 1 },
    'The grammar has six productions, eleven more sentences define; one "should" means "if".',
  ),
  'draft-06/8.2': counted({ keyWords: 1 }, 'One sentence defines.'),
  'draft-06/8.2.1': counted(
    { keyWords: 4, further: 1 },
    'Control messages share a key word with all bytes; three sentences define.',
  ),
  'draft-06/9': counted(
    { keyWords: 8, idle: 2, further: 2 },
    'Two "may" tell what attackers achieve, two "can" grant leave; four sentences define.',
  ),
  'draft-06/10.1': counted(
    { keyWords: 2, further: 3 },
    'The two conversions are five demands; the rest of the registration is definitions.',
  ),
  'draft-06/10.2': counted({ keyWords: 2, further: 3 }, 'As in 10.1, and a sentence on encryption.'),
  'draft-06/10.3': counted({}, 'One definition: the token.'),
  'draft-06/10.4': counted({}, 'Definitions: three of the registration, four of the use.'),
  'draft-06/10.5': counted({}, 'Definitions: three of the registration, three of the use.'),
  'draft-06/10.6': counted({}, 'Definitions: three of the registration, three of the use.'),
  'draft-06/10.7': counted({}, 'Definitions: three of the registration, three of the use.'),
  'draft-06/10.8': counted({}, 'Definitions: three of the registration, four of the use.'),
  'draft-06/10.9': counted({}, 'Definitions: three of the registration, five of the use.'),
  'draft-06/11': counted({ further: 1 }, '"Needs to" is no key word: twelve definitions; one "optionally".'),
} as const satisfies SectionCounts;
