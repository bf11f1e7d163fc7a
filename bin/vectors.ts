import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { makeDirectory } from './make-directory.js';
import { checkDirectory } from './places.js';
import { RunError, UsageError } from './usage.js';

const examples = `
The directory gets one JSON file a subject, their schema, a README that explains the fields, and check.py, a checker of
the frames in Python. Every vector has an id, an input, what is expected, and the clauses that say so.

Examples:
  hybi vectors --out vectors        copies them to ./vectors
  hybi vectors --out test/draft-06  copies them into the tests of an implementation; missing directories are made`;

/** Where the package keeps the vectors, two folders above the built file. */
const source = new URL('../../properties/vectors/', import.meta.url);

const isShipped = (name: string): boolean => name.endsWith('.json') || name === 'README.md' || name === 'check.py';

/** `hybi vectors --out DIR`: the test vectors, for implementations in any language. */
export function vectorsCommand(): Command {
  const command = new Command('vectors')
    .summary('write the test vectors')
    .description('Copies the test vectors, with their schema and README, into a directory.')
    .option('--out <directory>', 'where to; it is made if it is not there')
    .option('--quiet', 'print nothing')
    .addHelpText('after', examples);
  command.action(({ out, quiet }) => {
    if (out === undefined || out === '') throw new UsageError('--out is missing: hybi vectors --out vectors');
    const names = copyAll(out);
    if (quiet === true) return;
    const counts = names.filter(isVectors).map((name) => countIn(name));
    const sum = counts.reduce((total, count) => total + count, 0);
    process.stdout.write(
      `${sum} vectors in ${counts.length} files, with their schema and how to use them, in ${out}\n`,
    );
  });
  return command;
}

const isVectors = (name: string): boolean => name.endsWith('.json') && !name.endsWith('.schema.json');

function countIn(name: string): number {
  const text = readFileSync(new URL(name, source), 'utf8');
  return (JSON.parse(text) as { readonly numberOfVectors: number }).numberOfVectors;
}

/** @throws RunError when the directory cannot be written */
function copyAll(directory: string): readonly string[] {
  const names = readdirSync(source).filter(isShipped).sort();
  checkDirectory('--out', directory);
  try {
    makeDirectory(directory);
    for (const name of names) copyFileSync(new URL(name, source), join(directory, name));
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new RunError(`the vectors cannot be written: ${error.message}; give another directory with --out`);
    throw error;
  }
  return names;
}
