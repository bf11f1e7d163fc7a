import fc from 'fast-check';
import type { EndpointOptions } from '../../model/connection.js';
import type { Role } from '../../model/role.js';
import { sampleOffer } from '../simulation/reach.js';
import type { Move } from '../simulation/two-endpoints.js';
import type { WorldOptions } from '../simulation/world.js';
import { scripts } from './input.js';

/** Two endpoints, and in which order things happen to them. */
export interface Schedule {
  readonly options: WorldOptions;
  readonly moves: readonly Move[];
}

const roles: readonly Role[] = ['client', 'server'];

/** The options and readings that shape how a connection goes, not what it may carry. */
function manners(): fc.Arbitrary<EndpointOptions> {
  return fc.record({
    answersCloseAtOnce: fc.boolean(),
    readings: fc.record({
      pongAfterClose: fc.constantFrom('answer', 'ignore'),
      abortResponse: fc.constantFrom('answer', 'silent'),
      onViolation: fc.constantFrom('close', 'drop'),
      earlyData: fc.constantFrom('abort', 'keep'),
    }),
  });
}

/** How it begins: TCP opens, and mostly the opening handshake goes through at once. */
const beginnings: readonly (readonly Move[])[] = [
  [{ type: 'connect' }],
  [
    { type: 'connect' },
    { type: 'deliver', to: 'server', count: Infinity },
    { type: 'act', at: 'server' },
    { type: 'deliver', to: 'client', count: Infinity },
  ],
];

/**
 * Schedules: TCP opens first; then bytes arrive in any portions, and both applications act, in any order. Up to two
 * misfortunes (a loss, or a timer that fires) may come at any moment, also before TCP is open.
 * @param calm whether there are no misfortunes
 */
export function schedules({ calm = false }: { readonly calm?: boolean } = {}): fc.Arbitrary<Schedule> {
  const role = fc.constantFrom(...roles);
  const count = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 400 }), fc.constant(Infinity));
  const usual: fc.Arbitrary<Move> = fc.oneof(
    fc.record({ type: fc.constant('deliver' as const), to: role, count }),
    fc.record({ type: fc.constant('act' as const), at: role }),
  );
  const misfortune: fc.Arbitrary<Move> = fc.oneof(
    fc.record({ type: fc.constant('lose' as const), at: role }),
    fc.record({ type: fc.constant('fire' as const), at: role, which: fc.nat(3) }),
  );
  const misfortunes = fc.array(fc.tuple(fc.noBias(fc.nat(60)), misfortune), { maxLength: calm ? 0 : 2 });
  const key = fc.uint8Array({ minLength: 4, maxLength: 4 });
  return fc
    .record({
      client: manners(),
      server: manners(),
      clientScript: scripts('client'),
      serverScript: scripts('server'),
      keys: fc.tuple(key, key, key),
      beginning: fc.constantFrom(...beginnings, ...beginnings.slice(1), ...beginnings.slice(1)),
      usual: fc.array(usual, { maxLength: 60, size: 'max' }),
      misfortunes,
    })
    .map(({ client, server, clientScript, serverScript, keys, beginning, usual: rest, misfortunes: blows }) => {
      const moves: Move[] = [...beginning, ...rest];
      for (const [at, blow] of blows) moves.splice(at, 0, blow);
      const options: WorldOptions = {
        client: { ...client, role: 'client', offer: sampleOffer },
        server,
        scripts: { client: clientScript, server: serverScript },
        keys,
      };
      return { options, moves };
    });
}
