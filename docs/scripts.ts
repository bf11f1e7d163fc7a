import type { SiteFile } from './chapter.js';
import { packageFile } from './package-files.js';

/**
 * A file that `npm run build` made for the site, as a file of the site.
 * @param name such as `explorer.js`
 * @throws RangeError when it has not been built
 */
export function builtAsset(name: string): SiteFile {
  const text = packageFile(`dist/docs/assets/${name}`);
  if (text === undefined) throw new RangeError(`the site needs ${name}, which is not built yet: run "npm run build"`);
  return { path: `assets/${name}`, text };
}
