import { acceptOfKey } from '../../../model/accept.js';
import { headText, withField, withLines, without } from './head-text.js';
import { slug } from './requests-fields.js';
/* Responses that differ from a plain one in the status line or in a header field. */
const key = 'AAECAwQFBgcICQoLDA0ODw==';
const given = { key, subprotocols: ['chat', 'v2.chat'], extensions: 'foo; a=1, bar, x-baz' };
export const plain = {
    start: 'HTTP/1.1 101 Switching Protocols',
    fields: ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${acceptOfKey(key)}`],
};
const starts = (clauses, flags, list) => list.map((start) => ({
    id: slug(start),
    comment: `status line: ${start}`,
    flags,
    clauses,
    input: { head: headText({ ...plain, start }) },
}));
const statuses = [
    ...starts(['draft-06/5.1/status-101'], ['OtherStatus'], [
        ...[102, 200, 204, 301, 302, 400, 401, 403, 404, 407, 426, 500, 503].map((status) => `HTTP/1.1 ${status} x`),
        'HTTP/1.1 001 Switching Protocols',
    ]),
    ...starts(['draft-06/5.1/status-101'], ['OtherStatus', 'Continue'], ['HTTP/1.1 100 Continue']),
    ...starts(['draft-06/5.2.2/valid-http-response', 'draft-06/5.1/status-101'], [], [
        'HTTP/1.1 101 ',
        'HTTP/1.1 101 Web Socket Protocol Handshake',
        'HTTP/1.1 101 caf\u00e9',
        'HTTP/1.2 101 OK',
        'http/1.1 101 OK',
    ]),
    ...starts(['draft-06/5.2.2/valid-http-response'], ['WrongSyntax'], [
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
    ]),
];
/** One response for each value of a header field. */
function values(name, clauses, flags, list) {
    return list.map((value) => ({
        id: `${name.toLowerCase()}-${slug(value)}`,
        comment: `${name}: ${value === '' ? 'an empty value' : value}`,
        flags: value === '' ? ['EmptyValue', ...flags] : flags,
        clauses,
        input: { head: headText(withField(plain, name, value)) },
    }));
}
const presence = ['Upgrade', 'Connection', 'Sec-WebSocket-Accept'].flatMap((name) => {
    const line = plain.fields.find((field) => field.startsWith(`${name}:`)) ?? '';
    const slugged = name.toLowerCase();
    const clauses = ['draft-06/5.1/response-validated'];
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
});
const accept = acceptOfKey(key);
const upgrades = [
    ...values('Upgrade', ['draft-06/5.1/response-upgrade'], [], ['WebSocket', 'WEBSOCKET']),
    ...values('Upgrade', ['draft-06/5.1/response-upgrade'], ['WrongValue'], ['', 'websockets', '"websocket"', 'h2c', 'web socket']),
    ...values('Upgrade', ['draft-06/5.1/response-upgrade'], ['UpgradeList'], ['websocket, h2c', 'websocket,']),
    ...values('Connection', ['draft-06/5.1/response-connection'], [], ['upgrade', 'UPGRADE']),
    ...values('Connection', ['draft-06/5.1/response-connection'], ['ConnectionList'], ['Upgrade, keep-alive', 'keep-alive,upgrade', ',Upgrade']),
    ...values('Connection', ['draft-06/5.1/response-connection'], ['WrongValue'], ['', 'close', 'Upgraded', '"Upgrade"']),
];
const accepts = values('Sec-WebSocket-Accept', ['draft-06/5.1/response-accept'], ['WrongValue'], [
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
]);
const chosen = [
    ...values('Sec-WebSocket-Protocol', ['draft-06/5.2.2/subprotocol-selected'], [], ['chat', 'v2.chat', '"chat"', 'chat,']),
    ...values('Sec-WebSocket-Protocol', ['draft-06/5.2.2/subprotocol-selected'], ['Uninvited'], ['superchat', 'Chat', 'chat, v2.chat', '""']),
    ...values('Sec-WebSocket-Protocol', ['draft-06/5.1/subprotocol-grammar'], ['WrongList'], ['', 'two words', 'chat;']),
    ...values('Sec-WebSocket-Extensions', ['draft-06/8.1/response-is-in-use'], [], ['foo', 'bar', 'bar, foo', 'foo; a=2; b, x-baz']),
    ...values('Sec-WebSocket-Extensions', ['draft-06/8.1/response-is-in-use'], ['TwiceInUse'], ['foo, foo']),
    ...values('Sec-WebSocket-Extensions', ['draft-06/8/no-unrequested-extension'], ['Uninvited'], ['deflate-stream', 'foo, deflate-stream', 'Foo', 'baz']),
    ...values('Sec-WebSocket-Extensions', ['draft-06/8.1/list-grammar'], ['WrongList'], ['', 'foo;', '"foo"', 'foo=1', 'foo bar']),
];
/** Where nothing was asked for, everything is uninvited. */
const toBare = [
    ...values('Sec-WebSocket-Protocol', ['draft-06/5.2.2/subprotocol-selected'], ['Uninvited'], ['chat']),
    ...values('Sec-WebSocket-Extensions', ['draft-06/8/no-unrequested-extension'], ['Uninvited'], ['foo']),
];
const others = [
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
export const group = (name, about, vectors) => ({
    name,
    about,
    given,
    vectors,
});
/** The groups of this file. */
export const responseGroups = [
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
];
