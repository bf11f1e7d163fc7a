import { type GraphState, type StateGraph, statesIn } from '../graph.js';
import { habitsOf, labelOf } from './label.js';

/**
 * The machine as a state diagram of Mermaid (https://mermaid.js.org/syntax/stateDiagram.html). Names there have neither
 * dots nor hyphens. What a state does without leaving is a line in its box.
 */
export function mermaidOf(graph: StateGraph): string {
  const first = graph.start.split('.')[0] ?? graph.start;
  const leaves = graph.states.filter(({ type }) => type !== 'compound');
  const notes = leaves.flatMap((state) =>
    [
      ...habitsOf(state),
      ...graph.transitions.filter(({ source, internal }) => internal && source === state.path).map(labelOf),
    ].map((line) => `  ${idOf(state.path)} : ${line}\n`),
  );
  const arrows = graph.transitions
    .filter(({ internal }) => !internal)
    .map((transition) => `  ${idOf(transition.source)} --> ${idOf(transition.target)} : ${labelOf(transition)}\n`);
  return `stateDiagram-v2
  [*] --> ${idOf(first)}
${statesIn(graph, undefined)
  .map((state) => stateLines(graph, state, '  '))
  .join('')}${notes.join('')}${arrows.join('')}`;
}

/** The name of a state as Mermaid takes it. */
export const idOf = (path: string): string => path.replace(/[.-]/g, '_');

function stateLines(graph: StateGraph, { path, name, type, initial }: GraphState, indent: string): string {
  const head = `${indent}state "${name}" as ${idOf(path)}`;
  if (initial === undefined) return `${head}\n${type === 'final' ? `${indent}${idOf(path)} --> [*]\n` : ''}`;
  const inside = statesIn(graph, path).map((inner) => stateLines(graph, inner, `${indent}  `));
  return `${head} {
${indent}  [*] --> ${idOf(initial)}
${inside.join('')}${indent}}
`;
}
