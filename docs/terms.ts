import type { ClauseId } from '../spec/clauses.js';

/** A word of the protocol or of this project, in one sentence. */
export interface Term {
  readonly term: string;
  readonly says: string;
  /** Where the texts define or use it. */
  readonly clause?: ClauseId;
}

/** The words of the field, in our own words, by subject. */
export const termGroups: readonly { readonly title: string; readonly terms: readonly Term[] }[] = [
  {
    title: 'Frames',
    terms: [
      {
        term: 'frame',
        says: 'The unit on the wire: a header of flags, opcode and length, then the payload.',
        clause: 'draft-06/4.1/sequence-of-frames',
      },
      {
        term: 'message',
        says: 'The unit of the application: the payloads of one frame, or of several that belong together.',
        clause: 'draft-06/4.4/unfragmented',
      },
      { term: 'fragment', says: 'One frame of a message that is sent in several.', clause: 'draft-06/4.4/fragmented' },
      { term: 'FIN', says: 'The bit that says that no fragment of this message follows.', clause: 'draft-06/4.3/fin' },
      {
        term: 'RSV1 to RSV4',
        says: 'Bits that are 0 unless an extension in use gives them a meaning; RSV4 is where RFC 6455 has MASK.',
        clause: 'draft-06/4.3/rsv-zero',
      },
      {
        term: 'opcode',
        says: 'Four bits that tell the kind: 0 continuation, 1 close, 2 ping, 3 pong, 4 text, 5 binary.',
        clause: 'draft-06/4.3/opcode',
      },
      {
        term: 'continuation',
        says: 'A frame that carries on the message that an earlier frame began.',
        clause: 'draft-06/4.3/opcode-0-continuation',
      },
      {
        term: 'data frame',
        says: 'A frame that carries a message or a part of one: text, binary or continuation.',
        clause: 'draft-06/4.6/text-is-utf-8',
      },
      {
        term: 'control frame',
        says: 'Close, Ping or Pong: never fragmented, at most 125 bytes, allowed inside a message.',
        clause: 'draft-06/4.5/control-opcodes',
      },
      {
        term: 'Close',
        says: 'The control frame that begins or answers the closing handshake; it may carry a status code and a reason.',
        clause: 'draft-06/4.5.1/close-opcode',
      },
      {
        term: 'Ping',
        says: 'The control frame that asks for a Pong.',
        clause: 'draft-06/4.5.2/ping-answered',
      },
      {
        term: 'Pong',
        says: 'The control frame that answers a Ping, with its body.',
        clause: 'draft-06/4.5.2/pong-echoes-body',
      },
      {
        term: 'payload length',
        says: 'Seven bits, or 16 or 63 bits behind them for what is longer.',
        clause: 'draft-06/4.3/length-7',
      },
      {
        term: 'payload data',
        says: 'Extension data and application data together.',
        clause: 'draft-06/4.3/payload-length-is-sum',
      },
      {
        term: 'extension data',
        says: 'Bytes in front of the application data that belong to an extension in use.',
        clause: 'draft-06/4.3/extension-specifies-length',
      },
      {
        term: 'application data',
        says: 'What is left of the payload behind the extension data.',
        clause: 'draft-06/4.3/application-data-rest',
      },
      {
        term: 'masking key',
        says: 'Four random bytes that stand in front of every frame of a client.',
        clause: 'draft-06/4.2/key-first',
      },
      {
        term: 'mask',
        says: 'To combine each byte of a client’s frame, header included, with a byte of the key by XOR.',
        clause: 'draft-06/4.2/mask-whole-frame',
      },
      { term: 'need-more', says: 'What a decoder answers to bytes that are right so far and not complete: no error.' },
      {
        term: 'minimal length',
        says: 'The shortest of the three forms that can carry a length; draft-06 does not demand it (R-401).',
      },
    ],
  },
  {
    title: 'Opening handshake',
    terms: [
      {
        term: 'opening handshake',
        says: 'A request of HTTP with Upgrade and the response 101, after which frames follow.',
        clause: 'draft-06/5.1/handshake-sent',
      },
      { term: 'Sec-WebSocket-Key', says: 'The nonce of the client in base64.', clause: 'draft-06/5.2.1/key' },
      { term: 'nonce', says: 'Sixteen random bytes: what the key decodes to.' },
      {
        term: 'Sec-WebSocket-Accept',
        says: 'SHA-1 of the key and a fixed text, in base64: the proof that the server has read the key.',
        clause: 'draft-06/5.2.2/accept',
      },
      { term: 'Sec-WebSocket-Version', says: 'The version of the protocol: 6 here.', clause: 'draft-06/5.2.1/version' },
      {
        term: 'Sec-WebSocket-Origin',
        says: 'Whose script asked a browser for the connection; not called Origin yet.',
        clause: 'draft-06/5.1/origin-from-browser',
      },
      {
        term: 'subprotocol',
        says: 'What the messages mean: the client lists some, the server picks one or none.',
        clause: 'draft-06/5.2.2/subprotocol-selected',
      },
      {
        term: 'extension',
        says: 'A change to the framing that both sides agree on; deflate-stream is the one that is registered.',
        clause: 'draft-06/8.1/registered-or-private',
      },
      {
        term: 'deflate-stream',
        says: 'The extension that compresses all bytes behind the opening handshake as one stream.',
        clause: 'draft-06/8.2.1/all-bytes-deflated',
      },
      { term: 'resource name', says: 'Path and query of the URI: what stands in the request line.' },
      { term: 'accept and reject', says: 'A server answers the request with 101, or with another status.' },
    ],
  },
  {
    title: 'Connection',
    terms: [
      { term: 'endpoint', says: 'A client or a server; the other one is its peer.' },
      { term: 'role', says: 'Client or server: they mask differently and fail differently.' },
      { term: 'local and remote', says: 'What this endpoint does, and what comes from its peer.' },
      { term: 'connecting', says: 'The state before the opening handshake is complete.' },
      { term: 'open', says: 'The state in which messages flow.', clause: 'draft-06/4.1/data-while-open' },
      { term: 'closing', says: 'The state behind the first Close; its inner states name who began.' },
      { term: 'closed', says: 'The state behind the end of TCP.', clause: 'draft-06/7.1.3/closed' },
      {
        term: 'closing handshake',
        says: 'A Close from one side and a Close in answer, then the end of TCP.',
        clause: 'draft-06/7.1.2/start-with-close-frame',
      },
      {
        term: 'status code',
        says: 'Two bytes at the beginning of a Close that say why: 1000 normal, 1001 going away, 1002 protocol error, 1003 unfit data, 1004 too large.',
        clause: 'draft-06/7.4.1/1004-too-large',
      },
      {
        term: 'reason',
        says: 'UTF-8 text behind the status code, without a defined meaning.',
        clause: 'draft-06/4.5.1/reason-undefined',
      },
      { term: 'clean close', says: 'One with a Close from both sides.', clause: 'draft-06/7.1.3/cleanly' },
      {
        term: 'fail the connection',
        says: 'What a client does after an error: it ends the connection and tells the application.',
        clause: 'draft-06/7.1.4/fail-is-close',
      },
      {
        term: 'abort',
        says: 'What a server does during the opening handshake when something does not match.',
        clause: 'draft-06/5.2.1/abort-on-mismatch',
      },
      { term: 'drop', says: 'To end TCP and nothing else.', clause: 'draft-06/7.1.1/close-is-tcp-close' },
      { term: 'half-close', says: 'The end of one direction of TCP while the other goes on.' },
      { term: 'input', says: 'What happens to a connection: bytes, a command, a timer, the end of TCP.' },
      { term: 'effect', says: 'What a step asks for: write, deliver, arm a timer, end.' },
      { term: 'guard', says: 'A condition that decides which transition an event takes.' },
      { term: 'transition', says: 'The way from one state to the next, on an event.' },
    ],
  },
  {
    title: 'Timeouts',
    terms: [
      {
        term: 'Request-Timeout',
        says: 'A header field: how many seconds a client waits for the response.',
        clause: 'http-timeout-00/3/timeout-value',
      },
      {
        term: 'Connection-Timeout',
        says: 'A header field: how many seconds an idle connection is kept.',
        clause: 'http-timeout-00/4/grammar',
      },
      {
        term: 'idle',
        says: 'A connection on which a host neither sends nor receives data.',
        clause: 'http-timeout-00/4/idle',
      },
    ],
  },
  {
    title: 'Conformance',
    terms: [
      { term: 'clause', says: 'One normative sentence, restated, under an id that is an address.' },
      { term: 'level', says: 'How strongly a clause binds: MUST, SHOULD, MAY, their negations, or definition.' },
      { term: 'reading', says: 'A numbered interpretation where the texts are silent, contradict themselves or err.' },
      { term: 'law', says: 'A sentence that holds for all inputs, checked on many made at random.' },
      { term: 'case', says: 'One conversation with a peer, and what has to come of it.' },
      { term: 'fault', says: 'A peer that breaks one clause on purpose, to test the cases.' },
      { term: 'oddity', says: 'A peer that is unusual and right: no case may fail it.' },
      { term: 'kill matrix', says: 'Every fault against every case: which catches it, and what it blames.' },
      { term: 'vector', says: 'An input with the outcome that the text demands, as data.' },
      { term: 'trace', says: 'Bytes with direction and time, as they were recorded.' },
      { term: 'transcript', says: 'A trace as a person reads it.' },
      { term: 'finding', says: 'What was seen against a clause, where, and what would have been allowed.' },
      { term: 'verdict', says: 'What came of a case: pass, fail, advisory, informational, inconclusive or skipped.' },
      { term: 'seed', says: 'The number that makes random choices come out the same again.' },
      { term: 'shrink', says: 'To make what failed smaller as long as it still fails.' },
      { term: 'counterexample', says: 'The smallest input found that breaks a law.' },
      {
        term: 'exercised and vacuous',
        says: 'A clause whose occasion came up in a conversation, and one whose did not.',
      },
      { term: 'intermediary', says: 'Who passes HTTP on between client and server, such as a proxy.' },
    ],
  },
];

/** All of them. */
export const terms: readonly Term[] = termGroups.flatMap((group) => group.terms);
