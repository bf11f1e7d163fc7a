import type { ClientCase } from '../../verifier/case.js';
import { clientControlFrameCases } from './control-frames.js';
import { clientDeflateStreamCases } from './deflate-stream.js';
import { clientMaskingCases } from './masking.js';
import { clientResponseFieldCases } from './response-fields.js';

/**
 * Every case for clients, in the order of the chapters. Ids begin with `client-`, so that they never meet those of the
 * cases for servers.
 */
export const clientCases: readonly ClientCase[] = [
  ...clientResponseFieldCases,
  ...clientMaskingCases,
  ...clientControlFrameCases,
  ...clientDeflateStreamCases,
];
