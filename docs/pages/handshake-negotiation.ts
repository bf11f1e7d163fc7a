import { isOriginAllowed } from '../../impl/origin.js';
import { type Extension, parseExtensions, serializeExtensions } from '../../model/extension-header.js';
import { fieldValues } from '../../model/http-head.js';
import { selectExtensions, selectSubprotocol, type SupportedExtension } from '../../model/negotiation.js';
import { readOpeningRequest } from '../../model/opening-request.js';
import { rejectionOfViolation } from '../../model/opening-response.js';
import { readings } from '../../spec/readings.js';
import { headerNames } from '../../spec/wire.js';
import { type Markup, markup } from '../html.js';
import { linkToReading } from '../links.js';
import { table } from '../page.js';
import { clauseList } from './frames-examples.js';
import { changed, exampleRequest, without } from './handshake-example.js';

/** Origin, subprotocol, extensions and version: what is offered, and what comes of it. */
export function negotiationPart(): Markup {
  return markup`<h3 id="origin">Origin</h3>
<p>A server may decide by the origin; which status code it refuses with is its own choice. Here it takes <code>${allowedOrigin}</code> alone. A request without an origin is not of a browser, and the list does not bind it. ${clauseList(['draft-06/5.2.2/origin-may-decide', 'draft-06/5.2.1/no-origin-no-browser'])}</p>
${originTable()}
<h3 id="subprotocol">Subprotocol</h3>
<p>The first that the client likes among those that the server speaks. Where there is none, the header field is left out and the connection opens without one (reading ${linkToReading(readings.noSubprotocolSpoken)}). ${clauseList(['draft-06/5.2.2/subprotocol-selected', 'draft-06/5.2.1/subprotocols-by-preference'])}</p>
${subprotocolTable()}
<h3 id="extensions">Extensions</h3>
<p>The server takes what it can in the order of the request. Two that need the same bit cannot both be in use: the one that the client likes better is. Here the server knows <code>deflate-stream</code>, and <code>x-one</code> and <code>x-two</code>, which both claim RSV1. ${clauseList(['draft-06/8.1/order-is-preference', 'draft-06/8.1/response-is-in-use', 'draft-06/8.1/order-of-operations'])}</p>
${extensionTable()}
<h3 id="version">Version</h3>
<p>A version that is not understood is refused, and the answer may say which is. ${clauseList(['draft-06/5.2.2/version-not-understood', 'draft-06/5.2.2/version-response'])}</p>
${versionTable()}`;
}

const allowedOrigin = 'http://example.com';

function originTable(): Markup {
  const requests = [
    ['http://example.com', exampleRequest],
    ['HTTP://EXAMPLE.COM', changed(exampleRequest, headerNames.origin, 'HTTP://EXAMPLE.COM')],
    ['http://www.example.com', changed(exampleRequest, headerNames.origin, 'http://www.example.com')],
    ['none', without(exampleRequest, headerNames.origin)],
  ] as const;
  const rows = requests.map(([shown, head]) => {
    const reading = readOpeningRequest(head);
    const isTaken = reading.kind === 'opening' && isOriginAllowed(reading.request.origin, [allowedOrigin]);
    return markup`<tr><th scope="row"><code>${shown}</code></th><td>${isTaken ? 'accepted' : '403 Forbidden'}</td></tr>
`;
  });
  return table('Origins, and what the reference server makes of them', [headerNames.origin, 'Outcome'], rows);
}

function subprotocolTable(): Markup {
  const rows = [
    { offered: ['chat', 'superchat'], spoken: ['superchat', 'chat'] },
    { offered: ['superchat', 'chat'], spoken: ['chat'] },
    { offered: ['chat'], spoken: ['mail'] },
    { offered: ['Chat'], spoken: ['chat'] },
    { offered: [], spoken: ['chat'] },
  ].map(({ offered, spoken }) => {
    const selected = selectSubprotocol(offered, spoken);
    return markup`<tr><td>${listed(offered)}</td><td>${listed(spoken)}</td><th scope="row">${listed(selected === undefined ? [] : [selected])}</th></tr>
`;
  });
  return table('Subprotocols', ['The client offers', 'The server speaks', 'Selected'], rows);
}

const supported: readonly SupportedExtension[] = [
  {
    name: 'deflate-stream',
    claims: { stream: true },
    answer: (parameters) => (parameters.length === 0 ? [] : undefined),
  },
  { name: 'x-one', claims: { reservedBits: ['rsv1'] }, answer: () => [] },
  { name: 'x-two', claims: { reservedBits: ['rsv1'] }, answer: (parameters) => parameters },
];

function extensionTable(): Markup {
  const rows = [
    'deflate-stream',
    'mux; max-channels=4; flow-control, deflate-stream',
    'x-private-extension',
    'deflate-stream; level=9',
    'x-two; size=4, x-one, deflate-stream',
    'x-one, x-two; size=4',
    'deflate-stream, deflate-stream',
  ].map((value) => {
    const accepted: readonly Extension[] = selectExtensions(parseExtensions([value]) ?? [], supported);
    const answer = accepted.length === 0 ? [] : [serializeExtensions(accepted)];
    return markup`<tr><td><code>${value}</code></td><th scope="row">${listed(answer)}</th></tr>
`;
  });
  return table('Extensions', ['The client offers', 'In use'], rows);
}

function versionTable(): Markup {
  const rows = ['6', '13', '4', '06', '6, 13'].map((version) => {
    const reading = readOpeningRequest(changed(exampleRequest, headerNames.version, version));
    if (reading.kind !== 'violation')
      return markup`<tr><th scope="row"><code>${version}</code></th><td>accepted</td><td></td></tr>
`;
    const { status, reason, fields = [] } = rejectionOfViolation(reading.violation.code);
    const named = fieldValues(fields, headerNames.version);
    return markup`<tr><th scope="row"><code>${version}</code></th><td>${status} ${reason}</td><td>${listed(named)}</td></tr>
`;
  });
  return markup`${table('Versions', [headerNames.version, 'Outcome', `${headerNames.version} of the answer`], rows)}
<p>What a value other than the one character 6 means is reading ${linkToReading(readings.versionForm)}; the status code is reading ${linkToReading(readings.refusalStatus)}.</p>`;
}

function listed(names: readonly string[]): Markup {
  return names.length === 0 ? markup`<small>none</small>` : markup`<code>${names.join(', ')}</code>`;
}
