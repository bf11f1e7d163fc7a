import type { ConformanceCase } from '../verifier/case.js';

/** Every case for servers, in the order of the chapters. */
export const serverCases: readonly ConformanceCase[] = [];
