import type { SiteFile } from '../chapter.js';
import { escapeText } from '../html.js';
import { unescapeText } from '../well-formed.js';

/** A page whose pictures have become files. */
export interface WithoutPictures {
  readonly markup: string;
  /** Links in them begin with `~/`. */
  readonly files: readonly SiteFile[];
}

/**
 * Takes the pictures out of a page, and leaves an image in the place of each.
 * @param path the page, from the root of the site
 */
export function takePictures(markup: string, path: string): WithoutPictures {
  const files: SiteFile[] = [];
  const places = new Map<string, string>();
  const base = `figures/${path.replace(/\.html$/, '').replaceAll('/', '-')}`;
  const left = markup.replace(/<svg\b[\s\S]*?<\/svg>/g, (picture) => {
    // The same once more, for narrow screens.
    if (/^<svg class="[^"]*\bnarrow-form"/.test(picture)) return '';
    const file = `${base}-${files.length + 1}.svg`;
    for (const [, id = ''] of picture.matchAll(/\sid="([^"]+)"/g)) places.set(id, file);
    files.push({ path: file, text: ownLinks(picture, path) });
    const title = unescapeText(/<title[^>]*>([\s\S]*?)<\/title>/.exec(picture)?.[1] ?? 'Picture');
    return `<p><img src="~/${file}" alt="${escapeText(title)}"/></p>`;
  });
  // What the page says of a place in its picture leads into the file now.
  const followed = left.replace(/href="#([^"]+)"/g, (whole, id: string) => {
    const file = places.get(unescapeText(id));
    return file === undefined ? whole : `href="~/${file}#${id}"`;
  });
  return { markup: followed, files };
}

/** In a file of its own, a picture's links into its page need the page's name. */
const ownLinks = (picture: string, path: string): string => picture.replaceAll('href="#', `href="~/${path}#`);
