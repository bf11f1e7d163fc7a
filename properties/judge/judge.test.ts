import fc from 'fast-check';
import { expect } from 'vitest';
import type { Role } from '../../model/role.js';
import { schedules } from '../arbitraries/schedule.js';
import { law } from '../laws/law.js';
import { traceBeside } from '../simulation/trace.js';
import { finish, takeMoves } from '../simulation/two-endpoints.js';
import { createWorld } from '../simulation/world.js';
import { judge } from './judge.js';
import type { TraceEvent } from './trace.js';

/** Enough keys that no frame of a schedule has one that came before. */
const keys = Array.from({ length: 500 }, (_, at) => {
  const mixed = Math.imul(at + 1, 0x9e3779b1) ^ (at << 3);
  return Uint8Array.of(mixed >>> 24, mixed >>> 16, mixed >>> 8, mixed);
}) as [Uint8Array, ...Uint8Array[]];

/** What somebody beside one of two endpoints sees, whatever happens to them. */
function traces(): fc.Arbitrary<{ readonly events: TraceEvent[]; readonly pongAfterClose: boolean }> {
  return fc.tuple(schedules(), fc.constantFrom<Role>('client', 'server')).map(([{ options, moves }, at]) => {
    const world = finish(takeMoves(createWorld({ ...options, keys }), moves));
    const answers = [options.client, options.server].every((side) => side?.readings?.pongAfterClose !== 'ignore');
    return { events: traceBeside(world, at, keys), pongAfterClose: answers };
  });
}

const readingsOf = (answers: boolean) => ({ pongAfterClose: answers ? 'answer' : 'ignore' }) as const;

law(
  'the judge finds fault with neither of two endpoints of the model, whatever the network does',
  ['draft-06/4.1/sequence-of-frames', 'draft-06/5.1/valid-http-request', 'draft-06/5.2.2/valid-http-response'],
  () => {
    const seen = { clean: 0, unclean: 0, pongs: 0 };
    fc.assert(
      fc.property(traces(), ({ events, pongAfterClose }) => {
        const { findings, clean, clauses } = judge(events, { readings: readingsOf(pongAfterClose) });
        expect(findings.filter(({ verdict }) => verdict !== 'informational')).toEqual([]);
        if (clean !== undefined) seen[clean ? 'clean' : 'unclean']++;
        if (clauses.server.get('draft-06/4.5.2/ping-answered') === 'held') seen.pongs++;
      }),
      { numRuns: 300 },
    );
    // What the judge accepts was there to be judged.
    expect(Math.min(seen.clean, seen.unclean, seen.pongs)).toBeGreaterThan(10);
  },
);
