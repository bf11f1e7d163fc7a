import fc from 'fast-check';
import { expect } from 'vitest';
import {
  forwardingFault,
  parseTimeout,
  readTimeouts,
  serializeTimeout,
  timeoutHeaderNames,
} from '../../model/timeout-header.js';
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
