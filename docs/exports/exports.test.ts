import { create } from 'xmlbuilder2';
import { createMachine } from 'xstate';
import { describe, expect, test } from 'vitest';
import { machineOf } from '../../model/machine.js';
import { graphFrom, graphOf, type StateGraph } from '../graph.js';
import { dotOf } from './dot.js';
import { idOf, mermaidOf } from './mermaid.js';
import { ownNamespace, scxmlOf } from './scxml.js';
import { statelyOf } from './stately.js';

/** What every format has to say: states with their nesting and habits, where one begins, and all transitions in order. */
interface Told {
  readonly start: string;
  readonly states: readonly string[];
  readonly transitions: readonly string[];
}

/** What is asked of a node of the parser. */
interface XmlNode {
  readonly nodeName: string;
  readonly nodeType: number;
  readonly childNodes: Iterable<XmlNode>;
  readonly getAttribute: (name: string) => string | null;
  readonly getAttributeNS: (space: string, name: string) => string | null;
}

interface ToldState {
  readonly path: string;
  readonly parent?: string | undefined;
  readonly type: string;
  readonly initial?: string | undefined;
  readonly entry: readonly string[];
  readonly exit: readonly string[];
}

const stateLine = ({ path, parent = '', type, initial = '', entry, exit }: ToldState): string =>
  [path, parent, type, initial, entry.join(), exit.join()].join(' | ');

const transitionLine = (
  source: string,
  event: string,
  guard: string,
  target: string,
  actions: readonly string[],
): string => [source, event, guard, target, actions.join()].join(' | ');

/** What the machine says. A transition that stays has no target; names are as the format writes them. */
function toldBy(
  graph: StateGraph,
  { otherwise, name = (path) => path }: { readonly otherwise: boolean; readonly name?: (path: string) => string },
): Told {
  return {
    start: name(graph.start.split('.')[0] ?? ''),
    states: graph.states
      .map((state) =>
        stateLine({
          ...state,
          path: name(state.path),
          parent: state.parent && name(state.parent),
          initial: state.initial && name(state.initial),
        }),
      )
      .sort(),
    transitions: graph.transitions
      .map((one) =>
        transitionLine(
          name(one.source),
          one.event,
          one.guard ?? (otherwise && one.otherwise ? 'otherwise' : ''),
          one.internal ? '' : name(one.target),
          one.actions,
        ),
      )
      .sort(),
  };
}

/** Takes lines by rules until none fits, and refuses any line that no rule knows. */
function readLines(text: string, rules: readonly (readonly [RegExp, (...groups: readonly string[]) => void])[]): void {
  for (const line of text.split('\n').map((one) => one.trim())) {
    const rule = rules.find(([pattern]) => pattern.test(line));
    if (rule === undefined) throw new Error(`not understood: ${line}`);
    rule[1](...(rule[0].exec(line) ?? []).slice(1).map((group) => (group as string | undefined) ?? ''));
  }
}

/** `event [guard] / effect, effect` */
function readLabel(label: string): {
  readonly event: string;
  readonly guard: string;
  readonly actions: readonly string[];
} {
  const [, event = '', guard = '', actions = ''] = /^([\w.]+)(?: \[(\w+)\])? \/ (.*)$/.exec(label) ?? [];
  expect(event, label).not.toBe('');
  return { event, guard, actions: actions.split(', ') };
}

/** The habits among the lines of a box, and what is left of them. */
function readHabits(lines: readonly string[]) {
  const habit = (name: string): readonly string[] =>
    lines.flatMap((line) => (line.startsWith(`${name} / `) ? line.slice(name.length + 3).split(', ') : []));
  return { entry: habit('entry'), exit: habit('exit'), rest: lines.filter((line) => !/^(entry|exit) \/ /.test(line)) };
}

describe.each(['client', 'server'] as const)('the exports of the %s', (role) => {
  const graph = graphOf(role);

  test('as JSON make the same machine in xstate, meanings included', () => {
    const { $comment, ...config } = JSON.parse(statelyOf(graph)) as Record<string, unknown>;
    expect($comment).toMatch(/createMachine/);
    const machine = createMachine(config as Parameters<typeof createMachine>[0]);
    expect(graphFrom(role, machine.root as never)).toEqual(graph);
    expect(machine.id).toBe(machineOf(role).id);
  });

  test('as SCXML have the same states, beginnings and transitions', () => {
    const document = create(scxmlOf(graph)).root();
    const states: string[] = [];
    const transitions: string[] = [];
    const read = (node: XmlNode, parent: string | undefined): void => {
      for (const child of elementsIn(node)) {
        if (child.nodeName !== 'state' && child.nodeName !== 'final') continue;
        const path = child.getAttribute('id') ?? '';
        const initial = child.getAttribute('initial') ?? undefined;
        const inner = (name: string): readonly XmlNode[] =>
          elementsIn(child).filter(({ nodeName }) => nodeName === name);
        const type =
          child.nodeName === 'final'
            ? 'final'
            : inner('state').length + inner('final').length > 0
              ? 'compound'
              : 'atomic';
        const [entry = [], exit = []] = ['onentry', 'onexit'].map((name) => inner(name).flatMap(effectsIn));
        states.push(stateLine({ path, parent, type, initial, entry, exit }));
        expect(child.getAttributeNS(ownNamespace, 'says')).not.toBe('');
        for (const one of inner('transition')) {
          const [event = '', guard = '', target = ''] = ['event', 'cond', 'target'].map(
            (name) => one.getAttribute(name) ?? '',
          );
          transitions.push(transitionLine(path, event, guard, target, effectsIn(one)));
        }
        read(child, path);
      }
    };
    const root = document.node as unknown as XmlNode;
    read(root, undefined);
    const told: Told = {
      start: root.getAttribute('initial') ?? '',
      states: states.sort(),
      transitions: transitions.sort(),
    };
    expect(told).toEqual(toldBy(graph, { otherwise: false }));
  });

  test('as SCXML keep the order of the outcomes of an event, and define every guard', () => {
    const text = scxmlOf(graph);
    const order = [...text.matchAll(/<transition event="([^"]+)"(?: cond="([^"]+)")?/g)].map(
      ([, event, guard]) => `${event ?? ''} ${guard ?? ''}`,
    );
    const inOrder = graph.states.flatMap(({ path }) => graph.transitions.filter(({ source }) => source === path));
    expect(order).toEqual(inOrder.map(({ event, guard }) => `${event} ${guard ?? ''}`));
    for (const { guard } of graph.transitions)
      if (guard !== undefined) expect(text).toContain(`<data id="${guard}" expr="`);
  });

  test('as DOT have the same states, beginnings and transitions', () => {
    const clusters: string[] = [];
    const beginnings = new Map<string, string>();
    const states: (ToldState & { readonly path: string })[] = [];
    const transitions: string[] = [];
    readLines(dotOf(graph), [
      [/^$|^digraph "\w+" \{$|^compound=true$|^(?:node|edge) \[[^\]]*\]$|^label="[\w-]+"$/, () => undefined],
      [/^subgraph "cluster_([^"]+)" \{$/, (path = '') => clusters.push(path)],
      [/^\}$/, () => clusters.pop()],
      [
        /^"([^"]+) begins" \[shape=point\]; "\1 begins" -> "([^"]+)"$/,
        (of = '', first = '') => {
          beginnings.set(of, first);
          if (of !== role)
            states.push({ path: of, parent: clusters.at(-2), type: 'compound', initial: first, entry: [], exit: [] });
        },
      ],
      [
        /^"([^"]+)" -> "([^"]+)" \[label="([^"]+)"(?: lhead="cluster_([^"]+)")?( style=dashed)?\]$/,
        (source = '', leaf = '', label = '', cluster = '', dashed = '') => {
          const { event, guard, actions } = readLabel(label);
          if (dashed !== '') expect(leaf).toBe(source);
          transitions.push(transitionLine(source, event, guard, dashed === '' ? cluster || leaf : '', actions));
        },
      ],
      [
        /^"([^"]+)" \[label="([^"]+)"( peripheries=2)?\]$/,
        (path = '', label = '', final = '') => {
          const [name, ...lines] = label.split('\\n');
          expect(path.endsWith(name ?? '?')).toBe(true);
          const { entry, exit, rest } = readHabits(lines);
          expect(rest).toEqual([]);
          states.push({ path, parent: clusters.at(-1), type: final === '' ? 'atomic' : 'final', entry, exit });
        },
      ],
    ]);
    expect(clusters).toEqual([]);
    expect(beginnings.get(role)).toBe(graph.start);
    const expected = toldBy(graph, { otherwise: true });
    // A point leads to the leaf that is entered in the end.
    const leaf = (path: string): string => {
      const initial = graph.states.find((state) => state.path === path)?.initial;
      return initial === undefined ? path : leaf(initial);
    };
    expect(transitions.sort()).toEqual(expected.transitions);
    expect(states.map(stateLine).sort()).toEqual(
      graph.states.map((state) => stateLine({ ...state, initial: state.initial && leaf(state.initial) })).sort(),
    );
  });

  test('as Mermaid have the same states, beginnings and transitions', () => {
    const around: string[] = [];
    const initials = new Map<string, string>();
    const parents = new Map<string, string | undefined>();
    const finals = new Set<string>();
    const lines = new Map<string, string[]>();
    const transitions: string[] = [];
    readLines(mermaidOf(graph), [
      [/^$|^stateDiagram-v2$/, () => undefined],
      [/^\[\*\] --> (\w+)$/, (first = '') => initials.set(around.at(-1) ?? '', first)],
      [
        /^state "([\w-]+)" as (\w+)( \{)?$/,
        (_name = '', id = '', opens = '') => {
          parents.set(id, around.at(-1));
          if (opens !== '') around.push(id);
        },
      ],
      [/^\}$/, () => around.pop()],
      [/^(\w+) --> \[\*\]$/, (id = '') => finals.add(id)],
      [
        /^(\w+) --> (\w+) : (.+)$/,
        (source = '', target = '', label = '') => {
          const { event, guard, actions } = readLabel(label);
          transitions.push(transitionLine(source, event, guard, target, actions));
        },
      ],
      [/^(\w+) : (.+)$/, (id = '', line = '') => lines.set(id, [...(lines.get(id) ?? []), line])],
    ]);
    const states = [...parents].map(([path, parent]) => {
      const { entry, exit, rest } = readHabits(lines.get(path) ?? []);
      for (const label of rest) {
        const { event, guard, actions } = readLabel(label);
        transitions.push(transitionLine(path, event, guard, '', actions));
      }
      const type = finals.has(path) ? 'final' : initials.has(path) ? 'compound' : 'atomic';
      return stateLine({ path, parent, type, initial: initials.get(path), entry, exit });
    });
    const told: Told = { start: initials.get('') ?? '', states: states.sort(), transitions: transitions.sort() };
    expect(told).toEqual(toldBy(graph, { otherwise: true, name: idOf }));
    expect(new Set(graph.states.map(({ path }) => idOf(path))).size).toBe(graph.states.length);
  });
});

function elementsIn(node: XmlNode): readonly XmlNode[] {
  return [...node.childNodes].filter((child) => child.nodeType === 1);
}

/** The names of the effects that are logged. */
function effectsIn(node: XmlNode): readonly string[] {
  return elementsIn(node).map((child) => {
    expect([child.nodeName, child.getAttribute('label')]).toEqual(['log', 'effect']);
    return (child.getAttribute('expr') ?? '').slice(1, -1);
  });
}
