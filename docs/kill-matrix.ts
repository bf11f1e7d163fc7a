import { killMatrix } from '../properties/kill-matrix/matrix.js';

/*
 * What the kill matrix says, for the pages: which cases catch a fault, and the other way round.
 */

const { faults } = killMatrix();

/** Whether the matrix has been computed. */
export const hasMatrix = faults.length > 0;

/** The cases that catch each fault: the quickest first, then the others in the order of the matrix. */
const byFault: ReadonlyMap<string, readonly string[]> = new Map(
  faults.map(({ name, quickest, blamed }) => [name, [...new Set([...quickest, ...Object.values(blamed).flat()])]]),
);

/** The faults that each case catches: first those that few others catch. */
const byCase: ReadonlyMap<string, readonly string[]> = turned(
  new Map([...byFault].sort(([, one], [, other]) => one.length - other.length)),
);

/** The cases that catch a fault. */
export const catchersOf = (fault: string): readonly string[] => byFault.get(fault) ?? [];

/** The faults that a case catches. */
export const caughtBy = (id: string): readonly string[] => byCase.get(id) ?? [];

function turned(lists: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [name, values] of lists) {
    for (const value of values) {
      const names = found.get(value);
      if (names === undefined) found.set(value, [name]);
      else names.push(name);
    }
  }
  return found;
}
