import { machineContextOf } from '../../model/connection.js';
import type { MachineEventType } from '../../model/machine-setup.js';
import type { Role } from '../../model/role.js';
import type { StateId } from '../../model/state-id.js';
import { transitionTable } from '../../model/transition-table.js';

/*
 * What the tester can make happen to a peer, read off the machine: from `open`, by what comes from the remote side. Each
 * transition that it can reach is the end of a walk, so that a campaign goes through all of them.
 */

/** The events of the machine that the tester can bring about. */
export const testerEvents = [
  'remote.message',
  'remote.ping',
  'remote.pong',
  'remote.close',
  'remote.violation',
  'transport.ended',
] as const satisfies readonly MachineEventType[];

export type TesterEvent = (typeof testerEvents)[number];

/** The events on a way from `open`, the last of which is the transition that it is about. */
export type Walk = readonly [TesterEvent, ...TesterEvent[]];

/** The shortest walk over each transition of a peer that the tester can reach from `open`, shorter ones first. */
export function walksOf(peer: Role): readonly Walk[] {
  const { row } = transitionTable(peer, machineContextOf());
  const walks: Walk[] = [];
  const known = new Set<StateId>(['open']);
  let front: readonly { readonly state: StateId; readonly way: readonly TesterEvent[] }[] = [
    { state: 'open', way: [] },
  ];
  while (front.length > 0) {
    const reached: { readonly state: StateId; readonly way: readonly TesterEvent[] }[] = [];
    for (const { state, way } of front) {
      for (const event of testerEvents) {
        const next = row(state, event)?.next;
        if (next === undefined) continue;
        const [first = event, ...others] = way;
        const walk: Walk = way.length === 0 ? [event] : [first, ...others, event];
        walks.push(walk);
        if (known.has(next)) continue;
        known.add(next);
        reached.push({ state: next, way: walk });
      }
    }
    front = reached;
  }
  return walks;
}
