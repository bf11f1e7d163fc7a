import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { answers } from '../../spec/answers.js';
import { documents } from '../../spec/clause.js';
import { clauses, isClauseId } from '../../spec/clauses.js';
import { allEvidence } from './evidence.js';
import { isChecked, isForgotten, type Row, totalsOf, traceabilityMatrix } from './matrix.js';
import { uncheckedGroups } from './unchecked.js';

const rows = traceabilityMatrix(allEvidence);
const { laws, cases, faults } = allEvidence;

/** Whom a case for servers can judge. */
const bindsServers = ({ binds }: Row): boolean =>
  binds.some((party) => party === 'server' || party === 'endpoint' || party === 'sender' || party === 'receiver');

describe('every clause', () => {
  test('is checked, or it is said why not', () => {
    expect(rows.filter(isForgotten).map(({ id }) => id)).toEqual([]);
  });

  test('has one row, and one id', () => {
    expect(rows.map(({ id }) => id)).toEqual(clauses.map(({ id }) => id));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect([...new Set(rows.map(({ document }) => document))]).toEqual(Object.keys(documents));
  });

  test('seen on the wire is judged by a case or a law, or belongs to what is not built yet or cannot be', () => {
    const wire = rows.filter(({ seen }) => seen === 'wire');
    const open = wire.filter((row) => !isChecked(row));
    expect(
      open.filter(({ reason }) => !/^not built yet: |^by reading R-/.test(reason ?? '')).map(({ id }) => id),
    ).toEqual([]);
  });

  test('of draft-06 that is seen on the wire and binds servers is judged by a case, in nine of ten', () => {
    const judged = rows.filter((row) => row.document === 'draft-06' && row.seen === 'wire' && bindsServers(row));
    expect(judged.filter((row) => row.cases.length > 0).length / judged.length).toBeGreaterThanOrEqual(0.9);
  });
});

describe('every clause of draft-06 that is seen on the wire and binds clients', () => {
  // The others take a certificate that the client trusts, several connections at once, or a proxy.
  test('is judged by a case for clients, in more than eight of ten', () => {
    const bound = rows.filter(
      (row) => row.document === 'draft-06' && row.seen === 'wire' && row.binds.some((party) => party === 'client'),
    );
    const judged = bound.filter((row) => row.cases.some((id) => id.startsWith('client-')));
    expect(judged.length / bound.length).toBeGreaterThanOrEqual(0.85);
  });
});

describe('a reason', () => {
  const excused = uncheckedGroups.flatMap((group) => group.clauses);

  test('is for a clause that exists, and stands once', () => {
    expect(excused.filter((id) => !isClauseId(id))).toEqual([]);
    expect(excused.filter((id, at) => excused.indexOf(id) !== at)).toEqual([]);
    expect(new Set(uncheckedGroups.map(({ reason }) => reason)).size).toBe(uncheckedGroups.length);
  });

  test('is not for a clause that is checked: take it out of unchecked.ts', () => {
    const checked = new Set(rows.filter(isChecked).map(({ id }) => id));
    expect(excused.filter((id) => checked.has(id))).toEqual([]);
  });

  test('is not for a clause that says itself that nobody can see it', () => {
    const nobody = new Set(clauses.filter(({ seen }) => seen === 'nobody').map(({ id }) => id));
    expect(excused.filter((id) => nobody.has(id))).toEqual([]);
  });
});

describe('what touches clauses', () => {
  test('names at least one clause, and none that does not exist', () => {
    for (const { id, clauses: ids } of cases) {
      expect(ids.length, id).toBeGreaterThan(0);
      expect(ids.filter((clause) => !isClauseId(clause))).toEqual([]);
    }
    for (const { clause } of faults) expect(isClauseId(clause), clause).toBe(true);
  });

  test('is found again in the rows: nothing is lost', () => {
    const sum = (count: (row: Row) => number): number => rows.reduce((total, row) => total + count(row), 0);
    expect(sum((row) => row.laws.length)).toBe(laws.reduce((total, law) => total + law.clauses.length, 0));
    expect(sum((row) => row.cases.length)).toBe(cases.reduce((total, each) => total + new Set(each.clauses).size, 0));
    expect(sum((row) => row.faults.length)).toBe(faults.length);
  });

  test('cases have ids of their own', () => {
    const ids = cases.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });
});

describe('a requirement', () => {
  const rowOf = new Map(rows.map((row) => [row.id, row]));

  test('that no law names is checked through what answers it, exactly when all of that is', () => {
    for (const { req, answeredBy } of answers) {
      const all = answeredBy.every((id) => (rowOf.get(id)?.laws.length ?? 0) + (rowOf.get(id)?.cases.length ?? 0) > 0);
      const isNamed = (rowOf.get(req)?.laws.length ?? 0) > 0;
      expect(rowOf.get(req)?.through, req).toBe(all && !isNamed);
      for (const id of answeredBy) expect(rowOf.get(id)?.answers).toContain(req);
    }
  });

  test('of several sentences is answered with the first of them', () => {
    expect(rowOf.get('requirements-02/3/req-6-explicit-length')?.answers).toEqual(
      rowOf.get('requirements-02/3/req-6')?.answers,
    );
    expect(rowOf.get('requirements-02/3/req-1-tcp')?.answers).toEqual(rowOf.get('requirements-02/3/req-1')?.answers);
  });
});

test('a matrix without evidence has no check, and its gaps show', () => {
  const bare = traceabilityMatrix({ laws: [], cases: [], faults: [] });
  expect(bare.some(isChecked)).toBe(false);
  const totals = totalsOf(bare);
  expect(totals).toMatchObject({ clauses: clauses.length, withLaw: 0, withCase: 0, withFault: 0, checked: 0 });
  expect(totals.forgotten).toBeGreaterThan(300);
  expect(totals.forgotten + totals.excused).toBe(clauses.length);
});

test('the matrix as JSON follows its schema', () => {
  const schema = JSON.parse(readFileSync('properties/traceability/matrix.schema.json', 'utf8')) as object;
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
  validate(JSON.parse(JSON.stringify({ clauses: rows })));
  expect(validate.errors).toBeNull();
});
