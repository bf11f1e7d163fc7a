import fc from 'fast-check';
import { expect } from 'vitest';
import {
  heardTimeouts,
  parseTimeout,
  readTimeouts,
  serializeTimeout,
  timeoutHeaderNames,
} from '../../model/timeout-header.js';
import { defaultReadings } from '../../spec/readings.js';
import { timeoutFields } from '../arbitraries/timeout.js';
import { law } from './law.js';

const seconds = () => fc.maxSafeNat();
const digits = () => fc.string({ unit: fc.constantFrom(...'0123456789'.split('')), minLength: 1, maxLength: 30 });

law('parsing a timeout inverts serializing it, with zeros in front too', ['http-timeout-00/3/integer-seconds'], () => {
  fc.assert(
    fc.property(seconds(), fc.nat(20), (time, zeros) => {
      expect(parseTimeout('0'.repeat(zeros) + serializeTimeout(time))).toBe(time);
    }),
  );
});

law('a value is a timeout exactly when it is one or more digits', ['http-timeout-00/3/timeout-value'], () => {
  const near = fc.string({ unit: fc.constantFrom('0', '1', '9', '-', '+', '.', ' ', '\t', ',', 'e', 'x', '\u0661') });
  fc.assert(
    fc.property(fc.oneof(near, digits(), fc.string()), (value) => {
      const isDigits = value !== '' && value.split('').every((character) => '0123456789'.includes(character));
      expect(parseTimeout(value) !== undefined).toBe(isDigits);
    }),
  );
  expect(parseTimeout('5\n')).toBeUndefined();
});

law('every timeout that is read is exact, or the largest exact number', ['http-timeout-00/3/timeout-value'], () => {
  fc.assert(
    fc.property(digits(), (value) => {
      const exact = BigInt(value);
      const largest = BigInt(Number.MAX_SAFE_INTEGER);
      expect(BigInt(parseTimeout(value) ?? -1)).toBe(exact < largest ? exact : largest);
    }),
  );
});

law('only whole seconds from zero on can be written', ['http-timeout-00/3/integer-seconds'], () => {
  fc.assert(
    fc.property(fc.oneof(fc.double({ max: -1e-9 }), fc.double({ noInteger: true })), (time) => {
      expect(() => serializeTimeout(time)).toThrow(RangeError);
    }),
  );
  expect(() => serializeTimeout(2 ** 53)).toThrow(RangeError);
});

const withTokens = (connection: number, ...fields: readonly { readonly name: string; readonly value: string }[]) => [
  { name: 'connection-TIMEOUT', value: serializeTimeout(connection) },
  ...fields,
];

law(
  'Connection-Timeout is read where Connection names it, and refused elsewhere',
  ['http-timeout-00/4/connection-token', 'http-timeout-00/4/grammar'],
  () => {
    fc.assert(
      fc.property(seconds(), (time) => {
        const named = { name: 'Connection', value: 'close, connection-timeout' };
        expect(readTimeouts(withTokens(time, named))).toEqual({ connection: time });
        expect(readTimeouts(withTokens(time, { name: 'Connection', value: 'close' }))).toBe('connection-token-missing');
        expect(readTimeouts(withTokens(time))).toBe('connection-token-missing');
        expect(readTimeouts(withTokens(time, named, ...withTokens(time)))).toBe('bad-connection-timeout');
      }),
    );
  },
);

law(
  'a client tells no Request-Timeout above its Connection-Timeout',
  ['http-timeout-00/3/not-above-connection-timeout', 'http-timeout-00/3/grammar'],
  () => {
    fc.assert(
      fc.property(seconds(), seconds(), (request, connection) => {
        const asked = { name: timeoutHeaderNames.request, value: serializeTimeout(request) };
        const named = { name: 'Connection', value: timeoutHeaderNames.connection };
        const read = readTimeouts(withTokens(connection, named, asked));
        expect(read).toEqual(request > connection ? 'above-connection-timeout' : { request, connection });
        expect(readTimeouts([asked])).toEqual({ request });
        expect(readTimeouts([asked, asked])).toBe('bad-request-timeout');
      }),
    );
    expect(readTimeouts([])).toEqual({});
  },
);

law(
  'what a host goes by is what a right head tells, whatever a wrong one tells',
  ['http-timeout-00/3/integer-seconds', 'http-timeout-00/4/integer-seconds', 'http-timeout-00/4/connection-token'],
  () => {
    fc.assert(
      fc.property(timeoutFields(), (fields) => {
        const read = readTimeouts(fields);
        const heard = heardTimeouts(fields);
        for (const value of Object.values(heard)) expect(Number.isSafeInteger(value) && value >= 0).toBe(true);
        if (typeof read !== 'string') expect(heard).toEqual(read);
      }),
    );
  },
);

const both = (request: string, connection: string, options = 'Connection-Timeout') => [
  { name: 'Request-Timeout', value: request },
  { name: 'Connection-Timeout', value: connection },
  { name: 'Connection', value: options },
];

law(
  'readings decide on lists, on numbers beyond counting, on zero and on the missing token',
  ['http-timeout-00/3/timeout-value', 'http-timeout-00/4/connection-token'],
  () => {
    const under = (choices: Partial<typeof defaultReadings>) => ({ ...defaultReadings, ...choices });
    const heard = (fields: ReturnType<typeof both>, choices: Partial<typeof defaultReadings> = {}) =>
      heardTimeouts(fields, under(choices));
    expect(heard(both('5, 3', '9'))).toEqual({ connection: 9 });
    expect(heard(both('5, 3', '9'), { repeatedTimeout: 'smallest' })).toEqual({ request: 3, connection: 9 });
    expect(heard(both('5, 3', '9'), { repeatedTimeout: 'first' })).toEqual({ request: 5, connection: 9 });
    expect(heard(both('5, x', '9'), { repeatedTimeout: 'first' })).toEqual({ connection: 9 });
    expect(heard(both('5, 3', '9, 7').slice(0, 0), { repeatedTimeout: 'first' })).toEqual({});
    const huge = '9'.repeat(20);
    expect(heard(both(huge, '9'))).toEqual({ request: Number.MAX_SAFE_INTEGER, connection: 9 });
    expect(heard(both(huge, '9'), { hugeTimeout: 'ignore' })).toEqual({ connection: 9 });
    expect(heard(both('5', '9', 'close'))).toEqual({ request: 5 });
    expect(heard(both('5', '9', 'close'), { unlistedConnectionTimeout: 'use' })).toEqual({ request: 5, connection: 9 });
    expect(readTimeouts(both('5', '0'))).toBe('above-connection-timeout');
    expect(readTimeouts(both('5', '0'), under({ zeroTimeout: 'unlimited' }))).toEqual({ request: 5, connection: 0 });
    expect(readTimeouts(both('0', '5'), under({ zeroTimeout: 'unlimited' }))).toBe('above-connection-timeout');
  },
);

law(
  'whose Connection-Timeout bounds the client is a reading',
  ['http-timeout-00/3/not-above-connection-timeout'],
  () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), fc.nat(9), (request, own, other) => {
        const isRight = (requestTimeoutBound: 'own' | 'other' | 'both') =>
          typeof readTimeouts(
            both(String(request), String(own)),
            { ...defaultReadings, requestTimeoutBound },
            other,
          ) !== 'string';
        expect(isRight('own')).toBe(request <= own);
        expect(isRight('other')).toBe(request <= other);
        expect(isRight('both')).toBe(request <= own && request <= other);
      }),
    );
  },
);
