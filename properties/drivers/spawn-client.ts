import { type ChildProcess, spawn } from 'node:child_process';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { parseUri } from '../../model/uri.js';
import { type Arrival, type ClientPeer, PeerUnreachable, type Visit } from '../verifier/line.js';
import { lineOf } from './socket-line.js';

/** A client that is started anew for each connection, and ended with it. */
export interface SpawnedClient extends ClientPeer {
  /** Ends every process that is left; for the end of the run. */
  readonly stop: () => void;
}

const host = '127.0.0.1';

/** How long a program that is told to end may take before it is killed, in milliseconds. */
const grace = 1000;

/** What of the complaints of a program is kept, in characters. */
const maxComplaint = 2000;

/**
 * A client that is a program. For each connection the tester listens on a port of its own and starts the program, which
 * is told the URL; when the case is over, the program and all that it started are ended.
 * @param template the command, with `{url}` where the URL goes. Words may be quoted. It is run without a shell unless
 *   it has signs that only a shell understands
 * @param patience milliseconds within which the program has to connect
 * @throws RangeError when the template has no `{url}`, or a quote without an end
 */
export function spawnClient(template: string, patience: number): SpawnedClient {
  const words = wordsOf(template);
  if (!template.includes('{url}')) throw new RangeError(`${JSON.stringify(template)} has no {url}`);
  const running = new Set<ChildProcess>();
  const stop = (): void => {
    for (const child of running) signal(child, 'SIGKILL');
  };
  // Whatever ends this process, nothing that it started stays behind.
  process.once('exit', stop);

  const start = (url: string): ChildProcess => {
    const [program = '', ...rest] = words?.map((word) => word.replaceAll('{url}', () => url)) ?? [
      '/bin/sh',
      '-c',
      template.replaceAll('{url}', () => `'${url.replaceAll("'", `'\\''`)}'`),
    ];
    // A group of its own, so that its children are ended along with it. Its input stays open: some clients end with it.
    const child = spawn(program, rest, { detached: true, stdio: ['pipe', 'ignore', 'pipe'] });
    child.stdin.on('error', () => undefined);
    running.add(child);
    child.once('close', () => running.delete(child));
    child.once('error', () => running.delete(child));
    return child;
  };

  return { accept: (visit) => arrivalOf(visit, start, patience), stop };
}

/** Listens, starts the program and waits until it has connected. */
async function arrivalOf(visit: Visit, start: (url: string) => ChildProcess, patience: number): Promise<Arrival> {
  const listener = createServer({ allowHalfOpen: true, noDelay: true });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(0, host, resolve);
  });
  const { port } = listener.address() as AddressInfo;
  // The name localhost may mean this address as well; a system without it does not matter.
  const beside = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    listener.emit('connection', socket);
  });
  beside.on('error', () => undefined);
  beside.listen(port, '::1');
  const url = visit.url?.({ host, port }) ?? `ws://${host}:${port}/`;
  const child = start(url);
  const release = (): void => {
    listener.close();
    beside.close();
    end(child);
  };
  try {
    const socket = await connectionOf(listener, child, patience);
    const parsed = parseUri(url);
    return { line: lineOf(socket), release, ...(parsed.ok ? { uri: parsed.uri } : {}) };
  } catch (error) {
    release();
    throw error;
  }
}

/** The first connection; further ones of the same program are turned away. */
function connectionOf(
  listener: ReturnType<typeof createServer>,
  child: ChildProcess,
  patience: number,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    let complaint = '';
    let hasCome = false;
    const fail = (why: string): void => {
      clearTimeout(timer);
      if (!hasCome) reject(new PeerUnreachable(why));
    };
    const timer = Number.isFinite(patience)
      ? setTimeout(() => {
          fail(`the client did not connect within ${patience} ms${said(complaint)}`);
        }, patience)
      : undefined;
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-maxComplaint);
    });
    child.once('error', (error) => {
      fail(`the client cannot be started: ${error.message}`);
    });
    child.once('close', (status, name) => {
      const how = status === null ? `was ended by ${name ?? 'a signal'}` : `ended with status ${status}`;
      fail(`the client ${how} without connecting${said(complaint)}`);
    });
    listener.on('connection', (socket) => {
      socket.on('error', () => undefined);
      if (hasCome) {
        socket.destroy();
        return;
      }
      hasCome = true;
      clearTimeout(timer);
      resolve(socket);
    });
  });
}

/** The last line that a program wrote, in brackets. */
function said(complaint: string): string {
  const last = complaint.trim().split('\n').at(-1)?.trim() ?? '';
  return last === '' ? '' : ` (${last.slice(0, 200)})`;
}

/** Asks a program to end, and ends it where it does not. */
function end(child: ChildProcess): void {
  if (!signal(child, 'SIGTERM')) return;
  const timer = setTimeout(() => signal(child, 'SIGKILL'), grace);
  child.once('close', () => {
    clearTimeout(timer);
  });
}

/** Signals the whole group of a program; whether there is one left. */
function signal(child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): boolean {
  if (child.pid === undefined) return false;
  try {
    process.kill(-child.pid, name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The words of a command, without their quotes; `undefined` when it takes a shell to understand it.
 * @throws RangeError when a quote has no end
 */
export function wordsOf(template: string): readonly string[] | undefined {
  const words: string[] = [];
  const pattern = /\s+|((?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+)|(["'\\])/gsu;
  for (const [, word, stray] of template.matchAll(pattern)) {
    if (stray !== undefined) throw new RangeError(`${JSON.stringify(template)} has a quote without an end`);
    if (word === undefined) continue;
    const bare = word.replaceAll(/"(?:[^"\\]|\\.)*"|'[^']*'|\\./gsu, '');
    if (/[|&;<>()$`*?#~]/.test(bare) || (words.length === 0 && /^\w+=/.test(bare))) return undefined;
    // Inside double quotes a shell still looks for these.
    if ([...word.matchAll(/"((?:[^"\\]|\\.)*)"/gsu)].some(([, inside = '']) => /[$`]/.test(inside))) return undefined;
    words.push(
      word.replaceAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/gsu, (_, double?: string, single?: string, one?: string) =>
        double === undefined ? (single ?? one ?? '') : double.replaceAll(/\\(["\\])/g, '$1'),
      ),
    );
  }
  return words;
}
