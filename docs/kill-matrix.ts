/*
 * What the kill matrix says, for the pages: which cases catch a fault, and the other way round.
 */

/** A case that catches a fault, and the clauses that it blames for it. */
export interface Catch {
  readonly fault: string;
  readonly case: string;
  readonly clauses: readonly string[];
}

/** Every catch of the matrix. */
const catches: readonly Catch[] = [];

/** Whether the matrix has been computed. */
export const hasMatrix = catches.length > 0;

const byFault = index(({ fault }) => fault);
const byCase = index((each) => each.case);

/** The cases that catch a fault, in the order of the matrix. */
export const catchersOf = (fault: string): readonly Catch[] => byFault.get(fault) ?? [];

/** The faults that a case catches. */
export const caughtBy = (id: string): readonly Catch[] => byCase.get(id) ?? [];

function index(keyOf: (each: Catch) => string): ReadonlyMap<string, readonly Catch[]> {
  const found = new Map<string, Catch[]>();
  for (const each of catches) found.set(keyOf(each), [...(found.get(keyOf(each)) ?? []), each]);
  return found;
}
