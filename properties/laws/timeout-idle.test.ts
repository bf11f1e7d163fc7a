import fc from 'fast-check';
import { expect } from 'vitest';
import {
  isReusable,
  judgeEnd,
  keptFor,
  latestTold,
  toldAfterUpgrade,
  toldOnAcceptance,
} from '../../model/timeout-connection.js';
import { idleLeft, idleSince, type Passing, trafficAfter, trafficFrom } from '../../model/timeout-idle.js';
import { defaultReadings, type ReadingChoices } from '../../spec/readings.js';
import { seconds } from '../arbitraries/timeout.js';
import { law } from './law.js';

const under = (choices: Partial<ReadingChoices>): ReadingChoices => ({ ...defaultReadings, ...choices });

/** What passes on a connection that is opened at 0, in order. */
const passings = (): fc.Arbitrary<readonly Passing[]> =>
  fc
    .array(
      fc.record({
        direction: fc.constantFrom('sent' as const, 'received' as const),
        isPing: fc.option(fc.boolean(), { nil: undefined }),
        after: fc.nat(5000),
      }),
      { maxLength: 8 },
    )
    .map((list) => {
      let at = 0;
      return list.map(({ direction, isPing, after }) => {
        at += after;
        return { direction, at, ...(isPing === undefined ? {} : { isPing }) };
      });
    });

const trafficOf = (list: readonly Passing[], readings = defaultReadings) =>
  list.reduce((traffic, passing) => trafficAfter(traffic, passing, readings), trafficFrom(0));

law(
  'a connection is idle since data last went either way, Pings too',
  ['http-timeout-00/4/idle', 'http-timeout-00/4.2/can-apply'],
  () => {
    fc.assert(
      fc.property(passings(), (list) => {
        expect(idleSince(trafficOf(list))).toBe(list.at(-1)?.at ?? 0);
        const oneWay = under({ idleDirection: 'one-way' });
        const last = (direction: string) => list.findLast((passing) => passing.direction === direction)?.at ?? 0;
        expect(idleSince(trafficOf(list), oneWay)).toBe(Math.min(last('sent'), last('received')));
        const deaf = under({ pingWhenIdle: 'do-not' });
        const heard = list.filter(({ isPing }) => isPing !== true);
        expect(idleSince(trafficOf(list, deaf), deaf)).toBe(heard.at(-1)?.at ?? 0);
      }),
    );
  },
);

law(
  'an idle connection has time left exactly until it was idle for as long as was said',
  [
    'http-timeout-00/4/minimum-idle-time',
    'http-timeout-00/4/kept-as-long-as-said',
    'http-timeout-00/4/integer-seconds',
  ],
  () => {
    fc.assert(
      fc.property(passings(), seconds(), fc.nat(20_000), (list, told, after) => {
        const traffic = trafficOf(list);
        const kept = keptFor(told, undefined);
        const now = idleSince(traffic) + after;
        expect(idleLeft(traffic, kept, now)).toBe(Math.max(0, told * 1000 - after));
        // Whatever passes puts the end off.
        const later = trafficAfter(traffic, { direction: 'received', at: now });
        expect(idleLeft(later, kept, now)).toBe(told * 1000);
      }),
    );
  },
);

law(
  'each host keeps its own word, and one that said nothing promised nothing',
  ['http-timeout-00/4/value-is-policy', 'http-timeout-00/4/either-host', 'http-timeout-00/4.1/may-drop-any-time'],
  () => {
    fc.assert(
      fc.property(seconds(), seconds(), (own, other) => {
        expect(keptFor(own, other)).toBe(own);
        expect(keptFor(own, other, under({ twoConnectionTimeouts: 'negotiated' }))).toBe(Math.min(own, other));
        expect(keptFor(own, undefined, under({ twoConnectionTimeouts: 'negotiated' }))).toBe(own);
        expect(keptFor(undefined, other)).toBe(0);
      }),
    );
    expect(keptFor(0, undefined, under({ zeroTimeout: 'unlimited' }))).toBe(Infinity);
  },
);

law(
  'a host may tell another value later on, and the latest holds',
  ['http-timeout-00/4.1/host-may-revise', 'http-timeout-00/4/value-is-policy'],
  () => {
    fc.assert(
      fc.property(seconds(), seconds(), (before, now) => {
        const by = (laterConnectionTimeout: 'latest' | 'first' | 'smallest') =>
          latestTold(before, now, under({ laterConnectionTimeout }));
        expect([by('latest'), by('first'), by('smallest')]).toEqual([now, before, Math.min(before, now)]);
        expect(latestTold(before, undefined)).toBe(before);
        expect(latestTold(undefined, now)).toBe(now);
        expect(latestTold(undefined, undefined)).toBeUndefined();
      }),
    );
  },
);

law(
  'a client uses an idle connection again only while the other side still keeps it, whatever the way takes',
  ['http-timeout-00/4/client-allows-for-delays', 'http-timeout-00/4/kept-as-long-as-said'],
  () => {
    fc.assert(
      fc.property(seconds(), seconds(), fc.nat(5), fc.nat(5), (idle, kept, allowance, way) => {
        if (!isReusable({ idle, kept, allowance }) || way > allowance) return;
        // The other side counts from its own last byte, up to a way earlier or later, and gets the request a way later.
        expect(idle + way).toBeLessThan(kept);
      }),
    );
    expect(isReusable({ idle: 0, kept: 0, allowance: 0 })).toBe(false);
    expect(isReusable({ idle: 3, kept: 6, allowance: 2 })).toBe(true);
    expect(isReusable({ idle: 3, kept: 6, allowance: 3 })).toBe(false);
  },
);

law(
  'the end of a connection is early only where it was idle, and was promised longer',
  [
    'http-timeout-00/4/kept-as-long-as-said',
    'http-timeout-00/4/may-keep-longer',
    'http-timeout-00/4.1/may-drop-any-time',
    'http-timeout-00/5/may-close-sooner',
  ],
  () => {
    fc.assert(
      fc.property(fc.option(seconds(), { nil: undefined }), fc.nat(20), fc.nat(3), (told, idle, allowance) => {
        const judged = judgeEnd({ told, idle, allowance });
        expect(judged === 'unpromised').toBe(told === undefined);
        if (told === undefined) return;
        expect(judged === 'kept').toBe(idle + allowance >= told);
        expect(judged === 'busy').toBe(idle <= allowance && idle + allowance < told);
      }),
    );
  },
);

law(
  'Connection-Timeout holds behind an upgrade, unless the other protocol tells idle times itself',
  ['http-timeout-00/4.2/can-apply', 'http-timeout-00/4.2/may-assume'],
  () => {
    fc.assert(
      fc.property(seconds(), (told) => {
        expect(toldAfterUpgrade(told, false)).toBe(told);
        expect(toldAfterUpgrade(told, true)).toBeUndefined();
        expect(toldAfterUpgrade(told, false, under({ timeoutAfterUpgrade: 'ends' }))).toBeUndefined();
        expect(toldOnAcceptance(told)).toBeUndefined();
        expect(toldOnAcceptance(told, under({ timeoutOnAcceptance: 'both-tokens' }))).toBe(told);
      }),
    );
  },
);
