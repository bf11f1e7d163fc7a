import { existsSync, readFileSync } from 'node:fs';

/** The root of the package: one folder above the source of this file, two above what is built of it. */
const root = existsSync(new URL('../package.json', import.meta.url)) ? '../' : '../../';

/**
 * The text of a file that the package brings along.
 * @param path from the root of the package
 * @returns `undefined` where there is no such file
 */
export function packageFile(path: string): string | undefined {
  const place = new URL(`${root}${path}`, import.meta.url);
  return existsSync(place) ? readFileSync(place, 'utf8') : undefined;
}

/** @throws RangeError where the package lacks the file */
export function packageFileOf(path: string): string {
  const text = packageFile(path);
  if (text === undefined) throw new RangeError(`the package lacks ${path}`);
  return text;
}
