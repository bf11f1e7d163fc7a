import { client, local, nobody, protocol, type Chapter } from '../rule.js';

const refused = local('a URI that is refused causes no traffic');
const registryEntry = nobody('an entry of a registry');
const unconverted = local('what the user typed before the conversion is not on the wire');

/** Section 10.1: registration of the scheme "ws". */
export const wsSchemeClauses = {
  'draft-06/10.1/syntax': client.definition(
    'In the grammar a ws URI is "ws", a colon, a hierarchical part, and optionally a question mark and a query.',
    refused,
  ),
  'draft-06/10.1/identifies': client.definition('A ws URI identifies a WebSocket server and a resource name.'),
  'draft-06/10.1/scheme-name': protocol.definition('The name of the scheme is "ws".', registryEntry),
  'draft-06/10.1/permanent': protocol.definition('The status of the scheme is permanent.', registryEntry),
  'draft-06/10.1/terminals-of-uri': protocol.definition(
    'The terminals of the grammar are those of the specifications of URIs.',
    registryEntry,
  ),
  'draft-06/10.1/resource-name': client.definition(
    'Path and query form the resource name that is sent to the server to identify the service.',
  ),
  'draft-06/10.1/other-components': client.definition('The other components mean what RFC 3986 says.'),
  'draft-06/10.1/only-operation': client.definition(
    'The one operation of the scheme is to open a WebSocket connection.',
  ),
  'draft-06/10.1/host-by-idna': client.must(
    'Characters of a host name that the syntax excludes are converted by ToASCII of IDNA.',
  ),
  'draft-06/10.1/idna-flags': client.must(
    'ToASCII is applied with the flags AllowUnassigned and UseSTD3ASCIIRules set.',
    unconverted,
  ),
  'draft-06/10.1/converted-host': client.must('The result of ToASCII is the host in the URI.'),
  'draft-06/10.1/others-as-utf-8': client.must(
    'Characters of other components that the syntax excludes are first encoded as UTF-8.',
  ),
  'draft-06/10.1/others-percent-encoded': client.must(
    'The bytes of these characters are then replaced by their percent-encoded form.',
  ),
  'draft-06/10.1/used-by': protocol.definition('The scheme is used by the WebSocket protocol.', registryEntry),
} as const satisfies Chapter;

/** Section 10.2: registration of the scheme "wss". */
export const wssSchemeClauses = {
  'draft-06/10.2/syntax': client.definition(
    'In the grammar a wss URI is "wss", a colon, a hierarchical part, and optionally a question mark and a query.',
    refused,
  ),
  'draft-06/10.2/identifies': client.definition('A wss URI identifies a WebSocket server and a resource name.'),
  'draft-06/10.2/encrypted': client.definition('A wss URI says that the traffic is encrypted.'),
  'draft-06/10.2/scheme-name': protocol.definition('The name of the scheme is "wss".', registryEntry),
  'draft-06/10.2/permanent': protocol.definition('The status of the scheme is permanent.', registryEntry),
  'draft-06/10.2/terminals-of-uri': protocol.definition(
    'The terminals of the grammar are those of the specifications of URIs.',
    registryEntry,
  ),
  'draft-06/10.2/resource-name': client.definition(
    'Path and query form the resource name that is sent to the server to identify the service.',
  ),
  'draft-06/10.2/other-components': client.definition('The other components mean what RFC 3986 says.'),
  'draft-06/10.2/only-operation': client.definition(
    'The one operation of the scheme is to open a WebSocket connection, encrypted by TLS.',
  ),
  'draft-06/10.2/host-by-idna': client.must(
    'Characters of a host name that the syntax excludes are converted by ToASCII of IDNA.',
  ),
  'draft-06/10.2/idna-flags': client.must(
    'ToASCII is applied with the flags AllowUnassigned and UseSTD3ASCIIRules set.',
    unconverted,
  ),
  'draft-06/10.2/converted-host': client.must('The result of ToASCII is the host in the URI.'),
  'draft-06/10.2/others-as-utf-8': client.must(
    'Characters of other components that the syntax excludes are first encoded as UTF-8.',
  ),
  'draft-06/10.2/others-percent-encoded': client.must(
    'The bytes of these characters are then replaced by their percent-encoded form.',
  ),
  'draft-06/10.2/used-by': protocol.definition('The scheme is used by the WebSocket protocol over TLS.', registryEntry),
} as const satisfies Chapter;

/** Section 10.3: registration of the Upgrade token. */
export const upgradeTokenClauses = {
  'draft-06/10.3/token': protocol.definition(
    'The token of the Upgrade header field is registered as "WebSocket".',
    registryEntry,
  ),
} as const satisfies Chapter;
