import { timeoutGroup } from './timeout-values.js';
const heads = (clauses, rows) => rows.map(([id, flag, fields, comment]) => ({ id, comment, flags: [flag], clauses, input: { fields } }));
const listed = ['Connection', 'Connection-Timeout'];
const inHeads = [
    ...heads(['http-timeout-00/4/connection-token', 'http-timeout-00/4/grammar'], [
        ['listed', 'Listed', [['Connection-Timeout', '600'], listed], 'named in Connection'],
        [
            'listed-first',
            'Listed',
            [listed, ['Connection-Timeout', '600']],
            'the order of the header fields does not matter',
        ],
        [
            'listed-small',
            'Listed',
            [
                ['connection-timeout', '600'],
                ['connection', 'CONNECTION-TIMEOUT'],
            ],
            'names and tokens have no case',
        ],
        [
            'listed-among',
            'Listed',
            [
                ['Connection-Timeout', '600'],
                ['Connection', 'keep-alive, Connection-Timeout'],
            ],
            'named among others',
        ],
        [
            'listed-split',
            'Listed',
            [['Connection', 'keep-alive'], ['Connection-Timeout', '600'], listed],
            'named in a second Connection',
        ],
        [
            'listed-upgrade',
            'Listed',
            [
                ['Connection', 'Upgrade, Connection-Timeout'],
                ['Upgrade', 'websocket'],
                ['Connection-Timeout', '600'],
            ],
            'in an opening handshake',
        ],
        ['listed-zero', 'Listed', [['Connection-Timeout', '0'], listed], 'no time at all'],
        ['not-listed', 'NotListed', [['Connection-Timeout', '600']], 'no Connection header field'],
        [
            'not-listed-close',
            'NotListed',
            [
                ['Connection-Timeout', '600'],
                ['Connection', 'close'],
            ],
            'another token',
        ],
        [
            'not-listed-longer',
            'NotListed',
            [
                ['Connection-Timeout', '600'],
                ['Connection', 'Connection-Timeouts'],
            ],
            'a longer token',
        ],
        [
            'not-listed-empty',
            'NotListed',
            [
                ['Connection-Timeout', '600'],
                ['Connection', ''],
            ],
            'an empty Connection',
        ],
        [
            'not-listed-value',
            'NotListed',
            [
                ['Connection-Timeout', '600'],
                ['Connection', 'Connection-Timeout=600'],
            ],
            'a token with a value',
        ],
        [
            'not-listed-quoted',
            'NotListed',
            [
                ['Connection-Timeout', '600'],
                ['Connection', '"Connection-Timeout"'],
            ],
            'a token in quotes',
        ],
        [
            'not-listed-other',
            'NotListed',
            [
                ['Connection-Timeout', '600'],
                ['Connection', 'Request-Timeout'],
            ],
            'the name of the other header field',
        ],
        ['token-alone', 'Listed', [listed], 'named in Connection, and not there'],
        [
            'repeated',
            'Repeated',
            [['Connection-Timeout', '600'], ['Connection-Timeout', '600'], listed],
            'Connection-Timeout twice',
        ],
        ['bad-value', 'NotDigits', [['Connection-Timeout', '10m'], listed], 'a value that is no number'],
        ['empty-value', 'NotDigits', [['Connection-Timeout', ''], listed], 'an empty value'],
    ]),
    ...heads(['http-timeout-00/3/grammar', 'http-timeout-00/3/end-to-end'], [
        ['request', 'RequestTimeout', [['Request-Timeout', '300']], 'Request-Timeout needs no token'],
        ['request-small', 'RequestTimeout', [['request-timeout', '300']], 'names have no case'],
        [
            'request-repeated',
            'Repeated',
            [
                ['Request-Timeout', '300'],
                ['Request-Timeout', '250'],
            ],
            'Request-Timeout twice',
        ],
        ['request-bad', 'NotDigits', [['Request-Timeout', 'soon']], 'a value that is no number'],
        [
            'old-name',
            'RequestTimeout',
            [['Timeout', '300']],
            'the name of an earlier text, which this one still uses by mistake: another header field',
        ],
        ['none', 'RequestTimeout', [['Host', 'example.com']], 'neither header field'],
    ]),
    ...heads(['http-timeout-00/3/not-above-connection-timeout'], [
        ['0', '0'],
        ['299', '300'],
        ['300', '300'],
        ['301', '300'],
        ['1', '0'],
        ['0300', '299'],
        ['1000', '999'],
        ['99', '100'],
    ].map(([request, connection]) => [
        `both-${request}-${connection}`,
        'Both',
        [['Request-Timeout', request], ['Connection-Timeout', connection], listed],
        `Request-Timeout ${request} and Connection-Timeout ${connection} of one client`,
    ])),
];
const hops = [
    [300, 299],
    [300, 300],
    [300, 301],
    [300, 0],
    [0, 0],
    [0, 1],
    [300, 3000],
    [99, 100],
    [300, null],
    [0, null],
    [null, null],
    [null, 120],
    [null, 120, 120],
    [null, 121, 120],
    [300, 120, 120],
    [300, 121, 120],
    [300, 300, 1200],
    [300, 301, 1200],
    [300, null, 120],
    [null, null, 120],
    [300, 0, 0],
    [300, 1, 0],
].map(([received, forwarded, given]) => ({
    id: [received, forwarded, given].flatMap((value) => (value === undefined ? [] : [value ?? 'none'])).join('-'),
    comment: `received ${received ?? 'none'}, forwarded ${forwarded ?? 'none'}${given === undefined ? '' : `, on a connection with Connection-Timeout ${given}`}`,
    flags: [
        'Intermediary',
        ...(received === null && forwarded === null && given !== undefined ? ['NothingToLower'] : []),
    ],
    clauses: given === undefined
        ? ['http-timeout-00/3/intermediary-may-reduce', 'http-timeout-00/3/intermediary-may-add']
        : ['http-timeout-00/4/intermediary-request-timeout'],
    input: { received, forwarded, ...(given === undefined ? {} : { connectionTimeout: given }) },
}));
/** The groups of this file. */
export const timeoutHeadGroups = [
    timeoutGroup('heads', 'Header fields of one request or response.', inHeads),
    timeoutGroup('intermediaries', 'What intermediaries do with Request-Timeout.', hops),
];
