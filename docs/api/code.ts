import { escapeText, type Markup, verbatim } from '../html.js';

/*
 * A piece of TypeScript that is yet to be laid out: it stands on one line where there is room, and its lists take a line
 * each where there is none.
 */

/** A part of the text that something is to be known about. */
type Piece =
  | { readonly kind: 'link'; readonly text: string; readonly address: string }
  | { readonly kind: 'name'; readonly text: string }
  /** A line of its own in front of what it is about, so that the list around it takes a line each. */
  | { readonly kind: 'remark'; readonly text: string }
  /** Where a line ends if the group around it takes several, with what stands there if it takes one. */
  | { readonly kind: 'line'; readonly flat: string }
  /** What stands here only if the group around it takes several lines. */
  | { readonly kind: 'broken'; readonly text: string }
  | { readonly kind: 'inner'; readonly code: Code }
  | { readonly kind: 'group'; readonly code: Code };

/** Code, before it is laid out. */
export type Code = string | Piece | readonly Code[];

/** The name of another declaration, which leads to it. @param address from the root of the site */
export const link = (text: string, address: string): Code => ({ kind: 'link', text, address });

/** The name that is being declared. */
export const ownName = (text: string): Code => ({ kind: 'name', text });

/** How a list is set. */
interface ListStyle {
  /** What stands between two items, `,` unless told. */
  readonly separator?: string;
  /** What stands inside the brackets where the list takes one line, nothing unless told. */
  readonly room?: string;
  /** What stands behind the last item where each has a line, the separator unless told. */
  readonly last?: string;
  /** What is said of an item, by its place in the list. */
  readonly remarks?: readonly (string | undefined)[];
}

/** A list in brackets. */
export function list(open: string, items: readonly Code[], close: string, style: ListStyle = {}): Code {
  const { separator = ',', room = '', last = separator, remarks = [] } = style;
  if (items.length === 0) return `${open}${close}`;
  const lines = items.flatMap((item, at): readonly Code[] => {
    const remark = remarks[at];
    const before: readonly Code[] = remark === undefined ? [] : [{ kind: 'remark', text: remark }];
    const isLast = at === items.length - 1;
    const behind: readonly Code[] = isLast
      ? [{ kind: 'broken', text: last }]
      : [separator, { kind: 'line', flat: ' ' }];
    return [...before, item, ...behind];
  });
  const inner: Code = { kind: 'inner', code: [{ kind: 'line', flat: room }, ...lines] };
  return { kind: 'group', code: [open, inner, { kind: 'line', flat: room }, close] };
}

/** Alternatives, which begin with a bar where each has a line. */
export function alternatives(items: readonly Code[]): Code {
  const [first = '', ...rest] = items;
  if (rest.length === 0) return first;
  const lines = rest.flatMap((item): readonly Code[] => [{ kind: 'line', flat: ' ' }, '| ', item]);
  const head: readonly Code[] = [
    { kind: 'line', flat: '' },
    { kind: 'broken', text: '| ' },
  ];
  return { kind: 'group', code: { kind: 'inner', code: [...head, first, ...lines] } };
}

/** What holds together, all but the first on lines of their own where one is not enough. */
export function together(items: readonly Code[]): Code {
  const [first = '', ...rest] = items;
  const lines = rest.flatMap((item): readonly Code[] => [' &', { kind: 'line', flat: ' ' }, item]);
  return { kind: 'group', code: [first, { kind: 'inner', code: lines }] };
}

/** Characters of a line: what a laptop shows beside nothing else, and a page on paper. */
const width = 96;

/** The characters that code takes on one line: without end where it cannot stand on one. */
function widthOf(code: Code): number {
  if (typeof code === 'string') return code.length;
  if (isList(code)) return code.reduce((sum: number, each) => sum + widthOf(each), 0);
  switch (code.kind) {
    case 'link':
    case 'name':
      return code.text.length;
    case 'remark':
      return Infinity;
    case 'line':
      return code.flat.length;
    case 'broken':
      return 0;
    case 'inner':
    case 'group':
      return widthOf(code.code);
  }
}

/** The same for what stands behind something, where it may begin a line if it is long. */
function widthWithin(code: Code): number {
  const taken = widthOf(code);
  return taken > width ? 0 : taken;
}

const isList = (code: Code): code is readonly Code[] => Array.isArray(code);

/** Lays code out. Links begin with `~/`. */
export function layOutCode(code: Code): Markup {
  const written: string[] = [];
  let column = 0;
  /** Whether the line has nothing but its indentation yet, which is then the last that was written. */
  let isBlank = false;
  const put = (text: string, markup = escapeText(text)): void => {
    if (text === '') return;
    written.push(markup);
    column += text.length;
    isBlank = false;
  };
  const breakLine = (depth: number): void => {
    if (isBlank) written.pop();
    const last = written.pop() ?? '';
    written.push(last.trimEnd(), `\n${'  '.repeat(depth)}`);
    column = 2 * depth;
    isBlank = true;
  };
  /** @param behind the width of what stands behind it on the same line */
  const write = (part: Code, isBroken: boolean, depth: number, behind = 0): void => {
    if (typeof part === 'string') put(part);
    else if (isList(part))
      part.forEach((each, at) => {
        write(each, isBroken, depth, behind + widthWithin(part.slice(at + 1)));
      });
    else if (part.kind === 'link') put(part.text, `<a href="~/${part.address}">${escapeText(part.text)}</a>`);
    else if (part.kind === 'name') put(part.text, `<b>${escapeText(part.text)}</b>`);
    else if (part.kind === 'inner') write(part.code, isBroken, isBroken ? depth + 1 : depth);
    else if (part.kind === 'group') write(part.code, column + widthOf(part.code) + behind > width, depth);
    else if (part.kind === 'broken') put(isBroken ? part.text : '');
    else if (part.kind === 'remark') {
      put(part.text, `<i>// ${escapeText(part.text)}</i>`);
      breakLine(depth);
    } else if (isBroken) breakLine(depth);
    else put(part.flat);
  };
  write(code, false, 0);
  return verbatim(written.join(''));
}
