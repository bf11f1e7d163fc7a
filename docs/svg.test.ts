import { beforeAll, describe, expect, test } from 'vitest';
import { graphOf } from './graph.js';
import { laptopWidth, layOut, type Layout, linesOf, type PlacedArrow } from './layout.js';
import { type Box, grown, overlap } from './measure.js';
import { drawSvg, stateAnchor, transitionAnchor } from './svg.js';
import { scanMarkup } from './well-formed.js';

/** Layouts take a second each, and more where other work is done beside them. */
const patience = 60_000;

/** Pairs of things whose boxes overlap. */
function clashes<A extends Box, B extends Box>(as: readonly A[], bs: readonly B[]): readonly (readonly [A, B])[] {
  return as.flatMap((a) => bs.filter((b) => overlap(a, b)).map((b) => [a, b] as const));
}

describe.each(['client', 'server'] as const)('the picture of the %s', (role) => {
  const graph = graphOf(role);
  let layout: Layout;
  let labels: readonly (Box & { readonly arrow: PlacedArrow })[];

  beforeAll(async () => {
    layout = await layOut(graph);
    labels = layout.arrows.map((arrow) => ({ ...arrow.label, arrow }));
  }, patience);

  test('fits the width of a laptop at full size', () => {
    expect(layout.width).toBeLessThanOrEqual(laptopWidth);
  });

  test('has no label over another, over a name or over the edge', () => {
    const titles = layout.states.map(({ title }) => title);
    for (const [index, label] of labels.entries()) {
      expect(clashes([label], [...labels.slice(index + 1), ...titles])).toEqual([]);
      expect(label.x >= 0 && label.x + label.width <= layout.width).toBe(true);
    }
  });

  test('has no label over a state, except inside the states that enclose both its ends', () => {
    for (const [label, { state }] of clashes(labels, layout.states)) {
      const { source, target } = label.arrow.arrow;
      expect([source, target].every((path) => path.startsWith(`${state.path}.`))).toBe(true);
    }
  });

  test('has no arrow through a label or a name', () => {
    const ways = [layout.start.points, ...layout.arrows.map(({ points }) => points)].flatMap(linesOf);
    expect(clashes(labels, ways)).toEqual([]);
    expect(
      clashes(
        layout.states.map(({ title, state }) => ({ ...title, state })),
        ways,
      ),
    ).toEqual([]);
  });

  test('has no arrow through a leaf, and no leaf over another', () => {
    const leaves = layout.states.filter(({ state }) => state.type !== 'compound');
    const ways = [layout.start.points, ...layout.arrows.map(({ points }) => points)].flatMap(linesOf);
    expect(
      clashes(
        leaves.map((leaf) => grown(leaf, -1)),
        ways,
      ),
    ).toEqual([]);
    for (const [index, leaf] of leaves.entries()) expect(clashes([leaf], leaves.slice(index + 1))).toEqual([]);
  });

  test('keeps every label nearer to its own arrow than to any other', () => {
    const distance = (label: Box, { points }: PlacedArrow): number => {
      const lines = linesOf(points);
      let reach = 0;
      while (clashes([grown(label, reach)], lines).length === 0) reach += 0.5;
      return reach;
    };
    for (const label of labels) {
      const own = distance(label, label.arrow);
      expect(own).toBeLessThanOrEqual(14);
      const nearer = layout.arrows.filter((other) => other !== label.arrow && distance(label, other) <= own);
      expect(nearer.map(({ arrow }) => `${arrow.id} is nearer than ${label.arrow.arrow.id}`)).toEqual([]);
    }
  });

  test('has only arrows along the axes, each from its source to its target', () => {
    const boxes = new Map(layout.states.map((box) => [box.state.path, grown(box, 1)]));
    for (const { arrow, points } of layout.arrows) {
      expect(linesOf(points).filter(({ width, height }) => width > 0.2 && height > 0.2)).toEqual([]);
      const ends = [points.at(0), points.at(-1)].map((point) => ({ x: 0, y: 0, ...point, width: 0, height: 0 }));
      const places = [boxes.get(arrow.source), boxes.get(arrow.target)];
      expect(ends.map((end, index) => overlap(end, places[index] ?? end))).toEqual([true, true]);
    }
  });

  test('is well-formed and shows every state and every transition exactly once', () => {
    const scan = scanMarkup(drawSvg(layout).markup);
    if (!scan.ok) throw new Error(scan.says);
    const ids = scan.elements.flatMap(({ attributes }) => attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const expected = [
      ...graph.states.map(({ path }) => stateAnchor(path)),
      ...graph.transitions.map(({ id }) => transitionAnchor(id)),
    ];
    expect(ids.filter((id) => /^(state|transition)-/.test(id)).sort()).toEqual(expected.sort());
  });

  test(
    'is the same in every byte when it is drawn again',
    async () => {
      const again = await layOut(graphOf(role));
      expect(drawSvg(again).markup).toBe(drawSvg(layout).markup);
    },
    patience,
  );
});
