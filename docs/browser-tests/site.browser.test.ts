import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  isChromiumMissing,
  launchChromium,
  tellIfMissing,
  watchPage,
} from '../../properties/browser-tests/chromium.js';
import { compact } from '../compact.js';
import { buildSite } from '../site.js';
import {
  axeScript,
  clippedScript,
  factsScript,
  focusScript,
  type PageFacts,
  pictureScript,
  sameDocumentScript,
  trimScript,
} from './in-page.js';
import { exportsByEntry, sizesOf, type WholeSite, writeWholeSite } from './whole-site.js';

/*
 * The whole site, the reference of the API included, in a real Chromium, opened from the disk: every page cheaply, and one page of every kind, the largest
 * there is, with everything that can be measured.
 */

tellIfMissing('the site is');

const directory = mkdtempSync(join(tmpdir(), 'hybi-site-'));
const addressOf = (path: string): string => pathToFileURL(join(directory, path)).href;
const pathOf = (address: string): string => fileURLToPath(address).slice(directory.length + 1);

/** Pages of one kind lie in one folder; those at the top are each of their own kind. */
const kindOf = (path: string): string => (path.includes('/') ? path.replace(/[^/]*$/, '') : path);

describe.skipIf(isChromiumMissing)('the site, opened from the disk', () => {
  let browser: Browser;
  let site: WholeSite;
  let pages: readonly string[];
  let files: ReadonlySet<string>;
  const troubles: string[] = [];
  const facts = new Map<string, PageFacts>();

  beforeAll(async () => {
    [site, browser] = await Promise.all([writeWholeSite(directory, '1.2.3'), launchChromium()]);
    files = new Set(site.files);
    pages = site.files.filter((path) => path.endsWith('.html'));
  });
  afterAll(async () => {
    await browser.close();
    rmSync(directory, { recursive: true });
  });
  afterEach(() => {
    expect(troubles.splice(0)).toEqual([]);
  });

  async function newPage(width: number): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: 'light', offline: true });
    watchPage(page, (trouble) => troubles.push(trouble));
    return page;
  }

  /** Opens pages one after the other, in two windows at once. */
  async function visit(
    paths: readonly string[],
    width: number,
    look: (page: Page, path: string) => Promise<void>,
  ): Promise<void> {
    const left = [...paths];
    const walk = async (): Promise<void> => {
      const page = await newPage(width);
      for (let path = left.shift(); path !== undefined; path = left.shift()) {
        await page.goto(addressOf(path), { waitUntil: 'load' });
        await look(page, path);
      }
      await page.close();
    };
    await Promise.all([walk(), walk()]);
  }

  /** The largest page of each kind. */
  const oneOfEachKind = (): readonly string[] => {
    const kinds = new Map<string, string>();
    for (const path of pages) {
      const before = kinds.get(kindOf(path));
      const size = (of: string): number => facts.get(of)?.targets.length ?? 0;
      if (before === undefined || size(path) > size(before)) kinds.set(kindOf(path), path);
    }
    return [...kinds.values()];
  };

  test('no page scrolls sideways on a phone, or asks for anything that is not there', async () => {
    const wide: string[] = [];
    await visit(pages, 390, async (page, path) => {
      const found = await page.evaluate<PageFacts>(factsScript);
      facts.set(path, found);
      if (found.width > 390) wide.push(`${path}: ${found.width}`);
    });
    expect(wide).toEqual([]);
  });

  test('what pages are written without makes no difference to a browser', async () => {
    const page = await newPage(1280);
    const whole = await buildSite({ version: '1.2.3' });
    const different: string[] = [];
    for (const path of oneOfEachKind()) {
      const text = whole.find((file) => file.path === path)?.text ?? '';
      if (!(await page.evaluate<boolean>(sameDocumentScript(text, compact(text))))) different.push(path);
    }
    expect(different).toEqual([]);
    // The comparison sees an attribute that is lost.
    const lost = sameDocumentScript('<p id="a">b</p>', '<p>b</p>');
    expect(await page.evaluate<boolean>(lost)).toBe(false);
    await page.close();
  });

  test('headings are links to themselves', async () => {
    const page = await newPage(1280);
    await page.goto(addressOf('clauses/draft-06/4.5.2.html'));
    await page.click('#ping-answered > h2 > a');
    expect(new URL(page.url()).hash).toBe('#ping-answered');
    await page.goto(addressOf('laws.html'));
    const without = 'document.querySelectorAll(\'ul.laws>li:not(:has(>a[href^="#"]))\').length';
    expect(await page.evaluate<number>(without)).toBe(0);
    await page.close();
  });

  test('every link leads to a file of the site, and to a place in it', () => {
    const broken = [...facts].flatMap(([path, { targets }]) =>
      targets
        .filter((target) => {
          if (!target.startsWith(pathToFileURL(directory).href)) return true;
          const [address = '', fragment] = target.split('#');
          const file = pathOf(address);
          if (!files.has(file)) return true;
          // A fragment with "=" is what the explorer begins with, and no place.
          if (fragment === undefined || fragment === '' || fragment.includes('=')) return false;
          return facts.get(file)?.ids.includes(decodeURIComponent(fragment)) !== true && file.endsWith('.html');
        })
        .map((target) => `${path}: ${target.replace(pathToFileURL(directory).href, '')}`),
    );
    expect(broken).toEqual([]);
  });

  test('every export of every entry point has its place in the reference of the API', async () => {
    expect(site.complaints).toBe(0);
    for (const [folder, names] of await exportsByEntry()) {
      const chapter = `api/${folder.split('/').pop() ?? ''}/`;
      const places = [...facts].filter(([path]) => path.startsWith(chapter)).flatMap(([, { ids }]) => ids);
      expect(names.length, folder).toBeGreaterThan(10);
      expect(
        names.filter((name) => !places.includes(name)),
        folder,
      ).toEqual([]);
    }
  });

  test('the reference is a part of the site: marked as the one that is read, and found by the search', async () => {
    const page = await newPage(1280);
    await page.goto(addressOf('api/spec/clauses.html'));
    expect(await page.locator('header nav a[aria-current]').allTextContents()).toEqual(['API']);
    await page.fill('#search-box', 'decodeFrames');
    await page.click('#search-list a[href$="#decodeFrames"]');
    expect(page.url()).toBe(`${addressOf('api/model/frames.html')}#decodeFrames`);
    await page.close();
  });

  test('the site takes less than 5,000,000 bytes, its reference of the API a tenth of them, and a page of that 100,000', async () => {
    const sizes = await sizesOf(directory, site.files);
    const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    const reference = [...sizes].filter(([path]) => path.startsWith('api/'));
    const large = reference.filter(([, size]) => size > 100_000);
    expect(large).toEqual([]);
    expect(reference.reduce((sum, [, size]) => sum + size, 0)).toBeLessThan(500_000);
    expect(all).toBeLessThan(5_000_000);
  });

  test('no text in a picture meets another, a line or a border', async () => {
    const wrong: string[] = [];
    const note = async (page: Page, path: string): Promise<void> => {
      const found = await page.evaluate<readonly string[]>(pictureScript);
      wrong.push(...found.map((says) => `${path}: ${says}`));
    };
    const pictured = pages.filter((path) => /^(?:states|runs|client|server|frames|explorer)/.test(path));
    await visit(pictured, 1280, note);
    // These have other pictures for a phone.
    await visit(['frames.html'], 390, note);
    expect(wrong).toEqual([]);
  });

  test('the measure of pictures sees what it is to see', async () => {
    const page = await newPage(1280);
    await page.setContent(
      '<svg width="200" height="80"><title>x</title><text x="10" y="30">one</text><text x="20" y="32">two</text>' +
        '<path d="M100 30H190" stroke="black"/><text x="120" y="34">through</text><text x="190" y="70">outside</text>' +
        '<rect x="20" y="50" width="30" height="20" fill="none" stroke="black"/><text x="10" y="65">bordered</text></svg>',
    );
    expect(await page.evaluate(pictureScript)).toEqual([
      'x: “one” meets “two”',
      'x: “outside” leaves the picture',
      'x: a border goes through “bordered”',
      'x: a line goes through “through”',
    ]);
    await page.close();
  });

  test('on a laptop nothing is cut off, and axe finds nothing wrong, in light and in dark', async () => {
    const wrong: string[] = [];
    await visit(oneOfEachKind(), 1280, async (page, path) => {
      const note = async (script: string): Promise<void> => {
        const found = await page.evaluate<readonly string[]>(script);
        wrong.push(...found.map((says) => `${path}: ${says}`));
      };
      const { width } = await page.evaluate<PageFacts>(factsScript);
      if (width > 1280) wrong.push(`${path}: is ${width} wide`);
      await note(clippedScript);
      await page.evaluate(trimScript);
      await page.evaluate(axe.source);
      await note(axeScript('all'));
      await page.emulateMedia({ colorScheme: 'dark' });
      await note(axeScript('contrast'));
      await page.emulateMedia({ colorScheme: 'light' });
    });
    expect(wrong).toEqual([]);
  });

  test('the keyboard reaches search and every part of the navigation, and one sees where it is', async () => {
    const page = await newPage(1280);
    await page.goto(addressOf('index.html'));
    const seen: { readonly tag: string; readonly href: string; readonly role: string; readonly isSeen: boolean }[] = [];
    for (let times = 0; times < 24; times++) {
      await page.keyboard.press('Tab');
      seen.push(await page.evaluate(focusScript));
    }
    expect(seen[0]?.href).toBe('#content');
    const parts = await page.evaluate<readonly string[]>(
      "[...document.querySelectorAll('header nav a')].map((one) => one.getAttribute('href'))",
    );
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.filter((href) => !seen.some((one) => one.href === href))).toEqual([]);
    expect(seen.some(({ tag, role }) => tag === 'input' && /^(?:search|text|combobox)$/.test(role))).toBe(true);
    expect(seen.filter(({ tag, isSeen }) => tag !== 'body' && !isSeen)).toEqual([]);
    await page.close();
  });
});
