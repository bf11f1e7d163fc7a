import { readdirSync } from 'node:fs';
import { Script } from 'node:vm';
import { build } from 'esbuild';

/** Laws that need sockets, processes or real time. They cost more than they tell about the model. */
const overSockets: readonly string[] = [
  'attached-server',
  'catalogue-masking',
  'catalogue-uri',
  'client-connecting',
  'client-proxy',
  'deflate-stream-endpoints',
  'deflate-stream',
  'entropy',
  'hostile-loss',
  'hostile-peers',
  'http-body',
  'idle-server',
  'reference-server-load',
  'reference-server',
  'shared-port',
  'tls',
];

const laws = 'properties/laws';

/** The files of laws that judge mutants, as they stand in the project. */
export function lawFiles(): readonly string[] {
  const names = readdirSync(laws).filter((name) => name.endsWith('.test.ts'));
  const pure = names.filter((name) => !overSockets.includes(name.replace('.test.ts', '')));
  return ['properties/mutation/vector-laws.ts', ...pure.sort().map((name) => `${laws}/${name}`)];
}

/** All laws and what they import, in one script that can be evaluated as often as one likes. */
export interface Bundle {
  readonly script: Script;
  /** What the script imports from packages, by specifier. */
  readonly packages: ReadonlyMap<string, unknown>;
}

/** A file is evaluated when it is asked for, with those modules that nothing has asked for before. */
const entryOf = (files: readonly string[]): string =>
  `export const load = {\n${files.map((file) => `${JSON.stringify(file)}: () => require(${JSON.stringify(`./${file}`)}),\n`).join('')}};`;

/** Bundles the laws in the current folder: the sandbox in which the mutants are. */
export async function bundleLaws(files: readonly string[]): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: entryOf(files), resolveDir: process.cwd(), loader: 'js' },
    bundle: true,
    write: false,
    metafile: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const specifiers = new Set(imports.filter(({ external }) => external === true).map(({ path }) => path));
  const packages = new Map<string, unknown>();
  for (const specifier of specifiers) packages.set(specifier, await import(specifier));
  const text = outputFiles.map((file) => file.text).join('');
  return { script: new Script(`(function (exports, require, module) {${text}\n})`, { filename: 'laws.js' }), packages };
}
