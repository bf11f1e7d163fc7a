import { type GraphState, type StateGraph, statesIn, transitionsFrom } from '../graph.js';

/**
 * The machine as the argument of `createMachine` of xstate 5, which Stately Studio opens. Guards and effects are names,
 * `otherwise` is an outcome without a guard behind others, and what a thing means stands in `description` and `meta`.
 */
export function statelyOf(graph: StateGraph): string {
  const config = {
    $comment: 'A configuration for createMachine of xstate 5. Effects and guards are names only.',
    id: graph.role,
    initial: innermost(graph),
    states: statesOf(graph, undefined),
  };
  return `${JSON.stringify(config)}\n`;
}

/** The outermost state in which the machine begins. */
const innermost = ({ start }: StateGraph): string => start.split('.')[0] ?? start;

function statesOf(graph: StateGraph, parent: string | undefined): Readonly<Record<string, object>> {
  return Object.fromEntries(statesIn(graph, parent).map((state) => [state.name, configOf(graph, state)]));
}

function configOf(graph: StateGraph, state: GraphState): object {
  const { path, type, initial, entry, exit, says, clauses } = state;
  const events = new Map<string, object[]>();
  for (const { event, guard, target, internal, actions, ...meaning } of transitionsFrom(graph, path)) {
    const outcome = {
      ...(internal ? {} : { target: `#${graph.role}.${target}` }),
      ...(guard === undefined ? {} : { guard }),
      actions,
      description: meaning.says,
      meta: { says: meaning.says, clauses: meaning.clauses },
    };
    events.set(event, [...(events.get(event) ?? []), outcome]);
  }
  return {
    ...(type === 'final' ? { type } : {}),
    ...(initial === undefined ? {} : { initial: initial.slice(path.length + 1) }),
    description: says,
    meta: { says, clauses },
    entry,
    exit,
    ...(events.size === 0 ? {} : { on: Object.fromEntries(events) }),
    ...(type === 'compound' ? { states: statesOf(graph, path) } : {}),
  };
}
