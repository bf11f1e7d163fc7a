/**
 * Since when a connection is idle (http-timeout-00 section 4). Each host counts by its own clock, from the last byte
 * that it sent or received itself (reading R-3035); bytes are those that TCP delivers (reading R-3024), and whether a
 * response is awaited does not matter (reading R-3023).
 */
import { defaultReadings, type ReadingChoices } from '../spec/readings.js';

/** What a host remembers of the traffic on a connection: times in milliseconds, of one clock. */
export interface Traffic {
  readonly sentAt: number;
  readonly receivedAt: number;
}

/** What passed on a connection. */
export interface Passing {
  readonly direction: 'sent' | 'received';
  /** Whether it was Pings and Pongs only, on an upgraded connection. */
  readonly isPing?: boolean;
  readonly at: number;
}

/** The traffic on a connection that has just been opened. */
export function trafficFrom(at: number): Traffic {
  return { sentAt: at, receivedAt: at };
}

/** The traffic after something more has passed (http-timeout-00/4/idle; Pings by reading R-3025). */
export function trafficAfter(
  traffic: Traffic,
  { direction, isPing = false, at }: Passing,
  { pingWhenIdle }: ReadingChoices = defaultReadings,
): Traffic {
  if (isPing && pingWhenIdle === 'do-not') return traffic;
  return direction === 'sent' ? { ...traffic, sentAt: at } : { ...traffic, receivedAt: at };
}

/** Since when the connection is idle: since data last went either way (reading R-3022). */
export function idleSince(
  { sentAt, receivedAt }: Traffic,
  { idleDirection }: ReadingChoices = defaultReadings,
): number {
  return idleDirection === 'neither-way' ? Math.max(sentAt, receivedAt) : Math.min(sentAt, receivedAt);
}

/**
 * How many milliseconds are left until a connection has been idle for as long as it is kept; none left is 0.
 * @param kept seconds
 */
export function idleLeft(
  traffic: Traffic,
  kept: number,
  now: number,
  readings: ReadingChoices = defaultReadings,
): number {
  return Math.max(0, idleSince(traffic, readings) + kept * 1000 - now);
}
