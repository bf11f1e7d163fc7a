import { nonceOfKey } from '../../model/accept.js';
import { parseExtensions } from '../../model/extension-header.js';
import { parseTokenList, parseTokenOrQuotedList } from '../../model/header-list.js';
import { equalsIgnoringAsciiCase, fieldValues, type RequestHead } from '../../model/http-head.js';
import { authorityOf, type WebSocketUri } from '../../model/uri.js';
import type { ClauseId } from '../../spec/clauses.js';
import { headerNames, protocolVersion } from '../../spec/wire.js';
import type { Need } from './case.js';
import type { Recorder } from './recorder.js';
import { isOriginValue } from './serialized-origin.js';

/** What is known of a client before its opening handshake comes. */
export interface RequestFacts {
  /** What it was sent to. */
  readonly uri?: WebSocketUri | undefined;
  /** The keys that it sent on earlier connections. */
  readonly earlierKeys: readonly string[];
}

/** A rule on the opening handshake of a client: records what is wrong. */
type Rule = (head: RequestHead, facts: RequestFacts, judge: Judge) => void;

/** Notes that a clause is broken, by a code, what was seen and what is allowed. */
type Judge = (clause: ClauseId, code: string, observed: string, allowed: string) => void;

const shownVersion = ({ version }: RequestHead): string => `HTTP/${version.major}.${version.minor}`;

/** Values of a header field that stands at most once; a second one is a fault of the clause. */
function single(head: RequestHead, name: string, clause: ClauseId, judge: Judge): string | undefined {
  const values = fieldValues(head, name);
  if (values.length > 1) {
    judge(clause, `repeated-${name.toLowerCase()}`, `${name} ${values.length} times`, `one ${name} header field`);
  }
  return values[0];
}

/** Section 5.1, steps 2 and 3: the request line. */
const requestLine: Rule = (head, { uri }, judge) => {
  const { method, target, version } = head;
  if (method !== 'GET') judge('draft-06/5.1/method-get', 'method-not-get', `the method ${method}`, 'GET');
  if (version.major < 1 || (version.major === 1 && version.minor < 1)) {
    judge('draft-06/5.1/http-1.1', 'http-version-too-low', shownVersion(head), 'HTTP/1.1 or higher (reading R-525)');
  }
  // Reading R-528: the absolute form means its path and query.
  const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]+/.exec(target)?.[0] ?? '';
  const rest = target.slice(absolute.length);
  const name = absolute !== '' && !rest.startsWith('/') ? `/${rest}` : rest;
  const wanted = uri?.resourceName;
  if (/[^!-~]/.test(name)) {
    const observed = `the Request-URI ${JSON.stringify(target)}`;
    judge('draft-06/3.3/resource-name-characters', 'bad-characters', observed, 'characters from U+0021 to U+007E');
  }
  if (!name.startsWith('/')) {
    judge('draft-06/3.3/resource-name-slash', 'no-slash', `the Request-URI ${target}`, 'a slash at its start');
  }
  if (wanted === undefined ? name.includes('#') : name !== wanted) {
    const allowed = wanted ?? 'a resource name, without a fragment';
    judge('draft-06/5.1/request-uri', 'other-request-uri', `the Request-URI ${target}`, `${allowed} (reading R-527)`);
  }
  if (absolute !== '' || shownVersion(head) !== 'HTTP/1.1') {
    const observed = `GET ${target} ${shownVersion(head)}`;
    judge('draft-06/5.1/request-line-form', 'other-form', observed, `GET ${name} HTTP/1.1 (reading R-526)`);
  }
};

/** Section 5.1, step 4: Host is the authority of the URI (readings ). */
const host: Rule = (head, { uri }, judge) => {
  const clause = 'draft-06/5.1/host';
  const value = single(head, headerNames.host, clause, judge);
  if (value === undefined) {
    judge(clause, 'no-host', 'a request without Host', 'the authority of the WebSocket URI in Host');
    return;
  }
  if (uri === undefined) {
    if (!/^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+,;=-]+)(?::\d+)?$/.test(value)) {
      judge(clause, 'bad-host', `Host: ${value}`, 'a host, and a port behind a colon where it is not the default');
    }
    return;
  }
  const wanted = authorityOf(uri);
  if (value === wanted) return;
  const observed = `Host: ${value}`;
  if (equalsIgnoringAsciiCase(value, wanted)) {
    judge('draft-06/3.1/host-lower-case', 'host-not-lower', observed, `Host: ${wanted} (reading R-530)`);
  } else {
    judge(clause, 'other-host', observed, `Host: ${wanted} (readings R-530 and R-531)`);
  }
};

/** Section 5.1, steps 5 and 6: Upgrade and Connection. */
const upgrade: Rule = (head, _, judge) => {
  const tokens = parseTokenList(fieldValues(head, headerNames.upgrade).map((value) => value.replaceAll('/', '-')));
  if (tokens?.some((token) => equalsIgnoringAsciiCase(token, 'websocket')) !== true) {
    const values = fieldValues(head, headerNames.upgrade);
    const observed = values.length === 0 ? 'a request without Upgrade' : `Upgrade: ${values.join(', ')}`;
    judge('draft-06/5.1/upgrade', 'no-upgrade', observed, 'Upgrade: websocket (readings R-532 and R-533)');
  }
  const values = fieldValues(head, headerNames.connection);
  if (values.length === 0) {
    const allowed = 'a Connection header field with the token Upgrade';
    judge('draft-06/5.1/connection-present', 'no-connection', 'a request without Connection', allowed);
  } else if (parseTokenList(values)?.some((token) => equalsIgnoringAsciiCase(token, 'upgrade')) !== true) {
    judge('draft-06/5.1/connection', 'no-upgrade-token', `Connection: ${values.join(', ')}`, 'the token Upgrade in it');
  }
};

/** Section 5.1, step 7: the key. */
const key: Rule = (head, { earlierKeys }, judge) => {
  const value = single(head, headerNames.key, 'draft-06/5.1/key', judge);
  if (value === undefined) {
    judge('draft-06/5.1/key', 'no-key', 'a request without Sec-WebSocket-Key', 'a nonce in Sec-WebSocket-Key');
    return;
  }
  const observed = `Sec-WebSocket-Key: ${value}`;
  if (nonceOfKey(value) === undefined) {
    const allowed = '16 bytes in base64, with the standard alphabet and padding (readings R-534 and R-535)';
    judge('draft-06/5.1/key-is-16-byte-nonce', 'bad-key', observed, allowed);
  }
  if (earlierKeys.includes(value)) {
    const allowed = 'another key on every connection (reading R-536)';
    judge(
      'draft-06/5.1/key-random-per-connection',
      'repeated-key',
      `${observed}, as on an earlier connection`,
      allowed,
    );
  }
};

/** Section 5.1, steps 8 and 9: origin and version. */
const originAndVersion: Rule = (head, _, judge) => {
  for (const origin of fieldValues(head, headerNames.origin)) {
    const observed = `Sec-WebSocket-Origin: ${origin}`;
    if (!isOriginValue(origin)) {
      const allowed = 'an origin: scheme://host, with :port unless it is the default one, or "null" (reading R-537)';
      judge('draft-06/5.1/origin-ascii-serialization', 'not-an-origin', observed, allowed);
    }
    if (!/[A-Z]/.test(origin)) continue;
    judge('draft-06/5.1/origin-lower-case', 'origin-not-lower', observed, 'an origin in lower case');
    judge('draft-06/5.1/origin-no-capitals', 'origin-with-capitals', observed, 'no letter from A to Z');
  }
  if (fieldValues(head, headerNames.origin).length > 1) {
    const observed = 'Sec-WebSocket-Origin more than once';
    judge('draft-06/5.1/valid-http-request', 'repeated-origin', observed, 'one value, which is no list');
  }
  const version = single(head, headerNames.version, 'draft-06/5.1/version', judge);
  if (version === undefined) {
    const observed = 'a request without Sec-WebSocket-Version';
    judge('draft-06/5.1/version', 'no-version', observed, `Sec-WebSocket-Version: ${protocolVersion}`);
  } else if (version !== protocolVersion) {
    const observed = `Sec-WebSocket-Version: ${version}`;
    judge('draft-06/5.1/version-is-6', 'other-version', observed, `the value ${protocolVersion} (reading R-541)`);
  }
};

/** Section 5.1, step 10: subprotocols (readings ). */
const subprotocols: Rule = (head, _, judge) => {
  const values = fieldValues(head, headerNames.subprotocol);
  if (values.length === 0) return;
  const observed = `Sec-WebSocket-Protocol: ${values.join(', ')}`;
  const listed = parseTokenOrQuotedList(values);
  if (listed === undefined) {
    judge('draft-06/5.1/subprotocol-grammar', 'bad-subprotocol-list', observed, 'a list of tokens or quoted strings');
    return;
  }
  if (listed.some((name) => !/^[\x21-\x7e]+$/.test(name))) {
    const allowed = 'names that are not empty, of characters from U+0021 to U+007E';
    judge('draft-06/5.1/subprotocol-characters', 'bad-subprotocol', observed, allowed);
  }
  if (new Set(listed).size < listed.length) {
    judge('draft-06/5.1/subprotocols-unique', 'repeated-subprotocol', observed, 'each subprotocol once');
  }
};

/** Sections 8.1 and 8.2.1: extensions. */
const extensions: Rule = (head, _, judge) => {
  const values = fieldValues(head, headerNames.extensions);
  if (values.length === 0) return;
  const observed = `Sec-WebSocket-Extensions: ${values.join(', ')}`;
  const listed = parseExtensions(values);
  if (listed === undefined) {
    judge('draft-06/8.1/list-grammar', 'bad-extension-list', observed, 'extensions with their parameters, in a list');
    return;
  }
  for (const { name, parameters } of listed) {
    if (name !== 'deflate-stream' && !name.startsWith('x-')) {
      judge('draft-06/8.1/registered-or-private', 'unregistered-extension', name, 'deflate-stream, or x- and a name');
    }
    if (name === 'deflate-stream' && parameters.length > 0) {
      judge('draft-06/8.1/parameters-defined', 'undefined-parameter', observed, 'deflate-stream without parameters');
    }
  }
};

/** Section 10.6: the header field of the other role. */
const foreignFields: Rule = (head, _, judge) => {
  if (fieldValues(head, headerNames.accept).length === 0) return;
  const observed = 'a request with Sec-WebSocket-Accept';
  judge('draft-06/10.6/from-server', 'accept-in-request', observed, 'Sec-WebSocket-Accept from a server alone');
};

const rules: readonly Rule[] = [
  requestLine,
  host,
  upgrade,
  key,
  originAndVersion,
  subprotocols,
  extensions,
  foreignFields,
];

/** Holds the opening handshake of a client against section 5.1, in every case. */
export function watchRequest(recorder: Pick<Recorder, 'broken'>, head: RequestHead, facts: RequestFacts): void {
  for (const rule of rules) {
    rule(head, facts, (clause, code, observed, allowed) => {
      recorder.broken(clause, { code, observed, allowed });
    });
  }
}

/** What the opening handshake of a client shows it to offer. */
export function offersOf(head: RequestHead): readonly Need[] {
  const offers: Need[] = [];
  if (fieldValues(head, headerNames.subprotocol).length > 0) offers.push('offer of subprotocols');
  if (fieldValues(head, headerNames.extensions).length > 0) offers.push('offer of extensions');
  return offers;
}
