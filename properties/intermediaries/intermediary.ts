import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where an intermediary is to listen, and what it stands in front of. */
export interface Place {
  /** Ports of 127.0.0.1: its own, that of the server behind it, and one on which nobody listens. */
  readonly port: number;
  readonly upstream: number;
  readonly nowhere: number;
  /** A folder of its own. */
  readonly folder: string;
}

/** A proxy that this project did not write, as a program to start. */
export interface Intermediary {
  readonly name: string;
  /** `reverse` stands in front of servers, `forward` in front of clients. */
  readonly kind: 'reverse' | 'forward';
  /** One line that says how to get it. */
  readonly howToGet: string;
  /** Whether the run fails where it is missing and everything is demanded. */
  readonly isRequired: boolean;
  readonly versionCommand: readonly [string, ...string[]];
  readonly config: (place: Place) => string;
  /** The command that keeps it in the foreground, by the name of its configuration. */
  readonly startCommand: (config: string, place: Place) => readonly [string, ...string[]];
  /** Path at which a `reverse` one is not told to pass Upgrade, where it has to be told. */
  readonly untold?: string;
  /** What it does to the timeouts of http-timeout-00, which it does not know: probes and codes of `judgeForwarder`. */
  readonly timeoutFaults: readonly string[];
  /** What it answers when nobody listens behind it. */
  readonly statusWhenDown: number;
}

/** Debian puts servers where the search path of a user does not look. */
const environment = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' };

/** The first line of what the program says about its version; `undefined` where it is not installed. */
export function versionOf({ versionCommand: [command, ...args] }: Intermediary): string | undefined {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env: environment });
  return status === 0 ? `${stdout}${stderr}`.trim().split('\n')[0] : undefined;
}

/** Ports of 127.0.0.1 that were free a moment ago, all different. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  const ports = await Promise.all(
    servers.map(async (server) => {
      await once(server, 'listening');
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : 0;
    }),
  );
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** An intermediary that runs. */
export interface RunningIntermediary extends Place {
  readonly stop: () => Promise<void>;
}

/**
 * Starts an intermediary with a configuration of its own, and waits until it takes connections.
 * @throws Error with what it wrote when it ends before that, or takes longer than ten seconds
 */
export async function startIntermediary(program: Intermediary, upstream: number): Promise<RunningIntermediary> {
  const [port = 0, nowhere = 0] = await freePorts(2);
  const folder = mkdtempSync(join(tmpdir(), `hybi-${program.name}-`));
  // Started by root, some of them go on as a user of their own, who has to get in.
  if (process.getuid?.() === 0) chmodSync(folder, 0o777);
  const place = { port, upstream, nowhere, folder };
  const config = join(folder, `${program.name}.conf`);
  writeFileSync(config, program.config(place));
  const [command, ...args] = program.startCommand(config, place);
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment, cwd: folder });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const stop = async (): Promise<void> => {
    if (!hasEnded()) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(late);
    }
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 200; tries++) {
    if (hasEnded()) break;
    if (await takesConnections(port)) return { ...place, stop };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await stop();
  throw new Error(`${program.name} did not start: ${said.trim()}`);
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
