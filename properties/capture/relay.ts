import { connect, createServer, type Server, type Socket } from 'node:net';
import { noBytes } from '../../model/bytes.js';
import type { Role } from '../../model/role.js';
import type { TakeRecord } from '../judge/trace.js';

/*
 * A relay for TCP: it stands between a client and a server, passes bytes on as they are, and tells what passes.
 */

/** Changes what one side sends before it is passed on; what is told is what came. */
export interface Rewriter {
  readonly take: (bytes: Uint8Array) => Uint8Array;
  /** What it still holds back when the side has ended. */
  readonly rest: () => Uint8Array;
}

export interface RelayOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly target: { readonly host: string; readonly port: number };
  readonly tell: TakeRecord;
  /** Told when the target could not be reached for a connection. */
  readonly onUnreachable: (connection: number, why: string) => void;
  /** Connections that are taken; the relay is over when the last of them is. Default: any number. */
  readonly connections?: number;
  /** Makes what rewrites the bytes of a side of a connection; without one they pass as they are. */
  readonly rewrite?: (from: Role) => Rewriter | undefined;
}

/** A running relay. */
export interface Relay {
  readonly port: number;
  /** Resolves when no connection is left and none is taken any more. */
  readonly over: Promise<void>;
  /** Takes no more connections, and breaks those that there are. */
  readonly stop: () => void;
}

/** Milliseconds for the connection to the target. */
const connectTimeout = 10_000;

/**
 * Starts a relay.
 * @throws the error of the operating system when it cannot listen
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const { host, port, connections: limit = Infinity } = options;
  const startedAt = performance.now();
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (client) => {
    if (count >= limit) {
      client.destroy();
      return;
    }
    count++;
    if (count >= limit) server.close();
    sockets.add(client);
    client.once('close', () => sockets.delete(client));
    relayConnection(client, count, performance.now() - startedAt, options, sockets);
  });
  const over = new Promise<void>((resolve) => server.once('close', resolve));
  await listen(server, host, port);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    over,
    stop: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
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

function relayConnection(
  client: Socket,
  connection: number,
  atMs: number,
  { target, tell, onUnreachable, rewrite }: RelayOptions,
  sockets: Set<Socket>,
): void {
  const start = performance.now();
  const now = (): number => performance.now() - start;
  const shown = (address: string | undefined, port: number | undefined): string =>
    `${address?.includes(':') === true ? `[${address}]` : (address ?? '?')}:${port ?? 0}`;
  const ends = {
    client: shown(client.remoteAddress, client.remotePort),
    server: shown(target.host.replace(/^\[|\]$/g, ''), target.port),
  };
  const upstream = connect({
    host: target.host.replace(/^\[|\]$/g, ''),
    port: target.port,
    allowHalfOpen: true,
    noDelay: true,
  });
  sockets.add(upstream);
  const giveUp = (why: string): void => {
    onUnreachable(connection, why);
    upstream.destroy();
    client.destroy();
  };
  const timer = setTimeout(() => {
    giveUp(`no TCP connection within ${connectTimeout} ms`);
  }, connectTimeout);
  const onError = (error: Error): void => {
    giveUp(error.message);
  };
  upstream.once('error', onError);
  upstream.once('close', () => {
    clearTimeout(timer);
    sockets.delete(upstream);
  });
  client.on('error', () => client.destroy());
  upstream.once('connect', () => {
    clearTimeout(timer);
    upstream.off('error', onError);
    if (client.destroyed) {
      upstream.destroy();
      return;
    }
    tell({ connection, type: 'opened', atMs, isWhole: true, ...ends });
    let open = 2;
    const closed = (): void => {
      if (--open === 0) tell({ connection, type: 'over', atMs: now() });
    };
    pass('client', client, upstream, rewrite?.('client'), closed);
    pass('server', upstream, client, rewrite?.('server'), closed);
  });

  /** Passes on what one side sends; it is read no faster than the other side takes it. */
  function pass(from: Role, source: Socket, sink: Socket, rewriter: Rewriter | undefined, closed: () => void): void {
    let isOver = false;
    const end = (type: 'ended' | 'lost'): void => {
      if (isOver) return;
      isOver = true;
      tell({ connection, type, from, atMs: now() });
    };
    source.on('data', (chunk: Buffer) => {
      const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      tell({ connection, type: 'bytes', from, atMs: now(), bytes });
      const passed = rewriter === undefined ? bytes : rewriter.take(bytes);
      if (sink.writable && passed.length > 0 && !sink.write(passed)) source.pause();
    });
    sink.on('drain', () => source.resume());
    source.on('end', () => {
      end('ended');
      if (sink.writable) sink.end(rewriter?.rest() ?? noBytes);
    });
    source.on('error', () => {
      end('lost');
    });
    source.on('close', (hadError) => {
      // Closed without an end of its own direction: whoever broke the connection did it here.
      if (!source.readableEnded && !sink.destroyed) {
        end('lost');
        sink.resetAndDestroy();
      } else if (hadError && !sink.destroyed) sink.resetAndDestroy();
      closed();
    });
    source.resume();
  }
}
