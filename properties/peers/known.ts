import { readFileSync, writeFileSync } from 'node:fs';
import {
  compareWithExpectations,
  type ExpectedFindings,
  expectationsOf,
  type KnownFinding,
  parseExpectations,
} from '../report/expectations.js';
import type { CaseReport, Report } from '../report/report.js';

/*
 * The findings of a peer that a person has confirmed, in a file for `--expect`. Beside those of every run stand those
 * that chance decides: a set of codes for a case, each of which a run may show or not. Anything else is a difference.
 */

/** Lines as in `ExpectedFindings`, by the id of the case. */
type Lines = Readonly<Record<string, readonly string[]>>;

/** What is known of a peer in one role. */
export interface Known extends ExpectedFindings {
  /** What the first conversation shows: without the echo most cases would be skipped without a word. */
  readonly baseline: string;
  /** By the id of the case: codes of findings, or whole lines without one, that not every run shows. */
  readonly byChance?: Lines;
}

/** A case of which something else was found than is known. */
export interface Difference {
  readonly id: string;
  /** Found, and not known. */
  readonly fresh: readonly string[];
  /** Known, and not found. */
  readonly gone: readonly string[];
  /** What was seen this time. */
  readonly result?: CaseReport;
}

/** The id under which a difference of the first conversation is told. */
export const baselineId = 'baseline';

/** Reads the file of a peer. */
export function readKnown(file: string): Known {
  const text = readFileSync(file, 'utf8');
  const { baseline, byChance } = JSON.parse(text) as Partial<Known>;
  return { ...parseExpectations(text), baseline: baseline ?? '', ...(byChance === undefined ? {} : { byChance }) };
}

/** Writes the file of a peer. */
export function writeKnown(file: string, known: Known): void {
  writeFileSync(file, `${JSON.stringify(known, null, 2)}\n`);
}

/** The last word of a finding; a line without one is its own code. */
const codeOf = (line: string): string => (/^inconclusive /.test(line) ? line : (line.split(' ').at(-1) ?? line));

const baselineOf = ({ baseline = '' }: Report): string => baseline;

/** Where a run differs from what is known, in the order of the cases. */
export function differences(report: Report, known: Known): readonly Difference[] {
  const { fresh, gone } = compareWithExpectations(report, known);
  const isCertain = ({ id, finding }: KnownFinding): boolean =>
    known.byChance?.[id]?.includes(codeOf(finding)) !== true;
  const news = fresh.filter(isCertain);
  const ids = new Set([...news, ...gone].map(({ id }) => id));
  const linesOf = (all: readonly KnownFinding[], wanted: string): readonly string[] =>
    all.filter(({ id }) => id === wanted).map(({ finding }) => finding);
  const cases = report.cases
    .filter(({ id }) => ids.has(id))
    .map((result) => ({ id: result.id, fresh: linesOf(news, result.id), gone: linesOf(gone, result.id), result }));
  const is = baselineOf(report);
  if (is === known.baseline) return cases;
  return [{ id: baselineId, fresh: [is], gone: [known.baseline] }, ...cases];
}

/** Whether the tester sent a Close, by the notes of what it sent. */
const hasClosed = ({ id, wire }: CaseReport): boolean =>
  id === 'interop/close' || wire.some(({ from, note }) => from === 'tester' && /\bcloses?\b/i.test(note));

/**
 * What is known after several runs: what each of them shows, and what some do.
 * @param races codes that chance decides in every case in which the peer was sent a Close
 * @param before what was known: what chance decided once, it decides
 */
export function knownFrom(
  runs: readonly [Report, ...Report[]],
  version: string,
  races: readonly string[] = [],
  before?: Known,
): Known {
  const found = runs.map((report) => expectationsOf(report, version).findings);
  const findings: Record<string, readonly string[]> = {};
  const byChance: Record<string, readonly string[]> = {};
  for (const { id } of runs[0].cases) {
    const results = runs.flatMap(({ cases }) => cases.filter((result) => result.id === id));
    const codes = new Set([...(results.some(hasClosed) ? races : []), ...(before?.byChance?.[id] ?? [])]);
    const seen = new Set(found.flatMap((lines) => lines[id] ?? []));
    for (const line of seen) {
      if (!found.every((lines) => lines[id]?.includes(line) === true)) codes.add(codeOf(line));
    }
    const certain = [...seen].filter((line) => !codes.has(codeOf(line)));
    if (certain.length > 0) findings[id] = certain;
    if (codes.size > 0) byChance[id] = [...codes];
  }
  const known = { version, baseline: baselineOf(runs[0]), findings };
  return Object.keys(byChance).length === 0 ? known : { ...known, byChance };
}
