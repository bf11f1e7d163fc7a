import type { Socket } from 'node:net';
import { defaultPorts } from '../spec/wire.js';
import { chooseBehaviour } from './behaviours.js';
import { refuseExcess } from './ending.js';
import { defaultHttpLimits, type HttpLimits } from './http-exchange.js';
import { type Route, routesOf } from './http-routes.js';
import { idleLimitOf, tellIdleTimeout } from './idle-http.js';
import { type Layer, listen } from './listener.js';
import { type PollOptions, pollRoute } from './poll.js';
import { type PortConnection, type PortService, servePort } from './port.js';
import { defaultDurations } from './timers.js';
import type { Watcher } from './watcher.js';
import { serveWebSocket, type WebSocketOptions } from './websocket.js';

export interface ReferenceServerOptions extends WebSocketOptions {
  /** Default 127.0.0.1: nothing outside the machine can connect unless one says so. */
  readonly host?: string;
  /** 0 takes a free port. Default 8006. */
  readonly port?: number;
  /** Connections at the same time, established or not; further ones get 503. Default 1000. */
  readonly maxConnections?: number;
  /** What ordinary HTTP on the port may cost; those not named have their defaults. */
  readonly http?: Partial<HttpLimits>;
  /** How long requests are held at `GET /poll`, and how many. */
  readonly poll?: Omit<PollOptions, 'readings'>;
  /** What the port answers to ordinary HTTP, besides the page at `/`. */
  readonly routes?: readonly Route[];
  /** What lies between TCP and HTTP, such as TLS. Default: nothing. */
  readonly layer?: Layer;
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
  const { host = '127.0.0.1', port = 8006, maxConnections = 1000, layer } = options;
  const served = new Set<PortConnection>();
  let count = 0;
  const serviceOf = portServices(options);
  const listening = await listen({
    host,
    port,
    maxConnections,
    ...(layer === undefined ? {} : { layer }),
    onExcess: refuseExcess,
    onConnection: (socket) => {
      // Errors reach the endpoint where there is one; without a listener they would end the process.
      socket.on('error', () => socket.destroy());
      const connection = servePort(socket, serviceOf(socket, ++count));
      served.add(connection);
      socket.once('close', () => served.delete(connection));
    },
  });
  const stop = async (): Promise<void> => {
    const { close, drop } = { ...defaultDurations, ...options.durations };
    const closed = listening.close(close + drop);
    for (const connection of served) connection.leave();
    await closed;
  };
  return { url: listening.url, port: listening.port, connections: listening.connections, stop };
}

/** What is served on each connection, by its number. */
function portServices(options: ReferenceServerOptions): (socket: Socket, number: number) => PortService {
  const { readings = {}, idleTimeout } = options;
  const routes = routesOf([...(options.routes ?? []), pollRoute({ ...options.poll, readings })]);
  const limits = { ...defaultHttpLimits, ...idleLimitOf(idleTimeout), ...options.http };
  const dress = tellIdleTimeout(idleTimeout);
  return (connected, number) => {
    const authorities = authoritiesOf(options, connected);
    return {
      routes,
      limits,
      dress,
      watcher: options.watch?.(number) ?? {},
      startEndpoint: (socket, received, watcher, onHttp) =>
        serveWebSocket(socket, {
          options: { ...options, authorities },
          choose: ({ resourceName }) => chooseBehaviour(resourceName),
          received,
          watcher,
          onHttp,
        }),
    };
  };
}

/** The names under which a client may have reached the server, for reading R-508 `match`. */
function authoritiesOf(options: ReferenceServerOptions, socket: Socket): string[] {
  const { host = '127.0.0.1', authorities = [], layer } = options;
  const port = socket.localPort ?? 0;
  const usual = defaultPorts[layer?.scheme ?? 'ws'];
  const names = [host, 'localhost', socket.localAddress ?? host].map((name) =>
    name.includes(':') ? `[${name}]` : name,
  );
  return [...authorities, ...names.map((name) => (port === usual ? name : `${name}:${port}`))];
}
