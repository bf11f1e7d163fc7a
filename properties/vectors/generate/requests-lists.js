import { headText, withLines } from './head-text.js';
import { group, plain, slug, values } from './requests-fields.js';
/* Opening handshakes with optional header fields, and with header fields that are split. */
const subprotocols = values('Sec-WebSocket-Protocol', ['draft-06/5.1/subprotocol-grammar'], [
    'chat',
    'chat, superchat',
    'superchat,chat',
    '"chat", superchat',
    'v2.bookings.example.net',
    ['chat, chat', 'WrongList'],
    ['chat; superchat', 'WrongList'],
    ['two words', 'WrongList'],
    ['"two words"', 'WrongList', 'BlankInName'],
    ['""', 'WrongList'],
    ['', 'EmptyList', 'WrongList'],
]);
const extensions = values('Sec-WebSocket-Extensions', ['draft-06/8.1/list-grammar'], [
    'foo, bar; baz=2',
    'x-foo; a; b="c d"',
    'foo; a=1; a=2, foo',
    ['foo;', 'WrongList'],
    ['foo=1', 'WrongList'],
    ['"foo"', 'WrongList'],
    ['', 'EmptyList', 'WrongList'],
]);
const split = [
    ['Sec-WebSocket-Protocol', ['chat', 'superchat'], []],
    ['Sec-WebSocket-Protocol', ['chat', '"chat"'], ['WrongList']],
    ['Sec-WebSocket-Extensions', ['foo', 'bar; baz=2'], []],
    ['Sec-WebSocket-Origin', ['http://a.example', 'http://b.example'], ['RepeatedField']],
    ['Connection', ['keep-alive', 'Upgrade'], []],
    ['Upgrade', ['h2c', 'websocket'], ['UpgradeList']],
].map(([name, parts, flags]) => ({
    id: `${String(name).toLowerCase()}-${parts.map(slug).join('-and-')}`,
    comment: `${String(name)} over two header fields`,
    flags: ['SplitField', ...flags],
    clauses: ['draft-06/5.1/valid-http-request'],
    input: {
        head: headText(withLines(plain, String(name), ...parts.map((part) => `${String(name)}: ${part}`))),
    },
}));
const others = [
    'Cookie: $Version="1"; a=b',
    'User-Agent: example/1.0 (with a comment)',
    'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
    'Sec-WebSocket-Draft: 3',
    'Origin: http://example.com',
    'Request-Timeout: 300',
    'X-Latin-1: caf\u00e9',
    'Content-Length: 0',
].map((line) => ({
    id: slug(line.slice(0, line.indexOf(':')).toLowerCase()),
    comment: `a further header field: ${line}`,
    flags: ['UnknownField'],
    clauses: ['draft-06/5.2.1/unknown-headers-ignored', 'draft-06/5.2.1/other-headers-optional'],
    input: { head: headText({ ...plain, fields: [...plain.fields, line] }) },
}));
/** The groups of this file. */
export const requestListGroups = [
    group('lists', 'Values of Sec-WebSocket-Protocol and Sec-WebSocket-Extensions.', [...subprotocols, ...extensions]),
    group('split-fields', 'Header fields of one name on several lines.', split),
    group('other-fields', 'Header fields that the server has no use for.', others),
];
