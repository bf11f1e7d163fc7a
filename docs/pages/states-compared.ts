import { machineEvents, type MachineEventType } from '../../model/machine-setup.js';
import type { Role } from '../../model/role.js';
import { phaseOf } from '../../model/state-id.js';
import type { ClauseId } from '../../spec/clauses.js';
import { addressOfRow } from '../svg.js';
import type { GraphState, GraphTransition, StateGraph } from '../graph.js';
import { type Markup, markup } from '../html.js';
import { assets, linkToClause, linkToState } from '../links.js';
import { parts } from '../navigation.js';
import { type Page, table } from '../page.js';

/** What two machines share, and what each has alone. */
export interface Comparison {
  readonly client: StateGraph;
  readonly server: StateGraph;
  /** The states that both have, by their path. */
  readonly shared: ReadonlySet<string>;
}

/** Compares the machines of both roles. */
export function compare(client: StateGraph, server: StateGraph): Comparison {
  const paths = new Set(server.states.map(({ path }) => path));
  return { client, server, shared: new Set(client.states.map(({ path }) => path).filter((path) => paths.has(path))) };
}

/** What a transition does, without its place: two that say the same here do the same. */
function deedOf({ source, event, guard, otherwise, rests, actions }: GraphTransition): string {
  return [source, event, guard, otherwise, rests, ...actions].join(' ');
}

/** The transitions that a role has and the other has not. */
export function alone(role: Role, { client, server }: Comparison): readonly GraphTransition[] {
  const [own, other] = role === 'client' ? [client, server] : [server, client];
  const known = new Set(other.transitions.map(deedOf));
  return own.transitions.filter((transition) => !known.has(deedOf(transition)));
}

/** The transitions that both roles have. */
export function common({ client, server }: Comparison): readonly GraphTransition[] {
  const known = new Set(server.transitions.map(deedOf));
  return client.transitions.filter((transition) => known.has(deedOf(transition)));
}

/** The page that puts both roles side by side. */
export function comparedPage(client: StateGraph, server: StateGraph): Page {
  const comparison = compare(client, server);
  const resting = (graph: StateGraph): readonly GraphState[] => graph.states.filter(({ type }) => type !== 'compound');
  const both = resting(client).filter(({ path }) => comparison.shared.has(path)).length;
  return {
    path: parts.states.file,
    part: 'states',
    title: 'States',
    summary: 'The life of a connection on both sides: what client and server share, and where they differ.',
    body: markup`<p>A client has ${resting(client).length} states in which a connection can rest, a server ${resting(server).length}. They share ${both}: from the end of the opening handshake on the two machines are the same. Every state has a page.</p>
<ul>
<li><a href="~/client.html">The states of a client</a>: picture and tables. <a href="~/${assets.pictures.client}">The picture alone</a></li>
<li><a href="~/server.html">The states of a server</a>: picture and tables. <a href="~/${assets.pictures.server}">The picture alone</a></li>
<li><a href="~/exports.html">Both machines for other tools</a>: Stately Studio, SCXML, DOT, Mermaid</li>
<li><a href="~/${parts.runs.file}">Runs</a>: client and server in conversation</li>
</ul>
<h2 id="phases">Side by side</h2>
<div class="words">${table('States of both roles', ['Phase', 'Client', 'Server', 'Meaning'], phaseRows(comparison))}</div>
<h2 id="inputs">At the same input</h2>
<p>${common(comparison).length} transitions are the same on both sides. A client has ${alone('client', comparison).length} more, a server ${alone('server', comparison).length}. Each arrow leads to the row that says what happens.</p>
<div class="words">${table('What each input does', ['Input', 'Client alone', 'Server alone', 'Both'], inputRows(comparison))}</div>
<h2 id="differences">The same state, other bytes</h2>
<p>Where both machines take the same step, these still differ:</p>
<div class="words">${table('Differences of the roles behind the opening handshake', ['Matter', 'Client', 'Server', 'Clauses'], matters.map(matterRow))}</div>
`,
  };
}

function phaseRows({ client, server, shared }: Comparison): readonly Markup[] {
  return (['connecting', 'open', 'closing', 'closed'] as const).flatMap((phase) => {
    const inPhase = ({ states }: StateGraph): readonly GraphState[] =>
      states.filter(({ path, type }) => type !== 'compound' && phaseOf(path as 'open') === phase);
    const ofBoth = inPhase(client).filter(({ path }) => shared.has(path));
    const ofOne = (graph: StateGraph): readonly GraphState[] => inPhase(graph).filter(({ path }) => !shared.has(path));
    const row = (ofClient: boolean, ofServer: boolean, { path, says }: GraphState): Markup =>
      markup`<tr><th scope="row">${phase}</th><td>${ofClient ? linkToState('client', path) : undefined}</td><td>${ofServer ? linkToState('server', path) : undefined}</td><td class="says">${says}</td></tr>
`;
    return [
      ...ofOne(client).map((state) => row(true, false, state)),
      ...ofOne(server).map((state) => row(false, true, state)),
      ...ofBoth.map((state) => row(true, true, state)),
    ];
  });
}

function inputRows(comparison: Comparison): readonly Markup[] {
  const columns = [
    ['client', alone('client', comparison)],
    ['server', alone('server', comparison)],
    ['client', common(comparison)],
  ] as const;
  return (Object.keys(machineEvents) as MachineEventType[]).map((event) => {
    const cells = columns.map(([role, transitions]) => {
      const list = transitions.filter((transition) => transition.event === event);
      if (list.length === 0) return markup`<td><small>–</small></td>`;
      return markup`<td><ul>${list.map((transition) => markup`<li>${wayOf(role, transition)}</li>`)}</ul></td>`;
    });
    return markup`<tr id="input-${event}"><th scope="row"><code>${event}</code><br/><small>${machineEvents[event]}</small></th>${cells}</tr>
`;
  });
}

function wayOf(role: Role, transition: GraphTransition): Markup {
  const { source, rests, internal, guard, otherwise } = transition;
  const condition = guard ?? (otherwise ? 'otherwise' : undefined);
  return markup`<a href="~/${addressOfRow(role, transition)}">${source} ${internal ? 'stays' : `→ ${rests}`}</a>${condition === undefined ? undefined : markup` <small>[${condition}]</small>`}`;
}

/** What the machines leave to whoever performs their effects. */
interface Matter {
  readonly name: string;
  readonly client: string;
  readonly server: string;
  readonly clauses: readonly ClauseId[];
}

const matters: readonly Matter[] = [
  {
    name: 'Masking',
    client: 'masks each frame, header included, with a fresh key in front',
    server: 'sends frames in the clear',
    clauses: ['draft-06/4.2/mask-whole-frame', 'draft-06/4.1/server-frames-clear'],
  },
  {
    name: 'Text that is not UTF-8',
    client: 'reads U+FFFD for what is wrong, and goes on',
    server: 'is free to choose',
    clauses: ['draft-06/6.1/client-replaces', 'draft-06/6.2/server-undefined'],
  },
  {
    name: 'Giving up',
    client: 'fails the connection',
    server: 'aborts it during the opening handshake',
    clauses: ['draft-06/7.2.1/fail-is-close', 'draft-06/7.2.2/abort-is-close'],
  },
];

function matterRow({ name, client, server, clauses }: Matter): Markup {
  return markup`<tr><th scope="row">${name}</th><td>${client}</td><td>${server}</td><td class="ids">${clauses.map((id) => markup`${linkToClause(id)}<br/>`)}</td></tr>
`;
}
