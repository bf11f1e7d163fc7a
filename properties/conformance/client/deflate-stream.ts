import type { ClientCase } from '../../verifier/case.js';
import { compressedCases } from '../deflate-stream.js';
import { clientCaseOf } from '../deflate-talk.js';

/** Section 8.2.1: compression, once a client has offered it. */
export const clientDeflateStreamCases: readonly ClientCase[] = compressedCases.map(clientCaseOf);
