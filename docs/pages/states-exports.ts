import { exportFormats } from '../exports/formats.js';
import type { SiteFile } from '../chapter.js';
import type { StateGraph } from '../graph.js';
import { markup } from '../html.js';
import { assets } from '../links.js';
import { type Page, table } from '../page.js';

const pathOf = (graph: StateGraph, extension: string): string => `exports/${graph.role}.${extension}`;

/** The machines in the formats of other tools. */
export function exportFiles(graphs: readonly StateGraph[]): readonly SiteFile[] {
  return exportFormats.flatMap(({ extension, write }) =>
    graphs.map((graph) => ({ path: pathOf(graph, extension), text: write(graph) })),
  );
}

/** The page that offers them. */
export function exportsPage(graphs: readonly StateGraph[]): Page {
  const rows = exportFormats.map(
    ({ extension, name, use }) =>
      markup`<tr><th scope="row">${name}</th>${graphs.map((graph) => markup`<td><a href="~/${pathOf(graph, extension)}">${graph.role}.${extension}</a></td>`)}<td class="says">${use}</td></tr>
`,
  );
  return {
    path: 'exports.html',
    part: 'states',
    title: 'The machines for other tools',
    summary: 'Both machines in four formats. A test reads each file back and finds the same states and transitions.',
    body: markup`${table('Files', ['Format', ...graphs.map(({ role }) => role), 'Use'], rows)}
<p>Guards and effects are names in all of them; <a href="~/client.html#words">the vocabulary</a> says what each asks and does. Where an event has several outcomes, the first whose guard holds is taken. All about both machines, with the vocabulary, is in <a href="~/${assets.states}">${assets.states}</a>.</p>
`,
  };
}
