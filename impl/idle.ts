import type { Effect } from '../model/connection.js';
import { keptFor, toldAfterUpgrade } from '../model/timeout-connection.js';
import { heardTimeouts } from '../model/timeout-header.js';
import { idleLeft, type Passing, trafficAfter, trafficFrom } from '../model/timeout-idle.js';
import { statusCodes } from '../spec/status-codes.js';
import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { opcodes } from '../spec/wire.js';
import type { Endpoint } from './endpoint.js';
import type { Watcher } from './watcher.js';

/** Ends a connection that has been idle for as long as the endpoint said that it keeps one. */
export interface IdleGuard {
  /** Sees what passes, and passes it on to the watcher that it was given. */
  readonly watcher: Watcher;
  /** To be told of every effect. */
  readonly onEffect: (effect: Effect, endpoint: Endpoint) => void;
}

/** An idle connection is kept this much longer, in milliseconds, for the other side may count from a little later. */
export const idleGrace = 100;

/** The longest time that a timer of the system can run. */
const longestTimer = 2 ** 31 - 1;

/**
 * Guards an upgraded connection (http-timeout-00/4.2/can-apply): from the moment it is open, and until its closing
 * begins. It starts the closing handshake with 1001, or ends TCP by reading R-3039 `drop`.
 * @param seconds the Connection-Timeout of this endpoint; `undefined` keeps idle connections for ever
 */
export function guardIdle(
  seconds: number | undefined,
  choices: Partial<ReadingChoices> = {},
  inner: Watcher = {},
): IdleGuard {
  const readings = { ...defaultReadings, ...choices };
  const told = toldAfterUpgrade(seconds, false, readings);
  if (told === undefined) return { watcher: inner, onEffect: () => undefined };
  let heard: number | undefined;
  let traffic = trafficFrom(Date.now());
  let timer: NodeJS.Timeout | undefined;

  const pass = (direction: Passing['direction'], isPing = false): void => {
    traffic = trafficAfter(traffic, { direction, isPing, at: Date.now() }, readings);
  };
  const check = (endpoint: Endpoint): void => {
    if (endpoint.phase() !== 'open') return;
    const kept = keptFor(told, heard, readings);
    const left = idleLeft(traffic, kept, Date.now(), readings);
    if (left > 0) {
      timer = setTimeout(check, Math.min(left + idleGrace, longestTimer), endpoint);
    } else if (readings.endOfIdle === 'close') {
      endpoint.close({ status: statusCodes.goingAway, reason: `idle for ${kept} seconds` });
    } else {
      endpoint.drop();
    }
  };
  const countsBytes = readings.pingWhenIdle === 'keep';
  return {
    watcher: {
      onBytes: (from, bytes) => {
        if (countsBytes) pass(from === 'local' ? 'sent' : 'received');
        inner.onBytes?.(from, bytes);
      },
      onEffect: (effect) => {
        if (!countsBytes) passFrame(effect, pass);
        inner.onEffect?.(effect);
      },
      onTransport: (how) => {
        inner.onTransport?.(how);
      },
    },
    onEffect: (effect, endpoint) => {
      if (effect.type === 'requested') heard = heardTimeouts(effect.request.fields, readings).connection;
      if (effect.type === 'opened') {
        pass('sent');
        pass('received');
        check(endpoint);
      }
      if (effect.type === 'closed') clearTimeout(timer);
    },
  };
}

/** By reading R-3025 `do-not` frames are told apart. */
function passFrame(effect: Effect, pass: (direction: Passing['direction'], isPing: boolean) => void): void {
  const isPing = (opcode: number): boolean => opcode === opcodes.ping || opcode === opcodes.pong;
  if (effect.type === 'write-frame') pass('sent', isPing(effect.frame.opcode));
  if (effect.type === 'frame-read') pass('received', isPing(effect.decoded.frame.opcode));
}
