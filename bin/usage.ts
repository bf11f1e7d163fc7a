/** Wrong usage: one line that says what was wrong and what to do. The process ends with status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The run could not be done or finished. The process ends with status 3. */
export class RunError extends Error {
  override readonly name = 'RunError';
}

/** The exit statuses; a contract. */
export const exitStatus = { fine: 0, failed: 1, usage: 2, unfinished: 3 } as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];
