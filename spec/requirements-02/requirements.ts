import { binding, nobody, protocol, type Chapter } from '../rule.js';

const design = nobody('binds the design of the protocol; answers.ts judges draft-06 by it');
const designOfClient = binding('client', 'protocol');
const designOfServer = binding('server', 'protocol');
const designForProxies = binding('protocol', 'intermediary');

/** Section 3: requirements of the protocol, REQ. 1 to 9. The reasons that the text gives are not clauses. */
export const protocolRequirementClauses = {
  'requirements-02/3/req-1': protocol.must(
    'The protocol runs directly on the transport protocol that carried the handshake.',
    design,
  ),
  'requirements-02/3/req-1-tcp': protocol.definition('The transport protocol is TCP and no other.', design),
  'requirements-02/3/req-2': protocol.must('The protocol can send and receive messages on the transport.', design),
  'requirements-02/3/req-3': protocol.must('A message can be split into frames of a given length.', design),
  'requirements-02/3/req-4': protocol.must(
    'A message can be sent while its size is unknown or greater than a fixed buffer.',
    design,
  ),
  'requirements-02/3/req-5': protocol.must('Text is encoded as UTF-8.', design),
  'requirements-02/3/req-6': protocol.must(
    'The protocol supports text and binary data and tells them clearly apart.',
    design,
  ),
  'requirements-02/3/req-6-common-framing': protocol.must('Text and binary data have one framing in common.', design),
  'requirements-02/3/req-6-explicit-length': protocol.must('The framing gives the length explicitly.', design),
  'requirements-02/3/req-7': protocol.must('One port can serve HTTP and WebSocket connections.', design),
  'requirements-02/3/req-7-plug-in': protocol.must(
    'Thought is given to WebSocket services as modules that plug in to what serves the Web today.',
    design,
  ),
  'requirements-02/3/req-7-standalone': protocol.must(
    'Thought is given to implementations that stand alone and need no fully conforming HTTP.',
    design,
  ),
  'requirements-02/3/req-8': protocol.must(
    'A handshake that uses HTTP Upgrade is compatible with HTTP up to the end of that exchange.',
    design,
  ),
  'requirements-02/3/req-9': protocol.should(
    'Existing parts of HTTP can be used again, in practice too, where that is appropriate.',
    design,
  ),
} as const satisfies Chapter;

/** Sections 3.1 to 3.4: requirements of clients, servers, proxies and security, REQ. 10 to 20. */
export const partyRequirementClauses = {
  'requirements-02/3.1/req-10': designOfClient.must(
    'A client can set up a channel with a server by a well-defined handshake.',
    design,
  ),
  'requirements-02/3.1/req-11': protocol.must(
    'The application can have an active connection closed gracefully.',
    design,
  ),
  'requirements-02/3.1/req-12': protocol.must('The application can have a connection closed ungracefully.', design),
  'requirements-02/3.1/req-12-on-error': protocol.must(
    'An error that is detected can close a connection ungracefully.',
    design,
  ),
  'requirements-02/3.1/req-13': designOfClient.must(
    'A client can ask the server during the handshake to use a certain subprotocol.',
    design,
  ),
  'requirements-02/3.1/req-14': designOfClient.must(
    'A client can send any text or binary content to the server.',
    design,
  ),
  'requirements-02/3.1/req-14-distinguish': designOfClient.must(
    'A client can tell text and binary content clearly apart.',
    design,
  ),
  'requirements-02/3.2/req-15': designOfServer.must(
    'A server that accepts to set up a channel uses a well-defined handshake.',
    design,
  ),
  'requirements-02/3.2/req-16': designOfServer.must(
    'A server can send any text or binary content to the client.',
    design,
  ),
  'requirements-02/3.2/req-16-distinguish': designOfServer.must(
    'A server can tell text and binary content clearly apart.',
    design,
  ),
  'requirements-02/3.3/req-17': designForProxies.must(
    'The protocol works over the proxies that exist as well as HTTP and HTTPS do.',
    design,
  ),
  'requirements-02/3.4/req-18': protocol.must(
    'Used from a Web page, the protocol lets origins decide which pages can reach a server, as browsers commonly do.',
    design,
  ),
  'requirements-02/3.4/req-19': protocol.must(
    'Used without a Web page, the protocol has a security model equal to that of HTTP or HTTPS used directly.',
    design,
  ),
  'requirements-02/3.4/req-20': protocol.should('The protocol resists attacks across protocols.', design),
  'requirements-02/3.4/req-20-other-servers': protocol.should(
    'The design considers and lessens the risk of WebSocket clients for the servers that exist, those of HTTP included.',
    design,
  ),
  'requirements-02/3.4/req-20-other-clients': protocol.should(
    'The design considers and lessens the risk of clients of other protocols for WebSocket servers.',
    design,
  ),
} as const satisfies Chapter;
