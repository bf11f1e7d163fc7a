import type { Reading } from './reading.js';

/** Chapter 3: the force of its steps, and what they leave to others. */
export const uriReadings: readonly Reading[] = [
  {
    number: 'R-301',
    question: 'With what force do the steps of sections 3.1 and 3.2 bind, which no key word introduces?',
    clauses: [
      'draft-06/2/imperative-steps',
      'draft-06/3.1/components-or-failure',
      'draft-06/3.2/construct-from',
      'draft-06/3.3/parse-external',
    ],
    options: {
      must: 'They are demands.',
      should: 'They have the force of the sentence in section 3.3 that recommends to parse.',
      definition: 'They only define what parsing is.',
    },
    chosen: 'must',
    because: 'Section 5.1 demands validity of what these steps yield, so that another result would break a demand.',
    later: 'RFC 6455 section 3 replaced the steps by a grammar.',
    changes: 'verdict',
  },
  {
    number: 'R-321',
    question: 'Does constructing a URI check the parts that it is given?',
    clauses: ['draft-06/3.2/construct-from', 'draft-06/3.2/construct-host', 'draft-06/3.2/construct-resource-name'],
    options: {
      trust: 'It puts them together as they are.',
      check: 'It fails for parts that section 3.3 refuses.',
    },
    chosen: 'trust',
    because: 'The six steps know no failure, unlike those of section 3.1.',
    later: 'RFC 6455 has no steps to construct a URI.',
    changes: 'nothing',
  },
  {
    number: 'R-322',
    question:
      'May a client do without parsing, which is recommended, while it must not connect with anything but the parsed form?',
    clauses: ['draft-06/3.3/parse-external', 'draft-06/3.3/only-parsed', 'draft-06/3.3/only-if-parsed-form-valid'],
    options: {
      'connect-needs-it': 'Who connects has parsed; the recommendation is about URIs that are not used.',
      optional: 'A client may connect by other means than these steps.',
    },
    chosen: 'connect-needs-it',
    because: 'The prohibition leaves no other way to a connection.',
    later: 'RFC 6455 dropped the paragraph.',
    changes: 'nothing',
  },
];
