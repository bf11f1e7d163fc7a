import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Attempt,
  type ConnectingQueue,
  createConnectingQueue,
  isSameHost,
  joinQueue,
  leaveQueue,
  type RemoteHost,
} from '../../model/connecting-queue.js';
import { law } from './law.js';

/** Few hosts, so that they meet; a name may look like an address, and is another host all the same. */
const host: fc.Arbitrary<RemoteHost> = fc.oneof(
  fc.constantFrom('192.0.2.1', '192.0.2.2', '2001:db8::1').map((address) => ({ kind: 'address', address }) as const),
  fc.constantFrom('a.example', 'b.example', 'c.example', '192.0.2.1').map((name) => ({ kind: 'name', name }) as const),
);

/** What happens: another attempt, or the end of the n-th of those that are there. */
const happening = fc.oneof(
  host.map((to) => ({ type: 'join', host: to }) as const),
  fc.record({ type: fc.constant('leave' as const), which: fc.nat() }),
);

interface Snapshot {
  readonly queue: ConnectingQueue;
  readonly before: ConnectingQueue;
  readonly admitted: Attempt | undefined;
}

/** All that a schedule leads through. */
function follow(happenings: readonly (typeof happening extends fc.Arbitrary<infer T> ? T : never)[], limit: number) {
  let queue = createConnectingQueue(limit);
  const snapshots: Snapshot[] = [];
  happenings.forEach((what, id) => {
    const before = queue;
    let admitted: Attempt | undefined;
    if (what.type === 'join') {
      [queue, admitted] = joinQueue(queue, { id, host: what.host });
    } else {
      const all = [...queue.connecting, ...queue.waiting];
      [queue, admitted] = leaveQueue(queue, all[what.which % all.length]?.id ?? -1);
    }
    snapshots.push({ queue, before, admitted });
  });
  return snapshots;
}

const schedule = fc.array(happening, { maxLength: 60 });
const limit = fc.integer({ min: 1, max: 3 });

/** Holds a sentence against every moment of random schedules. */
const always = (holds: (moment: Snapshot, limit: number) => void): void => {
  fc.assert(
    fc.property(schedule, limit, (happenings, max) => {
      for (const moment of follow(happenings, max)) holds(moment, max);
    }),
  );
};

describe('the wait for other connections', () => {
  law(
    'there is never more than one connection to a host in the CONNECTING state',
    [
      'draft-06/5.1/wait-for-connecting',
      'draft-06/5.1/one-connecting-per-address',
      'draft-06/5.1/attempts-serialized',
      'draft-06/5.1/unknown-addresses-distinct',
    ],
    () => {
      always(({ queue: { connecting } }) => {
        const met = connecting.filter((one, at) =>
          connecting.some((other, before) => before < at && isSameHost(one.host, other.host)),
        );
        expect(met).toEqual([]);
      });
    },
  );

  law('no more than the limit connect to hosts of unknown address', ['draft-06/5.1/limit-of-connecting'], () => {
    always(({ queue }, max) => {
      expect(queue.connecting.filter((attempt) => attempt.host.kind === 'name').length).toBeLessThanOrEqual(max);
    });
  });

  law(
    'whoever waits, waits for another connection to the same host, or for the limit: different names do not wait for each other',
    ['draft-06/5.1/wait-for-connecting', 'draft-06/5.1/unknown-addresses-distinct'],
    () => {
      always(({ queue: { connecting, waiting } }, max) => {
        const isFull = connecting.filter((attempt) => attempt.host.kind === 'name').length >= max;
        for (const { host: wanted } of waiting) {
          const hasReason =
            connecting.some((other) => isSameHost(other.host, wanted)) || (isFull && wanted.kind === 'name');
          expect(hasReason).toBe(true);
        }
      });
    },
  );

  law('attempts to one host are admitted in the order in which they came', ['draft-06/5.1/attempts-serialized'], () => {
    always(({ before, admitted }) => {
      if (admitted === undefined) return;
      const overtaken = before.waiting.filter(
        (attempt) => attempt.id < admitted.id && isSameHost(attempt.host, admitted.host),
      );
      expect(overtaken).toEqual([]);
    });
  });

  law(
    'whoever is left alone gets its turn: once those that connect leave, all have been admitted',
    ['draft-06/5.1/wait-for-connecting'],
    () => {
      fc.assert(
        fc.property(schedule, limit, (happenings, max) => {
          let queue = follow(happenings, max).at(-1)?.queue ?? createConnectingQueue(max);
          for (let first = queue.connecting[0]; first !== undefined; first = queue.connecting[0]) {
            [queue] = leaveQueue(queue, first.id);
          }
          expect(queue.waiting).toEqual([]);
        }),
      );
    },
  );

  law('nobody is lost or doubled, and who is admitted was new or waited', ['draft-06/5.1/attempts-serialized'], () => {
    always(({ queue, before, admitted }) => {
      const ids = ({ connecting, waiting }: ConnectingQueue): number[] =>
        [...connecting, ...waiting].map(({ id }) => id);
      expect(new Set(ids(queue)).size).toBe(ids(queue).length);
      expect(Math.abs(ids(queue).length - ids(before).length)).toBeLessThanOrEqual(1);
      if (admitted === undefined) return;
      expect(queue.connecting.at(-1)).toEqual(admitted);
      expect(before.connecting).not.toContainEqual(admitted);
    });
  });
});

describe('the queue', () => {
  test('takes an id once, and a limit of at least one', () => {
    const attempt = { id: 1, host: { kind: 'name', name: 'a' } } as const;
    const [queue] = joinQueue(createConnectingQueue(), attempt);
    expect(() => joinQueue(queue, attempt)).toThrow(RangeError);
    expect(() => createConnectingQueue(0)).toThrow(RangeError);
    expect(() => createConnectingQueue(NaN)).toThrow(RangeError);
  });

  law(
    'takes two hosts for one by their addresses, or by their names where no address is known',
    ['draft-06/5.1/unknown-addresses-distinct'],
    () => {
      const address = (text: string): RemoteHost => ({ kind: 'address', address: text });
      const name = (text: string): RemoteHost => ({ kind: 'name', name: text });
      expect(isSameHost(address('192.0.2.1'), address('192.0.2.1'))).toBe(true);
      expect(isSameHost(address('192.0.2.1'), address('192.0.2.2'))).toBe(false);
      expect(isSameHost(name('a.example'), name('a.example'))).toBe(true);
      expect(isSameHost(name('a.example'), name('b.example'))).toBe(false);
      expect(isSameHost(address('192.0.2.1'), name('192.0.2.1'))).toBe(false);
      expect(isSameHost(name('192.0.2.1'), address('192.0.2.1'))).toBe(false);
    },
  );

  law('keeps those that wait in order, and lets go who gives up', ['draft-06/5.1/attempts-serialized'], () => {
    const to = (id: number): Attempt => ({ id, host: { kind: 'name', name: 'a.example' } });
    const join = (queue: ConnectingQueue, id: number): ConnectingQueue => joinQueue(queue, to(id))[0];
    const queue = [1, 2, 3, 4].reduce(join, createConnectingQueue());
    expect(queue).toEqual({ ...createConnectingQueue(), connecting: [to(1)], waiting: [to(2), to(3), to(4)] });
    const [without] = leaveQueue(queue, 3);
    expect(without).toEqual({ ...queue, waiting: [to(2), to(4)] });
    expect(leaveQueue(without, 1)).toEqual([{ ...queue, connecting: [to(2)], waiting: [to(4)] }, to(2)]);
  });

  test('is not changed by who is not in it', () => {
    const [queue] = joinQueue(createConnectingQueue(), { id: 1, host: { kind: 'name', name: 'a' } });
    expect(leaveQueue(queue, 2)).toEqual([queue, undefined]);
  });
});
