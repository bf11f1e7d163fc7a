import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/**
 * What lies between TCP and HTTP on a port. It gets each TCP connection that was accepted, and calls `ready` with the
 * socket that carries HTTP once there is one: the same socket, or one inside TLS. A layer that fails destroys the
 * socket it was given; how long it may take is for the layer to limit.
 */
export interface Layer {
  /** The scheme of the addresses that clients use. */
  readonly scheme: 'ws' | 'wss';
  readonly raise: (socket: Socket, ready: (socket: Socket) => void) => void;
}

/** TCP alone. */
export const plainLayer: Layer = {
  scheme: 'ws',
  raise: (socket, ready) => {
    ready(socket);
  },
};

/** Where to listen, and for how many. */
export interface ListenOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** TCP connections at the same time; those above it go to `onExcess`. */
  readonly maxConnections: number;
  /** Default: TCP alone. */
  readonly layer?: Layer;
  /** A connection that carries HTTP from now on. It may end each of its directions alone. */
  readonly onConnection: (socket: Socket) => void;
  /** A connection above the limit, or one that came while the listener closes: for a last word. Not with TLS. */
  readonly onExcess: (socket: Socket) => void;
}

/** A port that is listened on. */
export interface Listening {
  readonly port: number;
  /** The address to connect to, with a slash at its end. */
  readonly url: string;
  /** TCP connections that have not ended yet, whatever they carry. */
  readonly connections: () => number;
  /** Takes no more connections, and resolves when all that there are have ended: at the latest after `grace` ms. */
  readonly close: (grace: number) => Promise<void>;
}

/**
 * Connections that the system completes and keeps until they are taken; it may allow fewer. With node's 511 a crowd of
 * two thousand clients at once overflows the queue, and the system then resets connections that both sides take as made.
 */
const backlog = 4096;

/** Connections above the limit that get a last word at the same time; those above that are dropped at once. */
const maxLastWords = 100;

/**
 * Listens on a port.
 * @throws the error of the operating system (`EADDRINUSE`, `EACCES` …) when it cannot
 */
export async function listen(options: ListenOptions): Promise<Listening> {
  const { host, layer = plainLayer, maxConnections } = options;
  const sockets = new Set<Socket>();
  /** Those that do not carry HTTP yet. */
  const unready = new Set<Socket>();
  let isClosing = false;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      unready.delete(socket);
    });
    // Whoever uses the socket hears of errors too; without any listener they would end the process.
    socket.on('error', () => socket.destroy());
    if (!isClosing && sockets.size <= maxConnections) {
      unready.add(socket);
      layer.raise(socket, (carrier) => {
        unready.delete(socket);
        options.onConnection(carrier);
      });
    } else if (layer.scheme === 'ws' && sockets.size <= maxConnections + maxLastWords) options.onExcess(socket);
    else socket.destroy();
  });
  await untilListening(server, options);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  const shownHost = host.includes(':') ? `[${host}]` : host;

  const close = async (grace: number): Promise<void> => {
    isClosing = true;
    const closed = new Promise<void>((resolve) =>
      server.close(() => {
        resolve();
      }),
    );
    for (const socket of unready) socket.destroy();
    // Whatever a client does or leaves undone, the listener ends.
    const last = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, grace);
    await Promise.all([closed, ...[...sockets].map((socket) => once(socket, 'close'))]);
    clearTimeout(last);
  };
  return { port, url: `${layer.scheme}://${shownHost}:${port}/`, connections: () => sockets.size, close };
}

function untilListening(server: Server, { host, port }: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog }, () => {
      server.off('error', reject);
      // Such as too many open files: connections are not accepted for a while, and the server goes on.
      server.on('error', () => undefined);
      resolve();
    });
  });
}
