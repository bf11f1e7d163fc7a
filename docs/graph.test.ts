import { describe, expect, test } from 'vitest';
import { machineOf } from '../model/machine.js';
import { stateIds } from '../model/state-id.js';
import { isClauseId } from '../spec/clauses.js';
import { graphOf } from './graph.js';

/** What the configuration of a machine says, read without the help of xstate. */
interface Config {
  readonly states?: Readonly<Record<string, Config>>;
  readonly on?: Readonly<Record<string, unknown>>;
  readonly always?: unknown;
  readonly after?: unknown;
  readonly invoke?: unknown;
}

function configured(config: Config, path: readonly string[]): readonly { path: string; config: Config }[] {
  return Object.entries(config.states ?? {}).flatMap(([name, inner]) => {
    const here = [...path, name];
    return [{ path: here.join('.'), config: inner }, ...configured(inner, here)];
  });
}

describe.each(['client', 'server'] as const)('the graph of the %s', (role) => {
  const graph = graphOf(role);
  const root = machineOf(role).config as unknown as Config;
  const nodes = configured(root, []);

  test('has every state of the machine exactly once', () => {
    expect(graph.states.map(({ path }) => path)).toEqual(nodes.map(({ path }) => path));
    expect(graph.states.filter(({ type }) => type !== 'compound').map(({ path }) => path)).toEqual(stateIds[role]);
  });

  test('has every transition of the machine exactly once', () => {
    const count = (path: string, event: string): number =>
      graph.transitions.filter((transition) => transition.source === path && transition.event === event).length;
    const expected = nodes.flatMap(({ path, config }) =>
      Object.entries(config.on ?? {}).map(([event, outcomes]) => ({ path, event, n: [outcomes].flat().length })),
    );
    expect(expected.map(({ path, event }) => ({ path, event, n: count(path, event) }))).toEqual(expected);
    expect(graph.transitions).toHaveLength(expected.reduce((sum, { n }) => sum + n, 0));
    expect(new Set(graph.transitions.map(({ id }) => id)).size).toBe(graph.transitions.length);
  });

  test('leaves nothing out: the machine has no other kind of transition', () => {
    for (const { config } of [{ config: { ...root, states: {} } }, ...nodes]) {
      expect([config.always, config.after, config.invoke]).toEqual([undefined, undefined, undefined]);
    }
    expect(root.on).toBeUndefined();
  });

  test('ends every transition in a state where the connection can rest', () => {
    const resting = new Set<string>(stateIds[role]);
    expect([graph.start, ...graph.transitions.map(({ rests }) => rests)].filter((path) => !resting.has(path))).toEqual(
      [],
    );
  });

  test('says of every state and transition what it means, by clauses that exist', () => {
    for (const { says, clauses } of [...graph.states, ...graph.transitions]) {
      expect(says).not.toBe('');
      expect(clauses.length).toBeGreaterThan(0);
      expect(clauses.filter((id) => !isClauseId(id))).toEqual([]);
    }
  });
});
