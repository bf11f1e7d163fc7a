import type { GraphState, GraphTransition } from '../graph.js';

/* The words of a transition in the formats that are pictures: `event [guard] / effect, effect`. */

/** A transition in one line. Behind others of the same event, `otherwise` stands where no guard does. */
export function labelOf({ event, guard, otherwise, actions }: GraphTransition): string {
  const condition = guard ?? (otherwise ? 'otherwise' : undefined);
  return `${event}${condition === undefined ? '' : ` [${condition}]`} / ${actions.join(', ')}`;
}

/** What a state does on every way in and on every way out. */
export function habitsOf({ entry, exit }: GraphState): readonly string[] {
  return [
    ...(entry.length === 0 ? [] : [`entry / ${entry.join(', ')}`]),
    ...(exit.length === 0 ? [] : [`exit / ${exit.join(', ')}`]),
  ];
}
