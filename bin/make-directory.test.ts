import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeDirectory } from './make-directory.js';

const home = mkdtempSync(join(tmpdir(), 'hybi-'));
afterAll(() => {
  rmSync(home, { recursive: true });
});

test('a directory is made with those above it, once or twice', () => {
  const place = join(home, 'a', 'b', 'c');
  makeDirectory(place);
  makeDirectory(place);
  expect(statSync(place).isDirectory()).toBe(true);
});

test('where a file is in the way it says so', () => {
  const file = join(home, 'file');
  writeFileSync(file, '');
  expect(() => {
    makeDirectory(file);
  }).toThrow('EEXIST');
  expect(() => {
    makeDirectory(join(file, 'inside'));
  }).toThrow('ENOTDIR');
});

test.runIf(existsSync('/proc/version'))('a place that takes no directories is refused, not tried for ever', () => {
  expect(() => {
    makeDirectory('/proc/hybi/report');
  }).toThrow('ENOENT');
});
