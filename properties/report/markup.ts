/** What data from outside cannot have, whatever it looks like: it would be taken for markup otherwise. */
const made: unique symbol = Symbol('markup');

/** Markup that is safe to put into other markup. It comes from here only. */
export interface Markup {
  readonly markup: string;
  readonly [made]: true;
}

/** What may stand in a template: text is escaped, markup is not, lists are joined, nothing gives nothing. */
export type MarkupValue = string | number | Markup | readonly MarkupValue[] | undefined;

/**
 * Builds HTML or SVG. Every text that is put in is escaped, for content and for quoted attributes alike.
 * @example markup`<p title="${'"'}">${'a < b'}</p>`.markup // '<p title="&quot;">a &lt; b</p>'
 */
export function markup(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return verbatim(parts.map((part, index) => part + render(values[index])).join(''));
}

/** Takes a text for markup as it is: for style sheets and for markup that was made elsewhere. */
export function verbatim(markup: string): Markup {
  return { markup, [made]: true };
}

/** The text with the characters replaced that mean something in markup. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function render(value: MarkupValue): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  if (made in value) return value.markup;
  return Array.isArray(value)
    ? (value as readonly MarkupValue[]).map(render).join('')
    : escapeText(JSON.stringify(value));
}
