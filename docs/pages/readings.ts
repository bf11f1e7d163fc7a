import { allReadings, type ReadingChapter, readingChapters } from '../../spec/readings/index.js';
import type { Reading } from '../../spec/readings/reading.js';
import { readings } from '../../spec/readings.js';
import { slugOf } from '../address.js';
import type { Chapter } from '../chapter.js';
import { type Markup, markup } from '../html.js';
import { parts } from '../navigation.js';
import type { Page } from '../page.js';
import { plainClause } from './parts.js';

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
    summary: `${allReadings.length} questions that the texts leave open, answer twice or answer wrongly, and the choice made here.`,
    body: markup`<p>The hundreds of a number are the chapter of draft-06; from 2000 on it is requirements-02, from 3000 on http-timeout-00. ${parameters.size} are parameters: <code>--reading R-404=OPTION</code> makes a peer, or a verdict, follow another option.</p>
${filter()}
<nav aria-label="Chapters of the readings"><ul class="plain in-columns">
${readingChapters.map(
  (
    chapter,
  ) => markup`<li><a href="#${slugOf(chapter.title)}">${chapter.title}</a> <small>${chapter.readings.length}</small></li>
`,
)}</ul></nav>
${readingChapters.map(section)}`,
  };
  return { pages: [page] };
}

/** What can be left alone on the page. The style sheet does it: no script runs here. */
const choices = [
  { id: 'show-all', says: 'all', holds: (): boolean => true },
  {
    id: 'show-parameter',
    says: 'those one can choose otherwise',
    holds: ({ number }: Reading) => parameters.has(number),
  },
  { id: 'show-verdict', says: 'those that change a verdict', holds: ({ changes }: Reading) => changes === 'verdict' },
  {
    id: 'show-behaviour',
    says: 'those that change behaviour alone',
    holds: ({ changes }: Reading) => changes === 'behaviour',
  },
  {
    id: 'show-nothing',
    says: 'those that change nothing one can see',
    holds: ({ changes }: Reading) => changes === 'nothing',
  },
] as const;

function filter(): Markup {
  return markup`<fieldset class="filter"><legend>Show</legend>
${choices.map(({ id, says, holds }) => {
  const checked = id === 'show-all' ? markup` checked="checked"` : undefined;
  return markup`<label for="${id}"><input type="radio" name="show" id="${id}"${checked}/> ${says} <small>${allReadings.filter(holds).length}</small></label>
`;
})}</fieldset>`;
}

function section(chapter: ReadingChapter): Markup {
  const anchor = slugOf(chapter.title);
  return markup`<section aria-labelledby="${anchor}">
<h2 id="${anchor}">${chapter.title}</h2>
${chapter.readings.map(article)}</section>
`;
}

const effects: Readonly<Record<Reading['changes'], string>> = {
  verdict: 'The choice changes a verdict.',
  behaviour: 'The choice changes what an endpoint does, but no verdict.',
  nothing: 'The choice changes nothing that one can see.',
};

function article(reading: Reading): Markup {
  const { number, question, clauses, options, chosen, because, later, changes } = reading;
  const name = parameters.get(number);
  const kinds = choices.filter(({ holds }) => holds(reading)).map(({ id }) => id);
  const list = Object.entries(options).map(
    ([
      option,
      says,
    ]) => markup`<div${option === chosen ? markup` class="chosen"` : undefined}><dt><code>${option}</code>${
      option === chosen ? ' ✓ chosen' : ''
    }</dt><dd>${says}</dd></div>
`,
  );
  return markup`<article id="${number}" class="${kinds.join(' ')}">
<h3>${number} ${question}</h3>
<dl class="options">
${list}</dl>
<p><strong>Because</strong> ${because}</p>
<p><strong>Later</strong> ${later}</p>
<p class="quiet">${effects[changes]}${name === undefined ? '' : markup` Parameter <code>${name}</code>.`}</p>
<ul class="plain">${clauses.map((id) => markup`<li>${plainClause(id)}</li>`)}</ul>
</article>
`;
}
