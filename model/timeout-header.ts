/** Request-Timeout and Connection-Timeout: how long a client waits, and how long an idle connection is kept (http-timeout-00). */
import type { ClauseId } from '../spec/clauses.js';
import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { parseTokenList } from './header-list.js';
import { asciiLowerCase, fieldValues, type HeaderField } from './http-head.js';

/** The names of the two header fields. */
export const timeoutHeaderNames = { request: 'Request-Timeout', connection: 'Connection-Timeout' } as const;

/** The token by which Connection names Connection-Timeout, in lower case. */
export const connectionToken = asciiLowerCase(timeoutHeaderNames.connection);

/** The timeouts that a head tells, in seconds. */
export interface Timeouts {
  readonly request?: number;
  readonly connection?: number;
}

/** What can be wrong with the timeouts of a head, or with what becomes of them on the way. The keys are the stable codes. */
export const timeoutFaults = {
  'bad-request-timeout': 'http-timeout-00/3/timeout-value',
  'bad-connection-timeout': 'http-timeout-00/4/grammar',
  'connection-token-missing': 'http-timeout-00/4/connection-token',
  'above-connection-timeout': 'http-timeout-00/3/not-above-connection-timeout',
  'forwarded-above-connection-timeout': 'http-timeout-00/4/intermediary-request-timeout',
  increased: 'http-timeout-00/3/not-increased',
  removed: 'http-timeout-00/3/not-removed',
  'not-added': 'http-timeout-00/4/intermediary-request-timeout',
} as const satisfies Readonly<Record<string, ClauseId>>;

export type TimeoutFault = keyof typeof timeoutFaults;

/**
 * The number of seconds that a value names.
 *
 *     timeout-value = 1*DIGIT                                                  ; http-timeout-00 section 3
 *
 * Leading zeros do not count. The grammar has no upper end: what is too large to be exact is read as the largest number
 * that is, or passed over (reading R-3034).
 * @param value a field value, without LWS around it
 * @returns `undefined` when the grammar does not match
 * @example parseTimeout('300') // 300
 */
export function parseTimeout(value: string, readings: ReadingChoices = defaultReadings): number | undefined {
  if (!/^[0-9]+$/.test(value)) return undefined;
  const seconds = Number(value);
  if (Number.isSafeInteger(seconds)) return seconds;
  return readings.hugeTimeout === 'largest' ? Number.MAX_SAFE_INTEGER : undefined;
}

/**
 * The value that names a number of seconds.
 * @throws RangeError when it is not an integer from 0 to `Number.MAX_SAFE_INTEGER`
 */
export function serializeTimeout(seconds: number): string {
  if (!Number.isSafeInteger(seconds) || seconds < 0) throw new RangeError(`${seconds} is no number of seconds`);
  return String(seconds);
}

/** The seconds that a value stands for: by reading R-3033 `unlimited` those of 0 have no end, and are `Infinity`. */
export function secondsOf(value: number, readings: ReadingChoices = defaultReadings): number {
  return value === 0 && readings.zeroTimeout === 'unlimited' ? Infinity : value;
}

/** Whether one value stands for a longer time than another. */
export function isLonger(one: number, other: number, readings: ReadingChoices = defaultReadings): boolean {
  return secondsOf(one, readings) > secondsOf(other, readings);
}

/** The words of Connection, in lower case. A Connection that is no list has none, and spoils no other. */
export function connectionOptions(fields: readonly HeaderField[]): readonly string[] {
  return fieldValues(fields, 'Connection').flatMap((value) => (parseTokenList([value]) ?? []).map(asciiLowerCase));
}

/**
 * The value of a header field that is a single integer.
 * @returns `undefined` when there is none, or none that can be understood (readings R-3031, R-3032, R-3034)
 */
export function timeoutValue(
  fields: readonly HeaderField[],
  name: (typeof timeoutHeaderNames)[keyof typeof timeoutHeaderNames],
  readings: ReadingChoices = defaultReadings,
): number | undefined {
  const joined = fieldValues(fields, name).join(',');
  if (readings.repeatedTimeout === 'malformed') return parseTimeout(joined, readings);
  const values = joined.split(',').map((value) => parseTimeout(value.trim(), readings));
  // One that is no timeout spoils the list: there is no telling which was meant.
  const known = values.filter((value) => value !== undefined);
  if (known.length !== values.length) return undefined;
  return readings.repeatedTimeout === 'first' ? known[0] : Math.min(...known);
}

/** The Connection-Timeout of a head, or what is wrong with it; `undefined` when there is none. */
export function readConnectionTimeout(
  fields: readonly HeaderField[],
  readings: ReadingChoices = defaultReadings,
): number | TimeoutFault | undefined {
  if (fieldValues(fields, timeoutHeaderNames.connection).length === 0) return undefined;
  const connection = timeoutValue(fields, timeoutHeaderNames.connection, readings);
  if (connection === undefined) return 'bad-connection-timeout';
  // http-timeout-00/4/connection-token
  return connectionOptions(fields).includes(connectionToken) ? connection : 'connection-token-missing';
}

/**
 * The timeouts of the head of a request, or the first thing that is wrong with them.
 * @param heard the Connection-Timeout that the other side gave before, for reading R-3002
 */
export function readTimeouts(
  fields: readonly HeaderField[],
  readings: ReadingChoices = defaultReadings,
  heard?: number,
): Timeouts | TimeoutFault {
  const request = timeoutValue(fields, timeoutHeaderNames.request, readings);
  if (request === undefined && fieldValues(fields, timeoutHeaderNames.request).length > 0) return 'bad-request-timeout';
  const connection = readConnectionTimeout(fields, readings);
  if (typeof connection === 'string') return connection;
  // http-timeout-00/3/not-above-connection-timeout
  const bounds = boundsOfRequest(connection, heard, readings);
  if (request !== undefined && bounds.some((bound) => isLonger(request, bound, readings))) {
    return 'above-connection-timeout';
  }
  return { ...(request === undefined ? {} : { request }), ...(connection === undefined ? {} : { connection }) };
}

/** The values that a client may not exceed in its Request-Timeout (readings R-3002 and R-3003). */
export function boundsOfRequest(
  own: number | undefined,
  heard: number | undefined,
  { requestTimeoutBound }: ReadingChoices = defaultReadings,
): readonly number[] {
  const bounds = { own: [own], other: [heard], both: [own, heard] }[requestTimeoutBound];
  return bounds.filter((bound) => bound !== undefined);
}

/**
 * The timeouts that a host goes by. What is wrong is passed over, for one can do without (reading R-3032); so is a
 * Connection-Timeout that Connection does not name (reading R-3028).
 */
export function heardTimeouts(fields: readonly HeaderField[], readings: ReadingChoices = defaultReadings): Timeouts {
  const request = timeoutValue(fields, timeoutHeaderNames.request, readings);
  const isTied = readings.unlistedConnectionTimeout === 'use' || connectionOptions(fields).includes(connectionToken);
  const connection = isTied ? timeoutValue(fields, timeoutHeaderNames.connection, readings) : undefined;
  return { ...(request === undefined ? {} : { request }), ...(connection === undefined ? {} : { connection }) };
}
