import type { StateGraph } from './graph.js';
import type { Layout } from './layout.js';
import type { Page, SiteOptions } from './page.js';

/** A file of the site: its path inside the site, with slashes, and its text. */
export interface SiteFile {
  readonly path: string;
  readonly text: string;
}

/** What the chapters of the site are made from. */
export interface SiteContext {
  readonly graphs: readonly StateGraph[];
  readonly layouts: readonly Layout[];
  readonly options: SiteOptions;
}

/** A chapter: pages, and files beside them. Links in both begin with `~/`. */
export interface Chapter {
  readonly pages: readonly Page[];
  readonly files?: readonly SiteFile[];
}
