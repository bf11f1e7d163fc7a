import { once } from 'node:events';
import { createServer, connect as connectTcp, type Server, type Socket } from 'node:net';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../impl/client.js';
import { createConnectingLine } from '../../impl/connecting.js';
import { startServer } from '../../impl/server.js';
import { type Certificate, makeCertificate } from '../../impl/tls-certificate.js';
import { tlsLayer } from '../../impl/tls-server.js';
import { parseUri } from '../../model/uri.js';
import { lineOf } from '../drivers/socket-line.js';
import { socketServer } from '../drivers/socket-server.js';
import { readClientHello } from '../verifier/client-hello.js';
import type { ClientPeer } from '../verifier/line.js';
import { type CaseResult, clientBench, runCases, serverBench } from '../verifier/run.js';
import { secureClientCases } from './client/index.js';
import { casesFor, secureServerCases, serverCases } from './index.js';

let certificate: Certificate;
beforeAll(async () => {
  certificate = await makeCertificate({ names: ['localhost'] });
});

/** Verdicts by case, with the clauses that are blamed. */
const verdicts = (results: readonly CaseResult[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    results.map(({ id, verdict, findings }) => [id, [verdict, ...findings.map(({ code }) => code)].join(' ')]),
  );

/** Judges a server behind TLS on a port of this machine. */
async function judgeServer(port: number): Promise<Readonly<Record<string, string>>> {
  const parsed = parseUri(`wss://localhost:${port}/`);
  if (!parsed.ok) throw new Error(parsed.refusal.says);
  const target = { uri: parsed.uri, subprotocols: [], fields: [], timeout: 150 };
  const peer = socketServer('127.0.0.1', port, 2000, { insecure: true });
  return verdicts(
    await runCases({
      cases: secureServerCases,
      bench: serverBench(peer, target),
      seed: 6,
      jobs: 4,
      abilities: new Set(),
    }),
  );
}

describe('the cases for servers behind TLS', () => {
  test('are run for wss and for wss alone', () => {
    expect(casesFor({ uri: { secure: false } })).toEqual(serverCases);
    expect(casesFor({ uri: { secure: true } })).toEqual([...serverCases, ...secureServerCases]);
  });

  test('pass the reference server', async () => {
    const server = await startServer({ port: 0, layer: tlsLayer(certificate) });
    expect(await judgeServer(server.port)).toEqual({
      'tls/opening-handshake': 'pass',
      'tls/opening-handshake-in-clear': 'pass',
      'tls/broken-handshake': 'pass',
      'tls/unknown-name': 'informational name-refused',
    });
    await server.stop();
  });

  test('notice one that speaks without TLS too, and keeps what fails open', async () => {
    const plain = await startServer({ port: 0 });
    const secure = createTlsServer({ ...certificate, allowHalfOpen: true }, (socket) => {
      pass(socket, plain.port);
    });
    const both = createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (first) => {
        socket.pause();
        socket.unshift(first);
        if (first[0] === 0x47) pass(socket, plain.port);
        else if (first.length > 20) secure.emit('connection', socket);
      });
    });
    await withPort(both, async (port) => {
      expect(await judgeServer(port)).toEqual({
        'tls/opening-handshake': 'pass',
        'tls/opening-handshake-in-clear': 'fail accepted-in-clear',
        'tls/broken-handshake': 'fail kept-open',
        'tls/unknown-name': 'informational name-ignored',
      });
    });
    await plain.stop();
  });
});

function pass(socket: Socket, port: number): void {
  const inner = connectTcp({ host: '127.0.0.1', port });
  for (const each of [socket, inner]) each.on('error', () => undefined);
  socket.pipe(inner).pipe(socket);
}

async function withPort(server: Server, run: (port: number) => Promise<void>): Promise<void> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await run(typeof address === 'object' && address !== null ? address.port : 0);
  for (const socket of sockets) socket.destroy();
  server.close();
}

/** A client that is called, in this process. */
function calledClient(call: (url: string, port: number) => void): ClientPeer {
  return {
    accept: async ({ url }) => {
      const listener = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
      await once(listener, 'listening');
      const address = listener.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      call(url?.({ host: '127.0.0.1', port }) ?? '', port);
      const [socket] = (await once(listener, 'connection')) as [Socket];
      return { line: lineOf(socket), release: () => listener.close() };
    },
  };
}

async function judgeClient(call: (url: string, port: number) => void): Promise<Readonly<Record<string, string>>> {
  const run = { client: calledClient(call), target: { timeout: 150 }, requests: [] };
  const abilities = new Set(['choice of URL'] as const);
  return verdicts(await runCases({ cases: secureClientCases, bench: clientBench(run), seed: 6, jobs: 1, abilities }));
}

const lookup = (): Promise<readonly string[]> => Promise.resolve(['127.0.0.1']);

describe('the cases for clients that know wss', () => {
  const right = {
    'client-tls/server-name': 'pass',
    'client-tls/server-address': 'informational left-out',
    'client-tls/broken-handshake': 'pass',
    'client-tls/untrusted-certificate': 'pass',
  };

  test('pass the reference client', async () => {
    expect(await judgeClient((url) => connect(url, { lookup, line: createConnectingLine() }))).toEqual(right);
  });

  test('notice one that trusts anybody', async () => {
    const trusting = (url: string): unknown =>
      connect(url, { lookup, line: createConnectingLine(), tls: { insecure: true } });
    expect(await judgeClient(trusting)).toEqual({ ...right, 'client-tls/untrusted-certificate': 'fail went-on' });
  });

  test('notice one that indicates no name, and one that keeps what failed open', async () => {
    const nameless = (_: string, port: number): void => {
      const socket = connectTls({ host: '127.0.0.1', port });
      socket.on('error', () => undefined);
    };
    expect(await judgeClient(nameless)).toEqual({ ...right, 'client-tls/server-name': 'fail other-name' });
    const hello = await helloOf('localhost');
    const stubborn = (_: string, port: number): void => {
      const socket = connectTcp({ host: '127.0.0.1', port, allowHalfOpen: true });
      socket.on('error', () => undefined).resume();
      socket.write(hello);
    };
    expect(await judgeClient(stubborn)).toMatchObject({
      'client-tls/server-name': 'pass',
      'client-tls/broken-handshake': 'fail kept-open',
      'client-tls/untrusted-certificate': 'fail kept-open',
    });
  });
});

/** The first bytes of a TLS client. */
async function helloOf(servername: string | undefined): Promise<Buffer> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const client = connectTls({ host: '127.0.0.1', port, ...(servername === undefined ? {} : { servername }) });
  client.on('error', () => undefined);
  const [socket] = (await once(listener, 'connection')) as [Socket];
  const [first] = (await once(socket, 'data')) as [Buffer];
  client.destroy();
  socket.destroy();
  listener.close();
  return first;
}

describe('the first message of a TLS client', () => {
  let named: Buffer;
  beforeAll(async () => {
    named = await helloOf('chat.server.example');
  });

  test('has the name, or none', async () => {
    expect(readClientHello(named)).toEqual({ kind: 'hello', serverName: 'chat.server.example' });
    expect(readClientHello(await helloOf(undefined))).toEqual({ kind: 'hello', serverName: undefined });
  });

  test('is read in whatever records it comes, and asks for more until it is whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: named.length - 6 }), (cut) => {
        const body = named.subarray(5);
        const record = (part: Buffer): Buffer =>
          Buffer.concat([Buffer.from([22, 3, 1, part.length >> 8, part.length & 255]), part]);
        const two = Buffer.concat([record(body.subarray(0, cut)), record(body.subarray(cut))]);
        expect(readClientHello(two)).toEqual({ kind: 'hello', serverName: 'chat.server.example' });
        expect(readClientHello(named.subarray(0, cut)).kind).toBe('need-more');
      }),
      { numRuns: 50 },
    );
  });

  test('is read from any bytes without harm', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.nat(299),
        fc.uint8Array({ maxLength: 8 }),
        (noise, at, patch) => {
          readClientHello(noise);
          const spoilt = Uint8Array.from(named);
          spoilt.set(patch, Math.min(at, spoilt.length - patch.length));
          readClientHello(spoilt);
          expect(readClientHello(Buffer.from('GET / HTTP/1.1\r\n')).kind).toBe('other');
        },
      ),
    );
  });
});
