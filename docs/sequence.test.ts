import { describe, expect, test } from 'vitest';
import { concatBytes } from '../model/bytes.js';
import { graphOf } from './graph.js';
import { type Box, crosses, grown, overlap } from './measure.js';
import { runGroups } from './pages/runs.js';
import { chainFigure, chainRuns } from './pages/runs-timeouts.js';
import { figureOf } from './sequence-figure.js';
import { layOutSequence } from './sequence-layout.js';
import { recordRun } from './sequence-record.js';
import { drawSequence } from './sequence-svg.js';
import { eventsOf, transitionsOf } from './sequence-words.js';
import { scanMarkup } from './well-formed.js';

const runs = runGroups.flatMap(({ runs: list }) => list);
const records = runs.map((run) => ({ ...run, record: recordRun(run.plan) }));
const graphs = { client: graphOf('client'), server: graphOf('server') };

describe.each(records)('the run $name', ({ record }) => {
  test('goes from state to state by transitions of the machine', () => {
    const now = { ...record.start };
    for (const step of record.steps) {
      expect(step.before.state).toBe(now[step.at]);
      now[step.at] = step.after.state;
      const taken = transitionsOf(graphs[step.at], step);
      expect(taken.length).toBe(eventsOf(step).length === 0 ? 0 : 1);
      expect(taken.every(({ rests }) => rests === step.after.state)).toBe(true);
      if (taken.length === 0) expect(step.after.state).toBe(step.before.state);
    }
  });

  test('shows every byte that the sides wrote, and has nothing on its way in the end but what was lost', () => {
    for (const role of ['client', 'server'] as const) {
      const from = record.sent.filter((one) => one.from === role);
      const read = record.steps.flatMap(({ at, input }) =>
        at !== role && input.type === 'bytes' ? [input.bytes] : [],
      );
      expect(concatBytes(from.filter(({ arrives }) => arrives !== undefined).map(({ bytes }) => bytes))).toEqual(
        concatBytes(read),
      );
    }
    for (const { from, leaves, arrives } of record.sent) {
      expect(record.steps[leaves]?.at).toBe(from);
      if (arrives !== undefined) expect(arrives).toBeGreaterThan(leaves);
    }
  });
});

const figures = [
  ...records.map(({ name, title, record }) => figureOf(name, title, record)),
  ...chainRuns.map(chainFigure),
];

describe.each(figures)('the picture of $id', (figure) => {
  const { width, height, messages, notes, states, lives } = layOutSequence(figure);
  const labels = messages.flatMap(({ label }) => label);
  const boxes: readonly Box[] = [...labels, ...notes, ...states, ...lives.map(({ head }) => head)];

  test('has no text over another, over a life line, over an arrow or over the edge', () => {
    for (const [index, box] of boxes.entries()) {
      expect(boxes.slice(index + 1).filter((other) => overlap(box, other))).toEqual([]);
      expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(true);
    }
    for (const box of [...labels, ...notes, ...states]) {
      for (const { x } of lives) expect(crosses(box, { x, y: 0 }, { x, y: height })).toBe(false);
      for (const { from, to } of messages) expect(crosses(box, from, to)).toBe(false);
    }
  });

  test('has every label nearer to its own arrow than to any other', () => {
    const distance = (box: Box, { from, to }: (typeof messages)[number]): number => {
      let reach = 0;
      while (!crosses(grown(box, reach), from, to)) reach += 1;
      return reach;
    };
    for (const message of messages) {
      const first = message.label[0];
      if (first === undefined) continue;
      const all = message.label.reduce<Box>(
        (box, line) => ({
          x: Math.min(box.x, line.x),
          y: box.y,
          width: Math.max(box.width, line.width),
          height: line.y + line.height - box.y,
        }),
        first,
      );
      const own = distance(all, message);
      expect(own).toBeLessThanOrEqual(8);
      expect(messages.filter((other) => other !== message && distance(all, other) <= own)).toEqual([]);
    }
  });

  test('is well-formed, and is the same in every byte when it is drawn again', () => {
    const drawn = drawSequence(layOutSequence(figure)).markup;
    expect(scanMarkup(drawn).ok).toBe(true);
    expect(drawSequence(layOutSequence(figure)).markup).toBe(drawn);
  });
});
