import { serializeTimeout, timeoutHeaderNames } from '../model/timeout-header.js';
import type { HttpAnswer } from './http-answer.js';
import type { HttpLimits } from './http-exchange.js';
import { idleGrace } from './idle.js';

/** The longest time that a timer of the system can run. */
const longestTimer = 2 ** 31 - 1;

/** How long a connection of ordinary HTTP is kept when the server tells this Connection-Timeout, in seconds. */
export function idleLimitOf(idleTimeout: number | undefined): Partial<HttpLimits> {
  return idleTimeout === undefined ? {} : { idle: Math.min(idleTimeout * 1000 + idleGrace, longestTimer) };
}

/**
 * Puts Connection-Timeout into answers, and its token into Connection (http-timeout-00/4/connection-token). It is for
 * answers behind which the connection stays: elsewhere it would mean nothing (reading R-3037).
 * @throws RangeError when it is no whole number of seconds
 */
export function tellIdleTimeout(idleTimeout: number | undefined): ((answer: HttpAnswer) => HttpAnswer) | undefined {
  if (idleTimeout === undefined) return undefined;
  const { connection: name } = timeoutHeaderNames;
  const field = { name, value: serializeTimeout(idleTimeout) };
  return ({ fields = [], hopByHop = [], ...answer }) => ({
    ...answer,
    fields: [...fields, field],
    hopByHop: [...hopByHop, name],
  });
}
