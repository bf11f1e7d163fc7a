import { addressOfRun, addressOfTransition } from '../address.js';
import type { Chapter, SiteContext } from '../chapter.js';
import type { StateGraph } from '../graph.js';
import { type Markup, markup } from '../html.js';
import { linkToClause, linkToState } from '../links.js';
import { parts } from '../navigation.js';
import { type Page, table } from '../page.js';
import { figureOf, type SequenceFigure } from '../sequence-figure.js';
import { layOutSequence } from '../sequence-layout.js';
import { recordRun, type RunRecord, type RunStep, type Sent } from '../sequence-record.js';
import { drawSequence } from '../sequence-svg.js';
import {
  clausesOfStep,
  nameOf,
  spacedHex,
  transitionsOf,
  wordsOfEffect,
  wordsOfInput,
  wordsOfSent,
} from '../sequence-words.js';
import { listOfClauses } from './parts.js';
import { failedRuns } from './runs-failures.js';
import { orderlyRuns } from './runs-orderly.js';
import type { Run, RunGroup } from './runs-script.js';
import { chainFigure, type ChainRun, chainRuns } from './runs-timeouts.js';

/** All runs of a client and a server, in the order of the site. */
export const runGroups: readonly RunGroup[] = [...orderlyRuns, ...failedRuns];

/** The runs: a list of them, and a page for each with its picture and the same in words. */
export function runsChapter({ graphs }: SiteContext): Chapter {
  const runs = runGroups.flatMap((group) => group.runs);
  return {
    pages: [listOfRuns(), ...runs.map((run) => runPage(run, graphs)), ...chainRuns.map(chainPage)],
  };
}

function listOfRuns(): Page {
  const item = ({ name, title, says }: Run | ChainRun): Markup =>
    markup`<dt><a href="~/${addressOfRun(name)}">${title}</a></dt><dd>${says}</dd>
`;
  return {
    path: parts.runs.file,
    part: 'runs',
    title: 'Runs',
    summary: 'Conversations between a client and a server, each drawn from what the model did when it was run.',
    body: markup`<p>A page shows the frames with their bytes, and how the state of either side changes on the way. The client is on the left, time runs downwards. In the failing runs the model is right on both sides, and what it sends is changed on the way.</p>
${runGroups.map(
  ({ title, runs }) => markup`<h2>${title}</h2>
<dl>
${runs.map(item)}</dl>
`,
)}<h2>Timeouts of HTTP</h2>
<dl>
${chainRuns.map(item)}</dl>
`,
  };
}

const legend = markup`<p class="quiet">Thick lines are the life of a side: grey while it is connecting, green while it is open, orange while it is closing, dotted when it is over. A sloping arrow took its time. A dashed one was changed on its way, and one that ends in a cross never arrived. Names of states and labels are links.</p>
`;

function picture(figure: SequenceFigure): Markup {
  return markup`<div class="wide" role="region" aria-label="Picture of the run" tabindex="0">
${drawSequence(layOutSequence(figure))}</div>
`;
}

function runPage(run: Run, graphs: readonly StateGraph[]): Page {
  const { name, title, says, plan } = run;
  const record = recordRun(plan);
  const rows = record.steps.map((step, index) => stepRow(step, index, record, graphs));
  const beginning =
    plan.before === undefined
      ? undefined
      : markup`<p class="quiet">The connection has been established before, as in <a href="~/${addressOfRun('opening')}">the opening handshake</a>.</p>
`;
  return {
    path: addressOfRun(name),
    part: 'runs',
    title,
    summary: says,
    body: markup`${beginning}${picture(figureOf(name, title, record))}${legend}<h2 id="words">The same in words</h2>
<div class="words">${table('Step by step', ['Step', 'Where', 'What happens', 'What it sends', 'State', 'Clauses'], rows)}</div>
`,
  };
}

function stepRow(step: RunStep, index: number, { sent }: RunRecord, graphs: readonly StateGraph[]): Markup {
  const { at, input, arrived, before, after, effects } = step;
  const graph = graphs.find(({ role }) => role === at);
  const cause =
    arrived === undefined ? wordsOfInput(input) : markup`<a href="#sent-${arrived}">(${arrived + 1})</a> arrives`;
  const told = effects.map(wordsOfEffect).filter((text) => text !== undefined);
  const taken = graph === undefined ? [] : transitionsOf(graph, step);
  const clauses = graph === undefined ? [] : clausesOfStep(graph, step);
  const state =
    before.state === after.state
      ? markup`stays ${linkToState(at, after.state)}`
      : markup`${linkToState(at, before.state)} → ${linkToState(at, after.state)}`;
  const ways = taken.map(
    ({ id, event }) => markup`<br/><a href="~/${addressOfTransition(at, id)}" class="quiet">by ${event}</a>`,
  );
  const leaving = sent.filter(({ leaves }) => leaves === index);
  return markup`<tr id="step-${index + 1}"><th scope="row">${index + 1}</th><td>${nameOf(at)}</td><td class="says">${cause}${told.length === 0 ? undefined : markup`<ul>${told.map((text) => markup`<li>${text}</li>`)}</ul>`}</td><td class="says">${leaving.map(sentItem)}</td><td>${state}${ways}</td><td class="ids">${listOfClauses(clauses)}</td></tr>
`;
}

/** What is on its way, with all its bytes, what is read from them, and the clauses behind it. */
function sentItem(one: Sent): Markup {
  const { says, clauses } = wordsOfSent(one);
  const changed = one.forged === undefined ? undefined : markup` <strong>On the way: ${one.forged}.</strong>`;
  const never = one.arrives === undefined ? markup` <strong>It never arrives.</strong>` : undefined;
  const head = one.what === 'head' ? markup`<pre>${String.fromCharCode(...one.bytes).trimEnd()}</pre>` : undefined;
  const bytes =
    one.bytes.length === 0
      ? undefined
      : markup`<details><summary>${one.bytes.length} bytes</summary><code>${spacedHex(one.bytes)}</code></details>`;
  return markup`<div id="sent-${one.id}">(${one.id + 1}) ${says}.${changed}${never}${head}${bytes}<div>${listOfClauses(clauses)}</div></div>`;
}

function chainPage(run: ChainRun): Page {
  const figure = chainFigure(run);
  const rows = figure.arrows.map(
    ({ from, to, texts }, index) =>
      markup`<tr><th scope="row">${index + 1}</th><td>${figure.lines[from]?.name}</td><td>${figure.lines[to]?.name}</td><td>${texts.map(({ text }) => markup`<code>${text}</code><br/>`)}</td></tr>
`,
  );
  const notes = figure.rows.flatMap(({ line, notes: texts }) =>
    texts.map(({ text }) => markup`<li>${figure.lines[line]?.name}: ${text}</li>`),
  );
  return {
    path: addressOfRun(run.name),
    part: 'runs',
    title: run.title,
    summary: run.says,
    body: markup`${picture(figure)}<h2 id="words">The same in words</h2>
<ul>${notes}</ul>
${table('Heads on their way', ['Head', 'From', 'To', 'What they tell'], rows)}
<h2 id="clauses">Clauses</h2>
<ul>${run.clauses.map((id) => markup`<li>${linkToClause(id)}</li>`)}</ul>
`,
  };
}
