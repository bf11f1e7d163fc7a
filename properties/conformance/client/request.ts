import { fieldValues, type RequestHead } from '../../../model/http-head.js';
import { latin1FromBytes } from '../../../model/bytes.js';
import { headerNames } from '../../../spec/wire.js';
import type { ClauseId } from '../../../spec/clauses.js';
import type { ClientCase, Need } from '../../verifier/case.js';
import type { ClientTester, Opening } from '../../verifier/client-tester.js';
import { NotApplicable } from '../../verifier/tester.js';
import { sendWrong } from './reactions.js';

/*
 * What a server sees of the opening handshake. The tester holds every request against these rules (request-watch.ts), in
 * every case; the cases here look at one rule each.
 */

/** A rule on the request: nothing but to come is asked of the client. */
interface RequestRule {
  readonly name: string;
  readonly title: string;
  readonly clauses: readonly [ClauseId, ...ClauseId[]];
  readonly requirement: string;
  readonly needs?: readonly Need[];
  /** What else is looked at. */
  readonly look?: (tester: ClientTester, opening: Opening) => void;
}

const noteField =
  (name: string, clause: ClauseId) =>
  (tester: ClientTester, { head }: Opening): void => {
    const values = fieldValues(head, name);
    if (values.length > 0) tester.note(clause, 'field-sent', `${name}: ${values.join(', ')}`, 'may be sent');
  };

/** Header fields that may stand once: RFC 2616 section 4.2 lets only lists be repeated. */
const single = [
  headerNames.host,
  headerNames.key,
  headerNames.version,
  headerNames.origin,
  'Content-Length',
  'Authorization',
] as const;

function lookForRepeats(tester: ClientTester, { head }: Opening): void {
  for (const name of single) {
    const count = fieldValues(head, name).length;
    if (count < 2) continue;
    const words = { code: 'repeated-field', observed: `${name} ${count} times`, allowed: `${name} once` };
    tester.broken('draft-06/5.1/valid-http-request', words);
  }
}

/** By RFC 2616 a head is ASCII but for TEXT in values; and a line is ended by CRLF, which the reader insists on. */
function lookAtBytes(tester: ClientTester, { bytes }: Opening): void {
  const name = /^[^\r\n:]*[\x80-\xff][^\r\n:]*:/m.exec(latin1FromBytes(bytes))?.[0];
  if (name === undefined) return;
  const words = { code: 'name-not-ascii', observed: JSON.stringify(name), allowed: 'a token' };
  tester.broken('draft-06/5.1/valid-http-request', words);
}

const hasBody = (head: RequestHead): boolean =>
  ['Content-Length', 'Transfer-Encoding'].some((name) => fieldValues(head, name).length > 0);

const rules: readonly RequestRule[] = [
  {
    name: 'sent',
    title: 'The client sends its opening handshake',
    clauses: [
      'draft-06/5.1/handshake-sent',
      'draft-06/5.2.1/client-starts',
      'draft-06/5.1/handshake-is-upgrade',
      'draft-06/5.1/meets-requirements',
      'draft-06/9/direct-use',
    ],
    requirement: 'A client that has connected sends an HTTP request, before the server has said a word.',
  },
  {
    name: 'valid-http',
    title: 'The request is HTTP',
    clauses: ['draft-06/5.1/valid-http-request', 'draft-06/5.2.1/parts-of-the-request'],
    requirement: 'The opening handshake is a request by RFC 2616: its lines, its names and its values.',
    look: lookAtBytes,
  },
  {
    name: 'no-field-twice',
    title: 'No header field stands twice that is no list',
    clauses: ['draft-06/5.1/valid-http-request'],
    requirement: 'Header fields whose values are not lists stand once in the opening handshake.',
    look: lookForRepeats,
  },
  {
    name: 'without-body',
    title: 'The request announces no body',
    clauses: ['draft-06/5.1/waits-for-response'],
    requirement:
      'That the opening handshake announces a body is recorded, since nothing may follow it (reading R-548).',
    look: (tester, { head }) => {
      if (!hasBody(head)) return;
      tester.note('draft-06/5.1/waits-for-response', 'body-announced', 'a request with a length or a transfer coding');
    },
  },
  {
    name: 'method',
    title: 'The method is GET',
    clauses: ['draft-06/5.1/method-get'],
    requirement: 'The request line begins with GET.',
  },
  {
    name: 'http-version',
    title: 'The HTTP version is at least 1.1',
    clauses: ['draft-06/5.1/http-1.1'],
    requirement: 'The request line ends with HTTP/1.1 or a higher version.',
  },
  {
    name: 'request-line-form',
    title: 'The request line has the usual form',
    clauses: ['draft-06/5.1/request-line-form'],
    requirement: 'The request line is GET, the resource name and HTTP/1.1.',
  },
  {
    name: 'request-uri',
    title: 'The Request-URI is the resource name',
    clauses: [
      'draft-06/5.1/request-uri-present',
      'draft-06/5.1/request-uri',
      'draft-06/3.3/resource-name-slash',
      'draft-06/3.3/resource-name-characters',
      'draft-06/10.1/resource-name',
      'draft-06/10.1/identifies',
      'draft-06/10.1/only-operation',
    ],
    requirement: 'The Request-URI is the resource name of the URL: a path from a slash on, and the query.',
  },
  {
    name: 'host',
    title: 'Host is the authority',
    clauses: ['draft-06/5.1/host', 'draft-06/3.1/explicit-port'],
    requirement: 'Host is the host of the URL, and the port behind a colon unless it is the default one.',
  },
  {
    name: 'upgrade',
    title: 'Upgrade is websocket',
    clauses: ['draft-06/5.1/upgrade'],
    requirement: 'The request has an Upgrade header field with the value "websocket".',
  },
  {
    name: 'connection',
    title: 'Connection has the token Upgrade',
    clauses: ['draft-06/5.1/connection-present', 'draft-06/5.1/connection'],
    requirement: 'The request has a Connection header field with the token "Upgrade".',
  },
  {
    name: 'key',
    title: 'The key is sixteen bytes in base64',
    clauses: [
      'draft-06/5.1/key',
      'draft-06/5.1/key-is-16-byte-nonce',
      'draft-06/5.2.2/key-16-bytes',
      'draft-06/10.4/in-handshake',
      'draft-06/10.4/from-client',
    ],
    requirement: 'The request has one Sec-WebSocket-Key, the base64 form of 16 bytes.',
  },
  {
    name: 'version',
    title: 'The version is 6',
    clauses: [
      'draft-06/5.1/version',
      'draft-06/5.1/version-is-6',
      'draft-06/5.2.2/version-meaning',
      'draft-06/10.9/in-handshake',
      'draft-06/10.9/from-client',
      'draft-06/10.9/indicates-version',
    ],
    requirement: 'The request has one Sec-WebSocket-Version, with the value 6.',
  },
  {
    name: 'origin',
    title: 'An origin is serialized, and in lower case',
    clauses: [
      'draft-06/5.1/origin-ascii-serialization',
      'draft-06/5.1/origin-lower-case',
      'draft-06/5.1/origin-no-capitals',
      'draft-06/5.2.2/origin-form',
      'draft-06/5.1/origin-from-others',
    ],
    requirement:
      'A Sec-WebSocket-Origin is a scheme, a host and perhaps a port, or "null", with no capital letter; that there is one is recorded.',
    look: noteField(headerNames.origin, 'draft-06/5.1/origin-from-others'),
  },
  {
    name: 'cookies',
    title: 'Cookies may be sent',
    clauses: ['draft-06/5.1/cookies-may-be-sent'],
    requirement: 'That the request carries cookies is recorded.',
    look: noteField('Cookie', 'draft-06/5.1/cookies-may-be-sent'),
  },
  {
    name: 'no-accept',
    title: 'Sec-WebSocket-Accept is left to the server',
    clauses: ['draft-06/10.6/from-server'],
    requirement: 'The request has no Sec-WebSocket-Accept.',
  },
  {
    name: 'subprotocol-list',
    title: 'Subprotocols are a list',
    clauses: [
      'draft-06/5.1/subprotocol-grammar',
      'draft-06/5.1/subprotocols-meaning',
      'draft-06/5.1/subprotocols-may-be-sent',
      'draft-06/10.8/in-handshake',
    ],
    requirement: 'Sec-WebSocket-Protocol is a list of tokens or quoted strings.',
    needs: ['offer of subprotocols'],
  },
  {
    name: 'subprotocol-names',
    title: 'Subprotocols have visible characters',
    clauses: ['draft-06/5.1/subprotocol-characters'],
    requirement: 'Each subprotocol is a text that is not empty, of characters from U+0021 to U+007E.',
    needs: ['offer of subprotocols'],
  },
  {
    name: 'subprotocols-unique',
    title: 'No subprotocol is named twice',
    clauses: ['draft-06/5.1/subprotocols-unique'],
    requirement: 'Each subprotocol stands once in the list.',
    needs: ['offer of subprotocols'],
  },
  {
    name: 'extension-list',
    title: 'Extensions are a list by the grammar',
    clauses: [
      'draft-06/8.1/list-grammar',
      'draft-06/5.1/extensions-format',
      'draft-06/5.1/extensions-meaning',
      'draft-06/5.1/extensions-may-be-sent',
      'draft-06/5.2.1/extensions-wished',
      'draft-06/8/client-may-request',
      'draft-06/8.1/requested-by-header',
      'draft-06/8.1/extension-list',
      'draft-06/8.1/extension',
      'draft-06/8.1/extension-param',
      'draft-06/8.1/http-header-rules',
      'draft-06/4.8/negotiation-by-8.1',
      'draft-06/10.5/in-handshake',
    ],
    requirement: 'Sec-WebSocket-Extensions is a list of extensions, each with its parameters behind semicolons.',
    needs: ['offer of extensions'],
  },
  {
    name: 'extension-tokens',
    title: 'Extensions are registered or private',
    clauses: [
      'draft-06/8.1/registered-or-private',
      'draft-06/8.1/extension-token',
      'draft-06/8.1/registered-token',
      'draft-06/8.1/private-use-token',
      'draft-06/8.1/parameters-defined',
      'draft-06/8/parameters-by-extension',
      'draft-06/8.2/known-extensions',
      'draft-06/8.2.1/token',
    ],
    requirement: 'Each extension is deflate-stream without parameters, or begins with "x-".',
    needs: ['offer of extensions'],
  },
];

/** Connections of the case that looks at keys: enough for a client with one key, or with a few. */
const keysLookedAt = 5;

export const clientRequestCases: readonly ClientCase[] = [
  ...rules.map(({ name, look, ...facts }): ClientCase => ({
    id: `client-request/${name}`,
    ...facts,
    run: async (tester) => {
      const opening = await tester.accept();
      look?.(tester, opening);
      await opening.conversation.sendResponse(tester.response(opening), true);
    },
  })),
  {
    id: 'client-request/key-fresh',
    title: 'Each connection has a key of its own',
    clauses: ['draft-06/5.1/key-random-per-connection'],
    requirement: `On each of ${keysLookedAt} connections the client sends another Sec-WebSocket-Key.`,
    needs: ['second connection'],
    run: async (tester) => {
      // The tester compares each key with all that came before.
      for (let count = 0; count < keysLookedAt; count++) {
        const opening = await tester.accept();
        await opening.conversation.sendResponse(tester.response(opening), true);
        opening.conversation.destroy();
      }
    },
  },
  {
    id: 'client-request/key-unlike-earlier',
    title: 'The key is none of earlier connections',
    clauses: ['draft-06/5.1/key-random-per-connection'],
    requirement: 'The client sends a Sec-WebSocket-Key that it has not sent before in this run.',
    run: async (tester) => {
      await tester.accept();
      if (tester.earlier().length < 2) throw new NotApplicable('there is no earlier connection to compare with');
    },
  },
  {
    id: 'client-request/nothing-early',
    title: 'Nothing follows before the response',
    clauses: ['draft-06/5.1/waits-for-response'],
    requirement: 'Behind its opening handshake the client sends nothing for as long as the response does not come.',
    run: async (tester) => {
      const opening = await tester.accept();
      await opening.conversation.next(patienceOf(tester));
      await opening.conversation.sendResponse(tester.response(opening), true);
    },
  },
  {
    id: 'client-request/nothing-early-on-half-a-response',
    title: 'Nothing follows before the whole response',
    clauses: ['draft-06/5.1/waits-for-response'],
    requirement: 'The client sends nothing when only the status line of the response has come.',
    run: async (tester) => {
      const opening = await tester.accept();
      const { conversation } = opening;
      conversation.sendBytes(statusLine, 'status line');
      await conversation.next(patienceOf(tester));
      // It is of no interest what comes of it: a client may have failed on an incomplete response.
      await sendWrong(opening, new Uint8Array(0));
    },
  },
];

const statusLine = new TextEncoder().encode('HTTP/1.1 101 Switching Protocols\r\n');

/** How long a client is given to send what it should not. */
const patienceOf = ({ target }: ClientTester): number => (Number.isFinite(target.timeout) ? target.timeout / 4 : 1000);
