import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { SiteFile } from './chapter.js';

/** Where `npm run build` leaves the scripts: seen from the built program, and from the sources. */
const places = ['./assets/', '../dist/docs/assets/'] as const;

/**
 * A file that `npm run build` made for the site, as a file of the site under the same name.
 * @param name such as `explorer.js`
 * @throws RangeError when it has not been built
 */
export async function builtAsset(name: string): Promise<SiteFile> {
  for (const place of places) {
    const path = fileURLToPath(new URL(`${place}${name}`, import.meta.url));
    if (existsSync(path)) return { path: `assets/${name}`, text: await readFile(path, 'utf8') };
  }
  throw new RangeError(`the site needs ${name}, which is not built yet: run "npm run build"`);
}
