import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { frameOf } from '../model/frame.js';
import { recordTalk } from '../properties/arbitraries/recorded-talk.js';
import { captureFile, packetOf, segmentsOf } from '../properties/capture/write-capture.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hybi-check-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const check = (args: readonly string[], input?: Uint8Array) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/bin/hybi.js', 'check', ...args], {
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  });
  return { status, out: stdout, err: stderr };
};

/** A capture of a conversation in which the server sets a reserved bit. */
function badCapture(): Uint8Array {
  const { events } = recordTalk(
    { blocks: [], closer: 'client' },
    {
      insert: (recording) => {
        recording.frame('server', { ...frameOf('text', Uint8Array.of(0x61)), rsv2: true });
      },
    },
  );
  return captureFile(segmentsOf(events).map((segment) => ({ atMs: segment.atMs, bytes: packetOf(segment) })));
}

test('a fault in a capture is told with side, clause and byte, in words and as reports of both sides', () => {
  const file = join(folder, 'bad.pcap');
  writeFileSync(file, badCapture());
  const json = join(folder, 'report.json');
  const { status, out } = check([file, '--json', json]);
  expect(status).toBe(1);
  expect(out).toContain('FAIL #1 server draft-06/4.1/reserved-bits-zero (rsv2-set)');
  expect(out).toMatch(/at byte \d+ of the server: a40161/);
  expect(out.trimEnd().split('\n').at(-1)).toContain('1 WebSocket connection; 1 fail');
  const schema = JSON.parse(readFileSync('properties/report/report.schema.json', 'utf8')) as object;
  const validate = new Ajv({ strict: false }).compile(schema);
  for (const [role, fail] of [
    ['client', 0],
    ['server', 1],
  ] as const) {
    const report = JSON.parse(readFileSync(join(folder, `report.${role}.json`), 'utf8')) as object;
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(report).toMatchObject({ role, summary: { fail } });
  }
});

test('known findings are expected from then on, and every form is written for each side', () => {
  const file = join(folder, 'known.pcap');
  writeFileSync(file, badCapture());
  const place = (name: string): string => join(folder, name);
  expect(check([file, '--quiet', '--write-expect', place('known.json')]).status).toBe(1);
  const forms = ['--junit', place('known.xml'), '--html', place('pages'), '--expect', place('known.json')];
  const { status, err } = check([file, '--quiet', ...forms]);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(readFileSync(place('known.server.xml'), 'utf8')).toContain('a known finding');
  expect(readFileSync(place('pages.client/index.html'), 'utf8')).toContain('connection-1/client');
  writeFileSync(
    place('other.json'),
    JSON.stringify({ version: '1', findings: { 'connection-1/client': ['fail x y'] } }),
  );
  const other = check([file, '--quiet', '--role', 'client', '--expect', place('other.json')]);
  expect(other.out).toContain('passes unexpectedly  connection-1/client: fail x y');
  expect(other.status).toBe(0);
});

test('standard input, a port, a role and clauses can be asked for', () => {
  const { status, out, err } = check(
    ['-', '--port', '8006', '--role', 'client', '--skip', 'draft-06/5', '--quiet'],
    badCapture(),
  );
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out).toBe('-: 1 WebSocket connection; 0 fail, 0 advisory, 0 informational\n');
});

test('what cannot be judged ends in one line', () => {
  const picture = join(folder, 'picture.gif');
  writeFileSync(picture, 'GIF89a, a picture');
  const cut = join(folder, 'cut.pcap');
  writeFileSync(cut, badCapture().subarray(0, 150));
  for (const [args, expected] of [
    [[picture], 2],
    [[join(folder, 'nothing')], 2],
    [[cut, '--quiet'], 3],
    [[picture, '--only', 'draft-06/99'], 2],
  ] as const) {
    const { status, err } = check(args);
    expect(status, err).toBe(expected);
    expect(err).toMatch(/^(?:hybi: [^\n]+\n){1,2}$/);
  }
});
