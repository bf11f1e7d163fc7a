import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { DeclarationReflection, ReflectionKind } from 'typedoc/models';
import { describe, expect, test } from 'vitest';
import type { Contents } from './contents.js';
import { withApi } from './search-block.js';
import { subjects } from './subjects.js';

describe('the reference of the API', () => {
  test.each(Object.keys(subjects))('has a page for every file that %s exports something of', (entry) => {
    const files = [...readFileSync(`${entry}/index.ts`, 'utf8').matchAll(/ from '\.\/(.*)\.js';/g)].map(
      ([, file = '']) => `${file}.ts`,
    );
    expect(files.length).toBeGreaterThan(5);
    // One that is missing would get a page of its own: name it in docs/api/subjects.ts.
    expect(files.filter((file) => subjects[entry]?.some((subject) => subject.files.test(file)) !== true)).toEqual([]);
  });

  test('adds its names to the index of the search, once', () => {
    const reflection = new DeclarationReflection('step', ReflectionKind.Function);
    const sections = [
      {
        file: 'model/step.ts',
        described: [
          { reflection, anchor: 'step', isInner: false },
          { reflection, anchor: 'inner', isInner: true },
        ],
      },
    ];
    const chapters = [{ path: 'api/model/connection.html', title: '', says: '', sections }];
    const contents: Contents = {
      entries: [{ specifier: 'hybi-spec', reflection, chapters }],
      addressOf: () => undefined,
    };
    const index = 'globalThis.hybiSearchIndex={"term":[["frame","a unit"]]};\n';
    const added = withApi(index, contents);
    const scope: { hybiSearchIndex?: unknown } = {};
    runInNewContext(added, scope);
    expect(JSON.parse(JSON.stringify(scope.hybiSearchIndex))).toEqual({
      term: [['frame', 'a unit']],
      api: [['step', '', 'api/model/connection.html#step']],
    });
    expect(withApi(added, contents)).toBe(added);
  });
});
