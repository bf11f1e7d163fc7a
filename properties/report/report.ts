import { documentOf } from '../../spec/clause.js';
import { clauses, type ClauseId } from '../../spec/clauses.js';
import type { Level } from '../../spec/clause.js';
import type { Role } from '../../model/role.js';
import { byNumber, type ChosenReadings } from '../verifier/chosen-readings.js';
import { type Verdict, verdicts } from '../verifier/finding.js';
import type { CaseResult } from '../verifier/run.js';
import type { Comparison } from './expectations.js';

/** What the run says about a clause. */
export type ClauseStatus = 'held' | 'broken' | 'not-followed' | 'open' | 'not-exercised' | 'not-observable';

export interface ClauseReport {
  readonly id: ClauseId;
  readonly level: Level;
  readonly status: ClauseStatus;
  readonly cases: readonly string[];
}

export interface CaseReport extends Omit<CaseResult, 'requirement' | 'rerun'> {
  readonly requirement: string;
  /** The command that runs this case again, with the same random bytes. */
  readonly again: string;
}

/** The report of a run: the contract with machines that read it. Its schema is `report.schema.json`. */
export interface Report {
  readonly tool: 'hybi-spec';
  readonly version: string;
  readonly document: 'draft-06';
  readonly role: 'server' | 'client';
  readonly target: string;
  readonly seed: number;
  /** ISO 8601, in UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Which part of a run this is, such as `2/5`; absent where it is the whole. */
  readonly shard?: string;
  /** What the first conversation showed, in words, such as `echoes text and binary`. */
  readonly baseline?: string;
  /** The options of readings that were enforced, such as `"R-404": "ignore"`; absent where none was asked for. */
  readonly readings?: Readonly<Record<string, string>>;
  readonly summary: Readonly<Record<Verdict, number>>;
  readonly clauses: readonly ClauseReport[];
  readonly cases: readonly CaseReport[];
  /** By the id of a clause or a case, or the number of a reading: where the documentation has it. Absent where not known. */
  readonly pages?: Readonly<Record<string, string>>;
}

export interface ReportFacts {
  /** The role of the implementation under test. Default: server. */
  readonly role?: Role;
  readonly version: string;
  readonly target: string;
  readonly seed: number;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** The words behind `hybi verify URL` that a repetition needs, such as `--origin http://a.example`. */
  readonly sameOptions: string;
  /** The words in front of them. Default: `hybi verify` and the target. */
  readonly command?: string;
  /** Which part of a run this is. Default: the whole. */
  readonly shard?: string;
  /** What the first conversation showed, in words. */
  readonly baseline?: string;
  /** The options of readings that the user asked for. Default: none. */
  readonly chosen?: ChosenReadings | undefined;
}

/** Puts the results of a run together. */
export function createReport(results: readonly CaseResult[], facts: ReportFacts): Report {
  const { role = 'server', version, target, seed, startedAt, durationMs, sameOptions } = facts;
  const { command = `hybi verify ${target}`, shard, baseline, chosen = {} } = facts;
  const enforced = byNumber(chosen);
  return {
    tool: 'hybi-spec',
    version,
    document: 'draft-06',
    role,
    target,
    seed,
    startedAt: startedAt.toISOString(),
    durationMs,
    ...(shard === undefined ? {} : { shard }),
    ...(baseline === undefined ? {} : { baseline }),
    ...(Object.keys(enforced).length === 0 ? {} : { readings: enforced }),
    summary: summaryOf(results),
    clauses: clauseReports(results),
    cases: results.map(({ rerun, ...result }) => ({
      ...result,
      again: `${command} ${rerun ?? `--only ${result.id}`} --seed ${seed}${sameOptions}`,
    })),
  };
}

/** How many cases came to each verdict. */
export function summaryOf(results: readonly CaseResult[]): Record<Verdict, number> {
  const summary = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict } of results) summary[verdict]++;
  return summary;
}

/** What the results say of each clause of draft-06, in the order of the text. */
export function clauseReports(results: readonly CaseResult[]): readonly ClauseReport[] {
  return clauses
    .filter((clause) => documentOf(clause.id) === 'draft-06')
    .map(({ id, level, seen }) => {
      const cases = results.filter((result) => concerns(result, id)).map((result) => result.id);
      return { id, level, status: seen === 'wire' ? statusOf(id, results) : 'not-observable', cases };
    });
}

const concerns = (result: CaseResult, id: ClauseId): boolean =>
  result.clauses.includes(id) || result.findings.some((finding) => finding.clause === id);

/** The gravest that any case says of a clause; a clause is held only where a case that ran to its end says so. */
function statusOf(id: ClauseId, results: readonly CaseResult[]): ClauseStatus {
  const found = results.flatMap((result) => result.findings).filter((finding) => finding.clause === id);
  if (found.some((finding) => finding.verdict === 'fail')) return 'broken';
  if (found.some((finding) => finding.verdict === 'advisory')) return 'not-followed';
  if (found.some((finding) => finding.verdict === 'informational')) return 'open';
  const ran = results.some(
    (result) => result.clauses.includes(id) && result.verdict !== 'skipped' && result.reason === undefined,
  );
  return ran ? 'held' : 'not-exercised';
}

/** The exit status that a report stands for: 1 with any `fail` that is not known, otherwise 0. */
export function exitStatusOf(report: Report, comparison?: Comparison): 0 | 1 {
  if (comparison !== undefined) return comparison.fresh.some(({ finding }) => finding.startsWith('fail ')) ? 1 : 0;
  return report.summary.fail > 0 ? 1 : 0;
}
