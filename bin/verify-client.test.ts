import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { connect } from '../impl/client.js';
import type { Report } from '../properties/report/report.js';
import { endOf, type Ended, startHybi } from './built-program.js';

const children: ChildProcess[] = [];
const directory = mkdtempSync(join(tmpdir(), 'hybi-'));
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

function start(...args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = startHybi(['verify-client', ...args]);
  children.push(child);
  return { child, ended: endOf(child) };
}

const hybi = `${process.execPath} dist/bin/hybi.js`;

test('judges the reference client, started for each case', async () => {
  const { status, out, err } = await start(
    '--spawn',
    `${hybi} connect {url} --echo`,
    ...['--only', 'client-control/ping', '--only', 'client-response/no-accept', '--only', 'client-uri/query'],
    ...['--seed', '6', '--quiet'],
  ).ended;
  expect(err).toBe('');
  expect(out).toMatch(/connect \{url\} --echo: \d+ pass, 0 fail.*seed 6\)\n$/);
  expect(status).toBe(0);
});

test.each([
  [['--spawn', `${process.execPath} -e 0 {url}`], 3, 'ended with status 0 without connecting'],
  [['--spawn', 'node client.js'], 2, '{url}'],
  [['--spawn', `node 'x {url}`], 2, 'quote'],
  [['--only', 'draft-07'], 2, 'draft-07'],
  [['--port', '-1'], 2, '65535'],
])('%j ends with one line that says what to do', async (args, status, word) => {
  const ended = await start(...args).ended;
  expect(ended).toMatchObject({ status, out: '' });
  expect(ended.err).toMatch(/^hybi: [^\n]+\n$/);
  expect(ended.err).toContain(word);
});

test('waits for a client, writes its report when it asks for it, and ends', async () => {
  const file = join(directory, 'report.json');
  const { child, ended } = start('--port', '0', '--only', 'client-control/ping', '--json', file, '--timeout', '500');
  const base = await new Promise<string>((resolve) => {
    child.stdout?.once('data', (chunk: Buffer) => {
      resolve(/^listening (ws:\/\/127\.0\.0\.1:\d+)\/ /.exec(chunk.toString())?.[1] ?? '');
    });
  });
  const visit = (path: string): Promise<void> =>
    new Promise((resolve) => {
      connect(base + path, {
        onEnd: () => {
          resolve();
        },
      });
    });
  await visit('/runCase?case=1&agent=me');
  await visit('/updateReports?agent=me');
  const { status, out } = await ended;
  expect(out).toMatch(/\nme: 1 pass, 0 fail/);
  expect(status).toBe(0);
  expect(JSON.parse(readFileSync(file, 'utf8')) as Report).toMatchObject({ role: 'client', target: 'me' });
});

test('an interrupt before any client came says so', async () => {
  const { child, ended } = start('--port', '0');
  child.stdout?.once('data', () => child.kill('SIGINT'));
  const { status, err } = await ended;
  expect(status).toBe(3);
  expect(err).toMatch(/^hybi: interrupted before a client came/);
});
