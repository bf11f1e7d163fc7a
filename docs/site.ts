import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { machineActions, machineEvents, machineGuards } from '../model/machine-setup.js';
import { graphOf, type StateGraph } from './graph.js';
import { layOut } from './layout.js';
import { assets, pages } from './links.js';
import { type Page, renderPage, type SiteOptions } from './page.js';
import { clausesPage } from './pages/clauses.js';
import { homePage } from './pages/home.js';
import { readingsPage } from './pages/readings.js';
import { statesPage } from './pages/states.js';
import { stylesheet } from './stylesheet.js';
import { drawSvg } from './svg.js';

export type { SiteOptions } from './page.js';

/** A file of the site: its path inside the site, with slashes, and its text. */
export interface SiteFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Builds the documentation site in memory. The same specification always gives the same bytes. Every link is relative,
 * so the site may lie anywhere, also on a disk.
 */
export async function buildSite(options: SiteOptions = {}): Promise<readonly SiteFile[]> {
  const machines = [graphOf('client'), graphOf('server')] as const;
  const layouts = await Promise.all(machines.map(layOut));
  const all: readonly Page[] = [
    homePage(machines, options),
    ...layouts.map((layout) => statesPage(layout.graph, drawSvg(layout, { page: '' }))),
    clausesPage(machines),
    readingsPage(),
  ];
  return [
    ...all.map((page) => ({ path: pages[page.name].file, text: renderPage(page, options) })),
    ...layouts.map((layout) => {
      const { role } = layout.graph;
      // The picture lies one directory deeper than the page that it links to.
      return { path: assets.pictures[role], text: drawSvg(layout, { page: `../${pages[role].file}` }).markup };
    }),
    { path: assets.stylesheet, text: stylesheet },
    { path: assets.states, text: statesJson(machines) },
  ];
}

/**
 * Writes the documentation site into a directory, which is made if it is not there. Other files in it are left alone.
 * @returns the paths of the files, inside the directory
 * @throws the error of the file system when the directory cannot be written
 */
export async function writeSite(
  directory: string,
  options: SiteOptions = {},
): Promise<{ readonly files: readonly string[] }> {
  const files = await buildSite(options);
  for (const { path, text } of files) {
    const place = join(directory, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text);
  }
  return { files: files.map(({ path }) => path) };
}

/** The machines of both roles and their vocabulary, for programs. */
function statesJson(machines: readonly StateGraph[]): string {
  const content = {
    document: 'draft-06',
    machines,
    events: machineEvents,
    guards: machineGuards,
    actions: machineActions,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
