import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { readLaws, type StatedLaw } from './read-laws.js';

/** Where the list is kept, from the root of the project. */
export const lawList = 'properties/traceability/laws.json';

/** Every law in the tests under `properties/`, by file and in the order of each file. */
export function collectLaws(): readonly StatedLaw[] {
  const files = readdirSync('properties', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join('properties', file).replaceAll('\\', '/'))
    .sort();
  return files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return text.includes('/law.js') ? readLaws(file, text, textOf) : [];
  });
}

const textOf = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

/** The list as it stands in its file. */
export function lawListText(laws: readonly StatedLaw[]): Promise<string> {
  return format(JSON.stringify(laws), { parser: 'json', printWidth: 120 });
}

/** `npm run laws`: writes the list anew. It is run from the root of the project. */
if (process.argv[1] === import.meta.filename) {
  const laws = collectLaws();
  writeFileSync(lawList, await lawListText(laws));
  process.stdout.write(`${lawList}: ${laws.length} laws\n`);
}
