import { client, endpoint, local, server, type Chapter } from '../rule.js';

/** Section 9: what security asks of a server that reads from anybody. */
export const securityClauses = {
  'draft-06/9/direct-use': client.may('Hosts can use the protocol directly, without a script in a Web page.'),
  'draft-06/9/origin-can-be-false': client.definition(
    'A host that acts on its own behalf can send a false origin.',
    local('whether an origin is true is not on the wire'),
  ),
  'draft-06/9/careful-about-origin': server.should(
    'A server is careful about the belief that it talks to scripts of known origins.',
    local('what a server believes about its peer is not on the wire'),
  ),
  'draft-06/9/unexpected-access': server.must(
    'A server considers that clients other than scripts of known origins may reach it in unexpected ways.',
    local('what a server considers is not on the wire'),
  ),
  'draft-06/9/input-not-trusted': server.shouldNot('A server does not trust that any input is valid.'),
  'draft-06/9/verify-origin': server.should(
    'A server that is not meant for every Web page verifies that the origin is one it expects.',
  ),
  'draft-06/9/answer-accepted-origin-only': server.should(
    'Such a server responds with Sec-WebSocket-Origin only if the origin is one it accepts.',
  ),
  'draft-06/9/single-origin-sent-back': server.may(
    'A server for one origin can send that back in Sec-WebSocket-Origin without looking at the value of the client.',
  ),
  'draft-06/9/disconnect-on-bad-data': server.should(
    'A server that meets data it does not understand, unsafe input or an unexpected opening handshake disconnects.',
  ),
  'draft-06/9/always-safe-to-disconnect': endpoint.definition('To disconnect is always safe.'),
  'draft-06/9/text-in-the-right-encoding': server.definition(
    'Text sent in another encoding than UTF-8 is the greatest risk, for it lets an attacker inject frames.',
  ),
  'draft-06/9/client-messages-masked': client.definition(
    'Messages of clients are masked with a value of 32 bits so that an attacker does not choose the bytes on the wire.',
  ),
} as const satisfies Chapter;
