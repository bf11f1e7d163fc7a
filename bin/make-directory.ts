import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a directory, with those above it that are not there.
 *
 * node's own `recursive` never ends where the directory above is there and refuses, with ENOENT, to have one inside,
 * as in /proc: so each is made alone.
 * @throws the error of the operating system where one cannot be made, or where a file has its name
 */
export function makeDirectory(directory: string): void {
  const place = resolve(directory);
  if (made(place) || dirname(place) === place) return;
  makeDirectory(dirname(place));
  mkdirSync(place);
}

/** Whether it is there now; not so where one above it is missing. */
function made(place: string): boolean {
  try {
    mkdirSync(place);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    if (code === 'EEXIST' && statSync(place).isDirectory()) return true;
    throw error;
  }
}
