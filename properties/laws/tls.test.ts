import { createServer as createTcpServer, connect as connectTcp, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClientConnectOptions } from '../../impl/client.js';
import { type ReferenceServer, startServer } from '../../impl/server.js';
import { type Certificate, makeCertificate } from '../../impl/tls-certificate.js';
import { tlsLayer } from '../../impl/tls-server.js';
import { startHttpProxy } from '../drivers/loopback-proxies.js';
import { talkToEcho } from './echo-talk.js';
import { law } from './law.js';

const hour = 3600 * 1000;

let authority: Certificate;
let good: Certificate;
let server: ReferenceServer;
beforeAll(async () => {
  authority = await makeCertificate({ names: ['hybi-spec tests'], isAuthority: true });
  good = await makeCertificate({ names: ['localhost', '*.server.example', '127.0.0.1'], authority });
  server = await startServer({
    port: 0,
    layer: tlsLayer({ ...good, handshakeTimeout: 200 }),
    durations: { drop: 200 },
  });
});
afterAll(() => server.stop());

/** What a conversation came to: what was echoed, or why nothing was. */
interface Came {
  readonly said: string;
  readonly isClean: boolean;
}

/** Talks to an echo over TLS. All names lead to this machine. */
async function talk(url: string, options: ClientConnectOptions = {}): Promise<Came> {
  const lookup = () => Promise.resolve(['127.0.0.1']);
  const { echoed, why, isClean } = await talkToEcho(url, { lookup, tls: { ca: authority.cert }, ...options });
  return { said: echoed ?? why, isClean };
}

/** A TCP server that keeps what it is sent, and answers each connection with the same bytes. */
async function withTcpServer<Result>(
  onConnection: (socket: Socket) => void,
  run: (port: number) => Promise<Result>,
): Promise<Result> {
  const tcp = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  return withServer(tcp, run);
}

async function withServer<Result>(listener: Server, run: (port: number) => Promise<Result>): Promise<Result> {
  const sockets = new Set<Socket>();
  listener.on('connection', (socket: Socket) => sockets.add(socket));
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  try {
    return await run(typeof address === 'object' && address !== null ? address.port : 0);
  } finally {
    for (const socket of sockets) socket.destroy();
    listener.close();
  }
}

describe('wss', () => {
  law(
    'connects, carries messages both ways, and closes cleanly, all inside TLS',
    [
      'draft-06/5.1/tls-handshake',
      'draft-06/5.1/tls-tunnel',
      'draft-06/5.2.2/tls-handshake',
      'draft-06/5.2.2/tls-tunnel',
      'draft-06/10.2/encrypted',
      'draft-06/10.2/only-operation',
      'draft-06/7.1.3/cleanly',
    ],
    async () => {
      expect(server.url).toMatch(/^wss:/);
      const sent: Buffer[] = [];
      const proxied = await withTcpServer(
        (socket) => {
          const inner = connectTcp({ host: '127.0.0.1', port: server.port });
          inner.on('error', () => socket.destroy());
          socket.on('data', (chunk) => sent.push(chunk));
          inner.on('data', (chunk) => sent.push(chunk));
          socket.pipe(inner).pipe(socket);
        },
        (port) => talk(`wss://localhost:${port}/`),
      );
      expect(proxied).toEqual({ said: 'hello', isClean: true });
      // Every byte on the wire is one of a TLS record, and none of HTTP or of the message can be read.
      expect(sent[0]?.[0]).toBe(22);
      expect(Buffer.concat(sent).toString('latin1')).not.toMatch(/HTTP|websocket|hello/i);
      expect(await talk(`wss://127.0.0.1:${server.port}/`)).toEqual({ said: 'hello', isClean: true });
    },
  );

  law('indicates the name of the server, and no name for an address', ['draft-06/5.1/tls-server-name'], async () => {
    const indicated: (string | false | null)[] = [];
    const tls = createTlsServer({ cert: good.cert, key: good.key }, (socket) => {
      indicated.push(socket.servername);
      socket.destroy();
    });
    await withServer(tls, async (port) => {
      await talk(`wss://chat.server.example:${port}/`);
      await talk(`wss://127.0.0.1:${port}/`);
      await talk(`wss://127.0.0.1:${port}/`, { tls: { ca: authority.cert, servername: 'localhost' } });
    });
    expect(indicated).toEqual(['chat.server.example', false, 'localhost']);
  });

  test('goes through a proxy', async () => {
    const proxy = await startHttpProxy();
    const came = await talk(`wss://chat.server.example:${server.port}/`, { proxy: `http://127.0.0.1:${proxy.port}` });
    expect(came).toEqual({ said: 'hello', isClean: true });
    expect(proxy.asked).toHaveLength(1);
    await proxy.stop();
  });
});

describe('a client', () => {
  law(
    'does not send its opening handshake to a server whose certificate cannot be verified, and says why',
    ['draft-06/5.1/tls-failure'],
    async () => {
      const now = Date.now();
      const names = ['localhost'];
      const bad: readonly (readonly [Certificate, string])[] = [
        [await makeCertificate({ names }), 'is self-signed'],
        [
          await makeCertificate({
            names,
            authority,
            notBefore: new Date(now - 2 * hour),
            notAfter: new Date(now - hour),
          }),
          'has expired',
        ],
        [await makeCertificate({ names, authority, notBefore: new Date(now + hour) }), 'is not valid yet'],
        [await makeCertificate({ names: ['other.example'], authority }), 'is not for localhost'],
        [
          await makeCertificate({ names, authority: await makeCertificate({ names: ['x'], isAuthority: true }) }),
          'signed by an authority that is not trusted',
        ],
      ];
      for (const [{ cert, key }, reason] of bad) {
        let received = 0;
        const tls = createTlsServer({ cert, key }, (socket) => {
          socket.on('error', () => undefined).on('data', (chunk: Buffer) => (received += chunk.length));
        });
        const came = await withServer(tls, (port) => talk(`wss://localhost:${port}/`));
        expect(came.said).toContain(reason);
        expect(received).toBe(0);
      }
    },
  );

  test('that is told to trust anybody does', async () => {
    expect((await talk(`wss://other.example:${server.port}/`, { tls: { insecure: true } })).said).not.toBe('hello');
    expect((await talk(`wss://localhost:${server.port}/`, { tls: { insecure: true } })).said).toBe('hello');
    expect((await talk(`wss://localhost:${server.port}/`, { tls: {} })).said).toContain('not trusted');
  });

  law(
    'fails the connection when the other side does not speak TLS, ends it, or resets it',
    ['draft-06/5.1/tls-failure'],
    async () => {
      const others: readonly (readonly [(socket: Socket) => void, string])[] = [
        [(socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 'does not speak TLS'],
        [(socket) => socket.end(), 'ended the connection during the TLS handshake'],
        [
          (socket) => socket.once('data', () => socket.resetAndDestroy()),
          'ended the connection during the TLS handshake',
        ],
      ];
      for (const [onConnection, reason] of others) {
        const came = await withTcpServer(onConnection, (port) => talk(`wss://localhost:${port}/`));
        expect(came.said).toContain(reason);
      }
    },
  );

  test('does not wait for TLS without end', async () => {
    const came = await withTcpServer(
      () => undefined,
      (port) => talk(`wss://localhost:${port}/`, { durations: { connect: 50 } }),
    );
    expect(came.said).toContain('did not answer in time');
  });
});

describe('a server', () => {
  /** What ends a TLS connection to the server before anything was said on it, or `secure`. */
  const shake = (servername: string | undefined): Promise<string> =>
    new Promise((resolve) => {
      const socket = connectTls({
        host: '127.0.0.1',
        port: server.port,
        rejectUnauthorized: false,
        ...(servername === undefined ? {} : { servername }),
      });
      socket.once('error', () => {
        resolve('closed');
      });
      socket.once('secureConnect', () => {
        socket.destroy();
        resolve('secure');
      });
    });

  law(
    'closes the connection of a client that indicates a name which it does not serve, and serves who indicates none',
    ['draft-06/5.2.2/tls-failure'],
    async () => {
      expect(await shake('localhost')).toBe('secure');
      expect(await shake('LOCALHOST')).toBe('secure');
      expect(await shake('chat.server.example')).toBe('secure');
      expect(await shake(undefined)).toBe('secure');
      expect(await shake('other.example')).toBe('closed');
      expect(await shake('example')).toBe('closed');
    },
  );

  law(
    'closes connections that do not bring a TLS handshake, or take too long, and goes on serving',
    ['draft-06/5.2.2/tls-failure'],
    async () => {
      for (const bytes of [
        'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
        '\x16\x03\x01\xff\xff',
        '',
        '\0'.repeat(70_000),
      ]) {
        const socket = connectTcp({ host: '127.0.0.1', port: server.port });
        socket.on('error', () => undefined).resume();
        socket.write(bytes);
        await new Promise((resolve) => socket.once('close', resolve));
      }
      expect((await talk(`wss://localhost:${server.port}/`)).said).toBe('hello');
    },
  );

  test('takes only names that it is told, where it is told some', async () => {
    const named = await startServer({ port: 0, layer: tlsLayer({ ...good, names: ['Chat.server.example'] }) });
    expect((await talk(`wss://chat.server.example:${named.port}/`)).said).toBe('hello');
    expect((await talk(`wss://localhost:${named.port}/`)).said).not.toBe('hello');
    await named.stop();
  });

  test('does not start with a certificate that is none, or not that of the key', () => {
    expect(() => tlsLayer({ cert: 'none', key: good.key })).toThrow(RangeError);
    expect(() => tlsLayer({ cert: good.cert, key: authority.key })).toThrow(RangeError);
  });

  test('ends with connections that are in the middle of a TLS handshake', async () => {
    const other = await startServer({ port: 0, layer: tlsLayer(good), durations: { close: 20, drop: 20 } });
    const socket = connectTcp({ host: '127.0.0.1', port: other.port });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    await other.stop();
    expect(other.connections()).toBe(0);
    socket.destroy();
  });
});
