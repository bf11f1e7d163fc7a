import type { Fault } from '../faults/fault.js';
import type { CaseFacts } from '../verifier/case.js';
import { clientCases, secureClientCases } from '../conformance/client/index.js';
import { secureServerCases, serverCases } from '../conformance/index.js';
import { intermediaryCases } from '../conformance/timeout-forwarders.js';
import { faults } from './faults.js';
import { type Law, laws } from './laws.js';

/** What may touch a clause. */
export interface Evidence {
  readonly laws: readonly Law[];
  /** Those for servers, then those for clients, then those for intermediaries. */
  readonly cases: readonly CaseFacts[];
  readonly faults: readonly Fault[];
}

/** All that the project has. */
export const allEvidence: Evidence = {
  laws,
  cases: [...serverCases, ...secureServerCases, ...clientCases, ...secureClientCases, ...intermediaryCases],
  faults,
};
