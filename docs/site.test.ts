import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { clauses, isClauseId } from '../spec/clauses.js';
import { documents } from '../spec/clause.js';
import { allReadings } from '../spec/readings/index.js';
import { faults, oddities } from '../properties/faults/index.js';
import { laws } from '../properties/traceability/laws.js';
import {
  addressOfCase,
  addressOfClause,
  addressOfFault,
  addressOfLaw,
  addressOfReading,
  addressOfState,
  addressOfTerm,
  addressOfTransition,
} from './address.js';
import { cases } from './evidence.js';
import { arrowsOf } from './diagram.js';
import { graphOf } from './graph.js';
import { compact } from './compact.js';
import { type PackedEntries, unpack } from './search/entry.js';
import { buildSite, type SiteFile, writeFiles } from './site.js';
import { rowAnchor } from './svg.js';
import { terms } from './terms.js';
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

  const idsByPage = new Map<string, readonly string[]>();
  const idsOf = (path: string): readonly string[] => {
    const known = idsByPage.get(path);
    if (known !== undefined) return known;
    const ids = (documentsOfSite.get(path) ?? []).flatMap(({ attributes }) => attributes.get('id') ?? []);
    idsByPage.set(path, ids);
    return ids;
  };

  /** Whether an address, from the root of the site, leads to a page and a place on it. */
  const exists = (address: string): boolean => {
    const [path = '', anchor] = address.split('#');
    return anchor === undefined ? files.some((file) => file.path === path) : idsOf(path).includes(anchor);
  };

  test('has no id twice on a page', () => {
    for (const path of documentsOfSite.keys()) {
      const ids = idsOf(path);
      expect(
        ids.filter((id, at) => ids.length > new Set(ids).size && ids.indexOf(id) < at),
        path,
      ).toEqual([]);
    }
  });

  test('has only links that lead somewhere inside it', () => {
    const known = new Set([
      ...files.map(({ path }) => path),
      ...[...documentsOfSite.keys()].flatMap((path) => idsOf(path).map((id) => `${path}#${id}`)),
    ]);
    const broken = [...documentsOfSite].flatMap(([path, elements]) =>
      elements.flatMap(({ attributes }) => {
        const href = attributes.get('href') ?? attributes.get('src');
        if (href === undefined) return [];
        const [file = '', anchor] = href.split('#');
        const target = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file));
        return known.has(anchor === undefined ? target : `${target}#${anchor}`) ? [] : [`${href} on ${path}`];
      }),
    );
    expect([...new Set(broken)]).toEqual([]);
  });

  test('loads nothing from elsewhere, and runs nothing but its own scripts', () => {
    const foreign = [...documentsOfSite].flatMap(([path, elements]) =>
      elements
        .filter(
          ({ name, attributes }) =>
            ['iframe', 'img', 'object', 'use', 'image', 'base'].includes(name) ||
            (name === 'script' && attributes.get('src')?.match(/^(?:\.\.\/)*assets\/[a-z]+\.js$/) == null) ||
            (name !== 'script' && attributes.has('src')) ||
            (name !== 'a' && /^[a-z]+:/.test(attributes.get('href') ?? '')) ||
            [...attributes.keys()].some((key) => key.startsWith('on')),
        )
        .map(({ name }) => `${name} on ${path}`),
    );
    expect(foreign).toEqual([]);
    for (const { path, text } of files) {
      if (/\.(?:html|css|svg)$/.test(path)) expect(/@import|url\(/.test(text), path).toBe(false);
    }
  });

  test('points every label and description at an id of the same page', () => {
    for (const [path, elements] of documentsOfSite) {
      const named = elements.flatMap(({ attributes }) => [
        ...(attributes.get('aria-labelledby')?.split(' ') ?? []),
        ...(attributes.has('for') ? [attributes.get('for') ?? ''] : []),
      ]);
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

  test('has a place for all that has an address', () => {
    const addresses = [
      ...clauses.map(({ id }) => addressOfClause(id)),
      ...allReadings.map(({ number }) => addressOfReading(number)),
      ...cases.map(({ id }) => addressOfCase(id)),
      ...[...faults, ...oddities].map(({ name }) => addressOfFault(name)),
      ...laws.map(({ file, name }) => addressOfLaw(file, name)),
      ...terms.map(({ term }) => addressOfTerm(term)),
      ...roles.flatMap((role) => [
        ...graphOf(role).states.map(({ path }) => addressOfState(role, path)),
        ...graphOf(role).transitions.map(({ id }) => addressOfTransition(role, id)),
      ]),
    ];
    expect(addresses.filter((address) => !exists(address))).toEqual([]);
  });

  test('leads to the place of everything that can be found', () => {
    const index = files.find(({ path }) => path === 'assets/search-index.js')?.text ?? '';
    const deflated = Buffer.from(/deflated:"(.*)"/.exec(index)?.[1] ?? '', 'base64');
    const entries = unpack(JSON.parse(inflateRawSync(deflated).toString()) as PackedEntries);
    expect(entries.length).toBeGreaterThan(clauses.length + cases.length);
    expect(entries.filter(({ address }) => !exists(address))).toEqual([]);
    expect(index.length).toBeLessThan(150_000);
  });

  test('mentions no clause that does not exist', () => {
    const address = new RegExp(`\\b(?:${Object.keys(documents).join('|')})/[\\d.]+/[\\w-]+(?:\\.[\\w-]+)*`, 'g');
    for (const { path, text } of files) {
      const wrong = [...text.matchAll(address)]
        .map(([id]) => id)
        .filter((id) => !isClauseId(id) && !id.endsWith('.html'));
      expect(wrong, path).toEqual([]);
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

  test('names the way of each arrow where the explorer lights them, in the order in which they are drawn', () => {
    const text = files.find(({ path }) => path === 'explorer.html')?.text ?? '';
    const named = [...text.matchAll(/<path class="line"(?: data-way="([^"]*)")?/g)].map(([, way]) => way);
    const drawn = roles.flatMap((role) => [
      undefined,
      ...arrowsOf(graphOf(role)).map(({ source, target }) => `${source}~${target}`),
    ]);
    expect(named).toEqual(drawn);
  });

  test(
    'is written into a directory, and leaves what else is there alone',
    async () => {
      const directory = await mkdtemp(join(tmpdir(), 'hybi-site-'));
      try {
        await writeFile(join(directory, 'other.txt'), 'kept');
        await writeFiles(directory, files);
        const found = await readdir(directory, { recursive: true, withFileTypes: true });
        expect(found.filter((entry) => entry.isFile())).toHaveLength(files.length + 1);
        for (const { path, text } of files)
          expect(compact(text) === compact(await readFile(join(directory, path), 'utf8')), path).toBe(true);
      } finally {
        await rm(directory, { recursive: true });
      }
    },
    patience,
  );
});
