import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { Application } from 'typedoc';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  isChromiumMissing,
  launchChromium,
  tellIfMissing,
  watchPage,
} from '../../properties/browser-tests/chromium.js';
import { parts } from '../navigation.js';
import { axeScript, factsScript, type PageFacts, trimScript } from './in-page.js';

/* The reference of the API, by typedoc in the look of the site: a part of it is enough to try every kind of its pages. */

tellIfMissing('the reference of the API is');

const directory = mkdtempSync(join(tmpdir(), 'hybi-api-'));

/** One of each kind of page. */
const pages = ['index.html', 'functions/clauseOf.html', 'interfaces/Clause.html', 'variables/statusCodes.html'];

describe.skipIf(isChromiumMissing)('the reference of the API', () => {
  let browser: Browser;

  beforeAll(async () => {
    const started = launchChromium();
    const entryPoints = ['spec/index.ts'];
    const out = join(directory, 'api');
    const app = await Application.bootstrapWithPlugins({ entryPoints, out, skipErrorChecking: true, logLevel: 'Warn' });
    const project = await app.convert();
    if (project !== undefined) await app.generateOutputs(project);
    browser = await started;
    expect(app.logger.warningCount + app.logger.errorCount).toBe(0);
  });
  afterAll(async () => {
    await browser.close();
    rmSync(directory, { recursive: true });
  });

  test.each([
    [390, 'light'],
    [1280, 'dark'],
  ] as const)(
    'fits %i pixels, leads back to the site, and axe finds nothing wrong in %s',
    async (width, colorScheme) => {
      const wrong: string[] = [];
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, offline: true });
      watchPage(page, (trouble) => wrong.push(trouble));
      for (const path of pages) {
        await page.goto(pathToFileURL(join(directory, 'api', path)).href);
        const facts = await page.evaluate<PageFacts>(factsScript);
        if (facts.width > width) wrong.push(`${path}: is ${facts.width} wide`);
        const site = Object.values(parts).map(({ file }) => pathToFileURL(join(directory, file)).href);
        wrong.push(
          ...site.filter((target) => !facts.targets.includes(target)).map((target) => `${path}: no ${target}`),
        );
        await page.evaluate(trimScript);
        await page.evaluate(axe.source);
        const found = await page.evaluate<readonly string[]>(axeScript('all'));
        wrong.push(...found.map((says) => `${path}: ${says}`));
      }
      await page.close();
      expect(wrong).toEqual([]);
    },
  );
});
