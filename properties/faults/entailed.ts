import type { ClauseId } from '../../spec/clauses.js';

/*
 * Who breaks one sentence often breaks others at once: the text says a thing again in another section, a rule of the
 * grammar is part of another rule, or a sentence names the parts of what another one demands.
 */

/** Clauses that are broken along with one, and why. */
export interface Entailment {
  readonly clauses: readonly [ClauseId, ...ClauseId[]];
  readonly breaks: readonly [ClauseId, ...ClauseId[]];
  readonly why: string;
}

export const entailments: readonly Entailment[] = [
  {
    why: 'a server that takes no request for what it is neither reads nor refuses each of its parts',
    clauses: ['draft-06/5.2.1/abort-on-mismatch'],
    breaks: [
      'draft-06/5.2.1/get-request',
      'draft-06/5.2.1/host',
      'draft-06/5.2.1/key',
      'draft-06/5.2.1/version',
      'draft-06/5.2.1/request-uri',
      'draft-06/5.2.2/version-not-understood',
      'draft-06/9/disconnect-on-bad-data',
    ],
  },
  {
    why: 'what is compressed wrongly is no frame, and no answer to a control frame',
    clauses: ['draft-06/8.2.1/all-bytes-deflated'],
    breaks: ['draft-06/4.5.2/ping-answered', 'draft-06/4.5.1/close-answered', 'draft-06/8.2.1/not-delayed'],
  },
  {
    why: 'the opcodes of text and binary are what tells the kinds apart',
    clauses: ['draft-06/4.6/opcode-interprets', 'draft-06/4.3/opcode'],
    breaks: ['draft-06/4.3/opcode-4-text', 'draft-06/4.3/opcode-5-binary'],
  },
  {
    why: 'who falls over at hostile input answers nobody any more',
    clauses: ['draft-06/9/input-not-trusted'],
    breaks: ['draft-06/4.5.2/ping-answered'],
  },
  {
    why: 'a rule of the grammar is part of the rule of the frame, and that is the format',
    clauses: [
      'draft-06/4.3/frame-fin-0',
      'draft-06/4.3/frame-fin-1',
      'draft-06/4.3/frame-rsv1',
      'draft-06/4.3/frame-rsv2',
      'draft-06/4.3/frame-rsv3',
      'draft-06/4.3/frame-rsv4',
      'draft-06/4.3/opcode-6-15-reserved',
      'draft-06/4.3/frame-length-7',
      'draft-06/4.3/frame-length-16',
      'draft-06/4.3/frame-length-63',
      'draft-06/4.3/frame-extension',
    ],
    breaks: ['draft-06/4.3/ws-frame'],
  },
  {
    why: 'the grammar is the format, and what is not in the format is no frame',
    clauses: ['draft-06/4.3/ws-frame', 'draft-06/4.3/grammar-is-the-format', 'draft-06/4.1/sequence-of-frames'],
    breaks: ['draft-06/4.3/grammar-is-the-format', 'draft-06/4.1/sequence-of-frames', 'draft-06/4.1/parts-of-a-frame'],
  },
  {
    why: 'each of the reserved bits is one of those that have to be 0, and are one bit each',
    clauses: [
      'draft-06/4.3/frame-rsv1',
      'draft-06/4.3/frame-rsv2',
      'draft-06/4.3/frame-rsv3',
      'draft-06/4.3/frame-rsv4',
      'draft-06/4.1/reserved-for-expansion',
    ],
    breaks: [
      'draft-06/4.1/reserved-bits-zero',
      'draft-06/4.3/rsv-zero',
      'draft-06/4.3/rsv-one-bit-each',
      'draft-06/4.1/reserved-for-expansion',
      'draft-06/4.8/extensions-negotiated',
    ],
  },
  {
    why: 'the bit that stands for expansion is one of the reserved ones',
    clauses: ['draft-06/4.1/reserved-for-expansion'],
    breaks: ['draft-06/4.3/frame-rsv1'],
  },
  {
    why: 'a reserved opcode is one that only an extension may use',
    clauses: ['draft-06/4.3/opcode-6-15-reserved', 'draft-06/4.8/room-for-extensions'],
    breaks: [
      'draft-06/4.1/reserved-opcodes-unused',
      'draft-06/4.8/room-for-extensions',
      'draft-06/4.3/opcode-6-15-reserved',
      'draft-06/4.8/extensions-negotiated',
    ],
  },
  {
    why: 'FIN is said in the prose and in the grammar',
    clauses: ['draft-06/4.3/frame-fin-0', 'draft-06/4.3/frame-fin-1'],
    breaks: ['draft-06/4.3/fin', 'draft-06/4.3/fin-one-bit', 'draft-06/4.4/fragmented', 'draft-06/4.4/unfragmented'],
  },
  {
    why: 'the opcodes of data and their meaning are said in several places',
    clauses: [
      'draft-06/4.3/opcode-4-text',
      'draft-06/4.3/opcode-5-binary',
      'draft-06/4.6/opcode-interprets',
      'draft-06/4.3/opcode',
    ],
    breaks: [
      'draft-06/4.3/opcode',
      'draft-06/4.3/opcode-four-bits',
      'draft-06/4.6/opcode-interprets',
      'draft-06/4.6/data-frames',
      'draft-06/4.4/one-type',
    ],
  },
  {
    why: 'the type of a message is that of its first fragment',
    clauses: ['draft-06/4.3/opcode-0-continuation', 'draft-06/4.4/first-fragment-sets-type', 'draft-06/4.4/one-type'],
    breaks: [
      'draft-06/4.4/fragmented',
      'draft-06/4.4/first-fragment-sets-type',
      'draft-06/4.3/opcode-0-continuation',
      'draft-06/4.4/one-type',
    ],
  },
  {
    why: 'a length of either form is the length in the grammar and in the prose',
    clauses: ['draft-06/4.3/frame-length-7', 'draft-06/4.3/length-7', 'draft-06/4.3/payload-length-is-sum'],
    breaks: [
      'draft-06/4.3/length-7',
      'draft-06/4.3/frame-length-7',
      'draft-06/4.3/length-seven-bits',
      'draft-06/4.3/payload-length-is-sum',
    ],
  },
  {
    why: 'a length of 16 bits is the length in the grammar and in the prose, in network byte order',
    clauses: ['draft-06/4.3/frame-length-16', 'draft-06/4.3/length-16'],
    breaks: [
      'draft-06/4.3/length-16',
      'draft-06/4.3/frame-length-16',
      'draft-06/4.3/frame-length-7e',
      'draft-06/4.3/network-byte-order',
      'draft-06/4.3/payload-length-is-sum',
    ],
  },
  {
    why: 'a length of 64 bits is the length in the grammar and in the prose, in network byte order',
    clauses: ['draft-06/4.3/frame-length-63', 'draft-06/4.3/length-63', 'draft-06/4.3/length-high-bit-zero'],
    breaks: [
      'draft-06/4.3/length-63',
      'draft-06/4.3/frame-length-63',
      'draft-06/4.3/frame-length-7f',
      'draft-06/4.3/network-byte-order',
      'draft-06/4.3/payload-length-is-sum',
    ],
  },
  {
    why: 'bytes in front of the application data are extension data that nobody negotiated',
    clauses: ['draft-06/4.3/frame-extension', 'draft-06/4.1/payload-data'],
    breaks: [
      'draft-06/4.3/no-extension-data',
      'draft-06/4.3/extension-negotiated',
      'draft-06/4.3/length-without-extension-data',
      'draft-06/4.3/application-data-length',
      'draft-06/4.1/payload-data',
      'draft-06/4.3/frame-extension',
      'draft-06/4.3/application-data-rest',
    ],
  },
  {
    why: 'the application data is any octets, in prose and grammar, and what the application gave',
    clauses: ['draft-06/4.3/application-data-arbitrary', 'draft-06/4.3/application-data-rest'],
    breaks: [
      'draft-06/4.3/application-data',
      'draft-06/4.3/application-data-arbitrary',
      'draft-06/4.3/application-data-rest',
      'draft-06/4.6/application-layer-data',
      'draft-06/4.6/binary-is-opaque',
    ],
  },
  {
    why: 'it is said in 4.4 and 4.5 that control frames are not fragmented',
    clauses: ['draft-06/4.5/control-not-fragmented'],
    breaks: ['draft-06/4.4/control-not-fragmented'],
  },
  {
    why: 'Ping and Pong are described twice, in 4.5.2 and 4.5.3, and by their opcodes',
    clauses: [
      'draft-06/4.5.2/ping-answered',
      'draft-06/4.5.2/ping-opcode',
      'draft-06/4.3/opcode-2-ping',
      'draft-06/4.5.3/pong-opcode',
      'draft-06/4.5/control-carries-state',
    ],
    breaks: [
      'draft-06/4.5.2/ping-answered',
      'draft-06/4.5.3/ping-answered',
      'draft-06/4.3/opcode-2-ping',
      'draft-06/4.5.2/ping-opcode',
      'draft-06/4.5/control-opcodes',
    ],
  },
  {
    why: 'the body of the Pong is described twice',
    clauses: ['draft-06/4.5.2/pong-echoes-body'],
    breaks: ['draft-06/4.5.3/pong-echoes-body'],
  },
  {
    why: 'that the Pong comes soon is said twice',
    clauses: ['draft-06/4.5.2/ping-answered-soon'],
    breaks: ['draft-06/4.5.3/ping-answered-soon'],
  },
  {
    why: 'the opcodes of control frames are listed together',
    clauses: ['draft-06/4.3/opcode-3-pong', 'draft-06/4.5/control-opcodes'],
    breaks: [
      'draft-06/4.5/control-opcodes',
      'draft-06/4.3/opcode-1-close',
      'draft-06/4.3/opcode-2-ping',
      'draft-06/4.5.2/ping-opcode',
    ],
  },
  {
    why: 'that a Close is answered is said in 4.5.1 and 7.1.2, and it is told by its opcode',
    clauses: [
      'draft-06/4.5.1/close-answered',
      'draft-06/4.3/opcode-1-close',
      'draft-06/4.5.1/close-opcode',
      'draft-06/4.5/control-opcodes',
      'draft-06/4.5.1/reason-undefined',
      'draft-06/7.1.2/start-with-close-frame',
      'draft-06/7.3/start-closing-handshake',
    ],
    breaks: [
      'draft-06/4.5.1/close-answered',
      'draft-06/7.1.2/other-party-answers',
      'draft-06/4.5.1/close-opcode',
      'draft-06/4.3/opcode-1-close',
      'draft-06/4.5/control-opcodes',
    ],
  },
  {
    why: 'who does not know a status code leaves its Close without an answer',
    clauses: [
      'draft-06/7.4.1/1000-normal',
      'draft-06/7.4.1/1001-going-away',
      'draft-06/7.4.1/1002-protocol-error',
      'draft-06/7.4.1/1003-unacceptable-data',
      'draft-06/7.4.1/1004-too-large',
      'draft-06/7.4.2/2000-2999-extensions',
    ],
    breaks: ['draft-06/4.5.1/close-answered', 'draft-06/7.1.2/other-party-answers'],
  },
  {
    why: 'the codes of the protocol are those from 1000 to 1999',
    clauses: ['draft-06/7.4.1/1000-normal', 'draft-06/7.4.1/1004-too-large'],
    breaks: ['draft-06/7.4.2/1000-1999-protocol'],
  },
  {
    why: 'a status code is two octets in network byte order, of a range that is used',
    clauses: [
      'draft-06/4.5.1/status-in-network-byte-order',
      'draft-06/4.5.1/body-is-application-data',
      'draft-06/7.4/codes-and-ranges',
      'draft-06/7.4.2/0-999-unused',
      'draft-06/4.5.1/body-starts-with-status',
    ],
    breaks: [
      'draft-06/4.5.1/body-starts-with-status',
      'draft-06/7.4/codes-and-ranges',
      'draft-06/4.5.1/status-in-network-byte-order',
      'draft-06/4.5.1/body-is-application-data',
    ],
  },
  {
    why: 'codes below 1000 are in no range',
    clauses: ['draft-06/7.4/codes-and-ranges'],
    breaks: ['draft-06/7.4.2/0-999-unused'],
  },
  {
    why: 'that TCP ends behind both Closes is said in 4.5.1, 7.1.1, 7.1.2 and 7.1.3',
    clauses: [
      'draft-06/4.5.1/drop-after-both',
      'draft-06/4.5.1/simultaneous-drop',
      'draft-06/4.5.1/simultaneous-close',
      'draft-06/7.1.1/clean-tcp-close',
    ],
    breaks: [
      'draft-06/4.5.1/drop-after-both',
      'draft-06/4.5.1/closed-after-both',
      'draft-06/7.1.2/close-after-both',
      'draft-06/7.1.1/close-is-tcp-close',
      'draft-06/7.1.3/closed',
      'draft-06/7.1.3/cleanly',
      'draft-06/4.5.1/simultaneous-drop',
      'draft-06/4.5.1/simultaneous-close',
    ],
  },
  {
    why: 'whoever lists an extension that was not requested breaks each sentence on what may be listed',
    clauses: [
      'draft-06/5.2.2/extensions-selected',
      'draft-06/10.5/from-both',
      'draft-06/8.1/registered-or-private',
      'draft-06/8.2.1/token',
      'draft-06/8.1/parameters-defined',
    ],
    breaks: [
      'draft-06/8/no-unrequested-extension',
      'draft-06/5.2.2/no-unlisted-extension',
      'draft-06/5.2.2/extensions-selected',
      'draft-06/5.2.2/extensions-meaning',
      'draft-06/5.2.2/extensions-by-8.1',
      'draft-06/8.1/accepted-by-header',
      'draft-06/4.8/negotiation-by-8.1',
      'draft-06/8.1/registered-token',
      'draft-06/10.5/in-handshake',
      'draft-06/8.2.1/token',
      'draft-06/8.1/private-use-token',
      'draft-06/8/parameters-by-extension',
      'draft-06/4.8/extensions-allowed',
      'draft-06/8.2/known-extensions',
    ],
  },
  {
    why: 'the rules of the grammar of extensions are parts of one another',
    clauses: [
      'draft-06/8.1/extension-list',
      'draft-06/8.1/extension',
      'draft-06/8.1/list-grammar',
      'draft-06/8.1/registered-or-private',
      'draft-06/8.1/parameters-defined',
    ],
    breaks: [
      'draft-06/8.1/list-grammar',
      'draft-06/8.1/extension-list',
      'draft-06/8.1/extension',
      'draft-06/8.1/extension-token',
      'draft-06/8.1/registered-token',
      'draft-06/8.1/private-use-token',
      'draft-06/8.1/extension-param',
      'draft-06/8.1/http-header-rules',
      'draft-06/5.1/extensions-format',
      'draft-06/5.1/extensions-meaning',
      'draft-06/5.2.1/extensions-wished',
      'draft-06/8.1/requested-by-header',
      'draft-06/10.5/in-handshake',
      'draft-06/8.2.1/token',
      'draft-06/8.1/registered-or-private',
      'draft-06/8.1/parameters-defined',
    ],
  },
  {
    why: 'whoever names a subprotocol that was not asked for breaks each sentence on its selection',
    clauses: ['draft-06/10.8/from-both', 'draft-06/5.2.2/subprotocol-meaning'],
    breaks: [
      'draft-06/5.2.2/subprotocol-selected',
      'draft-06/10.8/confirms-subprotocol',
      'draft-06/5.2.2/subprotocol-meaning',
      'draft-06/10.8/in-handshake',
      'draft-06/10.8/from-both',
    ],
  },
  {
    why: 'that the response has the right Sec-WebSocket-Accept is said in 5.2.2, 10.4 and 10.6',
    clauses: ['draft-06/10.6/in-handshake', 'draft-06/10.6/from-server', 'draft-06/5.2.2/accept-present'],
    breaks: [
      'draft-06/5.2.2/accept-present',
      'draft-06/10.6/in-handshake',
      'draft-06/10.6/from-server',
      'draft-06/5.2.2/steps-completed',
      'draft-06/10.4/proves-receipt',
    ],
  },
  {
    why: 'the value of Sec-WebSocket-Accept proves that the key was received as it was sent',
    clauses: ['draft-06/10.4/proves-receipt', 'draft-06/5.2.2/accept', 'draft-06/5.2.2/key-used-as-sent'],
    breaks: ['draft-06/5.2.2/accept', 'draft-06/5.2.2/key-used-as-sent', 'draft-06/10.4/proves-receipt'],
  },
  {
    why: 'what is left out of the response makes it no response that accepts',
    clauses: ['draft-06/5.2.2/steps-completed', 'draft-06/5.2.2/valid-http-response', 'draft-06/5.2.2/status-101'],
    breaks: ['draft-06/5.2.2/valid-http-response', 'draft-06/5.2.2/steps-completed'],
  },
  {
    why: 'the end of the response is the end of the opening handshake, behind which frames follow',
    clauses: ['draft-06/5.2.2/handshake-complete'],
    breaks: ['draft-06/4.1/reserved-bits-zero', 'draft-06/5.2.2/established'],
  },
  {
    why: 'what a request has to have is what keeps others out, and a request without it is refused',
    clauses: ['draft-06/10.4/keeps-others-out'],
    breaks: ['draft-06/5.2.1/key', 'draft-06/10.4/in-handshake', 'draft-06/5.2.1/abort-on-mismatch'],
  },
  {
    why: 'the version is described in 5.2.1, 5.2.2 and 10.9',
    clauses: ['draft-06/10.9/lets-server-close', 'draft-06/10.9/indicates-version'],
    breaks: [
      'draft-06/5.2.2/version-not-understood',
      'draft-06/10.9/in-handshake',
      'draft-06/10.9/indicates-version',
      'draft-06/10.9/lets-server-close',
      'draft-06/5.2.1/version',
    ],
  },
  {
    why: 'a request that is not as described is refused',
    clauses: [
      'draft-06/5.2.1/get-request',
      'draft-06/5.2.1/host',
      'draft-06/5.2.1/key',
      'draft-06/5.2.1/version',
      'draft-06/5.2.2/version-not-understood',
    ],
    breaks: ['draft-06/5.2.1/abort-on-mismatch'],
  },
  {
    why: 'Sec-WebSocket-Accept belongs to the response that accepts',
    clauses: ['draft-06/10.6/confirms-will', 'draft-06/10.6/not-elsewhere'],
    breaks: ['draft-06/10.6/not-elsewhere', 'draft-06/10.6/confirms-will'],
  },
  {
    why: 'to confirm an origin that was refused is to confirm more than was accepted',
    clauses: ['draft-06/9/answer-accepted-origin-only'],
    breaks: ['draft-06/10.7/from-server', 'draft-06/10.7/in-handshake', 'draft-06/9/verify-origin'],
  },
  {
    why: 'text in a wrong encoding is no UTF-8',
    clauses: ['draft-06/9/text-in-the-right-encoding'],
    breaks: ['draft-06/4.6/text-is-utf-8'],
  },
  {
    why: 'the stream of an extension that is in use is that of all bytes, control frames included',
    clauses: [
      'draft-06/8.2.1/all-bytes-deflated',
      'draft-06/8.2.1/control-messages-too',
      'draft-06/8.2.1/not-delayed',
      'draft-06/8.1/response-is-in-use',
    ],
    breaks: [
      'draft-06/8.1/response-is-in-use',
      'draft-06/8.2.1/control-messages-too',
      'draft-06/8.2.1/all-bytes-deflated',
      'draft-06/10.5/agrees-on-extensions',
    ],
  },
  {
    why: 'the shortest time is that for which an idle connection is kept',
    clauses: ['http-timeout-00/4/kept-as-long-as-said'],
    breaks: ['http-timeout-00/4/minimum-idle-time', 'http-timeout-00/4/idle'],
  },
  {
    why: 'without its token the field is not for one hop',
    clauses: ['http-timeout-00/4/connection-token'],
    breaks: ['http-timeout-00/4/hop-by-hop'],
  },
  // What a client sends as its opening handshake.
  {
    why: 'the request line has one form, of which version, method and Request-URI are parts',
    clauses: [
      'draft-06/5.1/http-1.1',
      'draft-06/5.1/method-get',
      'draft-06/5.1/request-line-form',
      'draft-06/5.1/request-uri',
    ],
    breaks: [
      'draft-06/5.1/request-line-form',
      'draft-06/5.1/request-uri-present',
      'draft-06/5.1/request-uri',
      'draft-06/10.1/resource-name',
      'draft-06/10.1/only-operation',
      'draft-06/10.1/identifies',
    ],
  },
  {
    why: 'the resource name is made of path and query, and is the Request-URI',
    clauses: [
      'draft-06/3.1/path',
      'draft-06/3.1/query-appended',
      'draft-06/3.1/empty-path-is-slash',
      'draft-06/3.3/resource-name-slash',
      'draft-06/3.3/resource-name-characters',
      'draft-06/10.1/others-percent-encoded',
      'draft-06/3.1/resolve',
      'draft-06/5.1/request-uri',
    ],
    breaks: [
      'draft-06/5.1/request-uri',
      'draft-06/3.1/path',
      'draft-06/3.1/query-appended',
      'draft-06/3.1/empty-path-is-slash',
      'draft-06/10.1/others-percent-encoded',
      'draft-06/10.1/resource-name',
    ],
  },
  {
    why: 'what is escaped is UTF-8, by 3.1 and 10.1',
    clauses: ['draft-06/10.1/others-percent-encoded', 'draft-06/3.3/resource-name-characters'],
    breaks: ['draft-06/3.1/resolve-as-utf-8', 'draft-06/10.1/others-as-utf-8'],
  },
  {
    why: 'Host names host and port of the URI',
    clauses: ['draft-06/5.1/host'],
    breaks: [
      'draft-06/3.1/explicit-port',
      'draft-06/10.1/identifies',
      'draft-06/5.1/valid-http-request',
      'draft-06/10.1/other-components',
    ],
  },
  {
    why: 'a client does not connect to what is no URI of the protocol',
    clauses: ['draft-06/3.1/no-fragment', 'draft-06/3.1/scheme', 'draft-06/3.1/absolute'],
    breaks: ['draft-06/5.1/invalid-uri-fails', 'draft-06/3.3/no-connection-to-invalid'],
  },
  {
    why: 'the key is described in 5.1, 5.2.2 and 10.4',
    clauses: ['draft-06/5.1/key', 'draft-06/5.1/key-is-16-byte-nonce'],
    breaks: [
      'draft-06/5.2.2/key-16-bytes',
      'draft-06/10.4/in-handshake',
      'draft-06/10.4/from-client',
      'draft-06/5.1/key',
      'draft-06/5.1/key-is-16-byte-nonce',
    ],
  },
  {
    why: 'the version is described in 5.1, 5.2.2 and 10.9',
    clauses: ['draft-06/5.1/version', 'draft-06/5.1/version-is-6'],
    breaks: [
      'draft-06/5.2.2/version-meaning',
      'draft-06/10.9/in-handshake',
      'draft-06/10.9/from-client',
      'draft-06/10.9/indicates-version',
    ],
  },
  {
    why: 'the opening handshake is a request with the parts that are listed',
    clauses: [
      'draft-06/5.1/upgrade',
      'draft-06/5.1/connection-present',
      'draft-06/5.1/valid-http-request',
      'draft-06/5.1/handshake-sent',
      'draft-06/5.1/key',
    ],
    breaks: [
      'draft-06/5.1/meets-requirements',
      'draft-06/5.1/handshake-is-upgrade',
      'draft-06/5.2.1/client-starts',
      'draft-06/5.2.1/parts-of-the-request',
      'draft-06/5.1/connection',
    ],
  },
  {
    why: 'capitals are letters that are not lower case',
    clauses: ['draft-06/5.1/origin-no-capitals', 'draft-06/5.1/origin-lower-case'],
    breaks: ['draft-06/5.1/origin-lower-case', 'draft-06/5.1/origin-no-capitals', 'draft-06/5.2.2/origin-form'],
  },
  {
    why: 'the list of subprotocols is described in 5.1 and 10.8',
    clauses: [
      'draft-06/5.1/subprotocol-grammar',
      'draft-06/5.1/subprotocol-characters',
      'draft-06/5.1/subprotocols-unique',
    ],
    breaks: [
      'draft-06/10.8/in-handshake',
      'draft-06/5.1/subprotocols-meaning',
      'draft-06/10.8/from-both',
      'draft-06/10.8/confirms-subprotocol',
      'draft-06/5.2.2/subprotocol-meaning',
      'draft-06/5.2.2/subprotocol-selected',
    ],
  },
  {
    why: 'that a client masks is said in 4.1, 4.2 and 9',
    clauses: [
      'draft-06/4.2/client-masks-all-frames',
      'draft-06/4.1/client-frames-masked',
      'draft-06/9/client-messages-masked',
    ],
    breaks: [
      'draft-06/4.2/client-masks-all-frames',
      'draft-06/4.1/client-frames-masked',
      'draft-06/9/client-messages-masked',
    ],
  },
  {
    why: 'the key, its place and its use are one algorithm, which has several sentences',
    clauses: [
      'draft-06/4.2/mask-whole-frame',
      'draft-06/4.2/masked-data',
      'draft-06/4.2/key-first',
      'draft-06/4.2/masked-frame',
      'draft-06/4.2/key-octet-index',
      'draft-06/4.2/octet-by-octet',
      'draft-06/4.2/masked-octet',
      'draft-06/4.2/key-32-bits',
      'draft-06/4.2/masking-key',
      'draft-06/4.2/key-inside-frame',
    ],
    breaks: [
      'draft-06/4.2/mask-whole-frame',
      'draft-06/4.2/masked-data',
      'draft-06/4.2/key-first',
      'draft-06/4.2/masked-frame',
      'draft-06/4.2/key-octet-index',
      'draft-06/4.2/octet-by-octet',
      'draft-06/4.2/masked-octet',
      'draft-06/4.2/key-32-bits',
      'draft-06/4.2/masking-key',
      'draft-06/4.2/key-inside-frame',
      'draft-06/4.2/client-masks-all-frames',
      'draft-06/4.2/full-octet',
    ],
  },
  {
    why: 'keys that follow a rule are not fresh, not unpredictable and not drawn from all',
    clauses: [
      'draft-06/4.2/fresh-key',
      'draft-06/4.2/key-unpredictable',
      'draft-06/4.2/key-uniform',
      'draft-06/4.2/key-chosen-by-client',
    ],
    breaks: [
      'draft-06/4.2/fresh-key',
      'draft-06/4.2/key-unpredictable',
      'draft-06/4.2/key-uniform',
      'draft-06/4.2/key-chosen-by-client',
    ],
  },
  {
    why: 'to fail is to close, in 7.1.4 and 7.2.1',
    clauses: ['draft-06/7.2.1/fail-is-close', 'draft-06/7.1.4/fail-is-close'],
    breaks: ['draft-06/7.1.4/fail-is-close', 'draft-06/7.2.1/fail-is-close'],
  },
  {
    why: 'bad text that is kept comes back as bad text',
    clauses: ['draft-06/6.1/client-replaces'],
    breaks: ['draft-06/4.6/text-is-utf-8'],
  },
  {
    why: 'Request-Timeout has one form',
    clauses: ['http-timeout-00/3/timeout-value'],
    breaks: ['http-timeout-00/3/grammar'],
  },
  {
    why: 'Connection-Timeout has one form',
    clauses: ['http-timeout-00/4/grammar'],
    breaks: ['http-timeout-00/4/integer-seconds'],
  },
];

const direct = new Map<ClauseId, Set<ClauseId>>();
for (const { clauses, breaks } of entailments) {
  for (const clause of clauses) {
    const known = direct.get(clause) ?? new Set<ClauseId>();
    for (const broken of breaks) known.add(broken);
    direct.set(clause, known);
  }
}

/** A clause and all that are broken along with it. */
export function brokenWith(clause: ClauseId): ReadonlySet<ClauseId> {
  const all = new Set([clause]);
  // What is added to a set while it is walked is walked, too.
  for (const each of all) for (const broken of direct.get(each) ?? []) all.add(broken);
  return all;
}
