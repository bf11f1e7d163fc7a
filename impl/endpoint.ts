import type { Socket } from 'node:net';
import type { Connection, ConnectionOptions, Effect, Input } from '../model/connection.js';
import { encodeFrame } from '../model/frame-encoder.js';
import { phaseOf, type Phase } from '../model/state-id.js';
import { createConnection, isPossible, readsFrames, step } from '../model/step.js';
import { commandsOf, type Commands } from './commands.js';
import { type Entropy, systemEntropy } from './entropy.js';
import { openTimed, type OpenTransport } from './opener.js';
import { createTimers, defaultDurations, type Durations } from './timers.js';
import type { Watcher } from './watcher.js';
import { createWays } from './ways.js';
import { defaultWriteTimeout } from './write-timeout.js';

/** What the outside of a connection supplies. */
export interface EndpointSurroundings {
  readonly durations?: Partial<Durations>;
  /** Milliseconds for which the other side may take nothing of what waits for it; then TCP is dropped. Default 60,000. */
  readonly writeTimeout?: number;
  readonly entropy?: Entropy;
  readonly watcher?: Watcher;
  /** Bytes that were read from the socket before it came here; the watcher is not told of them. */
  readonly received?: Uint8Array;
  /** The bytes of a head to write, where they differ from those of the model, which has no clock: for Date. */
  readonly stampHead?: (effect: Extract<Effect, { readonly type: 'write-head' }>) => Uint8Array;
  /** Called for every effect that is not input or output, after the connection has moved on. */
  readonly onEffect: (effect: Effect, endpoint: Endpoint) => void;
}

/** A running connection. Each method that sends throws RangeError when the state does not allow it. */
export interface Endpoint extends Commands {
  readonly phase: () => Phase;
  readonly connection: () => Connection;
  /** Whether a message may be sent now. */
  readonly canSend: () => boolean;
  /** Whether a Close has come that is still without an answer. */
  readonly owesClose: () => boolean;
  /**
   * Sends a sequence of frames, each no sooner than the system has room for it, so that a slow reader costs no memory
   * and other connections get their turn. Sequences follow each other, and nothing is read while one lasts. What is
   * left of it is dropped when nothing may be sent any more.
   */
  readonly sendPaced: (sends: Iterator<() => void>) => void;
}

/**
 * Runs a connection of the model on a socket: performs its effects, arms its timers, and feeds it what happens.
 * @param open makes the socket when the model asks for it (client), or is the socket itself (server)
 */
export function runEndpoint(
  options: ConnectionOptions,
  open: Socket | OpenTransport,
  surroundings: EndpointSurroundings,
): Endpoint {
  const { entropy = systemEntropy(), watcher = {}, writeTimeout = defaultWriteTimeout, onEffect } = surroundings;
  const timers = createTimers({ ...defaultDurations, ...surroundings.durations }, (timer) => {
    feed({ type: `timer.${timer}` });
  });
  let ended = false;

  // The model pauses behind each message, so that what a listener sends in reply goes out before anything that the
  // bytes behind the message bring about: an answer to a Close, or the end after a violation.
  const [created, firstEffects] = createConnection({ ...options, pausesAtMessages: true });
  let connection = created;

  // A listener may put something in while effects are being performed: the connection takes its step at once, so that
  // misuse throws where it happens, and its effects queue up behind those that are due.
  const due: Effect[] = [];
  let isPerforming = false;

  const feed = (input: Input): void => {
    const [moved, effects] = step(connection, input);
    connection = moved;
    performAll(effects);
  };

  const performAll = (effects: readonly Effect[]): void => {
    due.push(...effects);
    if (isPerforming) return;
    isPerforming = true;
    try {
      // The list grows while it is gone through.
      for (const effect of due) perform(effect);
    } finally {
      due.length = 0;
      isPerforming = false;
    }
    if (!readsFrames(connection)) ways.discard();
    ways.readOn();
  };

  const ways = createWays({
    ...{ watcher, writeTimeout, feed },
    connection: () => connection,
    isPerforming: () => isPerforming,
  });

  const perform = (effect: Effect): void => {
    watcher.onEffect?.(effect);
    switch (effect.type) {
      case 'open-transport':
        if (typeof open === 'function') openTimed(open, effect, timers, onOpened);
        break;
      case 'write-head':
        ways.write(surroundings.stampHead?.(effect) ?? effect.bytes);
        break;
      case 'write-frame': {
        const layout =
          options.role === 'client' ? { maskingKey: entropy.maskingKey(), readings: created.settings.readings } : {};
        ways.write(encodeFrame(effect.frame, layout, connection.inUse.frames));
        break;
      }
      case 'decode':
        ways.decode(effect.bytes);
        break;
      case 'end-transport':
        ended = true;
        ways.end();
        break;
      case 'destroy-transport':
        ended = true;
        ways.destroy();
        break;
      case 'arm-timer':
        timers.arm(effect.timer);
        break;
      case 'disarm-timer':
        timers.disarm(effect.timer);
        break;
      case 'opened':
        ways.transformBy(connection.inUse.transform?.());
        onEffect(effect, endpoint);
        break;
      case 'paused':
        if (!ways.holdsBack()) feed({ type: 'continue' });
        break;
      case 'http':
        // From here on the socket belongs to whoever answers the request.
        ways.detach();
        onEffect(effect, endpoint);
        break;
      default:
        onEffect(effect, endpoint);
    }
  };

  const onOpened = (opened: Socket | undefined): void => {
    if (opened === undefined) {
      feed({ type: 'transport.failed' });
    } else if (ended) {
      opened.destroy();
    } else {
      ways.attach(opened);
      // Whoever opened it may have read from it, and have stopped.
      opened.resume();
      feed({ type: opened.destroyed ? 'transport.failed' : 'transport.opened' });
    }
  };

  const endpoint: Endpoint = {
    phase: () => phaseOf(connection.state),
    connection: () => connection,
    canSend: () => isPossible(connection, 'local.send'),
    owesClose: () => connection.state === 'closing.remote-closing.owing-close',
    ...commandsOf(feed, created.settings.readings),
    sendPaced: ways.sendPaced,
  };

  performAll(firstEffects);
  if (typeof open !== 'function') {
    ways.attach(open);
    open.resume();
    if (surroundings.received !== undefined) feed({ type: 'bytes', bytes: surroundings.received });
    if (open.readableEnded) feed({ type: 'transport.ended' });
  }
  return endpoint;
}
