import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isClauseId } from '../../spec/clauses.js';
import type { CaseReport, Report } from '../report/report.js';
import { createReport } from '../report/report.js';
import { differences, type Known, knownFrom } from './known.js';
import { pageOf } from './page.js';
import type { Results } from './results.js';

const fromRoot = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const results = JSON.parse(fromRoot('properties/peers/results.json')) as Results;

describe('what is told of real peers', () => {
  test('the page is the one that the results make', () => {
    expect(fromRoot('docs/peers.md')).toBe(pageOf(results));
  });

  test('findings name clauses that there are', () => {
    const kinds = results.peers.flatMap(({ roles }) => roles.flatMap((role) => [...role.kinds, ...role.seen]));
    expect(kinds.filter(({ clause }) => !isClauseId(clause))).toEqual([]);
  });
});

/** A report with one case. */
function reportOf(codes: readonly string[], wire: CaseReport['wire'] = []): Report {
  const clause = 'draft-06/4.5.1/close-answered' as const;
  const findings = codes.map((code) => ({
    ...{ clause, code, verdict: 'fail' as const, says: '', observed: '', allowed: '', offset: null },
  }));
  const verdict = findings.length > 0 ? ('fail' as const) : ('pass' as const);
  const result = { id: 'a/b', title: '', clauses: [clause], requirement: '', verdict, durationMs: 0, findings, wire };
  const facts = { version: '1', target: 't', seed: 1, startedAt: new Date(0), durationMs: 0, sameOptions: '' };
  return createReport([result], { ...facts, baseline: 'echoes' });
}

describe('what is known of a peer', () => {
  const sentClose = [{ atMs: 0, from: 'tester' as const, hex: '8100', note: 'close, FIN, 0 bytes, no body' }];
  const known: Known = { version: '1', baseline: 'echoes', findings: {}, byChance: { 'a/b': ['late'] } };

  test('a code that chance decides may be there or not, any other one is a difference', () => {
    expect(differences(reportOf([]), known)).toEqual([]);
    expect(differences(reportOf(['late']), known)).toEqual([]);
    expect(differences(reportOf(['late', 'other']), known)).toMatchObject([
      { id: 'a/b', fresh: ['fail draft-06/4.5.1/close-answered other'], gone: [] },
    ]);
  });

  test('a finding that is gone is a difference, and so is an echo that is gone', () => {
    const sure = { ...known, findings: { 'a/b': ['fail draft-06/4.5.1/close-answered sure'] } };
    expect(differences(reportOf([]), sure)).toMatchObject([{ gone: ['fail draft-06/4.5.1/close-answered sure'] }]);
    const other = { ...known, baseline: 'echoes text' };
    expect(differences(reportOf([]), other)).toMatchObject([{ id: 'baseline', gone: ['echoes text'] }]);
  });

  test('what some runs show is chance, and so are races in cases in which the peer was sent a Close', () => {
    const runs = [reportOf(['sure', 'late'], sentClose), reportOf(['sure'], sentClose)] as const;
    expect(knownFrom(runs, '1')).toMatchObject({
      findings: { 'a/b': ['fail draft-06/4.5.1/close-answered sure'] },
      byChance: { 'a/b': ['late'] },
    });
    expect(knownFrom(runs, '1', ['sure'])).toMatchObject({ findings: {}, byChance: { 'a/b': ['sure', 'late'] } });
    expect(knownFrom([reportOf(['sure'])], '1', ['sure']).byChance).toBeUndefined();
  });
});
