/** How long an idle connection is kept, and what the other side may rely on (http-timeout-00 sections 4 to 5). */
import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { secondsOf } from './timeout-header.js';

/**
 * The value that holds when a host tells another later on (http-timeout-00/4.1/host-may-revise, reading R-3030).
 * @param before what it told before; `undefined` when it told nothing
 * @param now what it tells now; `undefined` when it tells nothing
 */
export function latestTold(
  before: number | undefined,
  now: number | undefined,
  readings: ReadingChoices = defaultReadings,
): number | undefined {
  if (before === undefined || now === undefined) return before ?? now;
  switch (readings.laterConnectionTimeout) {
    case 'latest':
      return now;
    case 'first':
      return before;
    case 'smallest':
      return secondsOf(now, readings) < secondsOf(before, readings) ? now : before;
  }
}

/**
 * For how many seconds at least a host keeps an idle connection: for as long as it told, whatever the other side told
 * (reading R-3029).
 * @param own the Connection-Timeout that it sent
 * @param other the one that it received
 * @returns 0 for a host that told nothing, and `Infinity` by reading R-3033 `unlimited`
 */
export function keptFor(
  own: number | undefined,
  other: number | undefined,
  readings: ReadingChoices = defaultReadings,
): number {
  if (own === undefined) return 0;
  const seconds = secondsOf(own, readings);
  if (readings.twoConnectionTimeouts === 'own-word' || other === undefined) return seconds;
  return Math.min(seconds, secondsOf(other, readings));
}

/** An idle connection that a client would use again. Times in seconds. */
export interface IdleConnection {
  /** For how long the client has neither sent nor received anything on it. */
  readonly idle: number;
  /** For how long the other side keeps it at least: `keptFor` seen from there. */
  readonly kept: number;
  /** What the network may take: the other side's time may have begun earlier, and the request comes later. */
  readonly allowance: number;
}

/** Whether a client uses an idle connection again, with allowance for delays (http-timeout-00/4/client-allows-for-delays). */
export function isReusable({ idle, kept, allowance }: IdleConnection): boolean {
  return idle + allowance < kept;
}

/**
 * The Connection-Timeout that holds behind an upgrade (http-timeout-00/4.2/may-assume, reading R-3026).
 * @param told the one from before the upgrade
 * @param tellsIdleTimes whether the other protocol has a way of its own to tell idle timeouts; draft-06 has none
 */
export function toldAfterUpgrade(
  told: number | undefined,
  tellsIdleTimes: boolean,
  { timeoutAfterUpgrade }: ReadingChoices = defaultReadings,
): number | undefined {
  return tellsIdleTimes || timeoutAfterUpgrade === 'ends' ? undefined : told;
}

/** The Connection-Timeout to tell on a 101, whose Connection a client may want to be "Upgrade" alone (reading R-3027). */
export function toldOnAcceptance(
  told: number | undefined,
  { timeoutOnAcceptance }: ReadingChoices = defaultReadings,
): number | undefined {
  return timeoutOnAcceptance === 'both-tokens' ? told : undefined;
}

/** A connection that the other side has ended, as a host saw it. Times in seconds. */
export interface Ended {
  /** The Connection-Timeout that the other side told, if it did. */
  readonly told: number | undefined;
  /** For how long nothing had been sent or received. */
  readonly idle: number;
  /** What the network may have taken: within this time there is no telling whether data was still under way. */
  readonly allowance: number;
}

/**
 * What the end of a connection amounts to: `unpromised` when nothing was told, so that any time is right
 * (http-timeout-00/4.1/may-drop-any-time); `busy` when it was not idle, so that it may end at any time
 * (http-timeout-00/5/may-close-sooner); `early` against http-timeout-00/4/kept-as-long-as-said; `kept` otherwise, however
 * long that was (http-timeout-00/4/may-keep-longer).
 */
export function judgeEnd({ told, idle, allowance }: Ended): 'unpromised' | 'busy' | 'early' | 'kept' {
  if (told === undefined) return 'unpromised';
  if (idle + allowance >= told) return 'kept';
  return idle <= allowance ? 'busy' : 'early';
}
