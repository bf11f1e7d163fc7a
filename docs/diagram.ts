import type { GraphState, GraphTransition, StateGraph } from './graph.js';
import { transitionsFrom } from './graph.js';
import { textStyles, textWidth } from './measure.js';

/*
 * What the picture of a graph shows, before anything has a place: the text inside each box, and the arrows with their
 * labels. Transitions that stay in their state are lines inside the box; transitions that lead from the same state to
 * the same state share one arrow.
 */

/** One transition as text: one row, or two where the guard stands under its event. */
export interface Line {
  readonly transition: GraphTransition;
  /** Empty where the line before names the same event. */
  readonly event: string;
  /** The guard in brackets, or empty. */
  readonly guard: string;
  /** What the machine asks for; only shown inside a box. */
  readonly effects: string;
  readonly width: number;
  readonly rows: number;
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
    .map((transition) => {
      const { event, actions } = transition;
      const guard = guardOf(transition);
      const effects = ` / ${actions.join(', ')}`;
      const width = textWidth(`${event} ${guard}`, 'label') + textWidth(effects, 'note');
      return { transition, event, guard, effects, width, rows: 1 };
    });
}

/** The least size of the box of a state that has no states inside it. */
export function boxSize(graph: StateGraph, state: GraphState): { readonly width: number; readonly height: number } {
  const lines = innerLines(graph, state);
  const widths = [textWidth(state.name, 'name'), ...lines.map(({ width }) => width)];
  return {
    width: Math.max(...widths, 96) + 2 * padding.side,
    height: textStyles.name.line + heightOf(lines) + padding.top + padding.bottom + (lines.length > 0 ? 8 : 0),
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
    const lines = transitions.map((transition, index) => arrowLine(transition, transitions[index - 1]));
    const [source = '', target = ''] = id.split('>');
    const width = Math.max(...lines.map((line) => line.width));
    return { id, source, target, lines, width, height: heightOf(lines) };
  });
}

function arrowLine(transition: GraphTransition, before: GraphTransition | undefined): Line {
  const event = before?.event === transition.event ? '' : transition.event;
  const guard = guardOf(transition);
  const width = Math.max(textWidth(event, 'label'), textWidth(guard, 'label'));
  return { transition, event, guard, effects: '', width, rows: (event === '' ? 0 : 1) + (guard === '' ? 0 : 1) };
}

function heightOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { rows }) => sum + rows * textStyles.label.line, 0);
}

function guardOf({ guard, otherwise }: GraphTransition): string {
  if (guard !== undefined) return `[${guard}]`;
  return otherwise ? '[otherwise]' : '';
}
