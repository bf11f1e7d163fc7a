import { type Fault, type Oddity } from '../../properties/faults/fault.js';
import { faults, oddities } from '../../properties/faults/index.js';
import { groupBy } from '../evidence.js';
import { type Markup, markup } from '../html.js';
import { catchersOf } from '../kill-matrix.js';
import type { Page } from '../page.js';
import { crumbs, entry, foldedList, listOfCases, listOfClauses, plainClause, questions } from './parts.js';

/** Where the faults and the oddities lie. */
export const faultsPath = 'faults.html';

/** Every peer that is wrong on purpose, and every one that is unusual and right. */
export function faultsPage(): Page {
  const chapters = groupBy(faults, ({ name, role }) => `${chapterOf(name)} (${role})`);
  return {
    path: faultsPath,
    part: 'evidence',
    title: 'Faults and oddities',
    summary: `${faults.length} peers that break one clause on purpose, and ${oddities.length} that are unusual and right.`,
    body: markup`${crumbs('evidence')}
<p>Who judges is judged by these: each fault has to be caught, for the clause that it breaks, and no oddity may be failed. Try one: <code>hybi serve --fault NAME</code>, or <code>hybi connect URL --fault NAME</code> for a client.</p>
<nav aria-label="Chapters"><ul class="plain in-columns">${[...chapters].map(
      ([chapter, some]) =>
        markup`<li><a href="#chapter-${slug(chapter)}">${chapter}</a> <small>${some.length}</small></li>`,
    )}<li><a href="#chapter-oddities">oddities</a> <small>${oddities.length}</small></li></ul></nav>
${[...chapters].map(
  ([chapter, some]) => markup`<h2 id="chapter-${slug(chapter)}">${chapter}</h2>
${some.map(faultArticle)}`,
)}<h2 id="chapter-oddities">Oddities</h2>
${oddities.map(oddityArticle)}`,
  };
}

const chapterOf = (name: string): string => name.split('/')[0] ?? name;

const slug = (text: string): string => text.replace(/[^a-z0-9]+/g, '-').replace(/-$/, '');

function faultArticle({ name, clause, says, follows }: Fault): Markup {
  const cases = catchersOf(name);
  return markup`<article id="${name}">
<h3><code>${name}</code></h3>
<p>${says}</p>
<dl>
${entry('Breaks', plainClause(clause))}${entry('And so also', consequences(follows))}${entry(
    'Caught by',
    someCases(cases),
  )}</dl>
</article>
`;
}

/** What else may be blamed, by the reason. */
function consequences(follows: Fault['follows']): Markup | undefined {
  const reasons = [...groupBy(follows, ({ why }) => why)];
  const lists = reasons.map(([why, some]) => {
    const ids = some.map(({ clause }) => clause);
    const more = ids.length <= atOnce ? undefined : markup` <small>and ${ids.length - atOnce} more</small>`;
    return markup`${why}${more}${listOfClauses(ids.slice(0, atOnce))}`;
  });
  return foldedList(lists, 'reasons', 1);
}

/** The first of many: a fault that breaks every conversation is caught by hundreds. */
function someCases(cases: readonly string[]): Markup | undefined {
  const list = listOfCases(cases.slice(0, atOnce));
  return cases.length <= atOnce ? list : markup`${list} <small>and ${cases.length - atOnce} more</small>`;
}

/** Cases, and clauses, that are shown of many. */
const atOnce = 3;

function oddityArticle({ name, role, clauses, says, readings }: Oddity): Markup {
  return markup`<article id="${name}">
<h3><code>${name}</code></h3>
<p>${says}</p>
<dl>
${entry('Allowed by', listOfClauses(clauses))}${entry('Left open by', foldedList(questions(readings), 'readings'))}${entry('Role', role)}</dl>
</article>
`;
}
