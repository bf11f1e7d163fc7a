import type { Reading } from './reading.js';

/** Section 5.1, the second list: the request line, Host, Upgrade and the key. */
export const openingRequestReadings: readonly Reading[] = [
  {
    number: 'R-526',
    question: 'Does the SHOULD on the request line bind, which stands in a sentence that begins with "For example"?',
    clauses: ['draft-06/5.1/request-line-form', 'draft-06/2/notes-not-normative'],
    options: {
      advisory: 'It is taken for a recommendation, and another line is no fault.',
      nothing: 'It is an example and is not looked at.',
    },
    chosen: 'advisory',
    because: 'The sentence is part of a numbered demand, and to report an advisory costs nobody a failure.',
    later: 'RFC 6455 section 4.1 writes it in small letters.',
    changes: 'verdict',
  },
  {
    number: 'R-527',
    question: 'When does a Request-URI match the resource name?',
    clauses: ['draft-06/5.1/request-uri', 'draft-06/5.2.1/request-uri-is-resource-name'],
    options: {
      equal: 'When both are the same character by character.',
      equivalent: 'When both name the same resource by RFC 3986.',
    },
    chosen: 'equal',
    because: 'The client made the resource name itself and has no reason to write it in another way.',
    later: 'RFC 6455 section 4.1 still says match.',
    changes: 'verdict',
  },
  {
    number: 'R-530',
    question: 'Is Host the authority as the URI was written or as its host and port give it?',
    clauses: ['draft-06/5.1/host', 'draft-06/3.1/host-lower-case', 'draft-06/3.2/construct-port'],
    options: {
      rebuilt: 'It is the host in lower case, and the port unless it is the default one.',
      'as-written': 'It is what stood between the slashes, capitals and default port included.',
    },
    chosen: 'rebuilt',
    because:
      'Parsing keeps no authority, and a connection may come from a host and a port without any URI; a server has to take both.',
    later: 'RFC 6455 section 4.1 names host and port, the port where it is not the default.',
    changes: 'verdict',
  },
  {
    number: 'R-531',
    question: 'Is user information part of the value of Host, since an authority includes it?',
    clauses: ['draft-06/5.1/host', 'draft-06/3.1/components-or-failure'],
    options: {
      'leave-out': 'It is left out.',
      include: 'It is sent as part of the authority.',
    },
    chosen: 'leave-out',
    because: 'Parsing returns no such part, and it may be a secret.',
    later: 'RFC 6455 section 4.1 leaves it out; RFC 7230 section 5.4 says so expressly.',
    changes: 'verdict',
  },
  {
    number: 'R-536',
    question: 'How random is a nonce that is "randomly selected randomly", without a word on its source?',
    clauses: [
      'draft-06/5.1/key-random-per-connection',
      'draft-06/5.1/key-is-16-byte-nonce',
      'draft-06/4.2/key-strong-entropy',
    ],
    options: {
      varies: 'It differs from connection to connection; its source may be any.',
      strong: 'It comes from a source as good as that of masking keys.',
    },
    chosen: 'varies',
    because:
      'The nonce shows that the answer is fresh and keeps no secret; the demand on entropy stands in the section on masking.',
    later: 'RFC 6455 section 4.1 removed the second "randomly" and asks no more.',
    changes: 'nothing',
  },
];
