import type { CaseFacts } from '../../properties/verifier/case.js';
import { cases, casesByChapter, groupBy, judgedBy } from '../evidence.js';
import { type Markup, markup } from '../html.js';
import { caughtBy, hasMatrix } from '../kill-matrix.js';
import { type Page, table } from '../page.js';
import { crumbs, entry, listOfClauses, neighbours, plainFault, withReadings } from './parts.js';

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
${[...groupBy(some, likeness).values()].map((alike) => article(alike))}
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

/** What cases have in common that differ in a length, a code or an order alone, as those made from a table do. */
const likeness = ({ requirement, clauses, needs }: CaseFacts): string => JSON.stringify([requirement, clauses, needs]);

/** Cases of which all but the title is the same: it is said once. */
function article(alike: readonly CaseFacts[]): Markup | undefined {
  const [first] = alike;
  if (first === undefined) return undefined;
  const { requirement, clauses, needs = [] } = first;
  const headings = alike.map(
    ({ id, title }) => markup`<h2 id="${anchorOf(id)}"><code>${id}</code> ${title}</h2>
`,
  );
  return markup`<article>
${headings}<p>${withReadings(requirement)}</p>
<dl>
${entry('Clauses', listOfClauses(clauses))}${entry('Needs', needs.join(', '))}${entry(
    alike.length === 1 ? 'Catches' : 'They catch',
    someFaults([...new Set(alike.flatMap(({ id }) => caughtBy(id)))]),
  )}</dl>
</article>
`;
}

/** How many are caught, and one that few other cases catch. */
function someFaults([first, ...others]: readonly string[]): Markup | undefined {
  if (first === undefined) return undefined;
  return markup`${plainFault(first)}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}
