import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { htmlReport, matrixPages } from '../properties/report/html/report-pages.js';
import { junitXml } from '../properties/report/junit.js';
import type { Matrix } from '../properties/report/matrix.js';
import { type Merged, mergeReports, type NamedReport } from '../properties/report/merge.js';
import { withPages } from '../properties/report/pages.js';
import { parseReport } from '../properties/report/read-report.js';
import { exitStatusOf } from '../properties/report/report.js';
import { summarize, totals } from '../properties/report/summary.js';
import { pageAddresses, pageOfClause } from './address.js';
import { checkPlaces, writeFiles, writeJson, writeText } from './report-options.js';
import { createTerminal, type Terminal } from './terminal.js';
import { exitStatus, type ExitStatus, RunError, UsageError } from './usage.js';

const examples = `
The reports of the shards of one run (hybi verify --shard 1/3 …) become the report of the whole. Reports of several
implementations become a matrix: implementations by clauses, and by cases; a column has the name of its file.

Examples:
  hybi merge shard-1.json shard-2.json shard-3.json --json whole.json --junit whole.xml --html report
  hybi merge jetty.json em-websocket.json --html matrix --json matrix.json

Exit status: 0 nothing failed; 1 a MUST is broken; 2 wrong usage, such as a place that cannot be written; 3 a
shard is missing.`;

/** `hybi merge`: several reports into one. */
export function mergeCommand(finish: (status: ExitStatus) => void): Command {
  const command = new Command('merge')
    .summary('put reports together')
    .description('Puts reports together: shards of one run into one report, several implementations into a matrix.')
    .argument('<reports...>', 'reports that --json wrote')
    .option('--json <file>', 'write the result as JSON; - writes it to standard output')
    .option('--junit <file>', 'write the report as JUnit XML; only for shards of one run')
    .option('--html <directory>', 'write the result as pages that open from the disk')
    .option('--quiet', 'print one line for each implementation')
    .option('--no-color', 'print without colours')
    .addHelpText('after', examples);
  command.action((files, { json, junit, html, quiet, color }) => {
    const terminal = createTerminal({ color });
    checkPlaces({ json, junit, html, color });
    const { result, missing } = merged(files.map(readNamed));
    if (result.kind === 'matrix' && junit !== undefined) {
      throw new UsageError('--junit takes one report: these are of several implementations');
    }
    if (json !== undefined)
      writeJson(result.kind === 'report' ? withPages(result.report, pageAddresses) : result.matrix, json);
    if (result.kind === 'report') {
      if (junit !== undefined) writeText(junit, junitXml(result.report));
      if (html !== undefined) writeFiles(html, htmlReport(result.report, undefined, pageAddresses));
      if (json !== '-') {
        const write =
          quiet === true
            ? `${totals(result.report, terminal.paint)}\n`
            : summarize(result.report, terminal.paint, undefined, pageOfClause);
        terminal.out(write);
      }
    } else {
      if (html !== undefined) writeFiles(html, matrixPages(result.matrix, pageAddresses));
      if (json !== '-') printMatrix(result.matrix, terminal);
    }
    if (missing.length > 0) throw new RunError(`there is no report of ${missing.join(', ')}: the result has the rest`);
    finish(statusOf(result));
  });
  return command as unknown as Command;
}

function statusOf(result: Merged['result']): ExitStatus {
  if (result.kind === 'report') return exitStatusOf(result.report);
  return result.matrix.implementations.some(({ summary }) => summary.fail > 0) ? exitStatus.failed : exitStatus.fine;
}

function merged(reports: readonly NamedReport[]): Merged {
  try {
    return mergeReports(reports);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(error.message);
  }
}

/** @throws UsageError when the file is no report */
function readNamed(file: string): NamedReport {
  try {
    return { name: basename(file).replace(/\.json$/i, ''), report: parseReport(readFileSync(file, 'utf8')) };
  } catch (error) {
    const what = error instanceof RangeError ? 'is no report of hybi-spec' : 'cannot be read';
    throw new UsageError(`${file} ${what}: ${(error as Error).message}; hybi verify --json writes one`);
  }
}

/** The totals of each column, and how many clauses they differ in. */
function printMatrix({ implementations, clauses }: Matrix, { out, paint }: Terminal): void {
  const width = Math.max(...implementations.map(({ name }) => name.length));
  for (const [at, { name, role, summary }] of implementations.entries()) {
    const broken = clauses.filter(({ statuses }) => statuses[at] === 'broken').length;
    const cases = `${summary.pass} pass, ${summary.fail} fail, ${summary.advisory} advisory`;
    out(`${paint.bold(name.padEnd(width))}  ${role}  ${cases}; ${broken} clauses broken\n`);
  }
  const differing = clauses.filter(({ statuses }) => new Set(statuses).size > 1).length;
  out(`${differing} of ${clauses.length} clauses differ\n`);
}
