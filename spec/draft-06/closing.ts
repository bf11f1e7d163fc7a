import { client, endpoint, local, server, type Chapter } from '../rule.js';

const applicationUnknown = local('whether the application asked for the close is not on the wire');
const reportUnseen = local('a report to the user is not on the wire');

/** Section 7.1: what closing means. */
export const closingDefinitionClauses = {
  'draft-06/7.1.1/close-is-tcp-close': endpoint.definition(
    'To close the WebSocket connection is to close the TCP connection under it.',
  ),
  'draft-06/7.1.1/clean-tcp-close': endpoint.should('TCP is closed in an orderly way.'),
  'draft-06/7.1.1/trailing-bytes-discarded': endpoint.should('Bytes that still arrive are discarded.'),
  'draft-06/7.1.1/any-means': endpoint.may(
    'When necessary, for example under attack, the connection may be closed by any means.',
  ),
  'draft-06/7.1.2/start-with-close-frame': endpoint.must('The closing handshake is started by sending a Close.'),
  'draft-06/7.1.2/other-party-answers': endpoint.definition(
    'The other party sends a Close in response to the Close that started the closing handshake.',
  ),
  'draft-06/7.1.2/close-after-both': endpoint.should(
    'Once an endpoint has sent and received a Close it closes the WebSocket connection.',
  ),
  'draft-06/7.1.3/closed': endpoint.definition('The WebSocket connection is closed when the TCP connection is closed.'),
  'draft-06/7.1.3/cleanly': endpoint.definition(
    'It was closed cleanly if the TCP connection ended after the closing handshake was completed.',
  ),
  'draft-06/7.1.4/fail-is-close': client.must(
    'To fail the WebSocket connection a user agent closes the WebSocket connection.',
  ),
  'draft-06/7.1.4/may-report': client.may(
    'A user agent that fails the connection may report the problem to the user.',
    reportUnseen,
  ),
  'draft-06/7.1.4/no-other-close': client.shouldNot(
    'A user agent does not close the connection but where the text or the application says so.',
    applicationUnknown,
  ),
} as const satisfies Chapter;

/** Sections 7.2 and 7.3: abnormal and normal closure. */
export const closureClauses = {
  'draft-06/7.2.1/fail-is-close': client.must(
    'A failure, namely in the opening handshake, makes the user agent close the WebSocket connection.',
  ),
  'draft-06/7.2.1/may-report': client.may('The user agent may report the failure to the user.', reportUnseen),
  'draft-06/7.2.1/no-other-close': client.shouldNot(
    'A user agent does not close the connection but where the text or the application says so (said again).',
    applicationUnknown,
  ),
  'draft-06/7.2.2/abort-is-close': server.must(
    'To abort the WebSocket connection during the opening handshake a server closes the WebSocket connection.',
  ),
  'draft-06/7.3/server-may-close': server.may('A server may close the WebSocket connection whenever it wants to.'),
  'draft-06/7.3/client-not-arbitrarily': client.shouldNot(
    'A user agent does not close the WebSocket connection arbitrarily.',
    local('the motive of a close is not on the wire'),
  ),
  'draft-06/7.3/start-closing-handshake': endpoint.definition(
    'A normal closure is initiated by starting the closing handshake.',
  ),
} as const satisfies Chapter;
