import type { Socket } from 'node:net';
import { noBytes } from '../model/bytes.js';
import type { RequestHead } from '../model/http-head.js';
import { statusCodes } from '../spec/status-codes.js';
import type { Endpoint } from './endpoint.js';
import { endSoon } from './ending.js';
import type { HttpAnswer } from './http-answer.js';
import { exchange, type HttpLimits } from './http-exchange.js';
import type { Route } from './http-routes.js';
import { takeIn } from './intake.js';
import type { Watcher } from './watcher.js';

/** What is served on a connection that HTTP and WebSocket share. */
export interface PortService {
  /**
   * Starts a fresh connection of the model for the next request. It reads the head; when that turns out to be ordinary
   * HTTP, `onHttp` gets the socket.
   */
  readonly startEndpoint: (
    socket: Socket,
    received: Uint8Array,
    watcher: Watcher,
    onHttp: (head: RequestHead, rest: Uint8Array) => void,
  ) => Endpoint;
  readonly routes: readonly Route[];
  readonly limits: HttpLimits;
  readonly dress?: ((answer: HttpAnswer) => HttpAnswer) | undefined;
  readonly watcher: Watcher;
}

/** A connection that is being served. */
export interface PortConnection {
  /** The server stops: says goodbye in the way that the state of the connection asks for. */
  readonly leave: () => void;
}

/** Serves one connection: any number of ordinary HTTP requests, and then perhaps WebSocket (requirements-02/3/req-7). */
export function servePort(socket: Socket, service: PortService): PortConnection {
  const { routes, limits, watcher, dress } = service;
  const leaving = new AbortController();
  socket.once('close', () => {
    leaving.abort();
  });
  let endpoint: Endpoint | undefined;
  let isWaiting = false;
  let served = 0;
  const mayStay = (): boolean => served < limits.requests && !leaving.signal.aborted;

  const awaitRequest = (received: Uint8Array): void => {
    if (socket.destroyed || leaving.signal.aborted) {
      socket.destroy();
      return;
    }
    const started = service.startEndpoint(socket, received, watcher, (head, rest) => {
      served++;
      void answer(head, rest).then((next) => {
        if (next === 'gone') socket.destroy();
        else if (next === 'ends') endSoon(socket);
        // Other connections get their turn between requests that came together.
        else setImmediate(awaitRequest, next);
      });
    });
    // It is over already when the bytes received had a whole request.
    if (started.phase() !== 'closed') endpoint = started;
  };

  /** Answers a request; returns the first bytes of the next one, or how the connection ends when none follows. */
  const answer = async (head: RequestHead, rest: Uint8Array): Promise<Uint8Array | 'ends' | 'gone'> => {
    endpoint = undefined;
    const intake = takeIn(socket, rest, watcher.onBytes ?? (() => undefined));
    // Whoever has ended TCP waits no longer, as far as one can tell: a request that is held for it is let go.
    const gone = new AbortController();
    const go = (): void => {
      gone.abort();
    };
    socket.once('end', go);
    if (socket.readableEnded) go();
    const signal = AbortSignal.any([leaving.signal, gone.signal]);
    try {
      const outcome = await exchange(head, { intake, routes, limits, signal, mayStay, dress });
      if (outcome !== 'stays') return outcome;
      if (leaving.signal.aborted) return 'ends';
      isWaiting = true;
      const arrival = await intake.arrival(limits.idle);
      return arrival === 'bytes' ? intake.take() : 'ends';
    } finally {
      isWaiting = false;
      socket.off('end', go);
      intake.release();
    }
  };

  awaitRequest(noBytes);
  return {
    leave: () => {
      leaving.abort();
      if (endpoint !== undefined) goAway(endpoint);
      // Whoever waits for the next request has nothing to lose; an answer that is being made is still given.
      else if (isWaiting) socket.destroy();
    },
  };
}

/** draft-06/7.4.1/1001-going-away: connections that are not established have nobody to say goodbye to. */
export function goAway(endpoint: Endpoint): void {
  if (endpoint.phase() === 'open') endpoint.close({ status: statusCodes.goingAway, reason: 'the server shuts down' });
  else if (endpoint.phase() === 'connecting') endpoint.drop();
  else if (endpoint.owesClose()) endpoint.answer();
}
