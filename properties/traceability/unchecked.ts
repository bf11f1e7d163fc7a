import type { Clause } from '../../spec/clause.js';
import type { ClauseId } from '../../spec/clauses.js';

export const unchecked: Partial<Record<ClauseId, string>> = {};

export function reasonOf({ id, seen, unseen }: Clause<ClauseId>): string | undefined {
  return unchecked[id] ?? (seen === 'nobody' ? unseen : undefined);
}
