/* The examples of http-timeout-00 sections 3.2 and 4.3, typed from the figures. */
const flags = ['DraftExample'];
const hop = (id, comment, received, forwarded) => ({
    id,
    comment,
    flags,
    result: 'valid',
    clauses: ['http-timeout-00/3/intermediary-may-reduce', 'http-timeout-00/3/not-increased'],
    input: { received, forwarded },
    expect: { kind: 'forwarded' },
});
const asked = (id, comment, value, seconds) => ({
    id,
    comment,
    flags,
    result: 'valid',
    clauses: ['http-timeout-00/3/grammar', 'http-timeout-00/3/server-interprets'],
    input: { fields: [['Request-Timeout', value]] },
    expect: { kind: 'timeouts', request: seconds },
});
const kept = (id, comment, value, seconds) => ({
    id,
    comment,
    flags,
    result: 'valid',
    clauses: ['http-timeout-00/4/connection-token', 'http-timeout-00/4/single-connection'],
    input: {
        fields: [
            ['Connection-Timeout', value],
            ['Connection', 'Connection-Timeout'],
        ],
    },
    expect: { kind: 'timeouts', connection: seconds },
});
export const timeoutExamples = [
    {
        name: 'request-timeout-example',
        about: 'Section 3.2: a client, a proxy, a gateway and a server; both between lower the timeout.',
        given: {},
        vectors: [
            asked('client', 'what the client sends', '300', 300),
            asked('proxy', 'what the proxy sends', '250', 250),
            asked('gateway', 'what the gateway sends: the server has up to 240 seconds', '240', 240),
            hop('at-proxy', 'the proxy lowers the timeout', 300, 250),
            hop('at-gateway', 'the gateway lowers it further', 250, 240),
        ],
    },
    {
        name: 'connection-timeout-example',
        about: 'Section 4.3: a client, a proxy and a server; each connection has timeouts of its own, in both directions.',
        given: {},
        vectors: [
            kept('client-to-proxy', 'ten minutes, from the client', '600', 600),
            kept('proxy-to-server', 'from the proxy to the server', '1200', 1200),
            kept('server-to-proxy', 'the server promises less', '300', 300),
            kept('proxy-to-client', 'two minutes, from the proxy', '120', 120),
        ],
    },
];
