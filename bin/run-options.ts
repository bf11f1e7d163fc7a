import { type Command, Option } from 'commander';
import { distance } from 'fastest-levenshtein';
import type { Script } from '../properties/campaign/script.js';
import type { Shard } from '../properties/report/shard.js';
import type { EchoChoice } from '../properties/verifier/baseline.js';
import type { CaseFacts } from '../properties/verifier/case.js';
import type { ChosenReadings } from '../properties/verifier/chosen-readings.js';
import { isSelected } from '../properties/verifier/run.js';
import { conversation, integer, listOf, milliseconds, oneOf, readingChoice, words } from './options.js';
import { addReportOptions, type ReportOptions, seedOfShards, shardOption } from './report-options.js';
import { UsageError } from './usage.js';

/*
 * The options that judging servers and judging clients have in common. Their types are written out: commander could
 * infer them, at the price of minutes for each compilation.
 */

/** What the command line says of a run, whomever it judges. */
export interface RunOptions extends ReportOptions {
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  readonly jobs?: number | undefined;
  readonly timeout: number;
  readonly echo: EchoChoice;
  readonly shard?: Shard | undefined;
  readonly runs?: number | undefined;
  readonly replay?: Script | undefined;
  readonly reading?: ChosenReadings | undefined;
  readonly segmentations?: true | undefined;
  readonly bail?: true | undefined;
}

/** What holds where the command line says nothing. */
export const usual = { timeout: 2000 } as const;

/** What the help of a command says about whom it judges. */
interface RunWords {
  /** What `--jobs` counts. */
  readonly jobs: string;
  /** The section of the random cases. */
  readonly random: string;
  /** How many conversations at random there are where the command line says nothing. */
  readonly runs: string;
  /** An example of a choice for `--reading`. */
  readonly reading: string;
}

/** Adds the options of a run, and those of its report. */
export function addRunOptions(command: Command, { jobs, random, runs, reading }: RunWords): Command {
  const options = [
    repeatable('--only <prefix>', 'run only cases whose id, or one of whose clauses, begins so'),
    repeatable('--skip <prefix>', 'leave out cases whose id, or one of whose clauses, begins so'),
    new Option(
      '--seed <n>',
      'the seed of all that is random: with the same --only and --runs the same again; reports name it',
    ).argParser(integer(0, 2 ** 31 - 1)),
    new Option('--jobs <n>', `${jobs} (default: 4; 16 where the first conversation gets no answer)`).argParser(
      integer(1, 256),
    ),
    new Option('--timeout <ms>', 'how long silence means "no answer"; 0 waits for ever')
      .argParser(milliseconds)
      .default(usual.timeout),
    new Option('--echo <choice>', 'whether it sends messages back: auto (tries), yes or no')
      .argParser(oneOf('auto', 'yes', 'no'))
      .default('auto'),
    new Option('--shard <index/count>', 'run one part of the cases, such as 2/5, always with the same seed').argParser(
      shardOption,
    ),
    new Option(
      '--runs <n>',
      `conversations at random for each case of ${random}/; 0 leaves them out (${runs})`,
    ).argParser(integer(0, 1_000_000)),
    new Option(
      '--replay <conversation>',
      `hold this conversation instead: how a finding of ${random}/ is seen again`,
    ).argParser(conversation),
    new Option('--reading <choice>', `enforce an option of a reading, such as ${reading} (repeatable)`).argParser(
      readingChoice,
    ),
    new Option('--segmentations', 'run every case cut and joined in other ways as well: TCP is a stream'),
    new Option('--bail', 'begin no further case once one has failed'),
  ];
  for (const option of options) command.addOption(option);
  return addReportOptions(command);
}

const repeatable = (flags: string, says: string): Option =>
  new Option(flags, `${says} (repeatable)`).argParser(listOf(words));

/** The selection, the seed and the part of a run, as the verifier takes them. */
export function selectionOf({ only, skip, shard, seed, replay, segmentations }: RunOptions): {
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly shard?: Shard;
  readonly seed?: number;
} {
  // Conversations at random are cut at random anyway: the other segmentations would have nothing to compare, and pass.
  if (replay !== undefined && segmentations === true) {
    throw new UsageError('--replay holds one conversation as it is: leave out --segmentations');
  }
  return {
    ...(shard === undefined ? {} : { shard, seed: seedOfShards }),
    ...(seed === undefined ? {} : { seed }),
    ...(only === undefined ? {} : { only }),
    ...(skip === undefined ? {} : { skip }),
  };
}

/** A selector that selects nothing is a typing error. */
export function checkSelection(prefixes: readonly string[], cases: readonly CaseFacts[], command: string): void {
  for (const prefix of prefixes) {
    if (cases.some((testCase) => isSelected(testCase, { only: [prefix] }))) continue;
    const near = nearTo(prefix, cases);
    const hint = near.length === 0 ? `hybi ${command} --help has examples` : `there are ${near.join(', ')}`;
    throw new UsageError(`no case has an id or a clause that begins with ${JSON.stringify(prefix)}: ${hint}`);
  }
}

/** Ids that may be meant: those that begin with the same letters, or that differ in two at most. */
function nearTo(prefix: string, cases: readonly CaseFacts[]): readonly string[] {
  const words = new Set(cases.flatMap(({ id, clauses }) => [id, id.replace(/\/.*/, ''), ...clauses]));
  const isNear = (word: string): boolean => word.startsWith(prefix) || distance(word, prefix) <= maxDistance;
  return prefix === '' ? [] : [...words].filter(isNear).slice(0, maxNear);
}

const maxDistance = 2;
const maxNear = 3;
