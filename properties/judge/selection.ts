import { isUnder } from '../../spec/clause.js';
import type { ClauseId } from '../../spec/clauses.js';
import type { Selection } from '../verifier/run.js';
import type { JudgedConnection } from './trace-judge.js';

/** Whether a selection by prefixes of clause ids takes a clause. */
export function isClauseSelected(clause: ClauseId, { only = [], skip = [] }: Selection): boolean {
  if (skip.some((prefix) => isUnder(clause, prefix))) return false;
  return only.length === 0 || only.some((prefix) => isUnder(clause, prefix));
}

/** What was found on a connection about the selected clauses alone. */
export function selectClauses(judged: JudgedConnection, selection: Selection): JudgedConnection {
  const { findings, clauses } = judged.judgement;
  const isTaken = (clause: ClauseId): boolean => isClauseSelected(clause, selection);
  return {
    ...judged,
    judgement: {
      ...judged.judgement,
      findings: findings.filter(({ clause }) => isTaken(clause)),
      clauses: {
        client: new Map([...clauses.client].filter(([clause]) => isTaken(clause))),
        server: new Map([...clauses.server].filter(([clause]) => isTaken(clause))),
      },
    },
  };
}
