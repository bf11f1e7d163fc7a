import { Command } from '@commander-js/extra-typings';
import { distance } from 'fastest-levenshtein';
import { allEvidence } from '../properties/traceability/evidence.js';
import { isChecked, type Row, traceabilityMatrix } from '../properties/traceability/matrix.js';
import { drawMatrix, explainRow } from '../properties/traceability/present.js';
import { isUnder, type Level, type Party } from '../spec/clause.js';
import { pageOfClause } from './address.js';
import { listOf, oneOf, words } from './options.js';
import { writeList } from './report-options.js';
import { createTerminal } from './terminal.js';
import { UsageError } from './usage.js';

const examples = `
Examples:
  hybi clauses                                     every clause, with how many laws, cases and faults it has
  hybi clauses --only draft-06/4.5 --binds server  the clauses on control frames that bind servers
  hybi clauses --level MUST --unchecked            what has to be and is not checked, with the reason
  hybi clauses --json clauses.json                 the matrix for a program; - writes it to standard output
  hybi clauses draft-06/4.5.2/pong-echoes-body     one clause, with everything that touches it
  hybi clauses draft-06/4.5                        a section, as --only shows it

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
    .argument('[id]', 'one clause to explain, or the beginning of ids, such as a section')
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
    for (const prefix of [...(id === undefined ? [] : [id]), ...(options.only ?? [])]) checkPrefix(rows, prefix);
    const one = rows.find((row) => row.id === id);
    const chosen = rows.filter(
      (row) =>
        (id === undefined || (one === undefined ? isUnder(row.id, id) : row === one)) &&
        (options.only === undefined || options.only.some((prefix) => isUnder(row.id, prefix))) &&
        (options.level === undefined || row.level === options.level) &&
        (options.binds === undefined || bindsParty(row, options.binds)) &&
        (options.unchecked !== true || !isChecked(row)),
    );
    if (options.json !== undefined) writeList({ clauses: chosen }, options.json);
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

/** @throws UsageError with what looks most like it, where no clause is meant */
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
