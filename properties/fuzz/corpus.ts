import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** An input that once showed a fault, or ran code that no other did. */
export interface KeptInput {
  readonly target: string;
  readonly hex: string;
  /** What was wrong; nothing where it is kept for what it runs. */
  readonly fault?: string;
}

/** Where the kept inputs are: beside the sources, whether this runs from there or from `dist`. */
function corpusFolder(): string {
  const places = ['./corpus/', '../../../properties/fuzz/corpus/'].map((to) =>
    fileURLToPath(new URL(to, import.meta.url)),
  );
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  const [, place = '.'] = places;
  mkdirSync(place, { recursive: true });
  return place;
}

/** All inputs that were kept, in the order of their names. */
export function readCorpus(): readonly KeptInput[] {
  const folder = corpusFolder();
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().flatMap((file) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as readonly KeptInput[]);
}

/** Writes a fault into a file of its own; returns the name of the file. */
export function keepFault(kept: KeptInput): string {
  const digest = createHash('sha256').update(kept.hex).digest('hex').slice(0, 8);
  const file = `${kept.target}-${digest}.json`;
  writeFileSync(`${corpusFolder()}/${file}`, `${JSON.stringify([kept], null, 2)}\n`);
  return file;
}

/** Inputs of a target that are kept for what they run. */
const mostKept = 40;

/** Writes the shortest inputs that ran code which no others had run. */
export function keepInputs(target: string, inputs: readonly Uint8Array[]): void {
  const shortest = [...inputs].sort((a, b) => a.length - b.length).slice(0, mostKept);
  const kept = shortest.map((input): KeptInput => ({ target, hex: Buffer.from(input).toString('hex') }));
  const lines = kept.map((one) => `  ${JSON.stringify(one)}`).join(',\n');
  writeFileSync(`${corpusFolder()}/${target}.json`, `[\n${lines}\n]\n`);
}

/** The bytes of a kept input. */
export function bytesOfKept({ hex }: KeptInput): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}
