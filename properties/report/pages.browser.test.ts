import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { alteredServer, onSend, withBody } from '../conformance/altered-server.js';
import { isChromiumMissing, launchChromium, tellIfMissing, watchPage } from '../browser-tests/chromium.js';
import { memoryServer } from '../drivers/memory-server.js';
import { verify } from '../verify.js';
import { htmlReport, matrixPages } from './html/report-pages.js';
import { mergeReports } from './merge.js';
import type { Report } from './report.js';

/* The pages in a real Chromium, opened from the disk. `npm run browser` runs these. */

tellIfMissing('the pages of reports are');

const directory = mkdtempSync(join(tmpdir(), 'hybi-pages-'));
const addressOf = (path: string): string => pathToFileURL(join(directory, path)).href;

async function reportOn(peer: Parameters<typeof verify>[0]['peer']): Promise<Report> {
  const uri = { host: '127.0.0.1', port: 8006, resourceName: '/', secure: false };
  const target = { uri, subprotocols: [], fields: [], timeout: 1000 };
  const facts = { target, shownTarget: 'ws://127.0.0.1:8006/', version: '0', seed: 5, only: ['control', 'utf-8'] };
  const run = await verify({ ...facts, ...(peer === undefined ? {} : { peer }) });
  if (run.kind !== 'report') throw new Error(run.why);
  return run.report;
}

function write(under: string, files: Iterable<{ readonly path: string; readonly text: string }>): void {
  for (const { path, text } of files) {
    const place = join(directory, under, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
}

describe.skipIf(isChromiumMissing)('the pages of a report, opened from the disk', () => {
  let browser: Browser;
  let wrong: Report;
  const troubles: string[] = [];

  beforeAll(async () => {
    const right = await reportOn(memoryServer());
    wrong = await reportOn(alteredServer({ sends: onSend('pong', (frame) => [withBody(frame, new Uint8Array())]) }));
    write('report', htmlReport(wrong));
    const { result } = mergeReports([
      { name: 'right', report: right },
      { name: 'wrong', report: wrong },
    ]);
    if (result.kind === 'matrix') write('matrix', matrixPages(result.matrix));
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(directory, { recursive: true });
  });
  afterEach(() => {
    expect(troubles.splice(0)).toEqual([]);
  });

  /** A page that notes what it should not do: errors, and requests that leave. */
  async function open(path: string, width = 1280, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    watchPage(page, (trouble) => troubles.push(trouble));
    await page.goto(addressOf(path));
    return page;
  }

  const shownRows = (page: Page): Promise<number> => page.locator('[data-row]:visible').count();

  /** What is open, without the fragment: a script may change that at any time, and the browser tells it late. */
  const opened = (page: Page): string => page.url().replace(/#.*/, '');

  test('filters leave what they say, by the keyboard as well, and the address keeps them', async () => {
    const page = await open('report/index.html');
    expect(await shownRows(page)).toBe(wrong.cases.length);
    await page.getByRole('checkbox', { name: 'pass' }).focus();
    await page.keyboard.press('Space');
    await expect.poll(() => shownRows(page)).toBe(wrong.cases.length - wrong.summary.pass);
    await page.getByRole('combobox', { name: 'Section' }).selectOption('control');
    await page.getByRole('searchbox', { name: 'Text' }).fill('ping');
    // What is reloaded is the address that the browser knows of.
    await expect.poll(() => page.url()).toContain('text=ping');
    const rows = await shownRows(page);
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThan(wrong.cases.length - wrong.summary.pass);
    expect(await page.getByRole('status').textContent()).toBe(`${rows} of ${wrong.cases.length} shown`);
    await page.reload();
    await expect.poll(() => shownRows(page)).toBe(rows);
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => shownRows(page)).toBe(wrong.cases.length);
    await page.close();
  });

  test('a case is reached from the list, shows its bytes bit by bit, and leads back', async () => {
    const page = await open('report/index.html');
    const failed = wrong.cases.find(({ verdict }) => verdict === 'fail');
    await page
      .getByRole('link', { name: failed?.title ?? '', exact: true })
      .first()
      .click();
    await expect.poll(() => page.locator('h1').textContent()).toBe(failed?.title);
    await page.locator('summary', { hasText: 'bit by bit' }).first().click();
    await expect.poll(() => page.locator('pre:visible', { hasText: 'FIN' }).count()).toBe(1);
    await page.getByRole('link', { name: 'All cases' }).click();
    await page.locator('form[data-filter]').waitFor();
    expect(opened(page)).toBe(addressOf('report/index.html'));
    await page.close();
  });

  test('every link of every kind of page resolves', async () => {
    const page = await open('report/index.html');
    const links = await page.evaluate<string[]>(
      "[...document.querySelectorAll('a')].map((link) => link.getAttribute('href'))",
    );
    for (const link of new Set(links)) {
      expect(link.startsWith('#') || existsSync(join(directory, 'report', link)), link).toBe(true);
    }
    await page.close();
  });

  test.each([
    [390, 'light'],
    [390, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('at %i pixels, %s, no page is wider than the screen', async (width, scheme) => {
    const longest = wrong.cases.reduce((one, other) => (other.wire.length > one.wire.length ? other : one));
    const path = `report/cases/${longest.id.replace('/', '.')}.html`;
    for (const name of ['report/index.html', path, 'matrix/index.html']) {
      const page = await open(name, width, scheme);
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(wide, name).toBeLessThanOrEqual(width);
      await page.close();
    }
  });

  test('the matrix can be cut down to where the implementations differ', async () => {
    const page = await open('matrix/index.html');
    const all = await shownRows(page);
    await page.getByRole('checkbox', { name: 'only where they differ' }).check();
    await expect.poll(() => shownRows(page)).toBeLessThan(all);
    const rows = await shownRows(page);
    expect(rows).toBeGreaterThan(0);
    await page.close();
  });
});
