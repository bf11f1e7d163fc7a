import type { Comparison } from '../expectations.js';
import type { Matrix } from '../matrix.js';
import type { PageAddresses } from '../pages.js';
import type { Report } from '../report.js';
import { casePage } from './case-page.js';
import { indexPage } from './index-page.js';
import { matrixPage } from './matrix-page.js';
import { assets, type ReportFile } from './page.js';
import { script } from './script.js';
import { stylesheet } from './stylesheet.js';

export type { ReportFile } from './page.js';

/*
 * Reports as pages that open from the disk. The same report gives the same bytes. Each case has a page of its own, so
 * that the first page stays light whatever went over the wire.
 */

const common: readonly ReportFile[] = [
  { path: assets.stylesheet, text: stylesheet },
  { path: assets.script, text: script },
];

/**
 * A report as a directory of pages, one after the other, so that not all of them have to be in memory.
 * @param comparison where known findings were given: what is known is marked, and so is what passes unexpectedly
 * @param addresses where the documentation lies: ids lead there by links, or by words where it has no whole addresses
 * @example
 * ```ts
 * import { createReport, htmlReport } from 'hybi-spec/properties';
 *
 * const facts = { version: '1', target: 'nobody', seed: 1, startedAt: new Date(0), durationMs: 0, sameOptions: '' };
 * const paths = [...htmlReport(createReport([], facts))].map(({ path }) => path);
 * console.assert(paths.join() === 'style.css,report.js,index.html');
 * ```
 */
export function* htmlReport(
  report: Report,
  comparison?: Comparison,
  addresses?: PageAddresses,
): Generator<ReportFile, void> {
  const paths = casePaths(report.cases.map(({ id }) => id));
  const pathOf = (id: string): string => paths.get(id) ?? '#';
  const foot = `Written by hybi-spec ${report.version}.`;
  yield* common;
  yield indexPage(report, { pathOf, foot, comparison, addresses });
  for (const result of report.cases)
    yield casePage(result, report, { path: pathOf(result.id), foot, comparison, addresses });
}

/**
 * A matrix as a directory of pages.
 * @param addresses as for `htmlReport`
 */
export function* matrixPages(matrix: Matrix, addresses?: PageAddresses): Generator<ReportFile, void> {
  const [first] = matrix.implementations;
  yield* common;
  yield matrixPage(matrix, `Written by hybi-spec${first === undefined ? '' : ` ${first.version}`}.`, addresses);
}

/** A file for each case, named after it. Ids come from reports, so nothing but letters, digits, `.`, `_` and `-` is taken over. */
function casePaths(ids: readonly string[]): ReadonlyMap<string, string> {
  const used = new Set<string>();
  const paths = new Map<string, string>();
  for (const id of ids) {
    const name = id
      .replaceAll('/', '.')
      .replaceAll(/[^\w.-]/g, '_')
      .slice(0, 100);
    let unique = name;
    // Some file systems know no capitals.
    for (let count = 2; used.has(unique.toLowerCase()); count++) unique = `${name}_${count}`;
    used.add(unique.toLowerCase());
    paths.set(id, `cases/${unique}.html`);
  }
  return paths;
}
