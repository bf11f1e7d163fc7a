import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkDirectory, checkFile } from './places.js';
import { checkPlaces } from './report-options.js';
import { UsageError } from './usage.js';

const home = mkdtempSync(join(tmpdir(), 'hybi-'));
afterAll(() => {
  rmSync(home, { recursive: true });
});

test('trying a place leaves it as it was', () => {
  const file = join(home, 'known.json');
  writeFileSync(file, 'known');
  checkFile('--write-expect', file);
  checkFile('--json', join(home, 'report.json'));
  checkDirectory('--html', join(home, 'a', 'b'));
  checkDirectory('--html', home);
  expect(readFileSync(file, 'utf8')).toBe('known');
  expect(readdirSync(home)).toEqual(['known.json']);
});

test('every option whose place cannot be written is told, by its name and in one line', () => {
  const file = join(home, 'in-the-way');
  writeFileSync(file, '');
  mkdirSync(join(home, 'directory'));
  const wrong = { json: join(home, 'not-there', 'x'), junit: join(home, 'directory'), html: file, writeExpect: '' };
  for (const [option, place] of Object.entries(wrong)) {
    const check = (): void => {
      checkPlaces({ color: false, [option]: place });
    };
    expect(check).toThrow(UsageError);
    expect(check).toThrow(/^--(json|junit|html|write-expect): .+ cannot be written: [^\n]+$/);
  }
});

test('the place of a report that goes to standard output, or nowhere, is not tried', () => {
  checkPlaces({ color: false, json: '-' });
  checkPlaces({ color: false });
  expect(existsSync('-')).toBe(false);
});

test('where a run has several reports, each place is tried by its own name', () => {
  const inTheWay = join(home, 'report.client.json');
  mkdirSync(inTheWay);
  const options = { color: false, json: join(home, 'report.json') };
  checkPlaces(options);
  expect(() => {
    checkPlaces(options, (place) => place.replace('.json', '.client.json'));
  }).toThrow('report.client.json');
});
