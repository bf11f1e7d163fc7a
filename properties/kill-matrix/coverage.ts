import { type Clause } from '../../spec/clause.js';
import { type ClauseId, clauses } from '../../spec/clauses.js';
import type { Role } from '../../model/role.js';
import { clientCases } from '../conformance/client/index.js';
import { serverCases } from '../conformance/index.js';
import { brokenWith } from '../faults/entailed.js';
import { oddities } from '../faults/index.js';
import { type Weight, weightOf } from '../verifier/finding.js';
import type { KillMatrix } from './matrix.js';

/*
 * Which clauses have a fault: each that a case may fail or advise about is broken by a fault that a case which names the
 * clause notices. What only grants leave cannot be broken by whoever has the leave; there an oddity makes use of it.
 */

interface Excuse {
  readonly reason: string;
  readonly clauses: readonly ClauseId[];
}

/** Clauses that have a case and no fault, each with the reason. */
export const withoutFault: readonly Excuse[] = [];

/** The clauses that a fault breaks and that a case which names them notices. */
function defended({ faults }: KillMatrix, role: Role): ReadonlySet<ClauseId> {
  const cases = new Map(
    (role === 'server' ? serverCases : clientCases).map((each) => [each.id, each.clauses] as const),
  );
  const found = new Set<ClauseId>();
  for (const { role: of, clause, blamed } of faults) {
    if (of !== role) continue;
    const broken = brokenWith(clause);
    for (const id of new Set(Object.values(blamed).flat())) {
      for (const named of cases.get(id) ?? []) if (broken.has(named)) found.add(named);
    }
  }
  return found;
}

const isLeave = ({ level }: Clause): boolean => (weightOf(level) satisfies Weight) === 'informational';

/** Whether a clause binds a role; what binds the other one is for the other's cases, whoever names it. */
const binds = ({ binds: parties }: Clause, role: Role): boolean =>
  parties.some((party) => party === role || /^(?:endpoint|sender|receiver|protocol)$/.test(party));

/** What there is to be said on the clauses that the cases of a role name. */
export interface Coverage {
  /** Clauses that a fault breaks and that a case notices. */
  readonly covered: number;
  /** Clauses that have a reason. */
  readonly excused: number;
  /** Clauses that have neither; there should be none. */
  readonly bare: readonly ClauseId[];
}

/** Which clauses are defended by the cases of a role, as the matrix shows. */
export function coverage(matrix: KillMatrix, role: Role): Coverage {
  const named = new Set((role === 'server' ? serverCases : clientCases).flatMap((each) => each.clauses));
  const found = defended(matrix, role);
  const used = new Set(oddities.filter((each) => each.role === role).flatMap((each) => each.clauses));
  const excuses = new Set(withoutFault.flatMap((group) => group.clauses));
  const judged = clauses.filter((clause) => named.has(clause.id) && binds(clause, role));
  const isCovered = (clause: Clause<ClauseId>): boolean =>
    found.has(clause.id) || (isLeave(clause) && used.has(clause.id));
  const open = judged.filter((clause) => !isCovered(clause));
  return {
    covered: judged.length - open.length,
    excused: open.filter(({ id }) => excuses.has(id)).length,
    bare: open.filter(({ id }) => !excuses.has(id)).map(({ id }) => id),
  };
}
