import { explainDecoded } from '../../model/explain.js';
import { otherRole, type Role } from '../../model/role.js';
import {
  type MachineAction,
  machineActions,
  machineEvents,
  type MachineEventType,
  machineGuards,
} from '../../model/machine-setup.js';
import { readings } from '../../spec/readings.js';
import { allReadings } from '../../spec/readings/index.js';
import type { Reading } from '../../spec/readings/reading.js';
import { addressOfState } from '../address.js';
import { type GraphState, type GraphTransition, type StateGraph, statesIn, transitionsFrom } from '../graph.js';
import { type Markup, markup } from '../html.js';
import { linkToClause, linkToReading, linkToState, listOfClauses } from '../links.js';
import { type Page, table } from '../page.js';
import { spacedHex, wordsOfEffect, wordsOfInput } from '../sequence-words.js';
import { rowAnchor } from '../svg.js';
import { whatIgnoringMeans } from './state-page-ignored.js';
import { drawNeighbours } from './state-page-picture.js';
import { armedBehind, shortestWays, type Way, type WayStep, writtenBy } from './state-page-way.js';

const allEvents = Object.keys(machineEvents) as MachineEventType[];

/** A page for each state of a role. */
export function statePages(graph: StateGraph): readonly Page[] {
  const ways = shortestWays(graph, allEvents);
  return graph.states.map((state) => {
    const way = ways.get(state.path);
    return way === undefined ? outerPage(graph, state) : leafPage(graph, state, way);
  });
}

function pageOf({ role }: StateGraph, { path, says }: GraphState, body: Markup): Page {
  return { path: addressOfState(role, path), part: 'states', title: `${path} (${role})`, summary: says, body };
}

/** The page of a state in which a connection rests. */
function leafPage(graph: StateGraph, state: GraphState, way: Way): Page {
  const { role } = graph;
  const out = transitionsFrom(graph, state.path);
  const into = graph.transitions.filter(({ rests, internal }) => rests === state.path && !internal);
  return pageOf(
    graph,
    state,
    markup`${whereAbouts(graph, state)}
<div class="wide" role="region" aria-label="${state.path} and its neighbours" tabindex="0">
${drawNeighbours(graph, state)}</div>
<h2 id="clauses">Clauses</h2>
${listOfClauses(state.clauses)}
<h2 id="in">How one gets in</h2>
${into.length === 0 && graph.start === state.path ? markup`<p>A connection begins here.</p>` : undefined}
${
  into.length === 0
    ? undefined
    : table(
        `Ways into ${state.path}`,
        ['From', 'Input', 'Guard', 'Effects', 'Meaning', 'Clauses'],
        into.map((transition) => wayInRow(role, transition)),
      )
}
${entryAndExit(state)}<h2 id="inputs">Every input, and what happens</h2>
${inputTable(graph, state, out, way)}
<h2 id="armed">What is armed</h2>
${armed(way)}
<h2 id="seen">What a peer may observe</h2>
${observations(state, into, out)}
<h2 id="run">The shortest run that gets here</h2>
${transcript(role, way)}
<h2 id="readings">Readings that touch it</h2>
${readingsOf(state, out)}`,
  );
}

/** The page of a state that has states inside it. */
function outerPage(graph: StateGraph, state: GraphState): Page {
  const { role } = graph;
  const isInside = (path: string): boolean => path.startsWith(`${state.path}.`);
  const into = graph.transitions.filter(({ source, rests }) => !isInside(source) && isInside(rests));
  const out = graph.transitions.filter(({ source, rests }) => isInside(source) && !isInside(rests));
  const inner = graph.states.filter(({ path }) => isInside(path));
  const rows = inner.map(
    ({ path, says }) => markup`<tr><th scope="row">${linkToState(role, path)}</th><td class="says">${says}</td></tr>
`,
  );
  const columns = ['From', 'Input', 'Guard', 'Effects', 'Meaning', 'Clauses'];
  return pageOf(
    graph,
    state,
    markup`${whereAbouts(graph, state)}
<h2 id="clauses">Clauses</h2>
${listOfClauses(state.clauses)}
<h2 id="inside">What is inside</h2>
<p>A connection never rests in ${state.name} itself. When nothing else is said, it is in ${linkToState(role, state.initial ?? state.path)}.</p>
${table(`States inside ${state.path}`, ['State', 'Meaning'], rows)}
<h2 id="in">How one gets in</h2>
${
  into.length === 0
    ? markup`<p>A connection begins here.</p>`
    : table(
        `Ways into ${state.path}`,
        columns,
        into.map((one) => wayInRow(role, one)),
      )
}
<h2 id="out">How one gets out</h2>
${
  out.length === 0
    ? markup`<p>Not at all: this is the end.</p>`
    : table(
        `Ways out of ${state.path}`,
        ['From', 'Input', 'Guard', 'To', 'Effects', 'Meaning', 'Clauses'],
        out.map((one) => wayOutRow(role, one)),
      )
}`,
  );
}

/** Where the state lies: the states around it, its siblings, and the same state of the other role. */
function whereAbouts(graph: StateGraph, { path, parent }: GraphState): Markup {
  const { role } = graph;
  const siblings = statesIn(graph, parent).filter((other) => other.path !== path);
  const around = parent === undefined ? undefined : markup` Inside ${linkToState(role, parent)}.`;
  return markup`<p class="quiet"><a href="~/${role}.html">All states of a ${role}</a>.${around} Beside it: ${siblings.map((other, index) => markup`${index === 0 ? '' : ', '}${linkToState(role, other.path)}`)}. <a href="~/states.html">Client and server compared</a>.</p>`;
}

function actionList(actions: readonly MachineAction[]): Markup | undefined {
  if (actions.length === 0) return undefined;
  return markup`<ul>${actions.map((action) => markup`<li><code title="${machineActions[action]}">${action}</code></li>`)}</ul>`;
}

function guardOf({ guard, otherwise }: GraphTransition): Markup | undefined {
  if (guard === undefined) return otherwise ? markup`<span class="quiet">otherwise</span>` : undefined;
  const { says, reading } = machineGuards[guard];
  const choice = reading === undefined ? undefined : markup` (reading ${linkToReading(readings[reading])})`;
  return markup`<code>${guard}</code>: ${says}${choice}`;
}

function wayInRow(role: Role, transition: GraphTransition): Markup {
  const { source, event, actions, says, clauses } = transition;
  return markup`<tr><td>${linkToState(role, source)}</td><th scope="row"><code>${event}</code></th><td>${guardOf(transition)}</td><td>${actionList(actions)}</td><td class="says">${says}</td><td class="ids">${listOfClauses(clauses)}</td></tr>
`;
}

function wayOutRow(role: Role, transition: GraphTransition): Markup {
  const { source, event, rests, actions, says, clauses } = transition;
  return markup`<tr><td>${linkToState(role, source)}</td><th scope="row"><code>${event}</code></th><td>${guardOf(transition)}</td><td>${linkToState(role, rests)}</td><td>${actionList(actions)}</td><td class="says">${says}</td><td class="ids">${listOfClauses(clauses)}</td></tr>
`;
}

function entryAndExit({ entry, exit }: GraphState): Markup | undefined {
  if (entry.length + exit.length === 0) return undefined;
  const list = (actions: readonly MachineAction[]): Markup[] =>
    actions.map((action) => markup`<li><code>${action}</code>: ${machineActions[action]}</li>`);
  return markup`<p>${entry.length === 0 ? undefined : 'On every way in:'}</p><ul>${list(entry)}</ul>${exit.length === 0 ? undefined : markup`<p>On every way out:</p><ul>${list(exit)}</ul>`}
`;
}

/** Every input of the role: what the state knows by the machine, and what it does not know as tried on the model. */
function inputTable(graph: StateGraph, state: GraphState, out: readonly GraphTransition[], way: Way): Markup {
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
  const next = internal ? markup`<span class="quiet">stays</span>` : linkToState(role, rests);
  return markup`<tr id="${rowAnchor(id)}"><th scope="row"><code title="${machineEvents[event]}">${event}</code></th><td>${guardOf(transition)}</td><td>${next}</td><td>${actionList(actions)}</td><td class="says">${says}</td><td class="ids">${listOfClauses(clauses)}</td></tr>
`;
}

function ignoredRow(event: MachineEventType, says: string): Markup {
  return markup`<tr class="ignored"><th scope="row"><code title="${machineEvents[event]}">${event}</code></th><td></td><td><span class="quiet">stays</span></td><td></td><td class="says quiet">${says}</td><td></td></tr>
`;
}

function armed(way: Way): Markup {
  const timers = armedBehind(way);
  if (timers.length === 0) return markup`<p>No timer. The state lasts until something else happens.</p>`;
  return markup`<ul>${timers.map((timer) => markup`<li><code>timer.${timer}</code>: ${machineEvents[`timer.${timer}`]}</li>`)}</ul>`;
}

/** Whether the other side can see an action. */
const isOnTheWire = (action: MachineAction): boolean => /^(send|answer|end|destroy|open)/.test(action);

/** What can be seen from outside: on entering, while the state lasts, and on leaving. */
function observations(
  { entry, exit }: GraphState,
  into: readonly GraphTransition[],
  out: readonly GraphTransition[],
): Markup {
  const seen = (transitions: readonly GraphTransition[], more: readonly MachineAction[] = []): Markup => {
    const actions = new Set([...more, ...transitions.flatMap(({ actions: list }) => list)].filter(isOnTheWire));
    if (actions.size === 0) return markup`nothing.`;
    return markup`<ul>${[...actions].map((action) => markup`<li>${machineActions[action]} <code>${action}</code></li>`)}</ul>`;
  };
  return markup`<dl>
<dt>When it is entered</dt><dd>${seen(into, entry)}</dd>
<dt>While it lasts</dt><dd>${seen(out.filter(({ internal }) => internal))}</dd>
<dt>When it is left</dt><dd>${seen(
    out.filter(({ internal }) => !internal),
    exit,
  )}</dd>
</dl>`;
}

/** The way into the state, with the bytes of both sides. */
function transcript(role: Role, { steps, isPatient }: Way): Markup {
  const patience = isPatient
    ? markup`<p>The application answers a Close when it likes (<code>answersCloseAtOnce</code> is false); at once is the default.</p>
`
    : undefined;
  const rows = steps.map((step, index) => transcriptRow(role, step, index));
  return markup`${patience}${table(
    'What the model did, with the bytes of both sides',
    ['Step', 'What comes', 'What goes out', 'What is told', 'State then'],
    rows,
  )}`;
}

function transcriptRow(role: Role, { input, effects, after }: WayStep, index: number): Markup {
  const other = otherRole(role);
  const comes =
    input === undefined
      ? 'the connection is made'
      : input.type === 'bytes'
        ? markup`bytes of the ${other}: ${bytesShown(input.bytes)}${framesIn(role, effects)}`
        : wordsOfInput(input);
  const told = effects.map(wordsOfEffect).filter((text) => text !== undefined);
  const goes = [
    ...writtenBy(role, effects).map((bytes) => markup`${bytesShown(bytes)}`),
    ...effects.flatMap(({ type }) => (type === 'end-transport' ? [markup`<p>end of TCP in this direction</p>`] : [])),
  ];
  return markup`<tr><th scope="row">${index}</th><td class="says">${comes}</td><td class="says">${goes}</td><td>${told.length === 0 ? undefined : markup`<ul>${told.map((text) => markup`<li>${text}</li>`)}</ul>`}</td><td>${linkToState(role, after)}</td></tr>
`;
}

/** A head as text, and anything else in hexadecimal. */
function bytesShown(bytes: Uint8Array): Markup {
  const text = String.fromCharCode(...bytes);
  return /^[\x20-\x7e\r\n]+\r\n/.test(text)
    ? markup`<pre>${text.trimEnd()}</pre>`
    : markup`<code>${spacedHex(bytes)}</code>`;
}

function framesIn(role: Role, effects: WayStep['effects']): readonly Markup[] {
  return effects.flatMap((effect) => {
    if (effect.type !== 'frame-read') return [];
    const { says, clauses } = explainDecoded(effect.decoded, otherRole(role));
    return [markup`<p>${says}</p>${clauses.map((id) => markup`${linkToClause(id)}<br/>`)}`];
  });
}

/** The readings that decide what happens here, and those that turn on the same clauses. */
function readingsOf(state: GraphState, out: readonly GraphTransition[]): Markup {
  const deciding = new Set<Reading>(
    out.flatMap(({ guard }) => {
      const reading = guard === undefined ? undefined : machineGuards[guard].reading;
      return reading === undefined ? [] : [readings[reading]];
    }),
  );
  const clauses = new Set([...state.clauses, ...out.flatMap((transition) => transition.clauses)]);
  const others = allReadings.filter(
    (reading) =>
      ![...deciding].some(({ number }) => number === reading.number) && reading.clauses.some((id) => clauses.has(id)),
  );
  const item = (reading: Reading): Markup => markup`<li>${linkToReading(reading)} ${reading.question}</li>
`;
  const first =
    deciding.size === 0
      ? markup`<p>No reading decides what the machine does here.</p>`
      : markup`<p>These decide what the machine does here:</p><ul>${[...deciding].map(item)}</ul>`;
  if (others.length === 0) return first;
  return markup`${first}
<details><summary>${others.length} more turn on the same clauses</summary><ul>${others.map(item)}</ul></details>`;
}
