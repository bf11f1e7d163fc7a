import { writeFileSync } from 'node:fs';
import { readings } from '../../spec/readings.js';
import type { CaseReport, Report } from '../report/report.js';
import type { Finding } from '../verifier/finding.js';
import type { RoleResult } from './judge-peer.js';
import type { Peer } from './peer-program.js';

/*
 * docs/peers.md: what was found of the real peers, for readers who never run the tool.
 */

/** A peer with what was found. */
export interface JudgedPeer {
  readonly peer: Peer;
  readonly version: string;
  readonly results: readonly RoleResult[];
}

/** Findings of one kind, over all cases. */
interface Kind {
  readonly finding: Finding;
  readonly bytes: string;
  readonly cases: readonly string[];
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();
const code = (text: string): string => (text === '' ? '' : `\`${cell(text)}\``);
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  row(heads) + row(heads.map(() => '---')) + rows.map(row).join('');

/** Bytes that a cell of a table shows. */
const shownBytes = 12;

/** The last frames that the tester sent before, and what the peer answered: hexadecimal digits, cut where long. */
function bytesOf({ wire }: CaseReport, offset: number | null): string {
  const own = wire.filter(({ from }) => from === 'peer');
  const stream = own.map(({ hex }) => hex).join('');
  const start = offset === null ? -1 : offset * 2;
  if (start >= 0 && start < stream.length) return cut(stream.slice(start));
  const last = wire.at(-1);
  // An HTTP head says more as the observation does.
  return last === undefined || isHead(last.hex) ? '' : cut(last.hex);
}

const isHead = (hex: string): boolean => /^(?:48545450|474554|504f5354|5055)/.test(hex);
const cut = (hex: string): string => (hex.length > shownBytes * 2 ? `${hex.slice(0, shownBytes * 2)}…` : hex);

/** The findings of a weight, one for each clause and code, with the first case that shows it. */
function kindsOf(report: Report, verdict: Finding['verdict']): readonly Kind[] {
  const kinds = new Map<string, Kind>();
  for (const result of report.cases) {
    for (const finding of result.findings) {
      if (finding.verdict !== verdict) continue;
      const key = `${finding.clause} ${finding.code}`;
      const known = kinds.get(key);
      if (known === undefined) kinds.set(key, { finding, bytes: bytesOf(result, finding.offset), cases: [result.id] });
      else kinds.set(key, { ...known, cases: [...known.cases, result.id] });
    }
  }
  return [...kinds.values()];
}

function kindRows(kinds: readonly Kind[]): readonly (readonly string[])[] {
  return kinds.map(({ finding, bytes, cases }) => [
    code(finding.clause),
    cell(finding.observed),
    code(bytes),
    `${code(cases[0] ?? '')}${cases.length > 1 ? ` and ${cases.length - 1} more` : ''}`,
  ]);
}

const heads = ['clause', 'what was seen first', 'bytes', 'cases'];

function roleSection({ role, report, seen, outcomes }: RoleResult): string {
  const out = [`### As a ${role}\n\n`];
  if (report !== undefined) {
    const counts = Object.entries(report.summary).map(([verdict, count]) => `${count} ${verdict}`);
    out.push(`${report.cases.length} cases: ${counts.join(', ')}.\n\n`);
    const broken = kindsOf(report, 'fail');
    const advised = kindsOf(report, 'advisory');
    if (broken.length > 0) out.push(`Against a MUST:\n\n${table(heads, kindRows(broken))}\n`);
    if (advised.length > 0) out.push(`Against a SHOULD:\n\n${table(heads, kindRows(advised))}\n`);
  }
  if (seen.length > 0) {
    const rows = seen.map(({ verdict, clause, observed, hex }) => [
      verdict,
      code(clause),
      cell(observed),
      code(cut(hex)),
    ]);
    const unique = [...new Map(rows.map((cells) => [cells.slice(0, 2).join(), cells])).values()];
    out.push(`Seen by the judge in a conversation with the reference server:\n\n`);
    out.push(`${table(['verdict', 'clause', 'what was seen', 'bytes'], unique)}\n`);
  }
  const talks = Object.entries(outcomes).map(([topic, says]) => [code(topic), cell(says)]);
  out.push(`With the reference ${role === 'server' ? 'client' : 'server'}:\n\n${table(['about', 'outcome'], talks)}\n`);
  return out.join('');
}

/** The options of readings that a report shows, by the number of the reading. */
function choicesOf(report: Report): ReadonlyMap<string, string> {
  const seen = new Map<string, Set<string>>();
  for (const { code: told } of report.cases.flatMap(({ findings }) => findings)) {
    const [, number, option] = /^(R-\d+)-(.+)$/.exec(told) ?? [];
    if (number === undefined || option === undefined) continue;
    seen.set(number, (seen.get(number) ?? new Set()).add(option));
  }
  return new Map([...seen].map(([number, options]) => [number, [...options].join('; ')]));
}

function readingTable(peers: readonly JudgedPeer[]): string {
  const columns = peers.flatMap(({ peer, results }) =>
    results.flatMap(({ role, report }) =>
      report === undefined ? [] : [{ head: `${peer.name}, ${role}`, choices: choicesOf(report) }],
    ),
  );
  const questions = new Map<string, string>(Object.values(readings).map(({ number, question }) => [number, question]));
  const numbers = [...new Set(columns.flatMap(({ choices }) => [...choices.keys()]))].sort();
  const rows = numbers.map((number) => [
    `${number}: ${cell(questions.get(number) ?? '')}`,
    ...columns.map(({ choices }) => cell(choices.get(number) ?? '')),
  ]);
  return table(['reading', ...columns.map(({ head }) => head)], rows);
}

const introduction = (date: string): string => `# What real peers do

Implementations from the time of draft-06, as they still lie in package registries, judged on ${date} by \`npm run peers\`,
which wrote this page. The findings against a MUST were traced to the source, the main ones by their bytes too; how, stands in
\`properties/peers/NAME/findings.md\`. Bytes are hexadecimal, from where they begin to show the finding.

`;

/** Writes the page. */
export function writePage(file: string, peers: readonly JudgedPeer[], now: Date): void {
  const out = [introduction(now.toISOString().slice(0, 10))];
  for (const { peer, version, results } of peers) {
    out.push(`## ${peer.name} ${version}\n\n${peer.about}\n\n`, ...results.map(roleSection));
  }
  out.push('## What they chose where the text is open\n\n', readingTable(peers));
  writeFileSync(file, out.join(''));
}
