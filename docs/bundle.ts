import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/*
 * The scripts of the site, bundled when the package is built, so that `hybi docs` needs no bundler. Code that touches the
 * document lies in a folder called `browser`, which has a tsconfig.json of its own with the types of the DOM.
 */

/** A script of the site: its name, and the module that it begins with. */
interface Entry {
  readonly name: string;
  readonly module: string;
}

const entries: readonly Entry[] = [
  { name: 'explorer', module: 'docs/explorer/browser/main.tsx' },
  { name: 'search', module: 'docs/search/browser/main.ts' },
];

/** Where the scripts lie, from the root of the package. */
const assets = 'dist/docs/assets';

/**
 * Bundles a script: the same sources always give the same bytes.
 * @returns the script, and the names of the packages that went into it
 */
export async function bundle(module: string): Promise<{ readonly text: string; readonly packages: readonly string[] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [module],
    bundle: true,
    write: false,
    metafile: true,
    format: 'iife',
    target: 'es2022',
    platform: 'browser',
    minify: true,
    sourcemap: false,
    legalComments: 'none',
    charset: 'utf8',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  const [output] = outputFiles;
  if (output === undefined) throw new RangeError(`${module} gave no script`);
  const inputs = Object.keys(metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  return { text: output.text, packages: [...new Set(inputs.filter((name) => name !== undefined))].sort() };
}

/** The licences of packages, which ask to be kept with every copy. */
async function licencesOf(packages: readonly string[]): Promise<string> {
  const texts = packages.map(async (name) => {
    const file = (await readdir(join('node_modules', name))).find((each) => /^licen[cs]e(\.\w+)?$/i.test(each));
    if (file === undefined) throw new RangeError(`${name} has no licence to copy`);
    const text = await readFile(join('node_modules', name, file), 'utf8');
    return `${name}\n${'-'.repeat(name.length)}\n\n${text.trim()}\n`;
  });
  return `The scripts of this site contain parts of these packages.\n\n${(await Promise.all(texts)).join('\n\n')}`;
}

async function main(): Promise<void> {
  await mkdir(assets, { recursive: true });
  const used = new Set<string>();
  for (const { name, module } of entries) {
    const { text, packages } = await bundle(module);
    for (const one of packages) used.add(one);
    await writeFile(join(assets, `${name}.js`), text);
  }
  await writeFile(join(assets, 'licences.txt'), await licencesOf([...used].sort()));
}

const started = process.argv[1];
if (started !== undefined && import.meta.url === pathToFileURL(started).href) await main();
