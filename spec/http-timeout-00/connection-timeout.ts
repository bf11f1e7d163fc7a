import { client, endpoint, intermediary, local, nobody, protocol, type Chapter } from '../rule.js';

const policy = local('the policy of a host is not on the wire');
const registryEntry = nobody('an entry of a registry');

/** Section 4: the header field Connection-Timeout. */
export const connectionTimeoutClauses = {
  'http-timeout-00/4/hop-by-hop': endpoint.definition('Connection-Timeout is a header field for one hop.'),
  'http-timeout-00/4/minimum-idle-time': endpoint.definition(
    'Connection-Timeout tells the shortest time for which an idle connection will be kept.',
  ),
  'http-timeout-00/4/grammar': endpoint.definition(
    'In the grammar Connection-Timeout is the name, a colon and a timeout value.',
  ),
  'http-timeout-00/4/either-host': endpoint.definition('Either host of a persistent connection sends it.'),
  'http-timeout-00/4/value-is-policy': endpoint.definition(
    'A host sets the value to the shortest time for which its policy lets an idle connection stay open.',
    policy,
  ),
  'http-timeout-00/4/idle': endpoint.definition('A connection is idle if a host neither sends nor receives data.'),
  'http-timeout-00/4/integer-seconds': endpoint.definition(
    'The value of Connection-Timeout is one integer, in seconds.',
  ),
  'http-timeout-00/4/single-connection': endpoint.definition(
    'Connection-Timeout applies to one connection of the transport only.',
  ),
  'http-timeout-00/4/connection-token': endpoint.must(
    'Where Connection-Timeout is added to a request or response the Connection header field has the token Connection-Timeout.',
  ),
  'http-timeout-00/4/removed-by-the-unknowing': intermediary.definition(
    'An intermediary that does not know Connection-Timeout removes it before it forwards a request.',
  ),
  'http-timeout-00/4/may-keep-longer': endpoint.may('A host may keep an idle connection open for longer than it said.'),
  'http-timeout-00/4/kept-as-long-as-said': endpoint.should(
    'A host tries to keep a connection for at least as long as it said.',
  ),
  'http-timeout-00/4/client-allows-for-delays': client.should(
    'A client allows for delays when it decides whether to use an idle connection again.',
    policy,
  ),
  'http-timeout-00/4/intermediary-request-timeout': intermediary.must(
    'An intermediary that gives a Connection-Timeout sets Request-Timeout in what it forwards to no more than that.',
  ),
} as const satisfies Chapter;

/** Section 4.1: what intermediaries do that do not know Connection-Timeout. */
export const connectionTimeoutIntermediaryClauses = {
  'http-timeout-00/4.1/discarded': intermediary.definition(
    'An intermediary that keeps to HTTP 1.1 ignores Connection-Timeout and discards it before it forwards a request.',
  ),
  'http-timeout-00/4.1/transparent': intermediary.definition(
    'An intermediary that is transparent, or does not keep to HTTP 1.1, might pass Connection-Timeout on, with the errors known from Keep-Alive.',
  ),
  'http-timeout-00/4.1/may-drop-any-time': intermediary.may(
    'An intermediary that does not know the header field could drop an idle connection at any time.',
  ),
  'http-timeout-00/4.1/host-may-revise': endpoint.may(
    'A host that detects a shorter timeout on the way may send a revised Connection-Timeout in later requests to the same place.',
  ),
} as const satisfies Chapter;

/** Sections 4.2 and 5: upgraded connections, and security. */
export const upgradedConnectionClauses = {
  'http-timeout-00/4.2/can-apply': endpoint.may(
    'A connection timeout can apply to a connection that is later upgraded to another protocol.',
  ),
  'http-timeout-00/4.2/may-assume': endpoint.may(
    'Endpoints and intermediaries may assume that it applies there, unless the other protocol tells idle timeouts in its own way.',
  ),
  'http-timeout-00/5/may-close-sooner': endpoint.may(
    'A host that gave a Connection-Timeout may close a connection that is not idle sooner if necessary or if its policy says so.',
  ),
} as const satisfies Chapter;

/** Section 6: registration of the two header fields. */
export const timeoutRegistrationClauses = {
  'http-timeout-00/6.1/name': protocol.definition('The header field is registered as Request-Timeout.', registryEntry),
  'http-timeout-00/6.1/http': protocol.definition('Request-Timeout belongs to HTTP.', registryEntry),
  'http-timeout-00/6.1/standard': protocol.definition('The status of Request-Timeout is standard.', registryEntry),
  'http-timeout-00/6.2/name': protocol.definition(
    'The header field is registered as Connection-Timeout.',
    registryEntry,
  ),
  'http-timeout-00/6.2/http': protocol.definition('Connection-Timeout belongs to HTTP.', registryEntry),
  'http-timeout-00/6.2/standard': protocol.definition('The status of Connection-Timeout is standard.', registryEntry),
} as const satisfies Chapter;
