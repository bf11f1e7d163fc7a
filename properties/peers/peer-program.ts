import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: readonly string[]];

/** A peer whose program is ready to be started. */
export interface ReadyPeer {
  /** The version of the implementation. */
  readonly version: string;
  /** An echo server on a port of 127.0.0.1, which prints a line once it listens. */
  readonly server?: (port: number) => Command;
  /** A client that reads URLs on its standard input, one a line, connects to each, and sends every message back. */
  readonly echoClient?: Command;
  /** A client that connects to a port of 127.0.0.1, sends two text messages and ends by itself. */
  readonly talkingClient?: (port: number) => Command;
}

/** An implementation that this project did not write. Its programs stand in a folder of the source tree. */
export interface Peer {
  /** The name of the folder, and of the peer. */
  readonly name: string;
  /** What it is, for readers of the page: one sentence. */
  readonly about: string;
  /** One line that says how to get what it needs. */
  readonly howToGet: string;
  /** Gets what is missing; `undefined` where its runtime is not there. Throws where the registry does not answer. */
  readonly prepare: () => ReadyPeer | undefined;
  /** The origin that the server wants to be told, where it refuses opening handshakes without one. */
  readonly origin?: string;
  /** Milliseconds of silence that mean "no answer", for one that is slow. Default 1000. */
  readonly timeout?: number;
  /** The day of the release, as `2011-04-14`. */
  readonly released: string;
  /** Codes of findings that a race in its client decides where it is sent a Close: see findings.md. */
  readonly racesAtClose?: readonly string[];
}

/** What a command prints; `undefined` where it is not there, or fails. */
export function outputOf([program, ...args]: Command): string | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** A port of 127.0.0.1 that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}

/** How long a server may take until it listens, in milliseconds: a virtual machine starts slowly on a busy machine. */
const startingTime = 60_000;

/** A server that runs. */
export interface RunningPeer {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a server and waits for the line that says that it listens.
 * @throws Error with what it wrote on standard error when it ends, or does nothing, before it listens
 */
export async function startPeer(name: string, commandFor: (port: number) => Command): Promise<RunningPeer> {
  const port = await freePort();
  const [command, ...args] = commandFor(port);
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  // What it complains of while it is judged is of no interest, but has to be read.
  child.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(0, 2000)));
  const listening = new Promise<true>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('listening')) resolve(true);
    });
  });
  const ended = once(child, 'close').then(() => false);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, startingTime, false)));
  const isListening = await Promise.race([listening, ended, late]);
  clearTimeout(timer);
  if (!isListening) {
    await stopProgram(child);
    throw new Error(`${name} did not start: ${complaint.trim()}`);
  }
  return { port, stop: () => stopProgram(child) };
}

/** Ends a program, and waits for its end. */
export async function stopProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'close');
  child.kill('SIGKILL');
  await ended;
}
