import { once } from 'node:events';
import { type IncomingMessage, type Server as HttpServer, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { equalsIgnoringAsciiCase } from '../model/http-head.js';
import { resourceNameOf } from '../model/opening-request.js';
import type { OpeningRequest } from '../model/opening-request.js';
import type { Rejection } from '../model/opening-response.js';
import { echoAll, type Listener } from './behaviours.js';
import type { Endpoint } from './endpoint.js';
import { endSoon, refuseExcess } from './ending.js';
import { goAway } from './port.js';
import { defaultDurations } from './timers.js';
import type { Watcher } from './watcher.js';
import { serveWebSocket, type WebSocketOptions } from './websocket.js';

export interface AttachOptions extends WebSocketOptions {
  /** The path to serve, as it stands in the Request-URI without its query, or what tells it. Default: every path. */
  readonly path?: string | ((path: string) => boolean);
  /** What to do on a connection, or the refusal of its opening handshake. Default: send every message back. */
  readonly listen?: (request: OpeningRequest) => Listener | Rejection;
  /** Connections of this attachment at the same time; further ones get 503. Default 1000. */
  readonly maxConnections?: number;
  /** Makes a watcher for each connection, which is numbered from 1. */
  readonly watch?: (connection: number) => Watcher;
}

/** WebSocket on a server of somebody else. */
export interface Attachment {
  /** Connections that TCP has not ended yet. */
  readonly connections: () => number;
  /**
   * Leaves the server as it was: takes no further request, starts the closing handshake with 1001 on every connection,
   * and resolves when all are over. The server goes on with its HTTP.
   */
  readonly close: () => Promise<void>;
}

/** What one attachment does about a request at a path, if anything. */
interface Claim {
  readonly claims: (path: string | undefined) => boolean;
  readonly serve: (socket: Socket, received: Uint8Array) => void;
}

/** The attachments of each server, which share one listener: only together do they know that nobody wants a request. */
const claimsOf = new WeakMap<HttpServer | HttpsServer, { readonly claims: Claim[]; readonly stop: () => void }>();

/**
 * Serves WebSocket on a node server that serves HTTP: its ordinary requests stay its own (requirements-02/3/req-7).
 *
 * Node's parser reads the head first. What it refuses never comes here and is answered by node, with 400 or 431: a
 * malformed head, one above the server's `maxHeaderSize`, HTTP/1.1 without Host. It drops header fields above
 * `maxHeadersCount`, and it takes some heads that the model refuses, which is refused here. Node calls a request an
 * upgrade when it has Upgrade, and `Upgrade` in Connection; an opening handshake without these goes to the server's own
 * handler as an ordinary request. How long a head may take to come is for the server's `headersTimeout` to say.
 *
 * Requests for other protocols, and for paths that no attachment serves, are left to other listeners of `upgrade`.
 * Where there are none, the server's own handler answers them as if nobody listened: Upgrade is an offer, not an order.
 *
 * @example
 * const attachment = attachTo(server, { path: '/chat' });
 * await attachment.close();
 */
export function attachTo(server: HttpServer | HttpsServer, options: AttachOptions = {}): Attachment {
  const { path, maxConnections = 1000, watch, listen = () => echoAll } = options;
  const endpoints = new Map<Socket, Endpoint>();
  let count = 0;

  const serve = (socket: Socket, received: Uint8Array): void => {
    if (endpoints.size >= maxConnections) {
      refuseExcess(socket);
      return;
    }
    const watcher = watch?.(++count);
    watcher?.onBytes?.('remote', received);
    socket.once('close', () => endpoints.delete(socket));
    const endpoint = serveWebSocket(socket, {
      options,
      choose: (request) => {
        const listener = listen(request);
        return typeof listener === 'function' ? { listener } : listener;
      },
      received,
      ...(watcher === undefined ? {} : { watcher }),
      // Node would not have called an ordinary request an upgrade, and those for other protocols did not come here.
      onHttp: () => {
        endSoon(socket, 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      },
    });
    endpoints.set(socket, endpoint);
  };
  const claims = (asked: string | undefined): boolean => {
    if (path === undefined) return true;
    return asked !== undefined && (typeof path === 'function' ? path(asked) : path === asked);
  };
  const leave = claim(server, { claims, serve });

  const close = async (): Promise<void> => {
    leave();
    const { close: closeTime, drop } = { ...defaultDurations, ...options.durations };
    const closed = [...endpoints.keys()].map((socket) => once(socket, 'close'));
    for (const endpoint of endpoints.values()) goAway(endpoint);
    const last = setTimeout(() => {
      for (const socket of endpoints.keys()) socket.destroy();
    }, closeTime + drop);
    await Promise.all(closed);
    clearTimeout(last);
  };
  return { connections: () => endpoints.size, close };
}

/** Adds an attachment to a server; returns what takes it away again. */
function claim(server: HttpServer | HttpsServer, added: Claim): () => void {
  let shared = claimsOf.get(server);
  if (shared === undefined) {
    const claims: Claim[] = [];
    const onUpgrade = (request: IncomingMessage, socket: Socket, head: Buffer): void => {
      dispatch(server, claims, request, socket, head);
    };
    server.on('upgrade', onUpgrade);
    shared = { claims, stop: () => server.off('upgrade', onUpgrade) };
    claimsOf.set(server, shared);
  }
  const { claims, stop } = shared;
  claims.push(added);
  return () => {
    const at = claims.indexOf(added);
    if (at >= 0) claims.splice(at, 1);
    if (claims.length > 0 || claimsOf.get(server)?.claims !== claims) return;
    claimsOf.delete(server);
    stop();
  };
}

function dispatch(
  server: HttpServer | HttpsServer,
  claims: readonly Claim[],
  request: IncomingMessage,
  socket: Socket,
  head: Buffer,
): void {
  const path = resourceNameOf(request.url ?? '')?.replace(/\?.*$/, '');
  const taker = isForWebSocket(request) ? claims.find((one) => one.claims(path)) : undefined;
  if (taker !== undefined) {
    // Errors reach the endpoint; without a listener at all times they would end the process.
    socket.on('error', () => socket.destroy());
    socket.setTimeout(0);
    taker.serve(socket, Buffer.concat([headOf(request), head]));
  } else if (server.listenerCount('upgrade') === 1) {
    answerAsOrdinary(server, request, socket);
  }
}

/** Whether WebSocket is among the protocols that the client would upgrade to. */
function isForWebSocket(request: IncomingMessage): boolean {
  const tokens = (request.headers.upgrade ?? '').split(',').map((token) => token.trim());
  return tokens.some((token) => equalsIgnoringAsciiCase(token, 'websocket'));
}

/** The head of a request as node read it: order, case and repetitions of the header fields are those of the client. */
function headOf(request: IncomingMessage): Buffer {
  const { method = '', url = '', httpVersion, rawHeaders } = request;
  let text = `${method} ${url} HTTP/${httpVersion}\r\n`;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    text += `${rawHeaders[at] ?? ''}: ${rawHeaders[at + 1] ?? ''}\r\n`;
  return Buffer.from(`${text}\r\n`, 'latin1');
}

/** Gives a request whose upgrade nobody wants to the server's own handler, and ends the connection behind the answer. */
function answerAsOrdinary(server: HttpServer | HttpsServer, request: IncomingMessage, socket: Socket): void {
  socket.on('error', () => socket.destroy());
  if (server.listenerCount('request') === 0) {
    endSoon(socket, 'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.once('finish', () => {
    response.detachSocket(socket);
    endSoon(socket);
  });
  server.emit('request', request, response);
}
