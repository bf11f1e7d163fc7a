import type { AnyStateNode } from 'xstate';
import { machineOf } from '../model/machine.js';
import type { GuardName, MachineAction, MachineEventType, Meaning } from '../model/machine-setup.js';
import type { Role } from '../model/role.js';
import type { ClauseId } from '../spec/clauses.js';

/*
 * The machine of a role as a plain graph. Everything the documentation says of states comes through here, and all of
 * it is read off the machine that runs: nothing is typed in a second time.
 */

/** A state of the machine, compound ones included. */
export interface GraphState {
  /** The names from the outermost state to this one, joined with dots. */
  readonly path: string;
  readonly name: string;
  /** The path of the state around it; absent for the outermost states. */
  readonly parent?: string;
  readonly type: 'atomic' | 'compound' | 'final';
  /** The path of the inner state that is entered when nothing else is said; present for compound states. */
  readonly initial?: string;
  readonly entry: readonly MachineAction[];
  readonly exit: readonly MachineAction[];
  readonly says: string;
  readonly clauses: readonly ClauseId[];
}

/** A transition of the machine. One that stays in its state has that state as its target and `internal` set. */
export interface GraphTransition {
  /** `source/event`, and the guard or `otherwise` where the event has several outcomes. */
  readonly id: string;
  readonly source: string;
  readonly event: MachineEventType;
  readonly guard?: GuardName;
  /** Set where the transition is taken because no guard before it held. */
  readonly otherwise: boolean;
  /** The state that the machine names. */
  readonly target: string;
  /** The state in which the connection then rests: the target, or its innermost initial state. */
  readonly rests: string;
  readonly internal: boolean;
  readonly actions: readonly MachineAction[];
  readonly says: string;
  readonly clauses: readonly ClauseId[];
}

/** The machine of a role. */
export interface StateGraph {
  readonly role: Role;
  /** The state in which a connection begins. */
  readonly start: string;
  readonly states: readonly GraphState[];
  readonly transitions: readonly GraphTransition[];
}

/** What the graph needs of a state node, whichever machine it belongs to. */
interface Node {
  readonly key: string;
  readonly path: readonly string[];
  readonly type: AnyStateNode['type'];
  readonly entry: readonly unknown[];
  readonly exit: readonly unknown[];
  readonly states: Readonly<Record<string, Node>>;
  readonly initial: { readonly target: readonly Node[] };
  readonly transitions: ReadonlyMap<string, readonly Arrow[]>;
  readonly meta?: Meaning;
}

interface Arrow {
  readonly target: readonly Node[] | undefined;
  readonly actions: readonly unknown[];
  readonly guard?: unknown;
  readonly meta?: Meaning;
}

/**
 * Reads the machine of a role into a graph: every state once, outer before inner, and every transition once, in the
 * order of the machine.
 */
export function graphOf(role: Role): StateGraph {
  // The two machines differ in their types only by the names of their states, which the graph reads as strings.
  return graphFrom(role, machineOf(role).root as AnyStateNode);
}

/** Reads any machine of this vocabulary into a graph, by the state that encloses all others. */
export function graphFrom(role: Role, outermost: AnyStateNode): StateGraph {
  const root = outermost as unknown as Node;
  const nodes = inner(root);
  return {
    role,
    start: pathOf(resting(root)),
    states: nodes.map(stateOf),
    transitions: nodes.flatMap(transitionsOf),
  };
}

/** The transitions that leave a state or stay in it. */
export function transitionsFrom(graph: StateGraph, path: string): readonly GraphTransition[] {
  return graph.transitions.filter(({ source }) => source === path);
}

/** The states directly inside a state, or the outermost states. */
export function statesIn(graph: StateGraph, path: string | undefined): readonly GraphState[] {
  return graph.states.filter(({ parent }) => parent === path);
}

function inner(node: Node): readonly Node[] {
  return Object.values(node.states).flatMap((child) => [child, ...inner(child)]);
}

function stateOf(node: Node): GraphState {
  const parent = node.path.slice(0, -1).join('.');
  return {
    path: pathOf(node),
    name: node.key,
    ...(parent === '' ? {} : { parent }),
    type: typeOf(node),
    ...(node.type === 'compound' ? { initial: pathOf(only(node.initial.target)) } : {}),
    entry: node.entry.map(nameOf) as MachineAction[],
    exit: node.exit.map(nameOf) as MachineAction[],
    ...meaningOf(node),
  };
}

function typeOf(node: Node): GraphState['type'] {
  const { type } = node;
  if (type === 'parallel' || type === 'history') throw new RangeError(`no machine here has a ${type} state`);
  return type;
}

function transitionsOf(node: Node): readonly GraphTransition[] {
  return [...node.transitions].flatMap(([event, arrows]) =>
    arrows.map((arrow, index): GraphTransition => {
      const guard = arrow.guard === undefined ? undefined : (nameOf(arrow.guard) as GuardName);
      const otherwise = guard === undefined && index > 0;
      const target = arrow.target === undefined ? node : only(arrow.target);
      const outcome = guard ?? (otherwise ? 'otherwise' : undefined);
      return {
        id: [pathOf(node), event, ...(outcome === undefined ? [] : [outcome])].join('/'),
        source: pathOf(node),
        event: event as MachineEventType,
        ...(guard === undefined ? {} : { guard }),
        otherwise,
        target: pathOf(target),
        rests: pathOf(resting(target)),
        internal: arrow.target === undefined,
        actions: arrow.actions.map(nameOf) as MachineAction[],
        ...meaningOf(arrow),
      };
    }),
  );
}

/** Where the connection rests after it has entered a state. */
function resting(node: Node): Node {
  return node.type === 'compound' ? resting(only(node.initial.target)) : node;
}

function meaningOf({ meta }: { readonly meta?: Meaning }): Meaning {
  return { says: meta?.says ?? '', clauses: meta?.clauses ?? [] };
}

function pathOf(node: Node): string {
  return node.path.join('.');
}

/** Actions and guards are names in these machines, which xstate keeps as a string or as an object with a type. */
function nameOf(named: unknown): string {
  return typeof named === 'string' ? named : (named as { readonly type: string }).type;
}

function only(nodes: readonly Node[]): Node {
  const [node] = nodes;
  if (node === undefined || nodes.length > 1) throw new RangeError('a transition here has exactly one target');
  return node;
}
