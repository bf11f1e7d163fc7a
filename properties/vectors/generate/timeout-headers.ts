import {
  forwardingFault,
  parseTimeout,
  readTimeouts,
  type TimeoutFault,
  timeoutFaults,
} from '../../../model/timeout-header.js';
import type { ClauseId } from '../../../spec/clauses.js';
import { timeoutExamples } from './timeout-examples.js';
import type { Draft, Group, Judgement, Subject } from './vector.js';

/** A value, the header fields of one head, or what an intermediary makes of a request. */
export type TimeoutInput =
  | { readonly value: string }
  | { readonly fields: readonly (readonly [name: string, value: string])[] }
  | { readonly received: number | null; readonly forwarded: number | null; readonly connectionTimeout?: number };

function judge(_given: object, input: TimeoutInput): Judgement {
  if ('value' in input) {
    const seconds = parseTimeout(input.value);
    if (seconds === undefined) return refusal('bad-request-timeout');
    const exact = BigInt(input.value).toString();
    return { accepted: true, expect: { kind: 'value', seconds, ...(exact === String(seconds) ? {} : { exact }) } };
  }
  if ('fields' in input) {
    const read = readTimeouts(input.fields.map(([name, value]) => ({ name, value })));
    return typeof read === 'string' ? refusal(read) : { accepted: true, expect: { kind: 'timeouts', ...read } };
  }
  const fault = forwardingFault(input.received ?? undefined, input.forwarded ?? undefined, input.connectionTimeout);
  return fault === undefined ? { accepted: true, expect: { kind: 'forwarded' } } : refusal(fault);
}

function refusal(code: TimeoutFault): Judgement {
  const clause = timeoutFaults[code];
  return { accepted: false, breaks: clause, expect: { kind: 'refused', violation: { code, clause } } };
}

type TimeoutDraft = Draft<TimeoutInput>;

const values = (
  flag: string,
  rows: readonly (readonly [id: string, value: string, comment: string])[],
): readonly TimeoutDraft[] =>
  rows.map(([id, value, comment]) => ({
    id,
    comment,
    flags: [flag],
    clauses: ['http-timeout-00/3/timeout-value', 'http-timeout-00/3/integer-seconds'],
    input: { value },
  }));

const numbers = values('Number', [
  ...[
    0, 1, 9, 10, 30, 59, 60, 119, 120, 300, 599, 600, 1200, 3600, 65535, 65536, 86400, 2147483647, 2147483648,
    4294967295, 4294967296,
  ].map((number) => [String(number), String(number), `${number} seconds`] as const),
  ['largest-exact', '9007199254740991', 'the largest number that a double has exactly'],
  ['zero-in-front', '0300', 'a zero in front does not count, and makes no octal number'],
  ['zeros', '000', 'zeros'],
  ['many-zeros', `${'0'.repeat(40)}5`, 'many zeros in front'],
]);

const large = values('LargerThanExact', [
  ['2-to-53', '9007199254740992', 'the next number'],
  ['2-to-53-and-1', '9007199254740993', 'a number that a double has not'],
  ['2-to-63', '9223372036854775808', 'a number of 64 bits'],
  ['2-to-64', '18446744073709551616', 'a number of 65 bits'],
  ['thirty-digits', '9'.repeat(30), 'thirty digits'],
  ['four-hundred-digits', '9'.repeat(400), 'more than a double can hold'],
]);

const notNumbers = values('NotDigits', [
  ['empty', '', 'no digit'],
  ['minus', '-1', 'a negative number'],
  ['plus', '+300', 'a sign'],
  ['decimal', '1.5', 'a fraction'],
  ['decimal-zero', '300.0', 'a fraction of zero'],
  ['decimal-comma', '1,5', 'a comma'],
  ['exponent', '3e2', 'an exponent'],
  ['hex', '0x12c', 'hexadecimal digits'],
  ['underscore', '1_000', 'an underscore'],
  ['unit', '300s', 'a unit'],
  ['unit-blank', '300 s', 'a unit behind a blank'],
  ['words', 'forever', 'a word'],
  ['infinity', 'Infinity', 'a word that some read as a number'],
  ['list', '300, 250', 'a list'],
  ['quoted', '"300"', 'quotes'],
  ['parameter', '300;a=1', 'a parameter'],
  ['blank-inside', '3 00', 'a blank inside'],
  ['superscript', '\u00b2', 'a character that some count among digits'],
  ['line-feed', '300\n', 'a line feed at the end, which some patterns overlook'],
  ['nul', '300\u0000', 'U+0000 at the end'],
  ['name', 'timeout=300', 'the form of Keep-Alive'],
]);

type Fields = readonly (readonly [string, string])[];

const heads = (
  clauses: readonly ClauseId[],
  rows: readonly (readonly [id: string, flag: string, fields: Fields, comment: string])[],
): readonly TimeoutDraft[] =>
  rows.map(([id, flag, fields, comment]) => ({ id, comment, flags: [flag], clauses, input: { fields } }));

const listed = ['Connection', 'Connection-Timeout'] as const;

const inHeads = [
  ...heads(
    ['http-timeout-00/4/connection-token', 'http-timeout-00/4/grammar'],
    [
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
    ],
  ),
  ...heads(
    ['http-timeout-00/3/grammar', 'http-timeout-00/3/end-to-end'],
    [
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
    ],
  ),
  ...heads(
    ['http-timeout-00/3/not-above-connection-timeout'],
    (
      [
        ['0', '0'],
        ['299', '300'],
        ['300', '300'],
        ['301', '300'],
        ['1', '0'],
        ['0300', '299'],
        ['1000', '999'],
        ['99', '100'],
      ] as const
    ).map(([request, connection]) => [
      `both-${request}-${connection}`,
      'Both',
      [['Request-Timeout', request], ['Connection-Timeout', connection], listed],
      `Request-Timeout ${request} and Connection-Timeout ${connection} of one client`,
    ]),
  ),
];

type Hop = readonly [received: number | null, forwarded: number | null, connectionTimeout?: number];

const hops: readonly TimeoutDraft[] = (
  [
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
  ] as readonly Hop[]
).map(([received, forwarded, given]) => ({
  id: [received, forwarded, given].flatMap((value) => (value === undefined ? [] : [value ?? 'none'])).join('-'),
  comment: `received ${received ?? 'none'}, forwarded ${forwarded ?? 'none'}${given === undefined ? '' : `, on a connection with Connection-Timeout ${given}`}`,
  flags: ['Intermediary'],
  clauses:
    given === undefined
      ? ['http-timeout-00/3/intermediary-may-reduce', 'http-timeout-00/3/intermediary-may-add']
      : ['http-timeout-00/4/intermediary-request-timeout'],
  input: { received, forwarded, ...(given === undefined ? {} : { connectionTimeout: given }) },
}));

const group = (name: string, about: string, vectors: readonly TimeoutDraft[]): Group<object, TimeoutInput> => ({
  name,
  about,
  given: {},
  vectors,
});

/** Request-Timeout and Connection-Timeout: http-timeout-00 sections 3 and 4. */
export const timeoutHeaders: Subject<object, TimeoutInput> = {
  name: 'timeout-headers',
  about: 'Request-Timeout and Connection-Timeout (http-timeout-00 sections 3 and 4).',
  flags: {
    DraftExample: 'An example of http-timeout-00.',
    Number: 'A timeout value.',
    LargerThanExact:
      'A number that the grammar allows and few could hold. `seconds` is the largest number that a double has exactly, `exact` has all digits; every number that is as large as the implementation can hold is right.',
    NotDigits: 'Something else than digits.',
    Listed: 'Connection-Timeout, as far as it is there, is named in Connection.',
    NotListed: 'Connection-Timeout is not named in Connection.',
    Repeated: 'A header field that is no list stands there twice.',
    RequestTimeout: 'About Request-Timeout alone.',
    Both: 'A request of a client with both header fields.',
    Intermediary: 'The Request-Timeout that an intermediary received and the one that it forwarded; null for none.',
  },
  readings: [],
  groups: [
    ...timeoutExamples,
    group('values', 'Timeout values, which both header fields have.', [...numbers, ...large, ...notNumbers]),
    group('heads', 'Header fields of one request or response.', inHeads),
    group('intermediaries', 'What intermediaries do with Request-Timeout.', hops),
  ],
  judge,
};
