import { once } from 'node:events';
import { connect, createServer, isIP, type Socket } from 'node:net';

/** A proxy on loopback, for tests: what it was asked for is remembered, and every name leads to this machine. */
export interface LoopbackProxy {
  readonly port: number;
  /** Heads of requests, or `host:port user:password` for SOCKS, in order. */
  readonly asked: readonly string[];
  readonly stop: () => Promise<void>;
}

type Serve = (socket: Socket, asked: string[]) => void;

async function startProxy(serve: Serve): Promise<LoopbackProxy> {
  const sockets = new Set<Socket>();
  const asked: string[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    serve(socket, asked);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    asked,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Connects both ways, each direction ended by itself. */
function tunnel(client: Socket, host: string, port: number, opened: () => void): void {
  const server = connect({ host: isIP(host) === 0 ? '127.0.0.1' : host, port, allowHalfOpen: true });
  server.on('error', () => client.destroy());
  client.on('close', () => server.destroy());
  server.once('connect', () => {
    opened();
    client.pipe(server);
    server.pipe(client);
  });
}

/** What an HTTP proxy does with a request: open the way, or send these bytes instead, again and again if `endless`. */
export type HttpProxyAnswer = 'open' | { readonly bytes: string; readonly then?: 'end' | 'endless' | 'hold' };

/**
 * An HTTP proxy that knows CONNECT.
 * @param answer what to do with the head of a request
 */
export function startHttpProxy(answer: (head: string) => HttpProxyAnswer = () => 'open'): Promise<LoopbackProxy> {
  return startProxy((socket, asked) => {
    let head = '';
    const onData = (chunk: Buffer): void => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', onData).pause();
      asked.push(head);
      const reaction = answer(head);
      if (reaction === 'open') {
        const [, host = '', port = ''] = /^CONNECT \[?(.*?)\]?:(\d+) HTTP\/1\.1\r\n/.exec(head) ?? [];
        tunnel(socket, host, Number(port), () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
        return;
      }
      socket.resume();
      misbehave(socket, reaction);
    };
    socket.on('data', onData);
  });
}

function misbehave(socket: Socket, { bytes, then = 'end' }: Exclude<HttpProxyAnswer, 'open'>): void {
  if (then === 'end') socket.end(bytes);
  else socket.write(bytes);
  if (then !== 'endless') return;
  const more = (): void => {
    while (!socket.destroyed && socket.write(bytes));
    if (!socket.destroyed) socket.once('drain', more);
  };
  more();
}

/** How a SOCKS proxy deviates from granting everything to everybody. */
export interface SocksProxyOptions {
  readonly credentials?: string;
  /** The reply to the request: 0 grants. */
  readonly reply?: number;
  /** Bytes to send instead of any answer. */
  readonly garbage?: string;
  /** Bytes to send in one piece with the reply that grants, instead of a way to a server. */
  readonly behind?: string;
}

/** A SOCKS 5 proxy (RFC 1928, RFC 1929) that trusts its clients to send each of their three messages at once. */
export function startSocksProxy(options: SocksProxyOptions = {}): Promise<LoopbackProxy> {
  const { credentials, reply = 0, garbage, behind } = options;
  return startProxy((socket, asked) => {
    let given = '';
    const next = (handle: (bytes: Buffer) => void): void => {
      socket.once('data', handle);
    };
    const onRequest = (bytes: Buffer): void => {
      socket.pause();
      const [host, rest] = readAddress(bytes.subarray(3));
      const port = rest.readUInt16BE();
      asked.push(`${host}:${port} ${given}`.trimEnd());
      const answer = Buffer.from([5, reply, 0, 1, 127, 0, 0, 1, 0, 0]);
      if (behind !== undefined) socket.end(Buffer.concat([answer, Buffer.from(behind)]));
      else if (reply === 0) tunnel(socket, host, port, () => socket.write(answer));
      else socket.end(answer);
    };
    next((greeting) => {
      if (garbage !== undefined) {
        socket.end(garbage);
        return;
      }
      const method = credentials === undefined ? 0 : 2;
      if (!greeting.subarray(2).includes(method)) {
        socket.end(Buffer.from([5, 0xff]));
        return;
      }
      socket.write(Buffer.from([5, method]));
      if (credentials === undefined) {
        next(onRequest);
        return;
      }
      next((bytes) => {
        const userLength = bytes[1] ?? 0;
        given = `${bytes.toString('utf8', 2, 2 + userLength)}:${bytes.toString('utf8', 3 + userLength)}`;
        const isKnown = given === credentials;
        next(onRequest);
        socket.write(Buffer.from([1, isKnown ? 0 : 1]));
      });
    });
  });
}

/** An address of SOCKS 5 in words, and what follows it. */
function readAddress(bytes: Buffer): [host: string, rest: Buffer] {
  if (bytes[0] === 1) return [bytes.subarray(1, 5).join('.'), bytes.subarray(5)];
  if (bytes[0] === 4) return [bytes.toString('hex', 1, 17), bytes.subarray(17)];
  const length = bytes[1] ?? 0;
  return [bytes.toString('latin1', 2, 2 + length), bytes.subarray(2 + length)];
}
