import { readdirSync, readFileSync, statSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Role } from '../../model/role.js';
import { isClauseId } from '../../spec/clauses.js';
import { readingOf } from '../../spec/readings/index.js';
import { defaultReadings } from '../../spec/readings.js';
import { segmentationsOf } from '../arbitraries/segmentation.js';
import { law } from '../laws/law.js';
import { type Bytes, bytesFrom, notationOf } from './generate/bytes-notation.js';
import { textOf, vectorFiles } from './generate/files.js';
import { judgeSegments } from './generate/judge-frames.js';
import type { Vector } from './generate/vector.js';

interface Document {
  readonly subject: string;
  readonly numberOfVectors: number;
  readonly flags: Readonly<Record<string, string>>;
  readonly groups: readonly { readonly name: string; readonly given: unknown; readonly vectors: readonly Vector[] }[];
}

const folder = new URL('.', import.meta.url);
const textOfFile = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const committed = (name: string): Document => JSON.parse(textOfFile(`${name}.json`)) as Document;

const made = vectorFiles();
const documents = made.map(({ name }) => committed(name));
const all = documents.flatMap(({ groups }) => groups.flatMap(({ vectors }) => vectors));

describe('the committed files', () => {
  test('are those that the generator makes: npm run vectors writes them anew', () => {
    for (const file of made) expect(textOfFile(`${file.name}.json`) === textOf(file), file.name).toBe(true);
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    expect(names.sort()).toEqual([...made.map(({ name }) => `${name}.json`), 'vectors.schema.json'].sort());
  });

  test('follow their schema, and a vector with a fault does not', () => {
    const ajv = new Ajv({ allErrors: true, strictTypes: false });
    const validate = ajv.compile(JSON.parse(textOfFile('vectors.schema.json')) as object);
    for (const document of documents) {
      validate(document);
      expect(validate.errors ?? [], document.subject).toEqual([]);
    }
    const spoil = (change: (vector: Record<string, unknown>) => void): boolean => {
      const copy = structuredClone(committed('close-bodies'));
      change(copy.groups[0]?.vectors[0] as unknown as Record<string, unknown>);
      return validate(copy);
    };
    expect(spoil((vector) => (vector['comment'] = 'another comment'))).toBe(true);
    expect(spoil((vector) => (vector['result'] = 'acceptable'))).toBe(false);
    expect(spoil((vector) => (vector['result'] = 'open'))).toBe(false);
    expect(spoil((vector) => (vector['readings'] = ['R-703']))).toBe(false);
    expect(spoil((vector) => (vector['input'] = { bytes: '' }))).toBe(false);
    expect(spoil((vector) => (vector['expect'] = { kind: 'close', code: 1000 }))).toBe(false);
    expect(spoil((vector) => delete vector['clauses'])).toBe(false);
  });

  test('have at least 2,000 vectors in less than 2 MB, and as many as they say', () => {
    expect(all.length).toBeGreaterThanOrEqual(2000);
    for (const { subject, groups, numberOfVectors } of documents) {
      expect(numberOfVectors, subject).toBe(groups.reduce((sum, { vectors }) => sum + vectors.length, 0));
    }
    const bytes = made.map(({ name }) => statSync(new URL(`${name}.json`, folder)).size);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2_000_000);
  });
});

describe('the vectors', () => {
  test('have ids that are unique and begin with their subject and group', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { subject, groups } of documents) {
      for (const { name, vectors } of groups) {
        for (const { id } of vectors) expect(id.startsWith(`${subject}/${name}/`), id).toBe(true);
      }
    }
  });

  test('are no duplicates of each other, but for examples of the texts', () => {
    for (const { groups } of documents) {
      const seen = new Map<string, string>();
      for (const { given, vectors } of groups) {
        for (const { id, input, flags } of vectors) {
          const question = JSON.stringify([given, input]);
          expect(flags.includes('DraftExample') ? undefined : seen.get(question), id).toBeUndefined();
          if (!flags.includes('DraftExample')) seen.set(question, id);
        }
      }
    }
  });

  test('name clauses and readings that exist', () => {
    for (const { id, clauses, readings = [], otherwise = [], expect: expected } of all) {
      expect(
        clauses.filter((clause) => !isClauseId(clause)),
        id,
      ).toEqual([]);
      for (const number of readings) expect(readingOf(number)?.number, id).toBe(number);
      for (const { choices } of otherwise) {
        for (const [number, option] of Object.entries(choices)) {
          expect(readings, id).toContain(number);
          expect(Object.keys(readingOf(number)?.options ?? {}), id).toContain(option);
        }
      }
      const { violation } = expected as { readonly violation?: { readonly clause: string } };
      if (violation !== undefined) expect(clauses, id).toContain(violation.clause);
    }
  });

  test('have flags that their file explains, and each flag is used', () => {
    for (const { subject, flags, groups } of documents) {
      const used = new Set(groups.flatMap(({ vectors }) => vectors.flatMap((vector) => vector.flags)));
      expect([...used].sort(), subject).toEqual(Object.keys(flags).sort());
    }
  });

  test('name, in the flags, the readings that exist', () => {
    for (const { flags } of documents) {
      for (const says of Object.values(flags)) {
        for (const [number] of says.matchAll(/R-\d+/g)) expect(readingOf(number)?.number).toBe(number);
      }
    }
  });
});

law(
  'the model agrees with every vector, under every option of its readings',
  [
    'draft-06/3.1/components-or-failure',
    'draft-06/4.2/mask-whole-frame',
    'draft-06/4.3/grammar-is-the-format',
    'draft-06/4.4/fragmented',
    'draft-06/4.5.1/body-starts-with-status',
    'draft-06/5.1/response-validated',
    'draft-06/5.1/subprotocol-grammar',
    'draft-06/5.2.1/parse-request',
    'draft-06/5.2.2/accept',
    'draft-06/6.1/client-replaces',
    'draft-06/8.1/list-grammar',
    'http-timeout-00/3/grammar',
    'http-timeout-00/4/connection-token',
  ],
  () => {
    for (const { subject, groups } of documents) {
      const file = made.find(({ name }) => name === subject);
      for (const { given, vectors } of groups) {
        for (const vector of vectors) {
          const { result, clauses, readings, expect: expected, otherwise } = vector;
          expect({ id: vector.id, ...file?.conclude(given, vector) }).toEqual({
            id: vector.id,
            result,
            clauses,
            ...(readings === undefined ? {} : { readings }),
            expect: expected,
            ...(otherwise === undefined ? {} : { otherwise }),
          });
        }
      }
    }
  },
);

law(
  'the model agrees with the vectors of frames however their bytes are cut',
  ['draft-06/4.3/grammar-is-the-format', 'draft-06/4.4/content-is-concatenation'],
  () => {
    for (const { given, vectors } of committed('frames').groups) {
      const { from } = given as { readonly from: Role };
      for (const { id, input, expect: expected } of vectors) {
        const wire = bytesFrom((input as { readonly wire: Bytes }).wire);
        // Byte by byte is one of the ways to cut, and too slow for the longest.
        if (wire.length > 1000) continue;
        fc.assert(
          fc.property(segmentationsOf(wire), (segments) => {
            expect(judgeSegments(from, segments, defaultReadings).expect, id).toEqual(expected);
          }),
          { numRuns: 5 },
        );
      }
    }
  },
);

test('the notation of bytes gives back the bytes, and is short where they repeat', () => {
  const runs = fc.array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 4 }), fc.nat(80)), { maxLength: 4 });
  fc.assert(
    fc.property(runs, (parts) => {
      const bytes = Uint8Array.from(
        parts.flatMap(([part, times]) => Array.from({ length: times }, () => [...part]).flat()),
      );
      expect(bytesFrom(notationOf(bytes))).toEqual(bytes);
    }),
  );
  expect(notationOf(new Uint8Array(65536))).toEqual([{ repeat: '00', times: 65536 }]);
});
