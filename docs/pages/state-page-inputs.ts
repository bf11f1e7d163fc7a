import {
  type MachineAction,
  machineActions,
  machineEvents,
  type MachineEventType,
  machineGuards,
} from '../../model/machine-setup.js';
import type { Role } from '../../model/role.js';
import { readings } from '../../spec/readings.js';
import type { GraphState, GraphTransition, StateGraph } from '../graph.js';
import { type Markup, markup } from '../html.js';
import { linkToReading, linkToState } from '../links.js';
import { table } from '../page.js';
import { rowAnchor } from '../svg.js';
import { listOfClauses } from './parts.js';
import { whatIgnoringMeans } from './state-page-ignored.js';
import type { Way } from './state-page-way.js';

/** Every event of the vocabulary, in its order. */
export const allEvents = Object.keys(machineEvents) as MachineEventType[];

/** The effects of a transition, each with its meaning as a title. */
export function actionList(actions: readonly MachineAction[]): Markup | undefined {
  if (actions.length === 0) return undefined;
  return markup`<ul>${actions.map((action) => markup`<li><code title="${machineActions[action]}">${action}</code></li>`)}</ul>`;
}

/** The guard of a transition, in words. */
export function guardOf({ guard, otherwise }: GraphTransition): Markup | undefined {
  if (guard === undefined) return otherwise ? markup`<small>otherwise</small>` : undefined;
  const { says, reading } = machineGuards[guard];
  const choice = reading === undefined ? undefined : markup` (reading ${linkToReading(readings[reading])})`;
  return markup`<code>${guard}</code>: ${says}${choice}`;
}

/** Every input of the role: what the state knows by the machine, and what it does not know as tried on the model. */
export function inputTable(graph: StateGraph, state: GraphState, out: readonly GraphTransition[], way: Way): Markup {
  const { role } = graph;
  const ofRole = allEvents.filter((event) => graph.transitions.some((transition) => transition.event === event));
  const never = allEvents.filter((event) => !ofRole.includes(event));
  const rows = ofRole.flatMap((event) => {
    const known = out.filter((transition) => transition.event === event);
    return known.length > 0
      ? known.map((transition) => knownRow(role, transition))
      : [ignoredRow(event, whatIgnoringMeans(way.connection, event))];
  });
  return markup`${table(
    `Inputs in ${state.path}`,
    ['Input', 'Guard', 'Next state', 'Effects', 'Meaning', 'Clauses'],
    rows,
  )}
<p class="quiet">A ${role} never has these inputs: ${never.map((event, index) => markup`${index === 0 ? '' : ', '}<code>${event}</code>`)}.</p>`;
}

function knownRow(role: Role, transition: GraphTransition): Markup {
  const { id, event, rests, internal, actions, says, clauses } = transition;
  const next = internal ? markup`<small>stays</small>` : linkToState(role, rests);
  return markup`<tr id="${rowAnchor(id)}"><th scope="row"><code title="${machineEvents[event]}">${event}</code></th><td>${guardOf(transition)}</td><td>${next}</td><td>${actionList(actions)}</td><td class="says">${says}</td><td class="ids">${listOfClauses(clauses)}</td></tr>
`;
}

function ignoredRow(event: MachineEventType, says: string): Markup {
  return markup`<tr class="ignored"><th scope="row"><code>${event}</code></th><td></td><td><small>stays</small></td><td></td><td class="says quiet">${says}</td><td></td></tr>
`;
}
