import { type ClauseId, isClauseId } from '../../spec/clauses.js';
import { allReadings } from '../../spec/readings/index.js';
import { type Markup, markup } from './markup.js';
import type { Report } from './report.js';

/*
 * The documentation has a page for each clause, case and reading that a report speaks of. Where it lies, whoever makes
 * the report knows.
 */

/** Addresses of pages of the documentation: whole ones, or from the root of the site. */
export interface PageAddresses {
  readonly clause: (id: ClauseId) => string;
  /** `undefined` for what is no case of the documentation, such as a connection that was recorded. */
  readonly case: (id: string) => string | undefined;
  /** @param number such as `R-401` */
  readonly reading: (number: string) => string;
}

const numbers: ReadonlySet<string> = new Set(allReadings.map(({ number }) => number));

/** The readings that were asked for, and those that findings name. */
function readingsIn({ readings = {}, cases }: Report): readonly string[] {
  const told = cases.flatMap(({ findings }) =>
    findings.flatMap(({ code, observed, allowed }) => `${code} ${observed} ${allowed}`.match(/\bR-\d+/g) ?? []),
  );
  return [...new Set([...Object.keys(readings), ...told])].filter((number) => numbers.has(number)).sort();
}

/** The report with the addresses of the pages about its clauses, its cases and the readings that it names. */
export function withPages(report: Report, addresses: PageAddresses): Report {
  const clauses = [
    ...report.clauses.map(({ id }) => id),
    ...report.cases.flatMap((result) => [...result.clauses, ...result.findings.map(({ clause }) => clause)]),
  ];
  const pages: readonly (readonly [string, string | undefined])[] = [
    ...[...new Set(clauses)].filter(isClauseId).map((id) => [id, addresses.clause(id)] as const),
    ...report.cases.map(({ id }) => [id, addresses.case(id)] as const),
    ...readingsIn(report).map((number) => [number, addresses.reading(number)] as const),
  ];
  return {
    ...report,
    pages: Object.fromEntries(pages.filter(([, page]) => page !== undefined)) as Report['pages'] & {},
  };
}

/** Only a whole address leads anywhere from a report that may lie in any directory. */
const isWhole = (address: string): boolean => /^(?:https?|file):\/\//.test(address);

/** An id of a clause, a case or a reading, as a link to its page where that has a whole address. */
export function linkedId(id: string, addresses: PageAddresses | undefined): Markup {
  const page = addresses === undefined ? undefined : pageOf(id, addresses);
  const shown = markup`<code>${id}</code>`;
  return page !== undefined && isWhole(page) ? markup`<a href="${page}">${shown}</a>` : shown;
}

/** The address of the page as text, where it is none that a link could lead to. */
export function shownPage(id: string, addresses: PageAddresses | undefined): Markup | undefined {
  const page = addresses === undefined ? undefined : pageOf(id, addresses);
  return page === undefined || isWhole(page) ? undefined : markup` <span class="quiet">${page}</span>`;
}

function pageOf(id: string, addresses: PageAddresses): string | undefined {
  if (isClauseId(id)) return addresses.clause(id);
  return numbers.has(id) ? addresses.reading(id) : addresses.case(id);
}
