import { clauses as allClauses } from '../../../spec/clauses.js';
import { verdicts } from '../../verifier/finding.js';
import { type Comparison, type KnownFinding, standingOf } from '../expectations.js';
import { type Markup, markup } from '../markup.js';
import { linkedId, type PageAddresses } from '../pages.js';
import { type CaseReport, type ClauseReport, type ClauseStatus, type Report } from '../report.js';
import { sectionOfCase, sectionsOf } from '../sections.js';
import { chip, figures, filterForm, type PageFacts, type ReportFile, renderPage } from './page.js';

/** The statuses of clauses, gravest first. */
export const statuses = [
  'broken',
  'not-followed',
  'open',
  'held',
  'not-exercised',
  'not-observable',
] as const satisfies readonly ClauseStatus[];

const says: ReadonlyMap<string, string> = new Map(allClauses.map((clause) => [clause.id, clause.says]));

/** The first page: the totals, the cases with filters, and the clauses by section. */
export function indexPage(
  report: Report,
  { pathOf, foot, comparison, addresses }: PageFacts & { readonly pathOf: (id: string) => string },
): ReportFile {
  const { role, target, document, cases, clauses, summary, baseline, shard, readings = {} } = report;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [role === 'server' ? 'Server' : 'Client', target],
    ['First conversation', baseline],
    ['Seed', String(report.seed)],
    ['Began', report.startedAt],
    ['Took', `${(report.durationMs / 1000).toFixed(1)} s`],
    ['Part of the run', shard],
    ['Known findings', comparison === undefined ? undefined : countExpected(cases, comparison)],
    [
      'Readings asked for',
      Object.entries(readings)
        .map(([number, option]) => `${number}=${option}`)
        .join(', ') || undefined,
    ],
  ];
  const body = markup`<p>${cases.length} cases by the text of ${document}.</p>
${figures(verdicts.map((verdict) => [verdict, summary[verdict]]))}
<dl class="facts">${facts.map(([name, value]) => (value === undefined ? undefined : markup`<dt>${name}</dt><dd>${value}</dd>`))}</dl>
${comparison === undefined ? undefined : unexpectedPart(comparison, pathOf)}
<h2 id="cases">Cases</h2>
${filterForm({
  verdicts: verdicts.filter((verdict) => summary[verdict] > 0),
  sections: [...sectionsOf(cases).keys()],
  ...(comparison === undefined ? {} : { differing: 'Only what was not expected' }),
})}
${[...sectionsOf(cases)].map(([section, list]) => casesPart(section, list, pathOf, comparison))}
<h2 id="clauses">Clauses</h2>
${figures(statuses.map((status) => [status, clauses.filter((clause) => clause.status === status).length]))}
<p>A clause is held where a case exercised it and found nothing; it is not observable where no byte on the wire could show it.</p>
${[...clausesBySection(clauses)].map(([section, list]) => clausesPart(section, list, pathOf, addresses))}`;
  return renderPage({ path: 'index.html', title: `${target}, judged as a ${role}`, body, foot });
}

function countExpected(cases: readonly CaseReport[], comparison: Comparison): string {
  const known = cases.filter((result) => standingOf(result, comparison) === 'as expected').length;
  const { fresh, gone } = comparison;
  const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
  return `${plural(known, 'case')} as expected, ${plural(fresh.length, 'finding')} not expected, ${gone.length} that did not come again`;
}

/** What is news: first on the page. */
function unexpectedPart({ fresh, gone }: Comparison, pathOf: (id: string) => string): Markup | undefined {
  if (fresh.length + gone.length === 0) return undefined;
  const row = (word: string, { id, finding }: KnownFinding): Markup =>
    markup`<li><span class="v news">${word}</span><div><a href="${pathOf(id)}">${id}</a><br/><span class="quiet">${clip(finding)}</span></div></li>
`;
  return markup`<h2 id="news">Not as expected</h2>
<ul class="rows">
${fresh.map((finding) => row('not expected', finding))}${gone.map((finding) => row('passes unexpectedly', finding))}</ul>
`;
}

function casesPart(
  section: string,
  cases: readonly CaseReport[],
  pathOf: (id: string) => string,
  comparison?: Comparison,
): Markup {
  return markup`<section data-group="${section}"><h3>${section} <span class="quiet">${cases.length}</span></h3>
<ul class="rows">
${cases.map((result) => caseRow(result, pathOf(result.id), comparison))}</ul></section>
`;
}

function caseRow(result: CaseReport, path: string, comparison?: Comparison): Markup {
  const { id, title, verdict, reason, findings } = result;
  const [first] = findings.filter((finding) => finding.verdict === verdict);
  const detail = reason ?? first?.observed;
  const shown = detail === undefined ? undefined : markup`<br/><span class="quiet">${clip(detail)}</span>`;
  const standing = comparison === undefined ? undefined : standingOf(result, comparison);
  const isNews = standing === 'not expected' || standing === 'passes unexpectedly';
  const mark = standing === undefined ? undefined : markup` <span class="v${isNews ? ' news' : ''}">${standing}</span>`;
  const differs = isNews ? markup` data-differs="yes"` : undefined;
  return markup`<li data-row="case" data-verdict="${verdict}" data-section="${sectionOfCase(id)}"${differs}>${chip(verdict)}<div><a href="${path}">${title}</a> <code class="quiet">${id}</code>${mark}${shown}</div></li>
`;
}

const clip = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

function clausesBySection(clauses: readonly ClauseReport[]): ReadonlyMap<string, readonly ClauseReport[]> {
  const sections = new Map<string, ClauseReport[]>();
  for (const clause of clauses) {
    const section = clause.id.split('/').slice(0, 2).join('/');
    const list = sections.get(section);
    if (list === undefined) sections.set(section, [clause]);
    else list.push(clause);
  }
  return sections;
}

/** A section folded to its counts; opened where something is wrong in it. */
function clausesPart(
  section: string,
  clauses: readonly ClauseReport[],
  pathOf: (id: string) => string,
  addresses: PageAddresses | undefined,
): Markup {
  const counts = statuses.flatMap((status) => {
    const count = clauses.filter((clause) => clause.status === status).length;
    return count === 0 ? [] : [markup` ${chip(status)} <span class="v">${count}</span>`];
  });
  const isBad = clauses.some(({ status }) => status === 'broken' || status === 'not-followed');
  return markup`<details${isBad ? markup` open="open"` : undefined}><summary>${section}${counts}</summary>
<ul class="rows">
${clauses.map((clause) => clauseRow(clause, pathOf, addresses))}</ul></details>
`;
}

/** Cases of one clause that are linked. */
const linked = 6;

function clauseRow(
  { id, level, status, cases }: ClauseReport,
  pathOf: (id: string) => string,
  addresses: PageAddresses | undefined,
): Markup {
  const links = cases
    .slice(0, linked)
    .map((name, at) => markup`${at === 0 ? '' : ', '}<a href="${pathOf(name)}">${name}</a>`);
  const more = cases.length > linked ? ` and ${cases.length - linked} more` : '';
  const shown = cases.length === 0 ? undefined : markup`<br/><span class="quiet">${links}${more}</span>`;
  return markup`<li>${chip(status)}<div>${linkedId(id, addresses)} <span class="quiet">${level}</span><br/>${says.get(id) ?? ''}${shown}</div></li>
`;
}
