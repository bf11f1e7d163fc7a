import { type Markup, markup } from '../html.js';

/** A box with lines of text, its first in the weight of a name. */
export interface TextBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly kind: 'head' | 'reserved' | 'key' | 'data' | 'plain' | 'plain open';
  readonly lines: readonly string[];
}

const lineHeight = 18;

/** Draws a box with its lines in the middle. */
export function drawBox({ x, y, width, height, kind, lines }: TextBox): Markup {
  const first = y + height / 2 - ((lines.length - 1) * lineHeight) / 2 + 4;
  const texts = lines.map(
    (line, at) =>
      markup`<text class="${at === 0 ? 'name' : 'small'}" text-anchor="middle" x="${x + width / 2}" y="${first + at * lineHeight}">${line}</text>
`,
  );
  return markup`<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/>
${texts}`;
}

/** An arrow along an axis, from one place to another. */
export function drawArrow(x1: number, y1: number, x2: number, y2: number): Markup {
  const along = { x: Math.sign(x2 - x1), y: Math.sign(y2 - y1) };
  const base = { x: x2 - along.x * 8, y: y2 - along.y * 8 };
  const side = { x: along.y * 4, y: along.x * 4 };
  return markup`<path class="line" d="M${x1} ${y1}L${base.x} ${base.y}"/><path class="tip" d="M${x2} ${y2}L${base.x + side.x} ${base.y + side.y}L${base.x - side.x} ${base.y - side.y}Z"/>
`;
}
