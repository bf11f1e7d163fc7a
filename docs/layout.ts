import elk, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import { type Arrow, arrowsOf, boxSize, innerLines, type Line } from './diagram.js';
import { type GraphState, type StateGraph, statesIn } from './graph.js';
import { type Box, type Point, textStyles } from './measure.js';

/** A state with its place. */
export interface PlacedState extends Box {
  readonly state: GraphState;
  /** How many states lie around it. */
  readonly depth: number;
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

/** The engine's options, see https://eclipse.dev/elk/reference/options.html */
const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.randomSeed': '1',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.padding': '[top=16,left=16,bottom=16,right=16]',
  'elk.spacing.nodeNode': '24',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '14',
  'elk.spacing.edgeLabel': '5',
  'elk.spacing.labelLabel': '12',
  'elk.layered.spacing.nodeNodeBetweenLayers': '24',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.edgeLabels.sideSelection': 'ALWAYS_DOWN',
} as const;

/** Gives every state, arrow and label a place. The same graph always gives the same places. */
export async function layOut(graph: StateGraph): Promise<Layout> {
  const arrows = arrowsOf(graph);
  // The module is CommonJS: what it calls its default export is a property of what arrives here.
  const engine = new elk.default();
  const root: ElkNode = await engine.layout<ElkNode>({
    id: '(root)',
    layoutOptions: { ...options },
    children: [{ id: startId, width: 14, height: 14 }, ...childrenOf(graph, undefined)],
    edges: [{ id: startId, sources: [startId], targets: [graph.start] }, ...arrows.map(edgeOf)],
  });
  const nodes = new Map(descendants(root).map((node) => [node.id, node]));
  const edges = new Map([root, ...nodes.values()].flatMap((node) => node.edges ?? []).map((edge) => [edge.id, edge]));
  return {
    graph,
    width: Math.ceil(root.width ?? 0),
    height: Math.ceil(root.height ?? 0),
    states: graph.states.map((state) => ({
      state,
      depth: state.path.split('.').length - 1,
      lines: innerLines(graph, state),
      ...boxOf(nodes.get(state.path)),
    })),
    arrows: arrows.map((arrow) => {
      const edge = edges.get(arrow.id);
      return { arrow, points: pointsOf(edge), label: boxOf(edge?.labels?.[0]) };
    }),
    start: { dot: boxOf(nodes.get(startId)), points: pointsOf(edges.get(startId)) },
  };
}

function childrenOf(graph: StateGraph, path: string | undefined): ElkNode[] {
  return statesIn(graph, path).map((state) => ({
    id: state.path,
    ...(state.type === 'compound'
      ? {
          children: childrenOf(graph, state.path),
          layoutOptions: {
            'elk.padding': `[top=${textStyles.name.line + 20},left=16,bottom=16,right=16]`,
            'elk.nodeSize.constraints': 'MINIMUM_SIZE',
          },
        }
      : boxSize(graph, state)),
  }));
}

function edgeOf({ id, source, target, width, height }: Arrow): ElkExtendedEdge {
  return { id, sources: [source], targets: [target], labels: [{ text: id, width, height }] };
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

function tenth(length: number): number {
  return Math.round(length * 10) / 10;
}
