import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Report } from '../properties/report/report.js';
import { endOf, type Ended, startHybi } from './built-program.js';

const children: ChildProcess[] = [];
const servers: Server[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) server.close();
});

function start(args: readonly string[]): ChildProcess {
  const child = startHybi(args);
  children.push(child);
  return child;
}

/** Runs the built command to its end. */
function hybi(args: readonly string[], input = ''): Promise<Ended> {
  const child = start(args);
  child.stdin?.end(input);
  return endOf(child);
}

/** Starts `hybi serve` and waits for its line. */
async function serve(...args: readonly string[]): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = start(['serve', '--port', '0', ...args]);
  const url = await new Promise<string>((resolve) => {
    child.stdout?.once('data', (chunk: Buffer) => {
      resolve(/^listening (ws:\/\/127\.0\.0\.1:\d+\/)\n$/.exec(chunk.toString())?.[1] ?? '');
    });
  });
  return { child, url };
}

async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer(onConnection);
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

describe('wrong usage is one line on standard error, and status 2', () => {
  test.each([
    [['frob'], 'frob'],
    [['serve', '--port', 'abc'], '0 to 65535'],
    [['serve', '--port', '70000'], '0 to 65535'],
    [['serve', '--utf-8', 'maybe'], 'replace, close, verbatim'],
    [['serve', '--frob'], 'hybi serve --help lists'],
    [['verify', '--replay', 'ping', '--segmentations'], 'leave out --segmentations'],
    [['proxy', '--host', '203.0.113.9', '--listen', '0', '--target', 'ws://127.0.0.1:1/'], 'no address'],
    [['serve', '--reading', 'R-1=x'], 'hybi readings'],
    [['verify', '--reading', 'R-401=no'], 'R-401 has the options allow, refuse'],
    [['connect', 'ws://127.0.0.1:1/', '--reading', 'R-503=x'], 'exact, token'],
    [['verify', 'http://127.0.0.1/'], 'ws'],
    [['verify', 'ws://127.0.0.1:99999/'], 'port'],
    [['verify', '--only', 'draft-07'], 'draft-07'],
    [['verify', '--header', 'no colon'], 'Name: value'],
    [['verify', '--timeout', '-1'], 'integer'],
    [['verify', '--seed', 'x'], 'integer'],
    [['verify', '--shard', '6/5'], 'INDEX/COUNT'],
    [['verify', '--expect', 'package.json'], 'known findings'],
    [['verify', '--echo', 'maybe'], 'auto, yes, no'],
    [['cases', '--only', 'draft-07'], 'draft-07'],
    [['merge', 'package.json'], 'no report'],
    [['connect'], 'url'],
    [['connect', 'ws://127.0.0.1/#part'], 'fragment'],
    [['connect', 'ws://127.0.0.1:1/', '--header', 'Host: other'], 'Host'],
    [['decode', 'xyz'], 'x'],
    [['decode', '123'], 'two for each'],
    [['decode', '84', '--from', 'nobody'], 'client'],
  ] as const)('hybi %j', async (args, word) => {
    const { status, out, err } = await hybi(args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(/^hybi: [^\n]+\n$/);
    expect(err).toContain(word);
  });
});

describe('every command explains itself with examples', () => {
  test.each(['serve', 'verify', 'cases', 'merge', 'connect', 'decode', 'clauses', 'docs', 'vectors'])(
    'hybi %s --help',
    async (name) => {
      const { status, out } = await hybi([name, '--help']);
      expect(status).toBe(0);
      expect(out).toContain(`Usage: hybi ${name}`);
      expect(out).toContain('Examples:');
    },
  );
});

describe('hybi verify', () => {
  test('without a URL it judges the reference server, which breaks and neglects nothing', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'hybi-'));
    const file = join(directory, 'report.json');
    const { status, out, err } = await hybi([
      'verify',
      '--json',
      file,
      '--seed',
      '7',
      '--jobs',
      '8',
      '--timeout',
      '500',
    ]);
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    rmSync(directory, { recursive: true });
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(report.summary).toMatchObject({ fail: 0, advisory: 0, inconclusive: 0, skipped: 0 });
    expect(report.summary.pass).toBeGreaterThanOrEqual(80);
    expect(out).toContain('seed 7');
  });

  test('an unreachable server is status 3 and one line', async () => {
    const { status, out, err } = await hybi(['verify', 'ws://127.0.0.1:1/']);
    expect({ status, out }).toEqual({ status: 3, out: '' });
    expect(err).toMatch(/^hybi: ws:\/\/127\.0\.0\.1:1\/ cannot be judged: [^\n]+\n$/);
  });

  test('a server that never answers is status 3, within the timeout', async () => {
    const port = await listen((socket) => socket.on('error', () => undefined));
    const { status, err } = await hybi(['verify', `ws://127.0.0.1:${port}/`, '--timeout', '100']);
    expect(status).toBe(3);
    expect(err).toContain('did not answer within 100 ms');
  });

  test('a server that refuses everybody is status 3, and the line says what to try', async () => {
    const port = await listen((socket) => {
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    });
    const { status, err } = await hybi(['verify', `ws://127.0.0.1:${port}/`, '--timeout', '200', '--only', 'closing']);
    expect(status).toBe(3);
    expect(err).toMatch(/403 Forbidden.*--origin/);
  });

  test('a server that breaks the text is status 1, with clause, bytes and the command to see it again', async () => {
    const port = await listen((socket) => {
      socket.on('error', () => undefined);
      // It accepts everything with a wrong Sec-WebSocket-Accept.
      socket.once('data', () => {
        socket.write(
          'HTTP/1.1 101 ok\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: no\r\n\r\n',
        );
      });
    });
    const url = `ws://127.0.0.1:${port}/`;
    const only = 'draft-06/5.2.2/accept';
    const { status, out } = await hybi(['verify', url, '--timeout', '100', '--only', only, '--seed', '3']);
    expect(status).toBe(1);
    expect(out).toContain('FAIL');
    expect(out).toContain('draft-06/5.2.2/accept');
    expect(out).toMatch(new RegExp(`again: hybi verify ${url} --only handshake/\\S+ --seed 3 --timeout 100\n`));
  });
});

describe('hybi serve and hybi connect', () => {
  test('a conversation typed in is answered and closed cleanly', async () => {
    const { url } = await serve();
    const { status, out } = await hybi(['connect', url], 'hello\n/ping x\n/binary 00ff\n/nonsense\n/close 1000 bye\n');
    expect(status).toBe(0);
    expect(out).toBe(
      'open; /help lists the commands\n← hello\n← pong "x"\n← binary 00ff\n← close 1000\nclosed cleanly\n',
    );
  });

  test('the trace explains each frame with its clauses, and each violation', async () => {
    const { child, url } = await serve('--trace');
    let trace = '';
    child.stderr?.on('data', (chunk: Buffer) => (trace += chunk.toString()));
    await hybi(['connect', url], 'hello\n');
    expect(trace).toMatch(/^#1 ← opening handshake for \//);
    expect(trace).toMatch(/← text, FIN, 5 bytes, "hello", key [0-9a-f]{8} \[draft-06\/4\.6\/text-is-utf-8/);
    expect(trace).toContain('closed cleanly');
  });

  test('another reading can be followed, by number or by name', async () => {
    const { url } = await serve('--reading', 'R-602=close', '--reading', 'abortResponse=silent');
    const { host } = new URL(url.replace('ws:', 'http:'));
    const answered = await fetch(`http://${host}/`, { headers: { 'Sec-WebSocket-Version': '6' } }).catch(
      () => 'silent',
    );
    expect(answered).toBe('silent');
  });

  test('SIGTERM and SIGINT say 1001 to every connection and end the server with status 0', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const { child, url } = await serve();
      const client = start(['connect', url]);
      let seen = '';
      const opened = new Promise<void>((resolve) => {
        client.stdout?.on('data', (chunk: Buffer) => {
          seen += chunk.toString();
          if (seen.includes('open')) resolve();
        });
      });
      const clientEnded = new Promise((resolve) => client.on('close', resolve));
      const serverEnded = new Promise((resolve) => child.on('close', resolve));
      await opened;
      child.kill(signal);
      expect([await serverEnded, await clientEnded]).toEqual([0, 0]);
      expect(seen).toContain('close 1001 the server shuts down');
    }
  });

  test('a port in use is one line with the port, and status 3', async () => {
    const { url } = await serve();
    const port = new URL(url.replace('ws:', 'http:')).port;
    const { status, err } = await hybi(['serve', '--port', port]);
    expect(status).toBe(3);
    expect(err).toMatch(new RegExp(`^hybi: port ${port} is in use: [^\n]+\n$`));
  });

  test('a client that cannot connect is status 3 and one line', async () => {
    const { status, out, err } = await hybi(['connect', 'ws://127.0.0.1:1/']);
    expect({ status, out }).toEqual({ status: 3, out: '' });
    expect(err).toMatch(/^hybi: ws:\/\/127\.0\.0\.1:1\/ cannot be connected to: [^\n]+\n$/);
  });
});

describe('hybi decode', () => {
  test('a right frame is drawn bit by bit, with status 0', async () => {
    const { status, out } = await hybi(['decode', '0x84', '05', '48:65:6c', '6c,6f']);
    expect(status).toBe(0);
    expect(out).toContain('frame at byte 0, 7 bytes: text, FIN, 5 bytes, "Hello"');
  });

  test('bytes that break a rule name the clause, with status 1; standard input serves too', async () => {
    const { status, out } = await hybi(['decode', '-', '--from', 'client'], '00 00 00 00 c4 00\n');
    expect(status).toBe(1);
    expect(out).toContain('byte 4 breaks draft-06/4.1/reserved-bits-zero');
  });
});
