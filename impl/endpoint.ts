import type { Socket } from 'node:net';
import type { CloseReason } from '../model/close-body.js';
import type { Connection, ConnectionOptions, Effect, Input, TimerName } from '../model/connection.js';
import { encodeFrame } from '../model/frame-encoder.js';
import type { DataKind } from '../model/fragmentation.js';
import type { Acceptance, Rejection } from '../model/opening-response.js';
import { phaseOf, type Phase } from '../model/state-id.js';
import { createConnection, isPossible, readsFrames, step } from '../model/step.js';
import { encodeUtf8 } from '../model/utf8.js';
import { type Entropy, systemEntropy } from './entropy.js';
import { createInbound, type Inbound } from './inbound.js';
import { createOutbound, type Outbound } from './outbound.js';

/** How long each timer of the model runs, in milliseconds. */
export type Durations = Readonly<Record<TimerName, number>>;

export const defaultDurations: Durations = { connect: 10_000, handshake: 10_000, close: 5_000, drop: 2_000 };

/** What a watcher gets to see: every byte of both directions, and every effect. */
export interface Watcher {
  readonly onBytes?: (from: 'local' | 'remote', bytes: Uint8Array) => void;
  readonly onEffect?: (effect: Effect) => void;
  /** The remote side ended TCP in order, or TCP is gone; the latter comes at the end of every connection. */
  readonly onTransport?: (how: 'ended' | 'lost') => void;
}

/** What the outside of a connection supplies. */
export interface EndpointSurroundings {
  readonly durations?: Partial<Durations>;
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
export interface Endpoint {
  readonly phase: () => Phase;
  readonly connection: () => Connection;
  /** Whether a message may be sent now. */
  readonly canSend: () => boolean;
  /** Whether a Close has come that is still without an answer. */
  readonly owesClose: () => boolean;
  readonly accept: (acceptance?: Acceptance) => void;
  readonly reject: (rejection: Rejection) => void;
  /** Sends a text, or bytes as a binary message. */
  readonly send: (message: string | Uint8Array) => void;
  /** Sends a fragment; `data` of a text is UTF-8. */
  readonly sendFragment: (kind: DataKind, data: Uint8Array, fin: boolean) => void;
  readonly ping: (body?: Uint8Array) => void;
  readonly close: (close?: CloseReason) => void;
  readonly answer: (close?: CloseReason) => void;
  readonly drop: () => void;
  /**
   * Sends a sequence of frames, each no sooner than the system has room for it, so that a slow reader costs no memory
   * and other connections get their turn. Sequences follow each other, and nothing is read while one lasts. What is
   * left of it is dropped when nothing may be sent any more.
   */
  readonly sendPaced: (sends: Iterator<() => void>) => void;
}

/** Received bytes are not read while more than this waits to be written: the sender has to wait. */
const pauseAbove = 1024 * 1024;

/** Frames that are sent before other connections get their turn. */
const pacedBatch = 64;

/** What a client connects to. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

/** What whoever opens the transport tells about the time it takes. */
export interface Opening {
  /** The wait for other connections begins: it is not limited by the time for connecting. */
  readonly waits: () => void;
  /** The wait is over: the time for connecting begins anew. */
  readonly goesOn: () => void;
}

/**
 * Opens the transport of a client, in as many steps as it takes. The socket may end each of its directions alone, and
 * nothing has been read from it. Nobody waits for it any more once the connection is over.
 */
export type OpenTransport = (destination: Destination, opening: Opening) => Promise<Socket>;

/**
 * Runs a connection of the model on a socket: performs its effects, arms its timers, and feeds it what happens.
 * @param open makes the socket when the model asks for it (client), or is the socket itself (server)
 */
export function runEndpoint(
  options: ConnectionOptions,
  open: Socket | OpenTransport,
  surroundings: EndpointSurroundings,
): Endpoint {
  const { entropy = systemEntropy(), watcher = {}, onEffect } = surroundings;
  const durations = { ...defaultDurations, ...surroundings.durations };
  const armed = new Map<TimerName, NodeJS.Timeout>();
  let socket: Socket | undefined;
  let outbound: Outbound | undefined;
  /** The way in, once an extension in use transforms the stream. */
  let inbound: Inbound | undefined;
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

  const paced: Iterator<() => void>[] = [];

  /** Whether bytes behind a message wait until what is paced has gone out. */
  let isHeldBack = false;

  let isComingBack = false;

  /** Sends what the system has room for, at most a batch, and comes back for the rest. */
  const sendMore = (): void => {
    isComingBack = false;
    if (!isPossible(connection, 'local.send')) paced.length = 0;
    for (let sent = 0; sent < pacedBatch && outbound?.isFull() !== true; sent++) {
      const next = paced[0]?.next();
      if (next === undefined) break;
      if (next.done === true) paced.shift();
      else next.value();
    }
    if (paced.length > 0) {
      // Otherwise `onRoom` comes back.
      if (outbound?.isFull() !== true) comeBack();
      return;
    }
    if (isHeldBack) {
      isHeldBack = false;
      feed({ type: 'continue' });
    }
    readOn();
  };

  /** Gives other connections their turn first. */
  const comeBack = (): void => {
    if (isComingBack) return;
    isComingBack = true;
    setImmediate(sendMore);
  };

  /** Whether the connection can deal with what comes: its own output has not to wait too long. */
  const mayRead = (): boolean =>
    !isPerforming && !isHeldBack && paced.length === 0 && (outbound?.waiting() ?? 0) <= pauseAbove;

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

  const onRoom = (): void => {
    if (paced.length > 0) comeBack();
    else readOn();
  };

  /** Runs an event of TCP behind the bytes that came before it and are still being decoded. */
  const behindBytes = (event: () => void): void => {
    if (inbound === undefined) event();
    else inbound.behind(event);
  };

  /** What the extensions in use do to the stream, in both directions. */
  const transformStream = (): void => {
    const transform = connection.inUse.transform?.();
    if (transform === undefined) return;
    socket?.once('close', transform.close);
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
        if (typeof open === 'function') openWith(open, effect);
        break;
      case 'write-head':
        outbound?.write(surroundings.stampHead?.(effect) ?? effect.bytes);
        break;
      case 'write-frame': {
        const layout = options.role === 'client' ? { maskingKey: entropy.maskingKey() } : {};
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
        arm(effect.timer);
        break;
      case 'disarm-timer':
        clearTimeout(armed.get(effect.timer));
        armed.delete(effect.timer);
        break;
      case 'opened':
        transformStream();
        onEffect(effect, endpoint);
        break;
      case 'paused':
        if (paced.length === 0) feed({ type: 'continue' });
        else isHeldBack = true;
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

  const arm = (timer: TimerName): void => {
    const run = (): void => {
      armed.delete(timer);
      feed({ type: `timer.${timer}` });
    };
    armed.set(timer, setTimeout(run, durations[timer]));
  };

  const openWith = (openTransport: OpenTransport, { host, port, secure }: Destination): void => {
    const waits = (): void => {
      clearTimeout(armed.get('connect'));
    };
    const goesOn = (): void => {
      waits();
      if (armed.has('connect')) arm('connect');
    };
    void openTransport({ host, port, secure }, { waits, goesOn }).then(
      (opened) => {
        if (ended) {
          opened.destroy();
          return;
        }
        attach(opened);
        // Whoever opened it may have read from it, and have stopped.
        opened.resume();
        feed({ type: opened.destroyed ? 'transport.failed' : 'transport.opened' });
      },
      () => {
        feed({ type: 'transport.failed' });
      },
    );
  };

  const lose = (): void => {
    watcher.onTransport?.('lost');
    // Nobody makes room any more; TCP alone would lose what was not read for want of it as well.
    if (!mayRead()) inbound?.discard();
    behindBytes(() => {
      feed({ type: 'transport.lost' });
    });
  };

  const listeners = {
    data: (chunk: Buffer): void => {
      const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      watcher.onBytes?.('remote', bytes);
      feed({ type: 'bytes', bytes });
    },
    drain: onRoom,
    end: (): void => {
      watcher.onTransport?.('ended');
      behindBytes(() => {
        feed({ type: 'transport.ended' });
      });
    },
    error: (): void => {
      lose();
    },
    close: (): void => {
      lose();
    },
  };

  const detach = (): void => {
    for (const [name, listener] of Object.entries(listeners)) socket?.off(name, listener);
    socket = undefined;
    outbound = undefined;
  };

  const attach = (opened: Socket): void => {
    socket = opened;
    outbound = createOutbound(
      opened,
      (bytes) => {
        watcher.onBytes?.('local', bytes);
      },
      onRoom,
    );
    opened.setNoDelay(true);
    for (const [name, listener] of Object.entries(listeners)) opened.on(name, listener);
  };

  const endpoint: Endpoint = {
    phase: () => phaseOf(connection.state),
    connection: () => connection,
    canSend: () => isPossible(connection, 'local.send'),
    owesClose: () => connection.state === 'closing.remote-closing.owing-close',
    accept: (acceptance = {}) => {
      feed({ type: 'local.accept', acceptance });
    },
    reject: (rejection) => {
      feed({ type: 'local.reject', rejection });
    },
    send: (message) => {
      const isText = typeof message === 'string';
      feed({ type: 'local.send', kind: isText ? 'text' : 'binary', data: isText ? encodeUtf8(message) : message });
    },
    sendFragment: (kind, data, fin) => {
      feed({ type: 'local.send', kind, data, fin });
    },
    ping: (body = new Uint8Array(0)) => {
      feed({ type: 'local.ping', body });
    },
    close: (close = {}) => {
      feed({ type: 'local.close', close });
    },
    answer: (close) => {
      feed(close === undefined ? { type: 'local.answer' } : { type: 'local.answer', close });
    },
    drop: () => {
      feed({ type: 'local.drop' });
    },
    sendPaced: (sends) => {
      paced.push(sends);
      if (paced.length > 1) return;
      socket?.pause();
      comeBack();
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
