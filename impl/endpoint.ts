import type { Socket } from 'node:net';
import type { CloseReason } from '../model/close-body.js';
import type { Connection, ConnectionOptions, Effect, Input, TimerName } from '../model/connection.js';
import { encodeFrame } from '../model/frame-encoder.js';
import { type FrameExtension, noExtension } from '../model/frame.js';
import type { DataKind } from '../model/fragmentation.js';
import type { Acceptance, Rejection } from '../model/opening-response.js';
import { phaseOf, type Phase } from '../model/state-id.js';
import { createConnection, isPossible, step } from '../model/step.js';
import { encodeUtf8 } from '../model/utf8.js';
import { type Entropy, systemEntropy } from './entropy.js';

/** How long each timer of the model runs, in milliseconds. */
export type Durations = Readonly<Record<TimerName, number>>;

export const defaultDurations: Durations = { connect: 10_000, handshake: 10_000, close: 5_000, drop: 2_000 };

/** What a watcher gets to see: every byte of both directions, and every effect. */
export interface Watcher {
  readonly onBytes?: (from: 'local' | 'remote', bytes: Uint8Array) => void;
  readonly onEffect?: (effect: Effect) => void;
}

/** What the outside of a connection supplies. */
export interface EndpointSurroundings {
  readonly durations?: Partial<Durations>;
  readonly entropy?: Entropy;
  readonly watcher?: Watcher;
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

/**
 * Runs a connection of the model on a socket: performs its effects, arms its timers, and feeds it what happens.
 * @param open makes the socket when the model asks for it (client), or is the socket itself (server)
 */
export function runEndpoint(
  options: ConnectionOptions,
  open: Socket | ((target: { host: string; port: number; secure: boolean }) => Socket),
  surroundings: EndpointSurroundings,
): Endpoint {
  const { entropy = systemEntropy(), watcher = {}, onEffect } = surroundings;
  const durations = { ...defaultDurations, ...surroundings.durations };
  const armed = new Map<TimerName, NodeJS.Timeout>();
  let socket: Socket | undefined;
  let extension: FrameExtension = noExtension;
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
  };

  const paced: Iterator<() => void>[] = [];

  /** Whether bytes behind a message wait until what is paced has gone out. */
  let isHeldBack = false;

  /** Sends what the system has room for, at most a batch, and comes back for the rest. */
  const sendMore = (): void => {
    if (!isPossible(connection, 'local.send')) paced.length = 0;
    for (let sent = 0; sent < pacedBatch && socket?.writableNeedDrain !== true; sent++) {
      const next = paced[0]?.next();
      if (next === undefined) break;
      if (next.done === true) paced.shift();
      else next.value();
    }
    if (paced.length > 0) {
      if (socket?.writableNeedDrain === true) socket.once('drain', sendMore);
      else setImmediate(sendMore);
      return;
    }
    socket?.resume();
    if (!isHeldBack) return;
    isHeldBack = false;
    feed({ type: 'continue' });
  };

  const write = (bytes: Uint8Array): void => {
    watcher.onBytes?.('local', bytes);
    if (socket === undefined || ended || socket.destroyed) return;
    socket.write(bytes);
    if (socket.writableLength > pauseAbove) socket.pause();
  };

  const perform = (effect: Effect): void => {
    watcher.onEffect?.(effect);
    switch (effect.type) {
      case 'open-transport':
        attach(typeof open === 'function' ? open(effect) : open);
        break;
      case 'write-head':
        write(effect.bytes);
        break;
      case 'write-frame':
        write(
          encodeFrame(effect.frame, options.role === 'client' ? { maskingKey: entropy.maskingKey() } : {}, extension),
        );
        break;
      case 'end-transport':
        ended = true;
        socket?.end();
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
        extension = connection.settings.frameExtension(effect.agreement.extensions);
        onEffect(effect, endpoint);
        break;
      case 'paused':
        if (paced.length === 0) feed({ type: 'continue' });
        else isHeldBack = true;
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

  const attach = (opened: Socket): void => {
    socket = opened;
    opened.setNoDelay(true);
    opened.on('data', (chunk: Buffer) => {
      const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      watcher.onBytes?.('remote', bytes);
      feed({ type: 'bytes', bytes });
    });
    opened.on('drain', () => {
      if (paced.length === 0) opened.resume();
    });
    opened.on('end', () => {
      feed({ type: 'transport.ended' });
    });
    let established = !opened.connecting;
    opened.on('error', () => {
      feed({ type: established ? 'transport.lost' : 'transport.failed' });
    });
    opened.on('close', () => {
      feed({ type: established ? 'transport.lost' : 'transport.failed' });
    });
    if (opened.connecting) {
      opened.once('connect', () => {
        established = true;
        feed({ type: 'transport.opened' });
      });
    }
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
      setImmediate(sendMore);
    },
  };

  performAll(firstEffects);
  if (typeof open !== 'function') attach(open);
  return endpoint;
}
