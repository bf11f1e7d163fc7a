import { type Law, laws } from '../../properties/traceability/laws.js';
import { addressOfLaw } from '../address.js';
import { groupBy } from '../evidence.js';
import { type Markup, markup } from '../html.js';
import type { Page } from '../page.js';
import { crumbs, listOfClauses, withReadings } from './parts.js';

/** Where the laws lie. */
export const lawsPath = 'laws.html';

/** The laws by the files that state them, each with its clauses. */
export function lawsPage(): Page {
  const files = groupBy(laws, ({ file }) => file);
  return {
    path: lawsPath,
    part: 'evidence',
    title: 'Laws',
    summary: `${laws.length} sentences about the model that the tests hold true, for inputs made at random.`,
    body: markup`${crumbs('evidence')}
<p>A law is tried on hundreds of generated inputs; one that fails is shrunk to the smallest that shows it. <code>npm test</code> runs them all.</p>
${[...files].map(([file, some]) => ofFile(file, some))}`,
  };
}

function ofFile(file: string, some: readonly Law[]): Markup {
  return markup`<h2><code>${file}</code></h2>
<ul class="plain spaced laws">${some.map((law) => one(law))}</ul>
`;
}

function one({ file, name, clauses }: Law): Markup {
  const anchor = addressOfLaw(file, name).split('#')[1] ?? '';
  return markup`<li id="${anchor}">${withReadings(name)}${listOfClauses(clauses)}</li>
`;
}
