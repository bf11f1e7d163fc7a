import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { resolveLinks } from './address.js';
import type { Chapter, SiteContext, SiteFile } from './chapter.js';
import { graphOf } from './graph.js';
import { layOut } from './layout.js';
import { assets } from './links.js';
import { compact } from './compact.js';
import { type Page, renderPage, type SiteOptions } from './page.js';
import { clausesChapter } from './pages/clauses.js';
import { evidenceChapter } from './pages/evidence.js';
import { explorerChapter } from './pages/explorer.js';
import { framesChapter } from './pages/frames.js';
import { handshakeChapter } from './pages/handshake.js';
import { guidesChapter } from './pages/guides.js';
import { homeChapter } from './pages/home.js';
import { readingsChapter } from './pages/readings.js';
import { runsChapter } from './pages/runs.js';
import { statesChapter } from './pages/states.js';
import { collectEntries } from './search/collect.js';
import { searchFiles } from './search/files.js';
import type { SearchEntry } from './search/entry.js';
import { shareStyles } from './shared-styles.js';
import { stylesheet } from './stylesheet.js';

export type { SiteFile } from './chapter.js';
export type { SiteOptions } from './page.js';

/** The chapters, in the order of the navigation. */
const chapters: readonly ((context: SiteContext) => Chapter)[] = [
  homeChapter,
  statesChapter,
  runsChapter,
  framesChapter,
  handshakeChapter,
  clausesChapter,
  readingsChapter,
  evidenceChapter,
  guidesChapter,
  explorerChapter,
];

/** What the site says, before it has a form. Links begin with `~/`. */
export interface Content {
  readonly pages: readonly Page[];
  readonly files: readonly SiteFile[];
  /** What can be found. */
  readonly entries: readonly SearchEntry[];
}

/** Writes all chapters. The same specification always gives the same content. */
export async function composeSite(options: SiteOptions = {}): Promise<Content> {
  const graphs = [graphOf('client'), graphOf('server')] as const;
  const layouts = await Promise.all(graphs.map(layOut));
  const written = chapters.map((chapter) => chapter({ graphs, layouts, options }));
  const pages = written.flatMap((chapter) => chapter.pages);
  return { pages, files: written.flatMap(({ files = [] }) => files), entries: collectEntries(graphs, pages) };
}

/**
 * Builds the documentation site in memory. The same specification always gives the same bytes. Every link is relative,
 * so the site may lie anywhere, also on a disk.
 */
export async function buildSite(options: SiteOptions = {}): Promise<readonly SiteFile[]> {
  const { pages, files, entries } = await composeSite(options);
  const shared = shareStyles(pages.map((page) => renderPage(page, options)));
  return [
    ...pages.map(({ path }, index) => ({ path, text: shared.pages[index] ?? '' })),
    ...files.map(({ path, text }) => ({ path, text: path.endsWith('.svg') ? resolveLinks(text, path) : text })),
    ...searchFiles(entries),
    { path: assets.stylesheet, text: `${stylesheet}${shared.rules}` },
  ];
}

/**
 * Writes files into a directory, which is made if it is not there, pages without what HTML does without.
 * Other files in the directory are left alone.
 * @throws the error of the file system when the directory cannot be written
 */
export async function writeFiles(directory: string, files: readonly SiteFile[]): Promise<void> {
  for (const { path, text } of files) {
    const place = join(directory, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, path.endsWith('.html') ? compact(text) : text);
  }
}

/**
 * Builds the documentation site and writes it into a directory.
 * @returns the paths of the files, inside the directory
 */
export async function writeSite(
  directory: string,
  options: SiteOptions = {},
): Promise<{ readonly files: readonly string[] }> {
  const files = await buildSite(options);
  await writeFiles(directory, files);
  return { files: files.map(({ path }) => path) };
}
