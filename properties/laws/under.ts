import { defaultReadings, type ReadingChoices } from '../../spec/readings.js';

/** All readings with some options other than the default ones. */
export function under(choices: Partial<ReadingChoices>): ReadingChoices {
  return { ...defaultReadings, ...choices };
}
