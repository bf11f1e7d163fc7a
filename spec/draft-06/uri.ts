import { client, local, type Chapter } from '../rule.js';

const refused = local('a URI that is refused causes no traffic');
const inside = local('happens inside the parser; only the result can show on the wire');
const handedToLocalCode = local('a constructed URI is handed to local code such as a proxy script');
const sourceUnknown = local('where a URI came from is not on the wire');

/** Section 3.1: how a WebSocket URI is parsed. The steps carry the force of "must" (section 2). */
export const uriParsingClauses = {
  'draft-06/3.1/components-or-failure': client.definition(
    'Parsing gives a host, a port, a resource name and a secure flag, or it fails.',
    inside,
  ),
  'draft-06/3.1/absolute': client.must('Parsing fails when the string is not an absolute URI.', refused),
  'draft-06/3.1/resolve': client.must(
    'The string is resolved by the algorithm of the Web addresses specification.',
    local('resolving happens before any traffic'),
  ),
  'draft-06/3.1/resolve-as-utf-8': client.must('Resolving takes UTF-8 as the character encoding of the URI.'),
  'draft-06/3.1/scheme': client.must(
    'Parsing fails unless the scheme, in ASCII lower case, is "ws" or "wss".',
    refused,
  ),
  'draft-06/3.1/no-fragment': client.must('Parsing fails when the URI has a fragment component.', refused),
  'draft-06/3.1/secure-flag': client.must('The secure flag is false for "ws" and true for "wss".'),
  'draft-06/3.1/no-flag-for-other-schemes': client.must(
    'Parsing fails, once more, where the scheme gives the secure flag no value.',
    refused,
  ),
  'draft-06/3.1/host-lower-case': client.must('The host is the host component in ASCII lower case.'),
  'draft-06/3.1/explicit-port': client.must('The port is the port component where the URI has one.'),
  'draft-06/3.1/no-explicit-port': client.must('A URI without a port component has no explicit port.', inside),
  'draft-06/3.1/default-port': client.must(
    'Without an explicit port the port is 80, or 443 when the secure flag is true.',
  ),
  'draft-06/3.1/path': client.must('The resource name begins as the path component.'),
  'draft-06/3.1/empty-path-is-slash': client.must('An empty path makes the resource name a single slash.'),
  'draft-06/3.1/query-appended': client.must(
    'A query component is appended to the resource name behind a question mark.',
  ),
  'draft-06/3.1/returned': client.must(
    'The host, the port, the resource name and the secure flag are returned.',
    inside,
  ),
} as const satisfies Chapter;

/** Section 3.2: how a WebSocket URI is constructed. */
export const uriConstructingClauses = {
  'draft-06/3.2/construct-from': client.definition(
    'A WebSocket URI is constructed from a host, a port, a resource name and a secure flag.',
    handedToLocalCode,
  ),
  'draft-06/3.2/construct-empty': client.must('Constructing begins with the empty string.', handedToLocalCode),
  'draft-06/3.2/construct-scheme': client.must(
    'A constructed URI starts with "ws://" when the secure flag is false.',
    handedToLocalCode,
  ),
  'draft-06/3.2/construct-secure-scheme': client.must(
    'A constructed URI starts with "wss://" when the secure flag is true.',
    handedToLocalCode,
  ),
  'draft-06/3.2/construct-host': client.must('The host follows the scheme.', handedToLocalCode),
  'draft-06/3.2/construct-port': client.must(
    'A colon and the port follow the host unless the port is the default of the scheme.',
    handedToLocalCode,
  ),
  'draft-06/3.2/construct-resource-name': client.must('The resource name ends a constructed URI.', handedToLocalCode),
  'draft-06/3.2/construct-returned': client.must('The constructed URI is returned.', handedToLocalCode),
} as const satisfies Chapter;

/** Section 3.3: which WebSocket URIs are valid. */
export const uriValidityClauses = {
  'draft-06/3.3/all-conditions': client.must('A WebSocket URI is valid only if all the conditions hold.', refused),
  'draft-06/3.3/host-ascii': client.must('The host of a valid URI is ASCII only.'),
  'draft-06/3.3/host-punycode': client.must('A host name in another script is already in its punycode form.'),
  'draft-06/3.3/host-at-most-7e': client.mustNot('The host of a valid URI has no character above U+007E.'),
  'draft-06/3.3/resource-name-characters': client.must(
    'The resource name of a valid URI has only characters from U+0021 to U+007E.',
  ),
  'draft-06/3.3/resource-name-slash': client.must(
    'The resource name of a valid URI is not empty and starts with a slash.',
  ),
  'draft-06/3.3/otherwise-invalid': client.definition(
    'A WebSocket URI that misses one of the conditions is invalid.',
    refused,
  ),
  'draft-06/3.3/no-connection-to-invalid': client.mustNot(
    'A client does not connect to an invalid WebSocket URI.',
    local('the absence of a connection is no evidence of its cause'),
  ),
  'draft-06/3.3/parse-external': client.should(
    'A URI from an outside source is parsed by the steps of section 3.1.',
    sourceUnknown,
  ),
  'draft-06/3.3/only-parsed': client.mustNot(
    'A client never connects with the unparsed form of a URI from an outside source.',
    sourceUnknown,
  ),
  'draft-06/3.3/only-if-parsed-form-valid': client.must(
    'A client connects with the parsed form of such a URI only, and only if that is valid.',
    sourceUnknown,
  ),
} as const satisfies Chapter;
