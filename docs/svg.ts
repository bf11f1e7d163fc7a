import { padding } from './diagram.js';
import { markup, type Markup, verbatim } from './html.js';
import type { Layout, PlacedArrow, PlacedState } from './layout.js';
import type { Line } from './diagram.js';
import { type Box, grown, type Point, tenth, textStyles } from './measure.js';
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
  `.states text{${paint('fill', 'ink')}}`,
  `.states .name{font:600 ${textStyles.name.size}px ${sans}}`,
  `.states .label{font:${textStyles.label.size}px ${mono};${paint('fill', 'event')}}`,
  `.states .note{font-size:${textStyles.note.size}px;${paint('fill', 'quiet')}}`,
  `.states .guard{${paint('fill', 'guard')}}`,
  `.states a:hover text,.states a:focus text,.states a:target text{text-decoration:underline}`,
  `.states :target .box,.states :target .final{${paint('fill', 'mark')}}`,
].join('\n');

/**
 * Draws a layout. The same layout always gives the same bytes. Colours follow the reader's preference for light or
 * dark; each state and each transition is a link to the row that describes it.
 */
export function drawSvg(layout: Layout, { page }: SvgOptions): Markup {
  const { role } = layout.graph;
  const { width, height } = layout;
  const groups = layout.states.filter(({ state }) => state.type === 'compound');
  const leaves = layout.states.filter(({ state }) => state.type !== 'compound');
  const size = markup`viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  const names = markup`role="group" aria-labelledby="${role}-title ${role}-desc"`;
  return markup`<svg class="states" xmlns="http://www.w3.org/2000/svg" ${size} ${names}>
<title id="${role}-title">States of the connection of a ${role}</title>
<desc id="${role}-desc">${description(layout)}</desc>
<style>
${verbatim(style)}
</style>
<rect class="paper" width="${width}" height="${height}"/>
${groups.map((group) => drawGroup(group, page))}${drawStart(layout)}${layout.arrows.map(({ points }) => drawWay(points))}${leaves.map(
    (leaf) => drawLeaf(leaf, page),
  )}${layout.arrows.map((arrow) => drawLabel(arrow, page))}</svg>
`;
}

function description({ graph, arrows }: Layout): string {
  const resting = graph.states.filter(({ type }) => type !== 'compound');
  const ends = resting.filter(({ type }) => type === 'final').map(({ path }) => path);
  return (
    `${resting.length} states in which a connection can rest, and ${arrows.length} arrows between them, ` +
    `from ${graph.start} to ${ends.join(', ')}. The tables beside the picture say the same in words.`
  );
}

function drawGroup({ state, depth, title, ...box }: PlacedState, page: string): Markup {
  return markup`<g id="${stateAnchor(state.path)}"><rect class="group-${Math.min(depth, 1)}" ${place(box)} rx="8"/>
<a href="${page}#${rowAnchor(state.path)}"><title>${state.says}</title>
<text class="name" x="${title.x}" y="${baselineOf(title)}">${state.name}</text></a></g>
`;
}

function drawLeaf({ state, lines, title, depth: _, ...box }: PlacedState, page: string): Markup {
  const final = state.type === 'final';
  const name = markup`x="${tenth(title.x + title.width / 2)}" y="${baselineOf(title)}"`;
  const rule = title.y + title.height + 2;
  const list = { x: tenth(box.x + padding.side), y: rule + 6 };
  return markup`<g id="${stateAnchor(state.path)}"><rect class="${final ? 'final' : 'box'}" ${place(box)} rx="6"/>
${final ? markup`<rect class="final" ${place(grown(box, -3.5))} rx="4"/>` : undefined}
<a href="${page}#${rowAnchor(state.path)}"><title>${state.says}</title>
<text class="name" text-anchor="middle" ${name}>${state.name}</text></a>
${lines.length > 0 ? markup`<path class="rule" d="M${box.x} ${tenth(rule)}h${box.width}"/>` : undefined}
${drawLines(lines, list, page, 'start')}</g>
`;
}

function baselineOf(title: Box): number {
  return tenth(title.y + textStyles.name.size);
}

/** The lines of a box from its left side on, or of an arrow up to its way. */
function drawLines(lines: readonly Line[], { x, y }: Point, page: string, anchor: 'start' | 'end'): readonly Markup[] {
  let top = y;
  return lines.map(({ transition, event, guard, effects, rows }) => {
    const baseline = tenth(top + textStyles.label.size);
    top += rows * textStyles.label.line;
    const below = rows > 1 ? markup` x="${x}" dy="${textStyles.label.line}"` : undefined;
    const condition = guard === '' ? undefined : markup`<tspan class="guard"${below}>${guard}</tspan>`;
    const note = effects === '' ? undefined : markup`<tspan class="note">${effects}</tspan>`;
    const gap = event !== '' && guard !== '' && rows === 1 ? ' ' : '';
    const text = markup`${event}${gap}${condition}${note}`;
    return markup`<a id="${transitionAnchor(transition.id)}" href="${page}#${rowAnchor(transition.id)}">
<title>${transition.says}</title>
<text class="label" xml:space="preserve" text-anchor="${anchor}" x="${x}" y="${baseline}">${text}</text></a>
`;
  });
}

/** The label beside a vertical part of its way: set towards it. */
function drawLabel({ arrow, label, points }: PlacedArrow, page: string): readonly Markup[] {
  const middle = label.y + label.height / 2;
  const beside = points.find((point, index) => {
    const next = points[index + 1];
    return next !== undefined && Math.min(point.y, next.y) <= middle && middle <= Math.max(point.y, next.y);
  });
  const before = beside !== undefined && beside.x > label.x;
  return drawLines(
    arrow.lines,
    { x: before ? label.x + label.width : label.x, y: label.y },
    page,
    before ? 'end' : 'start',
  );
}

function drawStart({ start }: Layout): Markup {
  const { dot, points } = start;
  const radius = dot.width / 2;
  return markup`<circle class="tip" cx="${dot.x + radius}" cy="${dot.y + radius}" r="${radius}"/>
${drawWay(points)}`;
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
  const [first, ...rest] = [...points.slice(0, -1), base];
  const steps = rest.map((corner, index) => {
    const next = rest[index + 1];
    if (next === undefined) return `L${at(corner)}`;
    const previous = rest[index - 1] ?? first;
    return `L${at(towards(corner, previous))}Q${at(corner)} ${at(towards(corner, next))}`;
  });
  return markup`<path class="line" d="M${at(first)}${steps}"/><path class="tip" d="M${tip.map(at).join('L')}Z"/>
`;
}

/** The point of a corner's rounding on the side of a neighbour. */
function towards(corner: Point, neighbour: Point): Point {
  const reach = Math.min(5, Math.hypot(neighbour.x - corner.x, neighbour.y - corner.y) / 2);
  return {
    x: corner.x + Math.sign(neighbour.x - corner.x) * reach,
    y: corner.y + Math.sign(neighbour.y - corner.y) * reach,
  };
}

function place({ x, y, width, height }: Box): Markup {
  return markup`x="${tenth(x)}" y="${tenth(y)}" width="${tenth(width)}" height="${tenth(height)}"`;
}

function at({ x, y }: Point): string {
  return `${tenth(x)},${tenth(y)}`;
}
