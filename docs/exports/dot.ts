import { type GraphState, type GraphTransition, type StateGraph, statesIn } from '../graph.js';
import { habitsOf, labelOf } from './label.js';

/**
 * The machine in the language of Graphviz (https://graphviz.org/doc/info/lang.html). States with states inside are
 * clusters; a point in each leads to the state that is entered first. An arrow to a cluster ends at that state and is
 * cut off at the edge (`lhead`). Transitions that stay in their state are dashed loops.
 */
export function dotOf(graph: StateGraph): string {
  return `digraph ${quoted(graph.role)} {
  compound=true
  node [shape=box style=rounded fontname="Helvetica"]
  edge [fontname="Helvetica" fontsize=10]
  ${start(graph.role, graph.start)}
${statesIn(graph, undefined)
  .map((state) => stateLines(graph, state, '  '))
  .join('')}${graph.transitions.map((transition) => transitionLine(graph, transition)).join('')}}
`;
}

/** A point from which an arrow leads to the first state. */
function start(id: string, first: string): string {
  const point = quoted(`${id} begins`);
  return `${point} [shape=point]; ${point} -> ${quoted(first)}`;
}

function stateLines(graph: StateGraph, state: GraphState, indent: string): string {
  const { path, name, type, initial } = state;
  if (initial === undefined) {
    const label = [name, ...habitsOf(state)].join('\\n');
    const final = type === 'final' ? ' peripheries=2' : '';
    return `${indent}${quoted(path)} [label=${quoted(label)}${final}]\n`;
  }
  const inside = statesIn(graph, path).map((inner) => stateLines(graph, inner, `${indent}  `));
  return `${indent}subgraph ${quoted(`cluster_${path}`)} {
${indent}  label=${quoted(name)}
${indent}  ${start(path, leafIn(graph, initial))}
${inside.join('')}${indent}}
`;
}

function transitionLine(graph: StateGraph, transition: GraphTransition): string {
  const { source, target, rests, internal } = transition;
  const head = target === rests ? '' : ` lhead=${quoted(`cluster_${target}`)}`;
  const style = internal ? ' style=dashed' : '';
  return `  ${quoted(source)} -> ${quoted(leafIn(graph, target))} [label=${quoted(labelOf(transition))}${head}${style}]\n`;
}

/** A state in which the connection can rest: this one, or the one that is entered inside it. */
function leafIn(graph: StateGraph, path: string): string {
  const initial = graph.states.find((state) => state.path === path)?.initial;
  return initial === undefined ? path : leafIn(graph, initial);
}

/** A name in quotation marks. The names of the machines have no character that would have to be escaped. */
const quoted = (text: string): string => `"${text}"`;
