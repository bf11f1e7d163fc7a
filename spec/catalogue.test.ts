import { describe, expect, test } from 'vitest';
import { answers } from './answers.js';
import { documentOf, documents, sectionOf } from './clause.js';
import { clauseOf, clauses, isClauseId, type ClauseId } from './clauses.js';
import { sectionCounts, sectionCoverage, sectionNameOf } from './section-counts.js';

describe('the catalogue of clauses', () => {
  test('no id stands twice', () => {
    const ids = clauses.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('an id is document, section and a slug in kebab case', () => {
    // A dot stands in a slug only inside a number, such as that of a version or a section.
    const form = /^(?<document>[a-z0-9-]+)\/(?<section>\d+(?:\.\d+)*)\/[a-z0-9]+(?:\.\d+)*(?:-[a-z0-9]+(?:\.\d+)*)*$/;
    expect(clauses.map(({ id }) => id).filter((id) => !form.test(id))).toEqual([]);
    expect(new Set(clauses.map(({ id }) => documentOf(id)))).toEqual(new Set(Object.keys(documents)));
  });

  test('the sections of a document stand together and in order', () => {
    for (const document of Object.keys(documents)) {
      const sections = clauses.filter(({ id }) => documentOf(id) === document).map(({ id }) => sectionOf(id));
      const inOrder = [...sections].sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
      expect(sections).toEqual(inOrder);
    }
  });

  test('a reason why a clause is unseen stands exactly where it is', () => {
    expect(clauses.filter(({ seen, unseen }) => (seen === 'wire') !== (unseen === undefined))).toEqual([]);
  });

  test('every clause binds somebody, and nobody twice', () => {
    expect(clauses.filter(({ binds }) => binds.length === 0 || new Set(binds).size !== binds.length)).toEqual([]);
  });

  test('a clause says one sentence of at most 200 characters', () => {
    const sentence = /^(?![^]*[.!?] ["(A-Z])["A-Z0-9][^\n]{0,198}\.$/;
    expect(clauses.map(({ says }) => says).filter((says) => !sentence.test(says))).toEqual([]);
  });

  test('a clause is found by its id, and no other id is one', () => {
    for (const clause of clauses) expect(clauseOf(clause.id)).toBe(clause);
    // @ts-expect-error The type knows every id.
    const wrong: ClauseId = 'draft-06/4.2/no-such-clause';
    expect(isClauseId(wrong)).toBe(false);
    expect(() => clauseOf(wrong)).toThrow(RangeError);
  });
});

describe('the counts of the sections', () => {
  test('the sections that were counted are those of the catalogue, in the same order', () => {
    expect(Object.keys(sectionCounts)).toEqual([...new Set(clauses.map(sectionNameOf))]);
  });

  test.each(sectionCoverage())('$section: every key word has a clause or is idle', (counted) => {
    expect(counted.clauses - counted.definitions).toBe(counted.keyWords - counted.idle + counted.further);
    expect(counted.differences).toMatch(/^["A-Z][^\n]*\.$/);
    if (counted.clauses !== counted.keyWords) expect(counted.differences).not.toMatch(/^None/);
  });
});

describe('the answers of draft-06 to requirements-02', () => {
  test('they are one for each of REQ. 1 to 20, in order', () => {
    const asked = answers.map(({ req }) => /\/req-(\d+)$/.exec(req)?.[1]);
    expect(asked).toEqual(Array.from({ length: 20 }, (_, index) => String(index + 1)));
    expect(answers.filter(({ req }) => documentOf(req) !== 'requirements-02')).toEqual([]);
  });

  test('they rest on clauses of draft-06, each named once', () => {
    for (const { answeredBy, because } of answers) {
      expect(answeredBy.length).toBeGreaterThan(0);
      expect(new Set(answeredBy).size).toBe(answeredBy.length);
      expect(answeredBy.filter((id) => documentOf(id) !== 'draft-06')).toEqual([]);
      expect(because).toMatch(/\.$/);
    }
  });
});
