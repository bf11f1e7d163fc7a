import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graphOf } from '../graph.js';
import { collectEntries } from './collect.js';
import { pack, type SearchEntry, unpack } from './entry.js';
import { createFind } from './find.js';

const roles = ['client', 'server'] as const;
const entries = collectEntries(roles.map(graphOf), []);
const find = createFind(entries);

const ofKind = (kind: SearchEntry['kind']): readonly SearchEntry[] => entries.filter((entry) => entry.kind === kind);

/** The best of all that is found. */
const best = (query: string): SearchEntry | undefined => find(query)[0]?.entries[0];

/** A few of many: each search looks at everything. */
const someOf = (kind: SearchEntry['kind']): fc.Arbitrary<SearchEntry> => fc.constantFrom(...ofKind(kind));

describe('the search', () => {
  test.each(['clause', 'reading', 'case', 'fault'] as const)(
    'finds every %s by its name, before all others',
    (kind) => {
      fc.assert(
        fc.property(someOf(kind), (entry) => {
          const groups = find(entry.name);
          // A fault may be called as the case that catches it.
          expect(groups[0]?.entries[0]?.name).toBe(entry.name);
          expect(groups.find((group) => group.kind === kind)?.entries[0]).toEqual(entry);
        }),
        { numRuns: 40 },
      );
    },
  );

  test('finds every state by its path, and by its last name', () => {
    for (const entry of ofKind('state')) {
      const { name } = entry;
      for (const query of [name, name.slice(name.lastIndexOf('.') + 1)]) {
        const states = find(query).find(({ kind }) => kind === 'state')?.entries ?? [];
        expect(states, query).toContainEqual(entry);
      }
    }
  });

  test('finds a clause by any of the words that it is restated in', () => {
    fc.assert(
      fc.property(someOf('clause'), fc.nat(), (entry, at) => {
        const words = entry.says.match(/\p{L}{4,}/gu) ?? [];
        const word = words[at % Math.max(1, words.length)] ?? entry.name;
        const group = find(word).find(({ kind }) => kind === 'clause');
        expect(group?.total ?? 0, word).toBeGreaterThan(0);
      }),
      { numRuns: 30 },
    );
  });

  test('forgives a wrong letter, capitals and blanks', () => {
    expect(best('  DRAFT-06/4.5.2/pong-echoes-body ')?.name).toBe('draft-06/4.5.2/pong-echoes-body');
    expect(find('fragmentaton').flatMap((group) => group.entries).length).toBeGreaterThan(0);
    expect(find('maksing').length + find('masking').length).toBeGreaterThan(0);
  });

  test('takes any text, and finds nothing for none', () => {
    expect(find(' ')).toEqual([]);
    fc.assert(
      fc.property(fc.string(), (query) => {
        for (const group of find(query)) expect(group.entries.length).toBeLessThanOrEqual(group.total);
      }),
      { numRuns: 30 },
    );
  });

  test('to unpack the index undoes to pack it', () => {
    expect(unpack(pack(entries))).toEqual(entries);
  });
});
