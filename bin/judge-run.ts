import { isClauseSelected, selectClauses } from '../properties/judge/selection.js';
import {
  addTotals,
  describeConnection,
  describeFinding,
  describeTotals,
  type JudgeTotals,
  noTotals,
} from '../properties/judge/summary.js';
import { createTraceJudge, type JudgedConnection, type TraceJudge } from '../properties/judge/trace-judge.js';
import type { JudgeFinding } from '../properties/judge/ledger.js';
import { pageOfClause } from './address.js';
import { checkClausePrefixes, type JudgeOptions, sameJudge } from './judge-options.js';
import { checkReportFile, fileOf, ofRole, roles, wantsReport, writeJudgeReports } from './judge-output.js';
import { checkPlaces, differences, readExpectations } from './report-options.js';
import { createTerminal, type Terminal } from './terminal.js';
import { exitStatus, type ExitStatus } from './usage.js';
import { packageVersion } from './version.js';

/** A run of the judge, as `hybi check` and `hybi proxy` have it. */
export interface JudgeRun {
  readonly terminal: Terminal;
  /** Takes the records of the trace. */
  readonly judge: TraceJudge;
  readonly totals: () => JudgeTotals;
  /**
   * The trace is over: prints the figures, and writes the reports.
   * @param target what was judged, as a person knows it
   * @param command the words that judge it again, without those about what is judged, and by what
   * @returns the exit status that what was found stands for
   */
  readonly finish: (target: string, command: string) => ExitStatus;
}

/**
 * Starts a run.
 * @param isLive whether each finding is printed at once; otherwise when its connection is over
 * @throws UsageError when options contradict each other, or a file that is to be read is none
 */
export function startJudgeRun(options: JudgeOptions, isLive: boolean): JudgeRun {
  const { only = [], skip = [], role, reading = {}, maxMessage, json } = options;
  const selection = { only, skip };
  checkClausePrefixes(selection);
  checkReportFile(options);
  for (const side of role === undefined ? roles : [role]) checkPlaces(options, (place) => fileOf(options, place, side));
  const expected = readExpectations(options);
  const terminal = createTerminal({ color: options.color, quiet: options.quiet === true });
  const { paint } = terminal;
  const startedAt = new Date();
  const start = performance.now();
  const isKeeping = wantsReport(options);
  const kept: JudgedConnection[] = [];
  let totals: JudgeTotals = noTotals;
  const isPrinting = options.quiet !== true && json !== '-';
  const print = (connection: number, finding: JudgeFinding): void => {
    if (isPrinting) terminal.out(describeFinding(connection, finding, paint, pageOfClause));
  };

  const judge = createTraceJudge({
    readings: reading,
    maxMessage,
    onFinding: (connection, finding) => {
      if (!isLive || !isClauseSelected(finding.clause, selection)) return;
      if (role === undefined || finding.blamed === role) print(connection, finding);
    },
    onConnection: (judged) => {
      const selected = ofRole(selectClauses(judged, selection), role);
      totals = addTotals(totals, selected);
      if (isKeeping) kept.push(selected);
      for (const finding of isLive ? [] : selected.judgement.findings) print(selected.connection, finding);
      if (isPrinting) terminal.out(describeConnection(selected, paint));
    },
  });

  const finish = (target: string, command: string): ExitStatus => {
    const durationMs = Math.round(performance.now() - start);
    const again = `${command}${sameJudge(options)}`;
    const facts = { version: packageVersion(), target, startedAt, durationMs, again, chosen: options.reading };
    const comparison = isKeeping ? writeJudgeReports(options, kept, facts, expected) : undefined;
    if (json !== '-') terminal.out(`${differences(comparison)}${describeTotals(target, totals, paint)}`);
    const hasFailed =
      comparison === undefined ? totals.fail > 0 : comparison.fresh.some(({ finding }) => finding.startsWith('fail '));
    return hasFailed ? exitStatus.failed : exitStatus.fine;
  };
  return { terminal, judge, totals: () => totals, finish };
}
