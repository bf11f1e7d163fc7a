/* Chains of hosts: those of the figures of http-timeout-00, and others with every kind of intermediary. */
/** The figure of section 4.3, where the proxy adds a Request-Timeout. */
const connectionsWith = (request) => ({
    kind: 'chain',
    hops: [
        { fromClient: 600, fromServer: 120 },
        { request, fromClient: 1200, fromServer: 300 },
    ],
    serverTime: request,
});
/** Typed from the figures of sections 3.2 and 4.3. */
const figures = [
    {
        id: 'figure-of-requests',
        comment: 'section 3.2: a proxy and a gateway both lower Request-Timeout; the server has up to 240 seconds',
        flags: ['DraftExample'],
        result: 'valid',
        clauses: [
            'http-timeout-00/3/end-to-end',
            'http-timeout-00/3/intermediary-may-reduce',
            'http-timeout-00/3/server-interprets',
        ],
        input: {
            chain: {
                client: { request: 300 },
                between: [
                    { kind: 'knowing', lowersTo: 250 },
                    { kind: 'knowing', lowersTo: 240 },
                ],
                server: {},
            },
        },
        expect: { kind: 'chain', hops: [{ request: 300 }, { request: 250 }, { request: 240 }], serverTime: 240 },
    },
    {
        id: 'figure-of-connections',
        comment: 'section 4.3: each connection has timeouts of its own, in both directions',
        flags: ['DraftExample'],
        // Who reads that a Request-Timeout has to be added does not read it off the figure, which shows only what it is about.
        result: 'open',
        readings: ['R-3013', 'R-3014'],
        clauses: [
            'http-timeout-00/4/either-host',
            'http-timeout-00/4/value-is-policy',
            'http-timeout-00/4/single-connection',
            'http-timeout-00/4/intermediary-request-timeout',
            'http-timeout-00/3/intermediary-may-add',
        ],
        input: {
            chain: {
                client: { connection: 600 },
                between: [{ kind: 'knowing', towardsServer: 1200, towardsClient: 120 }],
                server: { connection: 300 },
            },
        },
        expect: {
            kind: 'chain',
            hops: [
                { fromClient: 600, fromServer: 120 },
                { fromClient: 1200, fromServer: 300 },
            ],
            serverTime: null,
        },
        otherwise: [
            { choices: { 'R-3013': 'add' }, expect: connectionsWith(1200) },
            { choices: { 'R-3013': 'add', 'R-3014': 'client-side' }, expect: connectionsWith(120) },
        ],
    },
];
const draft = (id, comment, clauses, chain) => ({
    id,
    comment,
    flags: ['Chain'],
    clauses,
    input: { chain },
});
const client = { request: 60, connection: 90 };
const server = { longest: 100, connection: 30 };
const others = [
    draft('direct', 'nobody between', ['http-timeout-00/3/server-interprets'], { client, between: [], server }),
    draft('direct-shorter', 'the server has less time by its own policy', ['http-timeout-00/3/server-may-lower'], {
        client,
        between: [],
        server: { longest: 20 },
    }),
    draft('unknowing', 'an intermediary that knows neither header field', ['http-timeout-00/3.1/passed-on', 'http-timeout-00/4.1/discarded'], {
        client,
        between: [{ kind: 'unknowing' }],
        server,
    }),
    draft('transparent', 'a transparent intermediary', ['http-timeout-00/3.1/transparent', 'http-timeout-00/4.1/transparent'], {
        client,
        between: [{ kind: 'transparent' }],
        server,
    }),
    draft('non-compliant', 'an intermediary that does not comply', ['http-timeout-00/3.1/non-compliant', 'http-timeout-00/4.1/transparent'], {
        client,
        between: [{ kind: 'non-compliant' }],
        server,
    }),
    draft('added-again', 'lost at the first intermediary, added by the second', ['http-timeout-00/3.1/non-compliant', 'http-timeout-00/3/intermediary-may-add'], {
        client,
        between: [{ kind: 'non-compliant' }, { kind: 'knowing', lowersTo: 40, adds: true }],
        server,
    }),
    draft('own-promise', 'no more than the Connection-Timeout that the intermediary gives', ['http-timeout-00/4/intermediary-request-timeout'], {
        client,
        between: [{ kind: 'knowing', towardsServer: 50, towardsClient: 45 }],
        server,
    }),
    draft('nothing-to-lower', 'a Connection-Timeout is given, and there is no Request-Timeout (reading R-3013)', ['http-timeout-00/4/intermediary-request-timeout', 'http-timeout-00/3/intermediary-may-add'], {
        client: {},
        between: [{ kind: 'knowing', towardsServer: 50 }],
        server,
    }),
    draft('zero', 'a Request-Timeout of 0 (reading R-3033)', ['http-timeout-00/3/maximum-wait'], {
        client: { request: 0 },
        between: [{ kind: 'knowing', lowersTo: 50 }],
        server,
    }),
    draft('one-of-each', 'one of each kind', ['http-timeout-00/3/not-increased', 'http-timeout-00/4/hop-by-hop'], {
        client,
        between: [
            { kind: 'transparent' },
            { kind: 'knowing', lowersTo: 55, towardsServer: 70, towardsClient: 20 },
            { kind: 'unknowing' },
        ],
        server,
    }),
];
export const timeoutChainGroups = [
    {
        name: 'chains',
        about: 'A client, what stands between, and a server: what is told on each hop, and how long the server may take.',
        given: {},
        vectors: [...figures, ...others],
    },
];
