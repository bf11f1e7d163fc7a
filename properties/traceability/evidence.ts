import type { Fault } from '../faults/fault.js';
import type { ConformanceCase } from '../verifier/case.js';
import { serverCases } from '../conformance/index.js';
import { faults } from './faults.js';
import { type Law, laws } from './laws.js';

/** What may touch a clause. */
export interface Evidence {
  readonly laws: readonly Law[];
  readonly cases: readonly ConformanceCase[];
  readonly faults: readonly Fault[];
}

/** All that the project has. */
export const allEvidence: Evidence = { laws, cases: serverCases, faults };
