import { Marked, type RendererObject, type Token, type Tokens } from 'marked';
import { isClauseId } from '../spec/clauses.js';
import { readingOf } from '../spec/readings/index.js';
import { faultOf } from '../properties/faults/index.js';
import { addressOfCase, addressOfClause, addressOfFault, addressOfReading, slugOf } from './address.js';
import { cases } from './evidence.js';
import { escapeText, type Markup, verbatim } from './html.js';

/** A text in Markdown, made ready for a page. */
export interface RichText {
  /** The first heading. */
  readonly title: string;
  /** The first paragraph as plain text, for the head of the page. */
  readonly summary: string;
  /** What stands behind both. */
  readonly body: Markup;
}

const caseIds = new Set(cases.map(({ id }) => id));

/** The address of what a code span names: a clause, a case, a fault or a reading. */
function addressOfName(text: string): string | undefined {
  if (isClauseId(text)) return addressOfClause(text);
  if (caseIds.has(text)) return addressOfCase(text);
  if (faultOf(text) !== undefined) return addressOfFault(text);
  return readingOf(text) === undefined ? undefined : addressOfReading(text);
}

/**
 * Turns Markdown into markup as the site has it: links to other texts become links to their pages, names of clauses,
 * cases, faults and readings become links to these, tables get a caption and a box that scrolls.
 * @param resolve the address in the site of a link in the text; `undefined` leaves the words without a link
 */
export function richText(text: string, resolve: (href: string) => string | undefined): RichText {
  const marked = new Marked({ gfm: true });
  const tokens = marked.lexer(text);
  const at = tokens.findIndex((token) => token.type === 'heading' && token['depth'] === 1);
  const title = plain(tokens[at]);
  const next = tokens.findIndex(({ type }, index) => index > at && type !== 'space');
  const leads = tokens[next]?.type === 'paragraph';
  const body = tokens.slice(leads ? next + 1 : at + 1);
  marked.use({ renderer: rendererOf(resolve, title) });
  const markup = marked.parser(body);
  return { title, summary: leads ? plain(tokens[next]) : title, body: verbatim(`${markup}\n`) };
}

/** The words of a token without their marks. */
function plain(token: Token | undefined): string {
  if (token === undefined) return '';
  const inner = 'tokens' in token ? token.tokens : undefined;
  if (inner !== undefined) return inner.map(plain).join('');
  return 'text' in token ? String(token.text).replace(/\n/g, ' ') : token.raw;
}

function rendererOf(resolve: (href: string) => string | undefined, title: string): RendererObject {
  let headings: readonly string[] = [];
  let lead = '';
  const captions = new Map<string, number>();
  /** The headings that a table stands under, and what leads up to it. */
  const captionOf = (): string => {
    const caption = [...(headings.length === 0 ? [title] : headings), ...(lead === '' ? [] : [lead])].join(': ');
    const count = (captions.get(caption) ?? 0) + 1;
    captions.set(caption, count);
    return count === 1 ? caption : `${caption} (${count})`;
  };
  const ids = new Map<string, number>();
  const link = (address: string, inner: string): string => `<a href="~/${escapeText(address)}">${inner}</a>`;
  return {
    heading(token: Tokens.Heading) {
      const heading = plain(token);
      headings = [...headings.slice(0, token.depth - 2), heading];
      lead = '';
      const slug = slugOf(heading);
      const count = ids.get(slug) ?? 0;
      ids.set(slug, count + 1);
      const id = count === 0 ? slug : `${slug}-${count}`;
      return `<h${token.depth} id="${id}">${this.parser.parseInline(token.tokens)}</h${token.depth}>\n`;
    },
    paragraph({ tokens, text }) {
      lead = text.endsWith(':') && text.length < 60 ? text.slice(0, -1) : '';
      return `<p>${this.parser.parseInline(tokens)}</p>\n`;
    },
    codespan({ text }) {
      const address = addressOfName(text);
      const code = `<code>${escapeText(text)}</code>`;
      return address === undefined ? code : link(address, code);
    },
    code({ text }) {
      return `<pre tabindex="0"><code>${escapeText(text)}</code></pre>\n`;
    },
    link({ href, tokens }) {
      const inner = this.parser.parseInline(tokens);
      const address = resolve(href);
      if (address === undefined) return inner;
      return address.startsWith('#') ? `<a href="${escapeText(address)}">${inner}</a>` : link(address, inner);
    },
    text(token) {
      if ('tokens' in token) return this.parser.parseInline(token.tokens);
      return escapeText(unescapeEntities(token.text)).replace(/\bR-\d{3,4}\b/g, (number) =>
        readingOf(number) === undefined ? number : link(addressOfReading(number), number),
      );
    },
    table({ header, rows }) {
      const caption = escapeText(captionOf());
      const cell = (name: string, inner: Tokens.TableCell): string =>
        `<${name === 'th' ? 'th scope="col"' : name}>${this.parser.parseInline(inner.tokens)}</${name}>`;
      const head = header.map((each) => cell('th', each)).join('');
      const lines = rows.map((row) => `<tr>${row.map((each) => cell('td', each)).join('')}</tr>\n`).join('');
      return `<div class="wide" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${lines}</tbody>
</table></div>
`;
    },
    hr: () => '<hr/>\n',
    br: () => '<br/>',
    // What is no Markdown is shown as it is.
    html: ({ text }) => escapeText(text),
  };
}

/** Texts in tokens are not escaped, except for what stood as an entity in the source. */
const unescapeEntities = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => entities[name] ?? whole);

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
