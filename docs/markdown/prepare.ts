/*
 * Makes markup of the site ready to be turned into Markdown, which has no anchors, no captions, no lists in cells, and
 * nothing to press. The markup is the subset that the pages are written in: see well-formed.ts.
 */

/** @param markup the body of a page, without pictures */
export function prepare(markup: string): string {
  return withAnchors(withPlainCells(withoutControls(markup)));
}

/** What only a browser can do. */
function withoutControls(markup: string): string {
  return markup
    .replace(/<(fieldset|script|style|template|button|select|textarea|input)\b[^>]*?(?:\/>|>[\s\S]*?<\/\1>)/g, '')
    .replace(/<!--[\s\S]*?-->/g, '');
}

/** Captions stand in front of their tables, and lists in cells become lines. */
function withPlainCells(markup: string): string {
  return markup
    .replace(/(<table[^>]*>)\s*<caption[^>]*>([\s\S]*?)<\/caption>/g, '<p><em>$2</em></p>$1')
    .replace(/<(td|th)\b([^>]*)>([\s\S]*?)<\/\1>/g, (_, name: string, attributes: string, inner: string) => {
      return `<${name}${attributes}>${asLines(inner)}</${name}>`;
    });
}

const blockEnd = /<\/(?:li|p|div|dd|dt|summary|pre|details|ul|ol|dl)>\s*/g;
const blockStart = /<(?:ul|ol|dl|li|p|div|dd|dt|summary|details|pre)\b[^>]*?>/g;

function asLines(inner: string): string {
  if (!/<(?:ul|ol|dl|p|div|details|pre)\b/.test(inner)) return inner;
  const idOf = (tag: string): string => /\sid="([^"]+)"/.exec(tag)?.[1] ?? '';
  return inner
    .replace(blockStart, (tag) => (idOf(tag) === '' ? '' : `<a id="${idOf(tag)}"></a>`))
    .replace(blockEnd, '<br/>')
    .replace(/(?:\s*<br\/>)+\s*$/, '')
    .replace(/(?:\s*<br\/>){2,}/g, '<br/>');
}

const withId = /<([a-z][a-z0-9]*)\b((?:\s+[\w:-]+="[^"]*")*?)\s+id="([^"]+)"((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g;

/** What may not have an anchor as its first child. */
const closedTo = /^(?:ul|ol|dl|table|thead|tbody|figure|details)$/;

/** Every id becomes an anchor of its own: inside the element, before it, or in the first cell of a row. */
function withAnchors(markup: string): string {
  const anchored = markup.replace(
    withId,
    (whole, name: string, before: string, id: string, after: string, empty: string) => {
      const tag = `<${name}${before}${after}${empty}>`;
      const anchor = `<a id="${id}"></a>`;
      if (name === 'a') return before.includes('href') || after.includes('href') ? `${anchor}${tag}` : whole;
      if (name === 'tr') return `${tag}<!--${id}-->`;
      return closedTo.test(name) || empty === '/' ? `${anchor}${tag}` : `${tag}${anchor}`;
    },
  );
  return anchored.replace(/<!--([^>]+)-->(\s*<t[hd]\b[^>]*>)/g, '$2<a id="$1"></a>');
}
