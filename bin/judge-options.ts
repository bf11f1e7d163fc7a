import { type Command, Option } from 'commander';
import type { Role } from '../model/role.js';
import { clauses } from '../spec/clauses.js';
import { isClauseSelected } from '../properties/judge/selection.js';
import type { ChosenReadings } from '../properties/verifier/chosen-readings.js';
import type { Selection } from '../properties/verifier/run.js';
import { readingWords } from './again.js';
import { integer, listOf, oneOf, readingChoice, words } from './options.js';
import { addReportOptions, type ReportOptions } from './report-options.js';
import { UsageError } from './usage.js';

/*
 * The options that judging recorded traffic and judging live traffic have in common.
 */

/** What the command line says about what is judged, and by what. */
export interface JudgeOptions extends ReportOptions {
  readonly role?: Role | undefined;
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly reading?: ChosenReadings | undefined;
  readonly maxMessage: number;
}

const largestMessage = 64 * 1024 * 1024;

/** Adds the options of the judge, and those of its reports. */
export function addJudgeOptions(command: Command): Command {
  const options = [
    new Option('--role <role>', 'judge one side: client or server').argParser(oneOf('client', 'server')),
    new Option('--only <prefix>', 'only clauses whose id begins so (repeatable)').argParser(listOf(words)),
    new Option('--skip <prefix>', 'no clauses whose id begins so (repeatable)').argParser(listOf(words)),
    new Option('--reading <choice>', 'judge by another reading, such as R-404=ignore (repeatable)').argParser(
      readingChoice,
    ),
    new Option('--max-message <bytes>', 'largest message that is judged')
      .argParser(integer(1, 2 ** 31 - 1))
      .default(largestMessage),
  ];
  for (const option of options) command.addOption(option);
  return addReportOptions(command);
}

/** A selector that selects nothing is a typing error. */
export function checkClausePrefixes({ only = [], skip = [] }: Selection): void {
  for (const prefix of [...only, ...skip]) {
    if (clauses.some(({ id }) => isClauseSelected(id, { only: [prefix] }))) continue;
    throw new UsageError(`no clause has an id that begins with ${JSON.stringify(prefix)}: hybi clauses lists them`);
  }
}

/** The words without which a repetition would judge by something else, each behind a blank. */
export function sameJudge({ role, only = [], skip = [], reading = {}, maxMessage }: JudgeOptions): string {
  const parts = [
    ...(role === undefined ? [] : ['--role', role]),
    ...only.flatMap((prefix) => ['--only', prefix]),
    ...skip.flatMap((prefix) => ['--skip', prefix]),
    ...readingWords(reading),
    ...(maxMessage === largestMessage ? [] : ['--max-message', String(maxMessage)]),
  ];
  return parts.map((part) => ` ${part}`).join('');
}
