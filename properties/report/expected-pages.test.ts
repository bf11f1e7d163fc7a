import { describe, expect, test } from 'vitest';
import { segmentationResult } from '../campaign/segmentations.js';
import type { CaseResult } from '../verifier/run.js';
import { findingOf } from '../verifier/finding.js';
import { compareWithExpectations, expectationsOf } from './expectations.js';
import { htmlReport } from './html/report-pages.js';
import { mergeReports } from './merge.js';
import { type PageAddresses, withPages } from './pages.js';
import { createReport, type Report } from './report.js';

const facts = { version: '1', target: 't', seed: 1, startedAt: new Date(0), durationMs: 1, sameOptions: '' };

const words = { code: 'no-pong', observed: 'nothing', allowed: 'a Pong' };

/** A case that failed, or one in which all was right. */
function resultOf(id: string, isFailing: boolean): CaseResult {
  const clause = 'draft-06/4.5.2/ping-answered';
  const findings = isFailing ? [findingOf(clause, words)] : [];
  const verdict = isFailing ? 'fail' : 'pass';
  return { id, title: id, clauses: [clause], requirement: 'R.', verdict, durationMs: 1, findings, wire: [] };
}

test('the pages mark what is known, what is not, and what passes unexpectedly', () => {
  const before = createReport([resultOf('a/known', true), resultOf('a/gone', true)], facts);
  const after = createReport([resultOf('a/known', true), resultOf('a/gone', false), resultOf('a/new', true)], facts);
  const pages = [...htmlReport(after, compareWithExpectations(after, expectationsOf(before, '1')))];
  const index = pages.find(({ path }) => path === 'index.html')?.text ?? '';
  expect(index).toContain('1 case as expected, 1 finding not expected, 1 that did not come again');
  expect(index.match(/data-differs="yes"/g)).toHaveLength(2);
  expect(pages.find(({ path }) => path === 'cases/a.gone.html')?.text).toContain('passes unexpectedly');
  expect([...htmlReport(after)].some(({ text }) => text.includes('as expected'))).toBe(false);
});

test('other segmentations stand in every shard, and are joined', () => {
  const shard = (index: number, id: string, differs: boolean): Report => {
    const pair = { usual: resultOf(id, false), other: resultOf(id, true) };
    const cut = segmentationResult('server', 'joined', differs ? [pair] : [], 5);
    return createReport([resultOf(id, false), cut], { ...facts, shard: `${index}/2` });
  };
  const reports = [shard(1, 'a/x', false), shard(2, 'a/y', true)].map((report) => ({ name: 'n', report }));
  const { result, missing } = mergeReports(reports);
  expect(missing).toEqual([]);
  const cases = result.kind === 'report' ? result.report.cases : [];
  expect(cases[1]?.findings[0]?.observed).not.toContain('seen once');
  expect(cases.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['a/x', 'pass'],
    ['segmented/joined', 'fail'],
    ['a/y', 'pass'],
  ]);
  expect(cases[1]?.again).toBe('hybi verify t --segmentations --only a/y --seed 1');
});

test('a difference that nobody came to show again says so', () => {
  const pair = { usual: resultOf('a/x', false), other: resultOf('a/x', true) };
  const [finding] = segmentationResult('client', 'joined', [pair], 5, false).findings;
  expect(finding?.observed).toMatch(/seen once, and perhaps by chance/);
});

/** Addresses below a root, whole or not. */
const addressesUnder = (root: string): PageAddresses => ({
  clause: (id) => `${root}clauses/${id}`,
  case: (id) => (id.startsWith('connection-') ? undefined : `${root}cases/${id}`),
  reading: (number) => `${root}readings#${number}`,
});

describe('the pages of the documentation', () => {
  const noted = findingOf('draft-06/4.5.2/ping-answered', { ...words, code: 'R-404-ignore' }, 'informational');
  const report = createReport(
    [{ ...resultOf('a/x', true), findings: [noted] }, resultOf('connection-1/server', true)],
    { ...facts, chosen: { nonMinimalLength: 'refuse' } },
  );

  test('are told of every clause and case, and of the readings that the report names', () => {
    const { pages = {} } = withPages(report, addressesUnder(''));
    for (const { id } of report.clauses) expect(pages[id]).toBe(`clauses/${id}`);
    expect(pages['a/x']).toBe('cases/a/x');
    expect(pages['R-404']).toBe('readings#R-404');
    expect(Object.keys(report.readings ?? {}).every((number) => number in pages)).toBe(true);
    expect('connection-1/server' in pages).toBe(false);
  });

  test('stay with reports that are merged', () => {
    const [one, other] = [1, 2].map((index) => ({
      name: 'n',
      report: withPages(
        createReport([resultOf(`a/${index}`, false)], { ...facts, shard: `${index}/2` }),
        addressesUnder(''),
      ),
    }));
    const { result } = mergeReports([one, other].flatMap((named) => named ?? []));
    expect(result.kind === 'report' && result.report.pages).toMatchObject({ 'a/1': 'cases/a/1', 'a/2': 'cases/a/2' });
  });

  test('are links where they have whole addresses, and words otherwise', () => {
    const pageOf = (root: string): string =>
      [...htmlReport(report, undefined, addressesUnder(root))].find(({ path }) => path === 'cases/a.x.html')?.text ??
      '';
    const whole = pageOf('https://docs.example/');
    expect(whole).toContain('<a href="https://docs.example/clauses/draft-06/4.5.2/ping-answered">');
    expect(whole).toContain('<a href="https://docs.example/readings#R-404">');
    expect(whole).toContain('<a href="https://docs.example/cases/a/x">');
    expect(pageOf('')).toContain('clauses/draft-06/4.5.2/ping-answered</span>');
    for (const root of ['', 'javascript:', '//docs.example/'])
      expect(pageOf(root)).not.toMatch(/href="(?!\.\.\/|#|data:)/);
    expect(pageOf('')).not.toContain('<a href="clauses');
  });
});
