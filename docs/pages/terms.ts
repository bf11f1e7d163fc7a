import { addressOfTerm } from '../address.js';
import { type Markup, markup } from '../html.js';
import type { Page } from '../page.js';
import { type Term, termGroups, terms } from '../terms.js';
import { plainClause, withReadings } from './parts.js';

/** The glossary. */
export function termsPage(): Page {
  return {
    path: 'terms.html',
    part: 'home',
    title: 'Terms',
    summary: `${terms.length} words of the protocol and of this project, in a sentence each.`,
    body: markup`${termGroups.map(
      (group) => markup`<h2>${group.title}</h2>
<dl>
${group.terms.map(entryOf)}</dl>
`,
    )}`,
  };
}

function entryOf({ term, says, clause }: Term): Markup {
  const anchor = addressOfTerm(term).split('#')[1] ?? '';
  const more = clause === undefined ? undefined : markup` ${plainClause(clause)}`;
  return markup`<dt id="${anchor}">${term}</dt><dd>${withReadings(says)}${more}</dd>
`;
}
