import type { Socket } from 'node:net';
import type { ByteTransform } from '../model/byte-transform.js';
import type { Connection, ConnectionOptions, Effect, Input } from '../model/connection.js';
import { encodeFrame } from '../model/frame-encoder.js';
import { isClosed, phaseOf, type Phase } from '../model/state-id.js';
import { createConnection, isPossible, readsFrames, step } from '../model/step.js';
import { commandsOf, type Commands } from './commands.js';
import { type Entropy, systemEntropy } from './entropy.js';
import { createInbound, type Inbound } from './inbound.js';
import { openTimed, type OpenTransport } from './opener.js';
import { createOutbound, type Outbound } from './outbound.js';
import { createPacing } from './pacing.js';
import { listenTo } from './socket-events.js';
import { createTimers, defaultDurations, type Durations } from './timers.js';
import type { Watcher } from './watcher.js';
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

/** Received bytes are not read while more than this waits to be written: the sender has to wait. */
const pauseAbove = 1024 * 1024;

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
  let socket: Socket | undefined;
  let outbound: Outbound | undefined;
  let unlisten: (() => void) | undefined;
  /** The way in, once an extension in use transforms the stream. */
  let inbound: Inbound | undefined;
  let transform: ByteTransform | undefined;
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
    if (!readsFrames(connection)) inbound?.discard();
    readOn();
  };

  /** Whether bytes behind a message wait until what is paced has gone out. */
  let isHeldBack = false;

  const pacing = createPacing({
    maySend: () => isPossible(connection, 'local.send'),
    isFull: () => outbound?.isFull() === true,
    onIdle: () => {
      if (isHeldBack) {
        isHeldBack = false;
        feed({ type: 'continue' });
      }
      readOn();
    },
  });

  /** Whether the connection can deal with what comes: its own output has not to wait too long. */
  const mayRead = (): boolean =>
    !isPerforming && !isHeldBack && !pacing.isBusy() && (outbound?.waiting() ?? 0) <= pauseAbove;

  /** Lets the sender go on, or wait. */
  const readOn = (): void => {
    if (socket === undefined || isPerforming) return;
    if (!mayRead()) {
      socket.pause();
      return;
    }
    inbound?.goOn();
    if (inbound?.isIdle() === false) socket.pause();
    else socket.resume();
  };

  /** Runs an event of TCP behind the bytes that came before it and are still being decoded. */
  const behindBytes = (event: () => void): void => {
    if (inbound === undefined) event();
    else inbound.behind(event);
  };

  /** What the extensions in use do to the stream, in both directions. */
  const transformStream = (): void => {
    transform = connection.inUse.transform?.();
    if (transform === undefined) return;
    outbound?.encodeBy(transform);
    inbound = createInbound(transform, {
      mayRead,
      onClear: (bytes) => {
        feed({ type: 'decoded', bytes });
      },
      onWrong: (says) => {
        feed({ type: 'undecodable', says });
      },
      onIdle: () => {
        if (mayRead()) socket?.resume();
      },
    });
  };

  const perform = (effect: Effect): void => {
    watcher.onEffect?.(effect);
    switch (effect.type) {
      case 'open-transport':
        if (typeof open === 'function') openTimed(open, effect, timers, onOpened);
        break;
      case 'write-head':
        outbound?.write(surroundings.stampHead?.(effect) ?? effect.bytes);
        break;
      case 'write-frame': {
        const layout =
          options.role === 'client' ? { maskingKey: entropy.maskingKey(), readings: created.settings.readings } : {};
        outbound?.write(encodeFrame(effect.frame, layout, connection.inUse.frames));
        break;
      }
      case 'decode':
        inbound?.decode(effect.bytes);
        break;
      case 'end-transport':
        ended = true;
        outbound?.end();
        break;
      case 'destroy-transport':
        ended = true;
        socket?.destroy();
        break;
      case 'arm-timer':
        timers.arm(effect.timer);
        break;
      case 'disarm-timer':
        timers.disarm(effect.timer);
        break;
      case 'opened':
        transformStream();
        onEffect(effect, endpoint);
        break;
      case 'paused':
        isHeldBack = pacing.isBusy();
        if (!isHeldBack) feed({ type: 'continue' });
        break;
      case 'http':
        // From here on the socket belongs to whoever answers the request.
        detach();
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
      attach(opened);
      // Whoever opened it may have read from it, and have stopped.
      opened.resume();
      feed({ type: opened.destroyed ? 'transport.failed' : 'transport.opened' });
    }
  };

  const detach = (): void => {
    unlisten?.();
    outbound?.release();
    socket = undefined;
    outbound = undefined;
  };

  const attach = (opened: Socket): void => {
    socket = opened;
    const out = createOutbound(opened, writeTimeout, {
      onBytes: (bytes) => {
        watcher.onBytes?.('local', bytes);
      },
      onRoom: () => {
        pacing.onRoom();
        if (!pacing.isBusy()) readOn();
      },
      onStall: () => {
        // Behind the end of the connection what was written last may still wait.
        if (isClosed(connection.state)) opened.destroy();
        else feed({ type: 'local.drop' });
      },
    });
    outbound = out;
    opened.setNoDelay(true);
    unlisten = listenTo(opened, {
      onBytes: (bytes) => {
        watcher.onBytes?.('remote', bytes);
        feed({ type: 'bytes', bytes });
      },
      onDrain: out.onDrain,
      onEnded: () => {
        watcher.onTransport?.('ended');
        behindBytes(() => {
          feed({ type: 'transport.ended' });
        });
      },
      onLost: () => {
        watcher.onTransport?.('lost');
        out.release();
        // Nobody makes room any more; TCP alone would lose what was not read for want of it as well.
        if (!mayRead()) inbound?.discard();
        behindBytes(() => {
          feed({ type: 'transport.lost' });
          // Not sooner: what is being decoded would never be done with, and the end behind it would not be told.
          transform?.close();
        });
      },
    });
  };

  const endpoint: Endpoint = {
    phase: () => phaseOf(connection.state),
    connection: () => connection,
    canSend: () => isPossible(connection, 'local.send'),
    owesClose: () => connection.state === 'closing.remote-closing.owing-close',
    ...commandsOf(feed, created.settings.readings),
    sendPaced: (sends) => {
      socket?.pause();
      pacing.add(sends);
    },
  };

  performAll(firstEffects);
  if (typeof open !== 'function') {
    attach(open);
    open.resume();
    if (surroundings.received !== undefined) feed({ type: 'bytes', bytes: surroundings.received });
    if (open.readableEnded) feed({ type: 'transport.ended' });
  }
  return endpoint;
}
