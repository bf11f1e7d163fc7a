import { type Markup, markup } from '../markup.js';
import type { Matrix } from '../matrix.js';
import { linkedId, type PageAddresses } from '../pages.js';
import { statuses } from './index-page.js';
import { chip, filterForm, type ReportFile, renderPage } from './page.js';

/** The page of a matrix: the implementations with their totals, then the clauses and the cases that each broke or kept. */
export function matrixPage(
  { implementations, clauses, cases }: Matrix,
  foot: string,
  addresses: PageAddresses | undefined,
): ReportFile {
  const names = implementations.map(({ name }) => name);
  const totals = implementations.map(({ name, role, target, summary, seed }, at) => {
    const counts = statuses.map((status) => clauses.filter((clause) => clause.statuses[at] === status).length);
    return markup`<tr><th scope="row">${name}<br/><span class="quiet">${role}, ${target}, seed ${seed}</span></th>${[summary.pass, summary.fail, summary.advisory, summary.informational, ...counts].map((count) => markup`<td class="number">${count}</td>`)}</tr>
`;
  });
  const columns = ['pass', 'fail', 'advisory', 'informational', ...statuses.map((status) => `clauses ${status}`)];
  const body = markup`${scrolling('Totals', ['Implementation', ...columns], totals)}
${filterForm({ differing: 'only where they differ' })}
<h2>Clauses</h2>
${scrolling(
  'What each implementation makes of each clause',
  ['Clause', ...names],
  clauses.map(({ id, level, statuses: of }) => row(linkedId(id, addresses), level, of)),
)}
<h2>Cases</h2>
${scrolling(
  'What each case came to',
  ['Case', ...names],
  cases.map(({ id, title, verdicts }) => row(linkedId(id, addresses), title, verdicts)),
)}`;
  return renderPage({ path: 'index.html', title: names.join(', '), body, foot });
}

function row(id: Markup, words: string, values: readonly (string | null)[]): Markup {
  const differs = new Set(values).size > 1 ? 'yes' : 'no';
  const cells = values.map((value) => markup`<td>${value === null ? 'not in the report' : chip(value)}</td>`);
  return markup`<tr data-row="row" data-differs="${differs}"><th scope="row">${id}<br/><span class="quiet">${words}</span></th>${cells}</tr>
`;
}

/** A table in a box of its own that scrolls, which the keyboard can reach. */
function scrolling(caption: string, columns: readonly string[], rows: readonly Markup[]): Markup {
  return markup`<div class="wide matrix" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>
`;
}
