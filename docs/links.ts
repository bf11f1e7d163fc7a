import type { ClauseId } from '../spec/clauses.js';
import type { Reading } from '../spec/readings/reading.js';
import type { Role } from '../model/role.js';
import { addressOfClause, addressOfReading, addressOfState } from './address.js';
import { type Markup, markup } from './html.js';

/** The files of the site that are not pages. */
export const assets = {
  stylesheet: 'style.css',
  search: 'assets/search.js',
  states: 'states.json',
  pictures: { client: 'states/client.svg', server: 'states/server.svg' },
} as const;

/** A link to a clause. */
export function linkToClause(id: ClauseId): Markup {
  return markup`<a href="~/${addressOfClause(id)}"><code>${id}</code></a>`;
}

/** A list of clauses, each a link. */
export function listOfClauses(ids: readonly ClauseId[]): Markup | undefined {
  return ids.length === 0 ? undefined : markup`<ul>${ids.map((id) => markup`<li>${linkToClause(id)}</li>`)}</ul>`;
}

/** A link to a reading. */
export function linkToReading({ number }: Reading): Markup {
  return markup`<a href="~/${addressOfReading(number)}">${number}</a>`;
}

/** A link to the page of a state. */
export function linkToState(role: Role, path: string): Markup {
  return markup`<a href="~/${addressOfState(role, path)}"><code>${path}</code></a>`;
}
