import type { Connection } from '../../model/connection.js';
import { otherRole, type Role } from '../../model/role.js';
import { step } from '../../model/step.js';
import { type Consequence, consequencesOf } from './entry.js';
import { type Refusal, refusalOf } from './dissect.js';
import { makeMoves, openingMoves, startSession, worldOf } from './session.js';

/** What an endpoint makes of frames that reach it on an open connection. */
export interface Reception {
  readonly role: Role;
  readonly consequences: readonly Consequence[];
  readonly refusals: readonly Refusal[];
  readonly state: string;
}

const open = worldOf(makeMoves(startSession(), openingMoves)).endpoints;

/**
 * Lets an endpoint of the model read the octets of the other side, all at once: what it delivers, answers and refuses.
 * @param from who sent them
 */
export function receive(bytes: Uint8Array, from: Role): Reception {
  const role = otherRole(from);
  const connection: Connection = open[role].connection;
  const [after, effects] = step(connection, { type: 'bytes', bytes });
  const taken = { input: { type: 'bytes' as const, bytes }, from: connection.state, to: after.state, effects };
  return {
    role,
    consequences: consequencesOf({ role, step: taken }),
    refusals: effects.flatMap((effect) => (effect.type === 'violation' ? [refusalOf(effect.violation, from)] : [])),
    state: after.state,
  };
}
