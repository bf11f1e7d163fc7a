import { type ClauseId, isClauseId } from '../../spec/clauses.js';
import list from './laws.json' with { type: 'json' };

/** A law and the clauses that it checks. Laws live in tests, which are not shipped; this is what is known of them. */
export interface Law {
  /** What holds, with the titles that it stands under. */
  readonly name: string;
  readonly file: string;
  readonly clauses: readonly ClauseId[];
}

/** Every law of the project. `npm run laws` writes the list anew, and a test says when that is due. */
export const laws: readonly Law[] = list.map(({ name, file, clauses }) => ({
  name,
  file,
  clauses: clauses.map((id) => {
    if (!isClauseId(id)) throw new RangeError(`${file} names the clause ${id}, which does not exist`);
    return id;
  }),
}));
