import { test } from 'vitest';
import type { ClauseId } from '../../spec/clauses.js';

/**
 * A test whose name is a law, with the clauses that it checks. The list is read by the traceability matrix.
 * @param name what holds, as a sentence
 * @param clauses ids of the clauses that the law checks
 * @param check the test; properties run by `fc.assert` inside it, so that a failure prints its seed
 */
export function law(
  name: string,
  clauses: readonly [ClauseId, ...ClauseId[]],
  check: () => void | Promise<void>,
): void {
  test(`${name} [${clauses.join(', ')}]`, check);
}
