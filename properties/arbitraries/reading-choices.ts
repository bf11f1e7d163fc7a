import fc from 'fast-check';
import { defaultReadings, type ReadingChoices, type ReadingName, readings } from '../../spec/readings.js';
import type { Reading } from '../../spec/readings/reading.js';

/**
 * One option for every reading that is a parameter, each as likely as any other; shrinks towards the options that hold
 * by default.
 * @param names the parameters that vary; the others keep their defaults. Default: all
 */
export function readingChoices(
  names: readonly ReadingName[] = Object.keys(readings) as ReadingName[],
): fc.Arbitrary<ReadingChoices> {
  const optionsOf = ({ options, chosen }: Reading): fc.Arbitrary<string> =>
    fc.constantFrom(chosen, ...Object.keys(options).filter((option) => option !== chosen));
  const varied = Object.fromEntries(names.map((name) => [name, optionsOf(readings[name])]));
  return fc.record(varied, { noNullPrototype: true }).map((chosen) => ({ ...defaultReadings, ...chosen }));
}
