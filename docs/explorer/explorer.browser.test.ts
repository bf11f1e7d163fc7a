import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  isChromiumMissing,
  launchChromium,
  tellIfMissing,
  watchPage,
} from '../../properties/browser-tests/chromium.js';
import { axeScript } from '../browser-tests/in-page.js';
import { layOut } from '../layout.js';
import { assets } from '../links.js';
import { renderPage } from '../page.js';
import { explorerChapter } from '../pages/explorer.js';
import { searchFiles } from '../search/files.js';
import { stylesheet } from '../stylesheet.js';
import { graphs } from './arrows.js';
import { chosenExamples } from './examples.js';
import { exportTest } from './export-test.js';
import { lookAt } from './octets-form.js';
import { openingMoves, makeMoves, type Session, startSession, worldOf } from './session.js';
import { restoreRun, shareRun } from './share.js';

/* The explorer in a real Chromium, opened from the disk, against the same code run here. */

tellIfMissing('the explorer is');

const directory = mkdtempSync(join(tmpdir(), 'hybi-explorer-'));
const address = pathToFileURL(join(directory, 'explorer.html')).href;

/** What the page shows of a run. */
interface Shown {
  readonly run: string;
  readonly states: readonly (string | null)[];
  readonly lit: readonly (string | null)[];
  readonly moves: number;
  readonly waiting: readonly string[];
}

/** Gives `Shown`. */
const shownScript = `({
  run: (location.hash.match(/run=([^&]*)/) ?? ['', ''])[1],
  states: [...document.querySelectorAll('.endpoint .state')].map(({ textContent }) => textContent),
  lit: [...document.querySelectorAll('.diagrams .is-here')].map(({ id }) => id),
  moves: document.querySelectorAll('.trace > li').length,
  waiting: [...document.querySelectorAll('.direction > p:first-of-type')].map(({ textContent }) => textContent.split(' ')[0]),
})`;

/** Presses buttons by chance, and gives what is shown after each. */
const pressScript = (seed: number, times: number): string => `(async () => {
  let state = ${seed};
  const chance = (limit) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor(state / 4294967296 * limit); };
  const settled = () => new Promise((done) => setTimeout(() => setTimeout(done, 0), 0));
  const type = (field, value) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, value);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  for (const details of document.querySelectorAll('.direction details')) details.open = true;
  const shown = [];
  for (let time = 0; time < ${times}; time++) {
    const texts = [...document.querySelectorAll('.endpoint input[type=text]:not([inputmode])')];
    type(texts[chance(texts.length)], ['', 'a', 'Hällo', '😀'][chance(4)]);
    const boxes = [...document.querySelectorAll('.endpoint input[type=checkbox]')];
    if (chance(4) === 0) boxes[chance(boxes.length)].click();
    await settled();
    const all = [...document.querySelectorAll('.joined button:not([aria-disabled]), .bar button:not([aria-disabled])')];
    const usual = all.filter(({ textContent }) => !/again|Undo|breaks|Drop|opened|fires|End the|Put/.test(textContent) || textContent === 'TCP is opened');
    const from = usual.length > 0 && chance(12) > 0 ? usual : all;
    from[chance(from.length)].click();
    await settled();
    shown.push(${shownScript});
  }
  return shown;
})()`;

/** What the page has to show of a session. */
function expected(session: Session): Omit<Shown, 'run'> {
  const { endpoints, towards } = worldOf(session);
  const roles = ['client', 'server'] as const;
  return {
    states: roles.map((role) => endpoints[role].connection.state),
    lit: roles.map((role) => `${role}-state-${endpoints[role].connection.state}`),
    moves: session.moves.length,
    waiting: [towards.server, towards.client].map(({ bytes }) => String(bytes.length)),
  };
}

describe.skipIf(isChromiumMissing)('the explorer, opened from the disk', () => {
  let browser: Browser;
  const troubles: string[] = [];

  beforeAll(async () => {
    const layouts = await Promise.all([graphs.client, graphs.server].map(layOut));
    const { pages, files = [] } = explorerChapter({ graphs: [graphs.client, graphs.server], layouts, options: {} });
    const written = [
      ...pages.map((page) => ({ path: page.path, text: renderPage(page, {}) })),
      ...files,
      ...searchFiles([]),
      { path: assets.stylesheet, text: stylesheet },
    ];
    for (const { path, text } of written) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(directory, { recursive: true });
  });
  afterEach(() => {
    expect(troubles.splice(0)).toEqual([]);
  });

  async function open(hash = '', width = 1280, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    watchPage(page, (trouble) => troubles.push(trouble));
    await page.goto(`${address}${hash}`);
    await page.waitForSelector('.diagrams .is-here');
    return page;
  }

  const shown = (page: Page): Promise<Shown> => page.evaluate<Shown>(shownScript);
  const hasFocus = (one: Locator): Promise<boolean> =>
    one
      .and(one.page().locator(':focus'))
      .count()
      .then((count) => count === 1);

  test('whatever is pressed, the page shows what the model does here', async () => {
    for (const seed of [1, 2]) {
      const page = await open();
      const seen = await page.evaluate<readonly Shown[]>(pressScript(seed, 35));
      for (const { run, ...rest } of seen) {
        if (run === '') continue;
        const { session, wrong } = restoreRun(run);
        expect(wrong).toBeUndefined();
        expect(rest, run).toEqual(expected(session));
      }
      expect(new Set(seen.flatMap(({ states }) => states)).size).toBeGreaterThan(2);
      await page.close();
    }
  });

  test('an address gives the same run on another page, and as the same test', async () => {
    const session = makeMoves(startSession(), [
      ...openingMoves,
      { type: 'act', at: 'client', input: { type: 'local.close', close: { status: 1001 } } },
      { type: 'deliver', to: 'server', count: 5 },
    ]);
    const run = shareRun(session) ?? '';
    const page = await open(`#run=${run}`);
    expect(await shown(page)).toEqual({ run, ...expected(session) });
    await page.getByText('As a test for vitest').click();
    expect(await page.getByRole('textbox', { name: 'Test of this run' }).inputValue()).toBe(exportTest(session));
    expect(await page.getByRole('textbox', { name: 'Address of this run' }).inputValue()).toBe(`${address}#run=${run}`);
    await page.close();
  });

  test('a hostile address does no harm and is named', async () => {
    const page = await open('#run=1.-.o.ds.%3Cimg%20src=x%20onerror=alert(1)%3E&octets=1.ch.%22');
    const said = await page.getByRole('status').last().textContent();
    expect(said).toMatch(/cannot be followed: move 3/);
    expect((await shown(page)).moves).toBe(2);
    expect(await page.locator('img').count()).toBe(0);
    await page.close();
  });

  test('by the keyboard alone: a move, undone and done again, and the focus stays where it was', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Do the opening handshake' }).focus();
    await page.keyboard.press('Enter');
    const button = page.getByRole('button', { name: 'Ping from the client', exact: true });
    await button.focus();
    await page.keyboard.press('Space');
    expect((await shown(page)).moves).toBe(5);
    expect(await hasFocus(button)).toBe(true);
    await expect.poll(() => page.getByRole('status').last().textContent()).toContain('sends a Ping');
    const undo = page.getByRole('button', { name: 'Undo' });
    await undo.focus();
    for (let time = 0; time < 6; time++) await page.keyboard.press('Enter');
    expect(await shown(page)).toMatchObject({
      moves: 0,
      states: ['connecting.awaiting-transport', 'connecting.awaiting-request'],
    });
    expect(await hasFocus(undo)).toBe(true);
    await page.getByRole('button', { name: 'Redo' }).press('Enter');
    expect((await shown(page)).moves).toBe(1);
    await page.close();
  });

  test('every example shows its frames and refusals, and a field that is pointed at shows its octets', async () => {
    const page = await open();
    for (const example of chosenExamples()) {
      await page.getByLabel('Example').selectOption({ label: example.name });
      const look = lookAt(example);
      if (!look.ok) throw new Error(`${example.name} cannot be read`);
      const isOpening = look.part === 'opening';
      const refusal = isOpening ? look.opening.refusal : (look.dissection.refusal ?? look.reception.refusals[0]);
      await expect
        .poll(() => page.locator('#octets-tool section.frame').count())
        .toBe(isOpening ? 1 : look.dissection.parts.length);
      const links = page.locator('#octets-tool p.refusal:not([hidden]) code');
      await expect
        .poll(() => links.allTextContents(), { message: example.name })
        .toEqual(refusal === undefined ? [] : [refusal.code, refusal.clause]);
    }
    await page.getByLabel('Example').selectOption({ label: 'a masked text (client)' });
    await page.getByRole('button', { name: 'payload length' }).focus();
    expect(await page.locator('.strip .lit').allTextContents()).toEqual(['5606505·']);
    await page.getByRole('textbox', { name: 'Octets' }).first().fill('84 0z');
    expect(await page.locator('#octets-error').textContent()).toContain('Character 4');
    await page.close();
  });

  test.each([
    [390, 'light'],
    [390, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('at %i pixels, %s, it fits, and an accessibility checker finds nothing', async (width, scheme) => {
    const page = await open(
      '#run=1.-.o.ds.asY2hhdA.dc.mct1SGVsbG8.cs1000.dc&octets=1.ch.ZjUgYmYgNDUgZDkgNTUgYmEgMGQgYmMgOTkgZDMgMmE',
      width,
      scheme,
    );
    for (const name of ['Settings of the run', 'Trouble on the way to the server', 'As a test for vitest']) {
      await page.getByText(name).click();
    }
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await page.evaluate(axe.source);
    expect(await page.evaluate<readonly string[]>(axeScript('all'))).toEqual([]);
    await page.close();
  });
});
