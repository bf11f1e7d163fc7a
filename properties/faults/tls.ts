import { randomUUID } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls, type ConnectionOptions, createSecureContext, TLSSocket } from 'node:tls';
import { type Certificate, makeCertificate } from '../../impl/tls-certificate.js';
import { concatBytes, noBytes } from '../../model/bytes.js';
import type { ClauseId } from '../../spec/clauses.js';
import { memoryClient } from '../drivers/memory-client.js';
import { memoryServer } from '../drivers/memory-server.js';
import { readClientHello } from '../verifier/client-hello.js';
import { type Line, PeerUnreachable } from '../verifier/line.js';
import { type ConnectsTo, type SecureClientFault, type SecureServerFault, secureFault } from './fault.js';
import { connectPeer, joinSocket, listenFor, openTcp, type ServedPeer } from './on-socket.js';

/*
 * Sections 3.1, 5 and 10.2: TLS that is wrong. There is none in memory, so that these peers exist on sockets alone; what
 * they say inside TLS is the model's.
 */

let made: Promise<Certificate> | undefined;

/** One certificate for all, made when it is first asked for. */
const certificate = (): Promise<Certificate> => (made ??= makeCertificate({ names: ['localhost', '127.0.0.1'] }));

/** What a faulty server does about a client that begins with a TLS handshake, and about any other one. */
interface Handling {
  readonly tls: (socket: Socket, line: Line, secure: () => TLSSocket) => void;
  readonly other: (socket: Socket, line: Line, first: Uint8Array) => void;
}

/** A server that looks at the first bytes of each client. */
const serving =
  ({ tls, other }: Handling) =>
  async (host: string, port: number): Promise<ServedPeer> => {
    const secureContext = createSecureContext(await certificate());
    const peer = memoryServer();
    return listenFor(host, port, (socket) => {
      let first: Uint8Array = noBytes;
      const look = (chunk: Buffer): void => {
        first = concatBytes([first, chunk]);
        const { kind } = readClientHello(first);
        if (kind === 'need-more' && first.length < longestHello) return;
        socket.off('data', look).pause().unshift(first);
        void peer.connect().then((line) => {
          if (kind !== 'hello') other(socket, line, first);
          else tls(socket, line, () => new TLSSocket(below(socket), { isServer: true, secureContext }));
          socket.resume();
        });
      };
      socket.on('data', look);
    });
  };

/** Bytes of a beginning that is no handshake yet: what is longer than this is none. */
const longestHello = 65_536;

/** What TLS stands on, so that it can be left out for a time: it ends the connection no sooner than it is told to. */
function below(socket: Socket): Duplex {
  const bridge = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => {
      socket.write(chunk);
      done();
    },
    final: (done) => {
      socket.end();
      done();
    },
  });
  socket.on('data', (chunk: Buffer) => bridge.push(chunk)).on('end', () => bridge.push(null));
  return bridge;
}

/** Talks inside TLS, as it should be. */
const insideTls = (socket: Socket, line: Line, secure: () => TLSSocket): void => {
  const tunnel = secure();
  tunnel.on('error', () => socket.destroy());
  socket.on('close', () => tunnel.destroy());
  void joinSocket(tunnel, line);
};

const ended = (socket: Socket): void => {
  socket.destroy();
};

/** Takes what may be a request of HTTP; the rest fails. */
function talkingInClear(socket: Socket, line: Line, [first]: Uint8Array): void {
  if (first === capitalG) void joinSocket(socket, line);
  else ended(socket);
}

const capitalG = 0x47;

/** Reads what comes through the tunnel, and answers beside it. */
function answeringOutside(socket: Socket, line: Line, secure: () => TLSSocket): void {
  const tunnel = secure();
  tunnel.on('error', () => socket.destroy());
  tunnel.on('data', (chunk: Buffer) => {
    line.send(new Uint8Array(chunk));
    void line.next(0).then((event) => {
      if (event.type === 'bytes') socket.write(event.bytes);
    });
  });
}

type ServerRow = readonly [name: string, clause: ClauseId, says: string, handling: Handling];

const servers: readonly ServerRow[] = [
  [
    'clear-as-well',
    'draft-06/5.2.2/tls-handshake',
    'Talks without TLS to whoever begins without it.',
    { tls: insideTls, other: talkingInClear },
  ],
  [
    'keeps-what-failed',
    'draft-06/5.2.2/tls-failure',
    'Keeps TCP open behind a TLS handshake that fails.',
    { tls: insideTls, other: () => undefined },
  ],
  [
    'answers-outside',
    'draft-06/5.2.2/tls-tunnel',
    'Answers the opening handshake beside the tunnel through which it came.',
    { tls: answeringOutside, other: ended },
  ],
];

/** Servers of wss that break one clause each. */
export const tlsFaultyServers: readonly SecureServerFault[] = servers.map(([name, clause, says, handling]) =>
  secureFault({ name: `tls/${name}`, role: 'server', clause, says, serve: serving(handling) }),
);

/** A client that performs a TLS handshake with these options, and talks behind it. */
const overTls =
  (options: ConnectionOptions): ConnectsTo =>
  async (url, { where, name = randomUUID(), signal } = {}) => {
    const { line, uri, release } = await memoryClient().accept({ name, url: () => withoutTls(url) });
    if (uri === undefined) throw new PeerUnreachable(`${url} does not say where to connect to`);
    try {
      const tcp = await openTcp(where ?? placeOf(url));
      const socket = connectTls({ socket: tcp, servername: nameIn(uri.host), ...options });
      const leave = (): void => {
        socket.destroy();
        tcp.destroy();
      };
      signal?.addEventListener('abort', leave);
      if (signal?.aborted === true) leave();
      const isSecure = await new Promise<boolean>((resolve) => {
        socket.once('secureConnect', () => {
          resolve(true);
        });
        for (const end of ['error', 'close']) {
          socket.once(end, () => {
            resolve(false);
          });
        }
      });
      if (isSecure) await joinSocket(socket, line);
    } finally {
      release();
    }
  };

/** Where a wss URL leads to. */
function placeOf(url: string): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) || 443 };
}

/** The name to indicate: that of an address is none. */
const nameIn = (host: string): string => (isIP(host) === 0 ? host : '');

/** A URL as one for which no TLS is needed. */
const withoutTls = (url: string): string => url.replace(/^wss:/i, 'ws:');

/** Begins a TLS handshake, hears nothing, and stays for as long as TCP does. */
const stubborn: ConnectsTo = async (url, { where, signal } = {}) => {
  const socket = await openTcp(where ?? placeOf(url));
  signal?.addEventListener('abort', () => socket.destroy());
  const tls = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => {
      socket.write(chunk);
      done();
    },
  });
  connectTls({ socket: tls, servername: nameIn(placeOf(url).host) }).on('error', () => undefined);
  await new Promise<void>((resolve) => {
    socket
      .on('error', () => undefined)
      .once('close', () => {
        resolve();
      });
    socket.resume();
  });
};

/** What is wrong about wss; a ws URL the client understands. */
const forSecureUrls =
  (connects: ConnectsTo): ConnectsTo =>
  (url, options) =>
    /^wss:/i.test(url) ? connects(url, options) : connectPeer(memoryClient(), url, options);

type ClientRow = readonly [name: string, clause: ClauseId, says: string, connects: ConnectsTo];

const clients: readonly ClientRow[] = [
  [
    'in-clear',
    'draft-06/5.1/tls-handshake',
    'Takes wss for ws.',
    (url, options) => connectPeer(memoryClient(), withoutTls(url), options),
  ],
  ['no-name', 'draft-06/5.1/tls-server-name', 'Indicates no name of the server.', overTls({ servername: '' })],
  [
    'trusts-anybody',
    'draft-06/5.1/tls-failure',
    'Does not look at the certificate of the server.',
    overTls({ rejectUnauthorized: false }),
  ],
  ['keeps-what-failed', 'draft-06/5.1/tls-failure', 'Keeps TCP open behind a TLS handshake that fails.', stubborn],
];

/** Clients that are given a wss URL and break one clause each. */
export const tlsFaultyClients: readonly SecureClientFault[] = clients.map(([name, clause, says, connects]) =>
  secureFault({ name: `client-tls/${name}`, role: 'client', clause, says, connects: forSecureUrls(connects) }),
);
