import { isSegmentationId } from '../campaign/segmentations.js';
import { clientCases, secureClientCases } from '../conformance/client/index.js';
import { secureServerCases, serverCases } from '../conformance/index.js';
import { verdictOf } from '../verifier/finding.js';
import { createMatrix, joinPages, type Matrix } from './matrix.js';
import { type CaseReport, clauseReports, type Report, summaryOf } from './report.js';
import { parseShard, shardName } from './shard.js';

/** A report with the name that its column is to have. */
export interface NamedReport {
  readonly name: string;
  readonly report: Report;
}

/** What several reports make together. */
export interface Merged {
  /** One implementation, put together from its shards, or several side by side. */
  readonly result:
    { readonly kind: 'report'; readonly report: Report } | { readonly kind: 'matrix'; readonly matrix: Matrix };
  /** Shards of which there is no report, such as `3/5 of ws://127.0.0.1:8080/`. */
  readonly missing: readonly string[];
}

/**
 * Merges reports: those of shards of one run become one report, and what then remains becomes a matrix, unless it is a
 * single report.
 * @example
 * ```ts
 * import { createReport, mergeReports } from 'hybi-spec/properties';
 *
 * const facts = { version: '1', seed: 1, startedAt: new Date(0), durationMs: 0, sameOptions: '' };
 * const reports = ['ours', 'theirs'].map((name) => ({ name, report: createReport([], { ...facts, target: name }) }));
 * const { result } = mergeReports(reports);
 * console.assert(result.kind === 'matrix' && result.matrix.implementations.length === 2);
 * ```
 * @throws RangeError when shards do not belong together: they name one run, but differ in seed or version, or one is
 *   there twice; or when there is nothing to merge
 */
export function mergeReports(reports: readonly NamedReport[]): Merged {
  const runs = new Map<string, NamedReport[]>();
  for (const [at, named] of reports.entries()) {
    const { shard, role, target } = named.report;
    const of = shard === undefined ? undefined : parseShard(shard)?.of;
    const run = of === undefined ? `report ${at}` : JSON.stringify([role, target, of]);
    runs.set(run, [...(runs.get(run) ?? []), named]);
  }
  const missing: string[] = [];
  const wholes = [...runs.values()].map((parts): NamedReport => {
    const [first] = parts as [NamedReport, ...NamedReport[]];
    if (first.report.shard === undefined) return first;
    missing.push(...missingShards(parts.map(({ report }) => report)));
    return { name: first.report.target, report: joinShards(parts.map(({ report }) => report)) };
  });
  const [only, another] = wholes;
  if (only === undefined) throw new RangeError('there is no report to merge');
  if (another === undefined) return { result: { kind: 'report', report: only.report }, missing };
  return { result: { kind: 'matrix', matrix: createMatrix(wholes) }, missing };
}

const shardOf = ({ shard = '' }: Report): { readonly index: number; readonly of: number } =>
  parseShard(shard) ?? { index: 1, of: 1 };

function missingShards(parts: readonly Report[]): readonly string[] {
  const [first] = parts;
  if (first === undefined) return [];
  const { of } = shardOf(first);
  const there = new Set(parts.map((part) => shardOf(part).index));
  const indexes = Array.from({ length: of }, (_, at) => at + 1).filter((index) => !there.has(index));
  return indexes.map((index) => `${shardName({ index, of })} of ${first.target}`);
}

/** The places of all known cases, for the order that the whole run would have had. */
const places: ReadonlyMap<string, number> = new Map(
  [...serverCases, ...secureServerCases, ...clientCases, ...secureClientCases].map(({ id }, at) => [id, at]),
);

/** The report of the run that was split. It took as long as its longest shard. */
function joinShards(parts: readonly Report[]): Report {
  const [first, ...others] = parts as [Report, ...Report[]];
  const seen = new Map<string, CaseReport>();
  for (const part of parts) {
    for (const result of part.cases) {
      const other = seen.get(result.id);
      if (other !== undefined && !isSegmentationId(result.id)) {
        throw new RangeError(`the case ${result.id} stands in two shards of ${first.target}`);
      }
      seen.set(result.id, other === undefined ? result : joinSegmentations(other, result));
    }
  }
  for (const other of others) {
    for (const key of ['seed', 'version'] as const) {
      if (other[key] === first[key]) continue;
      throw new RangeError(
        `the shards of ${first.target} have different values of ${key}, ${first[key]} and ${other[key]}: run all alike`,
      );
    }
  }
  const placeOf = ({ id }: CaseReport): number => places.get(id) ?? Infinity;
  const cases = [...seen.values()].sort((one, other) => {
    const [left, right] = [placeOf(one), placeOf(other)];
    return left === right ? 0 : left - right;
  });
  const whole: { -readonly [Key in keyof Report]: Report[Key] } = { ...first };
  delete whole.shard;
  const pages = joinPages(parts);
  return {
    ...whole,
    ...(pages === undefined ? {} : { pages }),
    startedAt: parts.map(({ startedAt }) => startedAt).reduce((one, other) => (other < one ? other : one)),
    durationMs: Math.max(...parts.map(({ durationMs }) => durationMs)),
    summary: summaryOf(cases),
    clauses: clauseReports(cases),
    cases,
  };
}

/** A segmentation stands in each shard, with what its cases showed. */
function joinSegmentations(one: CaseReport, other: CaseReport): CaseReport {
  const shown = one.findings.length > 0 ? one : other;
  const findings = [...one.findings, ...other.findings];
  const whole = { ...shown, findings, durationMs: Math.max(one.durationMs, other.durationMs) };
  const reason = one.reason ?? other.reason;
  return reason === undefined ? { ...whole, verdict: verdictOf(findings) } : { ...whole, reason };
}
