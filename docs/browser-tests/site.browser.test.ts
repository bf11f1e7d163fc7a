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
import { writeSite } from '../site.js';
import {
  axeScript,
  clippedScript,
  factsScript,
  focusScript,
  type PageFacts,
  pictureScript,
  widthScript,
} from './in-page.js';

/*
 * The whole site in a real Chromium, opened from the disk: every page cheaply, and one page of every kind, the largest
 * there is, with everything that can be measured.
 */

tellIfMissing('the site is');

const directory = mkdtempSync(join(tmpdir(), 'hybi-site-'));
const addressOf = (path: string): string => pathToFileURL(join(directory, path)).href;
const pathOf = (address: string): string => fileURLToPath(address).slice(directory.length + 1);

type Scheme = 'light' | 'dark';

/** Pages of one kind lie in one folder; those at the top are each of their own kind. */
const kindOf = (path: string): string => (path.includes('/') ? path.replace(/[^/]*$/, '') : path);

describe.skipIf(isChromiumMissing)('the site, opened from the disk', () => {
  let browser: Browser;
  let pages: readonly string[];
  let files: ReadonlySet<string>;
  const troubles: string[] = [];
  const facts = new Map<string, PageFacts>();

  beforeAll(async () => {
    const [written, started] = await Promise.all([writeSite(directory, { version: '1.2.3' }), launchChromium()]);
    browser = started;
    files = new Set(written.files);
    pages = written.files.filter((path) => path.endsWith('.html'));
  });
  afterAll(async () => {
    await browser.close();
    rmSync(directory, { recursive: true });
  });
  afterEach(() => {
    expect(troubles.splice(0)).toEqual([]);
  });

  async function newPage(width: number, colorScheme: Scheme): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, offline: true });
    watchPage(page, (trouble) => troubles.push(trouble));
    return page;
  }

  /** Opens pages one after the other, by two windows at once. */
  async function visit(
    paths: readonly string[],
    scheme: Scheme,
    look: (page: Page, path: string) => Promise<void>,
  ): Promise<void> {
    const left = [...paths];
    const walk = async (): Promise<void> => {
      const page = await newPage(1280, scheme);
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

  test('no page scrolls sideways, on a phone or on a laptop', async () => {
    const wide: string[] = [];
    await visit(pages, 'light', async (page, path) => {
      facts.set(path, await page.evaluate<PageFacts>(factsScript));
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        const needed = await page.evaluate<number>(widthScript);
        if (needed > width) wide.push(`${path}: ${needed} at ${width}`);
      }
      await page.setViewportSize({ width: 1280, height: 900 });
    });
    expect(wide).toEqual([]);
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

  test('nothing is cut off on a laptop, and no text in a picture meets another, a line or a border', async () => {
    const wrong: string[] = [];
    const measured = pages.filter((path) => /^(?:states|runs|client|server|frames)/.test(path));
    await visit([...new Set([...measured, ...oneOfEachKind()])], 'light', async (page, path) => {
      for (const script of [clippedScript, pictureScript]) {
        for (const found of await page.evaluate<readonly string[]>(script)) wrong.push(`${path}: ${found}`);
      }
    });
    expect(wrong).toEqual([]);
  });

  test('no picture has such a meeting on a phone', async () => {
    const wrong: string[] = [];
    await visit(oneOfEachKind(), 'light', async (page, path) => {
      await page.setViewportSize({ width: 390, height: 900 });
      for (const found of await page.evaluate<readonly string[]>(pictureScript)) wrong.push(`${path}: ${found}`);
      await page.setViewportSize({ width: 1280, height: 900 });
    });
    expect(wrong).toEqual([]);
  });

  test.each([
    ['light', 'all'],
    ['dark', 'contrast'],
  ] as const)('in %s colours axe finds nothing wrong (%s)', async (scheme, rules) => {
    const wrong: string[] = [];
    await visit(oneOfEachKind(), scheme, async (page, path) => {
      await page.evaluate(axe.source);
      for (const found of await page.evaluate<readonly string[]>(axeScript(rules))) wrong.push(`${path}: ${found}`);
    });
    expect(wrong).toEqual([]);
  });

  test('the keyboard reaches search and every part of the navigation, and one sees where it is', async () => {
    const page = await newPage(1280, 'light');
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
