import { endpoint, sender, type Chapter } from '../rule.js';

/** Section 4.5: control frames. */
export const controlFrameClauses = {
  'draft-06/4.5/control-opcodes': sender.definition(
    'The control frames are those with the opcodes 1 (close), 2 (ping) and 3 (pong).',
  ),
  'draft-06/4.5/control-carries-state': sender.definition(
    'Control frames communicate the state of the WebSocket connection.',
  ),
  'draft-06/4.5/control-interjected': sender.may('Control frames can stand in the middle of a fragmented message.'),
  'draft-06/4.5/control-at-most-125': sender.must('A control frame has at most 125 bytes.'),
  'draft-06/4.5/control-not-fragmented': sender.mustNot('A control frame is not fragmented.'),
} as const satisfies Chapter;

/** Section 4.5.1: Close. */
export const closeFrameClauses = {
  'draft-06/4.5.1/close-opcode': sender.definition('A Close has the opcode 1.'),
  'draft-06/4.5.1/close-may-have-body': sender.may('A Close may have a body that gives a reason for closing.'),
  'draft-06/4.5.1/body-is-application-data': sender.definition('The body of a Close is its application data.'),
  'draft-06/4.5.1/body-starts-with-status': sender.must(
    'A body of a Close begins with a status code of section 7.4 as an integer of two bytes.',
  ),
  'draft-06/4.5.1/status-in-network-byte-order': sender.must('The status code of a Close is in network byte order.'),
  'draft-06/4.5.1/body-may-have-reason': sender.may('UTF-8 text may follow the status code.'),
  'draft-06/4.5.1/reason-undefined': endpoint.definition('The text behind the status code has no defined meaning.'),
  'draft-06/4.5.1/no-data-after-close': sender.mustNot(
    'After its Close an application sends no data message any more.',
  ),
  'draft-06/4.5.1/close-answered': endpoint.must(
    'An endpoint that receives a Close and has not sent one sends a Close in response.',
  ),
  'draft-06/4.5.1/close-answered-soon': endpoint.should('The Close in response is sent as soon as is practical.'),
  'draft-06/4.5.1/closed-after-both': endpoint.definition(
    'After sending and receiving a Close an endpoint considers the WebSocket connection closed.',
  ),
  'draft-06/4.5.1/drop-after-both': endpoint.should(
    'After sending and receiving a Close an endpoint closes the TCP connection.',
  ),
  'draft-06/4.5.1/simultaneous-close': endpoint.should(
    'When both send a Close at the same time, both have sent and received one, and both consider the connection closed.',
  ),
  'draft-06/4.5.1/simultaneous-drop': endpoint.should(
    'When both have sent a Close at the same time, both close the TCP connection.',
  ),
} as const satisfies Chapter;

/** Sections 4.5.2 and 4.5.3: Ping and Pong. The text says three of the sentences twice. */
export const pingPongClauses = {
  'draft-06/4.5.2/ping-opcode': sender.definition('A Ping has the opcode 2.'),
  'draft-06/4.5.2/ping-answered': endpoint.must('An endpoint that receives a Ping sends a Pong in response.'),
  'draft-06/4.5.2/ping-answered-soon': endpoint.should('The Pong is sent as soon as is practical.'),
  'draft-06/4.5.2/pong-echoes-body': endpoint.must('The Pong has the body of the Ping that it answers.'),
  'draft-06/4.5.3/pong-opcode': sender.definition('A Pong has the opcode 3.'),
  'draft-06/4.5.3/ping-answered': endpoint.must(
    'An endpoint that receives a Ping sends a Pong in response (said again).',
  ),
  'draft-06/4.5.3/ping-answered-soon': endpoint.should('The Pong is sent as soon as is practical (said again).'),
  'draft-06/4.5.3/pong-echoes-body': endpoint.must('The Pong has the body of the Ping that it answers (said again).'),
  'draft-06/4.5.3/pong-only-for-latest-ping': endpoint.definition(
    'A Pong is sent only in response to the most recent Ping.',
  ),
} as const satisfies Chapter;
