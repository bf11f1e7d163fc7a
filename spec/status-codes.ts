import type { ClauseId } from './clauses.js';

/** The defined status codes of a Close (draft-06 section 7.4.1). 1004 is "too large" here, unlike in later texts. */
export const statusCodes = {
  normal: 1000,
  goingAway: 1001,
  protocolError: 1002,
  unacceptableData: 1003,
  tooLarge: 1004,
} as const;

export type StatusCodeName = keyof typeof statusCodes;

/** What may be made of a range of status codes (draft-06 section 7.4.2). */
export interface StatusCodeRange {
  readonly from: number;
  readonly to: number;
  readonly use: 'unused' | 'protocol' | 'extensions' | 'libraries' | 'applications' | 'unmentioned';
  readonly clause: ClauseId;
}

/** All 65,536 values of the two bytes, in ranges. The text ends at 4999; what lies above it is reading R-703. */
export const statusCodeRanges: readonly StatusCodeRange[] = [
  { from: 0, to: 999, use: 'unused', clause: 'draft-06/7.4.2/0-999-unused' },
  { from: 1000, to: 1999, use: 'protocol', clause: 'draft-06/7.4.2/1000-1999-protocol' },
  { from: 2000, to: 2999, use: 'extensions', clause: 'draft-06/7.4.2/2000-2999-extensions' },
  { from: 3000, to: 3999, use: 'libraries', clause: 'draft-06/7.4.2/3000-3999-libraries' },
  { from: 4000, to: 4999, use: 'applications', clause: 'draft-06/7.4.2/4000-4999-applications' },
  { from: 5000, to: 65535, use: 'unmentioned', clause: 'draft-06/4.5.1/body-starts-with-status' },
];
