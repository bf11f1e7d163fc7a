import { readings } from '../../spec/readings.js';
import {
  type GuardName,
  type MachineAction,
  machineActions,
  machineEvents,
  type MachineEventType,
  machineGuards,
} from '../../model/machine-setup.js';
import type { GraphState, GraphTransition, StateGraph } from '../graph.js';
import { type Markup, markup } from '../html.js';
import type { Chapter, SiteContext } from '../chapter.js';
import { drawSvg } from '../svg.js';
import { statePages } from './state-page.js';
import { comparedPage } from './states-compared.js';
import { exportFiles, exportsPage } from './states-exports.js';
import { assets, linkToReading, linkToState, listOfClauses } from '../links.js';
import { type Page, table } from '../page.js';
import { rowAnchor, stateAnchor, transitionAnchor } from '../svg.js';

/** The pages of both roles, their pictures as files, and the machines for programs. */
export function statesChapter({ graphs, layouts }: SiteContext): Chapter {
  const [client, server] = graphs;
  if (client === undefined || server === undefined) throw new RangeError('the site has a machine for each role');
  return {
    pages: [
      comparedPage(client, server),
      exportsPage(graphs),
      ...layouts.map((layout) => statesPage(layout.graph, drawSvg(layout))),
      ...graphs.flatMap(statePages),
    ],
    files: [
      ...layouts.map((layout) => ({
        path: assets.pictures[layout.graph.role],
        text: drawSvg(layout).markup,
      })),
      { path: assets.states, text: statesJson(graphs) },
      ...exportFiles(graphs),
    ],
  };
}

/**
 * The page of a role: the picture, and tables that say everything the picture says and more.
 * @param picture the picture of the graph, drawn for the page it is in
 */
function statesPage(graph: StateGraph, picture: Markup): Page {
  const { role, states, transitions } = graph;
  const title = `States of a ${role}`;
  return {
    path: `${role}.html`,
    part: 'states',
    title,
    summary: `The life of a connection as a ${role} sees it, from the first step to the end.`,
    body: markup`<p>Each name in the picture is a link to a page of its own. An arrow carries the events that take it, each with the guard that must hold in brackets. What a state does without leaving is listed in its box, with its effects. A double border ends the connection. Below are the tables: <a href="#states">states</a>, <a href="#transitions">transitions</a>, <a href="#words">events, guards and effects</a>. The picture is also a <a href="~/${assets.pictures[role]}">file of its own</a>.</p>
<div class="wide" role="region" aria-label="Picture of the states" tabindex="0">
${picture}</div>
<div class="words">
<h2 id="states">The states</h2>
${table(`States of a ${role}`, ['State', 'Meaning', 'On entry', 'On exit', 'Clauses'], states.map(stateRow))}
<h2 id="transitions">The transitions</h2>
${table(
  `Transitions of a ${role}`,
  ['From', 'Event', 'Guard', 'To', 'Effects', 'Meaning', 'Clauses'],
  transitions.map((transition) => transitionRow(graph, transition)),
)}
<h2 id="words">Events, guards and effects</h2>
${words(graph)}</div>
`,
  };
}

function stateRow(state: GraphState): Markup {
  const kind = state.type === 'atomic' ? undefined : markup` <small>(${state.type})</small>`;
  return markup`<tr id="${rowAnchor(state.path)}"><th scope="row"><a href="#${stateAnchor(state.path)}"><code>${state.path}</code></a>${kind}</th><td class="says">${state.says}</td><td>${listOfActions(state.entry)}</td><td>${listOfActions(state.exit)}</td><td class="ids">${listOfClauses(state.clauses)}</td></tr>
`;
}

function transitionRow({ role }: StateGraph, transition: GraphTransition): Markup {
  const { id, source, target, rests, event, internal, actions, says, clauses } = transition;
  const inner = rests === target ? undefined : markup` and there to ${linkToState(role, rests)}`;
  const to = internal ? markup`<small>stays</small>` : markup`${linkToState(role, target)}${inner}`;
  return markup`<tr id="${rowAnchor(id)}"><td>${linkToState(role, source)}</td><th scope="row"><a href="#event-${event}"><code>${event}</code></a> <a href="#${transitionAnchor(id)}" aria-label="${id} in the picture">↑</a></th><td>${guardOf(transition)}</td><td>${to}</td><td>${listOfActions(actions)}</td><td class="says">${says}</td><td class="ids">${listOfClauses(clauses)}</td></tr>
`;
}

function guardOf({ guard, otherwise }: GraphTransition): Markup | undefined {
  if (guard === undefined) return otherwise ? markup`<small>otherwise</small>` : undefined;
  const { says, reading } = machineGuards[guard];
  const choice = reading === undefined ? undefined : markup` (reading ${linkToReading(readings[reading])})`;
  return markup`<a href="#guard-${guard}"><code>${guard}</code></a>: ${says}${choice}`;
}

function listOfActions(actions: readonly MachineAction[]): Markup | undefined {
  if (actions.length === 0) return undefined;
  return markup`<ul>${actions.map((action) => markup`<li><a href="#effect-${action}"><code>${action}</code></a></li>`)}</ul>`;
}

/** The vocabulary that the tables link to: only the words that the role uses, in the order of the vocabulary. */
function words({ role, states, transitions }: StateGraph): Markup {
  const events = new Set(transitions.map(({ event }) => event));
  const guards = new Set(transitions.map(({ guard }) => guard));
  const effects = new Set([
    ...states.flatMap(({ entry, exit }) => [...entry, ...exit]),
    ...transitions.flatMap(({ actions }) => actions),
  ]);
  const eventRows = (Object.keys(machineEvents) as MachineEventType[])
    .filter((event) => events.has(event))
    .map((event) => wordRow('event', event, machineEvents[event]));
  const effectRows = (Object.keys(machineActions) as MachineAction[])
    .filter((effect) => effects.has(effect))
    .map((effect) => wordRow('effect', effect, machineActions[effect]));
  const guardRows = (Object.keys(machineGuards) as GuardName[])
    .filter((guard) => guards.has(guard))
    .map((guard) => {
      const { says, clauses, reading } = machineGuards[guard];
      return wordRow(
        'guard',
        guard,
        says,
        markup`<td>${reading === undefined ? undefined : linkToReading(readings[reading])}</td><td class="ids">${listOfClauses(clauses)}</td>`,
      );
    });
  return markup`${table(`Events that a ${role} knows`, ['Event', 'What has happened'], eventRows)}
${table(`Guards of a ${role}`, ['Guard', 'It holds when', 'Reading', 'Clauses'], guardRows)}
${table(`Effects of a ${role}`, ['Effect', 'What it asks for'], effectRows)}`;
}

function wordRow(kind: 'event' | 'guard' | 'effect', word: string, says: string, more?: Markup): Markup {
  return markup`<tr id="${kind}-${word}"><th scope="row"><code>${word}</code></th><td class="says">${says}</td>${more}</tr>
`;
}

/** The machines of both roles and their vocabulary, for programs. */
function statesJson(machines: readonly StateGraph[]): string {
  const content = {
    document: 'draft-06',
    machines,
    events: machineEvents,
    guards: machineGuards,
    actions: machineActions,
  };
  return `${JSON.stringify(content)}\n`;
}
