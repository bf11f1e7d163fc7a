import fc from 'fast-check';

/** Runs of a property for one mutant: enough that what a law is about occurs, few enough for thousands of mutants. */
const mostRuns = 30;

/** The same chance for every mutant, so that a score says something about the laws and nothing about luck. */
const seed = 6;

/** `fc.assert` with few runs, one seed, and no search for the smallest counterexample: that there is one is enough. */
export function assertBriefly<Values>(
  property: fc.IProperty<Values> | fc.IAsyncProperty<Values>,
  parameters: fc.Parameters<Values> = {},
): void | Promise<void> {
  const numRuns = Math.min(parameters.numRuns ?? mostRuns, mostRuns);
  return fc.assert(property as fc.IProperty<Values>, { ...parameters, seed, numRuns, endOnFailure: true });
}
