import { writeFileSync } from 'node:fs';
import { Command } from '@commander-js/extra-typings';
import { distance } from 'fastest-levenshtein';
import { allEvidence } from '../properties/traceability/evidence.js';
import { isChecked, type Row, traceabilityMatrix } from '../properties/traceability/matrix.js';
import { drawMatrix, explainRow } from '../properties/traceability/present.js';
import { isUnder, type Level, type Party } from '../spec/clause.js';
import { pageOfClause } from './address.js';
import { listOf, oneOf, words } from './options.js';
import { createTerminal } from './terminal.js';
import { RunError, UsageError } from './usage.js';

const examples = `
Examples:
  hybi clauses                                     every clause, with how many laws, cases and faults it has
  hybi clauses --only draft-06/4.5 --binds server  the clauses on control frames that bind servers
  hybi clauses --level MUST --unchecked            what has to be and is not checked, with the reason
  hybi clauses --json clauses.json                 the matrix for a program; - writes it to standard output
  hybi clauses draft-06/4.5.2/pong-echoes-body     one clause, with everything that touches it

A clause binds endpoints when it binds both roles; --binds server leaves those in, with senders and receivers.
The columns behind "on the wire" count of those clauses alone.`;

const levels = ['MUST', 'MUST NOT', 'SHOULD', 'SHOULD NOT', 'MAY', 'definition'] as const satisfies readonly Level[];

const level = (text: string): Level => oneOf(...levels)(text === 'definition' ? text : text.toUpperCase());

const parties = [
  'client',
  'server',
  'endpoint',
  'sender',
  'receiver',
  'intermediary',
  'protocol',
  'other specifications',
] as const satisfies readonly Party[];

/** `hybi clauses [ID]`: the sentences of the three texts, and what checks each. */
export function clausesCommand(): Command {
  const command = new Command('clauses')
    .summary('list the sentences of the texts, and what checks each')
    .description('Lists the normative sentences of the three texts with what checks each: laws, cases, faults.')
    .argument('[id]', 'one clause to explain')
    .option('--only <prefix>', 'clauses whose id begins so (repeatable)', listOf(words))
    .option('--level <level>', `clauses of a level: ${levels.join(', ')}`, level)
    .option('--binds <party>', 'clauses that bind a party, such as server or client', oneOf(...parties))
    .option('--unchecked', 'clauses that neither a law nor a case checks')
    .option('--json <file>', 'write the matrix as JSON; - writes it to standard output')
    .option('--no-color', 'print without colours')
    .addHelpText('after', examples);
  command.action((id, options) => {
    const terminal = createTerminal({ color: options.color });
    const rows = traceabilityMatrix(allEvidence);
    for (const prefix of options.only ?? []) checkPrefix(rows, prefix);
    const chosen = rows.filter(
      (row) =>
        (id === undefined || row.id === id) &&
        (options.only === undefined || options.only.some((prefix) => isUnder(row.id, prefix))) &&
        (options.level === undefined || row.level === options.level) &&
        (options.binds === undefined || bindsParty(row, options.binds)) &&
        (options.unchecked !== true || !isChecked(row)),
    );
    const one = id === undefined ? undefined : rowOf(rows, id);
    if (options.json !== undefined) writeMatrix(chosen, options.json, terminal.out);
    if (options.json === '-') return;
    terminal.out(
      one === undefined ? drawMatrix(chosen, terminal.paint) : explainRow(one, rows, allEvidence, terminal.paint),
    );
    const [first] = chosen;
    if (first === undefined) return;
    terminal.out(
      terminal.paint.dim(
        one === undefined ? `pages: ${pageOfClause(first.id)} …\n` : `\npage: ${pageOfClause(one.id)}\n`,
      ),
    );
  });
  return command as unknown as Command;
}

/** Whoever is an endpoint sends and receives, and is bound with all of these. */
function bindsParty({ binds }: Row, party: Party): boolean {
  const isRole = party === 'client' || party === 'server';
  return binds.includes(party) || (isRole && binds.some((bound) => /^(?:endpoint|sender|receiver)$/.test(bound)));
}

/** @throws UsageError with the ids that look most like it, where there is no such clause */
function rowOf(rows: readonly Row[], id: string): Row {
  const row = rows.find((candidate) => candidate.id === id);
  if (row !== undefined) return row;
  const near = nearest(
    rows.map((candidate) => candidate.id),
    id,
  );
  throw new UsageError(`no clause has the id ${JSON.stringify(id)}: perhaps ${near.join(', or ')}`);
}

function checkPrefix(rows: readonly Row[], prefix: string): void {
  if (rows.some(({ id }) => isUnder(id, prefix))) return;
  const wholes = rows.flatMap(({ document, section, id }) => [document, `${document}/${section}`, id]);
  const near = nearest([...new Set(wholes)], prefix);
  throw new UsageError(`no clause has an id that begins with ${JSON.stringify(prefix)}: perhaps ${near.join(', or ')}`);
}

/** The three that take the fewest changes of a letter, in all of it or in what stands behind its last slash. */
function nearest(ids: readonly string[], text: string): readonly string[] {
  const effortOf = (id: string): number => {
    const slug = id.slice(id.lastIndexOf('/') + 1);
    return Math.min(distance(id, text), distance(slug, text) + 0.5);
  };
  const efforts = ids.map((id) => ({ id, effort: effortOf(id) }));
  return efforts
    .sort((one, other) => one.effort - other.effort)
    .slice(0, 3)
    .map(({ id }) => id);
}

function writeMatrix(rows: readonly Row[], file: string, out: (text: string) => void): void {
  const text = `${JSON.stringify({ clauses: rows }, null, 2)}\n`;
  if (file === '-') {
    out(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new RunError(`the matrix cannot be written: ${(error as Error).message}`);
  }
}
