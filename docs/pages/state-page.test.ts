import { describe, expect, test } from 'vitest';
import { machineContextOf } from '../../model/connection.js';
import { machineEvents, type MachineEventType } from '../../model/machine-setup.js';
import { stateIds } from '../../model/state-id.js';
import { step } from '../../model/step.js';
import { graphOf, type StateGraph } from '../graph.js';
import { laptopWidth } from '../layout.js';
import { addressOfState } from '../address.js';
import { rowAnchor } from '../svg.js';
import { scanMarkup } from '../well-formed.js';
import { renderPage } from '../page.js';
import { statePages } from './state-page.js';
import { whatIgnoringMeans } from './state-page-ignored.js';
import { sampleOf } from './state-page-samples.js';
import { shortestWays } from './state-page-way.js';
import { alone, common, compare } from './states-compared.js';

const events = Object.keys(machineEvents) as MachineEventType[];

/** How many inputs it takes to get into each state, worked out on the graph alone, without running anything. */
function distances(graph: StateGraph, answersCloseAtOnce: boolean): ReadonlyMap<string, number> {
  const context = machineContextOf({ answersCloseAtOnce });
  const far = new Map([[graph.start, 0]]);
  for (const [path, distance] of far) {
    const seen = new Set<string>();
    for (const { source, event, guard, rests } of graph.transitions) {
      if (source !== path || seen.has(event) || (guard !== undefined && !context[guard])) continue;
      seen.add(event);
      if (!far.has(rests)) far.set(rests, distance + 1);
    }
  }
  return far;
}

describe.each(['client', 'server'] as const)('the pages of the states of a %s', (role) => {
  const graph = graphOf(role);
  const ways = shortestWays(graph, events);
  const pages = statePages(graph);

  test('show a run into every state, and no shorter one exists', () => {
    expect([...ways.keys()].sort()).toEqual([...stateIds[role]].sort());
    for (const [state, { steps, connection, isPatient }] of ways) {
      expect(connection.state).toBe(state);
      expect(steps.at(-1)?.after).toBe(state);
      expect(steps.length - 1, state).toBe(distances(graph, !isPatient).get(state));
    }
  });

  test('try on the model what the machine does not know, and what it knows has the outcome that is told', () => {
    for (const { connection } of ways.values()) {
      for (const event of events) {
        const row = connection.settings.table.row(connection.state, event);
        const known = graph.transitions.some(({ source, event: own }) => source === connection.state && own === event);
        if (!known && graph.transitions.some((transition) => transition.event === event)) {
          expect(whatIgnoringMeans(connection, event)).not.toBe('');
        } else if (row !== undefined && event !== 'handshake.malformed' && event !== 'local.send') {
          expect(step(connection, sampleOf(role, event))[0].state, `${event} in ${connection.state}`).toBe(row.next);
        }
      }
    }
  });

  test('have an address each, a row for every input, and pictures that fit a laptop', () => {
    expect(pages.map(({ path }) => path)).toEqual(graph.states.map(({ path }) => addressOfState(role, path)));
    const ofRole = new Set(graph.transitions.map(({ event }) => event));
    for (const [index, { path, type }] of graph.states.entries()) {
      const page = pages[index];
      const scan = scanMarkup(page === undefined ? '' : renderPage(page, {}));
      if (!scan.ok) throw new Error(`${path}: ${scan.says}`);
      const own = graph.transitions.filter(({ source }) => source === path);
      const rows = scan.elements.filter(({ name }) => name === 'tr').map(({ attributes }) => attributes);
      expect(rows.flatMap((attributes) => attributes.get('id') ?? []).sort()).toEqual(
        own.map(({ id }) => rowAnchor(id)).sort(),
      );
      if (type === 'compound') continue;
      const ignored = rows.filter((attributes) => attributes.get('class') === 'ignored').length;
      expect(ignored).toBe(ofRole.size - new Set(own.map(({ event }) => event)).size);
      const picture = scan.elements.find(({ name }) => name === 'svg');
      expect(Number(picture?.attributes.get('width'))).toBeLessThanOrEqual(laptopWidth);
    }
  });
});

test('client and server do the same in the states that both have', () => {
  const comparison = compare(graphOf('client'), graphOf('server'));
  expect(comparison.shared.size).toBeGreaterThan(0);
  for (const role of ['client', 'server'] as const) {
    const others = alone(role, comparison);
    expect(others.filter(({ source }) => comparison.shared.has(source))).toEqual([]);
    expect(common(comparison).length + others.length).toBe(comparison[role].transitions.length);
  }
});
