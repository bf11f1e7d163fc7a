import type { SiteFile } from '../chapter.js';
import { compact } from '../compact.js';
import { type Markup, markup } from '../html.js';
import { type Page, renderPage } from '../page.js';
import { type CommentWriter, createCommentWriter } from './comment.js';
import { type Chapter, type Contents, type Entry, exportsOf, folder } from './contents.js';
import { describe } from './description.js';
import { apiRules } from './rules.js';
import { createTypeWriter, type UnionNames } from './type-code.js';

/** The first page of the reference. */
const index = `${folder}/index.html`;

const stylesheet = `${folder}/api.css`;

/** The pages of the reference and their style sheet, as they are written. */
export function apiFiles({ entries, addressOf }: Contents, unions: UnionNames, version: string): readonly SiteFile[] {
  const names = new Map(
    entries.flatMap(({ chapters }) =>
      chapters.flatMap((chapter) =>
        exportsOf(chapter).map(({ anchor }) => [anchor, `${chapter.path}#${anchor}`] as const),
      ),
    ),
  );
  const types = createTypeWriter(addressOf, unions);
  const comments = createCommentWriter(addressOf, (name) => names.get(name));
  const pages = [
    indexPage(entries, comments),
    ...entries.flatMap((entry) =>
      entry.chapters.map((chapter): Body => {
        const { path, title, says, sections } = chapter;
        const described = sections.map(
          ({ file, described: some }) => markup`<h2><code>${file}</code></h2>
${some.map((each) => describe(each, { types, comments, addressOf }))}`,
        );
        const body = markup`${way(entry)}${namesOf(chapter)}${described}`;
        return { path, title, summary: says, body };
      }),
    ),
  ];
  return [
    ...pages.map((page) => ({
      path: page.path,
      text: compact(renderPage({ ...page, part: 'api', stylesheet }, { api: index, version })),
    })),
    { path: stylesheet, text: apiRules },
  ];
}

/** A page but for what all pages of the reference have in common. */
type Body = Omit<Page, 'part' | 'stylesheet'>;

function indexPage(entries: readonly Entry[], comments: CommentWriter): Body {
  const listed = entries.map(
    ({ specifier, reflection, chapters }) => markup`<h2 id="${reflection.name}"><code>${specifier}</code></h2>
${comments.docs(reflection.comment)}${chapters.map(
      (chapter) => markup`<h3><a href="~/${chapter.path}">${chapter.title}</a></h3>
${namesOf(chapter, chapter.path)}`,
    )}`,
  );
  return {
    path: index,
    title: 'API',
    summary: 'Everything that the package exports, by what it is imported from.',
    body: markup`${listed}`,
  };
}

const way = ({
  specifier,
  reflection,
}: Entry): Markup => markup`<nav class="crumbs" aria-label="Way here"><ol><li><a href="~/${index}">API</a></li><li><a href="~/${index}#${reflection.name}">${specifier}</a></li></ol></nav>
`;

/** The names of what a page describes. @param path the page, if they stand on another */
function namesOf(chapter: Chapter, path?: string): Markup {
  const links = exportsOf(chapter).map(({ anchor, reflection }) => {
    const address = path === undefined ? `#${anchor}` : `~/${path}#${anchor}`;
    return markup`<li><a href="${address}">${reflection.name}</a></li>
`;
  });
  const all = markup`<ul class="plain names">${links}</ul>
`;
  return path === undefined ? markup`<nav aria-label="${chapter.title}">${all}</nav>` : all;
}
