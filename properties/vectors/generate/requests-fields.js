import { keyOfNonce } from '../../../model/accept.js';
import { headText, withField, withLines, without } from './head-text.js';
/** What all generated requests start from. */
export const plain = {
    start: 'GET /chat HTTP/1.1',
    fields: [
        'Host: server.example.com',
        'Upgrade: websocket',
        'Connection: Upgrade',
        'Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==',
        'Sec-WebSocket-Version: 6',
    ],
};
export const given = { authorities: ['server.example.com', 'server.example.com:8080'] };
/** A name for a value that can stand in an id. */
export const slug = (text) => text
    .replace(/[^A-Za-z0-9.-]/g, (character) => (character === ' ' ? '_' : `-${character.charCodeAt(0).toString(16)}`))
    .slice(0, 60) || 'empty';
/** One request for each value of a header field. */
export function values(name, clauses, list) {
    return list.map((entry) => {
        const [value, ...flags] = typeof entry === 'string' ? [entry] : entry;
        return {
            id: `${name.toLowerCase()}-${slug(value)}`,
            comment: `${name}: ${value === '' ? 'an empty value' : value}`,
            flags,
            clauses,
            input: { head: headText(withField(plain, name, value)) },
        };
    });
}
export function group(name, about, vectors) {
    return { name, about, given, vectors };
}
const demanded = ['Host', 'Upgrade', 'Connection', 'Sec-WebSocket-Key', 'Sec-WebSocket-Version'];
const presence = demanded.flatMap((name) => {
    const line = plain.fields.find((field) => field.startsWith(`${name}:`)) ?? '';
    const other = `${name}: ${name === 'Sec-WebSocket-Version' ? '7' : 'other'}`;
    const clauses = ['draft-06/5.2.1/abort-on-mismatch'];
    const repeated = name === 'Connection' ? ['SplitField'] : name === 'Upgrade' ? ['SplitField', 'UpgradeList'] : ['RepeatedField'];
    return [
        { id: `${name}-missing`, comment: `no ${name}`, flags: ['MissingField'], clauses, head: without(plain, name) },
        {
            id: `${name}-twice`,
            comment: `${name} twice, with the same value`,
            flags: repeated,
            clauses,
            head: withLines(plain, name, line, line),
        },
        {
            id: `${name}-and-other`,
            comment: `${name} with the right value and with another`,
            flags: repeated,
            clauses,
            head: withLines(plain, name, line, other),
        },
        {
            id: `${name}-empty`,
            comment: `${name} without a value`,
            flags: ['EmptyValue'],
            clauses,
            head: withField(plain, name, ''),
        },
    ].map(({ head, ...draft }) => ({ ...draft, id: draft.id.toLowerCase(), input: { head: headText(head) } }));
});
const nonces = [
    new Uint8Array(16),
    new Uint8Array(16).fill(255),
    Uint8Array.from({ length: 16 }, (_, at) => at * 17),
    Uint8Array.from({ length: 16 }, (_, at) => 240 - at),
].map((nonce) => keyOfNonce(nonce));
const keys = values('Sec-WebSocket-Key', ['draft-06/5.2.1/key'], [
    ...nonces,
    ['AAAAAAAAAAAAAAAAAAAAAB==', 'LooseBase64'],
    ['AAAAAAAAAAAAAAAAAAAAAP==', 'LooseBase64'],
    ['AAAAAAAAAAAAAAAAAAAA', 'WrongKey'],
    ['AAAAAAAAAAAAAAAAAAAAAAA=', 'WrongKey'],
    ['AAAAAAAAAAAAAAAAAAAAAAAA', 'WrongKey'],
    ['AAAAAAAAAAAAAAAAAAAAAA', 'WrongKey'],
    ['AAAAAAAAAAAAAAAAAAAAAA=', 'WrongKey'],
    ['AAAAAAAAAAAAAAAAAAAAAA===', 'WrongKey'],
    ['__8-AAAAAAAAAAAAAAAAAA==', 'WrongKey', 'UrlAlphabet'],
    ['AAAAAAAAAA AAAAAAAAAAAA==', 'WrongKey'],
    ['"AAAAAAAAAAAAAAAAAAAAAA=="', 'WrongKey'],
    ['00000000000000000000000000000000', 'WrongKey'],
    ['4 @1  46546xW%0l 1 5', 'WrongKey'],
    ['=', 'WrongKey'],
]);
const versions = values('Sec-WebSocket-Version', ['draft-06/5.2.1/version', 'draft-06/5.2.2/version-not-understood'], [
    ...['0', '1', '4', '5', '7', '8', '13', '66', '6.0', '6;', '"6"', '+6', '-6', 'six'].map((value) => [value, 'OtherVersion']),
    ...['06', '6, 6', '8, 6'].map((value) => [value, 'OtherVersion', 'VersionSpelling']),
]);
const upgrades = [
    ...values('Upgrade', ['draft-06/5.1/upgrade'], [
        ['WebSocket', 'UpgradeCase'],
        ['WEBSOCKET', 'UpgradeCase'],
        ['h2c, websocket', 'UpgradeList'],
        ['websocket, h2c', 'UpgradeList'],
        'websockets',
        'web socket',
        'h2c',
        '"websocket"',
        'websocket/6',
        'TLS/1.0, HTTP/1.1',
    ]),
    ...values('Connection', ['draft-06/5.1/connection'], [
        'upgrade',
        'UPGRADE',
        'keep-alive, Upgrade',
        'Upgrade, keep-alive',
        'keep-alive,Upgrade,,close',
        ',Upgrade,',
        'keep-alive',
        'close',
        'Upgraded',
        'Up grade',
        '"Upgrade"',
        'Upgrade;q=1',
    ]),
];
const hosts = values('Host', ['draft-06/5.2.1/host', 'draft-06/5.1/host'], [
    'server.example.com:8080',
    'SERVER.Example.COM',
    'server.example.com:80',
    'other.example.com',
    '192.0.2.1',
    '[2001:db8::1]:8006',
]);
const origins = values('Sec-WebSocket-Origin', ['draft-06/5.2.1/origin-optional', 'draft-06/5.2.2/origin-form'], [
    'http://example.com',
    'https://example.com:8443',
    'null',
    'http://xn--bcher-kva.example',
    'file://',
    ['', 'EmptyValue'],
    ['HTTP://EXAMPLE.COM', 'CapitalOrigin'],
    ['http://Example.com', 'CapitalOrigin'],
]);
/** The groups of this file. */
export const requestFieldGroups = [
    group('presence', 'Each demanded header field missing, twice, and empty.', presence),
    group('key', 'Values of Sec-WebSocket-Key.', keys),
    group('version', 'Values of Sec-WebSocket-Version, for a server that understands version 6 alone.', versions),
    group('upgrade', 'Values of Upgrade and Connection.', upgrades),
    group('host', 'Values of Host.', hosts),
    group('origin', 'Values of Sec-WebSocket-Origin.', origins),
];
