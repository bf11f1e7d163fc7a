import { type ChildProcess, spawn } from 'node:child_process';

/*
 * The built command as a program of its own: for the tests of the command line, and for benches.
 */

/** How a program ended, and all that it wrote. */
export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts the built command. Errors are told as to a user, whatever the environment says. */
export const startHybi = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, ['dist/bin/hybi.js', ...args], { env: { ...process.env, HYBI_DEBUG: '' } });

/** Waits for the end of a program, with all that it writes from here on. */
export function endOf(child: ChildProcess): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => {
    child.on('close', (status) => {
      resolve({ status, out, err });
    });
  });
}

/** Runs the built command to its end. */
export function runHybi(args: readonly string[], input = ''): Promise<Ended> {
  const child = startHybi(args);
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  return endOf(child);
}
