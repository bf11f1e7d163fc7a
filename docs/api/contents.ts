import type { DeclarationReflection, ProjectReflection, Reflection } from 'typedoc';
import { ReflectionKind } from 'typedoc/models';
import { packageFileOf } from '../package-files.js';
import { type Subject, subjects } from './subjects.js';
import type { AddressOf } from './type-code.js';

/** The folder of the reference inside the site. */
export const folder = 'api';

/** The module in which typedoc keeps what types are made of that no entry point exports. */
const innerModule = 'internal';

/** Something that an entry point exports, or that what it exports is made of. */
export interface Described {
  readonly reflection: DeclarationReflection;
  /** Its place on the page. */
  readonly anchor: string;
  /** Whether it cannot be imported: a name in the types of others, which would say nothing without it. */
  readonly isInner: boolean;
}

/** What is described of one source file: what is exported, then what it is made of. */
export interface Section {
  /** The file, from the root of the project. */
  readonly file: string;
  readonly described: readonly Described[];
}

/** A page of the reference. */
export interface Chapter {
  /** From the root of the site. */
  readonly path: string;
  readonly title: string;
  readonly says: string;
  readonly sections: readonly Section[];
}

/** An entry point of the package. */
export interface Entry {
  /** What one imports it by. */
  readonly specifier: string;
  readonly reflection: DeclarationReflection;
  readonly chapters: readonly Chapter[];
}

/** The whole reference, in order. */
export interface Contents {
  readonly entries: readonly Entry[];
  readonly addressOf: AddressOf;
}

/** What of a chapter can be imported. */
export const exportsOf = ({ sections }: Chapter): readonly Described[] =>
  sections.flatMap(({ described }) => described.filter(({ isInner }) => !isInner));

/** Where everything lies, from what typedoc found out about the sources. */
export function contentsOf(project: ProjectReflection): Contents {
  const order = Object.keys(subjects);
  const rank = ({ name }: Reflection): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const modules = [...(project.children ?? [])].filter((each) => each.kindOf(ReflectionKind.Module));
  const entries = modules
    .sort((one, other) => rank(one) - rank(other))
    .map((reflection): Entry => ({
      specifier: specifierOf(reflection.name),
      reflection,
      chapters: chaptersOf(reflection),
    }));
  const addresses = new Map<Reflection, string>();
  for (const { path, sections } of entries.flatMap(({ chapters }) => chapters)) {
    for (const { reflection, anchor } of sections.flatMap(({ described }) => described))
      addresses.set(reflection, `${path}#${anchor}`);
  }
  const addressOf: AddressOf = (reflection) => {
    const known = addresses.get(reflection);
    return known !== undefined || reflection.parent === undefined ? known : addressOf(reflection.parent);
  };
  return { entries, addressOf };
}

/** What a folder with an `index.ts` is imported by, as the package says. */
function specifierOf(directory: string): string {
  const { name, exports } = JSON.parse(packageFileOf('package.json')) as {
    readonly name: string;
    readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  };
  const file = `./dist/${directory}/index.js`;
  const found = Object.entries(exports).find(([, target]) => typeof target !== 'string' && target['default'] === file);
  if (found === undefined) throw new RangeError(`${directory} is no entry point of the package`);
  return `${name}${found[0].slice(1)}`;
}

function chaptersOf(module: DeclarationReflection): readonly Chapter[] {
  const known = subjects[module.name] ?? [];
  const own = module.children ?? [];
  const inner = own.find(({ name, kind }) => kind === ReflectionKind.Module && name === innerModule);
  const taken = new Map<string, Subject & { readonly all: Omit<Described, 'anchor'>[] }>();
  const take = (reflection: DeclarationReflection, isInner: boolean): void => {
    const subject = subjectOf(fileOf(reflection), module.name, known, isInner);
    const page = taken.get(subject.name) ?? { ...subject, all: [] };
    page.all.push({ reflection, isInner });
    taken.set(subject.name, page);
  };
  for (const one of own) if (one !== inner) take(one, false);
  for (const one of inner?.children ?? []) take(one, true);
  const names = known.map(({ name }) => name);
  const rank = (name: string): number => (names.includes(name) ? names.indexOf(name) : names.length);
  return [...taken.values()]
    .sort((one, other) => rank(one.name) - rank(other.name))
    .map(({ name, title, says, all }) => ({
      path: `${folder}/${module.name.split('/').pop() ?? ''}/${name}.html`,
      title,
      says,
      sections: sectionsOf(all),
    }));
}

function sectionsOf(all: readonly Omit<Described, 'anchor'>[]): readonly Section[] {
  const anchors = new Set<string>();
  const files = new Map<string, Described[]>();
  for (const one of all) {
    const file = fileOf(one.reflection);
    const described = files.get(file) ?? [];
    described.push({ ...one, anchor: anchorOf(one.reflection, anchors) });
    files.set(file, described);
  }
  return [...files].sort(([one], [other]) => (one < other ? -1 : 1)).map(([file, described]) => ({ file, described }));
}

/** The source file, from the root of the project. */
const fileOf = (reflection: Reflection): string =>
  reflection.project.getSymbolIdFromReflection(reflection)?.packagePath ?? `${reflection.parent?.name ?? ''}/index.ts`;

function subjectOf(file: string, module: string, known: readonly Subject[], isInner: boolean): Subject {
  const inside = file.startsWith(`${module}/`) ? file.slice(module.length + 1) : file;
  const [first] = known;
  const found = known.find(({ files }) => files.test(inside)) ?? (isInner ? first : undefined);
  if (found !== undefined) return found;
  const name = (inside.includes('/') ? inside.split('/')[0] : module.split('/').pop()) ?? module;
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return {
    name,
    title,
    says: `What is exported of ${inside.includes('/') ? `${module}/${name}` : module}.`,
    files: /^/,
  };
}

/** The name; what is called as something else on the page has its kind behind it. */
function anchorOf({ name, kind }: Reflection, taken: Set<string>): string {
  const anchor = taken.has(name) ? `${name}-${ReflectionKind[kind].toLowerCase()}` : name;
  taken.add(anchor);
  return anchor;
}
