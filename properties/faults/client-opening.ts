import { acceptOfKey } from '../../model/accept.js';
import type { ClauseId } from '../../spec/clauses.js';
import { memoryClient } from '../drivers/memory-client.js';
import type { ClientPeer } from '../verifier/line.js';
import { changingClient, pretending, requesting } from './altered-client.js';
import { clientFault, type ClientFault, headerLine, withLines } from './fault.js';

const target = (rewrite: (target: string, url: string) => string) =>
  requesting((request, url) =>
    request.replace(/^(GET )(\S+)/, (_, get: string, was: string) => get + rewrite(was, url)),
  );

const without = (name: string) => requesting((request) => request.replace(headerLine(name), ''));

const saying = (name: string, value: string) =>
  requesting((request) => request.replace(headerLine(name), `\r\n${name}: ${value}`));

/** Sends this key or none, and takes a Sec-WebSocket-Accept that fits it for the right one. */
const withKey = (key?: string): (() => ClientPeer) =>
  pretending(
    (request) =>
      request.replace(headerLine('Sec-WebSocket-Key'), key === undefined ? '' : `\r\nSec-WebSocket-Key: ${key}`),
    (response, own, sent) => response.replace(acceptOfKey(keyIn(sent)), acceptOfKey(keyIn(own))),
  );

const keyIn = (request: string): string => /\r\nSec-WebSocket-Key: ([^\r]*)/i.exec(request)?.[1] ?? '';

/** Names these subprotocols, and takes one that is selected for the first of its own. */
const withSubprotocols = (list: string): (() => ClientPeer) =>
  pretending(
    (request) => request.replace(headerLine('Sec-WebSocket-Protocol'), `\r\nSec-WebSocket-Protocol: ${list}`),
    (response, own) =>
      response.replace(
        /(\r\nSec-WebSocket-Protocol:[ \t]*)(?:"super chat"|chat)(?=[ \t]*\r)/i,
        `$1${/\r\nSec-WebSocket-Protocol: ([^,\r]*)/i.exec(own)?.[1] ?? ''}`,
      ),
  );

const adding = (...lines: readonly string[]) => requesting((request) => withLines(request, ...lines));

/** What stands behind the authority of a URL. */
const restOf = (url: string): string => /^[^:]*:\/\/[^/?#]*(.*)$/s.exec(url)?.[1] ?? '';

/** Connects to a URL that it should refuse, as if it were another one. */
const credulous = (understand: (url: string) => string) => (): ClientPeer => {
  const inner = memoryClient();
  return {
    accept: (visit) => {
      const { url } = visit;
      return inner.accept(url === undefined ? visit : { ...visit, url: (at) => understand(url(at)) });
    },
  };
};

/** Connects to a host name beyond ASCII, and writes it in this way. */
const foreignHost = (written: string): (() => ClientPeer) =>
  requesting(
    (request) => request.replace('xn--bcher-kva', written),
    credulous((url) => url.replace('b\u00fccher', 'xn--bcher-kva')),
  );

type Row = readonly [name: string, clause: ClauseId, says: string, client: () => ClientPeer];

const requestLine: readonly Row[] = [
  ['method', 'draft-06/5.1/method-get', 'Sends POST.', requesting((request) => request.replace('GET', 'POST'))],
  [
    'http-1.0',
    'draft-06/5.1/http-1.1',
    'Speaks HTTP/1.0.',
    requesting((request) => request.replace('HTTP/1.1', 'HTTP/1.0')),
  ],
  [
    'absolute',
    'draft-06/5.1/request-line-form',
    'Sends the absolute form.',
    target((was) => `http://server.example:8006${was}`),
  ],
  [
    'other-target',
    'draft-06/5.1/request-uri',
    'Asks for /index.html whatever it is told.',
    target(() => '/index.html'),
  ],
  ['path-lost', 'draft-06/3.1/path', 'Asks for the root alone.', target((was) => was.replace(/^[^?]*/, '/'))],
  ['query-lost', 'draft-06/3.1/query-appended', 'Leaves the query out.', target((was) => was.replace(/\?.*/, ''))],
  [
    'empty-path-filled',
    'draft-06/3.1/empty-path-is-slash',
    'Fills an empty path with a name.',
    target((was, url) => (/^(?:\?|$)/.test(restOf(url)) ? was.replace('/', '/index') : was)),
  ],
  [
    'no-slash',
    'draft-06/3.3/resource-name-slash',
    'Leaves the first slash out.',
    target((was) => was.replace(/^\//, 'x')),
  ],
  [
    'raw-characters',
    'draft-06/3.3/resource-name-characters',
    'Sends bytes beyond ASCII as they are.',
    target((was) => was.replaceAll('%C3%A9', '\u00c3\u00a9')),
  ],
  [
    'latin-1-escapes',
    'draft-06/10.1/others-percent-encoded',
    'Escapes Latin-1 and not UTF-8.',
    target((was) => was.replaceAll('%C3%A9', '%E9')),
  ],
  [
    'dots-misplaced',
    'draft-06/3.1/resolve',
    'Takes a dot segment for one step more than it is.',
    target((was, url) => (restOf(url).includes('/../') ? was.replace(/^\/[^/]+/, '') : was)),
  ],
  [
    'bare-line-feeds',
    'draft-06/5.1/valid-http-request',
    'Ends lines with a line feed.',
    requesting((request) => request.replaceAll('\r\n', '\n')),
  ],
];

const fields: readonly Row[] = [
  ['no-host', 'draft-06/5.1/host', 'Sends no Host.', without('Host')],
  [
    'host-without-port',
    'draft-06/5.1/host',
    'Leaves the port out of Host.',
    requesting((request) => request.replace(/(Host: [^:\r]*):\d+/, '$1')),
  ],
  [
    'host-in-capitals',
    'draft-06/3.1/host-lower-case',
    'Sends Host in capitals.',
    requesting((request) => request.replace(/Host: [^\r]*/, (line) => line.toUpperCase())),
  ],
  [
    'host-as-written',
    'draft-06/3.3/host-at-most-7e',
    'Sends a host name beyond ASCII as it was written.',
    foreignHost('b\u00c3\u00bccher'),
  ],
  [
    'host-escaped',
    'draft-06/10.1/host-by-idna',
    'Escapes the characters of a host name beyond ASCII as if they stood in a path.',
    foreignHost('b%C3%BCcher'),
  ],
  ['two-hosts', 'draft-06/5.1/host', 'Sends Host twice.', adding('Host: elsewhere.hybi-spec.example')],
  ['no-upgrade', 'draft-06/5.1/upgrade', 'Sends no Upgrade.', without('Upgrade')],
  ['other-upgrade', 'draft-06/5.1/upgrade', 'Asks to upgrade to something else.', saying('Upgrade', 'h2c')],
  ['no-connection', 'draft-06/5.1/connection-present', 'Sends no Connection.', without('Connection')],
  [
    'other-connection',
    'draft-06/5.1/connection',
    'Sends Connection without Upgrade.',
    saying('Connection', 'keep-alive'),
  ],
  ['no-key', 'draft-06/5.1/key', 'Sends no key.', withKey()],
  ['short-key', 'draft-06/5.1/key-is-16-byte-nonce', 'Sends a key of eight bytes.', withKey('AQIDBAUGBwg=')],
  [
    'url-safe-key',
    'draft-06/5.1/key-is-16-byte-nonce',
    'Writes the key in the alphabet for URLs.',
    withKey('-_-_-_-_-_-_-_-_-_-_-w=='),
  ],
  [
    'same-key',
    'draft-06/5.1/key-random-per-connection',
    'Sends the same key always.',
    withKey('dGhlIHNhbXBsZSBub25jZQ=='),
  ],
  ['no-version', 'draft-06/5.1/version', 'Sends no version.', without('Sec-WebSocket-Version')],
  ['version-13', 'draft-06/5.1/version-is-6', 'Speaks version 13.', saying('Sec-WebSocket-Version', '13')],
  [
    'version-with-zero',
    'draft-06/5.1/version-is-6',
    'Writes the version as 06.',
    saying('Sec-WebSocket-Version', '06'),
  ],
  [
    'origin-in-capitals',
    'draft-06/5.1/origin-no-capitals',
    'Sends its origin with capitals.',
    saying('Sec-WebSocket-Origin', 'http://App.Example'),
  ],
  [
    'origin-as-written',
    'draft-06/5.1/origin-lower-case',
    'Sends its origin as it was written.',
    saying('Sec-WebSocket-Origin', 'HTTP://app.example'),
  ],
  [
    'origin-no-origin',
    'draft-06/5.1/origin-ascii-serialization',
    'Sends a bare host for its origin.',
    saying('Sec-WebSocket-Origin', '127.0.0.1'),
  ],
  [
    'origin-is-a-url',
    'draft-06/5.1/origin-ascii-serialization',
    'Sends the URL of its page for its origin.',
    saying('Sec-WebSocket-Origin', 'http://app.example/index.html'),
  ],
  [
    'origin-with-default-port',
    'draft-06/5.1/origin-ascii-serialization',
    'Writes the port of its origin although it is the default one.',
    saying('Sec-WebSocket-Origin', 'http://app.example:80'),
  ],
  [
    'subprotocol-twice',
    'draft-06/5.1/subprotocols-unique',
    'Names a subprotocol twice.',
    withSubprotocols('chat, chat'),
  ],
  [
    'subprotocol-of-two-words',
    'draft-06/5.1/subprotocol-characters',
    'Names a subprotocol with a space.',
    withSubprotocols('"super chat"'),
  ],
  [
    'subprotocol-list',
    'draft-06/5.1/subprotocol-grammar',
    'Lists subprotocols by semicolons.',
    withSubprotocols('chat; superchat'),
  ],
  [
    'extension-list',
    'draft-06/8.1/list-grammar',
    'Lists extensions against the grammar.',
    saying('Sec-WebSocket-Extensions', 'x-a;;'),
  ],
  [
    'extension-unregistered',
    'draft-06/8.1/registered-or-private',
    'Requests an unregistered extension.',
    saying('Sec-WebSocket-Extensions', 'permessage-deflate'),
  ],
  [
    'extension-parameter',
    'draft-06/8.1/parameters-defined',
    'Requests compression with a parameter.',
    saying('Sec-WebSocket-Extensions', 'deflate-stream; level=9'),
  ],
  ['accept', 'draft-06/10.6/from-server', 'Sends Sec-WebSocket-Accept itself.', adding('Sec-WebSocket-Accept: x')],
];

const otherwise: readonly Row[] = [
  [
    'early-data',
    'draft-06/5.1/waits-for-response',
    'Sends a frame along with the request.',
    requesting((request) => `${request}\u0001\u0002\u0003\u0004\u0085\u0002`),
  ],
  [
    'nothing',
    'draft-06/5.1/handshake-sent',
    'Connects and waits for the server to speak.',
    changingClient((line) => ({
      ...line,
      next: async (timeout) => {
        await line.next(timeout);
        return { type: 'silence' };
      },
    })),
  ],
  [
    'fragment',
    'draft-06/3.1/no-fragment',
    'Connects to a URL with a fragment.',
    credulous((url) => url.replace(/#.*/, '')),
  ],
  ['http-url', 'draft-06/3.1/scheme', 'Takes http for ws.', credulous((url) => url.replace(/^http:/, 'ws:'))],
  [
    'relative',
    'draft-06/3.1/absolute',
    'Connects to a URL without a scheme.',
    credulous((url) => url.replace(/^\/\//, 'ws://')),
  ],
];

/** Sections 3 and 5.1: the opening handshake of a client. */
export const clientOpeningFaults: readonly ClientFault[] = [...requestLine, ...fields, ...otherwise].map(
  ([name, clause, says, client]) => clientFault(`client-opening/${name}`, clause, says, client),
);
