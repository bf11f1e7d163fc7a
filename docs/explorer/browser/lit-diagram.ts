import type { Role } from '../../../model/role.js';
import type { StateId } from '../../../model/state-id.js';
import type { GraphTransition } from '../../graph.js';
import { placeOf, wayOf } from '../diagram-places.js';

/** Marks the state that a connection is in, and the arrows that its last move took, in the picture of its role. */
export function light(role: Role, state: StateId, taken: readonly GraphTransition[]): void {
  const box = document.getElementById(`diagram-${role}`);
  if (box === null) return;
  for (const old of box.querySelectorAll('.is-here, .is-taken')) old.classList.remove('is-here', 'is-taken');
  const here = document.getElementById(placeOf(role, `state-${state}`));
  here?.classList.add('is-here');
  const ways = new Set(taken.filter(({ internal }) => !internal).map(wayOf));
  for (const way of box.querySelectorAll('[data-way]')) {
    if (ways.has(way.getAttribute('data-way') ?? '')) way.classList.add('is-taken');
  }
  for (const { id } of taken) {
    document.getElementById(placeOf(role, `transition-${id}`))?.classList.add('is-taken');
  }
  if (here !== null) bringIntoView(box, here);
}

/** Scrolls the box of a picture, and nothing else, so that an element stands in its middle. */
function bringIntoView(box: Element, element: Element): void {
  const outer = box.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  box.scrollTop += inner.top + inner.height / 2 - (outer.top + outer.height / 2);
  box.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
}
