import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isClauseId } from './clauses.js';
import { readings } from './readings.js';
import { allReadings, readingChapters, readingOf, type ReadingChapter } from './readings/index.js';
import type { Reading } from './readings/reading.js';

const valueOf = ({ number }: Reading): number => Number(number.slice(2));

/** The values that stand more than once. */
function repeated(values: readonly string[]): readonly string[] {
  return values.filter((value, at) => values.indexOf(value) !== at);
}

describe('the readings', () => {
  test('no number and no question stands twice', () => {
    expect(repeated(allReadings.map(({ number }) => number))).toEqual([]);
    expect(repeated(allReadings.map(({ question }) => question.toLowerCase()))).toEqual([]);
  });

  test('they are sorted by number', () => {
    const numbers = allReadings.map(valueOf);
    expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
  });

  test('those that are parameters are among them', () => {
    for (const parameter of Object.values(readings)) expect(readingOf(parameter.number)).toBe(parameter);
  });

  test('a reading is found by its number, and no other number has one', () => {
    for (const reading of allReadings) expect(readingOf(reading.number)).toBe(reading);
    expect(readingOf('R-0')).toBeUndefined();
    expect(readingOf('401')).toBeUndefined();
  });

  test('no file of readings is left out', () => {
    const files = readdirSync(new URL('./readings/', import.meta.url)).filter((name) => name.endsWith('.ts'));
    const written = files.flatMap((name) => {
      const text = readFileSync(new URL(`./readings/${name}`, import.meta.url), 'utf8');
      return [...text.matchAll(/^ {4}number: '(R-\d+)',$/gm)].map((match) => match[1]);
    });
    const known = allReadings.filter((reading) => !(Object.values(readings) as readonly Reading[]).includes(reading));
    expect(written.sort()).toEqual(known.map(({ number }) => number).sort());
  });
});

/** The numbers of the readings for which something does not hold. */
function failing(chapter: readonly Reading[], holds: (reading: Reading) => boolean): readonly string[] {
  return chapter.filter((reading) => !holds(reading)).map(({ number }) => number);
}

describe.each<ReadingChapter>(readingChapters)(
  'the readings of the chapter $title',
  ({ hundreds, readings: chapter }) => {
    test('have numbers in the hundreds of the chapter, in order', () => {
      expect(chapter.length).toBeGreaterThan(0);
      expect(failing(chapter, (reading) => hundreds.includes(Math.floor(valueOf(reading) / 100)))).toEqual([]);
      expect(chapter.map(valueOf)).toEqual(chapter.map(valueOf).sort((one, other) => one - other));
    });

    test('name at least one clause, each once and all of the catalogue', () => {
      expect(failing(chapter, ({ clauses }) => clauses.length > 0 && repeated(clauses).length === 0)).toEqual([]);
      expect(failing(chapter, ({ clauses }) => clauses.every(isClauseId))).toEqual([]);
    });

    test('have at least two different options under proper names, one of them chosen', () => {
      const name = /^[a-z][A-Za-z0-9]*(?:-[a-z0-9]+)*$/;
      expect(failing(chapter, ({ options }) => Object.keys(options).length >= 2)).toEqual([]);
      expect(failing(chapter, ({ options }) => repeated(Object.values(options)).length === 0)).toEqual([]);
      expect(failing(chapter, ({ options }) => Object.keys(options).every((option) => name.test(option)))).toEqual([]);
      expect(failing(chapter, ({ options, chosen }) => Object.hasOwn(options, chosen))).toEqual([]);
    });

    test('ask a question and answer in sentences', () => {
      const sentence = /^["A-Z0-9][^\n]*\.$/;
      expect(failing(chapter, ({ question }) => /^["A-Z][^\n]*\?(?: [A-Z][^\n]*\.)?$/.test(question))).toEqual([]);
      expect(failing(chapter, ({ because, later }) => sentence.test(because) && sentence.test(later))).toEqual([]);
      expect(failing(chapter, ({ options }) => Object.values(options).every((says) => sentence.test(says)))).toEqual(
        [],
      );
    });
  },
);
