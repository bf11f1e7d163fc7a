import fc from 'fast-check';

/** The same chance for every mutant, so that a score says something about the laws and nothing about luck. */
const seed = 6;

/**
 * `fc.assert` with few runs, one seed, and no search for the smallest counterexample: that there is one is enough.
 * @param most runs of a property at most
 */
export function assertWith(most: number) {
  return <Values>(
    property: fc.IProperty<Values> | fc.IAsyncProperty<Values>,
    parameters: fc.Parameters<Values> = {},
  ): void | Promise<void> => {
    const numRuns = Math.min(parameters.numRuns ?? most, most);
    const told = { ...parameters, seed, numRuns, endOnFailure: true };
    // One of the overloads promises and the other does not; the property says which it is.
    return (fc.assert as (some: typeof property, told: fc.Parameters<Values>) => void | Promise<void>)(property, told);
  };
}
