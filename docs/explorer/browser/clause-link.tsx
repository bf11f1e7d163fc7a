import { clauseOf, type ClauseId } from '../../../spec/clauses.js';
import { addressOfClause } from '../../address.js';

/** A link from the page of the explorer to a clause. */
export function ClauseLink({ id }: { readonly id: ClauseId }) {
  const { level, says } = clauseOf(id);
  return (
    <a href={addressOfClause(id)} title={`${level}: ${says}`}>
      <code>{id}</code>
    </a>
  );
}
