/* The opening handshakes of clients that draft-06 shows, typed from the text. */
const sample = {
    key: 'dGhlIHNhbXBsZSBub25jZQ==',
    accept: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
};
const lines = (...text) => `${text.join('\r\n')}\r\n\r\n`;
const overview = lines('GET /chat HTTP/1.1', 'Host: server.example.com', 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Origin: http://example.com', 'Sec-WebSocket-Protocol: chat, superchat', 'Sec-WebSocket-Version: 6');
const opening = {
    kind: 'opening',
    resourceName: '/chat',
    host: 'server.example.com',
    ...sample,
    origin: 'http://example.com',
    subprotocols: ['chat', 'superchat'],
    extensions: [],
};
const flags = ['DraftExample'];
export const requestExamples = {
    name: 'draft-examples',
    about: 'The requests that draft-06 shows, with the values that it explains.',
    given: { authorities: ['server.example.com', 'example.com', 'ww2.example.com'] },
    vectors: [
        {
            id: 'overview',
            comment: 'the handshake of sections 1.2 and 1.3',
            flags,
            result: 'valid',
            clauses: ['draft-06/5.2.1/parts-of-the-request', 'draft-06/5.2.2/accept'],
            input: { head: overview },
            expect: opening,
        },
        {
            id: 'nonce-of-5.1',
            comment: 'the nonce 01 to 10 of section 5.1, whose example is not the canonical base64 form (AQIDBAUGBwgJCgsMDQ4PEA==)',
            flags: ['DraftExample', 'LooseBase64'],
            result: 'open',
            clauses: ['draft-06/5.1/key-is-16-byte-nonce', 'draft-06/5.2.1/key'],
            readings: ['R-534'],
            input: { head: overview.replace(sample.key, 'AQIDBAUGBwgJCgsMDQ4PEC==') },
            expect: { ...opening, key: 'AQIDBAUGBwgJCgsMDQ4PEC==', accept: 'OfS0wDaT5NoxF2gqm7Zj2YtetzM=' },
        },
        {
            id: 'origin-of-5.1',
            comment: 'the origin of section 5.1: code from www.example.com, a server at ww2.example.com',
            flags,
            result: 'valid',
            clauses: ['draft-06/5.1/origin-ascii-serialization', 'draft-06/5.2.2/origin-meaning'],
            input: {
                head: overview
                    .replace('Host: server.example.com', 'Host: ww2.example.com')
                    .replace('http://example.com', 'http://www.example.com'),
            },
            expect: { ...opening, host: 'ww2.example.com', origin: 'http://www.example.com' },
        },
        {
            id: 'proxy-connect',
            comment: 'what section 5.1 has a client say to a proxy: not an opening handshake',
            flags: ['DraftExample', 'PlainHttp'],
            result: 'invalid',
            clauses: ['draft-06/5.1/proxy-opens', 'draft-06/5.2.1/get-request'],
            input: { head: lines('CONNECT example.com:80 HTTP/1.1', 'Host: example.com') },
            expect: { kind: 'http' },
        },
        {
            id: 'proxy-connect-with-password',
            comment: 'the same with a password',
            flags: ['DraftExample', 'PlainHttp'],
            result: 'invalid',
            clauses: ['draft-06/5.1/proxy-opens', 'draft-06/5.2.1/get-request'],
            input: {
                head: lines('CONNECT example.com:80 HTTP/1.1', 'Host: example.com', 'Proxy-authorization: Basic ZWRuYW1vZGU6bm9jYXBlcyE='),
            },
            expect: { kind: 'http' },
        },
        ...['deflate-stream', 'mux; max-channels=4; flow-control, deflate-stream', 'x-private-extension'].map((value, index) => ({
            id: `extensions-of-8.1-${index + 1}`,
            comment: `the handshake of section 1.2 with an extension header of section 8.1: ${value}`,
            flags,
            result: 'valid',
            clauses: ['draft-06/8.1/requested-by-header', 'draft-06/8.1/list-grammar'],
            input: { head: overview.replace(/\r\n\r\n$/, `\r\nSec-WebSocket-Extensions: ${value}\r\n\r\n`) },
            expect: {
                ...opening,
                extensions: [
                    [{ name: 'deflate-stream', parameters: [] }],
                    [
                        { name: 'mux', parameters: [{ name: 'max-channels', value: '4' }, { name: 'flow-control' }] },
                        { name: 'deflate-stream', parameters: [] },
                    ],
                    [{ name: 'x-private-extension', parameters: [] }],
                ][index],
            },
        })),
    ],
};
