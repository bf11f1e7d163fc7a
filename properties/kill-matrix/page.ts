import type { Role } from '../../model/role.js';
import { faults, oddities, secureFaults } from '../faults/index.js';
import type { KillMatrix } from './matrix.js';
import { coverage } from './coverage.js';
import { withoutFault } from './without-fault.js';

/** Cases that are named before the rest is counted. */
const shownCases = 3;

const list = (ids: readonly string[], most = shownCases): string =>
  ids.length <= most
    ? ids.map((id) => `\`${id}\``).join(', ')
    : `${ids
        .slice(0, most)
        .map((id) => `\`${id}\``)
        .join(', ')} and ${ids.length - most} more`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** The name of a fault; one that memory has not says so. */
const nameOf = ({ name }: { readonly name: string }): string =>
  secureFaults.some((each) => each.name === name) ? `\`${name}\` (over sockets)` : `\`${name}\``;

/** Every case that notices a fault. */
const casesThatCatch = ({ blamed }: KillMatrix['faults'][number]): readonly string[] => [
  ...new Set(Object.values(blamed).flat()),
];

/** The page of the kill matrix, for people; tables that a program can read as well. */
export function killMatrixPage(matrix: KillMatrix): string {
  const says = new Map([...faults, ...oddities].map((each) => [each.name, each.says] as const));
  return `# The kill matrix

What the cases notice, and what they leave alone, measured on peers in memory; peers whose TLS is wrong are met on sockets.
The peers in \`properties/faults/\` are wrong
on purpose: each breaks one clause, and some case has to blame that clause, one that is broken along with it
(\`entailed.ts\`), or one that is declared as following from it. The oddities do unusual things that the texts allow, and
no case may fail them. \`npm run kill-matrix\` writes this page; \`hybi serve --fault NAME\` and
\`hybi connect URL --fault NAME\` run the same peers over TCP, and \`hybi faults\` lists them.

## Totals

${totals(matrix)}

## Faults by clause

${table(
  ['clause', 'fault', 'what it does', 'cases that notice', 'noticed by'],
  clausesOf(matrix).flatMap((clause) =>
    matrix.faults
      .filter((row) => row.clause === clause)
      .map((row) => {
        const ids = casesThatCatch(row);
        return [`\`${clause}\``, nameOf(row), says.get(row.name) ?? '', String(ids.length), list(row.quickest)];
      }),
  ),
)}

## Clauses that one case alone defends

For each, every fault that breaks it is noticed by this case and by no other one.

${table(['clause', 'case'], lonelyClauses(matrix))}

## Cases that alone notice a fault

${table(['case', 'faults'], soleCases(matrix))}

## Cases that notice no fault that others do not notice

They ask what no other case asks, at lengths and in orders for which no fault has been made; or they put on record what the
texts leave open.

${table(
  ['role', 'cases', 'which'],
  idleCases(matrix).map(([role, ids]) => [role, String(ids.length), list(ids, ids.length)]),
)}

## Clauses without a fault

What can be seen on the wire and binds a role, and is broken by no fault of that role all the same.

${table(
  ['clause', 'role', 'why'],
  withoutFault.map(({ clause, roles, reason }) => [`\`${clause}\``, roles.join(', '), reason]),
)}

## Oddities

${table(
  ['oddity', 'what it does', 'verdicts'],
  matrix.oddities.map(({ name, verdicts }) => [
    `\`${name}\``,
    says.get(name) ?? '',
    Object.entries(verdicts)
      .map(([verdict, count]) => `${count} ${verdict}`)
      .join(', '),
  ]),
)}
`;
}

function totals(matrix: KillMatrix): string {
  const of = (role: Role): readonly string[] => {
    const rows = matrix.faults.filter((row) => row.role === role);
    const strange = matrix.oddities.filter((row) => row.role === role);
    const { covered, excused } = coverage(matrix, role);
    return [
      `${role}s`,
      ...[matrix.cases[role].length, rows.length, rows.filter((row) => casesThatCatch(row).length > 0).length].map(
        String,
      ),
      ...[strange.length, strange.filter(({ failed }) => failed.length > 0).length, covered, excused].map(String),
    ];
  };
  const head = ['role', 'cases', 'faults', 'noticed', 'oddities', 'failed', 'clauses with a fault', 'excused'];
  return table(head, [of('server'), of('client')]);
}

const clausesOf = ({ faults: rows }: KillMatrix): readonly string[] => [...new Set(rows.map(({ clause }) => clause))];

function lonelyClauses(matrix: KillMatrix): readonly (readonly string[])[] {
  return clausesOf(matrix).flatMap((clause) => {
    const all = matrix.faults.filter((row) => row.clause === clause).flatMap(casesThatCatch);
    const [only, ...others] = new Set(all);
    return only !== undefined && others.length === 0 ? [[`\`${clause}\``, `\`${only}\``]] : [];
  });
}

function soleCases({ faults: rows }: KillMatrix): readonly (readonly string[])[] {
  const byCase = new Map<string, string[]>();
  for (const row of rows) {
    const [only, ...others] = casesThatCatch(row);
    if (only !== undefined && others.length === 0) byCase.set(only, [...(byCase.get(only) ?? []), row.name]);
  }
  return [...byCase]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, names]) => [`\`${id}\``, list(names, 9)]);
}

function idleCases(matrix: KillMatrix): readonly (readonly [Role, readonly string[]])[] {
  const catching = new Set(matrix.faults.flatMap(casesThatCatch));
  return (['server', 'client'] as const).map((role) => [role, matrix.cases[role].filter((id) => !catching.has(id))]);
}
