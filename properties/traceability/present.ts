import type pc from 'picocolors';
import { clauseOf } from '../../spec/clauses.js';
import { readingOf } from '../../spec/readings/index.js';
import type { Evidence } from './evidence.js';
import { isChecked, isForgotten, type Row, type Totals, totalsOf } from './matrix.js';

type Paint = Pick<ReturnType<typeof pc.createColors>, 'bold' | 'dim' | 'green' | 'red' | 'yellow'>;

/** The matrix for a terminal: one line for each clause, and the totals behind them. */
export function drawMatrix(rows: readonly Row[], paint: Paint): string {
  return `${[...drawRows(rows, paint), '', ...drawTotals(rows, paint)].join('\n')}\n`;
}

const headings = ['clause', 'level', 'binds', 'seen', 'laws', 'cases', 'faults'] as const;

function drawRows(rows: readonly Row[], paint: Paint): readonly string[] {
  if (rows.length === 0) return ['no clause is left by these choices'];
  const cells = rows.map(({ id, level, binds, seen, laws, cases, faults }) => [
    id as string,
    level as string,
    binds.join(', '),
    seen as string,
    ...[laws, cases, faults].map(({ length }) => String(length)),
  ]);
  const lines = inColumns([[...headings], ...cells], 4);
  const [heading = '', ...body] = lines;
  const drawn = rows.map((row, at) => {
    const line = body[at] ?? '';
    const remark = row.through ? '  through what answers it' : isChecked(row) ? '' : `  ${row.reason ?? 'unchecked'}`;
    if (isForgotten(row)) return paint.red(line + remark);
    return isChecked(row) ? line + paint.dim(remark) : paint.yellow(line) + paint.dim(remark);
  });
  return [paint.bold(heading), ...drawn];
}

/** Lays cells out in columns; from one column on they are numbers and stand to the right. */
function inColumns(rows: readonly (readonly string[])[], firstNumber: number): readonly string[] {
  const widths = rows.reduce<readonly number[]>(
    (widest, row) => row.map((cell, at) => Math.max(widest[at] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, at) => (at < firstNumber ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** What the totals count, in the order of the columns. */
const counted = {
  clauses: 'clauses',
  seenOnTheWire: 'on the wire',
  wireWithCase: 'with a case',
  wireChecked: 'law or case',
  checked: 'checked',
  excused: 'with a reason',
  forgotten: 'unchecked',
} as const satisfies Partial<Record<keyof Totals, string>>;

/** The totals by document and in all. The third and the fourth column are of the clauses that are seen on the wire. */
export function drawTotals(rows: readonly Row[], paint: Paint): readonly string[] {
  const names = [...new Set(rows.map(({ document }) => document))];
  const lineOf = (name: string, some: readonly Row[]): readonly string[] => {
    const totals = totalsOf(some);
    return [name, ...Object.keys(counted).map((key) => String(totals[key as keyof typeof counted]))];
  };
  const lines = inColumns(
    [
      ['document', ...Object.values(counted)],
      ...names.map((name) =>
        lineOf(
          name,
          rows.filter(({ document }) => document === name),
        ),
      ),
      ...(names.length === 1 ? [] : [lineOf('all', rows)]),
    ],
    1,
  );
  return lines.map((line, at) => (at === 0 ? paint.bold(line) : line));
}

/** One clause with everything that touches it. */
export function explainRow(row: Row, rows: readonly Row[], evidence: Evidence, paint: Paint): string {
  const { id, level, binds, seen, says } = row;
  const { unseen } = clauseOf(id);
  const titleOf = new Map(evidence.cases.map((testCase) => [testCase.id, testCase.title]));
  const faultOf = new Map(evidence.faults.map((fault) => [fault.name, fault.says]));
  const sentenceOf = new Map<string, string>(rows.map((each) => [each.id, each.says]));
  const answersWord = row.document === 'requirements-02' ? 'answered by' : 'answers';
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', paint.bold(title), ...lines.map((line) => `  ${line}`)];
  return `${[
    paint.bold(id),
    `  ${says}`,
    `  section ${row.section} of ${row.document}; ${level}; binds ${binds.join(', ')}`,
    `  seen: ${seen === 'wire' ? 'on the wire' : seen}${unseen === undefined ? '' : ` (${unseen})`}`,
    ...(row.through ? ['  checked through the clauses that answer it'] : []),
    ...(isChecked(row) ? [] : [`  not checked: ${row.reason ?? paint.red('nobody says why')}`]),
    ...section(
      'laws',
      row.laws.map(({ name, file }) => `${name} ${paint.dim(`(${file})`)}`),
    ),
    ...section(
      'cases',
      row.cases.map((name) => `${name}: ${titleOf.get(name) ?? ''}`),
    ),
    ...section(
      'faults',
      row.faults.map((name) => `${name}: ${faultOf.get(name) ?? ''}`),
    ),
    ...section(
      'readings',
      row.readings.map((number) => `${number}: ${readingOf(number)?.question ?? ''}`),
    ),
    ...section(
      answersWord,
      row.answers.map((other) => `${other}: ${sentenceOf.get(other) ?? ''}`),
    ),
  ].join('\n')}\n`;
}
