import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Application } from 'typedoc';
import ts from 'typescript';
import { writeSite } from '../site.js';

/** The site with the reference of the API, as `npm run docs` makes it. */
export interface WholeSite {
  /** The paths of all files, inside the directory. */
  readonly files: readonly string[];
  /** What typedoc had to say against the sources. */
  readonly complaints: number;
}

/** Writes the site, then the reference into it; typedoc reads `typedoc.json`, and its plugin from what was built last. */
export async function writeWholeSite(directory: string, version: string): Promise<WholeSite> {
  await writeSite(directory, { version, api: 'api/index.html' });
  // That the sources compile is the concern of another check.
  const settings = { out: join(directory, 'api'), skipErrorChecking: true, logLevel: 'Warn' } as const;
  const app = await Application.bootstrapWithPlugins(settings);
  const project = await app.convert();
  if (project !== undefined) {
    app.validate(project);
    await app.generateOutputs(project);
  }
  const found = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = found
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(directory.length + 1));
  return { files, complaints: app.logger.warningCount + app.logger.errorCount };
}

/** The bytes of files. */
export async function sizesOf(directory: string, files: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const sizes = files.map(async (path) => [path, (await stat(join(directory, path))).size] as const);
  return new Map(await Promise.all(sizes));
}

/** What the entry points of the package export, types and values, by the folder of each, read off the sources. */
export async function exportsByEntry(): Promise<ReadonlyMap<string, readonly string[]>> {
  const { exports } = JSON.parse(await readFile('package.json', 'utf8')) as {
    readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
  };
  const folders = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [] : [target.default.replace(/^\.\/dist\/|\/index\.js$/g, '')],
  );
  const entries = folders.map(async (folder) => {
    const text = await readFile(`${folder}/index.ts`, 'utf8');
    const { statements } = ts.createSourceFile('index.ts', text, ts.ScriptTarget.ES2023);
    const names = statements.flatMap((statement) => {
      const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
      if (clause === undefined || !ts.isNamedExports(clause))
        throw new RangeError(`${folder}/index.ts exports no list`);
      return clause.elements.map(({ name }) => name.text);
    });
    return [folder, names] as const;
  });
  return new Map(await Promise.all(entries));
}
