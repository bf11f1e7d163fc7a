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
  const { title, summary, body } = richText(text, resolveText);
  return [
    {
      path: killMatrixPath,
      part: 'evidence',
      title,
      summary,
      body: markup`${crumbs('evidence')}<div class="prose">
${body}</div>
`,
    },
  ];
}
