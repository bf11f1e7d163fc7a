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
export const withoutFault: readonly Excuse[] = [
  {
    reason:
      'needs TLS, which peers in memory do not speak; properties/conformance/tls.test.ts shows it with peers on sockets',
    clauses: [
      'draft-06/3.1/secure-flag',
      'draft-06/5.1/tls-handshake',
      'draft-06/10.2/identifies',
      'draft-06/10.2/encrypted',
      'draft-06/10.2/only-operation',
    ],
  },
  {
    reason: 'readings leave open what is done, so that cases put it on record and fail nobody',
    clauses: [
      'draft-06/3.3/host-ascii',
      'draft-06/3.3/host-punycode',
      'draft-06/3.3/host-at-most-7e',
      'draft-06/10.1/host-by-idna',
      'draft-06/10.1/converted-host',
      'draft-06/5.2.1/request-uri-is-resource-name',
      'draft-06/7.1.2/start-with-close-frame',
      'draft-06/7.3/start-closing-handshake',
      'draft-06/7.1.3/closed',
      'draft-06/7.1.4/no-other-close',
      'draft-06/7.2.1/no-other-close',
      'draft-06/7.3/client-not-arbitrarily',
      'draft-06/8.1/split-equals-combined',
      'draft-06/8.1/order-is-significant',
      'draft-06/5.2.1/extensions-by-8.1',
      'draft-06/10.9/not-elsewhere',
      'http-timeout-00/3/server-interprets',
      'http-timeout-00/3/maximum-wait',
      'http-timeout-00/3/client-adds',
      'http-timeout-00/3/client-sets-maximum',
      'http-timeout-00/3/client-allows-for-delays',
      'http-timeout-00/4/either-host',
    ],
  },
  {
    reason: 'is named by cases that send what is wrong; whoever reads it wrongly is noticed by other clauses',
    clauses: [
      'draft-06/4.3/length-high-bit-zero',
      'draft-06/4.3/no-extension-data',
      'draft-06/4.3/extension-negotiated',
      'draft-06/4.4/control-not-fragmented',
      'draft-06/8.1/client-only-offers',
      'draft-06/8.1/only-if-accepted',
      'draft-06/8.2.1/not-delayed',
      'draft-06/9/always-safe-to-disconnect',
      'draft-06/10.5/agrees-on-extensions',
    ],
  },
  {
    reason: 'grants leave of which every right peer makes use, or which binds the other side of the conversation',
    clauses: [
      'draft-06/4.3/first-may-be-final',
      'draft-06/4.3/extension-data-may-be-empty',
      'draft-06/5.2.1/origin-optional',
      'draft-06/5.2.1/subprotocols-optional',
      'draft-06/5.2.1/other-headers-optional',
      'draft-06/5.2.2/origin-may-decide',
      'draft-06/5.2.2/subprotocol-sent',
      'draft-06/7.4.2/3000-3999-libraries',
      'draft-06/8.2/others-allowed',
      'draft-06/8.2.1/blocks-of-both-kinds',
      'draft-06/8.2.1/messages-may-share-byte',
      'http-timeout-00/3/server-may-lower',
      'http-timeout-00/4.2/can-apply',
      'http-timeout-00/4.2/may-assume',
      'http-timeout-00/5/may-close-sooner',
    ],
  },
];

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
