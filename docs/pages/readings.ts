import { allReadings, type ReadingChapter, readingChapters } from '../../spec/readings/index.js';
import type { Reading } from '../../spec/readings/reading.js';
import { readings } from '../../spec/readings.js';
import { type Markup, markup } from '../html.js';
import type { Chapter } from '../chapter.js';
import { linkToClause } from '../links.js';
import { parts } from '../navigation.js';
import type { Page } from '../page.js';

/** The names of those readings that are parameters of the model, by number. */
const parameters: ReadonlyMap<string, string> = new Map(
  Object.entries(readings).map(([name, { number }]) => [number, name]),
);

/** The page of the readings: where the texts are silent or at odds with themselves, and what was chosen. */
export function readingsChapter(): Chapter {
  const page: Page = {
    path: parts.readings.file,
    part: 'readings',
    title: 'Readings',
    summary: `${allReadings.length} matters that the texts leave silent, ambiguous or contradictory, and the choice made here.`,
    body: markup`<p>The hundreds of a number are the chapter of draft-06; from 2000 on it is requirements-02, from 3000 on http-timeout-00. ${parameters.size} of them are parameters of the model.</p>
<nav aria-label="Chapters of the readings"><ul>
${readingChapters.map(
  (chapter) => markup`<li><a href="#${anchorOf(chapter)}">${chapter.title}</a> (${chapter.readings.length})</li>
`,
)}</ul></nav>
${readingChapters.map((chapter) => section(chapter))}`,
  };
  return { pages: [page] };
}

const anchorOf = ({ title }: ReadingChapter): string => title.toLowerCase().replace(/[^a-z0-9]+/g, '-');

function section(chapter: ReadingChapter): Markup {
  return markup`<section aria-labelledby="${anchorOf(chapter)}">
<h2 id="${anchorOf(chapter)}">${chapter.title}</h2>
${chapter.readings.map((reading) => article(reading))}</section>
`;
}

const effects: Readonly<Record<Reading['changes'], string>> = {
  verdict: 'The choice changes a verdict.',
  behaviour: 'The choice changes what an endpoint does, but no verdict.',
  nothing: 'The choice changes nothing that one can see.',
};

function article({ number, question, clauses, options, chosen, because, later, changes }: Reading): Markup {
  const list = Object.entries(options).map(([option, says]) =>
    option === chosen
      ? markup`<dt class="chosen"><code>${option}</code> (chosen)</dt><dd>${says}</dd>
`
      : markup`<dt><code>${option}</code></dt><dd>${says}</dd>
`,
  );
  const name = parameters.get(number);
  return markup`<article id="${number}" aria-labelledby="${number}-question">
<h3 id="${number}-question"><a href="#${number}">${number}</a> ${question}</h3>
<p class="quiet">${effects[changes]}${name === undefined ? '' : markup` Parameter <code>${name}</code>.`}</p>
<dl>
${list}</dl>
<p><strong>Because:</strong> ${because}</p>
<p><strong>Later:</strong> ${later}</p>
<p><strong>Clauses that pull:</strong></p>
<ul>${clauses.map((id) => markup`<li>${linkToClause(id)}</li>`)}</ul>
</article>
`;
}
