import type { Chapter } from '../chapter.js';
import { markup } from '../html.js';
import { linkToReading } from '../links.js';
import { readings } from '../../spec/readings.js';
import { parts } from '../navigation.js';
import type { Page } from '../page.js';
import { clauseList } from './frames-examples.js';
import { acceptPart } from './handshake-accept.js';
import { annotatedRequest, annotatedResponse } from './handshake-lines.js';
import { negotiationPart } from './handshake-negotiation.js';
import { refusalTable, responseTable } from './handshake-refusals.js';

/** The page of the opening handshake: both heads line by line, and what becomes of others. */
export function handshakeChapter(): Chapter {
  const page: Page = {
    path: parts.handshake.file,
    part: 'handshake',
    title: 'Handshake',
    summary: 'An HTTP request, an HTTP response: what stands in each line, and what becomes of it where it is wrong.',
    body: markup`<nav aria-label="On this page"><ul>
<li><a href="#request">Request</a></li><li><a href="#response">Response</a></li><li><a href="#accept">Accept, step by step</a></li><li><a href="#refusals">What a server refuses</a></li><li><a href="#checks">What a client checks</a></li><li><a href="#negotiation">Negotiation</a></li>
</ul></nav>
<h2 id="request">The request of the client</h2>
<p>Written by the model, in the order that it writes. The order of header fields means nothing. “Required” is what the model refuses to do without as a server. After the empty line the client waits. ${clauseList(['draft-06/5.1/handshake-sent', 'draft-06/5.1/waits-for-response', 'draft-06/5.2.1/unknown-headers-ignored'])}</p>
${annotatedRequest()}
<h2 id="response">The response of the server</h2>
<p>“Required” is what the model fails without as a client. Behind the empty line the frames begin. ${clauseList(['draft-06/5.2.2/handshake-complete', 'draft-06/5.2.2/server-may-send'])}</p>
${annotatedResponse()}
<h2 id="accept">Accept, step by step</h2>
${acceptPart()}
<h2 id="refusals">What a server refuses</h2>
<p>The request above with one thing changed, read by the model. That a server must abort is the text’s; the status codes are reading ${linkToReading(readings.refusalStatus)}. A request with no sign of WebSocket is ordinary HTTP (reading ${linkToReading(readings.requestWithoutSign)}). ${clauseList(['draft-06/5.2.1/abort-on-mismatch'])}</p>
${refusalTable()}
<h2 id="checks">What a client checks</h2>
<p>The response above with one thing changed, read by the model. A client that fails closes the connection; it has nothing to send. ${clauseList(['draft-06/5.1/response-validated', 'draft-06/7.1.4/fail-is-close'])}</p>
${responseTable()}
<h2 id="negotiation">Negotiation</h2>
${negotiationPart()}`,
  };
  return { pages: [page] };
}
