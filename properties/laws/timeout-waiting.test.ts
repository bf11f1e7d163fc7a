import fc from 'fast-check';
import { expect } from 'vitest';
import { createKnowledge, learn, limitOf, revised } from '../../model/timeout-knowledge.js';
import { requestTimeoutOf, serverTimeOf, waitOf } from '../../model/timeout-waiting.js';
import { defaultReadings } from '../../spec/readings.js';
import { seconds } from '../arbitraries/timeout.js';
import { law } from './law.js';

const times = () => fc.double({ min: 0, max: 1e6, noNaN: true });

law(
  'a client asks for as long as it waits less what the way may take, and waits for what it asked and that',
  [
    'http-timeout-00/3/client-adds',
    'http-timeout-00/3/client-sets-maximum',
    'http-timeout-00/3/client-allows-for-delays',
    'http-timeout-00/3/maximum-wait',
    'http-timeout-00/3/integer-seconds',
  ],
  () => {
    fc.assert(
      fc.property(times(), times(), (waits, allowance) => {
        const asked = requestTimeoutOf({ waits, allowance });
        expect(Number.isSafeInteger(asked) && asked >= 0).toBe(true);
        if (waits >= allowance) {
          expect(asked).toBeLessThanOrEqual(waits - allowance);
          expect(asked).toBeGreaterThan(waits - allowance - 1);
          expect(waitOf(asked, allowance)).toBeLessThanOrEqual(waits + 1e-9 * waits);
        } else {
          expect(asked).toBe(0);
        }
      }),
    );
    expect(requestTimeoutOf({ waits: Infinity })).toBe(Number.MAX_SAFE_INTEGER);
    expect(waitOf(5)).toBe(5);
  },
);

law(
  'a client asks for no more than the Connection-Timeout that bounds it',
  ['http-timeout-00/3/not-above-connection-timeout'],
  () => {
    const under = (requestTimeoutBound: 'own' | 'other' | 'both') => ({ ...defaultReadings, requestTimeoutBound });
    fc.assert(
      fc.property(seconds(), seconds(), seconds(), (waits, connection, heard) => {
        const patience = { waits, connection, heard };
        expect(requestTimeoutOf(patience, under('own'))).toBe(Math.min(waits, connection));
        expect(requestTimeoutOf(patience, under('other'))).toBe(Math.min(waits, heard));
        expect(requestTimeoutOf(patience, under('both'))).toBe(Math.min(waits, connection, heard));
        expect(requestTimeoutOf({ waits })).toBe(waits);
      }),
    );
    const unlimited = { ...defaultReadings, zeroTimeout: 'unlimited' as const };
    expect(requestTimeoutOf({ waits: 7, connection: 0 }, unlimited)).toBe(7);
    expect(waitOf(0, 2, unlimited)).toBe(Infinity);
  },
);

law(
  'a server takes the smaller of what was asked and of its own time, and its own where nothing was asked',
  ['http-timeout-00/3/server-interprets', 'http-timeout-00/3/server-may-lower', 'http-timeout-00/3.1/server-may-guess'],
  () => {
    fc.assert(
      fc.property(seconds(), seconds(), (asked, own) => {
        expect(serverTimeOf(asked, own)).toBe(Math.min(asked, own));
        expect(serverTimeOf(undefined, own)).toBe(own);
        const unlimited = { ...defaultReadings, zeroTimeout: 'unlimited' as const };
        expect(serverTimeOf(asked, own, unlimited)).toBe(asked === 0 ? own : Math.min(asked, own));
      }),
    );
  },
);

law(
  'what a host learned about a place shortens what it tells there, until it is forgotten',
  [
    'http-timeout-00/3.1/client-may-revise',
    'http-timeout-00/3.1/knowledge-expires',
    'http-timeout-00/4.1/host-may-revise',
  ],
  () => {
    fc.assert(
      fc.property(seconds(), fc.integer({ min: 1, max: 20 }), fc.nat(100), (value, limit, age) => {
        const knowledge = learn(createKnowledge({ lifetime: 50 }), 'ws://a/', limit, 1000);
        const told = revised(value, knowledge, 'ws://a/', 1000 + age);
        expect(told).toBe(age < 50 ? Math.min(value, limit - 1) : value);
        expect(revised(value, knowledge, 'ws://b/', 1000)).toBe(value);
      }),
    );
  },
);

law(
  'of several lessons about a place the shortest counts while it is fresh, and the places are bounded',
  ['http-timeout-00/3.1/knowledge-expires'],
  () => {
    const places = fc.constantFrom('a', 'b', 'c', 'd');
    const lessons = fc.array(fc.record({ place: places, limit: seconds(), after: fc.nat(9) }), { maxLength: 20 });
    fc.assert(
      fc.property(lessons, (list) => {
        let now = 0;
        let knowledge = createKnowledge({ lifetime: 20, places: 3 });
        for (const { place, limit, after } of list) {
          now += after;
          knowledge = learn(knowledge, place, limit, now);
          expect(limitOf(knowledge, place, now)).toBeLessThanOrEqual(limit);
          expect(knowledge.lessons.size).toBeLessThanOrEqual(3);
        }
        for (const place of 'abcd') expect(limitOf(knowledge, place, now + 20)).toBeUndefined();
      }),
    );
    expect(() => createKnowledge({ lifetime: Infinity })).toThrow(RangeError);
    expect(() => createKnowledge({ lifetime: -1 })).toThrow(RangeError);
    expect(limitOf(learn(createKnowledge(), 'a', 0, 0), 'a', 3599)).toBe(0);
  },
);
