/**
 * What stands between client and server, and what becomes of the two timeouts there (http-timeout-00 sections 3, 3.1, 4
 * and 4.1). Request-Timeout goes from end to end, Connection-Timeout from hop to hop.
 *
 *     kind           Request-Timeout                    Connection-Timeout
 *     knowing        lowered or added by its policy     read, discarded, its own set in its place
 *     unknowing      passed on, unless Connection       discarded where Connection names it, as HTTP 1.1 wants
 *                    names it
 *     transparent    passed on                          passed on, though it means another hop
 *     non-compliant  removed                            passed on, though it means another hop
 */
import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { asciiLowerCase, fieldValues, type HeaderField, type RequestHead, type ResponseHead } from './http-head.js';
import { withoutConnectionTimeout, withoutField, withTimeouts } from './timeout-fields.js';
import { connectionOptions, isLonger, secondsOf, timeoutHeaderNames, timeoutValue } from './timeout-header.js';

/** What an intermediary makes of the header fields of http-timeout-00. */
export type IntermediaryKind = 'knowing' | 'unknowing' | 'transparent' | 'non-compliant';

/** An intermediary and its policy; times in seconds. Only one that knows the header fields has any but `waits`. */
export interface Intermediary {
  readonly kind: IntermediaryKind;
  /** How long it waits for a response before it answers 504 itself. Default: for ever. */
  readonly waits?: number;
  /** The largest Request-Timeout that it passes on. Default: any. */
  readonly lowersTo?: number;
  /** Whether it gives a request without Request-Timeout the largest that it would pass on. Default false. */
  readonly adds?: boolean;
  /** The Connection-Timeout that it gives in requests, on the hop towards the server. */
  readonly towardsServer?: number;
  /** The Connection-Timeout that it gives in responses, on the hop towards the client. */
  readonly towardsClient?: number;
}

/**
 * A head as an intermediary passes it on. Only what http-timeout-00 speaks of changes: other header fields that are for
 * one hop, such as Upgrade, are for whoever forwards.
 */
export function forward<Head extends RequestHead | ResponseHead>(
  head: Head,
  intermediary: Intermediary,
  readings: ReadingChoices = defaultReadings,
): Head {
  const isRequest = head.kind === 'request';
  const kept = isRequest ? forwardRequestTimeout(head.fields, intermediary, readings) : head.fields;
  const given = isRequest ? intermediary.towardsServer : intermediary.towardsClient;
  return { ...head, fields: forwardConnectionTimeout(kept, intermediary.kind, given) };
}

function forwardConnectionTimeout(
  fields: readonly HeaderField[],
  kind: IntermediaryKind,
  given: number | undefined,
): readonly HeaderField[] {
  switch (kind) {
    case 'knowing':
      // http-timeout-00/4/hop-by-hop
      return withTimeouts(withoutConnectionTimeout(fields), given === undefined ? {} : { connection: given });
    case 'unknowing':
      // http-timeout-00/4/removed-by-the-unknowing: RFC 2616 section 14.10 has it discard what Connection names.
      return isNamed(fields, timeoutHeaderNames.connection) ? withoutConnectionTimeout(fields) : fields;
    case 'transparent':
    case 'non-compliant':
      // http-timeout-00/4.1/transparent
      return fields;
  }
}

function forwardRequestTimeout(
  fields: readonly HeaderField[],
  intermediary: Intermediary,
  readings: ReadingChoices,
): readonly HeaderField[] {
  switch (intermediary.kind) {
    case 'knowing':
      return lowered(fields, intermediary, readings);
    case 'unknowing':
      return isNamed(fields, timeoutHeaderNames.request) ? withoutField(fields, timeoutHeaderNames.request) : fields;
    case 'transparent':
      return fields;
    case 'non-compliant':
      // http-timeout-00/3.1/non-compliant
      return withoutField(fields, timeoutHeaderNames.request);
  }
}

/** Lowers Request-Timeout, or adds it. What is no timeout cannot be lowered, and is passed on as it is. */
function lowered(
  fields: readonly HeaderField[],
  intermediary: Intermediary,
  readings: ReadingChoices,
): readonly HeaderField[] {
  const bound = boundOf(intermediary, readings);
  if (bound === undefined) return fields;
  const isThere = fieldValues(fields, timeoutHeaderNames.request).length > 0;
  const value = timeoutValue(fields, timeoutHeaderNames.request, readings);
  // http-timeout-00/3/intermediary-may-add, reading R-3013
  const mustAdd = readings.missingRequestTimeout === 'add' && givenOf(intermediary, readings) !== undefined;
  const isAdded = !isThere && (intermediary.adds === true || mustAdd);
  // http-timeout-00/3/intermediary-may-reduce and http-timeout-00/4/intermediary-request-timeout
  const isLowered = value !== undefined && isLonger(value, bound, readings);
  return isAdded || isLowered ? withTimeouts(fields, { request: bound }) : fields;
}

/** The Connection-Timeout that bounds the requests which it forwards (reading R-3014). */
export function givenOf(
  { towardsServer, towardsClient }: Pick<Intermediary, 'towardsServer' | 'towardsClient'>,
  { boundingSide }: ReadingChoices = defaultReadings,
): number | undefined {
  return boundingSide === 'next-hop' ? towardsServer : towardsClient;
}

/** The largest Request-Timeout that it passes on; `undefined` when there is no such bound. */
function boundOf(intermediary: Intermediary, readings: ReadingChoices): number | undefined {
  const bounds = [intermediary.lowersTo, givenOf(intermediary, readings)].filter((bound) => bound !== undefined);
  const smallest = Math.min(...bounds.map((bound) => secondsOf(bound, readings)));
  return Number.isFinite(smallest) ? smallest : undefined;
}

function isNamed(fields: readonly HeaderField[], name: string): boolean {
  return connectionOptions(fields).includes(asciiLowerCase(name));
}
