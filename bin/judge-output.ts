import { writeFileSync } from 'node:fs';
import type { Role } from '../model/role.js';
import { clauses } from '../spec/clauses.js';
import type { JudgeReportFacts } from '../properties/judge/report.js';
import { judgeReport } from '../properties/judge/report.js';
import { isClauseSelected } from '../properties/judge/selection.js';
import type { JudgedConnection } from '../properties/judge/trace-judge.js';
import type { Selection } from '../properties/verifier/run.js';
import { RunError, UsageError } from './usage.js';

/*
 * What `hybi check` and `hybi proxy` share: selecting clauses, and writing reports for one side or for both.
 */

const roles: readonly Role[] = ['client', 'server'];

/** A selector that selects nothing is a typing error. */
export function checkClausePrefixes({ only = [], skip = [] }: Selection): void {
  for (const prefix of [...only, ...skip]) {
    if (clauses.some(({ id }) => isClauseSelected(id, { only: [prefix] }))) continue;
    throw new UsageError(`no clause has an id that begins with ${JSON.stringify(prefix)}: hybi clauses lists them`);
  }
}

/** Standard output takes one report. */
export function checkReportFile(file: string | undefined, role: Role | undefined): void {
  if (file === '-' && role === undefined) {
    throw new UsageError('--json - writes the report of one side: say which with --role client or --role server');
  }
}

/**
 * Writes the report of a side, or one for each: `report.json` becomes `report.client.json` and `report.server.json`.
 * @throws RunError when a file cannot be written
 */
export function writeJudgeReports(
  file: string,
  role: Role | undefined,
  connections: readonly JudgedConnection[],
  facts: JudgeReportFacts,
): void {
  for (const side of role === undefined ? roles : [role]) {
    const text = `${JSON.stringify(judgeReport(side, connections, facts), null, 2)}\n`;
    if (file === '-') {
      process.stdout.write(text);
      continue;
    }
    const name = role === undefined ? fileOfRole(file, side) : file;
    try {
      writeFileSync(name, text);
    } catch (error) {
      throw new RunError(`the report cannot be written: ${(error as Error).message}`);
    }
  }
}

const fileOfRole = (file: string, role: Role): string =>
  /\.json$/i.test(file) ? file.replace(/\.json$/i, `.${role}.json`) : `${file}.${role}`;

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
