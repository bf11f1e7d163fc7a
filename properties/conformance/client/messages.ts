import type { ClientCase } from '../../verifier/case.js';
import { fragmentationCases } from '../fragmentation.js';
import { fragmentOrderCases } from '../fragment-order.js';
import { disconnectOfClient, fragmentsOfClient, sharedFreedomCases } from '../further-freedoms.js';
import { segmentationCasesFor } from '../segmentation.js';
import { casesFor } from '../shared-cases.js';

/** Sections 2, 4.1 and 4.4: messages, their fragments, and the segments of TCP that they come in. */
export const clientMessageCases: readonly ClientCase[] = [
  ...casesFor('client', [
    ...sharedFreedomCases,
    fragmentsOfClient,
    disconnectOfClient,
    ...fragmentationCases,
    ...fragmentOrderCases,
  ]),
  ...segmentationCasesFor('client'),
];
