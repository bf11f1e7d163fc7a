import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type Application,
  type Context,
  Converter,
  type ProjectReflection,
  type Reflection,
  ReflectionKind,
  UnknownType,
} from 'typedoc';
import { packageFileOf } from '../package-files.js';
import { contentsOf, folder } from './contents.js';
import { apiFiles } from './pages.js';
import { type UnionNames, unionKey } from './type-code.js';
import { withApi } from './search-block.js';

/*
 * The reference of the API as a part of the site: typedoc reads the sources and checks the links, and the pages are drawn
 * as the others are, many declarations on one. typedoc loads this from dist, by typedoc.json.
 */

/** Called by typedoc. */
export function load(app: Application): void {
  const unions = new Map<string, Reflection>();
  app.outputs.addOutput('site', (out, project) => writeApi(out, project, unions));
  app.outputs.setDefaultOutputName('site');
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    if (!reflection.kindOf(ReflectionKind.TypeAlias)) return;
    const key = unionOf(context, reflection);
    if (key !== undefined) unions.set(key, reflection);
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const variable of project.getReflectionsByKind(ReflectionKind.Variable)) shorten(variable);
  });
}

/**
 * Writes the pages, and puts their names into the search of the site that they lie in.
 * @param out the folder `api` of the site, which is emptied
 */
async function writeApi(out: string, project: ProjectReflection, unions: UnionNames): Promise<void> {
  const contents = contentsOf(project);
  const { version } = JSON.parse(packageFileOf('package.json')) as { readonly version: string };
  const site = dirname(out);
  await rm(out, { recursive: true, force: true });
  for (const { path, text } of apiFiles(contents, unions, version)) {
    const place = join(out, path.slice(folder.length + 1));
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text);
  }
  const index = join(site, 'assets', 'search-index.js');
  if (existsSync(index)) await writeFile(index, withApi(await readFile(index, 'utf8'), contents));
}

/** Alternatives of which a name is shorter than what it stands for. */
const fewestNamed = 3;

/** The alternatives that a name stands for, if there are several and each is a text or a pattern of texts. */
function unionOf(context: Context, reflection: Reflection): string | undefined {
  const { checker } = context;
  const symbol = context.getSymbolFromReflection(reflection);
  const type = symbol === undefined ? undefined : checker.getDeclaredTypeOfSymbol(symbol);
  if (type?.isUnion() !== true || type.types.length < fewestNamed) return undefined;
  const texts = type.types.map((each) => checker.typeToString(each));
  return texts.every((text) => /^["`]/.test(text)) ? unionKey(texts) : undefined;
}

/** What the type of a variable shows at most. */
const most = { members: 40, letters: 8000 } as const;

/** Leaves out the type of a large table: the type of all readings alone would be 800 KB. */
function shorten(variable: Reflection): void {
  if (!variable.isDeclaration() || variable.type === undefined) return;
  const { type } = variable;
  if (type.type === 'reflection') {
    const members = type.declaration.children?.length ?? 0;
    if (members <= most.members) return;
    variable.project.removeReflection(type.declaration);
    variable.type = new UnknownType(`{ … ${members} entries }`);
  } else if (type.toString().length > most.letters) variable.type = new UnknownType('readonly […]');
}
