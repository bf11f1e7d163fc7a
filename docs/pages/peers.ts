import { packageFileOf } from '../package-files.js';
import { markup } from '../html.js';
import type { Page } from '../page.js';
import { richText } from '../rich-text.js';
import { resolveText } from './guides.js';
import { crumbs } from './parts.js';

/** Where it stands what real peers do. */
export const peersPath = 'peers.html';

/** What real peers do, as `npm run peers` wrote it. */
export function peersPage(): Page {
  const { title, summary, body } = richText(packageFileOf('docs/peers.md'), resolveText);
  return {
    path: peersPath,
    part: 'evidence',
    title,
    summary,
    body: markup`${crumbs('evidence')}<div class="prose">
${body}</div>
`,
  };
}
