import { type AddressInfo, createServer, type Socket } from 'node:net';
import { runEndpoint } from '../../impl/endpoint.js';
import { isPossible } from '../../model/step.js';

/*
 * The port to which clients come by themselves. What a client wants stands in the first line of its request: a control
 * path is served by the model, and the connection of a case is handed on with all its bytes still unread.
 */

/** What a client that comes asks for. */
export interface Wish {
  readonly path: string;
  readonly parameters: URLSearchParams;
}

/** What is done for it: a message, as the answer to a control path, or something with the connection itself. */
export type Service =
  | {
      readonly kind: 'message';
      readonly text: string | Promise<string>;
      /** Called when the connection is over. */
      readonly then?: () => void;
    }
  | { readonly kind: 'connection'; readonly take: (socket: Socket) => void }
  | { readonly kind: 'nothing'; readonly why: string };

/** A port that is open. */
export interface ClientPort {
  readonly port: number;
  /** Ends every connection and stops listening. */
  readonly close: () => void;
}

/** Bytes within which the first line of a request has to end. */
const maxFirstLine = 16 * 1024;

/** Milliseconds within which the first line of a request has to come. */
const firstLineWithin = 30_000;

/**
 * Listens for clients.
 * @param serve what to do for a client
 * @throws the error of the system when the port cannot be listened on
 */
export async function openClientPort(host: string, port: number, serve: (wish: Wish) => Service): Promise<ClientPort> {
  const sockets = new Set<Socket>();
  const listener = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    readWish(socket, (wish) => {
      give(socket, wish === undefined ? { kind: 'nothing', why: 'that is no HTTP request' } : serve(wish));
    });
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(port, host, resolve);
  });
  return {
    port: (listener.address() as AddressInfo).port,
    close: () => {
      listener.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Reads the first line, and puts all that was read back for whoever comes next. */
function readWish(socket: Socket, then: (wish: Wish | undefined) => void): void {
  const chunks: Buffer[] = [];
  const done = (): void => {
    clearTimeout(timer);
    socket.off('data', take);
    socket.off('end', done);
    socket.pause();
    const all = Buffer.concat(chunks);
    if (all.length > 0) socket.unshift(all);
    // Empty lines in front of a request are passed over (reading R-593).
    const line = /^(?:\r\n)*([^\r\n]*)\r?\n/.exec(all.toString('latin1'))?.[1] ?? '';
    const target = /^\S+ +(\S+)/.exec(line)?.[1];
    then(target === undefined ? undefined : wishOf(target));
  };
  const take = (chunk: Buffer): void => {
    chunks.push(chunk);
    const all = Buffer.concat(chunks);
    if (/[^\r\n][^]*\n/.test(all.toString('latin1')) || all.length > maxFirstLine) done();
  };
  const timer = setTimeout(() => socket.destroy(), firstLineWithin);
  socket.once('close', () => {
    clearTimeout(timer);
  });
  socket.on('data', take);
  socket.once('end', done);
}

/** Path and parameters of a Request-URI, also of one in the absolute form. */
function wishOf(target: string): Wish | undefined {
  const url = URL.parse(target, 'http://localhost/');
  return url === null ? undefined : { path: url.pathname, parameters: url.searchParams };
}

function give(socket: Socket, service: Service): void {
  switch (service.kind) {
    case 'connection':
      service.take(socket);
      break;
    case 'nothing':
      sayNothing(socket, service.why);
      break;
    case 'message':
      sendMessage(socket, service.text);
      if (service.then !== undefined) socket.once('close', service.then);
      break;
  }
}

/** A right connection of the model: one message, then the closing handshake. */
function sendMessage(socket: Socket, text: string | Promise<string>): void {
  runEndpoint({ role: 'server' }, socket, {
    onEffect: (effect, endpoint) => {
      if (effect.type === 'requested' && isPossible(endpoint.connection(), 'local.accept')) endpoint.accept();
      if (effect.type === 'http') sayNothing(socket, 'this port speaks WebSocket of draft-06 to clients under test');
      if (effect.type !== 'opened') return;
      void Promise.resolve(text).then((told) => {
        if (!endpoint.canSend()) return;
        endpoint.send(told);
        endpoint.close({ status: 1000 });
      });
    },
  });
}

/** A line for whoever came by mistake. */
function sayNothing(socket: Socket, why: string): void {
  const body = `${why}\n`;
  socket.end(
    'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Type: text/plain\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), 2000);
  socket.once('end', () => socket.destroy());
  socket.once('close', () => {
    clearTimeout(timer);
  });
}
