import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import {
  type Comparison,
  compareWithExpectations,
  type ExpectedFindings,
  expectationsOf,
  parseExpectations,
} from '../properties/report/expectations.js';
import { htmlReport, type ReportFile } from '../properties/report/html/report-pages.js';
import { junitXml } from '../properties/report/junit.js';
import { withPages } from '../properties/report/pages.js';
import { exitStatusOf, type Report } from '../properties/report/report.js';
import { parseShard, type Shard } from '../properties/report/shard.js';
import { summarize, totals } from '../properties/report/summary.js';
import { pageAddresses, pageOfClause } from './address.js';
import { makeDirectory } from './make-directory.js';
import { checkDirectory, checkFile } from './places.js';
import type { Terminal } from './terminal.js';
import { type ExitStatus, RunError, UsageError } from './usage.js';
import { packageVersion } from './version.js';

/*
 * What every command that judges says about its report, and how it writes it.
 */

/** Where a report goes, and what is known before. */
export interface ReportOptions {
  readonly json?: string | undefined;
  readonly junit?: string | undefined;
  readonly html?: string | undefined;
  readonly expect?: string | undefined;
  readonly writeExpect?: string | undefined;
  readonly quiet?: true | undefined;
  readonly color: boolean;
}

/** Adds the options on reports. */
export function addReportOptions(command: Command): Command {
  return command
    .option('--json <file>', 'write the report as JSON; - writes it to standard output')
    .option('--junit <file>', 'write the report as JUnit XML, for build servers')
    .option('--html <directory>', 'write the report as pages that open from the disk')
    .option('--expect <file>', 'known findings: only others fail, and what passes unexpectedly is named')
    .option('--write-expect <file>', 'write what was found as known findings, for --expect')
    .option('--quiet', 'print one line with the totals, and nothing on the way')
    .option('--no-color', 'print without colours');
}

/** Which part of the cases to run, such as `2/5`. */
export function shardOption(text: string): Shard {
  const shard = parseShard(text);
  if (shard === undefined) throw new InvalidArgumentError('Give it as INDEX/COUNT, such as 2/5.');
  return shard;
}

/** The seed of a run in shards that was given none: all of its parts have to have the same. */
export const seedOfShards = 1;

/**
 * Reads the file of known findings, before the run.
 * @throws UsageError when there is none, or it is another kind of file
 */
export function readExpectations({ expect }: ReportOptions): ExpectedFindings | undefined {
  if (expect === undefined) return undefined;
  try {
    return parseExpectations(readFileSync(expect, 'utf8'));
  } catch (error) {
    const what = error instanceof RangeError ? 'is no file of known findings' : 'cannot be read';
    throw new UsageError(`--expect: ${expect} ${what}: ${(error as Error).message}; --write-expect writes one`);
  }
}

/**
 * Tries the places of all reports, before the run.
 * @param nameOf what the file of `--json` and `--junit`, and the directory of `--html`, are called in this run, where
 *   there are several of each. Default: as the options say
 * @throws UsageError when one cannot be written
 */
export function checkPlaces(
  { json, junit, html, writeExpect }: ReportOptions,
  nameOf: (place: string) => string = (place) => place,
): void {
  const named = (place: string | undefined): string | undefined =>
    place === undefined || place === '' ? place : nameOf(place);
  checkFile('--json', json === '-' ? undefined : named(json));
  checkFile('--junit', named(junit));
  checkDirectory('--html', named(html));
  checkFile('--write-expect', writeExpect);
}

/**
 * Prints a report, and writes it in every form that was asked for.
 * @param agent where several clients are judged: each has files of its own
 * @returns the exit status that the report stands for
 * @throws RunError when a file cannot be written
 */
export function putOut(
  report: Report,
  options: ReportOptions,
  terminal: Terminal,
  expected?: ExpectedFindings,
  agent?: string,
): ExitStatus {
  const { json, junit, html, writeExpect, quiet } = options;
  const comparison = expected === undefined ? undefined : compareWithExpectations(report, expected);
  const fileOf = (file: string): string => (agent === undefined ? file : fileNamed(file, agent));
  if (json !== '-') {
    terminal.out(
      quiet === true
        ? quietLines(report, terminal, comparison)
        : summarize(report, terminal.paint, comparison, pageOfClause),
    );
  }
  if (json !== undefined) writeJson(withPages(report, pageAddresses), json === '-' ? json : fileOf(json));
  if (junit !== undefined) writeText(fileOf(junit), junitXml(report, comparison));
  if (html !== undefined) writeFiles(fileOf(html), htmlReport(report, comparison, pageAddresses));
  if (writeExpect !== undefined) writeJson(expectationsOf(report, packageVersion()), fileOf(writeExpect));
  return exitStatusOf(report, comparison);
}

/** One line, and one for each difference from what was expected. */
const quietLines = (report: Report, { paint }: Terminal, comparison?: Comparison): string =>
  `${differences(comparison)}${totals(report, paint)}\n`;

/** A line for each difference from what was expected. */
export function differences(comparison: Comparison | undefined): string {
  const fresh = comparison?.fresh.map(({ id, finding }) => `not expected  ${id}: ${finding}\n`) ?? [];
  const gone = comparison?.gone.map(({ id, finding }) => `passes unexpectedly  ${id}: ${finding}\n`) ?? [];
  return [...fresh, ...gone].join('');
}

/** The file of one of several: `report.json` becomes `report.NAME.json`. */
export function fileNamed(file: string, of: string): string {
  const name = of.replaceAll(/[^\w.-]+/g, '_');
  const dot = file.lastIndexOf('.');
  return dot > file.lastIndexOf('/') + 1 ? `${file.slice(0, dot)}.${name}${file.slice(dot)}` : `${file}.${name}`;
}

/** Writes a value as JSON into a file, or to standard output for `-`. */
export function writeJson(value: unknown, file: string): void {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  if (file === '-') process.stdout.write(text);
  else writeText(file, text);
}

/**
 * Writes what a command lists as JSON into the file of `--json`, or to standard output for `-`.
 * @throws UsageError when the file cannot be written
 */
export function writeList(value: unknown, file: string): void {
  checkFile('--json', file === '-' ? undefined : file);
  writeJson(value, file);
}

/** @throws RunError when it cannot be written */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new RunError(`the report cannot be written: ${(error as Error).message}; give another place`);
  }
}

/**
 * Writes files into a directory, which is made if it is not there.
 * @throws RunError when they cannot be written
 */
export function writeFiles(directory: string, files: Iterable<ReportFile>): void {
  try {
    for (const { path, text } of files) {
      const place = join(directory, path);
      makeDirectory(dirname(place));
      writeFileSync(place, text);
    }
  } catch (error) {
    // What is no error of the file system is a defect, and not the place's.
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new RunError(`the report cannot be written: ${error.message}; give another place`);
  }
}
