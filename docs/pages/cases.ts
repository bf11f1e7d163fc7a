import type { CaseFacts } from '../../properties/verifier/case.js';
import { cases, casesByChapter, judgedBy } from '../evidence.js';
import { type Markup, markup } from '../html.js';
import { caughtBy, hasMatrix } from '../kill-matrix.js';
import { type Page, table } from '../page.js';
import { crumbs, entry, listOfClauses, neighbours, plainFault } from './parts.js';

/** Where the list of the chapters of cases lies. */
export const casesPath = 'cases.html';

const pathOf = (chapter: string): string => `cases/${chapter}.html`;

/** The chapters of cases, and a page for each with all its cases. */
export function casePages(): readonly Page[] {
  const chapters = [...casesByChapter.keys()];
  const crumbOf = (chapter: string | undefined) =>
    chapter === undefined ? undefined : { address: pathOf(chapter), name: chapter };
  return [
    chaptersPage(),
    ...[...casesByChapter].map(([chapter, some], at) =>
      chapterPage(chapter, some, neighbours(crumbOf(chapters[at - 1]), crumbOf(chapters[at + 1]))),
    ),
  ];
}

function chaptersPage(): Page {
  return {
    path: casesPath,
    part: 'evidence',
    title: 'Cases',
    summary: `${cases.length} questions to somebody’s server, client or intermediary, each with the clauses that answer it.`,
    body: markup`${crumbs('evidence')}
<p>A case holds one conversation with a peer. It never fails what the text leaves open: that is put on record. <code>hybi cases</code> lists them, <code>hybi verify URL --only ID</code> runs one against a server.</p>
${table(
  'Cases by chapter',
  ['Chapter', 'Judges', 'Cases', 'Clauses', 'Faults caught'],
  [...casesByChapter].map(([chapter, some]) => chapterRow(chapter, some)),
  ['Cases', 'Clauses', 'Faults caught'],
)}`,
  };
}

function chapterRow(chapter: string, some: readonly CaseFacts[]): Markup {
  const clauses = new Set(some.flatMap((each) => each.clauses));
  const faults = new Set(some.flatMap(({ id }) => caughtBy(id)));
  const caught = hasMatrix ? markup`${faults.size}` : undefined;
  return markup`<tr><th scope="row"><a href="~/${pathOf(chapter)}"><code>${chapter}</code></a></th><td>${judgedBy(chapter)}</td><td class="figure">${some.length}</td><td class="figure">${clauses.size}</td><td class="figure">${caught}</td></tr>
`;
}

function chapterPage(chapter: string, some: readonly CaseFacts[], around: Markup | undefined): Page {
  return {
    path: pathOf(chapter),
    part: 'evidence',
    title: `Cases: ${chapter}`,
    summary: `${some.length} ${some.length === 1 ? 'case' : 'cases'} for ${judgedBy(chapter)}.`,
    body: markup`${crumbs('evidence', { address: casesPath, name: 'Cases' })}
<p>All of them: <code>${commandFor(chapter)}</code></p>
${some.map((each) => article(each))}
${around}`,
  };
}

/** How to run a chapter. */
function commandFor(chapter: string): string {
  if (chapter === 'intermediary') return 'npm run intermediaries';
  return chapter.startsWith('client-')
    ? `hybi verify-client --spawn './my-client {url}' --only ${chapter}`
    : `hybi verify ws://127.0.0.1:8080/ --only ${chapter}`;
}

const anchorOf = (id: string): string => id.slice(id.indexOf('/') + 1);

function article({ id, title, requirement, clauses, needs = [] }: CaseFacts): Markup {
  const faults = caughtBy(id);
  return markup`<article id="${anchorOf(id)}">
<h2><a href="#${anchorOf(id)}"><code>${id}</code></a> ${title}</h2>
<p>${requirement}</p>
<dl class="entries">
${entry('Clauses', listOfClauses(clauses))}${entry('Needs', needs.join(', '))}${entry(
    'Catches',
    someFaults(faults),
  )}</dl>
</article>
`;
}

/** How many it catches, and the one that the fewest other cases catch. */
function someFaults([first, ...others]: readonly string[]): Markup | undefined {
  if (first === undefined) return undefined;
  return markup`${plainFault(first)}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}
