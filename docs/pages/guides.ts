import type { Chapter } from '../chapter.js';
import { type Markup, markup } from '../html.js';
import { parts } from '../navigation.js';
import { packageFile, packageFileOf } from '../package-files.js';
import type { Page } from '../page.js';
import { type RichText, richText } from '../rich-text.js';
import { crumbs, neighbours } from './parts.js';

/** The guides by what one wants to do, in the order of the page. Each is a Markdown file of `docs/guides/`. */
const guideGroups = [
  {
    title: 'Use it',
    guides: ['verify-server', 'verify-client', 'ci', 'reports', 'traffic', 'vectors', 'library', 'readings'],
  },
  { title: 'Add to it', guides: ['add-clause', 'add-case', 'add-fault', 'add-reading', 'add-extension'] },
] as const;

/** Texts of `docs/` that stand beside the guides. */
const furtherTexts = ['architecture', 'hostile-peers', 'intermediaries'] as const;

/** Texts of the package that are pages elsewhere in the site. */
const pagesOfTexts: Readonly<Record<string, string>> = {
  'peers.md': 'peers.html',
  'kill-matrix.md': 'kill-matrix.html',
};

/** The guides, as their index and a page each. */
export function guidesChapter(): Chapter {
  const groups: readonly Group[] = [
    ...guideGroups.map(({ title, guides }) => ({
      title,
      texts: guides.flatMap((name) => read(name, `docs/guides/${name}.md`)),
    })),
    { title: 'Know more', texts: furtherTexts.flatMap((name) => read(name, `docs/${name}.md`)) },
  ];
  return { pages: [indexPage(groups), ...groups.flatMap(pagesOf)] };
}

interface Group {
  readonly title: string;
  readonly texts: readonly Guide[];
}

interface Guide {
  readonly name: string;
  readonly text: RichText;
}

const read = (name: string, file: string): readonly Guide[] => [
  { name, text: richText(packageFileOf(file), resolveText) },
];

const pathOf = (name: string): string => `guides/${name}.html`;

/**
 * The address in the site of a link in a text.
 * @returns `undefined` for what is no part of the site
 */
export function resolveText(href: string): string | undefined {
  const [, file = '', anchor = ''] = /^(?:\.\.?\/|docs\/|guides\/)*([^#]*)(#.*)?$/.exec(href) ?? [];
  if (file === '') return anchor === '' ? undefined : anchor;
  const elsewhere = pagesOfTexts[file];
  if (elsewhere !== undefined) return `${elsewhere}${anchor}`;
  const name = file.replace(/\.md$/, '');
  const known = packageFile(`docs/guides/${name}.md`) !== undefined || furtherTexts.some((each) => each === name);
  return known && file.endsWith('.md') ? `${pathOf(name)}${anchor}` : undefined;
}

function indexPage(groups: readonly Group[]): Page {
  return {
    path: parts.guides.file,
    part: 'guides',
    title: 'Guides',
    summary: 'How to do one thing each, with commands that were run.',
    body: markup`${groups.map(
      ({ title, texts }) => markup`<h2>${title}</h2>
<dl>${texts.map(
        ({ name, text }) => markup`<dt><a href="~/${pathOf(name)}">${text.title}</a></dt><dd>${text.summary}</dd>
`,
      )}</dl>
`,
    )}`,
  };
}

function pagesOf({ texts }: Group): readonly Page[] {
  const crumbOf = (guide: Guide | undefined) =>
    guide === undefined ? undefined : { address: pathOf(guide.name), name: guide.text.title };
  return texts.map(({ name, text }, at): Page => {
    const around: Markup | undefined = neighbours(crumbOf(texts[at - 1]), crumbOf(texts[at + 1]));
    return {
      path: pathOf(name),
      part: 'guides',
      title: text.title,
      summary: text.summary,
      body: markup`${crumbs('guides')}<div class="prose">
${text.body}</div>
${around}`,
    };
  });
}
