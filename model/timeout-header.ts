/** Request-Timeout and Connection-Timeout: how long a client waits, and how long an idle connection is kept (http-timeout-00). */
import type { ClauseId } from '../spec/clauses.js';
import { parseTokenList } from './header-list.js';
import { equalsIgnoringAsciiCase, fieldValues, type HeaderField } from './http-head.js';

/** The names of the two header fields. */
export const timeoutHeaderNames = { request: 'Request-Timeout', connection: 'Connection-Timeout' } as const;

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
} as const satisfies Readonly<Record<string, ClauseId>>;

export type TimeoutFault = keyof typeof timeoutFaults;

/**
 * The number of seconds that a value names.
 *
 *     timeout-value = 1*DIGIT                                                  ; http-timeout-00 section 3
 *
 * Leading zeros do not count. The grammar has no upper end: what is too large to be exact is read as the largest number
 * that is.
 * @param value a field value, without LWS around it
 * @returns `undefined` when the grammar does not match
 * @example parseTimeout('300') // 300
 */
export function parseTimeout(value: string): number | undefined {
  return /^[0-9]+$/.test(value) ? Math.min(Number(value), Number.MAX_SAFE_INTEGER) : undefined;
}

/**
 * The value that names a number of seconds.
 * @throws RangeError when it is not an integer from 0 to `Number.MAX_SAFE_INTEGER`
 */
export function serializeTimeout(seconds: number): string {
  if (!Number.isSafeInteger(seconds) || seconds < 0) throw new RangeError(`${seconds} is no number of seconds`);
  return String(seconds);
}

/**
 * The timeouts of a head, or the first thing that is wrong with them. Neither header field is a list, so that two of
 * one name are no value.
 */
export function readTimeouts(fields: readonly HeaderField[]): Timeouts | TimeoutFault {
  const requests = fieldValues(fields, timeoutHeaderNames.request);
  const connections = fieldValues(fields, timeoutHeaderNames.connection);
  const request = parseTimeout(requests.join(', '));
  const connection = parseTimeout(connections.join(', '));
  if (requests.length > 0 && request === undefined) return 'bad-request-timeout';
  if (connections.length > 0 && connection === undefined) return 'bad-connection-timeout';
  if (connection !== undefined) {
    const options = parseTokenList(fieldValues(fields, 'Connection')) ?? [];
    const isListed = options.some((token) => equalsIgnoringAsciiCase(token, timeoutHeaderNames.connection));
    if (!isListed) return 'connection-token-missing';
    if (request !== undefined && request > connection) return 'above-connection-timeout';
  }
  return { ...(request === undefined ? {} : { request }), ...(connection === undefined ? {} : { connection }) };
}

/**
 * What an intermediary does wrong with the Request-Timeout of a request that it forwards.
 * @param received the value that came, `undefined` when there was none
 * @param forwarded the value that is sent on, `undefined` when there is none
 * @param given the Connection-Timeout that the intermediary itself gives, where it gives one
 */
export function forwardingFault(
  received: number | undefined,
  forwarded: number | undefined,
  given?: number,
): TimeoutFault | undefined {
  if (received !== undefined && forwarded === undefined) return 'removed';
  if (received !== undefined && forwarded !== undefined && forwarded > received) return 'increased';
  if (forwarded !== undefined && given !== undefined && forwarded > given) return 'forwarded-above-connection-timeout';
  return undefined;
}
