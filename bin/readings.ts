import { Command } from '@commander-js/extra-typings';
import { allReadings, readingChapters } from '../spec/readings/index.js';
import { isUnder } from '../spec/clause.js';
import type { Reading } from '../spec/readings.js';
import { readings as parameters } from '../spec/readings.js';
import { pageOfReading } from './address.js';
import { createTerminal, type Terminal } from './terminal.js';
import { UsageError } from './usage.js';

const examples = `
Examples:
  hybi readings                 every reading, by chapter; * marks those that --reading can choose
  hybi readings --parameters    only those that --reading can choose, with their options
  hybi readings R-4             those of chapter 4 of draft-06
  hybi readings draft-06/4.5    those that turn on a clause of that section
  hybi readings R-404           one reading: options, the one chosen and why, and what RFC 6455 decided later
  hybi readings --json          all of it as JSON`;

const chooseable = new Set<string>(Object.values(parameters).map(({ number }) => number));

/** `hybi readings [NUMBER]`: what the texts leave open, and what is chosen here. */
export function readingsCommand(): Command {
  const command = new Command('readings')
    .summary('list what the texts leave open, and what is chosen')
    .description('Lists the readings: places where the texts are silent, contradict themselves or err.')
    .argument('[number]', 'one reading, such as R-404, or the beginning of numbers, or of ids of clauses')
    .option('--parameters', 'only those that --reading can choose, with their options')
    .option('--json', 'print them as JSON')
    .option('--no-color', 'print without colours')
    .addHelpText('after', examples)
    .action((number, options) => {
      const terminal = createTerminal({ color: options.color });
      const meant = meantBy(number);
      if (meant.length === 0) {
        throw new UsageError(
          `no reading has the number ${JSON.stringify(number)}, or a clause that begins so: hybi readings lists them`,
        );
      }
      const wanted = meant.filter((reading) => options.parameters !== true || chooseable.has(reading.number));
      if (wanted.length === 0) {
        throw new UsageError(`--reading can choose nothing at ${JSON.stringify(number)}: leave out --parameters`);
      }
      if (options.json === true) terminal.out(`${JSON.stringify(wanted, null, 2)}\n`);
      else if (wanted.length === 1) for (const reading of wanted) terminal.out(explain(reading, terminal));
      else terminal.out(list(wanted, options.parameters === true, terminal));
    });
  return command as unknown as Command;
}

/** The reading of a number, or those whose numbers, or one of whose clauses, begin so; all without one. */
function meantBy(number: string | undefined): readonly Reading[] {
  if (number === undefined) return allReadings;
  const exact = allReadings.filter((reading) => reading.number === number);
  if (exact.length > 0) return exact;
  return allReadings.filter(
    (reading) =>
      (number.startsWith('R-') && reading.number.startsWith(number)) ||
      reading.clauses.some((clause) => isUnder(clause, number)),
  );
}

function list(wanted: readonly Reading[], withOptions: boolean, { paint }: Terminal): string {
  const chapters = readingChapters.map(({ title, readings }) => {
    const lines = readings
      .filter((reading) => wanted.includes(reading))
      .map((reading) => {
        const mark = chooseable.has(reading.number) ? '*' : ' ';
        const head = `${mark} ${reading.number.padEnd(7)} ${reading.question}\n`;
        return withOptions ? `${head}            ${optionsOf(reading)}\n` : head;
      });
    return lines.length === 0 ? '' : `${paint.bold(title)}\n${lines.join('')}\n`;
  });
  const [first] = wanted;
  const pages = first === undefined ? '' : paint.dim(`pages: ${pageOfReading(first.number)} …\n`);
  return `${chapters.join('')}${pages}`;
}

const optionsOf = ({ options, chosen }: Reading): string =>
  Object.keys(options)
    .map((option) => (option === chosen ? `${option} (chosen)` : option))
    .join(', ');

function explain(reading: Reading, { paint }: Terminal): string {
  const { number, question, clauses, options, chosen, because, later } = reading;
  const choices = Object.entries(options).map(([name, says]) => `  ${name === chosen ? '>' : ' '} ${name}: ${says}\n`);
  const how = chooseable.has(number) ? `\nAnother option: --reading ${number}=OPTION\n` : '';
  return `${paint.bold(`${number}: ${question}`)}\n${choices.join('')}\npage     ${pageOfReading(number)}\nchosen   ${chosen}: ${because}\nlater    ${later}\nclauses  ${clauses.join('\n         ')}\n${how}`;
}
