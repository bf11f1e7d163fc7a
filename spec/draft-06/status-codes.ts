import { endpoint, local, nobody, protocol, type Chapter } from '../rule.js';

/** Section 7.4: the reason for a closure. */
export const reasonClauses = {
  'draft-06/7.4/may-give-reason': endpoint.may('An endpoint that closes an established connection may give a reason.'),
  'draft-06/7.4/reason-undefined': endpoint.definition(
    'What an endpoint makes of the reason, and what it does because of it, is undefined.',
    nobody('leaves the reaction to a reason undefined'),
  ),
  'draft-06/7.4/codes-and-ranges': protocol.definition(
    'Some status codes are defined, and ranges are given to extensions, to frameworks and to applications.',
  ),
  'draft-06/7.4/optional-parts': endpoint.may('The status code and the text are optional parts of a Close.'),
} as const satisfies Chapter;

/** Section 7.4.1: the defined status codes. */
export const definedStatusCodeClauses = {
  'draft-06/7.4.1/defined-codes': endpoint.may('Endpoints may use the defined status codes 1000 to 1004 in a Close.'),
  'draft-06/7.4.1/1000-normal': endpoint.definition('1000 means that the connection has served its purpose.'),
  'draft-06/7.4.1/1001-going-away': endpoint.definition(
    '1001 means that the endpoint goes away, for example a server that shuts down or a browser that leaves the page.',
  ),
  'draft-06/7.4.1/1002-protocol-error': endpoint.definition(
    '1002 means that the endpoint ends the connection because of a protocol error.',
  ),
  'draft-06/7.4.1/1003-unacceptable-data': endpoint.definition(
    '1003 means that the endpoint ends the connection because it received a kind of data that it cannot accept.',
  ),
  'draft-06/7.4.1/1004-too-large': endpoint.definition(
    '1004 means that the endpoint ends the connection because it received a message that is too large.',
  ),
} as const satisfies Chapter;

/** Section 7.4.2: the ranges of status codes. */
export const statusCodeRangeClauses = {
  'draft-06/7.4.2/0-999-unused': endpoint.definition('Status codes from 0 to 999 are not used.'),
  'draft-06/7.4.2/1000-1999-protocol': endpoint.definition(
    'Status codes from 1000 to 1999 are reserved for definition by the protocol.',
  ),
  'draft-06/7.4.2/2000-2999-extensions': endpoint.definition(
    'Status codes from 2000 to 2999 are reserved for extensions.',
  ),
  'draft-06/7.4.2/3000-3999-libraries': endpoint.may(
    'Libraries and frameworks may use status codes from 3000 to 3999.',
  ),
  'draft-06/7.4.2/3000-3999-undefined': protocol.definition(
    'The protocol gives no meaning to status codes from 3000 to 3999.',
    nobody('leaves the meaning undefined'),
  ),
  'draft-06/7.4.2/3000-3999-not-applications': endpoint.mustNot(
    'Applications do not use status codes from 3000 to 3999.',
    local('whether a library or an application chose the code is not on the wire'),
  ),
  'draft-06/7.4.2/4000-4999-applications': endpoint.may('Application code may use status codes from 4000 to 4999.'),
  'draft-06/7.4.2/4000-4999-undefined': protocol.definition(
    'The protocol gives no meaning to status codes from 4000 to 4999.',
    nobody('leaves the meaning undefined'),
  ),
} as const satisfies Chapter;
