import { Command } from '@commander-js/extra-typings';
import { distance } from 'fastest-levenshtein';
import type { Fault, Oddity } from '../properties/faults/fault.js';
import { faultOf, faults, oddities } from '../properties/faults/index.js';
import { isUnder } from '../spec/clause.js';
import { pageOfFault } from './address.js';
import { listOf, oneOf, words } from './options.js';
import { writeList } from './report-options.js';
import { createTerminal } from './terminal.js';
import { UsageError } from './usage.js';

const examples = `
Examples:
  hybi faults                                  every peer that is wrong on purpose, and those that are only unusual
  hybi faults --role server --only draft-06/4.5    servers that break a clause on control frames
  hybi faults oddity                           as --only oddity: those that keep every clause, each in a way of its own
  hybi faults --json faults.json               for a program; - writes it to standard output
  hybi serve --fault closing/pong-twice        one of them, as a server
  hybi connect ws://127.0.0.1:9001/ --fault client-masking/one-key`;

type Strange = Fault | Oddity;

/** The clauses that a fault breaks, or that allow an oddity. */
const clausesOf = (each: Strange): readonly string[] => ('clause' in each ? [each.clause] : each.clauses);

const isMatch = (each: Strange, prefix: string): boolean =>
  isUnder(each.name, prefix) || clausesOf(each).some((clause) => isUnder(clause, prefix));

/** `hybi faults`: the peers that are wrong on purpose, or unusual. */
export function faultsCommand(): Command {
  const command = new Command('faults')
    .summary('list the peers that are wrong on purpose')
    .description('Lists the peers of hybi serve --fault and hybi connect --fault, with the clause that each breaks.')
    .argument('[prefixes...]', 'as --only: what the name, or the clause, begins with')
    .option('--role <role>', 'those of one role: server or client', oneOf('server', 'client'))
    .option('--only <prefix>', 'those whose name, or whose clause, begins so (repeatable)', listOf(words))
    .option('--json <file>', 'write the list as JSON; - writes it to standard output')
    .option('--no-color', 'print without colours')
    .addHelpText('after', examples);
  command.action((prefixes, { role, only: selected = [], json, color }) => {
    const only = [...prefixes, ...selected];
    const all: readonly Strange[] = [...faults, ...oddities];
    for (const prefix of only) {
      if (all.some((each) => isMatch(each, prefix))) continue;
      throw new UsageError(
        `no fault has a name or a clause that begins with ${JSON.stringify(prefix)}: perhaps ${nearestFaults(prefix).join(', or ')}`,
      );
    }
    const chosen = all.filter(
      (each) =>
        (role === undefined || each.role === role) &&
        (only.length === 0 || only.some((prefix) => isMatch(each, prefix))),
    );
    if (json !== undefined) writeList({ faults: chosen.map(factsOf) }, json);
    if (json === '-') return;
    const { out, paint } = createTerminal({ color });
    for (const each of chosen) {
      const why =
        'clause' in each ? `breaks ${each.clause}` : `allowed by ${[...each.clauses, ...each.readings].join(', ')}`;
      out(`${paint.bold(each.name)}  ${each.says}\n${paint.dim(`    ${why}  ${pageOfFault(each.name)}`)}\n`);
    }
    const count = (list: readonly Strange[]): number => chosen.filter((each) => list.includes(each)).length;
    out(`${count(faults)} that break a clause, ${count(oddities)} that are unusual and right\n`);
  });
  return command as unknown as Command;
}

/** What a program may want to know; the code of the peer is not among it. */
function factsOf(each: Strange): Readonly<Record<string, unknown>> {
  const { name, role, says } = each;
  return 'clause' in each
    ? { name, kind: 'fault', role, clause: each.clause, says, follows: each.follows }
    : { name, kind: 'oddity', role, clauses: each.clauses, readings: each.readings, says };
}

/** The three names that take the fewest changes of a letter, in all of it or in what stands behind the slash. */
function nearestFaults(text: string): readonly string[] {
  const effortOf = (name: string): number =>
    Math.min(distance(name, text), distance(name.slice(name.indexOf('/') + 1), text) + 0.5);
  return [...faults, ...oddities]
    .map(({ name }) => ({ name, effort: effortOf(name) }))
    .sort((one, other) => one.effort - other.effort)
    .slice(0, 3)
    .map(({ name }) => name);
}

/**
 * The fault or oddity of a role by its name.
 * @throws UsageError with the nearest names where there is none, or where it is of the other role
 */
export function chosenFault<Role extends Strange['role']>(
  name: string,
  role: Role,
): Extract<Strange, { readonly role: Role }> {
  const found = faultOf(name);
  if (found === undefined) {
    throw new UsageError(`no fault is called ${JSON.stringify(name)}: perhaps ${nearestFaults(name).join(', or ')}`);
  }
  if (found.role !== role) {
    const other = found.role === 'server' ? 'hybi serve' : 'hybi connect URL';
    throw new UsageError(`${name} is a fault of a ${found.role}: give it to ${other} --fault`);
  }
  return found as Extract<Strange, { readonly role: Role }>;
}
