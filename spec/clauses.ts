import type { Clause } from './clause.js';
import { closingClauses } from './draft-06/closing.js';
import { controlFrameClauses } from './draft-06/control-frames.js';
import { extensionClauses, securityClauses } from './draft-06/extensions.js';
import { framingClauses } from './draft-06/framing.js';
import { messageClauses } from './draft-06/messages.js';
import { clientHandshakeClauses } from './draft-06/opening-handshake-client.js';
import { serverHandshakeClauses } from './draft-06/opening-handshake-server.js';
import { uriClauses } from './draft-06/uri.js';

const all = [
  ...uriClauses,
  ...framingClauses,
  ...messageClauses,
  ...controlFrameClauses,
  ...clientHandshakeClauses,
  ...serverHandshakeClauses,
  ...closingClauses,
  ...extensionClauses,
  ...securityClauses,
] as const;

/** The id of a clause that exists: naming any other is a type error. */
export type ClauseId = (typeof all)[number]['id'];

/** Every clause of the catalogue, in the order of the chapters. */
export const clauses: readonly Clause<ClauseId>[] = all;

const byId = new Map<string, Clause<ClauseId>>(clauses.map((clause) => [clause.id, clause]));

/** Whether a string is the id of a clause. */
export function isClauseId(id: string): id is ClauseId {
  return byId.has(id);
}

/**
 * The clause with an id.
 * @throws RangeError when the catalogue has no such clause, which the type of the argument excludes.
 */
export function clauseOf(id: ClauseId): Clause<ClauseId> {
  const clause = byId.get(id);
  if (clause === undefined) throw new RangeError(`no clause has the id ${id}`);
  return clause;
}
