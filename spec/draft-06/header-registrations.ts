import { client, endpoint, local, nobody, protocol, server, type Chapter } from '../rule.js';

const registryEntry = nobody('an entry of a registry');

/** Section 10.4: registration of Sec-WebSocket-Key. */
export const keyHeaderClauses = {
  'draft-06/10.4/name': protocol.definition('The header field is registered as Sec-WebSocket-Key.', registryEntry),
  'draft-06/10.4/http': protocol.definition('Sec-WebSocket-Key belongs to HTTP.', registryEntry),
  'draft-06/10.4/not-elsewhere': endpoint.definition(
    'Sec-WebSocket-Key is reserved and not used outside the opening handshake.',
  ),
  'draft-06/10.4/in-handshake': endpoint.definition('Sec-WebSocket-Key is used in the opening handshake.'),
  'draft-06/10.4/from-client': client.definition('Sec-WebSocket-Key is sent from the client to the server.'),
  'draft-06/10.4/proves-receipt': server.definition(
    'Sec-WebSocket-Key is part of what the server uses to prove that it received a valid opening handshake.',
  ),
  'draft-06/10.4/keeps-others-out': server.definition(
    'Sec-WebSocket-Key helps the server not to accept clients, such as those of HTTP, that are abused to send it data.',
  ),
} as const satisfies Chapter;

/** Section 10.5: registration of Sec-WebSocket-Extensions. */
export const extensionsHeaderClauses = {
  'draft-06/10.5/name': protocol.definition(
    'The header field is registered as Sec-WebSocket-Extensions.',
    registryEntry,
  ),
  'draft-06/10.5/http': protocol.definition('Sec-WebSocket-Extensions belongs to HTTP.', registryEntry),
  'draft-06/10.5/not-elsewhere': endpoint.definition(
    'Sec-WebSocket-Extensions is reserved and not used outside the opening handshake.',
  ),
  'draft-06/10.5/in-handshake': endpoint.definition('Sec-WebSocket-Extensions is used in the opening handshake.'),
  'draft-06/10.5/from-both': endpoint.definition(
    'Sec-WebSocket-Extensions is sent by the client first and then by the server.',
  ),
  'draft-06/10.5/agrees-on-extensions': endpoint.definition(
    'By Sec-WebSocket-Extensions both agree on the extensions to use during the connection.',
  ),
} as const satisfies Chapter;

/** Section 10.6: registration of Sec-WebSocket-Accept. */
export const acceptHeaderClauses = {
  'draft-06/10.6/name': protocol.definition('The header field is registered as Sec-WebSocket-Accept.', registryEntry),
  'draft-06/10.6/http': protocol.definition('Sec-WebSocket-Accept belongs to HTTP.', registryEntry),
  'draft-06/10.6/not-elsewhere': endpoint.definition(
    'Sec-WebSocket-Accept is reserved and not used outside the opening handshake.',
  ),
  'draft-06/10.6/in-handshake': endpoint.definition('Sec-WebSocket-Accept is used in the opening handshake.'),
  'draft-06/10.6/from-server': server.definition('Sec-WebSocket-Accept is sent from the server to the client.'),
  'draft-06/10.6/confirms-will': server.definition(
    'Sec-WebSocket-Accept confirms that the server is willing to start the connection.',
  ),
} as const satisfies Chapter;

/** Section 10.7: registration of Sec-WebSocket-Origin. */
export const originHeaderClauses = {
  'draft-06/10.7/name': protocol.definition('The header field is registered as Sec-WebSocket-Origin.', registryEntry),
  'draft-06/10.7/http': protocol.definition('Sec-WebSocket-Origin belongs to HTTP.', registryEntry),
  'draft-06/10.7/not-elsewhere': endpoint.definition(
    'Sec-WebSocket-Origin is reserved and not used outside the opening handshake.',
  ),
  'draft-06/10.7/in-handshake': endpoint.definition('Sec-WebSocket-Origin is used in the opening handshake.'),
  'draft-06/10.7/from-server': server.definition(
    'Sec-WebSocket-Origin is sent from the server to the client to confirm the origin of the script.',
  ),
  'draft-06/10.7/lets-clients-verify': client.definition(
    'Sec-WebSocket-Origin lets the user agent verify that the server is willing to serve the script.',
    local('what the user agent makes of the answer is not on the wire'),
  ),
} as const satisfies Chapter;

/** Section 10.8: registration of Sec-WebSocket-Protocol. */
export const protocolHeaderClauses = {
  'draft-06/10.8/name': protocol.definition('The header field is registered as Sec-WebSocket-Protocol.', registryEntry),
  'draft-06/10.8/http': protocol.definition('Sec-WebSocket-Protocol belongs to HTTP.', registryEntry),
  'draft-06/10.8/not-elsewhere': endpoint.definition(
    'Sec-WebSocket-Protocol is reserved and not used outside the opening handshake.',
  ),
  'draft-06/10.8/in-handshake': endpoint.definition('Sec-WebSocket-Protocol is used in the opening handshake.'),
  'draft-06/10.8/from-both': endpoint.definition(
    'Sec-WebSocket-Protocol is sent by the client and back by the server.',
  ),
  'draft-06/10.8/confirms-subprotocol': endpoint.definition(
    'Sec-WebSocket-Protocol confirms the subprotocol of the connection.',
  ),
  'draft-06/10.8/lets-scripts-select': client.definition(
    'Sec-WebSocket-Protocol lets a script select a subprotocol and be sure that the server agreed.',
    local('what a script learns is not on the wire'),
  ),
} as const satisfies Chapter;

/** Section 10.9: registration of Sec-WebSocket-Version. */
export const versionHeaderClauses = {
  'draft-06/10.9/name': protocol.definition('The header field is registered as Sec-WebSocket-Version.', registryEntry),
  'draft-06/10.9/http': protocol.definition('Sec-WebSocket-Version belongs to HTTP.', registryEntry),
  'draft-06/10.9/not-elsewhere': endpoint.definition(
    'Sec-WebSocket-Version is reserved and not used outside the opening handshake.',
  ),
  'draft-06/10.9/in-handshake': endpoint.definition('Sec-WebSocket-Version is used in the opening handshake.'),
  'draft-06/10.9/from-client': client.definition('Sec-WebSocket-Version is sent from the client to the server.'),
  'draft-06/10.9/indicates-version': client.definition(
    'Sec-WebSocket-Version indicates the version of the protocol of the connection.',
  ),
  'draft-06/10.9/lets-server-read': server.definition(
    'Sec-WebSocket-Version lets the server read the opening handshake and the data rightly.',
    local('how a server reads is not on the wire'),
  ),
  'draft-06/10.9/lets-server-close': server.definition(
    'Sec-WebSocket-Version lets the server close the connection where it cannot read the data safely.',
  ),
} as const satisfies Chapter;
