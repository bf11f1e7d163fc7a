import { clauseOf, type ClauseId } from '../spec/clauses.js';
import type { Reading } from '../spec/readings/reading.js';
import type { Role } from '../model/role.js';
import { type Markup, markup } from './html.js';
import { rowAnchor } from './svg.js';

/** The pages of the site, in the order of its navigation, all in one directory. */
export const pages = {
  home: { file: 'index.html', name: 'Overview' },
  client: { file: 'client.html', name: 'Client states' },
  server: { file: 'server.html', name: 'Server states' },
  clauses: { file: 'clauses.html', name: 'Clauses' },
  readings: { file: 'readings.html', name: 'Readings' },
} as const;

/** A page of the site. */
export type PageName = keyof typeof pages;

/** The files of the site that are not pages. */
export const assets = {
  stylesheet: 'style.css',
  states: 'states.json',
  pictures: { client: 'states/client.svg', server: 'states/server.svg' },
} as const;

/** A link to a clause. Its id is the anchor as well. */
export function linkToClause(id: ClauseId): Markup {
  const { level, says } = clauseOf(id);
  return markup`<a href="${pages.clauses.file}#${id}" title="${level}: ${says}"><code>${id}</code></a>`;
}

/** A list of clauses, each a link. */
export function listOfClauses(ids: readonly ClauseId[]): Markup | undefined {
  return ids.length === 0 ? undefined : markup`<ul>${ids.map((id) => markup`<li>${linkToClause(id)}</li>`)}</ul>`;
}

/** A link to a reading. Its number is the anchor as well. */
export function linkToReading({ number, question }: Reading): Markup {
  return markup`<a href="${pages.readings.file}#${number}" title="${question}">${number}</a>`;
}

/** A link to the row of a state or a transition. */
export function linkToRow(role: Role, id: string): Markup {
  return markup`<a href="${pages[role].file}#${rowAnchor(id)}"><code>${id}</code></a>`;
}
