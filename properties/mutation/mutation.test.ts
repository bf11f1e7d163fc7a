import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundleLaws } from './bundle.js';
import { evaluate } from './laws-run.js';
import { createOrder } from './order.js';
import { type Path, proseReason } from './prose.js';
import { complaintsAbout, type Explained, type Mutant, type MutationReport, scoreOf } from './report.js';

const mutant = (status: string, more: Partial<Mutant> = {}): Mutant => ({
  status,
  mutatorName: 'EqualityOperator',
  replacement: 'a >= b',
  location: { start: { line: 2, column: 2 } },
  testsCompleted: 3,
  ...more,
});

const reportOf = (...mutants: readonly Mutant[]): MutationReport => ({
  files: { 'model/a.ts': { source: 'one\n  two(a > b);\n', mutants } },
});

const killed = Array.from({ length: 20 }, () => mutant('Killed'));
const reason: Explained = {
  file: 'model/a.ts',
  mutator: 'EqualityOperator',
  line: 'two(a > b);',
  replacement: 'a >= b',
  reason: 'the same for all that can come here',
};

describe('a run of all mutants', () => {
  test('passes when each is killed, or survived with a reason', () => {
    expect(complaintsAbout(reportOf(...killed), [])).toEqual([]);
    expect(complaintsAbout(reportOf(...killed, mutant('Timeout'), mutant('Ignored')), [])).toEqual([]);
    expect(complaintsAbout(reportOf(...killed, mutant('Survived')), [reason])).toEqual([]);
  });

  test('fails on a survivor without a reason, and on a reason without a survivor', () => {
    expect(complaintsAbout(reportOf(...killed, mutant('Survived')), [])).toEqual([
      expect.stringMatching(/^model\/a\.ts:2 EqualityOperator -> "a >= b" survived: /),
    ]);
    expect(complaintsAbout(reportOf(...killed), [reason])).toEqual([expect.stringContaining('does not survive')]);
    expect(complaintsAbout(reportOf(...killed), [{ ...reason, file: 'model/not-mutated.ts' }])).toEqual([]);
  });

  test('fails when no test that reaches a survivor ran to its end, whatever its reason', () => {
    const unseen = mutant('Survived', { testsCompleted: 0 });
    expect(complaintsAbout(reportOf(...killed, unseen), [reason])).toEqual([expect.stringContaining('ran to its end')]);
    expect(complaintsAbout(reportOf(...killed, mutant('NoCoverage', { testsCompleted: 0 })), [reason])).toHaveLength(1);
  });

  test('fails below 90 %, and on a mutant that nothing is known about', () => {
    const many = [...killed.slice(0, 17), mutant('Survived'), mutant('Survived')];
    expect(complaintsAbout(reportOf(...many), [reason])).toEqual(['the score is 89.47 %, and has to be 90 % at least']);
    expect(complaintsAbout(reportOf(...killed, mutant('RuntimeError')), [])).toHaveLength(1);
  });

  test('is counted without what is ignored', () => {
    const mutants = [mutant('Killed'), mutant('Timeout'), mutant('Survived'), mutant('NoCoverage'), mutant('Ignored')];
    expect(scoreOf(mutants)).toEqual({
      mutants: 4,
      killed: 1,
      timeout: 1,
      survived: 1,
      noCoverage: 1,
      ignored: 1,
      score: 50,
    });
  });
});

test('a test of the same subject comes first, then what killed before, then what is short', () => {
  const times: Record<string, number> = {
    'laws/uri.test.ts#a': 1,
    'laws/step.test.ts#long': 900,
    'laws/step.test.ts#b': 1,
  };
  const order = createOrder((id) => times[id] ?? 0);
  const ids = Object.keys(times).reverse();
  const [own, long, short] = Object.keys(times);
  expect(order.of('model/uri.ts', ids)).toEqual([own, short, long]);
  for (let kills = 0; kills < 10; kills++) order.killed('model/uri.ts', long ?? '');
  expect(order.of('model/uri.ts', ids)).toEqual([own, long, short]);
});

test('sentences for people are no behaviour, and other texts are', () => {
  const text = { type: 'StringLiteral' };
  const inProperty = (name: string): Path => ({
    node: text,
    parentPath: { node: { type: 'ObjectProperty', key: { type: 'Identifier', name } } },
  });
  const inCall = (name: string, given: readonly { readonly type: string }[]): Path => ({
    node: text,
    parentPath: { node: { type: 'CallExpression', callee: { type: 'Identifier', name }, arguments: given } },
  });
  expect(proseReason(inProperty('says'))).toBeDefined();
  expect(proseReason(inProperty('clause'))).toBeUndefined();
  expect(proseReason(inCall('meaning', [text]))).toBeDefined();
  expect(proseReason(inCall('meaning', [{ type: 'StringLiteral' }, text]))).toBeUndefined();
  expect(proseReason(inCall('present', [{ type: 'Identifier' }, text]))).toBeDefined();
  expect(proseReason({ node: { type: 'NumericLiteral' }, parentPath: null })).toBeUndefined();
});

test('properties make few runs, and the same ones for every mutant', async () => {
  const directory = mkdtempSync(join('dist', 'laws-'));
  try {
    const file = join(directory, 'one.test.ts');
    writeFileSync(
      file,
      `import fc from 'fast-check';
      import { test } from 'vitest';
      const seen: number[] = [];
      test('one', () => {
        fc.assert(fc.property(fc.integer(), (some) => { seen.push(some); }), { numRuns: 1000 });
        return seen;
      });`,
    );
    const bundle = await bundleLaws([file]);
    const [first, second] = [7, 7].map((runs) => evaluate(bundle, runs).testsOf(file)[0]?.check());
    expect(first).toHaveLength(7);
    expect(second).toEqual(first);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
