import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

/*
 * The real Chromium that the browser tests open pages in. Without one on the path they are skipped, unless
 * HYBI_REQUIRE_PEERS=1 says that nothing may be.
 */

const executablePath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap((directory) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(directory, name)))
  .find(existsSync);

/** Whether the tests are to be skipped. */
export const isChromiumMissing = executablePath === undefined && process.env['HYBI_REQUIRE_PEERS'] !== '1';

/** Says on standard error why tests are skipped, if they are. */
export function tellIfMissing(what: string): void {
  if (isChromiumMissing) process.stderr.write(`${what} not tried in a browser: there is no chromium on the path\n`);
}

/** A browser without a window. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath ?? 'chromium', args: ['--no-sandbox'] });
}

/** Notes what a page should not do: errors, and requests that leave the disk. */
export function watchPage(page: Page, note: (trouble: string) => void): void {
  page.on('console', (message) => {
    if (message.type() === 'error') note(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => {
    note(`${page.url()}: ${error.message}`);
  });
  page.on('request', (request) => {
    if (!/^(?:file|data|blob):/.test(request.url())) note(`${page.url()}: asks for ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    note(`${page.url()}: failed: ${request.url()}`);
  });
}
