import { type Reading, type ReadingName, readings } from '../../spec/readings.js';
import { type Markup, markup } from '../html.js';
import { linkToClause } from '../links.js';
import type { Page } from '../page.js';

/** The page of the readings: where the text is silent or at odds with itself, and what was chosen. */
export function readingsPage(): Page {
  const names = Object.keys(readings) as ReadingName[];
  return {
    name: 'readings',
    title: 'Readings',
    summary: `${names.length} matters that the text leaves silent, ambiguous or contradictory, and the choice made here.`,
    body: markup`<p>Each is a parameter of the model and of the judge: a verdict can be shown under another option. The hundreds of a number are the chapter of draft-06.</p>
${names.map((name) => article(name, readings[name]))}`,
  };
}

function article(name: ReadingName, { number, question, clauses, options, chosen, because, later }: Reading): Markup {
  const list = Object.entries(options).map(([option, says]) =>
    option === chosen
      ? markup`<dt class="chosen"><code>${option}</code> (chosen)</dt><dd>${says}</dd>
`
      : markup`<dt><code>${option}</code></dt><dd>${says}</dd>
`,
  );
  return markup`<article id="${number}" aria-labelledby="${number}-question">
<h2 id="${number}-question"><a href="#${number}">${number}</a> ${question}</h2>
<p class="quiet">Parameter <code>${name}</code></p>
<dl>
${list}</dl>
<p><strong>Because:</strong> ${because}</p>
<p><strong>Later:</strong> ${later}</p>
<p><strong>Clauses that pull:</strong></p>
<ul>${clauses.map((id) => markup`<li>${linkToClause(id)}</li>`)}</ul>
</article>
`;
}
