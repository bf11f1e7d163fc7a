import fc from 'fast-check';

/** Runs of a property for one mutant: enough that what a law is about occurs, few enough for thousands of mutants. */
const mostRuns = 30;

/** The same chance for every mutant, so that a score says something about the laws and nothing about luck. */
const seed = 6;

type Assert = typeof fc.assert;

const assert: Assert = (property, parameters) =>
  fc.assert(property, { ...parameters, seed, numRuns: Math.min(parameters?.numRuns ?? mostRuns, mostRuns), endOnFailure: true }) as never;

/** fast-check with few runs and one seed; vitest.mutation.config.ts puts it in the place of fast-check. */
// eslint-disable-next-line no-restricted-syntax -- stands in for a default export
export default { ...fc, assert };
