import { markup } from '../html.js';
import type { Chapter, SiteContext } from '../chapter.js';
import { assets } from '../links.js';
import { parts } from '../navigation.js';
import type { Page } from '../page.js';
import { termsPage } from './terms.js';
import { documents } from '../../spec/clause.js';
import { clauses } from '../../spec/clauses.js';
import { allReadings } from '../../spec/readings/index.js';

/** The first page: what the site is and where everything lies. */
export function homeChapter({ graphs, options: { api } }: SiteContext): Chapter {
  const machines = graphs.map(({ role, states, transitions }) => {
    const resting = states.filter(({ type }) => type !== 'compound').length;
    return markup`<li><a href="~/${role}.html">The states of a ${role}</a>: ${resting} states and ${transitions.length} transitions, as a picture and as tables. The picture alone: <a href="~/${assets.pictures[role]}">${assets.pictures[role]}</a></li>
`;
  });
  const texts = Object.entries(documents).map(
    ([short, { title, name }]) => markup`<dt>${short}</dt><dd>${title}, <code>${name}</code></dd>
`,
  );
  const reference =
    api === undefined
      ? undefined
      : markup`<li><a href="~/${api}">The API</a>: every function and type of the package</li>
`;
  const page: Page = {
    path: parts.home.file,
    part: 'home',
    title: 'The WebSocket protocol of March 2011',
    summary: 'An executable specification: its sentences, its states, and the choices where it is silent.',
    body: markup`<p>In March 2011 the protocol was a draft, and its opening handshake, frames and status codes were not yet what they are today. This site describes the draft and nothing later. Each of its normative sentences has an address, such as <code>draft-06/4.5.2/ping-answered</code>, and says the same in other words. The states and transitions are read off the machine that the reference model runs, so picture, tables and behaviour cannot drift apart.</p>
<h2>Where to look</h2>
<ul>
${machines}<li><a href="~/${parts.clauses.file}">The clauses</a>: ${clauses.length} sentences by section, with level, whom they bind, and where they act</li>
<li><a href="~/${parts.readings.file}">The readings</a>: ${allReadings.length} questions that the texts leave open or answer twice, with the choice made here</li>
${reference}<li><a href="~/${assets.states}">${assets.states}</a>: the machines of both roles for programs</li>
</ul>
<h2>The texts</h2>
<dl>
${texts}</dl>
`,
  };
  return { pages: [page, termsPage()] };
}
