import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clauses } from '../../spec/clauses.js';
import type { Row } from './matrix.js';

/** Runs the built command. */
function hybiClauses(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/bin/hybi.js', 'clauses', ...args], {
    encoding: 'utf8',
    env: { ...process.env, HYBI_DEBUG: '' },
  });
  return { status, out: stdout, err: stderr };
}

function rowsOf(...args: readonly string[]): readonly Row[] {
  const { status, out } = hybiClauses(...args, '--json', '-');
  expect(status).toBe(0);
  return (JSON.parse(out) as { readonly clauses: readonly Row[] }).clauses;
}

describe('hybi clauses', () => {
  test('lists every clause of the three documents, and the totals of each, without colours', () => {
    const { status, out } = hybiClauses();
    expect(status).toBe(0);
    for (const { id } of clauses) expect(out).toContain(`${id} `);
    expect(out).toMatch(
      /\ndraft-06 +\d+ .*\nrequirements-02 +\d+ .*\nhttp-timeout-00 +\d+ .*\nall +\d+ .* 0\npages: clauses\/.*\n$/,
    );
    expect(out).not.toContain('\u001b');
  });

  test('--json - writes the same as data, and --json FILE into a file beside the table', () => {
    expect(rowsOf().map(({ id }) => id)).toEqual(clauses.map(({ id }) => id));
    const directory = mkdtempSync(join(tmpdir(), 'hybi-'));
    const file = join(directory, 'matrix.json');
    const { out } = hybiClauses('--only', 'draft-06/4.5.2', '--json', file);
    const written = JSON.parse(readFileSync(file, 'utf8')) as { readonly clauses: readonly Row[] };
    rmSync(directory, { recursive: true });
    expect(written.clauses.map(({ section }) => section)).toContain('4.5.2');
    expect(out).toContain('draft-06/4.5.2/ping-opcode');
    expect(hybiClauses('--json', join(directory, 'no', 'where.json'))).toMatchObject({ status: 2 });
  });

  test('--only, --level, --binds and --unchecked choose, together', () => {
    const some = rowsOf('--only', 'draft-06/4.5', '--only', 'draft-06/7.4.2', '--level', 'must', '--binds', 'server');
    expect(some.length).toBeGreaterThan(3);
    for (const row of some) {
      expect(row.id).toMatch(/^draft-06\/(?:4\.5|7\.4\.2)/);
      expect(row.level).toBe('MUST');
      expect(row.binds).not.toContain('client');
    }
    for (const row of rowsOf('--unchecked')) {
      expect([row.laws, row.cases, row.through]).toEqual([[], [], false]);
      expect(row.reason).not.toBeNull();
    }
    expect(hybiClauses('--only', 'draft-06/4.5.2', '--unchecked').out).toContain('no clause is left');
  });

  test('with an id it explains one clause', () => {
    const { status, out } = hybiClauses('draft-06/4.5.2/pong-echoes-body');
    expect(status).toBe(0);
    for (const word of ['section 4.5.2 of draft-06', 'MUST', 'endpoint', 'on the wire', 'laws\n', '.test.ts)']) {
      expect(out).toContain(word);
    }
    expect(out).toContain('control/ping-of-125: A Ping with a body of 125 bytes');
    expect(hybiClauses('draft-06/4.3/frame-rsv4').out).toContain('framing/rsv4: Sets RSV4');
    expect(hybiClauses('draft-06/4.3/length-63').out).toMatch(
      /\nreadings\n(?: {2}R-.*\n)* {2}R-401: May a payload length/,
    );
    expect(hybiClauses('requirements-02/3/req-3').out).toMatch(/answered by\n {2}draft-06\/4\.4\/any-fragment-size: /);
    expect(hybiClauses('draft-06/4.4/any-fragment-size').out).toMatch(/answers\n {2}requirements-02\/3\/req-3: /);
    expect(hybiClauses('draft-06/5.1/offload').out).toContain('not checked: grants leave');
    expect(hybiClauses('draft-06/4.2/key-uniform').out).toMatch(/seen: local \(.+\)\n/);
  });

  test.each([
    [['draft-06/4.5.2/pong-echos-body'], 'draft-06/4.5.2/pong-echoes-body'],
    [['pong-echos-body'], 'draft-06/4.5.2/pong-echoes-body'],
    [['--only', 'draft-07'], 'draft-06'],
    [['--only', 'draft-06/45'], 'draft-06/4.5'],
    [['--level', 'perhaps'], 'SHOULD NOT'],
    [['--binds', 'nobody'], 'intermediary'],
  ])('%j is a typing error: one line with what is near, and status 2', (args, near) => {
    const { status, out, err } = hybiClauses(...args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(/^hybi: [^\n]+\n$/);
    expect(err).toContain(near);
  });

  test('--help has examples', () => {
    const { status, out } = hybiClauses('--help');
    expect(status).toBe(0);
    expect(out).toContain('Usage: hybi clauses');
    expect(out).toContain('Examples:');
  });
});
