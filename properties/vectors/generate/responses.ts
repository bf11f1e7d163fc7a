import type { ClauseId } from '../../../spec/clauses.js';
import { acceptOfKey } from '../../../model/accept.js';
import { type HeadText, headText, withField, withLines, without } from './head-text.js';
import { type HandshakeInput, judgeResponse, type ResponseGiven } from './judge-handshakes.js';
import { slug } from './requests-fields.js';
import { responseExamples } from './responses-examples.js';
import type { Draft, Group, Subject } from './vector.js';

const key = 'AAECAwQFBgcICQoLDA0ODw==';
const given: ResponseGiven = { key, subprotocols: ['chat', 'v2.chat'], extensions: 'foo; a=1, bar, x-baz' };

const plain: HeadText = {
  start: 'HTTP/1.1 101 Switching Protocols',
  fields: ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${acceptOfKey(key)}`],
};

type ResponseDraft = Draft<HandshakeInput>;

const starts = (clauses: readonly ClauseId[], flags: readonly string[], list: readonly string[]) =>
  list.map((start): ResponseDraft => ({
    id: slug(start),
    comment: `status line: ${start}`,
    flags,
    clauses,
    input: { head: headText({ ...plain, start }) },
  }));

const statuses = [
  ...starts(
    ['draft-06/5.1/status-101'],
    ['OtherStatus'],
    [
      ...[100, 102, 200, 204, 301, 302, 400, 401, 403, 404, 407, 426, 500, 503].map((status) => `HTTP/1.1 ${status} x`),
      'HTTP/1.1 001 Switching Protocols',
    ],
  ),
  ...starts(
    ['draft-06/5.2.2/valid-http-response', 'draft-06/5.1/status-101'],
    [],
    [
      'HTTP/1.1 101 ',
      'HTTP/1.1 101 Web Socket Protocol Handshake',
      'HTTP/1.1 101 caf\u00e9',
      'HTTP/1.2 101 OK',
      'http/1.1 101 OK',
    ],
  ),
  ...starts(
    ['draft-06/5.2.2/valid-http-response'],
    ['WrongSyntax'],
    [
      'HTTP/1.1 101',
      'HTTP/1.1  101 OK',
      'HTTP/1.1 1010 OK',
      'HTTP/1.1 10 OK',
      'HTTP/1.1 +01 OK',
      'HTTP 101 OK',
      ' HTTP/1.1 101 OK',
      'ICY 101 OK',
      'HTTP/1.1\t101\tOK',
      'HTTP/1.1 101 a\u0001',
    ],
  ),
];

/** One response for each value of a header field. */
function values(name: string, clauses: readonly ClauseId[], flags: readonly string[], list: readonly string[]) {
  return list.map((value): ResponseDraft => ({
    id: `${name.toLowerCase()}-${slug(value)}`,
    comment: `${name}: ${value === '' ? 'an empty value' : value}`,
    flags: value === '' ? ['EmptyValue', ...flags] : flags,
    clauses,
    input: { head: headText(withField(plain, name, value)) },
  }));
}

const presence = (['Upgrade', 'Connection', 'Sec-WebSocket-Accept'] as const).flatMap(
  (name): readonly ResponseDraft[] => {
    const line = plain.fields.find((field) => field.startsWith(`${name}:`)) ?? '';
    const slugged = name.toLowerCase();
    const clauses = ['draft-06/5.1/response-validated'] as const;
    return [
      {
        id: `${slugged}-missing`,
        comment: `no ${name}`,
        flags: ['MissingField'],
        clauses,
        input: { head: headText(without(plain, name)) },
      },
      {
        id: `${slugged}-twice`,
        comment: `${name} twice, with the same value`,
        flags: ['RepeatedField'],
        clauses,
        input: { head: headText(withLines(plain, name, line, line)) },
      },
      {
        id: `${slugged}-and-other`,
        comment: `${name} with the right value and another`,
        flags: ['RepeatedField'],
        clauses,
        input: { head: headText(withLines(plain, name, line, `${name}: other`)) },
      },
    ];
  },
);

const accept = acceptOfKey(key);

const upgrades = [
  ...values('Upgrade', ['draft-06/5.1/response-upgrade'], [], ['WebSocket', 'WEBSOCKET']),
  ...values(
    'Upgrade',
    ['draft-06/5.1/response-upgrade'],
    ['WrongValue'],
    ['', 'websockets', 'websocket, h2c', '"websocket"', 'h2c', 'web socket'],
  ),
  ...values('Connection', ['draft-06/5.1/response-connection'], [], ['upgrade', 'UPGRADE']),
  ...values(
    'Connection',
    ['draft-06/5.1/response-connection'],
    ['ConnectionList'],
    ['Upgrade, keep-alive', 'keep-alive,upgrade', ',Upgrade'],
  ),
  ...values('Connection', ['draft-06/5.1/response-connection'], ['WrongValue'], ['', 'close', 'Upgraded', '"Upgrade"']),
];

const accepts = values(
  'Sec-WebSocket-Accept',
  ['draft-06/5.1/response-accept'],
  ['WrongValue'],
  [
    '',
    accept.toLowerCase(),
    accept.replace('=', ''),
    `${accept}=`,
    `"${accept}"`,
    `${accept}, ${accept}`,
    accept.replace(/.=$/, '/='),
    key,
    acceptOfKey('dGhlIHNhbXBsZSBub25jZQ=='),
    acceptOfKey(key.replace('==', '')),
    acceptOfKey(`${key} `),
    Buffer.from(accept, 'base64').toString('hex'),
    's3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
  ],
);

const chosen = [
  ...values(
    'Sec-WebSocket-Protocol',
    ['draft-06/5.2.2/subprotocol-selected'],
    [],
    ['chat', 'v2.chat', '"chat"', 'chat,'],
  ),
  ...values(
    'Sec-WebSocket-Protocol',
    ['draft-06/5.2.2/subprotocol-selected'],
    ['Uninvited'],
    ['superchat', 'Chat', 'chat, v2.chat', '""'],
  ),
  ...values('Sec-WebSocket-Protocol', ['draft-06/5.1/subprotocol-grammar'], ['WrongList'], ['', 'two words', 'chat;']),
  ...values(
    'Sec-WebSocket-Extensions',
    ['draft-06/8.1/response-is-in-use'],
    [],
    ['foo', 'bar', 'bar, foo', 'foo; a=2; b, x-baz', 'foo, foo'],
  ),
  ...values(
    'Sec-WebSocket-Extensions',
    ['draft-06/8/no-unrequested-extension'],
    ['Uninvited'],
    ['deflate-stream', 'foo, deflate-stream', 'Foo', 'baz'],
  ),
  ...values(
    'Sec-WebSocket-Extensions',
    ['draft-06/8.1/list-grammar'],
    ['WrongList'],
    ['', 'foo;', '"foo"', 'foo=1', 'foo bar'],
  ),
];

/** Where nothing was asked for, everything is uninvited. */
const toBare: readonly ResponseDraft[] = [
  ...values('Sec-WebSocket-Protocol', ['draft-06/5.2.2/subprotocol-selected'], ['Uninvited'], ['chat']),
  ...values('Sec-WebSocket-Extensions', ['draft-06/8/no-unrequested-extension'], ['Uninvited'], ['foo']),
];

const others: readonly ResponseDraft[] = [
  'Sec-WebSocket-Origin: http://example.com',
  'Sec-WebSocket-Location: ws://example.com/',
  'Sec-WebSocket-Version: 6',
  'Set-Cookie: a=b',
  'Date: Tue, 29 Mar 2011 00:00:00 GMT',
  'Content-Length: 0',
  'X-Latin-1: caf\u00e9',
].map((line) => ({
  id: slug(line.slice(0, line.indexOf(':')).toLowerCase()),
  comment: `a further header field: ${line}`,
  flags: ['UnknownField'],
  clauses: ['draft-06/5.2.2/valid-http-response'],
  input: { head: headText({ ...plain, fields: [...plain.fields, line] }) },
}));

/** The plain response with one text for another. */
const syntax: readonly ResponseDraft[] = (
  [
    [': ', ':', 'no-space', 'no space behind a colon'],
    ['Upgrade: websocket', 'upgrade:\twebsocket ', 'blanks', 'a small name and other blanks'],
    ['Upgrade: websocket', 'Upgrade:\r\n\twebsocket', 'fold', 'a value on the next line', 'Folded'],
    ['Upgrade: websocket', 'Upgrade websocket', 'no-colon', 'a header line without a colon', 'WrongSyntax'],
    ['Upgrade: ', ': ', 'no-name', 'a header line without a name', 'WrongSyntax'],
    ['Upgrade: ', 'Up(grade: ', 'separator-in-name', 'a name that is not a token', 'WrongSyntax'],
    ['websocket', 'web\u0000socket', 'nul', 'a control character in a value', 'WrongSyntax'],
    ['Upgrade: ', ' Upgrade: ', 'fold-first', 'a folded line with no field before it', 'WrongSyntax', 'Folded'],
    [/^/, '\r\n', 'empty-line-in-front', 'an empty line in front of a response', 'EmptyLine'],
    [/\r\n/g, '\n', 'line-feeds', 'every line ends with a line feed alone', 'LineFeedAlone'],
    ['socket\r\n', 'socket\r', 'carriage-return', 'a carriage return alone', 'WrongSyntax'],
    [/$/, '\u0084\u0005Hello', 'frame-behind', 'a frame right behind the head', 'FrameBehind'],
    [/$/, '\u0082', 'byte-behind', 'the first byte of a frame behind the head', 'FrameBehind'],
  ] as const
).map(([from, to, id, comment, ...flags]) => ({
  id,
  comment,
  flags,
  clauses: ['draft-06/5.2.2/valid-http-response'],
  input: { head: headText(plain).replace(from, to) },
}));

const whole = headText(plain);
const lineEnds = [...whole.matchAll(/\r\n/g)].map(({ index }) => index);
const truncations = [...new Set([0, 1, 9, 13, ...lineEnds.flatMap((at) => [at, at + 1, at + 2])])]
  .filter((length) => length < whole.length)
  .map((length): ResponseDraft => ({
    id: `cut-at-${length}`,
    comment: `the first ${length} characters of a response`,
    flags: ['Truncated'],
    clauses: ['draft-06/5.1/response-validated'],
    input: { head: whole.slice(0, length) },
  }));

const group = (
  name: string,
  about: string,
  vectors: readonly ResponseDraft[],
): Group<ResponseGiven, HandshakeInput> => ({
  name,
  about,
  given,
  vectors,
});

/** The opening handshake of servers, as a client reads it: draft-06 sections 5.1 and 5.2.2. */
export const openingResponses: Subject<ResponseGiven, HandshakeInput> = {
  name: 'opening-responses',
  about: "A server's opening handshake, and what a client makes of it (draft-06 sections 5.1 and 5.2.2).",
  flags: {
    DraftExample: 'An example of draft-06.',
    Continue: 'The status code is 100, which HTTP would have a client pass over (reading R-552).',
    OtherStatus: 'The status code is not 101.',
    WrongSyntax: 'The head is not HTTP by the grammar of RFC 2616.',
    LineFeedAlone:
      'A line ends with a line feed alone, which RFC 2616 section 19.3 recommends to tolerate (reading R-588).',
    EmptyLine: 'An empty line stands in front of the response (reading R-593).',
    Folded: 'A line begins with a blank and continues the one before it.',
    MissingField: 'A demanded header field is missing.',
    RepeatedField: 'A header field stands there twice; in our reading every value has to match (R-592).',
    EmptyValue: 'A header field has no value.',
    WrongValue: 'A demanded header field has another value.',
    UpgradeList: 'Upgrade lists another protocol too (reading R-554).',
    ConnectionList: 'Connection is a list that has the token Upgrade among others (reading R-503).',
    Uninvited: 'The server names what the client did not ask for, or more than one (readings R-504 and R-505).',
    WrongList: 'A list does not follow its grammar.',
    TwiceInUse: 'The server accepts one extension twice (reading R-806).',
    UnknownField: 'A header field that the client has no use for.',
    FrameBehind: 'Bytes of frames follow the head, which a server may send as soon as it has accepted.',
    Truncated: 'The head is not complete.',
  },
  doubts: {
    Continue: 'R-552',
    UpgradeList: 'R-554',
    RepeatedField: 'R-592',
    TwiceInUse: 'R-806',
    EmptyLine: 'R-593',
    LineFeedAlone: 'R-588',
  },
  readings: ['connectionOfResponse', 'subprotocolOfResponse', 'extensionOfResponse'],
  groups: [
    responseExamples,
    group('status-line', 'Status lines.', statuses),
    group('presence', 'Each demanded header field missing and twice.', presence),
    group('upgrade', 'Values of Upgrade and Connection.', upgrades),
    group('accept', 'Values of Sec-WebSocket-Accept, all of them wrong.', accepts),
    group('choices', 'The subprotocol and the extensions that the server chose.', chosen),
    {
      ...group('uninvited', 'Answers to a client that asked for nothing.', toBare),
      given: { key, subprotocols: [], extensions: '' },
    },
    group('other-fields', 'Header fields that the client has no use for.', others),
    group('syntax', 'Responses that are spelled in another way, rightly or wrongly.', syntax),
    group('truncations', 'Responses that end early, at and inside each line end.', truncations),
  ],
  judge: judgeResponse,
};
