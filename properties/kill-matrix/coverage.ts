import type { Clause } from '../../spec/clause.js';
import { type ClauseId, clauses } from '../../spec/clauses.js';
import type { Role } from '../../model/role.js';
import { brokenWith } from '../faults/entailed.js';
import { oddities } from '../faults/index.js';
import { type Weight, weightOf } from '../verifier/finding.js';
import type { KillMatrix } from './matrix.js';
import { allCasesOf } from './run-peer.js';
import { withoutFault } from './without-fault.js';

/*
 * Which clauses have a fault: each that can be seen on the wire and binds a role is broken by a fault of that role, and a
 * case blames the clause for it, or names it and blames what is broken along with it. What only grants leave cannot be
 * broken by whoever has the leave; there an oddity may make use of it. Whatever is left has a reason of its own.
 */

/** The clauses that a fault of a role breaks and that a case notices. */
function defended({ faults }: KillMatrix, role: Role): ReadonlySet<ClauseId> {
  const namedBy = new Map(allCasesOf(role).map((each) => [each.id, each.clauses] as const));
  const found = new Set<ClauseId>();
  for (const { role: of, clause, blamed } of faults) {
    if (of !== role) continue;
    const broken = brokenWith(clause);
    for (const id of broken) if (blamed[id] !== undefined) found.add(id);
    for (const [blame, ids] of Object.entries(blamed)) {
      if (!broken.has(blame as ClauseId)) continue;
      for (const id of ids) for (const named of namedBy.get(id) ?? []) if (broken.has(named)) found.add(named);
    }
  }
  return found;
}

const isLeave = ({ level }: Clause): boolean => (weightOf(level) satisfies Weight) === 'informational';

/** Whether a clause binds a role; what binds the other one is for the other's cases, whoever names it. */
const binds = ({ binds: parties }: Clause, role: Role): boolean =>
  parties.some((party) => party === role || /^(?:endpoint|sender|receiver|protocol)$/.test(party));

/** What there is to be said on the clauses that bind a role and can be seen on the wire. */
export interface Coverage {
  /** Clauses that a fault breaks and that a case notices, or of whose leave an oddity makes use. */
  readonly covered: number;
  /** Clauses that have a reason. */
  readonly excused: number;
  /** Clauses that have neither; there should be none. */
  readonly bare: readonly ClauseId[];
  /** Clauses that have both; there should be none. */
  readonly needless: readonly ClauseId[];
}

/** Which clauses have a fault of a role, as the matrix shows. */
export function coverage(matrix: KillMatrix, role: Role): Coverage {
  const found = defended(matrix, role);
  const used = new Set(oddities.filter((each) => each.role === role).flatMap((each) => each.clauses));
  const excuses = new Set(withoutFault.filter(({ roles }) => roles.includes(role)).map(({ clause }) => clause));
  const judged = clauses.filter((clause) => clause.seen === 'wire' && binds(clause, role));
  const isCovered = (clause: Clause<ClauseId>): boolean =>
    found.has(clause.id) || (isLeave(clause) && used.has(clause.id));
  const open = new Set(judged.filter((clause) => !isCovered(clause)).map(({ id }) => id));
  return {
    covered: judged.length - open.size,
    excused: [...open].filter((id) => excuses.has(id)).length,
    bare: [...open].filter((id) => !excuses.has(id)),
    needless: [...excuses].filter((id) => !open.has(id)),
  };
}
