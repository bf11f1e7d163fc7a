/** The ends of rows, cells and entries of lists, where all that may follow is another one or the end of what holds them. */
const entryEnds = /<\/(?:li|dt|dd|td|th|tr)>\n?/g;

/** The ends of paragraphs in front of an element that no paragraph can hold. */
const paragraphEnds = /<\/p>\n?(?=<(?:p|h[1-6]|ul|ol|dl|div|pre|nav|table|article|section|details|fieldset)\b)/g;

/** Attributes whose value reads the same without quotation marks; in front of `/>` the slash would become a part of it. */
const needlessQuotes = /( [a-z-]+=)"([^\s"'`=<>]+)"(?!\/)/gi;

const startTag = /<[a-z][^>]*>/gi;

/**
 * Leaves out what HTML does without, end tags and quotation marks: a large site is smaller by a tenth, and a browser
 * makes the same document of it. What the pages are checked as keeps them: see `well-formed.ts`.
 */
export const compact = (html: string): string =>
  html
    .replace(startTag, (tag) => tag.replace(needlessQuotes, '$1$2'))
    .replace(entryEnds, '')
    .replace(paragraphEnds, '');
