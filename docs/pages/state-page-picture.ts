import type { Role } from '../../model/role.js';
import { addressOfState } from '../address.js';
import { type Arrow, arrowsOf, innerLines, type Line, padding } from '../diagram.js';
import type { GraphState, StateGraph } from '../graph.js';
import { type Markup, markup, verbatim } from '../html.js';
import { type Box, grown, tenth, textStyles, textWidth } from '../measure.js';
import { pictureStyle, place, tipOf } from '../svg-parts.js';
import { addressOfRow } from '../svg.js';

/*
 * A state with its neighbours: those that it is entered from on the left, those that it is left for on the right. Every
 * arrow is level and has its label above itself, so nothing can cross.
 */

interface Neighbour {
  readonly path: string;
  readonly lines: readonly Line[];
}

const edge = 12;
const boxHeight = 46;
const rowGap = 14;
const lineHeight = textStyles.label.line;

/** Draws a state that a connection can rest in, with its neighbours. */
export function drawNeighbours(graph: StateGraph, state: GraphState): Markup {
  const arrows = arrowsOf(graph);
  const before = arrows.filter(({ target }) => target === state.path).map((arrow) => neighbourOf(arrow, arrow.source));
  const behind = arrows.filter(({ source }) => source === state.path).map((arrow) => neighbourOf(arrow, arrow.target));
  const isStart = graph.start === state.path;
  const inner = innerLines(graph, state);
  const heights = [before, behind].map(heightOf);
  const least = textStyles.name.line * 2 + padding.top + padding.bottom + inner.length * lineHeight + 12;
  const height = Math.max(least, isStart ? 80 : 0, ...heights);
  const [leftLabels, rightLabels] = [before, behind].map(widthOfLabels);
  const [leftBoxes, rightBoxes] = [before, behind].map(widthOfBoxes);
  const innerWidth = Math.max(boxWidth(state.path), ...inner.map(({ width }) => width + 2 * padding.side));
  const leftX = edge + (leftBoxes ?? 0);
  const stateX = leftX + (before.length > 0 ? (leftLabels ?? 0) : isStart ? 60 : 0);
  const rightX = stateX + innerWidth + (behind.length > 0 ? (rightLabels ?? 0) : 0);
  const width = rightX + (rightBoxes ?? 0) + edge;
  const middle: Box = { x: stateX, y: edge, width: innerWidth, height };
  const { role } = graph;
  const id = `near-${state.path}`;
  return markup`<svg class="states" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${tenth(width)} ${height + 2 * edge}" width="${tenth(width)}" height="${height + 2 * edge}" role="group" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${state.path} and its neighbours</title>
<desc id="${id}-desc">Entered from ${before.length} states, left for ${behind.length}. The tables say the same in words.</desc>
<style>
${verbatim(pictureStyle)}
</style>
<rect class="paper" width="${tenth(width)}" height="${height + 2 * edge}"/>
${isStart ? drawStart(middle) : undefined}${drawColumn(role, before, { from: leftX, to: stateX }, edge, leftBoxes ?? 0, height)}${drawColumn(role, behind, { from: stateX + innerWidth, to: rightX }, rightX, rightBoxes ?? 0, height)}${drawMiddle(state, inner, middle)}</svg>
`;
}

function neighbourOf({ lines }: Arrow, path: string): Neighbour {
  return { path, lines };
}

const rowsOf = ({ lines }: Neighbour): number => lines.reduce((sum, { rows }) => sum + rows, 0);

const rowHeight = (neighbour: Neighbour): number => Math.max(boxHeight, rowsOf(neighbour) * lineHeight + 22) + rowGap;

function heightOf(neighbours: readonly Neighbour[]): number {
  return neighbours.reduce((sum, neighbour) => sum + rowHeight(neighbour), 0);
}

function widthOfLabels(neighbours: readonly Neighbour[]): number {
  return Math.max(0, ...neighbours.flatMap(({ lines }) => lines.map(({ width }) => width))) + 36;
}

function widthOfBoxes(neighbours: readonly Neighbour[]): number {
  return Math.max(0, ...neighbours.map(({ path }) => boxWidth(path)));
}

function boxWidth(path: string): number {
  const [name, around] = namesOf(path);
  return Math.max(textWidth(name, 'name'), textWidth(around, 'note'), 90) + 2 * padding.side;
}

/** The name of a state, and those of the states around it. */
function namesOf(path: string): readonly [string, string] {
  const names = path.split('.');
  return [names.at(-1) ?? path, names.slice(0, -1).join(' · ')];
}

function drawColumn(
  role: Role,
  neighbours: readonly Neighbour[],
  way: { readonly from: number; readonly to: number },
  boxX: number,
  width: number,
  height: number,
): readonly Markup[] {
  let top = edge + (height - heightOf(neighbours)) / 2;
  return neighbours.map((neighbour) => {
    const size = rowHeight(neighbour);
    // The arrow runs below its label, through the middle of the box of the neighbour.
    const y = top + Math.max(boxHeight / 2, rowsOf(neighbour) * lineHeight + 6);
    const box = { x: boxX, y: y - boxHeight / 2, width, height: boxHeight };
    top += size;
    const { base, tip } = tipOf([
      { x: way.from, y },
      { x: way.to, y },
    ]);
    return markup`<a href="~/${addressOfState(role, neighbour.path)}"><rect class="${neighbour.path.startsWith('closed') ? 'final' : 'box'}" ${place(box)} rx="6"/>${drawName(neighbour.path, box, box.y + 3)}</a>
<path class="line" d="M${tenth(way.from)},${tenth(y)}H${tenth(base.x)}"/>${tip}
${drawLines(role, neighbour, (way.from + way.to) / 2 - 4, y)}`;
  });
}

function drawLines(role: Role, neighbour: Neighbour, x: number, y: number): readonly Markup[] {
  let top = y - 5 - rowsOf(neighbour) * lineHeight;
  return neighbour.lines.map(({ transition, event, guard, rows }) => {
    const baseline = tenth(top + textStyles.label.size);
    top += rows * lineHeight;
    const below = rows > 1 ? markup` x="${tenth(x)}" dy="${lineHeight}"` : undefined;
    const condition = guard === '' ? undefined : markup`<tspan class="guard"${below}>${guard}</tspan>`;
    return markup`<a href="~/${addressOfRow(role, transition)}"><text class="label" text-anchor="middle" x="${tenth(x)}" y="${baseline}">${event}${condition}</text></a>
`;
  });
}

function drawName(path: string, box: Box, top: number): Markup {
  const [name, around] = namesOf(path);
  const x = tenth(box.x + box.width / 2);
  return around === ''
    ? markup`<text class="name" text-anchor="middle" x="${x}" y="${tenth(top + 24)}">${name}</text>`
    : markup`<text class="label" text-anchor="middle" x="${x}" y="${tenth(top + 14)}"><tspan class="note">${around}</tspan></text><text class="name" text-anchor="middle" x="${x}" y="${tenth(top + 33)}">${name}</text>`;
}

function drawMiddle({ path, type }: GraphState, inner: readonly Line[], box: Box): Markup {
  const text = textStyles.name.line * 2 + inner.length * lineHeight;
  const top = box.y + (box.height - text) / 2 - 4;
  const lines = inner.map(({ event, guard, effects }, index) => {
    const y = tenth(top + textStyles.name.line * 2 + 12 + (index + 0.5) * lineHeight);
    return markup`<text class="label" xml:space="preserve" x="${tenth(box.x + padding.side)}" y="${y}">${event}<tspan class="guard">${guard === '' ? '' : ` ${guard}`}</tspan><tspan class="note">${effects}</tspan></text>
`;
  });
  return markup`<rect class="${type === 'final' ? 'final' : 'box'}" ${place(box)} rx="6"/>${type === 'final' ? markup`<rect class="final" ${place(grown(box, -3.5))} rx="4"/>` : undefined}${drawName(path, box, top)}
${lines}`;
}

function drawStart({ x, y, height }: Box): Markup {
  const middle = y + height / 2;
  const { base, tip } = tipOf([
    { x: x - 50, y: middle },
    { x, y: middle },
  ]);
  return markup`<circle class="tip" cx="${tenth(x - 50)}" cy="${middle}" r="7"/><path class="line" d="M${tenth(x - 50)},${middle}H${tenth(base.x)}"/>${tip}
`;
}
