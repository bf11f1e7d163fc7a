/** An element of a document, for those who look for its attributes. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** What a document consists of, or the first place where it is not well-formed. */
export type Scan =
  | { readonly ok: true; readonly elements: readonly Element[] }
  | { readonly ok: false; readonly says: string; readonly at: number };

const markupPattern =
  /<!doctype html>|<(\/?)([a-zA-Z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|&(?:amp|lt|gt|quot|#39);|[<&]/g;
const attributePattern = /([\w:-]+)="([^"]*)"/g;

/**
 * Reads the subset of XML that the site is written in: elements that are all closed and properly nested, attributes
 * that are quoted and not repeated, and the five escapes. The project has no XML parser, and needs no more than this.
 */
export function scanMarkup(text: string): Scan {
  const elements: Element[] = [];
  const open: string[] = [];
  for (const match of text.matchAll(markupPattern)) {
    const [whole, closing, name, attributes = '', empty] = match;
    const fail = (says: string): Scan => ({ ok: false, says, at: match.index });
    if (name === undefined) {
      if (whole.length === 1) return fail(`a bare ${whole}`);
    } else if (closing === '/') {
      const expected = open.pop();
      if (expected !== name) return fail(`</${name}> where ${expected ?? 'nothing'} is open`);
    } else {
      const pairs = [...attributes.matchAll(attributePattern)].map(([, key = '', value = '']) => [key, value] as const);
      const known = new Map(pairs.map(([key, value]) => [key, unescapeText(value)]));
      if (known.size < pairs.length) return fail(`<${name}> repeats an attribute`);
      elements.push({ name, attributes: known });
      if (empty !== '/') open.push(name);
    }
  }
  const left = open.pop();
  return left === undefined ? { ok: true, elements } : { ok: false, says: `<${left}> is not closed`, at: text.length };
}

/** The text that an escaped text stands for. */
export function unescapeText(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
