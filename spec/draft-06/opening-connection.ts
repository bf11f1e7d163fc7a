import { client, endpoint, local, nobody, type Chapter } from '../rule.js';

const neverOpened = local('a connection that was never opened carries no bytes');
const settings = local('how the user agent is configured is not on the wire');

/** Section 5.1, up to the first numbered list: how a client gets a connection to the server. */
export const openingConnectionClauses = {
  'draft-06/5.1/offload': client.may(
    'A user agent in a controlled environment may leave the management of the connection to an agent on the network.',
    local('who manages the connection on the side of the client is not on the wire'),
  ),
  'draft-06/5.1/user-agent-includes-helpers': client.definition(
    'Such a user agent and the agents that act for it are one user agent when conformance is judged.',
    nobody('tells whom to judge'),
  ),
  'draft-06/5.1/meets-requirements': client.must(
    'A user agent that establishes a WebSocket connection to a URI meets the requirements that follow.',
  ),
  'draft-06/5.1/terms-of-section-3': client.definition(
    'Host, port, resource name and secure flag mean what section 3 makes of them.',
    nobody('tells how to read the text'),
  ),
  'draft-06/5.1/uri-valid': client.must(
    'The URI and its components are valid by section 3.3.',
    local('a URI that is refused causes no traffic'),
  ),
  'draft-06/5.1/invalid-uri-fails': client.must(
    'A URI that is not valid makes the client fail the WebSocket connection and leave the steps.',
    local('a URI that is refused causes no traffic'),
  ),
  'draft-06/5.1/wait-for-connecting': client.must(
    'A client waits while it has another connection to the same IP address, under whatever name, until that is established or has failed.',
  ),
  'draft-06/5.1/one-connecting-per-address': client.must(
    'At most one connection is in the CONNECTING state at a time.',
  ),
  'draft-06/5.1/attempts-serialized': client.must(
    'Attempts to connect to the same IP address at the same time are made one after the other.',
  ),
  'draft-06/5.1/unknown-addresses-distinct': client.must(
    'Where the client cannot know IP addresses it takes each host name for a different host.',
    local('what the client knows of addresses is not on the wire'),
  ),
  'draft-06/5.1/limit-of-connecting': client.should(
    'Where the client cannot know IP addresses it keeps the number of connections not yet established reasonably low.',
  ),
  'draft-06/5.1/proxy-connected': client.should(
    'A user agent that is configured to use a proxy for the host or port connects to that proxy.',
    settings,
  ),
  'draft-06/5.1/proxy-opens': client.should(
    'It asks the proxy to open a TCP connection to the host and the port of the URI.',
  ),
  'draft-06/5.1/direct-connection': client.should(
    'A user agent without a proxy opens a TCP connection to the host and the port of the URI itself.',
    settings,
  ),
  'draft-06/5.1/proxy-script-uri': client.must(
    'A proxy autoconfiguration script is given the URI that the steps of section 3.2 construct.',
    local('the script runs inside the user agent'),
  ),
  'draft-06/5.1/connection-not-opened': client.must(
    'If no connection could be opened, directly or because the proxy returned an error, the client fails the WebSocket connection.',
    neverOpened,
  ),
  'draft-06/5.1/attempt-aborted': client.must(
    'If no connection could be opened, the client gives up the attempt.',
    neverOpened,
  ),
  'draft-06/5.1/tls-handshake': client.must('With the secure flag the client performs a TLS handshake first.'),
  'draft-06/5.1/tls-failure': client.must(
    'If the TLS handshake fails, the client fails the WebSocket connection and abandons the TCP connection.',
  ),
  'draft-06/5.1/tls-tunnel': endpoint.must(
    'After the TLS handshake all further bytes go through the encrypted tunnel.',
  ),
  'draft-06/5.1/tls-server-name': client.must('The TLS handshake of the client has the Server Name Indication.'),
} as const satisfies Chapter;
