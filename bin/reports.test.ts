import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Report } from '../properties/report/report.js';
import { startServer } from '../impl/server.js';
import { endOf, type Ended, startHybi } from './built-program.js';

const directory = mkdtempSync(join(tmpdir(), 'hybi-reports-'));
const place = (name: string): string => join(directory, name);
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** Runs the built command; with `interruptAfter` it gets a SIGINT behind the first output that matches. */
function hybi(args: readonly string[], interruptAfter?: RegExp): Promise<Ended> {
  const child = startHybi(args);
  const ended = endOf(child);
  let out = '';
  let isInterrupted = false;
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    // A second one would end it at once.
    if (!isInterrupted && interruptAfter?.test(out) === true) isInterrupted = child.kill('SIGINT');
  });
  return ended;
}

const readJson = (name: string): Report => JSON.parse(readFileSync(place(name), 'utf8')) as Report;

/** A server that accepts everything with a wrong Sec-WebSocket-Accept. */
async function wrongServer(): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write('HTTP/1.1 101 ok\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: no\r\n\r\n');
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `ws://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/`;
}

describe('reports on the command line', () => {
  test('findings that were written are expected from then on, and every form is written', async () => {
    const url = await wrongServer();
    const run = ['verify', url, '--only', 'draft-06/5.2.2/accept', '--timeout', '100', '--quiet'];
    const first = await hybi([...run, '--write-expect', place('known.json')]);
    expect(first.status).toBe(1);
    const forms = ['--junit', place('known.xml'), '--html', place('html'), '--json', place('known-run.json')];
    const again = await hybi([...run, '--expect', place('known.json'), ...forms]);
    expect(again).toMatchObject({ status: 0, err: '' });
    expect(readFileSync(place('known.xml'), 'utf8')).toContain('a known finding');
    expect(existsSync(place('html/index.html'))).toBe(true);
    expect(readJson('known-run.json').summary.fail).toBeGreaterThan(0);
  });

  test('shards are merged into the report of the whole, and a missing one is status 3', async () => {
    const server = await startServer({ port: 0 });
    try {
      const files = [place('1.json'), place('2.json')];
      const run = ['verify', server.url, '--only', 'closing', '--timeout', '500', '--quiet'];
      for (const [at, file] of files.entries()) {
        expect(await hybi([...run, '--shard', `${at + 1}/2`, '--json', file])).toMatchObject({ status: 0, err: '' });
      }
      expect(await hybi(['merge', ...files, '--json', place('whole.json')])).toMatchObject({ status: 0, err: '' });
      const [one, two, whole] = ['1.json', '2.json', 'whole.json'].map(readJson);
      expect(whole?.cases).toHaveLength((one?.cases.length ?? 0) + (two?.cases.length ?? 0));
      expect(whole?.shard).toBeUndefined();
      const part = await hybi(['merge', place('1.json')]);
      expect([part.status, part.err]).toEqual([3, expect.stringContaining('there is no report of 2/2')]);
    } finally {
      await server.stop();
    }
  });

  test('interrupted, it writes what was done in every form, and ends with status 3', async () => {
    const url = await wrongServer();
    const forms = ['--junit', place('cut.xml'), '--html', place('cut'), '--json', place('cut.json')];
    const run = ['verify', url, '--only', 'handshake', '--timeout', '2000', '--jobs', '1', ...forms];
    const { status, err } = await hybi(run, /127\.0\.0\.1/);
    expect([status, err]).toEqual([3, expect.stringContaining('interrupted')]);
    expect(readJson('cut.json').summary.skipped).toBeGreaterThan(0);
    expect(existsSync(place('cut.xml')) && existsSync(place('cut/index.html'))).toBe(true);
  });

  test('hybi cases lists what would run, without running it', async () => {
    const { status, out } = await hybi(['cases', '--role', 'server', '--only', 'closing', '--json', '-']);
    const { cases } = JSON.parse(out) as { readonly cases: readonly { readonly id: string }[] };
    expect(status).toBe(0);
    expect(cases.length).toBeGreaterThan(10);
    expect(cases.map(({ id }) => id)).toContain('closing/without-body');
  });
});
