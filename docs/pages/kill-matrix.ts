import { markup } from '../html.js';
import { packageFile } from '../package-files.js';
import type { Page } from '../page.js';
import { richText } from '../rich-text.js';
import { resolveText } from './guides.js';
import { crumbs } from './parts.js';

/** Where the summary of the kill matrix lies. */
export const killMatrixPath = 'kill-matrix.html';

/** The summary of the kill matrix, as `npm run kill-matrix` wrote it. */
export function killMatrixPages(): readonly Page[] {
  const text = packageFile('docs/kill-matrix.md');
  if (text === undefined) {
    return [
      {
        path: killMatrixPath,
        part: 'evidence',
        title: 'Kill matrix',
        summary: 'Every fault against every case: it has not been computed.',
        body: markup`${crumbs('evidence')}<p><code>npm run kill-matrix</code> computes it.</p>
`,
      },
    ];
  }
  const { title, summary, body } = richText(withoutRows(text), resolveText);
  return [
    {
      path: killMatrixPath,
      part: 'evidence',
      title,
      summary,
      body: markup`${crumbs('evidence')}<p>Each fault and each oddity has its row among <a href="~/faults.html">the faults</a>, with the cases that notice it.</p>
<div class="prose">
${body}</div>
`,
    },
  ];
}

/** The summary without its two long tables, which the page of the faults has in another order. */
function withoutRows(text: string): string {
  return text
    .split(/^(?=## )/m)
    .filter((part) => !/^## (?:Faults by clause|Oddities)/.test(part))
    .join('');
}
