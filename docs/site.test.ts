import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { clauses, isClauseId } from '../spec/clauses.js';
import { documents } from '../spec/clause.js';
import { allReadings } from '../spec/readings/index.js';
import { graphOf } from './graph.js';
import { buildSite, type SiteFile, writeSite } from './site.js';
import { rowAnchor } from './svg.js';
import { type Element, scanMarkup } from './well-formed.js';

/** Layouts take a second each, and more where other work is done beside them. */
const patience = 60_000;

const roles = ['client', 'server'] as const;

describe('the site', () => {
  let files: readonly SiteFile[];
  let documentsOfSite: ReadonlyMap<string, readonly Element[]>;

  beforeAll(async () => {
    files = await buildSite({ version: '1.2.3' });
    const marked = files.filter(({ path }) => /\.(html|svg)$/.test(path));
    documentsOfSite = new Map(
      marked.map(({ path, text }) => {
        const scan = scanMarkup(text);
        if (!scan.ok) throw new Error(`${path}, character ${scan.at}: ${scan.says}`);
        return [path, scan.elements];
      }),
    );
  }, patience);

  const idsOf = (path: string): readonly string[] =>
    (documentsOfSite.get(path) ?? []).flatMap(({ attributes }) => attributes.get('id') ?? []);

  test('has no id twice on a page', () => {
    for (const path of documentsOfSite.keys()) expect(idsOf(path).length).toBe(new Set(idsOf(path)).size);
  });

  test('has only links that lead somewhere inside it', () => {
    const known = new Set([
      ...files.map(({ path }) => path),
      ...[...documentsOfSite.keys()].flatMap((path) => idsOf(path).map((id) => `${path}#${id}`)),
    ]);
    for (const [path, elements] of documentsOfSite) {
      for (const { attributes } of elements) {
        const href = attributes.get('href');
        if (href === undefined) continue;
        const [file = '', anchor] = href.split('#');
        const target = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file));
        expect(known, `${href} on ${path}`).toContain(anchor === undefined ? target : `${target}#${anchor}`);
      }
    }
  });

  test('loads nothing from elsewhere and runs nothing', () => {
    for (const [path, elements] of documentsOfSite) {
      for (const { name, attributes } of elements) {
        expect(['script', 'iframe', 'img', 'object', 'use', 'image'], path).not.toContain(name);
        expect(attributes.get('src')).toBeUndefined();
        if (name !== 'a') expect(attributes.get('href') ?? '').not.toMatch(/^[a-z]+:/);
        expect([...attributes.keys()].filter((key) => key.startsWith('on'))).toEqual([]);
      }
    }
    for (const { text } of files) expect(text).not.toMatch(/@import|url\(/);
  });

  test('points every label and description at an id of the same page', () => {
    for (const [path, elements] of documentsOfSite) {
      const named = elements.flatMap(({ attributes }) => attributes.get('aria-labelledby')?.split(' ') ?? []);
      expect(named.filter((id) => !idsOf(path).includes(id))).toEqual([]);
    }
  });

  test.each(roles)('describes every state and every transition of the %s in a row', (role) => {
    const { states, transitions } = graphOf(role);
    const expected = [...states.map(({ path }) => path), ...transitions.map(({ id }) => id)].map(rowAnchor);
    expect(idsOf(`${role}.html`).filter((id) => id.startsWith('about-'))).toEqual(expected);
  });

  test('has the picture that the README shows', async () => {
    // When the machine has changed: npm run docs, then copy site/states/client.svg to docs/pictures/.
    const drawn = files.find(({ path }) => path === 'states/client.svg')?.text;
    expect(await readFile('docs/pictures/client.svg', 'utf8')).toBe(drawn);
  });

  test('has every clause and every reading in its place, and mentions no clause that does not exist', () => {
    expect(clauses.filter(({ id }) => !idsOf('clauses.html').includes(id))).toEqual([]);
    expect(allReadings.filter(({ number }) => !idsOf('readings.html').includes(number))).toEqual([]);
    const address = new RegExp(`\\b(?:${Object.keys(documents).join('|')})/[\\w.]+/[\\w-]+(?:\\.[\\w-]+)*`, 'g');
    for (const { path, text } of files) {
      for (const [id] of text.matchAll(address)) expect(isClauseId(id), `${id} on ${path}`).toBe(true);
    }
  });

  test('gives every page one main heading, one main part, a language and a title', () => {
    for (const [path, elements] of documentsOfSite) {
      if (!path.endsWith('.html')) continue;
      const count = (name: string): number => elements.filter((element) => element.name === name).length;
      expect([count('h1'), count('main'), count('html')]).toEqual([1, 1, 1]);
      expect(count('caption')).toBe(count('table'));
      expect(elements.filter(({ name, attributes }) => name === 'th' && !attributes.has('scope'))).toEqual([]);
    }
  });

  test('gives the machines to programs as they are', () => {
    const json = files.find(({ path }) => path === 'states.json')?.text ?? '';
    expect(JSON.parse(json)).toMatchObject({ machines: roles.map((role) => graphOf(role)) });
  });

  test(
    'is written into a directory, and leaves what else is there alone',
    async () => {
      const directory = await mkdtemp(join(tmpdir(), 'hybi-site-'));
      try {
        await writeFile(join(directory, 'other.txt'), 'kept');
        const { files: written } = await writeSite(directory, { version: '1.2.3' });
        const found = await readdir(directory, { recursive: true, withFileTypes: true });
        expect(found.filter((entry) => entry.isFile())).toHaveLength(written.length + 1);
        for (const { path, text } of files) expect(await readFile(join(directory, path), 'utf8')).toBe(text);
      } finally {
        await rm(directory, { recursive: true });
      }
    },
    patience,
  );
});
