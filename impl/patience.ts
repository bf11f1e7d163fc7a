import type { Timeouts } from '../model/timeout-header.js';
import { waitOf } from '../model/timeout-waiting.js';
import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import type { Durations } from './timers.js';

/** How long a client waits, and what it says about that. Times in seconds. */
export interface ClientPatience {
  readonly requestTimeout?: number;
  readonly connectionTimeout?: number;
  /** Default 2. */
  readonly delayAllowance?: number;
  readonly durations?: Partial<Durations>;
  readonly readings?: Partial<ReadingChoices>;
}

/** The longest time that a timer of the system can run. */
const longestTimer = 2 ** 31 - 1;

/** What the opening handshake tells. */
export function timeoutsOf({ requestTimeout, connectionTimeout }: ClientPatience): Timeouts {
  return {
    ...(requestTimeout === undefined ? {} : { request: requestTimeout }),
    ...(connectionTimeout === undefined ? {} : { connection: connectionTimeout }),
  };
}

/**
 * How long the timers run: where the server was told a time, the response is waited for so long, and as much longer as
 * the way may take (http-timeout-00/3/client-allows-for-delays), unless the caller says otherwise. Then the client gives
 * up, the connection with the request (reading R-3008).
 */
export function durationsOf(patience: ClientPatience): Partial<Durations> {
  const { requestTimeout, delayAllowance = 2, durations = {}, readings = {} } = patience;
  if (requestTimeout === undefined) return durations;
  const wait = waitOf(requestTimeout, delayAllowance, { ...defaultReadings, ...readings }) * 1000;
  return { handshake: Math.min(wait, longestTimer), ...durations };
}
