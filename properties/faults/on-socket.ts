import { randomUUID } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { parseUri } from '../../model/uri.js';
import { lineOf } from '../drivers/socket-line.js';
import { type ClientPeer, type Line, type Peer, PeerUnreachable } from '../verifier/line.js';
import type { ConnectsTo } from './fault.js';

/*
 * Peers in memory, on sockets: the same definition of a fault serves here, its line between the socket and the model.
 */

/** Milliseconds between two looks at a line whose clock has to keep up with the real one. */
const tick = 10;

/** Milliseconds for which a socket stays behind the end of its line. */
const linger = 2000;

/** Bytes that may wait for the other side before it has to be quiet. */
const maxUnsent = 1024 * 1024;

/** Connections of a faulty server at the same time. */
const maxConnections = 1000;

/**
 * Carries bytes both ways between a socket and a line until one of them ends.
 * @returns a promise that is kept when the socket is closed
 */
export function joinSocket(socket: Socket, line: Line): Promise<void> {
  const start = performance.now();
  const origin = line.now();
  let isLooking = false;
  let isOver = false;
  const take = async (): Promise<void> => {
    for (;;) {
      const behind = performance.now() - start - (line.now() - origin);
      const event = await line.next(Math.max(0, behind));
      if (socket.destroyed || event.type === 'silence') return;
      if (event.type === 'bytes') {
        socket.write(event.bytes);
        if (socket.writableLength > maxUnsent) socket.pause();
        continue;
      }
      isOver = true;
      // What was written before a reset has to arrive, or the reset would take it along.
      if (event.type === 'lost') setTimeout(() => socket.resetAndDestroy(), tick);
      else socket.end();
      setTimeout(() => socket.destroy(), linger).unref();
      return;
    }
  };
  const look = (): void => {
    if (isLooking || isOver) return;
    isLooking = true;
    void take().finally(() => {
      isLooking = false;
    });
  };
  const clock = setInterval(look, tick);
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    line.send(new Uint8Array(chunk));
    look();
  });
  socket.on('drain', () => socket.resume());
  socket.on('end', () => {
    line.end();
    look();
    // Whoever never ends TCP is not kept for ever by one who did.
    setTimeout(() => socket.destroy(), 5 * linger).unref();
  });
  look();
  return new Promise((resolve) => {
    socket.once('close', () => {
      clearInterval(clock);
      if (!isOver) line.destroy();
      resolve();
    });
  });
}

/** A server in memory that listens. */
export interface ServedPeer {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/**
 * Listens for a server in memory.
 * @param port 0 takes a free one
 * @throws the error of the system when the port cannot be listened on
 */
export const servePeer = (peer: Peer, host: string, port: number): Promise<ServedPeer> =>
  listenFor(host, port, (socket) => {
    peer.connect().then(
      (line) => joinSocket(socket, line),
      () => socket.destroy(),
    );
  });

/**
 * Listens for whatever serves sockets.
 * @param port 0 takes a free one
 * @throws the error of the system when the port cannot be listened on
 */
export async function listenFor(host: string, port: number, take: (socket: Socket) => void): Promise<ServedPeer> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    take(socket);
  });
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/**
 * Opens TCP to a place.
 * @throws PeerUnreachable when nobody listens there
 */
export async function openTcp({ host, port }: { readonly host: string; readonly port: number }): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const opened = connect({ host: host.replace(/^\[|\]$/g, ''), port, allowHalfOpen: true, noDelay: true });
    opened.once('connect', () => {
      resolve(opened);
    });
    opened.once('error', (error) => {
      reject(new PeerUnreachable(`${host}:${port} cannot be reached: ${error.message}`));
    });
  });
}

/**
 * Connects a client in memory to a server, and lets them talk until TCP is over.
 * @param where the port to connect to instead of that of the URL
 * @throws PeerUnreachable when the client refuses the URL, or nobody listens there
 */
export async function connectPeer(
  client: ClientPeer,
  url: string,
  {
    name = randomUUID(),
    where,
    signal,
  }: {
    readonly name?: string;
    readonly where?: { readonly host: string; readonly port: number };
    readonly signal?: AbortSignal;
  } = {},
): Promise<void> {
  const { line, uri, release } = await client.accept({ name, url: () => url });
  const place = where ?? uri;
  if (place === undefined) throw new PeerUnreachable(`${url} does not say where to connect to`);
  try {
    const socket = await openTcp(place);
    signal?.addEventListener('abort', () => socket.destroy());
    await joinSocket(socket, line);
  } finally {
    release();
  }
}

/** A client in memory that comes over TCP, for cases that have to meet it there. */
export const clientOverTcp = (client: ClientPeer): ClientPeer =>
  comingOverTcp((url, options) => connectPeer(client, url, options));

/** Whatever connects to a URL, for cases that have to meet it. */
export const comingOverTcp = (connects: ConnectsTo): ClientPeer => ({
  accept: async ({ name, url }) => {
    const host = '127.0.0.1';
    const listener = createServer({ allowHalfOpen: true, noDelay: true });
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(0, host, resolve);
    });
    const { port } = listener.address() as AddressInfo;
    const text = url?.({ host, port }) ?? `ws://${host}:${port}/`;
    const coming = new Promise<Socket>((resolve) => listener.once('connection', resolve));
    const over = new AbortController();
    const release = (): void => {
      over.abort();
      listener.close();
    };
    try {
      const going = connects(text, { name, where: { host, port }, signal: over.signal });
      const socket = await Promise.race([coming, going.then(() => undefined)]);
      if (socket === undefined) throw new PeerUnreachable('the client ended without connecting');
      going.catch(() => undefined);
      const parsed = parseUri(text);
      return { line: lineOf(socket), release, ...(parsed.ok ? { uri: parsed.uri } : {}) };
    } catch (error) {
      release();
      throw error;
    }
  },
});
