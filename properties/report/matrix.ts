import type { Level } from '../../spec/clause.js';
import type { Verdict } from '../verifier/finding.js';
import type { ClauseStatus, Report } from './report.js';

/** Several implementations side by side, by clauses and by cases. Its schema is `report-matrix.schema.json`. */
export interface Matrix {
  readonly tool: 'hybi-spec';
  readonly kind: 'matrix';
  readonly document: 'draft-06';
  /** The columns. */
  readonly implementations: readonly Implementation[];
  /** A row for each clause, with what each implementation makes of it; `null` where its report knows no such clause. */
  readonly clauses: readonly {
    readonly id: string;
    readonly level: Level;
    readonly statuses: readonly (ClauseStatus | null)[];
  }[];
  /** A row for each case that any of them ran, with its verdict; `null` where it is not in the report. */
  readonly cases: readonly {
    readonly id: string;
    readonly title: string;
    readonly verdicts: readonly (Verdict | null)[];
  }[];
  /** The pages of the reports, together; absent where none has any. */
  readonly pages?: Readonly<Record<string, string>>;
}

/** What a column is about. */
export interface Implementation extends Pick<Report, 'role' | 'target' | 'version' | 'seed' | 'startedAt' | 'summary'> {
  /** Unique in the matrix. */
  readonly name: string;
}

/** Puts reports side by side. Rows stand in the order of the first report that has them. */
export function createMatrix(reports: readonly { readonly name: string; readonly report: Report }[]): Matrix {
  const names = uniqueNames(reports.map(({ name }) => name));
  const indexed = reports.map(({ report }) => ({
    clauses: new Map(report.clauses.map((clause) => [clause.id as string, clause])),
    cases: new Map(report.cases.map((result) => [result.id, result])),
  }));
  const allClauses = new Map(indexed.flatMap(({ clauses }) => [...clauses]));
  const allCases = new Map(indexed.flatMap(({ cases }) => [...cases]));
  const pages = joinPages(reports.map(({ report }) => report));
  return {
    tool: 'hybi-spec',
    kind: 'matrix',
    document: 'draft-06',
    implementations: reports.map(({ report }, at) => {
      const { role, target, version, seed, startedAt, summary } = report;
      return { name: names[at] ?? target, role, target, version, seed, startedAt, summary };
    }),
    clauses: [...allClauses.values()].map(({ id, level }) => ({
      id,
      level,
      statuses: indexed.map(({ clauses }) => clauses.get(id)?.status ?? null),
    })),
    cases: [...allCases.values()].map(({ id, title }) => ({
      id,
      title,
      verdicts: indexed.map(({ cases }) => cases.get(id)?.verdict ?? null),
    })),
    ...(pages === undefined ? {} : { pages }),
  };
}

/** The pages of several reports, which may come from anywhere; `undefined` where none has any. */
export function joinPages(reports: readonly { readonly pages?: unknown }[]): Report['pages'] {
  const some = reports.flatMap(({ pages }) =>
    typeof pages === 'object' && pages !== null ? Object.entries(pages) : [],
  );
  const told = some.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return told.length === 0 ? undefined : Object.fromEntries(told);
}

/** Names told apart by a number, where two are the same. */
function uniqueNames(names: readonly string[]): readonly string[] {
  const used = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let count = 2; used.has(unique); count++) unique = `${name} (${count})`;
    used.add(unique);
    return unique;
  });
}
