import { type Markup, markup } from './html.js';
import { type Box, type Point, tenth, textStyles } from './measure.js';
import { paint, themeRules } from './theme.js';

/* What all pictures are made of: the fonts and colours, the way of an arrow, the place of a rectangle. */

const sans = 'system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif';
const mono = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace';

/** The rules of a picture of class `states`. They stand inside it, so that it is one file. */
export const pictureStyle = [
  themeRules('.states'),
  `.states .paper{${paint('fill', 'paper')}}`,
  `.states .box{${paint('fill', 'box')};${paint('stroke', 'frame')};stroke-width:1.5}`,
  `.states .group-0{${paint('fill', 'group-0')};${paint('stroke', 'frame')};stroke-width:1}`,
  `.states .group-1{${paint('fill', 'group-1')};${paint('stroke', 'frame')};stroke-width:1}`,
  `.states .final{${paint('fill', 'final')};${paint('stroke', 'final-frame')};stroke-width:1.5}`,
  `.states .rule{${paint('stroke', 'rule')}}`,
  `.states .line{fill:none;${paint('stroke', 'line')};stroke-width:1.5}`,
  `.states .tip{${paint('fill', 'line')}}`,
  `.states text{${paint('fill', 'ink')}}`,
  `.states .name{font:600 ${textStyles.name.size}px ${sans}}`,
  `.states .label{font:${textStyles.label.size}px ${mono};${paint('fill', 'event')}}`,
  `.states .note{font-size:${textStyles.note.size}px;${paint('fill', 'quiet')}}`,
  `.states .guard{${paint('fill', 'guard')}}`,
  `.states a:hover text,.states a:focus text,.states a:target text{text-decoration:underline}`,
  `.states :target .box,.states :target .final{${paint('fill', 'mark')}}`,
].join('\n');

/** A way with its corners rounded, and the tip at its end. */
export function drawWay(points: readonly Point[]): Markup {
  const { base, tip } = tipOf(points);
  const [first, ...rest] = [...points.slice(0, -1), base];
  const steps = rest.map((corner, index) => {
    const next = rest[index + 1];
    if (next === undefined) return `L${at(corner)}`;
    const previous = rest[index - 1] ?? first;
    return `L${at(towards(corner, previous))}Q${at(corner)} ${at(towards(corner, next))}`;
  });
  return markup`<path class="line" d="M${at(first)}${steps}"/>${tip}
`;
}

/** The tip at the end of a way, and where the line before it ends. */
export function tipOf(points: readonly Point[]): { readonly base: Point; readonly tip: Markup } {
  const last = points.at(-1) ?? { x: 0, y: 0 };
  const before = points.at(-2) ?? last;
  const length = Math.hypot(last.x - before.x, last.y - before.y) || 1;
  const along = { x: (last.x - before.x) / length, y: (last.y - before.y) / length };
  const base = { x: last.x - along.x * 9, y: last.y - along.y * 9 };
  const corners = [
    last,
    { x: base.x - along.y * 4.5, y: base.y + along.x * 4.5 },
    { x: base.x + along.y * 4.5, y: base.y - along.x * 4.5 },
  ];
  return { base, tip: markup`<path class="tip" d="M${corners.map(at).join('L')}Z"/>` };
}

/** The point of a corner's rounding on the side of a neighbour. */
function towards(corner: Point, neighbour: Point): Point {
  const reach = Math.min(5, Math.hypot(neighbour.x - corner.x, neighbour.y - corner.y) / 2);
  return {
    x: corner.x + Math.sign(neighbour.x - corner.x) * reach,
    y: corner.y + Math.sign(neighbour.y - corner.y) * reach,
  };
}

/** The place of a rectangle, as attributes. */
export function place({ x, y, width, height }: Box): Markup {
  return markup`x="${tenth(x)}" y="${tenth(y)}" width="${tenth(width)}" height="${tenth(height)}"`;
}

/** A point inside a path. */
export function at({ x, y }: Point): string {
  return `${tenth(x)},${tenth(y)}`;
}
