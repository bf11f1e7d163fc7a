import type { Line } from '../verifier/line.js';

/** A line with a clock for one that says "silence" before the time is over: its silence takes the time that was given. */
export function keepingTime(line: Line): Line {
  let ahead = 0;
  const now = (): number => line.now() + ahead;
  return {
    ...line,
    now,
    next: async (timeout) => {
      const start = now();
      const event = await line.next(timeout);
      if (event.type === 'silence' && Number.isFinite(timeout)) ahead += Math.max(0, start + timeout - now());
      return event;
    },
  };
}
