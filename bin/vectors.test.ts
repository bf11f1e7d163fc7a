import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'hybi-vectors-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** Runs the built command. */
function vectors(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/bin/hybi.js', 'vectors', ...args], {
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
}

test('the vectors are copied as they are, with schema, README and checker', () => {
  const out = join(directory, 'a', 'b');
  const { status, out: said, err } = vectors('--out', out);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(said).toMatch(/^\d+ vectors in 10 files, with their schema and how to use them, in [^\n]+\n$/);
  const names = readdirSync(out);
  expect(names).toEqual(expect.arrayContaining(['frames.json', 'vectors.schema.json', 'README.md', 'check.py']));
  for (const name of names) {
    expect(readFileSync(join(out, name), 'utf8') === readFileSync(join('properties/vectors', name), 'utf8')).toBe(true);
  }
  expect(vectors('--out', out, '--quiet')).toEqual({ status: 0, out: '', err: '' });
});

test('without a directory it is wrong usage, in one line', () => {
  const { status, out, err } = vectors();
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toMatch(/^hybi: --out is missing: [^\n]+\n$/);
});

test('a directory that cannot be made is wrong usage, in one line', () => {
  const file = join(directory, 'file');
  writeFileSync(file, '');
  const { status, out, err } = vectors('--out', join(file, 'inside'));
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toMatch(/^hybi: --out: [^\n]+ cannot be written: [^\n]+\n$/);
});

test('it explains itself with examples', () => {
  const { status, out } = vectors('--help');
  expect(status).toBe(0);
  expect(out).toContain('Usage: hybi vectors');
  expect(out).toContain('Examples:');
});
