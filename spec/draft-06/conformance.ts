import { client, clientAndServer, endpoint, local, nobody, protocol, type Chapter } from '../rule.js';

const aboutTheText = nobody('tells how to read the text');
const meaningOfTerm = nobody('gives a term its meaning; the clauses that use the term can be seen');

/** Section 2: what is normative, with what force, and what an implementation is free to do. */
export const conformanceClauses = {
  'draft-06/2/notes-not-normative': protocol.definition(
    'Diagrams, examples, notes and the sections that say so of themselves are not normative.',
    aboutTheText,
  ),
  'draft-06/2/rest-is-normative': protocol.definition('All the rest of the text is normative.', aboutTheText),
  'draft-06/2/key-words': protocol.definition('The key words have the meaning that RFC 2119 gives them.', aboutTheText),
  'draft-06/2/key-words-in-any-case': protocol.definition(
    'A key word has its force although it is not written in capitals.',
    aboutTheText,
  ),
  'draft-06/2/imperative-steps': protocol.definition(
    'A step in the imperative has the force of the key word that introduces its algorithm.',
    aboutTheText,
  ),
  'draft-06/2/equivalent-implementation': endpoint.may(
    'An algorithm may be implemented in any way that has the same result.',
    local('how an endpoint is built cannot be read off its bytes'),
  ),
  'draft-06/2/limits': endpoint.may('An implementation may set limits of its own where the text sets none.'),
  'draft-06/2/conformance-classes': clientAndServer.definition(
    'What conforms or does not conform is a user agent or a server.',
    aboutTheText,
  ),
} as const satisfies Chapter;

/** Section 2.1: terminology. */
export const terminologyClauses = {
  'draft-06/2.1/ascii': protocol.definition(
    'ASCII is the character encoding of the standard ANSI X3.4 of 1986.',
    meaningOfTerm,
  ),
  'draft-06/2.1/ascii-lower-case': protocol.definition(
    'To convert to ASCII lower case is to replace the letters U+0041 to U+005A, and nothing else, by U+0061 to U+007A.',
    meaningOfTerm,
  ),
  'draft-06/2.1/ascii-case-insensitive': protocol.definition(
    'An ASCII case-insensitive comparison goes by code points and takes the letters A to Z and a to z for the same.',
    meaningOfTerm,
  ),
  'draft-06/2.1/uri': client.definition(
    'A URI is here, as in HTML, a string that need not be a valid URI or IRI and whose errors are dealt with in parsing.',
    meaningOfTerm,
  ),
  'draft-06/2.1/send-may-delay': endpoint.may(
    'What an endpoint is required to send may leave it arbitrarily late, for example to fill fewer packets.',
  ),
} as const satisfies Chapter;
