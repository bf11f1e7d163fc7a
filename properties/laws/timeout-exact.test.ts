import { describe, expect, test } from 'vitest';
import { tellChain } from '../../model/timeout-chain.js';
import { judgeEnd, latestTold } from '../../model/timeout-connection.js';
import { withoutConnectionTimeout, withTimeouts } from '../../model/timeout-fields.js';
import { faultOfForwarded, forwardingFault } from '../../model/timeout-forwarding.js';
import { connectionOptions, heardTimeouts, readTimeouts, serializeTimeout } from '../../model/timeout-header.js';
import { trafficAfter, trafficFrom } from '../../model/timeout-idle.js';
import { forward } from '../../model/timeout-intermediary.js';
import { createKnowledge, learn, limitOf } from '../../model/timeout-knowledge.js';
import type { HeaderField } from '../../model/http-head.js';
import { law } from './law.js';
import { under } from './under.js';

const connection = (value: string): HeaderField => ({ name: 'Connection', value });

describe('what was not told is not there', () => {
  test('on the hops of a chain', () => {
    expect(tellChain({ client: {}, between: [], server: {} })).toStrictEqual([{}]);
    expect(tellChain({ client: { request: 5 }, between: [], server: {} })).toStrictEqual([{ request: 5 }]);
  });

  test('in what is read of a head', () => {
    expect(readTimeouts([])).toStrictEqual({});
    expect(heardTimeouts([])).toStrictEqual({});
    expect(readTimeouts([{ name: 'Request-Timeout', value: '7' }])).toStrictEqual({ request: 7 });
  });

  law(
    'and a host that tells nothing later on leaves what it told before',
    ['http-timeout-00/4.1/host-may-revise'],
    () => {
      for (const laterConnectionTimeout of ['latest', 'first', 'smallest'] as const) {
        const readings = under({ laterConnectionTimeout });
        expect(latestTold(5, undefined, readings)).toBe(5);
        expect(latestTold(undefined, 5, readings)).toBe(5);
        expect(latestTold(undefined, undefined, readings)).toBeUndefined();
      }
    },
  );
});

describe('the header fields', () => {
  law('keep the other words of Connection, and other fields as they are', ['http-timeout-00/4/hop-by-hop'], () => {
    const others = [{ name: 'Upgrade', value: 'Connection-Timeout' }, connection('a ,b'), connection('no; list')];
    expect(withoutConnectionTimeout(others)).toEqual(others);
    expect(withoutConnectionTimeout([connection('Upgrade, Connection-Timeout, close')])).toEqual([
      connection('Upgrade, close'),
    ]);
  });

  law(
    'name Connection-Timeout once, also where Connection names it already',
    ['http-timeout-00/4/connection-token'],
    () => {
      const named = connection('connection-timeout');
      const told = { name: 'Connection-Timeout', value: '9' };
      expect(withTimeouts([named], { connection: 9 })).toEqual([named, told]);
    },
  );

  test('are written for numbers of seconds from 0 on only', () => {
    expect(serializeTimeout(0)).toBe('0');
    expect(() => serializeTimeout(-1)).toThrow(RangeError);
  });

  test('have no words in a Connection that is no list', () => {
    expect(connectionOptions([connection('no; list')])).toEqual([]);
  });
});

describe('an intermediary', () => {
  const tied = [connection('Connection-Timeout'), { name: 'Connection-Timeout', value: '60' }];

  law(
    'has nothing to add where it gives no Connection-Timeout',
    ['http-timeout-00/4/intermediary-request-timeout'],
    () => {
      const readings = under({ missingRequestTimeout: 'add' });
      expect(forwardingFault(undefined, undefined, undefined, readings)).toBeUndefined();
      expect(forwardingFault(undefined, undefined, 60, readings)).toBe('not-added');
      expect(forwardingFault(undefined, undefined, 0, readings)).toBe('not-added');
      const unlimited = under({ missingRequestTimeout: 'add', zeroTimeout: 'unlimited' });
      expect(forwardingFault(undefined, undefined, 0, unlimited)).toBeUndefined();
      expect(faultOfForwarded({ received: tied, forwarded: tied }, readings)).toBe('not-added');
    },
  );

  law(
    'that drops a Request-Timeout has removed it, also one that is no timeout',
    ['http-timeout-00/3/not-removed'],
    () => {
      const received = [{ name: 'Request-Timeout', value: 'soon' }];
      expect(faultOfForwarded({ received, forwarded: [] })).toBe('removed');
    },
  );

  law(
    'that adds none by its own choice passes on a head without one',
    ['http-timeout-00/3/intermediary-may-add'],
    () => {
      const head = {
        kind: 'request',
        method: 'GET',
        target: '/',
        version: { major: 1, minor: 1 },
        fields: [],
      } as const;
      const readings = under({ missingRequestTimeout: 'add' });
      expect(forward(head, { kind: 'knowing', lowersTo: 5 }, readings).fields).toEqual([]);
      expect(forward(head, { kind: 'knowing', lowersTo: 5, adds: true }, readings).fields).toHaveLength(1);
    },
  );
});

describe('time', () => {
  law('that data went one way is not when it went the other', ['http-timeout-00/4/idle'], () => {
    expect(trafficAfter(trafficFrom(1), { direction: 'sent', at: 2 })).toEqual({ sentAt: 2, receivedAt: 1 });
    expect(trafficAfter(trafficFrom(1), { direction: 'received', at: 2 })).toEqual({ sentAt: 1, receivedAt: 2 });
  });

  law(
    'that was told and not kept is early, unless the connection was busy',
    ['http-timeout-00/5/may-close-sooner'],
    () => {
      expect(judgeEnd({ told: 10, idle: 2, allowance: 2 })).toBe('busy');
      expect(judgeEnd({ told: 10, idle: 3, allowance: 2 })).toBe('early');
      expect(judgeEnd({ told: 10, idle: 8, allowance: 2 })).toBe('kept');
    },
  );
});

describe('what a host has learned', () => {
  const both = (places: number) => {
    const knowledge = createKnowledge({ lifetime: 10, places });
    return learn(learn(knowledge, 'a', 5, 0), 'b', 7, 1);
  };

  law(
    'stays when it learns of another place, and the oldest goes for want of room',
    ['http-timeout-00/3.1/knowledge-expires'],
    () => {
      expect([limitOf(both(2), 'a', 2), limitOf(both(2), 'b', 2)]).toEqual([5, 7]);
      expect([limitOf(both(1), 'a', 2), limitOf(both(1), 'b', 2)]).toEqual([undefined, 7]);
    },
  );

  law('is forgotten at the end of its time, and takes no room then', ['http-timeout-00/3.1/knowledge-expires'], () => {
    expect(limitOf(both(2), 'a', 10)).toBeUndefined();
    const later = learn(both(5), 'c', 3, 10);
    expect([...later.lessons.keys()]).toEqual(['b', 'c']);
    expect(createKnowledge({ lifetime: 0 }).lifetime).toBe(0);
  });

  law('about one place again stands behind what is known of others', ['http-timeout-00/3.1/knowledge-expires'], () => {
    const again = learn(both(2), 'a', 9, 2);
    expect([...again.lessons.keys()]).toEqual(['b', 'a']);
    expect(limitOf(again, 'a', 3)).toBe(5);
  });
});

test('A Request-Timeout that passes as it came is the forwarder’s fault beside a Connection-Timeout of its own that is shorter', () => {
  const told = (seconds: number, request = 30): readonly HeaderField[] => [
    { name: 'Request-Timeout', value: String(request) },
    { name: 'Connection-Timeout', value: String(seconds) },
    connection('Connection-Timeout'),
  ];
  const received = told(20);
  const passedOn = faultOfForwarded({ received, forwarded: received }, under({ boundingSide: 'next-hop' }));
  // Both values are the client's in the first, and so is the fault.
  expect(passedOn).toBeUndefined();
  expect(faultOfForwarded({ received, forwarded: told(10) }, under({ boundingSide: 'next-hop' }))).toBe(
    'forwarded-above-connection-timeout',
  );
  // Who lowers it, but not enough, has made it anew.
  expect(faultOfForwarded({ received, forwarded: told(20, 25) }, under({ boundingSide: 'next-hop' }))).toBe(
    'forwarded-above-connection-timeout',
  );
});
