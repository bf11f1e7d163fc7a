import type { Phase } from '../model/state-id.js';
import { type Box, crosses, grown, overlap, type Point, textStyles, textWidth } from './measure.js';
import type { FigureArrow, FigureState, FigureText, SequenceFigure } from './sequence-figure.js';

/*
 * Where everything in a sequence diagram lies. Time runs downwards. What happens at the outermost lines stands outside
 * them, and what is on its way between them: so the two never meet.
 */

/** A line of text with its place. */
export interface PlacedText extends Box {
  readonly text: FigureText;
  readonly anchor: 'start' | 'middle' | 'end';
}

export interface PlacedState extends Box {
  readonly state: FigureState;
}

export interface PlacedMessage {
  readonly arrow: FigureArrow;
  readonly from: Point;
  readonly to: Point;
  readonly label: readonly PlacedText[];
}

export interface PlacedLife {
  readonly name: string;
  readonly x: number;
  readonly head: Box;
  /** The phases that it goes through, each from a height on. */
  readonly phases: readonly { readonly from: number; readonly phase: Phase }[];
}

/** A sequence diagram, as numbers. */
export interface SequenceLayout {
  readonly figure: SequenceFigure;
  readonly width: number;
  readonly height: number;
  readonly lives: readonly PlacedLife[];
  readonly messages: readonly PlacedMessage[];
  readonly notes: readonly PlacedText[];
  readonly states: readonly PlacedState[];
}

/** The width of every picture: what a laptop shows. */
const width = 1200;

const headHeight = 30;
const textLine = textStyles.note.line;
const pillHeight = 24;
const beside = 14;

/** The space outside the outermost lines: two have more to tell there than many have. */
const outerOf = (lines: number): number => (lines === 2 ? 262 : 200);

/** Heights of one row: where its arrow is, where what leaves begins, and where the row ends. */
interface RowHeights {
  readonly arrowY: number;
  readonly departures: ReadonlyMap<FigureArrow, number>;
}

/** Gives everything in a figure a place. */
export function layOutSequence(figure: SequenceFigure): SequenceLayout {
  const count = figure.lines.length;
  const outer = outerOf(count);
  const xs = figure.lines.map((_, index) => outer + (index * (width - 2 * outer)) / Math.max(1, count - 1));
  const xOf = (line: number): number => xs[line] ?? 0;
  const notes: PlacedText[] = [];
  const states: PlacedState[] = [];
  const changes: { readonly line: number; readonly from: number; readonly phase: Phase }[] = [];
  const enter = (line: number, top: number, state: FigureState): void => {
    states.push({ state, ...pillOf(line, xOf(line), top, state) });
    changes.push({ line, from: top, phase: state.phase });
  };

  let y = 8 + headHeight + 8;
  for (const [line, { state }] of figure.lines.entries()) if (state !== undefined) enter(line, y, state);
  y += pillHeight + 12;
  const rows = figure.rows.map((row, index): RowHeights => {
    const arrival = figure.arrows.find(({ arrives }) => arrives === index);
    const isLevel = arrival !== undefined && isHorizontal(figure, arrival);
    const arrowY = y + (isLevel ? labelLines(arrival, xOf).length * textLine + 6 : 12);
    let low = arrowY - textLine / 2;
    for (const text of row.notes.flatMap((note) => wrapped(note, noteWidth(row.line, count)))) {
      notes.push({ text, ...noteBox(row.line, xOf(row.line), low, text) });
      low += textLine;
    }
    if (row.state !== undefined) {
      enter(row.line, low + 3, row.state);
      low += pillHeight + 6;
    }
    const departures = new Map<FigureArrow, number>();
    let leaving = arrowY + 6;
    for (const arrow of figure.arrows.filter((one) => one.leaves === index && !isHorizontal(figure, one))) {
      leaving += labelLines(arrow, xOf).length * textLine + 6;
      departures.set(arrow, leaving);
      leaving += 34;
    }
    y = Math.max(low, leaving, arrowY + 10) + 10;
    return { arrowY, departures };
  });

  const ways = figure.arrows.map((arrow) => wayOf(figure, arrow, rows, xOf));
  const labels: Box[] = [];
  const messages = figure.arrows.map((arrow, index): PlacedMessage => {
    const way = ways[index] ?? { from: { x: 0, y: 0 }, to: { x: 0, y: 0 } };
    const others = ways.filter((_, other) => other !== index);
    const label = labelOf(labelLines(arrow, xOf), way, others, labels);
    labels.push(...label);
    return { arrow, ...way, label };
  });
  const height = y + 16;
  return {
    figure,
    width,
    height,
    messages,
    notes,
    states,
    lives: figure.lines.map(({ name }, line) => ({
      name,
      x: xOf(line),
      head: headOf(name, xOf(line)),
      phases: changes.filter((change) => change.line === line).map(({ from, phase }) => ({ from, phase })),
    })),
  };
}

/**
 * Whether an arrow may be drawn level with its arrival: nothing else happened meanwhile but that earlier things of the
 * same sender arrived. Any other is drawn from where it leaves.
 */
function isHorizontal({ arrows }: SequenceFigure, { from, leaves, arrives }: FigureArrow): boolean {
  if (arrives === undefined) return false;
  for (let row = leaves + 1; row < arrives; row++) {
    if (!arrows.some((other) => other.arrives === row && other.from === from)) return false;
  }
  return true;
}

type Way = Pick<PlacedMessage, 'from' | 'to'>;

function wayOf(
  figure: SequenceFigure,
  arrow: FigureArrow,
  rows: readonly RowHeights[],
  xOf: (line: number) => number,
): Way {
  const start = xOf(arrow.from);
  const end = xOf(arrow.to);
  const level = arrow.arrives === undefined ? undefined : rows[arrow.arrives]?.arrowY;
  const startY = isHorizontal(figure, arrow) ? level : rows[arrow.leaves]?.departures.get(arrow);
  const y = startY ?? 0;
  // What is lost ends half way.
  return level === undefined
    ? { from: { x: start, y }, to: { x: (start + end) / 2, y } }
    : { from: { x: start, y }, to: { x: end, y: level } };
}

/** The text beside an arrow, in lines that fit between the two lines; half of that where it ends half way. */
function labelLines(arrow: FigureArrow, xOf: (line: number) => number): readonly FigureText[] {
  const reach = Math.abs(xOf(arrow.to) - xOf(arrow.from));
  const room = (arrow.arrives === undefined ? reach / 2 : reach) - 2 * beside;
  return arrow.texts.flatMap((text) => wrapped(text, room));
}

/** The height of a way at a place between its ends. */
function heightAt({ from, to }: Way, x: number): number {
  return from.y + ((x - from.x) / (to.x - from.x)) * (to.y - from.y);
}

/** The label above its way, or below it, at the first place where no other way and no other label is. */
function labelOf(
  lines: readonly FigureText[],
  way: Way,
  others: readonly Way[],
  labels: readonly Box[],
): readonly PlacedText[] {
  const longest = Math.max(...lines.map(({ text }) => textWidth(text, 'note')));
  const height = lines.length * textLine;
  const left = Math.min(way.from.x, way.to.x) + beside;
  const room = Math.abs(way.to.x - way.from.x) - 2 * beside - longest;
  const sender = way.to.x > way.from.x ? [0, 0.25, 0.5, 0.75, 1] : [1, 0.75, 0.5, 0.25, 0];
  const parts = way.from.y === way.to.y ? [0.5, ...sender] : sender;
  const boxAt = (part: number, side: 'above' | 'below'): Box => {
    const x = left + Math.max(0, room) * part;
    const heights = [heightAt(way, x), heightAt(way, x + longest)];
    const y = side === 'above' ? Math.min(...heights) - 5 - height : Math.max(...heights) + 3;
    return { x, y, width: longest, height };
  };
  const isFree = (box: Box, distance: number): boolean =>
    !others.some(({ from, to }) => crosses(grown(box, distance), from, to)) &&
    !labels.some((label) => overlap(box, label));
  const places = (['above', 'below'] as const).flatMap((side) => parts.map((part) => boxAt(part, side)));
  // A place that is clearly nearer to this way than to any other, or else one that no way runs through.
  const clear = places.find((place) => isFree(place, 10)) ?? places.find((place) => isFree(place, 2));
  const box = clear ?? boxAt(0.5, 'above');
  const first = boxAt(0, 'above').x;
  const anchor = room <= 0 || box.x === first ? 'start' : box.x === first + room ? 'end' : 'middle';
  return lines.map((text, index) => {
    const own = textWidth(text.text, 'note');
    const shift = anchor === 'start' ? 0 : anchor === 'end' ? longest - own : (longest - own) / 2;
    return { text, anchor, x: box.x + shift, y: box.y + index * textLine, width: own, height: textLine };
  });
}

function headOf(name: string, x: number): Box {
  const size = textWidth(name, 'name') + 32;
  return { x: x - size / 2, y: 8, width: size, height: headHeight };
}

/** Notes stand left of the first line and right of every other one. */
function noteBox(line: number, x: number, y: number, { text }: FigureText) {
  const size = textWidth(text, 'note');
  return line === 0
    ? ({ anchor: 'end', x: x - beside - size, y, width: size, height: textLine } as const)
    : ({ anchor: 'start', x: x + beside, y, width: size, height: textLine } as const);
}

function noteWidth(line: number, count: number): number {
  const outer = outerOf(count);
  const isOuter = line === 0 || line === count - 1;
  return (isOuter ? outer : (width - 2 * outer) / (count - 1)) - beside - 8;
}

function pillOf(line: number, x: number, y: number, { name }: FigureState): Box {
  const size = textWidth(name, 'note') + 16;
  return { x: line === 0 ? x - beside - size : x + beside, y, width: size, height: pillHeight };
}

/** A text in lines that are no wider than so many pixels. */
export function wrapped(text: FigureText, room: number): readonly FigureText[] {
  const most = Math.max(8, Math.floor(room / (textWidth('0'.repeat(100), 'note') / 100)));
  const lines: string[] = [];
  for (const word of text.text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else for (let at = 0; at === 0 || at < word.length; at += most) lines.push(word.slice(at, at + most));
  }
  return lines.map((line) => ({ ...text, text: line }));
}
