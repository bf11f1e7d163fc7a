/** What an intermediary does wrong with the timeouts that pass it (http-timeout-00 sections 3 and 4). */
import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { fieldValues, type HeaderField } from './http-head.js';
import {
  isLonger,
  readConnectionTimeout,
  secondsOf,
  type TimeoutFault,
  timeoutHeaderNames,
  timeoutValue,
} from './timeout-header.js';

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
  readings: ReadingChoices = defaultReadings,
): TimeoutFault | undefined {
  if (forwarded === undefined) {
    if (received !== undefined) return 'removed';
    // Readings R-3013 and R-3033: what is unlimited bounds nothing that could be added.
    const isBounded = given !== undefined && Number.isFinite(secondsOf(given, readings));
    return isBounded && readings.missingRequestTimeout === 'add' ? 'not-added' : undefined;
  }
  if (received !== undefined && isLonger(forwarded, received, readings)) return 'increased';
  if (given !== undefined && isLonger(forwarded, given, readings)) return 'forwarded-above-connection-timeout';
  return undefined;
}

/** A request on both sides of an intermediary, as far as somebody beside it sees it. */
export interface Forwarded {
  /** The header fields that came, and those that went on. */
  readonly received: readonly HeaderField[];
  readonly forwarded: readonly HeaderField[];
  /** The Connection-Timeout that the intermediary gave towards the client, for reading R-3014 `client-side`. */
  readonly towardsClient?: number;
}

/**
 * What an intermediary does wrong with the timeouts of a request, told from both sides of it.
 *
 * A value that the client got wrong is the client's fault: passed on as it came, it is not the intermediary's. And a
 * Connection-Timeout on the far side is taken for the intermediary's own, because the same value may be its policy; but
 * then Connection has to name it.
 */
export function faultOfForwarded(
  { received, forwarded, towardsClient }: Forwarded,
  readings: ReadingChoices = defaultReadings,
): TimeoutFault | undefined {
  const connection = readConnectionTimeout(forwarded, readings);
  if (typeof connection === 'string') return passedOn(connection, received, readings);
  const { request: name } = timeoutHeaderNames;
  const cameTexts = fieldValues(received, name);
  const wentTexts = fieldValues(forwarded, name);
  if (cameTexts.length > 0 && wentTexts.length === 0) return 'removed';
  const came = timeoutValue(received, name, readings);
  const went = timeoutValue(forwarded, name, readings);
  if (went === undefined && wentTexts.length > 0) {
    return cameTexts.join(', ') === wentTexts.join(', ') ? undefined : 'bad-request-timeout';
  }
  const isNextHop = readings.boundingSide === 'next-hop';
  // Both as the client wrote them: that the one is above the other is its fault, not that of who passes them on.
  const isAsItCame =
    isNextHop && came !== undefined && came === went && readConnectionTimeout(received, readings) === connection;
  const given = isNextHop ? connection : towardsClient;
  return forwardingFault(came, went, isAsItCame ? undefined : given, readings);
}

/** A fault in Connection-Timeout, unless the client made it. */
function passedOn(
  fault: TimeoutFault,
  received: readonly HeaderField[],
  readings: ReadingChoices,
): TimeoutFault | undefined {
  return readConnectionTimeout(received, readings) === fault ? undefined : fault;
}
