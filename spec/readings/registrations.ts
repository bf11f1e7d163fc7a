import type { Reading } from './reading.js';

/** Chapters 10 and 11: registrations, and the hooks for other specifications. */
export const registrationReadings: readonly Reading[] = [
  {
    number: 'R-1001',
    question: 'Do the sentences of chapter 10 bind endpoints, or do they only fill a registry?',
    clauses: ['draft-06/10.7/from-server', 'draft-06/10.4/not-elsewhere', 'draft-06/2/rest-is-normative'],
    options: {
      explain: 'They explain and fail nobody.',
      bind: 'They bind like the rest, as the definitions that they are.',
    },
    chosen: 'bind',
    because:
      'All that is not marked as a note is normative. Where another chapter says more exactly what is right, that one holds; otherwise a header field in the wrong place is wrong.',
    later: 'RFC 6455 section 11.3 has demands with MUST NOT in its registrations.',
    changes: 'verdict',
  },
  {
    number: 'R-1004',
    question: 'Is traffic of "wss" encrypted if TLS agrees on a cipher that does not encrypt?',
    clauses: ['draft-06/10.2/encrypted', 'draft-06/5.1/tls-handshake'],
    options: {
      'tls-is-enough': 'The text asks for TLS, and its ciphers are a matter of policy.',
      encrypted: 'Such a cipher breaks the registration.',
    },
    chosen: 'tls-is-enough',
    because: 'Chapter 5 has no word on ciphers.',
    later: 'RFC 6455 section 10.6 warns of such ciphers.',
    changes: 'nothing',
  },
  {
    number: 'R-1101',
    question: 'Does a specification that uses the protocol name one subprotocol or several?',
    clauses: ['draft-06/11/subprotocol', 'draft-06/5.1/subprotocols-meaning', 'draft-06/5.1/subprotocols-unique'],
    options: {
      several: 'It may name several, in order.',
      one: 'It names one at most.',
    },
    chosen: 'several',
    because: 'The header field carries a list, and without several names there would be nothing to select from.',
    later: 'RFC 6455 section 12 kept one string, while its section 4.1 takes a list.',
    changes: 'behaviour',
  },
  {
    number: 'R-1102',
    question: 'Can other specifications send and receive binary messages, since chapter 11 speaks of text only?',
    clauses: ['draft-06/11/receives', 'draft-06/11/sends', 'draft-06/4.6/binary-is-opaque'],
    options: {
      both: 'They can.',
      'text-only': 'The hooks are for text.',
    },
    chosen: 'both',
    because: 'Frames for binary data are part of the protocol, and the requirements ask for both.',
    later: 'RFC 6455 section 6 names the type of a message with it.',
    changes: 'behaviour',
  },
  {
    number: 'R-1103',
    question: 'Is an origin needed to establish a connection, which chapter 11 lists without "optionally"?',
    clauses: ['draft-06/11/origin', 'draft-06/5.1/origin-from-others'],
    options: {
      optional: 'Only browsers need one.',
      needed: 'Every specification that uses the protocol provides one.',
    },
    chosen: 'optional',
    because: 'Section 5.1 leaves it to other clients.',
    later: 'RFC 6455 section 4.1 asks for it from browsers; section 12 kept the list.',
    changes: 'behaviour',
  },
  {
    number: 'R-1104',
    question: 'What are the algorithms in quotation marks that chapter 11 relies on and the text does not define?',
    clauses: ['draft-06/11/sends', 'draft-06/11/receives', 'draft-06/11/establishes'],
    options: {
      inferred: 'What chapters 4, 5 and 7 say about the matter.',
      missing: 'Nothing, until they are defined.',
    },
    chosen: 'inferred',
    because: 'Each name fits a matter that another chapter treats.',
    later: 'RFC 6455 section 6 defines sending and receiving.',
    changes: 'nothing',
  },
  {
    number: 'R-1105',
    question:
      'What does an application start that closes a connection, the closing handshake of 7.3 or the end of TCP that 11 names?',
    clauses: ['draft-06/11/closes', 'draft-06/7.1.1/close-is-tcp-close', 'draft-06/7.3/start-closing-handshake'],
    options: {
      handshake: 'The closing handshake, of which the end of TCP is the last step.',
      tcp: 'The end of TCP.',
    },
    chosen: 'handshake',
    because: 'Section 7.3 has every normal closure start so, and REQ. 11 asks for a graceful one.',
    later: 'RFC 6455 section 12 still names the end of TCP.',
    changes: 'behaviour',
  },
  {
    number: 'R-1106',
    question: 'Can an application ask for extensions, which chapter 11 does not let it provide?',
    clauses: ['draft-06/11/destination', 'draft-06/8/client-may-request'],
    options: {
      'client-decides': 'The client offers what it speaks, however it was configured.',
      none: 'A connection of another specification has no extensions.',
    },
    chosen: 'client-decides',
    because: 'Section 8 gives the leave to clients and does not say who prompts them.',
    later: 'RFC 6455 section 4.1 takes a list of extensions, while section 12 kept the list without them.',
    changes: 'behaviour',
  },
];
