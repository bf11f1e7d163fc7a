import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { concatBytes } from '../model/bytes.js';
import { frameOf } from '../model/frame.js';
import { sampleRequest, sampleResponse, createRecording } from '../properties/arbitraries/recorded-talk.js';
import { type Relay, startRelay } from '../properties/capture/relay.js';
import type { TraceRecord } from '../properties/judge/trace.js';
import { timeoutRewriter } from '../properties/capture/head-rewriter.js';
import { startHybi } from './built-program.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hybi-proxy-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A server that does what it is told with each connection. */
async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, onConnection).listen(0, '127.0.0.1');
  stops.push(() => server.close());
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function relayTo(port: number, options: Partial<Parameters<typeof startRelay>[0]> = {}) {
  const records: TraceRecord[] = [];
  const unreachable: string[] = [];
  const relay: Relay = await startRelay({
    host: '127.0.0.1',
    port: 0,
    target: { host: '127.0.0.1', port },
    tell: (record) => records.push(record),
    onUnreachable: (_, why) => unreachable.push(why),
    connections: 1,
    ...options,
  });
  stops.push(relay.stop);
  return { relay, records, unreachable };
}

/** All that comes until the other side ends. */
async function readAll(socket: Socket): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'end');
  return concatBytes(chunks);
}

test('bytes pass as they are, much faster than they are read, and each direction ends alone', async () => {
  const size = 8 * 1024 * 1024;
  const port = await listen((socket) => {
    // The answer begins when the question has ended: a half-closed connection has to stay open.
    void readAll(socket).then((question) => socket.end(question));
  });
  const { relay, records } = await relayTo(port);
  const client = connect({ port: relay.port, host: '127.0.0.1', allowHalfOpen: true });
  const question = new Uint8Array(size).map((_, at) => at % 251);
  client.end(question);
  const answer = await readAll(client);
  await relay.over;
  expect(Buffer.compare(answer, question)).toBe(0);
  expect(
    records.filter(({ type }) => type !== 'bytes').map((record) => [record.type, 'from' in record ? record.from : '']),
  ).toEqual([
    ['opened', ''],
    ['ended', 'client'],
    ['ended', 'server'],
    ['over', ''],
  ]);
});

test('a connection that one side breaks is broken for the other', async () => {
  const port = await listen((socket) => {
    socket.once('data', () => socket.resetAndDestroy());
    socket.on('error', () => undefined);
  });
  const { relay, records } = await relayTo(port);
  const client = connect({ port: relay.port, host: '127.0.0.1' });
  const broken = once(client, 'error');
  client.write('hello');
  await broken;
  await relay.over;
  expect(records.flatMap((record) => (record.type === 'lost' ? [record.from] : []))).toEqual(['server']);
});

test('a target that nobody listens on is said, and the client is let go', async () => {
  const port = await listen(() => undefined);
  for (const stop of stops.splice(0)) stop();
  const { relay, unreachable } = await relayTo(port);
  const client = connect({ port: relay.port, host: '127.0.0.1' });
  client.on('error', () => undefined);
  await once(client, 'close');
  await relay.over;
  expect(unreachable.join()).toContain('ECONNREFUSED');
});

test('as an intermediary it changes the timeouts of the first head alone, however that is cut', () => {
  const rewriter = timeoutRewriter('client', { kind: 'knowing', lowersTo: 5 });
  const head = 'GET / HTTP/1.1\r\nHost: a\r\nRequest-Timeout: 60\r\n\r\n';
  const rest = 'Request-Timeout: 60\r\n\r\n';
  const bytes = Buffer.from(`${head}${rest}`);
  const passed = Array.from(bytes, (byte) => Buffer.from(rewriter.take(Uint8Array.of(byte))).toString());
  expect(passed.join('')).toBe(`${head.replace('60', '5')}${rest}`);
});

function start(args: readonly string[]): ChildProcess {
  const child = startHybi(args);
  stops.push(() => child.kill('SIGKILL'));
  return child;
}

test('hybi proxy judges both sides live, records what passes, and ends with the status', async () => {
  const port = await listen((socket) => {
    socket.once('data', () => {
      const { events, frame } = createRecording();
      frame('server', frameOf('pong'));
      const [pong] = events;
      socket.end(concatBytes([sampleResponse, pong?.type === 'bytes' ? pong.bytes : new Uint8Array(0)]));
    });
  });
  const trace = join(folder, 'talk.jsonl');
  const child = start(['proxy', '--listen', '0', '--target', `ws://127.0.0.1:${port}/`, '--once', '--record', trace]);
  const output: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const [ready] = (await once(child.stderr as NodeJS.ReadableStream, 'data')) as [Buffer];
  const listening = /listening ws:\/\/127\.0\.0\.1:(\d+)\//.exec(ready.toString())?.[1];
  const client = connect({ port: Number(listening), host: '127.0.0.1' });
  client.end(sampleRequest);
  client.resume();
  const [status] = (await once(child, 'close')) as [number];
  const out = output.join('');
  expect(status, out).toBe(1);
  expect(out).toContain('FAIL #1 server draft-06/4.5.3/pong-only-for-latest-ping (unasked-pong)');
  expect(out).toContain('1 WebSocket connection; 1 fail');
  expect(readFileSync(trace, 'utf8').split('\n')[0]).toContain('"hybi-trace":1');
});
