import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { collectLaws, lawList, lawListText } from './collect-laws.js';
import { laws } from './laws.js';
import { readLaws, UnreadableLaw } from './read-laws.js';

describe('the list of laws', () => {
  test('is what the tests state; if not, run: npm run laws', async () => {
    expect(readFileSync(lawList, 'utf8')).toBe(await lawListText(collectLaws()));
  });

  test('has every law with a name of its own in its file, and with clauses, each named once', () => {
    expect(laws.length).toBeGreaterThan(250);
    const names = laws.map(({ file, name }) => `${file}: ${name}`);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    for (const { name, clauses } of laws) {
      expect(clauses.length, name).toBeGreaterThan(0);
      expect(new Set(clauses).size, name).toBe(clauses.length);
    }
  });
});

describe('reading laws off a test', () => {
  const read = (text: string) => readLaws('some.test.ts', text).map(({ name, clauses }) => [name, ...clauses]);
  const key = 'draft-06/5.1/key';
  const host = 'draft-06/5.1/host';

  test('literals, constants and spreads', () => {
    expect(read(`import { law } from './law.js'; law('a', ['${key}'], () => {});`)).toEqual([['a', key]]);
    expect(read(`const both = ['${key}'] as const; law('a', [...both, '${host}'], f);`)).toEqual([['a', key, host]]);
    expect(read(`const both = ['${key}'] as const; describe('b', () => { law('a', both, f); });`)).toEqual([
      ['b: a', key],
    ]);
  });

  test('loops over tables and lists', () => {
    const table = `const rows: Rows = { one: { clause: '${key}', run: () => 1 }, 'two-2': { clause: '${host}' } };`;
    const loop = `for (const [code, row] of Object.entries(rows) as [Code, Row][]) { law(code, [row.clause], f); }`;
    expect(read(`${table} ${loop}`)).toEqual([
      ['one', key],
      ['two-2', host],
    ]);
    expect(read("for (const word of ['x', 'y'] as const) law(`is ${word}!`, ['draft-06/5.1/key'], f);")).toEqual([
      ['is x!', key],
      ['is y!', key],
    ]);
  });

  test('tables of another file, spread into one of this file', () => {
    const table = `export const wrong = { one: { clause: '${key}' } } as const;`;
    const text = [
      `import { wrong as imported } from '../other/table.js';`,
      `const rows = { ...imported, two: { clause: '${host}' } };`,
      'for (const [code, row] of Object.entries(rows)) law(code, [row.clause], f);',
    ].join('\n');
    const texts = new Map([['properties/other/table.ts', table]]);
    const laws = readLaws('properties/laws/some.test.ts', text, (file) => texts.get(file));
    expect(laws.map(({ name, clauses }) => [name, ...clauses])).toEqual([
      ['one', key],
      ['two', host],
    ]);
  });

  test.each([
    ['no clause', `law('a', [], f);`, 'one or more'],
    ['a clause that does not exist', `law('a', ['draft-06/5.1/no-such'], f);`, 'no clause has the id'],
    [
      'what is imported from a file that is not there',
      `import { ids } from './x.js'; law('a', ids, f);`,
      'write the clauses out',
    ],
    ['what is computed', `law('a', idsOf(1), f);`, 'write the clauses out'],
    ['what a table does not have', `const t = {}; law('a', [t.clause], f);`, 'there is no clause'],
    ['a name that is no string', `law(['a'], ['${key}'], f);`, 'is a string'],
    ['law as a value', `const other = law;`, 'called'],
    ['a call without a check', `law('a');`, 'a name, its clauses'],
  ])('%s is an error with its line', (_, text, word) => {
    const error = (() => {
      try {
        read(`\n${text}`);
      } catch (caught) {
        return caught;
      }
      return undefined;
    })();
    expect(error).toBeInstanceOf(UnreadableLaw);
    expect((error as Error).message).toMatch(/^some\.test\.ts:2: /);
    expect((error as Error).message).toContain(word);
  });
});
