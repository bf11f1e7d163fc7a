import { documents, type DocumentName } from '../../spec/clause.js';
import { clauses } from '../../spec/clauses.js';
import { type Row, type Totals, totalsOf } from '../../properties/traceability/matrix.js';
import { addressOfSection } from '../address.js';
import type { Chapter, SiteContext } from '../chapter.js';
import { placesOf, rows, rowsBySection } from '../evidence.js';
import { type Markup, markup } from '../html.js';
import { parts } from '../navigation.js';
import { type Page, table } from '../page.js';
import { titleOfSection } from '../section-titles.js';
import { sectionPages } from './clause-sections.js';
import { requirementsPage, requirementsPath } from './requirements.js';

const names = Object.keys(documents) as DocumentName[];

/** The clauses: the matrix by section, a page a section, and the requirements answered. */
export function clausesChapter({ graphs }: SiteContext): Chapter {
  return { pages: [matrixPage(), ...sectionPages(placesOf(graphs)), requirementsPage()] };
}

function matrixPage(): Page {
  return {
    path: parts.clauses.file,
    part: 'clauses',
    title: 'Clauses',
    summary: `The ${clauses.length} normative sentences of the three texts, each restated under an address that does not change, and what checks each.`,
    body: markup`<p>A clause is one normative sentence. Take this one: <a href="~/clauses/draft-06/4.5.2.html#pong-echoes-body"><code>draft-06/4.5.2/pong-echoes-body</code></a>. The id is document, section and a word of ours.</p>
<p><a href="~/${requirementsPath}">How draft-06 answers requirements-02</a>, one requirement after the other.</p>
<h2 id="totals">In all</h2>
${table(
  'Clauses by text',
  ['Text', ...columns.map(({ name }) => name)],
  [
    ...names.map((name) =>
      figures(
        markup`<a href="#${name}">${name}</a>`,
        rows.filter(({ document }) => document === name),
      ),
    ),
    figures(markup`all`, rows),
  ],
  columns.map(({ name }) => name),
)}
${meaningOfColumns()}
${names.map(documentPart)}`,
  };
}

interface Column {
  readonly name: string;
  readonly says: string;
  readonly of: (totals: Totals, some: readonly Row[]) => number;
}

const columns: readonly Column[] = [
  { name: 'Clauses', says: 'the normative sentences', of: ({ clauses }) => clauses },
  { name: 'On the wire', says: 'those that one can see kept or broken from the bytes', of: (t) => t.seenOnTheWire },
  { name: 'With a case', says: 'of those on the wire, how many a case judges peers by', of: (t) => t.wireWithCase },
  { name: 'With a law', says: 'how many the model is held to by a law', of: (t) => t.withLaw },
  { name: 'With a fault', says: 'how many a deliberately wrong peer breaks', of: (t) => t.withFault },
  {
    name: 'With a reading',
    says: 'how many a question turns on that the texts leave open',
    of: (_, some) => some.filter(({ readings }) => readings.length > 0).length,
  },
  { name: 'Checked', says: 'by a law or a case, or through what answers it', of: ({ checked }) => checked },
  { name: 'Unchecked', says: 'each with its reason beside it', of: ({ excused, forgotten }) => excused + forgotten },
];

function meaningOfColumns(): Markup {
  const terms = columns.map(({ name, says }) => markup`<dt>${name}</dt><dd>${says}</dd>`);
  return markup`<details><summary>What the columns count</summary><dl>${terms}</dl></details>
`;
}

function figures(name: Markup, some: readonly Row[], title?: string): Markup {
  const totals = totalsOf(some);
  const cells = columns.map(({ of }) => markup`<td class="figure">${of(totals, some)}</td>`);
  const about = title === undefined ? undefined : markup`<td>${title}</td>`;
  return markup`<tr><th scope="row">${name}</th>${about}${cells}</tr>
`;
}

function documentPart(name: DocumentName): Markup {
  const { title, name: full } = documents[name];
  const sections = [...rowsBySection].filter(([section]) => section.startsWith(`${name}/`));
  return markup`<h2 id="${name}">${name}: ${title}</h2>
<p class="quiet"><code>${full}</code></p>
${table(
  `Clauses of ${name} by section`,
  ['Section', 'About', ...columns.map((column) => column.name)],
  sections.map(([section, some]) =>
    figures(
      markup`<a href="~/${addressOfSection(section)}">${section.slice(name.length + 1)}</a>`,
      some,
      titleOfSection(section),
    ),
  ),
  columns.map((column) => column.name),
)}`;
}
