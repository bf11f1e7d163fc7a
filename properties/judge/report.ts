import type { Role } from '../../model/role.js';
import { createReport, type Report } from '../report/report.js';
import type { ChosenReadings } from '../verifier/chosen-readings.js';
import { verdictOf } from '../verifier/finding.js';
import type { CaseResult } from '../verifier/run.js';
import type { JudgeFinding } from './ledger.js';
import type { JudgedConnection } from './trace-judge.js';

/** What a report of the judge says about the run. */
export interface JudgeReportFacts {
  readonly version: string;
  /** The file, or the server that a proxy stands before. */
  readonly target: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** The command that judges the same again. */
  readonly again: string;
  /** The options of readings that the user asked for. Default: none. */
  readonly chosen?: ChosenReadings | undefined;
}

/**
 * The report of what the judge saw: a case for each side of each connection, with what it sent as the peer's bytes. The
 * clauses are those of one role, so that both roles are two reports, which can be merged with others.
 */
export function judgeReport(role: Role, connections: readonly JudgedConnection[], facts: JudgeReportFacts): Report {
  const { version, target, startedAt, durationMs, again, chosen } = facts;
  const results = connections.flatMap((judged) => caseOf(role, judged) ?? []);
  const run = { version, target, seed: 0, startedAt, durationMs, sameOptions: '', chosen };
  const report = createReport(results, { role, ...run });
  return { ...report, cases: report.cases.map((result) => ({ ...result, again })) };
}

/** What one side of a connection comes to; nothing where the trace shows nothing of it. */
function caseOf(
  role: Role,
  { connection, client, server, durationMs, judgement }: JudgedConnection,
): CaseResult | undefined {
  const found = judgement.findings.filter(({ blamed }) => blamed === role);
  const [first, ...others] = new Set([...judgement.clauses[role].keys(), ...found.map(({ clause }) => clause)]);
  if (first === undefined) return undefined;
  const ends = client === undefined || server === undefined ? '' : `, ${client} to ${server}`;
  const target = judgement.target === undefined ? '' : `, ${judgement.target}`;
  return {
    id: `connection-${connection}/${role}`,
    title: `The ${role} of connection ${connection}${ends}${target}`,
    clauses: [first, ...others],
    requirement: 'What the trace shows keeps every clause.',
    verdict: verdictOf(found),
    durationMs: Math.round(durationMs),
    findings: found.map(withoutPlace),
    wire: found
      .filter(({ hex }) => hex !== '')
      .map(({ atMs, hex, code, offset }) => ({
        atMs: Math.round(atMs),
        from: 'peer' as const,
        hex,
        note: `${code}, at byte ${offset ?? 0}`,
      })),
  };
}

/** The finding as reports have it; who is blamed is the role of the report. */
function withoutPlace({
  clause,
  code,
  verdict,
  says,
  observed,
  allowed,
  offset,
}: JudgeFinding): CaseResult['findings'][number] {
  return { clause, code, verdict, says, observed, allowed, offset };
}
