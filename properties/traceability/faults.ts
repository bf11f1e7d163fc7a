import { clauseOf } from '../../spec/clauses.js';
import { clientClosingFaults } from '../faults/client-closing.js';
import { clientControlFaults } from '../faults/client-control.js';
import { clientFramingFaults } from '../faults/client-framing.js';
import { clientMaskingFaults } from '../faults/client-masking.js';
import { clientOpeningFaults } from '../faults/client-opening.js';
import { clientResponseFaults } from '../faults/client-response.js';
import { controlFaults } from '../faults/control.js';
import { deflateFaults } from '../faults/deflate.js';
import type { Fault } from '../faults/fault.js';
import { framingFaults } from '../faults/framing.js';
import { openingFaults } from '../faults/opening.js';
import { timeoutFaultyClients, timeoutFaultyServers } from '../faults/timeouts.js';
import type { CaseFacts, ClientCase, ConformanceCase } from '../verifier/case.js';
import { type Weight, weightOf } from '../verifier/finding.js';
import { runCase, runClientCase } from '../verifier/run.js';
import type { Target } from '../verifier/tester.js';

/** Every deliberate fault, by section. */
export const faults: readonly Fault[] = [
  ...openingFaults,
  ...framingFaults,
  ...controlFaults,
  ...deflateFaults,
  ...timeoutFaultyServers,
  ...clientOpeningFaults,
  ...clientResponseFaults,
  ...clientMaskingFaults,
  ...clientFramingFaults,
  ...clientControlFaults,
  ...clientClosingFaults,
  ...timeoutFaultyClients,
];

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

/** The cases for each role. */
export interface CasesByRole {
  readonly server: readonly ConformanceCase[];
  readonly client: readonly ClientCase[];
}

/**
 * Puts the claim of cases to the test: each that names the clause of a fault is run against it, in memory. A finding on
 * the clause counts at whatever weight its level allows, but a case that cannot tell has not noticed.
 */
export async function noticeFault(fault: Fault, cases: CasesByRole): Promise<Noticed> {
  const by: string[] = [];
  const notBy: string[] = [];
  const runs =
    fault.role === 'server'
      ? cases.server.filter(names(fault)).map((each) => () => runCase(each, fault.peer(), target, seed))
      : cases.client.filter(names(fault)).map((each) => () => {
          const run = { client: fault.client(), target: { timeout: target.timeout }, requests: [] };
          return runClientCase(each, run, seed);
        });
  for (const run of runs) {
    const { id, findings } = await run();
    const blames = findings.some(({ clause, verdict }) => clause === fault.clause && isBlame(fault, verdict));
    (blames ? by : notBy).push(id);
  }
  return { by, notBy };
}

/**
 * Servers are blamed by notes as well, which no case makes of a right one. What a right client does is noted in many
 * cases: there a note blames only where the clause grants leave, so that a note is all that there can be.
 */
function isBlame({ role, clause }: Fault, verdict: Weight): boolean {
  if (verdict !== 'informational' || role === 'server') return verdict !== 'inconclusive';
  return weightOf(clauseOf(clause).level) === 'informational';
}

const names =
  ({ clause }: Fault) =>
  ({ clauses }: CaseFacts): boolean =>
    clauses.includes(clause);
