import type { Role } from '../../model/role.js';
import type { CaseResult } from '../verifier/run.js';

/** Hexadecimal digits of one line. */
const shownDigits = 96;

/**
 * What was said on the connections of a case, as a person reads it: a line for each chunk, with when, who, what, and the
 * bytes; then what was found.
 * @param peer the role of the implementation under test
 */
export function transcriptOf({ wire, findings }: Pick<CaseResult, 'wire' | 'findings'>, peer: Role): readonly string[] {
  const lines = wire.flatMap(({ atMs, from, hex, note }) => {
    const who = from === 'tester' ? 'tester' : peer;
    const bytes = hex.length > shownDigits ? `${hex.slice(0, shownDigits)}…` : hex;
    return [`${String(atMs).padStart(6)} ms  ${who}  ${note}`, `                   ${bytes}`];
  });
  return [...lines, ...findings.map(({ verdict, clause, observed }) => `${verdict}: ${observed} (${clause})`)];
}
