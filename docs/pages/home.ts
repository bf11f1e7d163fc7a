import { documents } from '../../spec/clause.js';
import { clauses } from '../../spec/clauses.js';
import { allReadings } from '../../spec/readings/index.js';
import type { Chapter, SiteContext } from '../chapter.js';
import { cases } from '../evidence.js';
import { type Markup, markup } from '../html.js';
import { assets } from '../links.js';
import { type Part, parts } from '../navigation.js';
import type { Page } from '../page.js';
import { plainClause } from './parts.js';
import { termsPage } from './terms.js';

/** The first page: what the site is and where everything lies. */
export function homeChapter({ graphs, options: { api } }: SiteContext): Chapter {
  const states = graphs.map(({ role, states: all }) => {
    const resting = all.filter(({ type }) => type !== 'compound').length;
    return `${resting} of a ${role}`;
  });
  const texts = Object.entries(documents).map(
    ([short, { title, name }]) => markup`<dt>${short}</dt><dd>${title}, <code>${name}</code></dd>
`,
  );
  const page: Page = {
    path: parts.home.file,
    part: 'home',
    title: 'The WebSocket protocol of March 2011',
    summary: 'An executable specification: its sentences, its states, and the choices where it is silent.',
    body: markup`<p>In March 2011 the protocol was a draft, and its opening handshake, frames and status codes were not yet what they are today. This site describes the draft and nothing later. What is drawn here is read off the machine that runs, so picture, tables and behaviour cannot drift apart.</p>
<ul class="cards">
${card('states', `Pictures, a page for each state: ${states.join(', ')}.`)}${card('runs', 'Who sends what, step by step, with the bytes.')}${card('frames', 'The bits of a frame, clear and masked, and the examples of the text.')}${card('handshake', 'Request and response line by line, and how Accept is computed.')}${card('clauses', `${clauses.length} normative sentences, each with an address and what checks it.`)}${card('readings', `${allReadings.length} questions that the texts leave open, and the choice made here.`)}${card('evidence', `${cases.length} cases for your server or client, laws, faults, and what real peers do.`)}${card('guides', 'Verify a server, verify a client, add it to CI, use the vectors.')}${card('explorer', 'Take bytes apart, and let a client and a server step.')}</ul>
<p>Words that are new are in the <a href="~/terms.html">list of terms</a>. Each sentence has an id that is its address, such as ${plainClause('draft-06/4.5.2/ping-answered')}.</p>
<h2>For programs</h2>
<ul>
<li><a href="~/${assets.states}">${assets.states}</a>: the machines of both roles, with their words</li>
${graphs.map(
  ({ role }) =>
    markup`<li><a href="~/${assets.pictures[role]}">${assets.pictures[role]}</a>: the picture of the ${role}</li>
`,
)}${api === undefined ? undefined : markup`<li><a href="~/${api}">The API</a>: every function and type of the package</li>`}</ul>
<h2>The texts</h2>
<dl>
${texts}</dl>
`,
  };
  return { pages: [page, termsPage()] };
}

function card(part: Part, says: string): Markup {
  const { file, name } = parts[part];
  return markup`<li><a href="~/${file}">${name}</a><span>${says}</span></li>
`;
}
