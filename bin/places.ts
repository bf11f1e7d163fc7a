import { accessSync, closeSync, constants, existsSync, openSync, rmdirSync, statSync, unlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeDirectory } from './make-directory.js';
import { UsageError } from './usage.js';

/*
 * Places that something is to be written to are tried before the run: nobody wants to hear behind it that the report
 * has nowhere to go. What is there stays as it is, and nothing is left behind, until there is something to write.
 */

/**
 * Tries whether a file can be written.
 * @param option the option that names it, such as `--json`
 * @throws UsageError when it cannot
 */
export function checkFile(option: string, file: string | undefined): void {
  if (file === undefined) return;
  tryOut(option, file, () => {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) makeAndRemove(file);
    else if (found.isDirectory()) throw new Error('it is a directory');
    // A pipe must not be opened to try it out: whoever reads from it would see its end.
    else accessSync(file, constants.W_OK);
  });
}

/**
 * Tries whether files can be written into a directory that is there, or that can be made.
 * @param option the option that names it, such as `--html`
 * @throws UsageError when they cannot
 */
export function checkDirectory(option: string, directory: string | undefined): void {
  if (directory === undefined) return;
  tryOut(option, directory, () => {
    const missing = missingOf(resolve(directory));
    makeDirectory(directory);
    makeAndRemove(join(directory, `.hybi-${process.pid}`));
    for (const made of missing) rmdirSync(made);
  });
}

/** A directory and those above it that are not there, the deepest first. */
function missingOf(directory: string): readonly string[] {
  return existsSync(directory) ? [] : [directory, ...missingOf(dirname(directory))];
}

/** Makes a file that was not there, and takes it away again. */
function makeAndRemove(file: string): void {
  closeSync(openSync(file, 'wx'));
  unlinkSync(file);
}

function tryOut(option: string, place: string, attempt: () => void): void {
  if (place === '') throw new UsageError(`${option}: a place without a name cannot be written: give another`);
  try {
    attempt();
  } catch (error) {
    throw new UsageError(
      `${option}: ${JSON.stringify(place)} cannot be written: ${(error as Error).message}; give another place`,
    );
  }
}
