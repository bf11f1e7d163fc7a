import type { Role } from '../model/role.js';
import {
  compareWithExpectations,
  type Comparison,
  type ExpectedFindings,
  expectationsOf,
} from '../properties/report/expectations.js';
import { htmlReport } from '../properties/report/html/report-pages.js';
import { junitXml } from '../properties/report/junit.js';
import { withPages } from '../properties/report/pages.js';
import type { Report } from '../properties/report/report.js';
import { judgeReport, type JudgeReportFacts } from '../properties/judge/report.js';
import type { JudgedConnection } from '../properties/judge/trace-judge.js';
import { pageAddresses } from './address.js';
import type { JudgeOptions } from './judge-options.js';
import { fileNamed, writeFiles, writeJson, writeText } from './report-options.js';
import { UsageError } from './usage.js';
import { packageVersion } from './version.js';

/*
 * The reports of `hybi check` and `hybi proxy`: one for each side, since clauses bind one of them, or one alone where
 * `--role` asks for it.
 */

/** In the order of their reports. */
export const roles: readonly Role[] = ['client', 'server'];

/** The file of a side: of two sides, `report.json` becomes `report.client.json` and `report.server.json`. */
export const fileOf = ({ role }: Pick<JudgeOptions, 'role'>, file: string, side: Role): string =>
  role === undefined ? fileNamed(file, side) : file;

/** Standard output takes one report. */
export function checkReportFile({ json, role }: JudgeOptions): void {
  if (json === '-' && role === undefined) {
    throw new UsageError('--json - writes the report of one side: say which with --role client or --role server');
  }
}

/** Whether the connections have to be kept for a report. */
export const wantsReport = ({ json, junit, html, expect, writeExpect }: JudgeOptions): boolean =>
  [json, junit, html, expect, writeExpect].some((file) => file !== undefined);

/**
 * Writes what was found in every form that was asked for. Known findings of both sides stand in one file.
 * @returns how it differs from what was expected, where that was given
 * @throws RunError when a file cannot be written
 */
export function writeJudgeReports(
  options: JudgeOptions,
  connections: readonly JudgedConnection[],
  facts: JudgeReportFacts,
  expected: ExpectedFindings | undefined,
): Comparison | undefined {
  const { role, json, junit, html, writeExpect } = options;
  const reports = (role === undefined ? roles : [role]).map((side): readonly [Role, Report] => [
    side,
    judgeReport(side, connections, facts),
  ]);
  const comparisons: Comparison[] = [];
  for (const [side, report] of reports) {
    const comparison = expected === undefined ? undefined : compareWithExpectations(report, expected);
    if (comparison !== undefined) comparisons.push(comparison);
    if (json !== undefined)
      writeJson(withPages(report, pageAddresses), json === '-' ? json : fileOf(options, json, side));
    if (junit !== undefined) writeText(fileOf(options, junit, side), junitXml(report, comparison));
    if (html !== undefined) writeFiles(fileOf(options, html, side), htmlReport(report, comparison, pageAddresses));
  }
  if (writeExpect !== undefined) {
    const known = reports.map(([, report]) => expectationsOf(report, packageVersion()));
    const findings = Object.assign({}, ...known.map((each) => each.findings)) as ExpectedFindings['findings'];
    writeJson({ version: packageVersion(), findings }, writeExpect);
  }
  if (expected === undefined) return undefined;
  return { fresh: comparisons.flatMap(({ fresh }) => fresh), gone: comparisons.flatMap(({ gone }) => gone) };
}

/** What was found on one side alone, where only that is asked for. */
export function ofRole(judged: JudgedConnection, role: Role | undefined): JudgedConnection {
  if (role === undefined) return judged;
  const { findings, clauses: statuses } = judged.judgement;
  const none = new Map<never, never>();
  return {
    ...judged,
    judgement: {
      ...judged.judgement,
      findings: findings.filter(({ blamed }) => blamed === role),
      clauses: { client: none, server: none, [role]: statuses[role] },
    },
  };
}
