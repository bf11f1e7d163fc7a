import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { EndpointOptions, Effect } from '../model/connection.js';
import { isPossible } from '../model/step.js';
import { selectSubprotocol } from '../model/negotiation.js';
import type { OpeningRequest } from '../model/opening-request.js';
import type { Acceptance } from '../model/opening-response.js';
import { statusCodes } from '../spec/status-codes.js';
import { defaultPorts } from '../spec/wire.js';
import { chooseBehaviour, type Chosen } from './behaviours.js';
import { defaultDurations, type Durations, type Endpoint, runEndpoint, type Watcher } from './endpoint.js';
import { answerHttp } from './http-page.js';
import { isOriginAllowed } from './origin.js';

export interface ReferenceServerOptions extends Omit<EndpointOptions, 'answersCloseAtOnce' | 'frameExtension'> {
  /** Default 127.0.0.1: nothing outside the machine can connect unless one says so. */
  readonly host?: string;
  /** 0 takes a free port. Default 8006. */
  readonly port?: number;
  /** Subprotocols that the server speaks; the client's preference decides. */
  readonly subprotocols?: readonly string[];
  /** Origins to accept; an empty list accepts all. */
  readonly origins?: readonly string[];
  /** Connections at the same time, established or not; further ones get 503. Default 1000. */
  readonly maxConnections?: number;
  readonly durations?: Partial<Durations>;
  /** Further authorities of the server, such as `www.example.com`, for reading R-508 `match`. */
  readonly authorities?: readonly string[];
  /** Makes a watcher for each connection, which is numbered from 1. */
  readonly watch?: (connection: number) => Watcher;
}

/** A running reference server. */
export interface ReferenceServer {
  /** The address to connect to, with a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Connections that TCP has not ended yet. */
  readonly connections: () => number;
  /** Starts the closing handshake with 1001 on every connection, and resolves when all are over. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the reference server: the model on sockets, an echo at `/`, scripted behaviours at the other paths, and
 * ordinary HTTP beside them.
 * @throws the error of the operating system (`EADDRINUSE`, `EACCES` …) when it cannot listen
 */
export async function startServer(options: ReferenceServerOptions = {}): Promise<ReferenceServer> {
  const { host = '127.0.0.1', port = 8006, maxConnections = 1000 } = options;
  const endpoints = new Set<Endpoint>();
  const sockets = new Set<Socket>();
  let count = 0;
  let isStopping = false;

  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    // Errors reach the endpoint where there is one; without a listener they would end the process.
    socket.on('error', () => socket.destroy());
    if (isStopping || sockets.size > maxConnections) {
      refuse(socket);
      socket.once('close', () => sockets.delete(socket));
      return;
    }
    const endpoint = serveConnection(socket, options, authoritiesOf(options, socket), ++count);
    endpoints.add(endpoint);
    socket.once('close', () => {
      sockets.delete(socket);
      endpoints.delete(endpoint);
    });
  });
  await listen(server, host, port);
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  const shownHost = host.includes(':') ? `[${host}]` : host;

  const stop = async (): Promise<void> => {
    isStopping = true;
    const closed = new Promise<void>((resolve) =>
      server.close(() => {
        resolve();
      }),
    );
    for (const endpoint of endpoints) goAway(endpoint);
    // Whatever a client does or leaves undone, the server ends.
    const { close, drop } = { ...defaultDurations, ...options.durations };
    const last = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, close + drop);
    await Promise.all([closed, ...[...sockets].map((socket) => once(socket, 'close'))]);
    clearTimeout(last);
  };
  return { url: `ws://${shownHost}:${actual}/`, port: actual, connections: () => sockets.size, stop };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** draft-06/7.4.1/1001-going-away: connections that are not established have nobody to say goodbye to. */
function goAway(endpoint: Endpoint): void {
  if (endpoint.phase() === 'open') endpoint.close({ status: statusCodes.goingAway, reason: 'the server shuts down' });
  else if (endpoint.phase() === 'connecting') endpoint.drop();
  else if (endpoint.owesClose()) endpoint.answer();
}

function refuse(socket: Socket): void {
  endSoon(socket, 'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

/** Ends a connection that is not, or no longer, one of the model: the other side gets two seconds to end it too. */
function endSoon(socket: Socket, last: string | Uint8Array): void {
  socket.end(last);
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), 2000);
  socket.once('end', () => socket.destroy());
  socket.once('close', () => {
    clearTimeout(timer);
  });
}

/** The names under which a client may have reached the server, for reading R-508 `match`. */
function authoritiesOf({ host = '127.0.0.1', authorities = [] }: ReferenceServerOptions, socket: Socket): string[] {
  const port = socket.localPort ?? 0;
  const names = [host, 'localhost', socket.localAddress ?? host].map((name) =>
    name.includes(':') ? `[${name}]` : name,
  );
  return [...authorities, ...names.map((name) => (port === defaultPorts.ws ? name : `${name}:${port}`))];
}

function serveConnection(
  socket: Socket,
  options: ReferenceServerOptions,
  authorities: readonly string[],
  number: number,
): Endpoint {
  const { durations, watch } = options;
  let chosen: Chosen | undefined;
  const onEffect = (effect: Effect, endpoint: Endpoint): void => {
    switch (effect.type) {
      case 'requested':
        // Bytes that came too early may have ended the matter before it could be decided.
        if (isPossible(endpoint.connection(), 'local.accept')) chosen = decide(effect.request, endpoint, options);
        break;
      case 'http':
        endSoon(socket, answerHttp(effect.head));
        break;
      case 'close-received':
        if (chosen?.behaviour.leavesCloseUnanswered !== true && endpoint.owesClose()) endpoint.answer();
        break;
      default:
        chosen?.listener(effect, endpoint);
    }
  };
  return runEndpoint({ ...modelOptions(options), role: 'server', answersCloseAtOnce: false, authorities }, socket, {
    onEffect,
    ...(durations === undefined ? {} : { durations }),
    ...(watch === undefined ? {} : { watcher: watch(number) }),
  });
}

/** Only what the model knows of. */
function modelOptions(options: ReferenceServerOptions): EndpointOptions {
  const { readings, maxMessage, maxHead } = options;
  return {
    ...(readings === undefined ? {} : { readings }),
    ...(maxMessage === undefined ? {} : { maxMessage }),
    ...(maxHead === undefined ? {} : { maxHead }),
  };
}

/** Accepts or rejects a right opening handshake: by origin, path and subprotocol. */
function decide(request: OpeningRequest, endpoint: Endpoint, options: ReferenceServerOptions): Chosen | undefined {
  const { origins = [], subprotocols = [] } = options;
  if (!isOriginAllowed(request.origin, origins)) {
    endpoint.reject({ status: 403, reason: 'Forbidden', body: `the origin ${request.origin ?? ''} is not allowed\n` });
    return undefined;
  }
  const chosen = chooseBehaviour(request.resourceName);
  const rejection = 'status' in chosen ? chosen : chosen.rejection;
  if (rejection !== undefined || 'status' in chosen) {
    endpoint.reject(rejection ?? { status: 404, reason: 'Not Found' });
    return undefined;
  }
  const subprotocol = selectSubprotocol(request.subprotocols, subprotocols);
  const acceptance: Acceptance = subprotocol === undefined ? {} : { subprotocol };
  endpoint.accept(acceptance);
  return chosen;
}
