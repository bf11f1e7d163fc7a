import type { GraphState, GraphTransition, StateGraph } from './graph.js';
import { transitionsFrom } from './graph.js';
import { textStyles, textWidth } from './measure.js';

/*
 * What the picture of a graph shows, before anything has a place: the text inside each box, and the arrows with their
 * labels. Transitions that stay in their state are lines inside the box; transitions that lead from the same state to
 * the same state share one arrow.
 */

/** One transition as a line of text. */
export interface Line {
  readonly transition: GraphTransition;
  readonly event: string;
  /** The guard in brackets, or empty. */
  readonly condition: string;
  /** What the machine asks for; only shown inside a box. */
  readonly effects: string;
  readonly width: number;
  readonly height: number;
}

/** An arrow, with a line for each transition that it stands for. */
export interface Arrow {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

/** The space around the text of a box. */
export const padding = { side: 12, top: 8, bottom: 8 } as const;

/** The lines inside the box of a state. */
export function innerLines(graph: StateGraph, state: GraphState): readonly Line[] {
  return transitionsFrom(graph, state.path)
    .filter(({ internal }) => internal)
    .map((transition) => lineOf(transition, ` / ${transition.actions.join(', ')}`));
}

/** The least size of the box of a state that has no states inside it. */
export function boxSize(graph: StateGraph, state: GraphState): { readonly width: number; readonly height: number } {
  const lines = innerLines(graph, state);
  const widths = [textWidth(state.name, 'name'), ...lines.map(({ width }) => width)];
  const height = lines.reduce((sum, line) => sum + line.height, textStyles.name.line);
  return {
    width: Math.max(...widths, 96) + 2 * padding.side,
    height: height + padding.top + padding.bottom + (lines.length > 0 ? 8 : 0),
  };
}

/** The arrows between the states, in the order of the machine. */
export function arrowsOf(graph: StateGraph): readonly Arrow[] {
  const bundles = new Map<string, GraphTransition[]>();
  for (const transition of graph.transitions) {
    if (transition.internal) continue;
    const id = `${transition.source}>${transition.rests}`;
    bundles.set(id, [...(bundles.get(id) ?? []), transition]);
  }
  return [...bundles].map(([id, transitions]) => {
    const lines = transitions.map((transition) => lineOf(transition, ''));
    const [source = '', target = ''] = id.split('>');
    return {
      id,
      source,
      target,
      lines,
      width: Math.max(...lines.map(({ width }) => width)),
      height: lines.reduce((sum, { height }) => sum + height, 0),
    };
  });
}

function lineOf(transition: GraphTransition, effects: string): Line {
  const condition = conditionOf(transition);
  return {
    transition,
    event: transition.event,
    condition,
    effects,
    width: textWidth(transition.event, 'label') + textWidth(condition + effects, 'note'),
    height: textStyles.label.line,
  };
}

/** The guard as it stands behind the event, after a space; empty where there is none. */
function conditionOf({ guard, otherwise }: GraphTransition): string {
  if (guard !== undefined) return ` [${guard}]`;
  return otherwise ? ' [otherwise]' : '';
}
