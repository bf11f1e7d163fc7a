/* The opening handshakes of servers that draft-06 shows, typed from the text. */
export const responseExamples = {
    name: 'draft-examples',
    about: 'The responses that draft-06 shows, as answers to the request of section 1.2.',
    given: { key: 'dGhlIHNhbXBsZSBub25jZQ==', subprotocols: ['chat', 'superchat'], extensions: '' },
    vectors: [
        {
            id: 'overview',
            comment: 'the response of section 1.2, with a subprotocol',
            flags: ['DraftExample'],
            result: 'valid',
            clauses: ['draft-06/5.1/response-validated', 'draft-06/5.1/response-accept', 'draft-06/5.2.2/subprotocol-sent'],
            input: {
                head: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n',
            },
            expect: { kind: 'accepted', extensions: [], subprotocol: 'chat' },
        },
        {
            id: 'without-subprotocol',
            comment: 'the response of section 1.3, without a subprotocol',
            flags: ['DraftExample'],
            result: 'valid',
            clauses: ['draft-06/5.1/response-validated', 'draft-06/5.1/response-accept'],
            input: {
                head: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
            },
            expect: { kind: 'accepted', extensions: [] },
        },
        {
            id: 'status-line-alone',
            comment: 'the status line of section 1.3 alone: more has to come',
            flags: ['DraftExample', 'Truncated'],
            result: 'valid',
            clauses: ['draft-06/5.2.2/status-101'],
            input: { head: 'HTTP/1.1 101 Switching Protocols\r\n' },
            expect: { kind: 'need-more' },
        },
    ],
};
