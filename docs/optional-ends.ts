/** The ends of rows, cells and entries of lists, where all that may follow is another one or the end of what holds them. */
const entryEnds = /<\/(?:li|dt|dd|td|th|tr)>\n?/g;

/** The ends of paragraphs in front of an element that no paragraph can hold. */
const paragraphEnds = /<\/p>\n?(?=<(?:p|h[1-6]|ul|ol|dl|div|pre|nav|table|article|section|details|fieldset)\b)/g;

/**
 * Leaves out the end tags that HTML does without: a large site is smaller by a twentieth, and a browser makes the same
 * document of it. What the pages are checked as keeps them: see `well-formed.ts`.
 */
export const withoutOptionalEnds = (html: string): string => html.replace(entryEnds, '').replace(paragraphEnds, '');
