import { otherRole, type Role } from '../../model/role.js';
import { type MachineAction, machineActions, machineEvents, machineGuards } from '../../model/machine-setup.js';
import { clauseOf } from '../../spec/clauses.js';
import { readings } from '../../spec/readings.js';
import { allReadings } from '../../spec/readings/index.js';
import type { Reading } from '../../spec/readings/reading.js';
import { addressOfReading, addressOfState } from '../address.js';
import {
  graphOf,
  type GraphState,
  type GraphTransition,
  type StateGraph,
  statesIn,
  transitionsFrom,
} from '../graph.js';
import { addressOfRow } from '../svg.js';
import { type Markup, markup } from '../html.js';
import { linkToClause, linkToState } from '../links.js';
import { type Page, table } from '../page.js';
import { actionList, allEvents, inputTable } from './state-page-inputs.js';
import { drawNeighbours } from './state-page-picture.js';
import { transcript } from './state-page-transcript.js';
import { armedBehind, shortestWays, type Way } from './state-page-way.js';

/** A page for each state of a role. */
export function statePages(graph: StateGraph): readonly Page[] {
  const ways = shortestWays(graph, allEvents);
  return graph.states.map((state) => {
    const way = ways.get(state.path);
    return way === undefined ? outerPage(graph, state) : leafPage(graph, state, way);
  });
}

function pageOf({ role }: StateGraph, { path, says }: GraphState, body: Markup): Page {
  return {
    path: addressOfState(role, path),
    part: 'states',
    title: `${path} (${role})`,
    summary: says,
    body: markup`<div class="words">
${body}</div>
`,
  };
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
${clausesInWords(state)}
<h2 id="in">How one gets in</h2>
${into.length === 0 && graph.start === state.path ? markup`<p>A connection begins here.</p>` : undefined}
${
  into.length === 0
    ? undefined
    : table(
        `Ways into ${state.path}`,
        wayColumns,
        into.map((transition) => wayRow(role, transition)),
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
  return pageOf(
    graph,
    state,
    markup`${whereAbouts(graph, state)}
<h2 id="clauses">Clauses</h2>
${clausesInWords(state)}
<h2 id="inside">What is inside</h2>
<p>A connection never rests in ${state.name} itself. When nothing else is said, it is in ${linkToState(role, state.initial ?? state.path)}.</p>
${table(`States inside ${state.path}`, ['State', 'Meaning'], rows)}
<h2 id="in">How one gets in</h2>
${
  into.length === 0
    ? markup`<p>A connection begins here.</p>`
    : table(
        `Ways into ${state.path}`,
        wayColumns,
        into.map((one) => wayRow(role, one)),
      )
}
<h2 id="out">How one gets out</h2>
${
  out.length === 0
    ? markup`<p>Not at all: this is the end.</p>`
    : table(
        `Ways out of ${state.path}`,
        wayColumns,
        out.map((one) => wayRow(role, one)),
      )
}`,
  );
}

/** Where the state lies: the states around it, its siblings, and the same state of the other role. */
function whereAbouts(graph: StateGraph, { path, parent }: GraphState): Markup {
  const { role } = graph;
  const siblings = statesIn(graph, parent).filter((other) => other.path !== path);
  const around = parent === undefined ? undefined : markup` Inside ${linkToState(role, parent)}.`;
  return markup`<p class="quiet"><a href="~/${role}.html">All states of a ${role}</a>.${around} Beside it: ${siblings.map((other, index) => markup`${index === 0 ? '' : ', '}${linkToState(role, other.path)}`)}. ${twin(role, path)}<a href="~/states.html">Client and server compared</a>.</p>`;
}

/** The clauses of a state with what they say. */
function clausesInWords({ clauses }: GraphState): Markup {
  return markup`<ul>${clauses.map((id) => markup`<li>${linkToClause(id)}: ${clauseOf(id).says}</li>`)}</ul>`;
}

/** The same state of the other role, where it has it. */
function twin(role: Role, path: string): Markup | undefined {
  const other = otherRole(role);
  const has = graphOf(other).states.some((state) => state.path === path);
  return has ? markup`<a href="~/${addressOfState(other, path)}">The same state of a ${other}</a>. ` : undefined;
}

/** The columns of a way in or out; all else about it stands in its row on the page of the state that it leaves. */
const wayColumns = ['From', 'Input', 'To', 'Effects', 'Meaning'] as const;

function wayRow(role: Role, transition: GraphTransition): Markup {
  const { source, event, rests, guard, otherwise, actions, says } = transition;
  const condition = guard ?? (otherwise ? 'otherwise' : undefined);
  const asked = condition === undefined ? undefined : markup`<br/><small>[${condition}]</small>`;
  return markup`<tr><td>${linkToState(role, source)}</td><th scope="row"><a href="~/${addressOfRow(role, transition)}"><code>${event}</code></a>${asked}</th><td>${linkToState(role, rests)}</td><td>${actionList(actions)}</td><td class="says">${says}</td></tr>
`;
}

function entryAndExit({ entry, exit }: GraphState): Markup | undefined {
  if (entry.length + exit.length === 0) return undefined;
  const list = (actions: readonly MachineAction[]): Markup[] =>
    actions.map((action) => markup`<li><code>${action}</code>: ${machineActions[action]}</li>`);
  return markup`<p>${entry.length === 0 ? undefined : 'On every way in:'}</p><ul>${list(entry)}</ul>${exit.length === 0 ? undefined : markup`<p>On every way out:</p><ul>${list(exit)}</ul>`}
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
  const item = ({ number, question }: Reading): Markup =>
    markup`<li><a href="~/${addressOfReading(number)}">${number}</a> ${question}</li>
`;
  const first =
    deciding.size === 0
      ? markup`<p>No reading decides what the machine does here.</p>`
      : markup`<p>These decide what the machine does here:</p><ul>${[...deciding].map(item)}</ul>`;
  if (others.length === 0) return first;
  return markup`${first}
<details><summary>${others.length} more turn on the same clauses</summary><p>${others.map(
    ({ number }) => markup`<a href="~/${addressOfReading(number)}">${number}</a> `,
  )}</p></details>`;
}
