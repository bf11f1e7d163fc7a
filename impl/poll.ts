import { heardTimeouts } from '../model/timeout-header.js';
import { serverTimeOf } from '../model/timeout-waiting.js';
import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { type HttpAnswer, problem } from './http-answer.js';
import type { Route } from './http-routes.js';

/** How requests are held at `/poll`. */
export interface PollOptions {
  /** Seconds for which a request is held at most, whatever its Request-Timeout says. Default 30. */
  readonly longest?: number;
  /** Requests that are held at the same time; further ones get 503. Default 100. */
  readonly maxHeld?: number;
  readonly readings?: Partial<ReadingChoices>;
}

/** An answer begins this much before its time is over, in milliseconds, so that it is in time. */
const haste = 100;

/**
 * `GET /poll`: a long poll, as the introduction of http-timeout-00 tells of it. A request is held for as long as its
 * Request-Timeout and the server allow, from its receipt on (http-timeout-00/3/server-interprets), and answered with 204
 * then. With `?after=SECONDS` something happens after so many seconds: when that comes first, the answer is 200.
 *
 * A client that goes away frees its place, and a server that stops answers at once. A request behind others in a
 * pipeline is timed from its turn on: it is read then, and may so be late (http-timeout-00/3/server-may-be-late).
 */
export function pollRoute({ longest = 30, maxHeld = 100, readings = {} }: PollOptions = {}): Route {
  const choices = { ...defaultReadings, ...readings };
  let held = 0;
  return {
    path: '/poll',
    says: 'holds a request for as long as its Request-Timeout says, at most for some time',
    answer: async ({ head, query, signal }) => {
      const after = query.get('after');
      if (after !== null && !/^\d{1,9}$/.test(after))
        return problem(400, 'Bad Request', 'after is a number of seconds');
      if (held >= maxHeld) {
        const fields = [{ name: 'Retry-After', value: '1' }];
        return problem(503, 'Service Unavailable', 'too many requests are held', fields);
      }
      // http-timeout-00/3/server-may-lower; without the field the server goes by its own time (3.1/server-may-guess).
      const time = serverTimeOf(heardTimeouts(head.fields, choices).request, longest, choices);
      const happens = after === null ? Infinity : Number(after);
      held++;
      await waited(Math.max(0, Math.min(time * 1000 - haste, happens * 1000)), signal);
      held--;
      return happens * 1000 <= time * 1000 - haste ? happened : nothing;
    },
  };
}

const nothing: HttpAnswer = { status: 204, reason: 'No Content' };
const happened: HttpAnswer = { status: 200, reason: 'OK', body: 'it happened\n' };

/** Waits for some milliseconds, or until the signal aborts. */
function waited(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal.addEventListener('abort', finish);
    if (signal.aborted) finish();
  });
}
