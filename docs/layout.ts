import elk, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import { type Arrow, arrowsOf, boxSize, innerLines, type Line, padding } from './diagram.js';
import { type GraphState, type StateGraph, statesIn } from './graph.js';
import { type Box, boxOfLine, grown, overlap, type Point, tenth, textStyles, textWidth } from './measure.js';

/** A state with its place. */
export interface PlacedState extends Box {
  readonly state: GraphState;
  /** How many states lie around it. */
  readonly depth: number;
  /** The place of the name. */
  readonly title: Box;
  /** The transitions that stay in the state. */
  readonly lines: readonly Line[];
}

/** An arrow with its way and the place of its label. */
export interface PlacedArrow {
  readonly arrow: Arrow;
  readonly points: readonly Point[];
  readonly label: Box;
}

/** The picture of a graph, as numbers. */
export interface Layout extends Pick<Box, 'width' | 'height'> {
  readonly graph: StateGraph;
  /** Outer states before inner ones. */
  readonly states: readonly PlacedState[];
  readonly arrows: readonly PlacedArrow[];
  /** The dot before the first state, and the way from it. */
  readonly start: { readonly dot: Box; readonly points: readonly Point[] };
}

const startId = '(start)';

/** How far a label keeps from its own way. */
const labelGap = 6;

/** What a laptop shows of a picture, 1280 pixels less the margins of a page and its scroll bar. */
export const laptopWidth = 1220;

/**
 * The engine begins from a chance order; of these beginnings the one with the calmest picture is taken. Zero is not
 * among them: to the engine it means the time of day.
 */
const seeds = [1, 3] as const;

/** The engine's options, see https://eclipse.dev/elk/reference/options.html */
const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.spacing.nodeNode': '16',
  'elk.spacing.edgeNode': '12',
  'elk.spacing.edgeEdge': '10',
  'elk.spacing.edgeLabel': '5',
  'elk.spacing.labelLabel': '8',
  'elk.layered.spacing.nodeNodeBetweenLayers': '26',
  'elk.layered.spacing.edgeNodeBetweenLayers': '20',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.layered.nodePlacement.strategy': 'LINEAR_SEGMENTS',
  'elk.layered.edgeLabels.sideSelection': 'ALWAYS_DOWN',
  'elk.layered.edgeLabels.centerLabelPlacementStrategy': 'TAIL_LAYER',
  'elk.layered.thoroughness': '20',
} as const;

/** What the engine does not take over from the picture into its compound states. */
const inside = { 'elk.layered.spacing.edgeNodeBetweenLayers': '14' } as const;

/** Gives every state, arrow and label a place. The same graph always gives the same places. */
export async function layOut(graph: StateGraph): Promise<Layout> {
  const [first, ...others] = seeds;
  let best = await layOutFrom(graph, first);
  for (const seed of others) {
    const other = await layOutFrom(graph, seed);
    if (unrest(other) < unrest(best)) best = other;
  }
  return best;
}

/** How much a picture asks of its reader: names crossed by arrows, width to scroll for, arrows that cross, corners, and size. */
function unrest({ states, arrows, start, width, height }: Layout): number {
  const ways = [start.points, ...arrows.map(({ points }) => points)].map(linesOf);
  const crossings = ways.flatMap((way, index) =>
    ways
      .slice(index + 1)
      .flatMap((other) => way.flatMap((a) => other.filter((b) => overlap(grown(a, 0.5), grown(b, 0.5))))),
  );
  const crossed = states.filter(({ title }) => ways.flat().some((line) => overlap(title, line)));
  const beyond = Math.max(0, width - laptopWidth);
  return crossed.length * 1000 + beyond * 50 + crossings.length * 60 + ways.flat().length * 8 + width + height / 2;
}

async function layOutFrom(graph: StateGraph, seed: number): Promise<Layout> {
  const arrows = arrowsOf(graph);
  // The module is CommonJS: what it calls its default export is a property of what arrives here.
  const engine = new elk.default();
  const root: ElkNode = await engine.layout<ElkNode>({
    id: '(root)',
    layoutOptions: { ...options, 'elk.randomSeed': String(seed), 'elk.padding': paddingOf(16) },
    children: [{ id: startId, width: 14, height: 14 }, ...childrenOf(graph, undefined)],
    edges: [{ id: startId, sources: [startId], targets: [graph.start] }, ...arrows.map(edgeOf)],
  });
  const nodes = new Map(descendants(root).map((node) => [node.id, node]));
  const edges = new Map([root, ...nodes.values()].flatMap((node) => node.edges ?? []).map((edge) => [edge.id, edge]));
  const start = { dot: boxOf(nodes.get(startId)), points: pointsOf(edges.get(startId)) };
  const placed = arrows.map((arrow): PlacedArrow => {
    const edge = edges.get(arrow.id);
    return { arrow, points: pointsOf(edge), label: inset(boxOf(edge?.labels?.[0])) };
  });
  const ways = [start.points, ...placed.map(({ points }) => points)].flatMap(linesOf);
  return {
    graph,
    width: Math.ceil(root.width ?? 0),
    height: Math.ceil(root.height ?? 0),
    states: graph.states.map((state) => {
      const box = boxOf(nodes.get(state.path));
      const depth = state.path.split('.').length - 1;
      return { state, depth, title: titleOf(state, box, ways), lines: innerLines(graph, state), ...box };
    }),
    arrows: placed,
    start,
  };
}

/** The straight parts of a way, as rectangles without an area. */
export function linesOf(points: readonly Point[]): readonly Box[] {
  return points.slice(1).map((point, index) => boxOfLine(points[index] ?? point, point));
}

/** The name in the middle of a leaf; in a compound state at the top, the leftmost place that no arrow runs through. */
function titleOf({ name, type }: GraphState, box: Box, ways: readonly Box[]): Box {
  const size = { width: textWidth(name, 'name'), height: textStyles.name.line };
  const y = tenth(box.y + padding.top);
  if (type !== 'compound') return { x: tenth(box.x + (box.width - size.width) / 2), y, ...size };
  const left = box.x + padding.side;
  const right = box.x + box.width - padding.side - size.width;
  for (let x = left; x <= right; x += 4) {
    const title = { x: tenth(x), y, ...size };
    if (!ways.some((way) => overlap(grown(title, labelGap), way))) return title;
  }
  return { x: tenth(left), y, ...size };
}

function paddingOf(top: number): string {
  return `[top=${top},left=16,bottom=16,right=16]`;
}

function childrenOf(graph: StateGraph, path: string | undefined): ElkNode[] {
  return statesIn(graph, path).map((state) => ({
    id: state.path,
    ...(state.type === 'compound'
      ? {
          children: childrenOf(graph, state.path),
          layoutOptions: { ...inside, 'elk.padding': paddingOf(textStyles.name.line + 20) },
        }
      : boxSize(graph, state)),
  }));
}

function edgeOf({ id, source, target, width, height }: Arrow): ElkExtendedEdge {
  return { id, sources: [source], targets: [target], labels: [{ text: id, width: width + 2 * labelGap, height }] };
}

function descendants(node: ElkNode): readonly ElkNode[] {
  return (node.children ?? []).flatMap((child) => [child, ...descendants(child)]);
}

function boxOf(shape: Partial<Box> | undefined): Box {
  if (shape?.x === undefined || shape.y === undefined)
    throw new RangeError('the layout left something without a place');
  return { x: tenth(shape.x), y: tenth(shape.y), width: tenth(shape.width ?? 0), height: tenth(shape.height ?? 0) };
}

function pointsOf(edge: ElkExtendedEdge | undefined): readonly Point[] {
  const [section] = edge?.sections ?? [];
  if (section === undefined) throw new RangeError('the layout left an arrow without a way');
  return [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(({ x, y }) => ({
    x: tenth(x),
    y: tenth(y),
  }));
}

/** A label without the space that it keeps from its way. */
function inset({ x, y, width, height }: Box): Box {
  return { x: tenth(x + labelGap), y, width: tenth(width - 2 * labelGap), height };
}
