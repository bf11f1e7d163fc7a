import { Command } from '@commander-js/extra-typings';
import type { Role } from '../model/role.js';
import { randomCasesFor } from '../properties/campaign/cases.js';
import { clientCases, secureClientCases } from '../properties/conformance/client/index.js';
import { secureServerCases, serverCases } from '../properties/conformance/index.js';
import { sectionsOf } from '../properties/report/sections.js';
import { isInShard } from '../properties/report/shard.js';
import type { CaseFacts } from '../properties/verifier/case.js';
import { isSelected } from '../properties/verifier/run.js';
import { chapterPageOfCase } from './address.js';
import { listOf, oneOf, words } from './options.js';
import { shardOption, writeList } from './report-options.js';
import { createTerminal } from './terminal.js';
import { checkSelection } from './run-options.js';

const examples = `
Examples:
  hybi cases                                  every case, for servers and for clients
  hybi cases --role server --only draft-06/4.5    those on control frames
  hybi cases --only fragmentation --skip draft-06/8
  hybi cases closing                          as --only closing
  hybi cases --role client --json cases.json  for a program; - writes it to standard output`;

const casesOf: Readonly<Record<Role, readonly CaseFacts[]>> = {
  server: [...serverCases, ...secureServerCases, ...randomCasesFor('server')],
  client: [...clientCases, ...secureClientCases, ...randomCasesFor('client')],
};

/** `hybi cases`: what `hybi verify` and `hybi verify-client` would run. */
export function casesCommand(): Command {
  const command = new Command('cases')
    .summary('list the cases without running them')
    .description('Lists the cases of hybi verify and hybi verify-client, with what each requires and its clauses.')
    .argument('[prefixes...]', 'as --only: what the id of a case, or one of its clauses, begins with')
    .option('--role <role>', 'cases for one role: server or client', oneOf('server', 'client'))
    .option('--only <prefix>', 'cases whose id, or one of whose clauses, begins so (repeatable)', listOf(words))
    .option(
      '--skip <prefix>',
      'leave out cases whose id, or one of whose clauses, begins so (repeatable)',
      listOf(words),
    )
    .option('--shard <index/count>', 'those that fall to one part of a run, such as 2/5', shardOption)
    .option('--json <file>', 'write the list as JSON; - writes it to standard output')
    .option('--no-color', 'print without colours')
    .addHelpText('after', examples);
  command.action((prefixes, { role, only: selected = [], skip = [], shard, json, color }) => {
    const only = [...prefixes, ...selected];
    const roles: readonly Role[] = role === undefined ? ['server', 'client'] : [role];
    const all = roles.flatMap((one) => casesOf[one].map((testCase) => ({ role: one, testCase })));
    checkSelection(
      [...only, ...skip],
      all.map(({ testCase }) => testCase),
      'cases',
    );
    const chosen = all.filter(
      ({ testCase }) => isSelected(testCase, { only, skip }) && (shard === undefined || isInShard(testCase.id, shard)),
    );
    if (json !== undefined) {
      writeList({ cases: chosen.map(({ role: of, testCase }) => ({ role: of, ...factsOf(testCase) })) }, json);
      if (json === '-') return;
    }
    const { out, paint } = createTerminal({ color });
    for (const one of roles) {
      const cases = chosen.filter(({ role: of }) => of === one).map(({ testCase }) => testCase);
      for (const [section, list] of sectionsOf(cases)) {
        const page = list[0] === undefined ? '' : chapterPageOfCase(list[0].id);
        out(`${paint.bold(section)}  ${list.length} for ${one}s  ${paint.dim(page)}\n`);
        for (const testCase of list) {
          out(`  ${testCase.id}: ${testCase.title}\n`);
          out(
            paint.dim(
              `      ${[...testCase.clauses, ...(testCase.needs ?? []).map((need) => `needs ${need}`)].join(', ')}`,
            ) + '\n',
          );
        }
      }
    }
    const counts = roles.map((one) => `${chosen.filter(({ role: of }) => of === one).length} for ${one}s`);
    out(`${chosen.length} cases: ${counts.join(', ')}\n`);
  });
  return command as unknown as Command;
}

/** What a program may want to know of a case; the code that runs it is not among it. */
function factsOf({ id, title, clauses, requirement, needs = [] }: CaseFacts): CaseFacts {
  return { id, title, clauses, requirement, needs };
}
