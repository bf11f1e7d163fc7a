import { furtherControlCases } from '../conformance/further-control.js';
import { furtherExtensionCases } from '../conformance/further-extensions.js';
import { furtherFreedomCases } from '../conformance/further-freedoms.js';
import { furtherHeaderCases } from '../conformance/further-headers.js';
import { serverCases } from '../conformance/index.js';
import type { ConformanceCase } from '../verifier/case.js';

/** Every conformance case, once. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...new Set([
    ...serverCases,
    ...furtherHeaderCases,
    ...furtherExtensionCases,
    ...furtherControlCases,
    ...furtherFreedomCases,
  ]),
];
