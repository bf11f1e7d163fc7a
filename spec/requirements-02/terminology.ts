import { nobody, protocol, type Chapter } from '../rule.js';

const meaningOfTerm = nobody('gives a term its meaning');

/** Section 2: the terms of the requirements. */
export const requirementTermClauses = {
  'requirements-02/2/connection': protocol.definition(
    'A connection is a virtual circuit of the transport layer between a client and a server for their communication.',
    meaningOfTerm,
  ),
  'requirements-02/2/frame': protocol.definition(
    'A frame is the unit of communication, octets in the syntax of the protocol that travel on the channel.',
    meaningOfTerm,
  ),
  'requirements-02/2/message': protocol.definition(
    "A message is a block of the user's data whose boundaries are known.",
    meaningOfTerm,
  ),
  'requirements-02/2/message-of-several-frames': protocol.may(
    'A message may consist of several frames.',
    nobody('binds the authors of the protocol'),
  ),
  'requirements-02/2/origin-server': protocol.definition(
    'The origin server is the one on which a resource is or is to be created.',
    meaningOfTerm,
  ),
  'requirements-02/2/handshake': protocol.definition(
    'The WebSocket handshake is the process that sets up the channel, negotiation of capabilities included.',
    meaningOfTerm,
  ),
  'requirements-02/2/communication-channel': protocol.definition(
    'The communication channel is the path in both directions that the handshake leaves, over TCP or over SSL on TCP.',
    meaningOfTerm,
  ),
  'requirements-02/2/sub-protocol': protocol.definition(
    'A subprotocol is negotiated and says how a channel is used, for example its framing and its encoding.',
    meaningOfTerm,
  ),
  'requirements-02/2.1/key-words': protocol.definition(
    'The key words have the meaning that RFC 2119 gives them.',
    nobody('tells how to read the text'),
  ),
} as const satisfies Chapter;
