import { controlFaults } from '../faults/control.js';
import type { Fault } from '../faults/fault.js';
import { framingFaults } from '../faults/framing.js';
import { openingFaults } from '../faults/opening.js';
import type { ConformanceCase } from '../verifier/case.js';
import { runCase } from '../verifier/run.js';
import type { Target } from '../verifier/tester.js';

/** Every deliberate fault, by section. */
export const faults: readonly Fault[] = [...openingFaults, ...framingFaults, ...controlFaults];

/** What came of a fault, by the ids of the cases that name its clause. */
export interface Noticed {
  /** They blame the clause. */
  readonly by: readonly string[];
  /** They name the clause and do not blame it for this. */
  readonly notBy: readonly string[];
}

const target: Target = {
  uri: { host: 'server.example', port: 8006, resourceName: '/', secure: false },
  subprotocols: [],
  fields: [],
  timeout: 1000,
};

/** A fault in memory needs no chance. */
const seed = 6;

/**
 * Puts the claim of cases to the test: each that names the clause of a fault is run against it, in memory. A finding on
 * the clause counts at whatever weight its level allows, but a case that cannot tell has not noticed.
 */
export async function noticeFault(fault: Fault, cases: readonly ConformanceCase[]): Promise<Noticed> {
  const by: string[] = [];
  const notBy: string[] = [];
  for (const testCase of cases) {
    if (!testCase.clauses.includes(fault.clause)) continue;
    const { id, findings } = await runCase(testCase, fault.peer(), target, seed);
    const blames = findings.some(({ clause, verdict }) => clause === fault.clause && verdict !== 'inconclusive');
    (blames ? by : notBy).push(id);
  }
  return { by, notBy };
}
