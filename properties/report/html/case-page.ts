import type { Clause } from '../../../spec/clause.js';
import { type ClauseId, clauses } from '../../../spec/clauses.js';
import { allReadings } from '../../../spec/readings/index.js';
import type { Reading } from '../../../spec/readings/reading.js';
import { type Comparison, type KnownFinding, standingOf } from '../expectations.js';
import { type Markup, markup } from '../markup.js';
import { linkedId, type PageAddresses, shownPage } from '../pages.js';
import type { CaseReport, Report } from '../report.js';
import { chip, type PageFacts, type ReportFile, renderPage } from './page.js';
import { annotateWire } from './wire.js';

const known: ReadonlyMap<string, Clause<ClauseId>> = new Map(clauses.map((clause) => [clause.id, clause]));

/** The page of a case: what was required, what happened, the clauses in words, the bytes, and how to see it again. */
export function casePage(
  result: CaseReport,
  report: Report,
  { path, foot, comparison, addresses }: PageFacts & { readonly path: string },
): ReportFile {
  const { id, title, requirement, verdict, reason, durationMs, findings, again } = result;
  const why = reason === undefined ? undefined : markup`<p>${reason}</p>`;
  const found =
    findings.length === 0
      ? undefined
      : markup`<h2>What was found</h2>
${findings.map((finding) => findingPart(finding, addresses))}`;
  const bytes =
    result.wire.length === 0
      ? markup`<p class="quiet">No bytes were exchanged.</p>`
      : annotateWire(result.wire, report.role);
  const body = markup`<p>${linkedId(id, addresses)}${shownPage(id, addresses)} ${chip(verdict)} <span class="quiet">${durationMs} ms</span></p>
${why}${comparison === undefined ? undefined : expectedPart(result, comparison)}<dl><dt>Required</dt><dd>${requirement}</dd><dt>To see it again</dt><dd><pre class="wrap">${again}</pre></dd></dl>
${found}
<h2>The clauses</h2>
<dl>${result.clauses.map((clause) => clausePart(clause, addresses))}</dl>
<h2>The bytes</h2>
<p class="quiet">Of a masked frame, “wire” is what was sent, masking key first, and “clear” is what stands behind the mask.</p>
${bytes}
${readingsPart(result, report, addresses)}`;
  return renderPage({ path, title, body, up: '../', foot });
}

/** How the case stands to the known findings, and which of them did not come again. */
function expectedPart(result: CaseReport, comparison: Comparison): Markup | undefined {
  const standing = standingOf(result, comparison);
  if (standing === undefined) return undefined;
  const isOwn = ({ id }: KnownFinding): boolean => id === result.id;
  const list = (word: string, findings: readonly KnownFinding[]): readonly Markup[] =>
    findings.map(({ finding }) => markup`<br/><span class="v news">${word}</span> <code>${finding}</code>`);
  return markup`<p>By the known findings: <b>${standing}</b>.${list('not expected', comparison.fresh.filter(isOwn))}${list('did not come again', comparison.gone.filter(isOwn))}</p>
`;
}

function findingPart(
  { clause, code, verdict, observed, allowed, offset }: CaseReport['findings'][number],
  addresses: PageAddresses | undefined,
): Markup {
  const place = offset === null ? undefined : markup`, at byte ${offset} of what the peer sent`;
  return markup`<article><h3>${chip(verdict)} ${linkedId(clause, addresses)} <span class="quiet">${code}${place}</span></h3>
<dl><dt>The clause</dt><dd>${known.get(clause)?.says ?? 'not in this version'}</dd><dt>Observed</dt><dd>${observed}</dd><dt>Allowed</dt><dd>${allowed}</dd></dl></article>
`;
}

function clausePart(id: string, addresses: PageAddresses | undefined): Markup {
  const clause = known.get(id);
  const [, section = ''] = id.split('/');
  return markup`<dt>${linkedId(id, addresses)} <span class="quiet">${clause?.level ?? ''}</span></dt><dd>${clause?.says ?? ''} <span class="quiet">(section ${section})</span>${shownPage(id, addresses)}</dd>
`;
}

/** The readings that turn on a clause of the case, with the option in force. */
function readingsPart(
  { clauses: ids, findings }: CaseReport,
  { readings = {} }: Report,
  addresses: PageAddresses | undefined,
): Markup | undefined {
  const touched = new Set<string>([...ids, ...findings.map(({ clause }) => clause)]);
  const touching = allReadings.filter((reading) => reading.clauses.some((id) => touched.has(id)));
  if (touching.length === 0) return undefined;
  return markup`<h2>The readings in force</h2>
<p class="quiet">Where the text leaves a question open, these answers hold; whoever answers otherwise is not blamed, unless the option was asked for.</p>
<dl>${touching.map((reading) => readingPart(reading, readings[reading.number], addresses))}</dl>
`;
}

function readingPart(
  { number, question, options, chosen }: Reading,
  asked: string | undefined,
  addresses: PageAddresses | undefined,
): Markup {
  const option = asked ?? chosen;
  const words = Object.hasOwn(options, option) ? options[option] : undefined;
  return markup`<dt>${linkedId(number, addresses)} <span class="quiet">${question}</span></dt><dd>${asked === undefined ? undefined : markup`<b>asked for: </b>`}<code>${option}</code>: ${words}</dd>
`;
}
