import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';

/** A server that this project did not write, as a program to start. */
export interface PeerProgram {
  readonly name: string;
  /** One line that says how to get what it needs. */
  readonly howToGet: string;
  /** Prints the version of the implementation; fails where it is not installed. */
  readonly versionCommand: readonly [string, ...string[]];
  /** The command that starts an echo server on a port of 127.0.0.1 and prints a line once it listens. */
  readonly startCommand: (port: number) => readonly [string, ...string[]];
}

/** The version of a program that is installed, otherwise `undefined`. */
export function installedVersion(program: PeerProgram): string | undefined {
  const [command, ...args] = program.versionCommand;
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
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

/** A program that runs. */
export interface RunningPeer {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a program and waits for its first line.
 * @throws Error with what it wrote on standard error when it ends before it listens
 */
export async function startPeer(program: PeerProgram): Promise<RunningPeer> {
  const port = await freePort();
  const [command, ...args] = program.startCommand(port);
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const listening = once(child.stdout, 'data').then(() => true);
  const ended = once(child, 'close').then(() => false);
  if (!(await Promise.race([listening, ended]))) throw new Error(`${program.name} did not start: ${complaint.trim()}`);
  return { port, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'close');
  child.kill();
  await ended;
}
