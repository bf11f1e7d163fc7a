/**
 * How long is waited for a response: by the client that asks, and by the origin server that answers (http-timeout-00
 * section 3). All times are in seconds.
 *
 *     client   |<------------------- waits ------------------->|
 *              |  way  |<------ Request-Timeout ------>|  way  |
 *     server           |<------- may take ------------>|
 *              allowance = both ways together
 */
import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { boundsOfRequest, secondsOf } from './timeout-header.js';

/** What a client goes by when it sets Request-Timeout. */
export interface Patience {
  /** How long it is prepared to wait, from the end of its request to the beginning of the response. */
  readonly waits: number;
  /** What the network and intermediaries may take of that. Default 0: the time is not critical. */
  readonly allowance?: number;
  /** The Connection-Timeout that it sends along. */
  readonly connection?: number;
  /** The Connection-Timeout that the other side gave, for reading R-3002. */
  readonly heard?: number;
}

/**
 * The Request-Timeout of a client: as long as it waits, less what the way may take, and no more than Connection-Timeout.
 * It is rounded down, so that the server is never promised more than there is.
 */
export function requestTimeoutOf(patience: Patience, readings: ReadingChoices = defaultReadings): number {
  const { waits, allowance = 0, connection, heard } = patience;
  const wanted = Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.floor(waits - allowance)));
  // http-timeout-00/3/not-above-connection-timeout
  const bounds = boundsOfRequest(connection, heard, readings).map((bound) => secondsOf(bound, readings));
  return Math.min(wanted, ...bounds);
}

/**
 * How long a client that sent a Request-Timeout waits: the time that it gave the server, and what the way may take
 * (http-timeout-00/3/client-allows-for-delays). By reading R-3033 `unlimited` that may be `Infinity`.
 */
export function waitOf(requestTimeout: number, allowance = 0, readings: ReadingChoices = defaultReadings): number {
  return secondsOf(requestTimeout, readings) + allowance;
}

/**
 * How long an origin server may take, from the end of the request to the beginning of its response.
 * @param request the Request-Timeout that came; `undefined` when none did, and the server goes by its own time
 *   (http-timeout-00/3.1/server-may-guess)
 * @param own the longest time by the server's policy (http-timeout-00/3/server-may-lower); `Infinity` for none
 */
export function serverTimeOf(
  request: number | undefined,
  own: number,
  readings: ReadingChoices = defaultReadings,
): number {
  return request === undefined ? own : Math.min(secondsOf(request, readings), own);
}
