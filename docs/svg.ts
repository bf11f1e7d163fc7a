import { addressOfState } from './address.js';
import { padding } from './diagram.js';
import type { GraphTransition } from './graph.js';
import { markup, type Markup, verbatim } from './html.js';
import type { Layout, PlacedArrow, PlacedState } from './layout.js';
import type { Line } from './diagram.js';
import { type Box, grown, type Point, tenth, textStyles } from './measure.js';
import type { Role } from '../model/role.js';
import { drawWay, pictureStyle, place } from './svg-parts.js';

/** The id of a state in the picture. */
export function stateAnchor(path: string): string {
  return `state-${path}`;
}

/** The id of a transition in the picture. */
export function transitionAnchor(id: string): string {
  return `transition-${id}`;
}

/** The row of a transition on the page of the state that it leaves. */
export function addressOfRow(role: Role, { source, id }: GraphTransition): string {
  return `${addressOfState(role, source)}#${rowAnchor(id)}`;
}

/** The id of the row that describes a state or transition. */
export function rowAnchor(id: string): string {
  return `about-${id}`;
}

/**
 * Draws a layout. The same layout always gives the same bytes. Colours follow the reader's preference for light or
 * dark; each state is a link to its page, and each transition to its row on the page of the state that it leaves.
 */
export function drawSvg(layout: Layout): Markup {
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
${verbatim(pictureStyle)}
</style>
<rect class="paper" width="${width}" height="${height}"/>
${groups.map((group) => drawGroup(group, role))}${drawStart(layout)}${layout.arrows.map(({ points }) => drawWay(points))}${leaves.map(
    (leaf) => drawLeaf(leaf, role),
  )}${layout.arrows.map((arrow) => drawLabel(arrow, role))}</svg>
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

function drawGroup({ state, depth, title, ...box }: PlacedState, role: Role): Markup {
  return markup`<g id="${stateAnchor(state.path)}"><rect class="group-${Math.min(depth, 1)}" ${place(box)} rx="8"/>
<a href="~/${addressOfState(role, state.path)}"><title>${state.says}</title>
<text class="name" x="${title.x}" y="${baselineOf(title)}">${state.name}</text></a></g>
`;
}

function drawLeaf({ state, lines, title, depth: _, ...box }: PlacedState, role: Role): Markup {
  const final = state.type === 'final';
  const name = markup`x="${tenth(title.x + title.width / 2)}" y="${baselineOf(title)}"`;
  const rule = title.y + title.height + 2;
  const list = { x: tenth(box.x + padding.side), y: rule + 6 };
  return markup`<g id="${stateAnchor(state.path)}"><rect class="${final ? 'final' : 'box'}" ${place(box)} rx="6"/>
${final ? markup`<rect class="final" ${place(grown(box, -3.5))} rx="4"/>` : undefined}
<a href="~/${addressOfState(role, state.path)}"><title>${state.says}</title>
<text class="name" text-anchor="middle" ${name}>${state.name}</text></a>
${lines.length > 0 ? markup`<path class="rule" d="M${box.x} ${tenth(rule)}h${box.width}"/>` : undefined}
${drawLines(lines, list, role, 'start')}</g>
`;
}

function baselineOf(title: Box): number {
  return tenth(title.y + textStyles.name.size);
}

/** The lines of a box from its left side on, or of an arrow up to its way. */
function drawLines(lines: readonly Line[], { x, y }: Point, role: Role, anchor: 'start' | 'end'): readonly Markup[] {
  let top = y;
  return lines.map(({ transition, event, guard, effects, rows }) => {
    const baseline = tenth(top + textStyles.label.size);
    top += rows * textStyles.label.line;
    const below = rows > 1 ? markup` x="${x}" dy="${textStyles.label.line}"` : undefined;
    const condition = guard === '' ? undefined : markup`<tspan class="guard"${below}>${guard}</tspan>`;
    const note = effects === '' ? undefined : markup`<tspan class="note">${effects}</tspan>`;
    const gap = event !== '' && guard !== '' && rows === 1 ? ' ' : '';
    const text = markup`${event}${gap}${condition}${note}`;
    return markup`<a id="${transitionAnchor(transition.id)}" href="~/${addressOfRow(role, transition)}">
<title>${transition.says}</title>
<text class="label" xml:space="preserve" text-anchor="${anchor}" x="${x}" y="${baseline}">${text}</text></a>
`;
  });
}

/** The label beside a vertical part of its way: set towards it. */
function drawLabel({ arrow, label, points }: PlacedArrow, role: Role): readonly Markup[] {
  const middle = label.y + label.height / 2;
  const beside = points.find((point, index) => {
    const next = points[index + 1];
    return next !== undefined && Math.min(point.y, next.y) <= middle && middle <= Math.max(point.y, next.y);
  });
  const before = beside !== undefined && beside.x > label.x;
  return drawLines(
    arrow.lines,
    { x: before ? label.x + label.width : label.x, y: label.y },
    role,
    before ? 'end' : 'start',
  );
}

function drawStart({ start }: Layout): Markup {
  const { dot, points } = start;
  const radius = dot.width / 2;
  return markup`<circle class="tip" cx="${dot.x + radius}" cy="${dot.y + radius}" r="${radius}"/>
${drawWay(points)}`;
}
