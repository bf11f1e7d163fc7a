import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { acceptOfKey } from '../../model/accept.js';

/** A connection whose opening handshake has come and that waits for an answer. */
export interface HeldConnection {
  readonly request: string;
  readonly socket: Socket;
  readonly accept: () => void;
  readonly answer: (head: string) => void;
}

/** A server that answers nobody until it is told to. */
export interface HeldServer {
  readonly port: number;
  /** The next connection with its opening handshake. */
  readonly next: () => Promise<HeldConnection>;
  /** Opening handshakes that came and that nobody took by `next`. */
  readonly untaken: () => number;
  readonly stop: () => Promise<void>;
}

/** Listens on an address, on a port that is free. */
export async function startHeldServer(address = '127.0.0.1', port = 0): Promise<HeldServer> {
  const held: HeldConnection[] = [];
  const sockets = new Set<Socket>();
  let wake: (() => void) | undefined;
  let isStopping = false;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (isStopping) socket.destroy();
    let request = '';
    socket.on('data', (chunk) => {
      const wasComplete = request.includes('\r\n\r\n');
      request += chunk.toString('latin1');
      if (wasComplete || !request.includes('\r\n\r\n')) return;
      held.push(holdOf(request, socket));
      wake?.();
    });
  });
  server.listen(port, address);
  await once(server, 'listening');
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : port,
    next: async () => {
      for (;;) {
        const first = held.shift();
        if (first !== undefined) return first;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    untaken: () => held.length,
    stop: async () => {
      isStopping = true;
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function holdOf(request: string, socket: Socket): HeldConnection {
  const key = /^Sec-WebSocket-Key: (\S+)/im.exec(request)?.[1] ?? '';
  const answer = (head: string): void => {
    socket.write(`${head}\r\n\r\n`);
  };
  const accept = (): void => {
    const fields = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${acceptOfKey(key)}`];
    answer(['HTTP/1.1 101 Switching Protocols', ...fields].join('\r\n'));
  };
  return { request, socket, accept, answer };
}
