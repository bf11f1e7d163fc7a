import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldValues, type HeaderField } from '../../model/http-head.js';
import { withTimeouts } from '../../model/timeout-fields.js';
import { faultOfForwarded, forwardingFault } from '../../model/timeout-forwarding.js';
import { heardTimeouts, readTimeouts, type TimeoutFault, timeoutFaults } from '../../model/timeout-header.js';
import { forward, type Intermediary } from '../../model/timeout-intermediary.js';
import { defaultReadings, type ReadingChoices } from '../../spec/readings.js';
import { clientTimeouts, intermediaries, requestWith, seconds, timeoutFields } from '../arbitraries/timeout.js';
import { law } from './law.js';

law(
  'an intermediary may lower or add Request-Timeout, and neither raise nor remove it nor go above its own promise',
  [
    'http-timeout-00/3/not-increased',
    'http-timeout-00/3/not-removed',
    'http-timeout-00/3/intermediary-may-reduce',
    'http-timeout-00/3/intermediary-may-add',
    'http-timeout-00/4/intermediary-request-timeout',
  ],
  () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.nat(1000), (received, forwarded, given) => {
        expect(forwardingFault(received, forwarded)).toBe(forwarded > received ? 'increased' : undefined);
        expect(forwardingFault(received, undefined, given)).toBe('removed');
        expect(forwardingFault(undefined, undefined, given)).toBeUndefined();
        const above = forwarded > given ? 'forwarded-above-connection-timeout' : undefined;
        expect(forwardingFault(undefined, forwarded, given)).toBe(above);
        expect(forwardingFault(undefined, forwarded)).toBeUndefined();
        const lowered = Math.min(received, forwarded);
        expect(forwardingFault(received, lowered, lowered)).toBeUndefined();
      }),
    );
  },
);

const under = (choices: Partial<ReadingChoices>): ReadingChoices => ({ ...defaultReadings, ...choices });

const pass = (fields: readonly HeaderField[], intermediary: Intermediary, readings = defaultReadings) =>
  forward(requestWith(fields), intermediary, readings).fields;

const answerOf = (fields: readonly HeaderField[]) => ({
  kind: 'response' as const,
  version: { major: 1, minor: 1 },
  status: 200,
  reason: 'OK',
  fields,
});

law(
  'whatever an intermediary of the model makes of a request, it does nothing wrong unless it is non-compliant',
  [
    'http-timeout-00/3/not-increased',
    'http-timeout-00/3/not-removed',
    'http-timeout-00/4/intermediary-request-timeout',
    'http-timeout-00/4/connection-token',
    'http-timeout-00/3.1/passed-on',
    'http-timeout-00/3.1/transparent',
  ],
  () => {
    const options = fc.record({
      zeroTimeout: fc.constantFrom('literal' as const, 'unlimited' as const),
      boundingSide: fc.constantFrom('next-hop' as const, 'client-side' as const),
      missingRequestTimeout: fc.constantFrom('if-present' as const, 'add' as const),
    });
    const right = intermediaries('knowing', 'unknowing', 'transparent');
    fc.assert(
      fc.property(clientTimeouts(), right, options, (timeouts, intermediary, choices) => {
        const received = withTimeouts([{ name: 'Connection', value: 'Upgrade' }], timeouts);
        const forwarded = pass(received, intermediary, under(choices));
        const { towardsClient } = intermediary;
        const seen = { received, forwarded, ...(towardsClient === undefined ? {} : { towardsClient }) };
        // One that does not know the header fields gives no Connection-Timeout of its own.
        const judged = intermediary.kind === 'knowing' ? under(choices) : defaultReadings;
        expect(faultOfForwarded(seen, judged)).toBeUndefined();
        expect(fieldValues(forwarded, 'Connection').join()).toContain('Upgrade');
      }),
    );
  },
);

/** A client that waits for longer than it keeps the connection. */
const aboveItsOwn: readonly HeaderField[] = [
  { name: 'Request-Timeout', value: '20' },
  { name: 'Connection-Timeout', value: '10' },
  { name: 'Connection', value: 'Connection-Timeout' },
];

law(
  'what a client got wrong is passed on as it came, and is not the fault of the intermediary',
  ['http-timeout-00/3.1/passed-on', 'http-timeout-00/3/timeout-value'],
  () => {
    fc.assert(
      fc.property(timeoutFields(), intermediaries('knowing', 'transparent'), (received, intermediary) => {
        const forwarded = pass(received, intermediary);
        expect(faultOfForwarded({ received, forwarded })).toBeUndefined();
        const isWrong = heardTimeouts(received).request === undefined;
        const texts = fieldValues(received, 'Request-Timeout');
        if (isWrong && texts.length > 0) expect(fieldValues(forwarded, 'Request-Timeout')).toEqual(texts);
      }),
      { examples: [[aboveItsOwn, { kind: 'transparent' }]] },
    );
  },
);

law(
  'an intermediary that knows Connection-Timeout replaces it, in both directions, and touches no other token',
  ['http-timeout-00/4/hop-by-hop', 'http-timeout-00/4/single-connection', 'http-timeout-00/4/connection-token'],
  () => {
    fc.assert(
      fc.property(timeoutFields(), intermediaries('knowing'), (fields, intermediary) => {
        const { towardsServer, towardsClient } = intermediary;
        const request = pass(fields, intermediary);
        const response = forward(answerOf(fields), intermediary).fields;
        for (const [forwarded, given] of [
          [request, towardsServer],
          [response, towardsClient],
        ] as const) {
          const told = given === undefined ? [] : [String(given)];
          expect(fieldValues(forwarded, 'Connection-Timeout')).toEqual(told);
          expect(fieldValues(forwarded, 'Upgrade')).toEqual(fieldValues(fields, 'Upgrade'));
        }
        expect(fieldValues(response, 'Request-Timeout')).toEqual(fieldValues(fields, 'Request-Timeout'));
      }),
    );
  },
);

law(
  'an intermediary that knows nothing discards Connection-Timeout where Connection names it, and nothing else',
  ['http-timeout-00/4/removed-by-the-unknowing', 'http-timeout-00/4.1/discarded', 'http-timeout-00/3.1/passed-on'],
  () => {
    fc.assert(
      fc.property(clientTimeouts(), intermediaries('unknowing'), (timeouts, intermediary) => {
        const forwarded = pass(withTimeouts([], timeouts), intermediary);
        const { request } = timeouts;
        expect(forwarded).toEqual(request === undefined ? [] : [{ name: 'Request-Timeout', value: String(request) }]);
        const untied = [{ name: 'Connection-Timeout', value: '9' }];
        expect(pass(untied, intermediary)).toEqual(untied);
        expect(heardTimeouts(untied)).toEqual({});
      }),
    );
    const named = [
      { name: 'Request-Timeout', value: '5' },
      { name: 'Connection', value: 'Request-Timeout' },
    ];
    expect(fieldValues(pass(named, { kind: 'unknowing' }), 'Request-Timeout')).toEqual([]);
    expect(fieldValues(pass(named, { kind: 'knowing' }), 'Request-Timeout')).toEqual(['5']);
  },
);

law(
  'a transparent intermediary changes nothing, and one that does not comply takes Request-Timeout away',
  ['http-timeout-00/3.1/transparent', 'http-timeout-00/3.1/non-compliant', 'http-timeout-00/4.1/transparent'],
  () => {
    fc.assert(
      fc.property(timeoutFields(), (fields) => {
        expect(pass(fields, { kind: 'transparent' })).toEqual(fields);
        const left = pass(fields, { kind: 'non-compliant' });
        expect(left).toEqual(fields.filter(({ name }) => name !== 'Request-Timeout'));
      }),
    );
  },
);

law(
  'a knowing intermediary lowers to the smaller of its own limit and its promise, and adds only where it wants to',
  [
    'http-timeout-00/3/intermediary-may-reduce',
    'http-timeout-00/3/intermediary-may-add',
    'http-timeout-00/4/intermediary-request-timeout',
  ],
  () => {
    fc.assert(
      fc.property(seconds(), seconds(), seconds(), fc.boolean(), (asked, lowersTo, towardsServer, adds) => {
        const intermediary: Intermediary = { kind: 'knowing', lowersTo, towardsServer, adds };
        const bound = Math.min(lowersTo, towardsServer);
        const went = (fields: readonly HeaderField[], readings = defaultReadings) =>
          heardTimeouts(pass(fields, intermediary, readings)).request;
        expect(went(withTimeouts([], { request: asked }))).toBe(Math.min(asked, bound));
        expect(went([])).toBe(adds ? bound : undefined);
        expect(went([], under({ missingRequestTimeout: 'add' }))).toBe(bound);
        expect(went(withTimeouts([], { request: asked }), under({ boundingSide: 'client-side' }))).toBe(
          Math.min(asked, lowersTo),
        );
      }),
    );
    expect(pass([], { kind: 'knowing', adds: true })).toEqual([]);
    const unlimited = under({ zeroTimeout: 'unlimited' });
    const lowered = pass(withTimeouts([], { request: 0 }), { kind: 'knowing', lowersTo: 9 }, unlimited);
    expect(heardTimeouts(lowered).request).toBe(9);
  },
);

/** Intermediaries that each do one thing wrong to a request with both header fields, and what that is called. */
const faulty: readonly (readonly [
  what: string,
  change: (fields: readonly HeaderField[]) => readonly HeaderField[],
  fault: TimeoutFault,
])[] = [
  ['raises Request-Timeout', (fields) => withTimeouts(fields, { request: 31 }), 'increased'],
  [
    'writes zeros behind Request-Timeout',
    (fields) => changed(fields, 'Request-Timeout', (value) => `${value}0`),
    'increased',
  ],
  ['removes Request-Timeout', (fields) => fields.filter(({ name }) => name !== 'Request-Timeout'), 'removed'],
  ['empties Request-Timeout', (fields) => changed(fields, 'Request-Timeout', () => ''), 'bad-request-timeout'],
  [
    'writes Request-Timeout in milliseconds',
    (fields) => changed(fields, 'Request-Timeout', (value) => `${value}000ms`),
    'bad-request-timeout',
  ],
  ['repeats Request-Timeout', (fields) => [...fields, { name: 'Request-Timeout', value: '30' }], 'bad-request-timeout'],
  [
    'promises less than it asks',
    (fields) => withTimeouts(withTimeouts(fields, { connection: 29 }), {}),
    'forwarded-above-connection-timeout',
  ],
  [
    'passes Connection-Timeout on and takes its token away',
    (fields) => fields.filter(({ name }) => name !== 'Connection'),
    'connection-token-missing',
  ],
  [
    'sets a Connection-Timeout that is no number',
    (fields) => changed(fields, 'Connection-Timeout', () => '-1'),
    'bad-connection-timeout',
  ],
  [
    'sets two Connection-Timeouts',
    (fields) => [...fields, { name: 'Connection-Timeout', value: '60' }],
    'bad-connection-timeout',
  ],
];

function changed(
  fields: readonly HeaderField[],
  name: string,
  change: (value: string) => string,
): readonly HeaderField[] {
  return fields.map((field) => (field.name === name ? { ...field, value: change(field.value) } : field));
}

describe('an intermediary that does one thing wrong is told so', () => {
  const received = withTimeouts([{ name: 'Host', value: 'a.example' }], { request: 30, connection: 60 });

  test.each(faulty)('%s', (_, change, fault) => {
    expect(faultOfForwarded({ received, forwarded: change(received) })).toBe(fault);
  });

  test('and there is one for each clause that binds intermediaries on the wire', () => {
    expect(new Set(faulty.map(([, , fault]) => timeoutFaults[fault]))).toEqual(
      new Set([
        'http-timeout-00/3/timeout-value',
        'http-timeout-00/3/not-increased',
        'http-timeout-00/3/not-removed',
        'http-timeout-00/4/grammar',
        'http-timeout-00/4/connection-token',
        'http-timeout-00/4/intermediary-request-timeout',
      ]),
    );
  });

  test('by other readings other things are wrong', () => {
    const bare = withTimeouts([], { connection: 9 });
    const judge = (choices: Partial<ReadingChoices>, towardsClient?: number) =>
      faultOfForwarded(
        {
          received: bare,
          forwarded: withTimeouts(bare, { request: 5 }),
          ...(towardsClient === undefined ? {} : { towardsClient }),
        },
        under(choices),
      );
    expect(judge({})).toBeUndefined();
    expect(judge({ boundingSide: 'client-side' }, 4)).toBe('forwarded-above-connection-timeout');
    expect(judge({ boundingSide: 'client-side' })).toBeUndefined();
    expect(faultOfForwarded({ received: bare, forwarded: bare }, under({ missingRequestTimeout: 'add' }))).toBe(
      'not-added',
    );
    expect(forwardingFault(0, 5, undefined, under({ zeroTimeout: 'unlimited' }))).toBeUndefined();
    expect(forwardingFault(5, 0, undefined, under({ zeroTimeout: 'unlimited' }))).toBe('increased');
  });
});

law(
  'setting timeouts replaces those that are there, and reading them gives them back',
  ['http-timeout-00/4/connection-token', 'http-timeout-00/3/grammar', 'http-timeout-00/4/either-host'],
  () => {
    fc.assert(
      fc.property(timeoutFields(), seconds(), seconds(), (fields, request, more) => {
        const timeouts = { request, connection: request + more };
        expect(readTimeouts(withTimeouts(fields, timeouts))).toEqual(timeouts);
      }),
    );
    expect(() => withTimeouts([], { request: 5, connection: 4 })).toThrow(RangeError);
    expect(withTimeouts([{ name: 'Connection', value: 'Upgrade' }], { connection: 60 })).toEqual([
      { name: 'Connection', value: 'Upgrade, Connection-Timeout' },
      { name: 'Connection-Timeout', value: '60' },
    ]);
  },
);
