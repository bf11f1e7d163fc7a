import type { Reading } from './readings/reading.js';

export type { Reading } from './readings/reading.js';

/** The readings that are parameters of the model, by the name of the parameter. */
export const readings = {
  nonMinimalLength: {
    number: 'R-401',
    question: 'May a payload length use a longer form than it needs?',
    clauses: ['draft-06/4.3/length-16', 'draft-06/4.3/length-63'],
    options: {
      allow: 'Every form that can carry the length is allowed.',
      refuse: 'A longer form than needed is a violation.',
    },
    chosen: 'allow',
    because: 'The grammar lets the 16-bit form start at 0 and the 63-bit form start at 0.',
    later: 'RFC 6455 section 5.2 demands the minimal number of bytes.',
    changes: 'verdict',
  },
  orphanContinuation: {
    number: 'R-402',
    question: 'What does a receiver do with a continuation frame when no message is open?',
    clauses: ['draft-06/4.4/fragmented', 'draft-06/4.4/unfragmented'],
    options: { refuse: 'It is a violation.', ignore: 'The frame is dropped without a word.' },
    chosen: 'refuse',
    because: 'The two forms of a message are defined completely, and neither begins with opcode 0.',
    later: 'RFC 6455 does not name the case; common practice is to fail the connection.',
    changes: 'verdict',
  },
  interleavedMessage: {
    number: 'R-403',
    question: 'What does a receiver do with a new data frame while a fragmented message is open?',
    clauses: ['draft-06/4.4/fragmented', 'draft-06/4.4/one-type'],
    options: { refuse: 'It is a violation.', abandon: 'The open message is dropped and the new one begins.' },
    chosen: 'refuse',
    because:
      'Between the first and the last fragment the definition has room for continuation and control frames only.',
    later: 'RFC 6455 section 5.4 forbids interleaving unless an extension interprets it.',
    changes: 'verdict',
  },
  pongAfterClose: {
    number: 'R-404',
    question: 'Is a Ping still answered after the endpoint has sent its Close and before the other Close has come?',
    clauses: ['draft-06/4.5.2/ping-answered', 'draft-06/4.5.1/no-data-after-close'],
    options: { answer: 'It is answered.', ignore: 'It is read and discarded.' },
    chosen: 'answer',
    because: 'The duty to answer has no exception, and only data messages are forbidden after a Close.',
    later: 'RFC 6455 section 5.5.2 excuses an endpoint only once it has received a Close.',
    changes: 'verdict',
  },
  closeReasonUtf8: {
    number: 'R-405',
    question: 'What becomes of a Close whose reason is not valid UTF-8?',
    clauses: ['draft-06/4.5.1/body-may-have-reason', 'draft-06/6.1/client-replaces', 'draft-06/6.2/server-undefined'],
    options: { replace: 'The bad bytes read as U+FFFD.', refuse: 'It is a violation.' },
    chosen: 'replace',
    because: 'Section 6.1 replaces wherever a client reads UTF-8, and section 6.2 leaves the server free.',
    later: 'RFC 6455 section 8.1 fails the connection on invalid UTF-8 wherever it is interpreted.',
    changes: 'verdict',
  },
  upgradeOfRequest: {
    number: 'R-501',
    question: 'Must a server insist on the Upgrade and Connection header fields, which section 5.2.1 does not list?',
    clauses: ['draft-06/5.1/upgrade', 'draft-06/5.1/connection', 'draft-06/5.2.1/abort-on-mismatch'],
    options: { require: 'A request without them is not an opening handshake.', ignore: 'They are not looked at.' },
    chosen: 'require',
    because: 'HTTP allows 101 only in answer to an Upgrade, and the port may serve plain HTTP as well.',
    later: 'RFC 6455 section 4.2.1 lists both for the server.',
    changes: 'verdict',
  },
  keyOfRequest: {
    number: 'R-502',
    question: 'Must a server decode Sec-WebSocket-Key, which 5.2.1 describes and 5.2.2 calls unnecessary?',
    clauses: ['draft-06/5.2.1/key', 'draft-06/5.2.1/abort-on-mismatch'],
    options: { decode: 'The value must decode to 16 bytes.', presence: 'Any value will do.' },
    chosen: 'decode',
    because: 'Section 5.2.1 makes the match a condition; the remark in 5.2.2 is about building the answer.',
    later: 'RFC 6455 kept both sentences.',
    changes: 'verdict',
  },
  connectionOfResponse: {
    number: 'R-503',
    question:
      'Must the Connection header field of the response be "Upgrade" alone, or is it a list that has the token?',
    clauses: ['draft-06/5.1/response-connection'],
    options: { exact: 'Every value must be "Upgrade".', token: 'One of the tokens must be "Upgrade".' },
    chosen: 'exact',
    because: 'The sentence makes a value that does not match a failure, while 5.1 says "include" of the request.',
    later: 'RFC 6455 section 4.1 asks for a token.',
    changes: 'verdict',
  },
  subprotocolOfResponse: {
    number: 'R-504',
    question: 'Does a client fail on a subprotocol that it did not ask for? The list of its checks does not say.',
    clauses: ['draft-06/5.1/response-validated', 'draft-06/5.2.2/subprotocol-selected'],
    options: { fail: 'The client fails the connection.', accept: 'The connection goes on without that subprotocol.' },
    chosen: 'fail',
    because:
      'The non-normative overview says that browsers verify it, and to go on would mean to misunderstand the peer.',
    later: 'RFC 6455 section 4.1 makes it a failure.',
    changes: 'verdict',
  },
  extensionOfResponse: {
    number: 'R-505',
    question: 'Does a client fail on an extension that it did not ask for? The list of its checks does not say.',
    clauses: ['draft-06/5.1/response-validated', 'draft-06/8/no-unrequested-extension'],
    options: { fail: 'The client fails the connection.', accept: 'The connection goes on as if it were absent.' },
    chosen: 'fail',
    because: 'The server may not name it, and bytes of an unknown extension cannot be read.',
    later: 'RFC 6455 section 4.1 makes it a failure.',
    changes: 'verdict',
  },
  earlyData: {
    number: 'R-506',
    question: 'What does a server do with bytes that follow the opening handshake before it has answered?',
    clauses: ['draft-06/5.1/waits-for-response', 'draft-06/5.2.1/abort-on-mismatch'],
    options: {
      abort: 'It aborts the connection.',
      keep: 'It keeps them and reads them as frames once it has accepted.',
    },
    chosen: 'abort',
    because: 'The client must not send them, and a cross-protocol attack would.',
    later: 'RFC 6455 says nothing to the server either.',
    changes: 'verdict',
  },
  abortResponse: {
    number: 'R-507',
    question: 'May a server that aborts send an HTTP response before it closes?',
    clauses: ['draft-06/7.2.2/abort-is-close', 'draft-06/5.2.2/version-response'],
    options: { answer: 'It answers with an HTTP error, then closes.', silent: 'It closes without a word.' },
    chosen: 'answer',
    because: 'A response that names the reason is expressly allowed for versions, and the close follows in any case.',
    later: 'RFC 6455 section 4.2.2 has the server return an HTTP response with an error code.',
    changes: 'behaviour',
  },
  hostOfRequest: {
    number: 'R-508',
    question: 'Must a server compare the Host header field with its own authority?',
    clauses: ['draft-06/5.2.1/host'],
    options: {
      present: 'Any single Host will do.',
      match: 'It must be one of the authorities that the server was told.',
    },
    chosen: 'present',
    because: 'Behind a proxy or a port mapping a server does not know under which name it was reached.',
    later: 'RFC 6455 kept the sentence.',
    changes: 'verdict',
  },
  replacement: {
    number: 'R-601',
    question: 'How many U+FFFD stand for a run of bytes that is not valid UTF-8?',
    clauses: ['draft-06/6.1/client-replaces'],
    options: {
      subpart: 'One for each longest beginning of a sequence, as in the Unicode and Encoding standards.',
      byte: 'One for each byte.',
    },
    chosen: 'subpart',
    because: 'Both readings fit "bytes or sequences of bytes"; this is what platform decoders do.',
    later: 'RFC 6455 replaced the rule by failing the connection.',
    changes: 'behaviour',
  },
  serverUtf8: {
    number: 'R-602',
    question: 'What does this server do with text that is not valid UTF-8?',
    clauses: ['draft-06/6.2/server-undefined'],
    options: {
      replace: 'Bad bytes read as U+FFFD.',
      close: 'The connection is closed with 1002.',
      verbatim: 'The bytes are kept as they came.',
    },
    chosen: 'replace',
    because: 'It is the rule of the client, and it loses no connection.',
    later: 'RFC 6455 has both roles fail the connection.',
    changes: 'behaviour',
  },
  onViolation: {
    number: 'R-701',
    question: 'What does an endpoint do when the other side breaks the framing?',
    clauses: [
      'draft-06/9/disconnect-on-bad-data',
      'draft-06/7.4.1/1002-protocol-error',
      'draft-06/7.1.4/fail-is-close',
    ],
    options: { close: 'It sends a Close with the status code, then ends TCP.', drop: 'It ends TCP at once.' },
    chosen: 'close',
    because: 'Status code 1002 exists for this, and the sentence on disconnecting does not forbid a word before it.',
    later: 'RFC 6455 section 7.1.7 recommends a Close before failing.',
    changes: 'behaviour',
  },
  statusCode: {
    number: 'R-703',
    question: 'Which status codes may a received Close carry?',
    clauses: ['draft-06/4.5.1/body-starts-with-status', 'draft-06/7.4.2/0-999-unused'],
    options: {
      ranges: 'Those from 1000 to 4999.',
      defined: 'Those from 1000 to 1004, and from 2000 to 4999.',
      any: 'Every number.',
    },
    chosen: 'ranges',
    because:
      'The code must be one "defined in section 7.4", which names ranges up to 4999 and calls those below 1000 unused.',
    later:
      'RFC 6455 section 7.4.2 joins 1000 to 2999, keeps the other ranges and names codes that never go on the wire.',
    changes: 'verdict',
  },
} as const satisfies Readonly<Record<string, Reading>>;

/** The name of a reading that is a parameter. */
export type ReadingName = keyof typeof readings;

/** One option chosen for each reading. */
export type ReadingChoices = { readonly [Name in ReadingName]: keyof (typeof readings)[Name]['options'] };

/** The options that hold unless others are asked for. */
export const defaultReadings: ReadingChoices = Object.fromEntries(
  Object.entries(readings).map(([name, reading]) => [name, reading.chosen]),
) as unknown as ReadingChoices;
