import { padding } from './diagram.js';
import { html, type Markup, verbatim } from './html.js';
import type { Layout, PlacedArrow, PlacedState } from './layout.js';
import type { Line } from './diagram.js';
import { type Box, type Point, textStyles } from './measure.js';
import { paint, themeRules } from './theme.js';

/** What a picture needs to know of the page that shows it. */
export interface SvgOptions {
  /** The page whose tables describe the states: empty for the page that the picture is in. */
  readonly page: string;
}

/** The id of a state in the picture. */
export function stateAnchor(path: string): string {
  return `state-${path}`;
}

/** The id of a transition in the picture. */
export function transitionAnchor(id: string): string {
  return `transition-${id}`;
}

/** The id of the row that describes a state or transition. */
export function rowAnchor(id: string): string {
  return `about-${id}`;
}

const sans = 'system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif';
const mono = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace';

const style = [
  themeRules('.states'),
  `.states .paper{${paint('fill', 'paper')}}`,
  `.states .box{${paint('fill', 'box')};${paint('stroke', 'frame')};stroke-width:1.5}`,
  `.states .group-0{${paint('fill', 'group-0')};${paint('stroke', 'frame')};stroke-width:1}`,
  `.states .group-1{${paint('fill', 'group-1')};${paint('stroke', 'frame')};stroke-width:1}`,
  `.states .final{${paint('fill', 'final')};${paint('stroke', 'final-frame')};stroke-width:1.5}`,
  `.states .rule{${paint('stroke', 'rule')}}`,
  `.states .line{fill:none;${paint('stroke', 'line')};stroke-width:1.5}`,
  `.states .tip{${paint('fill', 'line')}}`,
  `.states text{white-space:pre;${paint('fill', 'ink')}}`,
  `.states .name{font:600 ${textStyles.name.size}px ${sans}}`,
  `.states .label{font:${textStyles.label.size}px ${mono};${paint('fill', 'event')}}`,
  `.states .note{font-size:${textStyles.note.size}px;${paint('fill', 'quiet')}}`,
  `.states .guard{font-size:${textStyles.note.size}px;${paint('fill', 'guard')}}`,
  `.states a:hover text,.states a:focus text{text-decoration:underline}`,
  `.states :target .box,.states :target .final{${paint('fill', 'mark')}}`,
].join('\n');

/**
 * Draws a layout. The same layout always gives the same bytes. Colours follow the reader's preference for light or
 * dark; each state and each transition is a link to the row that describes it.
 */
export function drawSvg(layout: Layout, { page }: SvgOptions): Markup {
  const { graph, width, height } = layout;
  const title = `States of the connection of a ${graph.role}`;
  const groups = layout.states.filter(({ state }) => state.type === 'compound');
  const leaves = layout.states.filter(({ state }) => state.type !== 'compound');
  return html`<svg
    class="states"
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
    role="group"
    aria-labelledby="${graph.role}-title ${graph.role}-desc"
  >
    <title id="${graph.role}-title">${title}</title>
    <desc id="${graph.role}-desc">${description(layout)}</desc>
    <style>
      ${verbatim(style)}
    </style>
    <rect class="paper" width="${width}" height="${height}" />
    ${groups.map(drawGroup)}${drawStart(layout)}${layout.arrows.map(drawLine)}${leaves.map((leaf) => drawLeaf(leaf, page))}${layout.arrows.map((arrow) => drawLabel(arrow, page))}
  </svg> `;
}

function description({ graph, arrows }: Layout): string {
  const resting = graph.states.filter(({ type }) => type !== 'compound');
  return (
    `${resting.length} states in which a connection can rest, and ${arrows.length} arrows between them, ` +
    `from ${graph.start} to ${resting
      .filter(({ type }) => type === 'final')
      .map(({ path }) => path)
      .join(', ')}. The tables of the page say the same in words.`
  );
}

function drawGroup({ state, depth, ...box }: PlacedState): Markup {
  return html`<g id="${stateAnchor(state.path)}"
    ><rect class="group-${Math.min(depth, 1)}" ${place(box)} rx="8" /><text
      class="name"
      x="${box.x + padding.side}"
      y="${box.y + padding.top + textStyles.name.size}"
      >${state.name}</text
    ></g
  > `;
}

function drawLeaf({ state, lines, depth: _, ...box }: PlacedState, page: string): Markup {
  const final = state.type === 'final';
  const centre = box.x + box.width / 2;
  const name = box.y + padding.top + textStyles.name.size;
  const rule = box.y + padding.top + textStyles.name.line + 2;
  return html`<g id="${stateAnchor(state.path)}"
    >${final ? html`<rect class="final" ${place(grown(box, 3))} rx="9" />` : undefined}<rect
      class="${final ? 'final' : 'box'}"
      ${place(box)}
      rx="6"
    /><a href="${page}#${rowAnchor(state.path)}"
      ><title>${state.says}</title
      ><text class="name" x="${centre}" y="${name}" text-anchor="middle">${state.name}</text></a
    >${lines.length > 0 ? html`<path class="rule" d="M${box.x} ${rule}h${box.width}" />` : undefined}${drawLines(lines, { x: box.x + padding.side, y: rule + 6 }, page)}</g
  > `;
}

function drawLines(lines: readonly Line[], { x, y }: Point, page: string): readonly Markup[] {
  return lines.map(({ transition, event, condition, effects, height }, index) => {
    const baseline = y + index * height + textStyles.label.size;
    return html`<a id="${transitionAnchor(transition.id)}" href="${page}#${rowAnchor(transition.id)}"
      ><title>${transition.says}</title
      ><text class="label" x="${x}" y="${baseline}"
        >${event}${condition === '' ? undefined : html`<tspan class="guard">${condition}</tspan>`}${effects === '' ? undefined : html`<tspan class="note">${effects}</tspan>`}</text
      ></a
    >`;
  });
}

function drawStart({ start }: Layout): Markup {
  const { dot, points } = start;
  const radius = dot.width / 2;
  return html`<circle class="tip" cx="${dot.x + radius}" cy="${dot.y + radius}" r="${radius}" />${drawWay(points)} `;
}

function drawLine({ points }: PlacedArrow): Markup {
  return html`${drawWay(points)} `;
}

/** A way with its corners rounded, and the tip at its end. */
function drawWay(points: readonly Point[]): Markup {
  const last = points.at(-1) ?? { x: 0, y: 0 };
  const before = points.at(-2) ?? last;
  const along = { x: Math.sign(last.x - before.x), y: Math.sign(last.y - before.y) };
  const base = { x: last.x - along.x * 9, y: last.y - along.y * 9 };
  const tip = [
    last,
    { x: base.x - along.y * 4.5, y: base.y + along.x * 4.5 },
    { x: base.x + along.y * 4.5, y: base.y - along.x * 4.5 },
  ];
  const [first = last, ...rest] = [...points.slice(0, -1), base];
  const steps = rest.map((corner, index) => {
    const next = rest[index + 1];
    if (next === undefined) return `L${at(corner)}`;
    const previous = rest[index - 1] ?? first;
    return `L${at(towards(corner, previous))}Q${at(corner)} ${at(towards(corner, next))}`;
  });
  return html`<path class="line" d="M${at(first)}${steps.join('')}" /><path
      class="tip"
      d="M${tip.map(at).join('L')}Z"
    />`;
}

/** The point of a corner's rounding on the side of a neighbour. */
function towards(corner: Point, neighbour: Point): Point {
  const reach = Math.min(5, Math.hypot(neighbour.x - corner.x, neighbour.y - corner.y) / 2);
  return {
    x: corner.x + Math.sign(neighbour.x - corner.x) * reach,
    y: corner.y + Math.sign(neighbour.y - corner.y) * reach,
  };
}

function drawLabel({ arrow, label }: PlacedArrow, page: string): Markup {
  return html`<g>${drawLines(arrow.lines, label, page)}</g> `;
}

function place({ x, y, width, height }: Box): Markup {
  return html` x="${x}" y="${y}" width="${width}" height="${height}"`;
}

function grown({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

function at({ x, y }: Point): string {
  return `${tenth(x)},${tenth(y)}`;
}

function tenth(length: number): number {
  return Math.round(length * 10) / 10;
}
