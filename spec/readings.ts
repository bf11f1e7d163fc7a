import { closingParameters } from './parameters/closing.js';
import { framingParameters } from './parameters/framing.js';
import { openingParameters } from './parameters/opening.js';
import { utf8Parameters } from './parameters/utf-8.js';

export type { Reading } from './readings/reading.js';

/** The readings that are parameters of the model, by the name of the parameter. */
export const readings = {
  ...framingParameters,
  ...openingParameters,
  ...utf8Parameters,
  ...closingParameters,
} as const;

/** The name of a reading that is a parameter. */
export type ReadingName = keyof typeof readings;

/** One option chosen for each reading. */
export type ReadingChoices = { readonly [Name in ReadingName]: keyof (typeof readings)[Name]['options'] };

/** The options that hold unless others are asked for. */
export const defaultReadings: ReadingChoices = Object.fromEntries(
  Object.entries(readings).map(([name, reading]) => [name, reading.chosen]),
) as unknown as ReadingChoices;
