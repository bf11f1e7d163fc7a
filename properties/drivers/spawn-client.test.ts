import { describe, expect, test } from 'vitest';
import { PeerUnreachable } from '../verifier/line.js';
import { spawnClient, wordsOf } from './spawn-client.js';

/** A program that connects to the URL, tells the id of a process that it started, and stays. */
const stayingParent = `
  const { port, hostname } = new URL(process.argv[1].replace('ws:', 'http:'));
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
  require('node:net').connect(port, hostname, function () { this.write(String(child.pid) + '\\n'); });
`;

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a command is taken apart as a shell would', () => {
  test.each([
    ['node client.js {url}', ['node', 'client.js', '{url}']],
    ['  a   b\t{url} ', ['a', 'b', '{url}']],
    [`'my client' "{url}" it\\'s`, ['my client', '{url}', `it's`]],
    [`x --header="a \\"b\\"" '$HOME'`, ['x', '--header=a "b"', '$HOME']],
    [`"" ''`, ['', '']],
  ])('%s', (template, words) => {
    expect(wordsOf(template)).toEqual(words);
  });

  test.each(['a {url} | b', 'A=1 a {url}', 'a "$X" {url}', 'cd x && a {url}', 'a *.js {url}', 'a {url} > log'])(
    '%s takes a shell',
    (template) => {
      expect(wordsOf(template)).toBeUndefined();
    },
  );

  test.each([`a 'b {url}`, 'a "b {url}', 'a {url} \\'])('%s has no end', (template) => {
    expect(() => wordsOf(template)).toThrow(RangeError);
  });

  test('without a place for the URL it is refused', () => {
    expect(() => spawnClient('node client.js', 1000)).toThrow('{url}');
  });
});

describe('a client that is started', () => {
  test('comes to its URL, and is ended with all that it started', async () => {
    const script = stayingParent.replaceAll('\n', ' ').replaceAll('"', '\\"');
    const client = spawnClient(`${process.execPath} -e "${script}" {url}`, 10_000);
    const { line, uri, release } = await client.accept({
      name: 'one',
      url: ({ host, port }) => `ws://${host}:${port}/$&`,
    });
    expect(uri?.resourceName).toBe('/$&');
    const told = await line.next(10_000);
    const pid = told.type === 'bytes' ? Number(new TextDecoder().decode(told.bytes)) : NaN;
    expect(isRunning(pid)).toBe(true);
    line.destroy();
    release();
    await expect.poll(() => isRunning(pid), { timeout: 5000 }).toBe(false);
  });

  test('that ends without connecting is unreachable, with its last word', async () => {
    const client = spawnClient(`${process.execPath} -e "console.error('no such URL'); process.exit(4)" {url}`, 10_000);
    const error = await client.accept({ name: 'two' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PeerUnreachable);
    expect((error as Error).message).toBe('the client ended with status 4 without connecting (no such URL)');
  });

  test('that cannot be started, or does not connect in time, is unreachable', async () => {
    await expect(spawnClient('hybi-spec-no-such-program {url}', 1000).accept({ name: 'x' })).rejects.toThrow('ENOENT');
    await expect(spawnClient('sleep 60; {url}', 100).accept({ name: 'y' })).rejects.toThrow('within 100 ms');
  });
});
