import type { Colors } from 'picocolors/types.js';
import { documents } from '../../spec/clause.js';
import type { ClauseId } from '../../spec/clauses.js';
import { type Verdict, verdicts } from '../verifier/finding.js';
import type { Comparison } from './expectations.js';
import type { CaseReport, Report } from './report.js';
import { sectionsOf } from './sections.js';

/** The colours of a terminal, or functions that change nothing. */
export type Paint = Pick<Colors, 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold'>;

/** The address of the page that explains a clause. */
export type PageOf = (clause: ClauseId) => string;

const plain = (text: string | number | null | undefined): string => String(text);

/** No colours: for files, and for output that is not a terminal. */
export const noPaint: Paint = { red: plain, green: plain, yellow: plain, cyan: plain, dim: plain, bold: plain };

const paintOf = (verdict: Verdict, paint: Paint): ((text: string) => string) => {
  switch (verdict) {
    case 'fail':
      return paint.red;
    case 'advisory':
    case 'inconclusive':
      return paint.yellow;
    case 'informational':
      return paint.cyan;
    case 'pass':
      return paint.green;
    case 'skipped':
      return paint.dim;
  }
};

/** The verdicts whose cases are written out in full, in this order. */
const written = ['advisory', 'fail'] as const;

/** Further cases of one cause whose ids are written out. */
const shownOfGroup = 8;

/**
 * The report as a person reads it: what failed, the clause, the bytes, and how to run it again. Of cases that failed for
 * one cause the first is written out, the others are counted and named.
 * @param comparison where known findings were given: what is known is only counted, and what is gone is named
 * @param pageOf the address that is told behind each clause; default none
 */
export function summarize(report: Report, paint: Paint, comparison?: Comparison, pageOf?: PageOf): string {
  const lines: string[] = [];
  const open = report.cases.filter((result) => result.verdict === 'informational');
  if (open.length > 0) lines.push(paint.cyan(`Where the text leaves it open, this ${report.role} does this:`));
  lines.push(...open.flatMap((result) => describeOpen(result, paint)));
  if (open.length > 0) lines.push('');
  // What weighs most stands last, where a terminal shows it.
  for (const verdict of written) {
    const cases = report.cases.filter((result) => result.verdict === verdict);
    const news = comparison === undefined ? cases : cases.filter(({ id }) => isNews(id, comparison));
    for (const group of groupsOf(news)) lines.push(...describeGroup(group, paint, pageOf), '');
  }
  const skipped = report.cases.filter((result) => result.verdict === 'skipped');
  const undecided = report.cases.filter((result) => result.verdict === 'inconclusive');
  for (const reason of new Set(undecided.map((result) => result.reason))) {
    const ids = undecided.filter((result) => result.reason === reason).map((result) => result.id);
    const shown = ids.length > 3 ? `${ids.slice(0, 3).join(', ')} …` : ids.join(', ');
    lines.push(
      paint.yellow(`could not tell in ${ids.length}: ${reason ?? 'no reason given'}`),
      paint.dim(`  ${shown}`),
    );
  }
  for (const [reason, count] of countBy(skipped.map((result) => result.reason ?? ''))) {
    lines.push(paint.dim(`skipped ${count}: ${reason}`));
  }
  lines.push(...tableOfSections(report, paint), '');
  if (comparison !== undefined) lines.push(...describeComparison(report, comparison, paint));
  lines.push(totals(report, paint));
  return `${lines.join('\n')}\n`;
}

/** The figures of a run in one line. */
export function totals(report: Report, paint: Paint): string {
  const counts = verdicts
    .filter((verdict) => verdict === 'pass' || verdict === 'fail' || report.summary[verdict] > 0)
    .map((verdict) => {
      const words = `${report.summary[verdict]} ${verdict}`;
      return report.summary[verdict] > 0 ? paintOf(verdict, paint)(words) : words;
    });
  const seconds = (report.durationMs / 1000).toFixed(1);
  const of = `${report.cases.length} ${report.cases.length === 1 ? 'case' : 'cases'} of ${documents[report.document].name}`;
  return `${paint.bold(report.target)}: ${counts.join(', ')} (${of}, ${seconds} s, seed ${report.seed})`;
}

/** For what is open a person wants the answer; bytes and clauses are in the JSON report. */
function describeOpen(result: CaseReport, paint: Paint): string[] {
  return result.findings.map((finding) => `  ${paint.dim(result.id)}  ${finding.observed}`);
}

/** What came of a case: its findings, the last bytes, and how to run it again. */
export function describeCase(result: CaseReport, paint: Paint, pageOf?: PageOf): string[] {
  const colour = paintOf(result.verdict, paint);
  const lines = [`${colour(result.verdict.toUpperCase())} ${paint.bold(result.id)}: ${result.title}`];
  if (result.reason !== undefined) lines.push(`  could not tell: ${result.reason}`);
  for (const finding of result.findings) {
    const page = pageOf === undefined ? '' : `  ${pageOf(finding.clause)}`;
    lines.push(`  ${finding.clause} ${paint.dim(`(${finding.verdict}, ${finding.code})${page}`)}`);
    lines.push(`    says      ${finding.says}`);
    lines.push(`    observed  ${finding.observed}`);
    lines.push(`    allowed   ${finding.allowed}`);
  }
  lines.push(...result.wire.slice(-4).map((entry) => `  ${paint.dim(wireLine(entry))}`));
  lines.push(`  again: ${result.again}`);
  return lines;
}

const isNews = (id: string, { fresh }: Comparison): boolean => fresh.some((finding) => finding.id === id);

/** Cases whose findings are of the same clauses with the same codes have one cause, as far as one can tell. */
function groupsOf(cases: readonly CaseReport[]): readonly (readonly CaseReport[])[] {
  const groups = new Map<string, CaseReport[]>();
  for (const result of cases) {
    const weighty = result.findings.filter(({ verdict }) => verdict !== 'informational');
    const cause = weighty.map(({ verdict, clause, code }) => `${verdict} ${clause} ${code}`).join('\n');
    const group = groups.get(cause);
    if (group === undefined) groups.set(cause, [result]);
    else group.push(result);
  }
  return [...groups.values()];
}

function describeGroup([first, ...others]: readonly CaseReport[], paint: Paint, pageOf?: PageOf): string[] {
  if (first === undefined) return [];
  const lines = describeCase(first, paint, pageOf);
  if (others.length === 0) return lines;
  const more = others.length > shownOfGroup ? ` and ${others.length - shownOfGroup} more` : '';
  const ids = others.slice(0, shownOfGroup).map(({ id }) => id);
  lines.push(`  ${paint.bold(`the same in ${others.length}`)}: ${ids.join(', ')}${more}`);
  return lines;
}

/** What is new and what is gone, against what was known. */
function describeComparison(report: Report, { fresh, gone }: Comparison, paint: Paint): string[] {
  const failed = report.cases.filter(({ verdict }) => verdict === 'fail');
  const known = failed.filter(({ id }) => !fresh.some((finding) => finding.id === id)).length;
  const lines = [
    ...fresh.map(({ id, finding }) => paint.red(`not expected  ${id}: ${finding}`)),
    ...gone.map(({ id, finding }) => paint.yellow(`passes unexpectedly  ${id}: ${finding}`)),
  ];
  if (known > 0) lines.push(paint.dim(`${known} failed as expected`));
  return lines;
}

function wireLine(entry: CaseReport['wire'][number]): string {
  const arrow = entry.from === 'tester' ? '→' : '←';
  const bytes = entry.hex.length > 64 ? `${entry.hex.slice(0, 64)}…` : entry.hex;
  const note = entry.note.length > 70 ? `${entry.note.slice(0, 70)}…` : entry.note;
  return `${arrow} ${String(entry.atMs).padStart(4)} ms  ${bytes}  ${note}`;
}

/** One row for each group of cases, the part of the id in front of the slash. */
function tableOfSections(report: Report, paint: Paint): string[] {
  const groups = sectionsOf(report.cases);
  const width = Math.max(...[...groups.keys()].map((name) => name.length), 0);
  return [...groups].map(([name, results]) => {
    const counts = [...countBy(results.map((result) => result.verdict))];
    const words = counts.map(([verdict, count]) => paintOf(verdict, paint)(`${count} ${verdict}`));
    return `${name.padEnd(width)}  ${words.join(', ')}`;
  });
}

function countBy<Value>(values: readonly Value[]): Map<Value, number> {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
