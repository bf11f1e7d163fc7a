import { allReadings } from '../../spec/readings/index.js';
import { verdicts } from '../verifier/finding.js';
import type { FindingKind, PeerResults, Results, RoleResults } from './results.js';

/*
 * docs/peers.md: what was found of the real peers, for readers who never run the tool. It is made of `results.json`.
 */

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();
const code = (text: string): string => (text === '' ? '' : `\`${cell(text)}\``);
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  row(heads) + row(heads.map(() => '---')) + rows.map(row).join('');

const heads = ['clause', 'what was seen first', 'bytes', 'cases'];

function casesOf({ cases, alone }: FindingKind, all: number): string {
  const more = cases.length > 1 ? ` and ${cases.length - 1} more` : '';
  // Where one cause is seen in most cases, the others must not look like a part of it.
  const only = cases.length > all / 2 && alone > 0 ? `; in ${alone} of them nothing else is wrong` : '';
  return `${code(cases[0] ?? '')}${more}${only}`;
}

const kindRows = (kinds: readonly FindingKind[], all: number): readonly (readonly string[])[] =>
  kinds.map((kind) => [`${code(kind.clause)} ${kind.code}`, cell(kind.observed), code(kind.bytes), casesOf(kind, all)]);

function roleSection({ role, summary, cases, kinds, seen }: RoleResults): string {
  const out = [`### As a ${role}\n\n`];
  if (summary !== undefined) {
    const counts = verdicts.map((verdict) => `${summary[verdict]} ${verdict}`);
    out.push(`${cases} cases: ${counts.join(', ')}.\n\n`);
  }
  for (const [verdict, about] of [
    ['fail', 'Against a MUST'],
    ['advisory', 'Against a SHOULD'],
  ] as const) {
    const those = kinds.filter((kind) => kind.verdict === verdict);
    if (those.length > 0) out.push(`${about}:\n\n${table(heads, kindRows(those, cases))}\n`);
  }
  if (seen.length > 0) {
    const rows = seen.map((kind) => [kind.verdict, code(kind.clause), cell(kind.observed), code(kind.bytes)]);
    out.push('Seen by the judge in a conversation with the reference server:\n\n');
    out.push(`${table(['verdict', 'clause', 'what was seen', 'bytes'], rows)}\n`);
  }
  return out.join('');
}

/** A peer in one role, as the head of a column. */
const columns = (peers: readonly PeerResults[]): readonly (readonly [head: string, role: RoleResults])[] =>
  peers.flatMap(({ name, roles }) => roles.map((role) => [`${name}, ${role.role}`, role] as const));

function interopTable(peers: readonly PeerResults[]): string {
  const all = columns(peers);
  const topics = [...new Set(all.flatMap(([, { interop }]) => Object.keys(interop)))];
  return table(
    ['peer', ...topics],
    all.map(([head, { interop }]) => [head, ...topics.map((topic) => cell(interop[topic] ?? ''))]),
  );
}

function readingTable(peers: readonly PeerResults[]): string {
  const judged = columns(peers).filter(([, { summary }]) => summary !== undefined);
  const questions = new Map<string, string>(allReadings.map(({ number, question }) => [number, question]));
  const numbers = [...new Set(judged.flatMap(([, role]) => Object.keys(role.readings)))].sort();
  const rows = numbers.map((number) => [
    `${number}: ${cell(questions.get(number) ?? '')}`,
    ...judged.map(([, role]) => cell(role.readings[number]?.join('; ') ?? '')),
  ]);
  return table(['reading', ...judged.map(([head]) => head)], rows);
}

const introduction = `# What real peers do

Implementations from the time of draft-06, as they still lie in package registries, judged by \`npm run peers\`, which
wrote this page, and \`properties/peers/results.json\` with the same in it. Each group of findings was confirmed by its bytes, and by
the source where it is public: \`properties/peers/NAME/findings.md\`. Bytes are hexadecimal, from where they begin to show the
finding, those of clients without the mask; of an HTTP head the lines that matter are shown. Behind an arrow stands what the peer was sent.

`;

const aboutReadings = `Each reading is a question that the text leaves open; \`hybi readings NUMBER\` tells more. Several options stand where it depends on
the case, \`other\` for what is none of the options, and nothing where the question did not come up or the peer does as the reference does.

`;

/** The page. */
export function pageOf({ peers, others }: Results): string {
  const out = [introduction];
  for (const { name, version, released, about, roles } of peers) {
    out.push(`## ${name} ${version}, ${released}\n\n${about}\n\n`, ...roles.map(roleSection));
  }
  out.push('## With the reference endpoints\n\n');
  out.push(
    'Our client talked to each server, our server to each client. A cell says `ok`, or what happened instead.\n\n',
  );
  out.push(interopTable(peers), '\n## What they chose where the text is open\n\n', aboutReadings, readingTable(peers));
  out.push('\n## What else was looked at\n\n');
  out.push(
    table(
      ['what', 'what it speaks'],
      others.map(({ name, says }) => [cell(name), cell(says)]),
    ),
  );
  return out.join('');
}
