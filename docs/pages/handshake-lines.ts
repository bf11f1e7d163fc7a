import type { HeaderField, RequestHead, ResponseHead } from '../../model/http-head.js';
import { readOpeningRequest } from '../../model/opening-request.js';
import { describeViolation } from '../../model/violation.js';
import type { ClauseId } from '../../spec/clauses.js';
import { type ReadingName, readings } from '../../spec/readings.js';
import { headerNames } from '../../spec/wire.js';
import { type Markup, markup } from '../html.js';
import { linkToReading } from '../links.js';
import { clauseList } from './frames-examples.js';
import { exampleRequest, exampleResponse, linesOfHead, readAsClient, without } from './handshake-example.js';

/** What is to be said of a line, apart from what a run shows. */
interface Note {
  readonly says: string;
  readonly clauses: readonly ClauseId[];
  readonly readings?: readonly ReadingName[];
}

const requestLine: Note = {
  says: 'GET, the resource name of the URI, and HTTP 1.1 or higher.',
  clauses: [
    'draft-06/5.1/method-get',
    'draft-06/5.1/request-uri',
    'draft-06/5.1/http-1.1',
    'draft-06/5.2.1/get-request',
  ],
};

const requestNotes: Readonly<Record<string, Note>> = {
  [headerNames.host]: {
    says: 'The authority of the URI: the host, and the port where it is not the default.',
    clauses: ['draft-06/5.1/host', 'draft-06/5.2.1/host'],
    readings: ['hostOfRequest'],
  },
  [headerNames.upgrade]: {
    says: 'The client must send it. The list of what a server reads leaves it out.',
    clauses: ['draft-06/5.1/upgrade'],
    readings: ['upgradeOfRequest'],
  },
  [headerNames.connection]: {
    says: 'A list that has the token Upgrade in it.',
    clauses: ['draft-06/5.1/connection-present', 'draft-06/5.1/connection'],
    readings: ['upgradeOfRequest'],
  },
  [headerNames.key]: {
    says: 'Sixteen random bytes in base64, others for each connection. The answer proves that it was read.',
    clauses: ['draft-06/5.1/key-is-16-byte-nonce', 'draft-06/5.1/key-random-per-connection', 'draft-06/5.2.1/key'],
    readings: ['keyOfRequest', 'spareKeyBits'],
  },
  [headerNames.version]: {
    says: 'The number of the draft.',
    clauses: ['draft-06/5.1/version-is-6', 'draft-06/5.2.1/version'],
    readings: ['versionForm'],
  },
  [headerNames.origin]: {
    says: 'Browsers must send it, in lower case; other clients may. A server may refuse by it.',
    clauses: ['draft-06/5.1/origin-from-browser', 'draft-06/5.1/origin-lower-case', 'draft-06/5.2.1/origin-optional'],
  },
  [headerNames.subprotocol]: {
    says: 'Subprotocols, the one that the client likes best first.',
    clauses: [
      'draft-06/5.1/subprotocols-may-be-sent',
      'draft-06/5.1/subprotocols-unique',
      'draft-06/5.2.1/subprotocols-by-preference',
    ],
  },
  [headerNames.extensions]: {
    says: 'Extensions that the client offers to use. Nothing is in use before the server accepts it.',
    clauses: [
      'draft-06/5.1/extensions-may-be-sent',
      'draft-06/8.1/client-only-offers',
      'draft-06/8.1/only-if-accepted',
    ],
  },
};

const statusLine: Note = {
  says: 'Status code 101. With any other the client fails the connection.',
  clauses: ['draft-06/5.2.2/status-101', 'draft-06/5.1/status-101'],
};

const responseNotes: Readonly<Record<string, Note>> = {
  [headerNames.upgrade]: {
    says: 'Equal to “websocket”, in any ASCII case.',
    clauses: ['draft-06/5.1/response-upgrade'],
    readings: ['upgradeOfResponse'],
  },
  [headerNames.connection]: {
    says: 'Equal to “Upgrade”, in any ASCII case.',
    clauses: ['draft-06/5.1/response-connection'],
    readings: ['connectionOfResponse'],
  },
  [headerNames.accept]: {
    says: 'Computed from the key: see below.',
    clauses: ['draft-06/5.2.2/accept', 'draft-06/5.1/response-accept'],
  },
  [headerNames.subprotocol]: {
    says: 'One of those that the client named.',
    clauses: ['draft-06/5.2.2/subprotocol-sent', 'draft-06/5.2.2/subprotocol-selected'],
    readings: ['subprotocolOfResponse', 'noSubprotocolSelected'],
  },
  [headerNames.extensions]: {
    says: 'Those in use, in the order in which they operate on the data. None that the client did not name.',
    clauses: [
      'draft-06/5.2.2/extensions-sent',
      'draft-06/8.1/response-is-in-use',
      'draft-06/5.2.2/no-unlisted-extension',
    ],
    readings: ['extensionOfResponse'],
  },
};

/** The request, each line with what the model says when it is missing. */
export function annotatedRequest(): Markup {
  return annotated(exampleRequest, requestLine, requestNotes, (head) => {
    const reading = readOpeningRequest(head);
    return reading.kind === 'violation' ? describeViolation(reading.violation.code) : undefined;
  });
}

/** The response, each line with what the model says when it is missing. */
export function annotatedResponse(): Markup {
  return annotated(exampleResponse, statusLine, responseNotes, (head) => {
    const reading = readAsClient(head);
    return reading.kind === 'violation' ? describeViolation(reading.violation.code) : undefined;
  });
}

function annotated<Head extends RequestHead | ResponseHead>(
  head: Head,
  first: Note,
  notes: Readonly<Record<string, Note>>,
  faultOf: (head: Head) => string | undefined,
): Markup {
  const [start = '', ...lines] = linesOfHead(head);
  const rows = head.fields.map(({ name }: HeaderField, at) => {
    const fault = faultOf(without(head, name));
    const need = fault === undefined ? 'optional' : 'required';
    const missing = fault === undefined ? undefined : markup` <small>Without it: ${fault}.</small>`;
    return line(lines[at] ?? '', need, notes[name], missing);
  });
  return markup`<ol class="lines">
${line(start, 'required', first)}${rows}${line('', 'required', {
    says: 'An empty line ends the head. Every line ends with CR LF.',
    clauses: [head.kind === 'request' ? 'draft-06/5.1/valid-http-request' : 'draft-06/5.2.2/valid-http-response'],
  })}</ol>
`;
}

function line(text: string, need: 'required' | 'optional', note: Note | undefined, missing?: Markup): Markup {
  const { says = '', clauses = [], readings: names = [] } = note ?? {};
  const doubts = names.map((name) => markup` ${linkToReading(readings[name])}`);
  return markup`<li><code>${text === '' ? '(empty line)' : text}</code><div><span class="need">${need}</span>${says}${missing} ${clauseList(clauses)}${doubts}</div></li>
`;
}
