import { arrowsOf } from '../diagram.js';
import type { Chapter, SiteContext } from '../chapter.js';
import { placedPicture } from '../explorer/diagram-places.js';
import { chosenExamples } from '../explorer/examples.js';
import { type Markup, markup, verbatim } from '../html.js';
import type { Layout } from '../layout.js';
import { parts } from '../navigation.js';
import type { Page } from '../page.js';
import { builtAsset } from '../scripts.js';
import { drawSvg } from '../svg.js';

/** The page on which the model itself runs: octets taken apart, and a client and a server that step. */
export function explorerChapter({ layouts }: SiteContext): Chapter {
  const script = builtAsset('explorer.js');
  const page: Page = {
    path: parts.explorer.file,
    part: 'explorer',
    title: 'Explorer',
    summary: 'The model itself, in this page: take octets apart, and let a client and a server step.',
    body: markup`<p>Nothing here leaves your computer: the page holds the model, and what you do stands in its address, so that you can send it to somebody. Both tools run the same code as <code>hybi verify</code> and <code>hybi decode</code>.</p>
<ul><li><a href="#octets">Take octets apart</a></li><li><a href="#stepping">Step a client and a server</a></li></ul>
<h2 id="octets">Take octets apart</h2>
<p>Pick an example or paste octets. Each field shows its bits, its octets on the wire and without the mask, and the clause that it stands on; what is refused shows where and why.</p>
<div id="octets-tool" data-examples="${JSON.stringify(chosenExamples())}"><p>This tool needs JavaScript.</p></div>
<h2 id="stepping">Step a client and a server</h2>
<p>Press what happens next. What cannot happen now has a dashed border. Octets wait on the wire until you deliver them, whole or in pieces.</p>
<div id="stepping-tool"><p>This tool needs JavaScript.</p></div>
<div id="pictures"><h3>Where they are</h3>
<p>The state that each side is in is marked, and the arrows that the last move took.</p>
<div class="diagrams">
${layouts.map(diagram)}</div></div>
<p><a href="~/assets/licences.txt">Licences of the packages in the script</a></p>
<script src="~/${script.path}"></script>`,
  };
  return { pages: [page], files: [script, builtAsset('licences.txt')] };
}

function diagram(layout: Layout): Markup {
  const { graph } = layout;
  const ways = arrowsOf(graph).map(({ source, target }) => `${source}~${target}`);
  const picture = verbatim(placedPicture(graph.role, drawSvg(layout).markup, ways));
  return markup`<div class="wide" id="diagram-${graph.role}" role="region" aria-label="Picture of the states of the ${graph.role}, with the present one marked" tabindex="0">
${picture}</div>
`;
}
