import fc from 'fast-check';
import { expect } from 'vitest';
import { answerIn, type Chain, serverTimeIn, tellChain } from '../../model/timeout-chain.js';
import { keptFor } from '../../model/timeout-connection.js';
import { requestTimeoutOf } from '../../model/timeout-waiting.js';
import { chains, intermediaries, seconds } from '../arbitraries/timeout.js';
import { law } from './law.js';

/** The figure of section 3.2: a proxy and a gateway, which both lower Request-Timeout. */
const figureOfRequests: Chain = {
  client: { request: 300 },
  between: [
    { kind: 'knowing', lowersTo: 250 },
    { kind: 'knowing', lowersTo: 240 },
  ],
  server: {},
};

/** The figure of section 4.3: each hop has timeouts of its own, in both directions. */
const figureOfConnections: Chain = {
  client: { connection: 600 },
  between: [{ kind: 'knowing', towardsServer: 1200, towardsClient: 120 }],
  server: { connection: 300 },
};

law(
  'the chains of the figures tell on each hop what the figures show',
  [
    'http-timeout-00/3/intermediary-may-reduce',
    'http-timeout-00/3/server-interprets',
    'http-timeout-00/4/single-connection',
    'http-timeout-00/4/either-host',
  ],
  () => {
    expect(tellChain(figureOfRequests)).toEqual([{ request: 300 }, { request: 250 }, { request: 240 }]);
    expect(serverTimeIn(figureOfRequests)).toBe(240);
    expect(tellChain(figureOfConnections)).toEqual([
      { fromClient: 600, fromServer: 120 },
      { fromClient: 1200, fromServer: 300 },
    ]);
  },
);

law(
  'Request-Timeout goes from end to end, and never grows nor gets lost where everybody complies',
  ['http-timeout-00/3/end-to-end', 'http-timeout-00/3/not-increased', 'http-timeout-00/3/not-removed'],
  () => {
    fc.assert(
      fc.property(chains('knowing', 'unknowing', 'transparent'), (chain) => {
        const values = tellChain(chain).map(({ request }) => request);
        for (const [hop, value] of values.entries()) {
          const before = values[hop - 1];
          if (before === undefined) continue;
          expect(value).toBeLessThanOrEqual(before);
        }
      }),
    );
  },
);

law(
  'the server has the time that the smallest policy on the way leaves it',
  [
    'http-timeout-00/3/server-interprets',
    'http-timeout-00/3/server-may-lower',
    'http-timeout-00/3.1/passed-on',
    'http-timeout-00/3.1/transparent',
  ],
  () => {
    fc.assert(
      fc.property(chains('knowing', 'unknowing', 'transparent'), seconds(), (chain, request) => {
        // Only those who know the header fields have a say, and each bounds by its limit and by its promise.
        const policies = chain.between.flatMap(({ kind, lowersTo, towardsServer }) =>
          kind === 'knowing' ? [lowersTo ?? Infinity, towardsServer ?? Infinity] : [],
        );
        const asking = { ...chain, client: { request } };
        expect(serverTimeIn(asking)).toBe(Math.min(request, chain.server.longest ?? Infinity, ...policies));
      }),
    );
  },
);

law(
  'behind an intermediary that removes Request-Timeout a server goes by its own time',
  ['http-timeout-00/3.1/non-compliant', 'http-timeout-00/3.1/server-may-guess'],
  () => {
    fc.assert(
      fc.property(chains('unknowing', 'transparent', 'non-compliant'), (chain) => {
        const last: Chain = { ...chain, between: [...chain.between, { kind: 'non-compliant' }] };
        expect(serverTimeIn(last)).toBe(chain.server.longest ?? Infinity);
        expect(tellChain(last).at(-1)?.request).toBeUndefined();
      }),
    );
  },
);

law(
  'a Connection-Timeout that is heard on a hop comes from the host at its other end, where nobody passes it on',
  [
    'http-timeout-00/4/hop-by-hop',
    'http-timeout-00/4/single-connection',
    'http-timeout-00/4.1/discarded',
    'http-timeout-00/4/value-is-policy',
  ],
  () => {
    fc.assert(
      fc.property(chains('knowing', 'unknowing'), (chain) => {
        const own = (place: number, key: 'towardsServer' | 'towardsClient') => {
          const host = chain.between[place];
          return host?.kind === 'knowing' ? host[key] : undefined;
        };
        for (const [hop, { fromClient, fromServer }] of tellChain(chain).entries()) {
          expect(fromClient).toBe(hop === 0 ? chain.client.connection : own(hop - 1, 'towardsServer'));
          const isLast = hop === chain.between.length;
          expect(fromServer).toBe(isLast ? chain.server.connection : own(hop, 'towardsClient'));
        }
      }),
    );
  },
);

law(
  'a transparent intermediary makes the ends believe each other about a connection that they do not share',
  ['http-timeout-00/4.1/transparent', 'http-timeout-00/4.1/may-drop-any-time'],
  () => {
    fc.assert(
      fc.property(seconds(), seconds(), intermediaries('transparent', 'non-compliant'), (ours, theirs, between) => {
        const chain: Chain = { client: { connection: ours }, between: [between], server: { connection: theirs } };
        expect(tellChain(chain)).toEqual([
          { fromClient: ours, fromServer: theirs },
          { fromClient: ours, fromServer: theirs },
        ]);
        // What stands between gave no promise of its own: it may drop either connection at any time.
        expect(keptFor(undefined, theirs)).toBe(0);
      }),
    );
  },
);

const delays = () => fc.array(fc.nat(3), { maxLength: 5 });

law(
  'an intermediary that waits at least as long as it is told makes no difference',
  ['http-timeout-00/3.1/no-impact', 'http-timeout-00/3/client-allows-for-delays', 'http-timeout-00/3/maximum-wait'],
  () => {
    fc.assert(
      fc.property(chains(), seconds(), delays(), (chain, request, ways) => {
        const way = 2 * ways.slice(0, chain.between.length + 1).reduce((sum, delay) => sum + delay, 0);
        const between = chain.between.map((host) => ({ ...host, waits: request + way }));
        const patient: Chain = { ...chain, client: { request }, between };
        const takes = Math.min(request, serverTimeIn(patient));
        const answer = answerIn(patient, { takes, delays: ways, allowance: way });
        expect(answer).toEqual({ by: 'server', at: takes + way, status: 200 });
      }),
    );
  },
);

law(
  'without an allowance for delays a response in time is too late for the client',
  ['http-timeout-00/3/client-allows-for-delays', 'http-timeout-00/3/server-may-be-late'],
  () => {
    fc.assert(
      fc.property(seconds(), fc.integer({ min: 1, max: 5 }), (request, delay) => {
        const chain: Chain = { client: { request }, between: [], server: {} };
        const course = { takes: serverTimeIn(chain), delays: [delay] };
        expect(answerIn(chain, course)).toEqual({ by: 'client', at: request });
        expect(answerIn(chain, { ...course, allowance: 2 * delay }).status).toBe(200);
        // The same with the allowance taken off what is asked for.
        const asked = requestTimeoutOf({ waits: request + 2 * delay, allowance: 2 * delay });
        expect(asked).toBe(request);
      }),
    );
  },
);

law(
  'the most impatient intermediary answers 504 in the place of a server that takes longer',
  ['http-timeout-00/3.1/shorter-timeout', 'http-timeout-00/3.1/gateway-timeout'],
  () => {
    fc.assert(
      fc.property(chains(), seconds(), ({ between }, takes) => {
        const answer = answerIn({ client: {}, between, server: {} }, { takes });
        const waits = between.map((host) => host.waits ?? Infinity);
        const shortest = Math.min(...waits, Infinity);
        if (takes <= shortest) expect(answer).toEqual({ by: 'server', at: takes, status: 200 });
        else expect(answer).toEqual({ by: waits.lastIndexOf(shortest), at: shortest, status: 504 });
      }),
    );
  },
);

law(
  'a client waits no longer than it said, and gets one answer at most',
  ['http-timeout-00/3/maximum-wait', 'http-timeout-00/3/client-sets-maximum'],
  () => {
    fc.assert(
      fc.property(chains(), seconds(), fc.nat(30), delays(), seconds(), (chain, request, takes, ways, allowance) => {
        const answer = answerIn({ ...chain, client: { request } }, { takes, delays: ways, allowance });
        expect(answer.at).toBeLessThanOrEqual(request + allowance);
        expect(answer.status === undefined).toBe(answer.by === 'client');
      }),
    );
  },
);
