import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { headerNames, protocolVersion } from '../spec/wire.js';
import { keyOfNonce, nonceOfKey } from './accept.js';
import { type Extension, parseExtensions, serializeExtensions } from './extension-header.js';
import { parseTokenList, parseTokenOrQuotedList, quoteIfNeeded } from './header-list.js';
import {
  asciiLowerCase,
  equalsIgnoringAsciiCase,
  fieldValues,
  type HeaderField,
  type RequestHead,
} from './http-head.js';
import { authorityOf, type WebSocketUri } from './uri.js';
import { type HandshakeViolationCode, type Violation, violation } from './violation.js';

/** What a client puts into its opening handshake (draft-06 section 5.1). */
export interface OpeningOffer {
  readonly uri: WebSocketUri;
  /** 16 bytes, chosen at random for each connection. */
  readonly nonce: Uint8Array;
  /** Serialized origin; written in lower case. Browsers must send it, others may. */
  readonly origin?: string;
  /** Subprotocols in order of preference: unique, of characters U+0021 to U+007E. */
  readonly subprotocols?: readonly string[];
  /** Extensions in order of preference. */
  readonly extensions?: readonly Extension[];
  /** Further header fields, such as cookies; they stand behind those of the protocol. */
  readonly fields?: readonly HeaderField[];
}

/** What a server reads from an opening handshake (draft-06 section 5.2.1). */
export interface OpeningRequest {
  readonly resourceName: string;
  readonly host: string;
  /** Sec-WebSocket-Key, not decoded. */
  readonly key: string;
  /** In lower case; absent when the client did not send it. */
  readonly origin?: string;
  readonly subprotocols: readonly string[];
  readonly extensions: readonly Extension[];
  readonly fields: readonly HeaderField[];
}

const subprotocolCharacters = /^[\x21-\x7e]+$/;

/** The names of the header fields that the opening handshakes write themselves. */
const ownFields: readonly string[] = Object.values(headerNames);

/**
 * The opening handshake of a client.
 * @throws RangeError when the offer is one that no client may send: a nonce of another length, a subprotocol with a
 *   forbidden character or named twice, or a further header field that the handshake writes itself
 */
export function writeOpeningRequest(offer: OpeningOffer): RequestHead {
  const { uri, nonce, origin, subprotocols = [], extensions = [], fields = [] } = offer;
  for (const subprotocol of subprotocols) {
    // draft-06/5.1/subprotocol-characters
    if (!subprotocolCharacters.test(subprotocol)) {
      throw new RangeError(`${JSON.stringify(subprotocol)} is not a subprotocol: use characters from U+0021 to U+007E`);
    }
  }
  // draft-06/5.1/subprotocols-unique
  if (new Set(subprotocols).size !== subprotocols.length) throw new RangeError('a subprotocol is named twice');
  refuseOwnFields(fields);
  const written: HeaderField[] = [
    { name: headerNames.host, value: authorityOf(uri) },
    { name: headerNames.upgrade, value: 'websocket' },
    { name: headerNames.connection, value: 'Upgrade' },
    { name: headerNames.key, value: keyOfNonce(nonce) },
    { name: headerNames.version, value: protocolVersion },
  ];
  // draft-06/5.1/origin-lower-case
  if (origin !== undefined) written.push({ name: headerNames.origin, value: asciiLowerCase(origin) });
  if (subprotocols.length > 0) {
    written.push({ name: headerNames.subprotocol, value: subprotocols.map(quoteIfNeeded).join(', ') });
  }
  if (extensions.length > 0) written.push({ name: headerNames.extensions, value: serializeExtensions(extensions) });
  return {
    kind: 'request',
    method: 'GET',
    target: uri.resourceName,
    version: { major: 1, minor: 1 },
    fields: [...written, ...fields],
  };
}

/**
 * Keeps further header fields from contradicting those of the handshake.
 * @throws RangeError on a header field that the opening handshake writes itself
 */
export function refuseOwnFields(fields: readonly HeaderField[]): void {
  for (const field of fields) {
    const own = ownFields.find((name) => equalsIgnoringAsciiCase(name, field.name));
    if (own !== undefined) throw new RangeError(`${own} is written by the opening handshake itself`);
  }
}

/** What a server expects of a request besides the text. */
export interface RequestExpectations {
  /** The authorities of the server, for reading R-508 `match`. */
  readonly authorities?: readonly string[];
  readonly readings?: ReadingChoices;
}

/** What a request turned out to be. */
export type RequestReading =
  | { readonly kind: 'opening'; readonly request: OpeningRequest }
  /** Nothing in it asks for WebSocket. */
  | { readonly kind: 'http' }
  | { readonly kind: 'violation'; readonly violation: Violation<HandshakeViolationCode> };

/** Whether a request asks for WebSocket, rightly or wrongly: by its Upgrade or by any Sec-WebSocket header field. */
export function asksForWebSocket(head: RequestHead): boolean {
  return hasUpgradeToken(head) || head.fields.some((field) => /^sec-websocket-/i.test(field.name));
}

/** Reads the opening handshake of a client (draft-06 section 5.2.1). */
export function readOpeningRequest(head: RequestHead, expectations: RequestExpectations = {}): RequestReading {
  if (!asksForWebSocket(head)) return { kind: 'http' };
  const { readings = defaultReadings, authorities = [] } = expectations;
  const refuse = (code: HandshakeViolationCode, observed?: string): RequestReading => ({
    kind: 'violation',
    violation: violation(code, 0, observed),
  });
  const values = (name: string): readonly string[] => fieldValues(head.fields, name);

  // draft-06/5.2.1/get-request
  if (head.method !== 'GET') return refuse('method-not-get', head.method);
  const { major, minor } = head.version;
  if (major < 1 || (major === 1 && minor < 1)) return refuse('http-version-too-low', `HTTP/${major}.${minor}`);
  // draft-06/5.2.1/request-uri-is-resource-name
  const resourceName = resourceNameOf(head.target);
  if (resourceName === undefined) return refuse('bad-request-uri', head.target);
  // draft-06/5.2.1/host, reading R-508
  const [host, secondHost] = values(headerNames.host);
  if (host === undefined || host === '' || secondHost !== undefined) return refuse('no-host');
  if (readings.hostOfRequest === 'match' && !authorities.some((known) => equalsIgnoringAsciiCase(known, host))) {
    return refuse('wrong-host', host);
  }
  // draft-06/5.2.2/version-not-understood comes before the rest: another version may say the rest in another way.
  const [version, secondVersion] = values(headerNames.version);
  if (version === undefined || secondVersion !== undefined) return refuse('no-version');
  if (version !== protocolVersion) return refuse('wrong-version', version);
  // draft-06/5.1/upgrade and draft-06/5.1/connection, reading R-501
  if (readings.upgradeOfRequest === 'require') {
    if (!hasUpgradeToken(head)) return refuse('no-upgrade-in-request', values(headerNames.upgrade).join(', '));
    const connection = parseTokenList(values(headerNames.connection)) ?? [];
    if (!connection.some((token) => equalsIgnoringAsciiCase(token, 'upgrade'))) {
      return refuse('no-connection-in-request', values(headerNames.connection).join(', '));
    }
  }
  // draft-06/5.2.1/key, reading R-502
  const [key, secondKey] = values(headerNames.key);
  if (key === undefined || secondKey !== undefined) return refuse('no-key');
  if (readings.keyOfRequest === 'decode' && nonceOfKey(key) === undefined) return refuse('bad-key', key);
  // draft-06/5.2.1/origin-optional
  const [origin, secondOrigin] = values(headerNames.origin);
  if (secondOrigin !== undefined) return refuse('repeated-origin');
  const subprotocols = readSubprotocols(values(headerNames.subprotocol));
  if ('code' in subprotocols) return { kind: 'violation', violation: subprotocols };
  const extensionValues = values(headerNames.extensions);
  const extensions = extensionValues.length === 0 ? [] : parseExtensions(extensionValues);
  if (extensions === undefined) return refuse('bad-extension-list', extensionValues.join(', '));
  const request = { resourceName, host, key, subprotocols, extensions, fields: head.fields };
  return { kind: 'opening', request: origin === undefined ? request : { ...request, origin: asciiLowerCase(origin) } };
}

/** The list of Sec-WebSocket-Protocol (draft-06/5.1/subprotocol-grammar), empty when there is no such header field. */
function readSubprotocols(values: readonly string[]): readonly string[] | Violation<HandshakeViolationCode> {
  if (values.length === 0) return [];
  const listed = parseTokenOrQuotedList(values);
  if (listed === undefined) return violation('bad-subprotocol-list', 0, values.join(', '));
  const wrong = listed.find((name) => !subprotocolCharacters.test(name));
  if (wrong !== undefined) return violation('bad-subprotocol', 0, wrong);
  return new Set(listed).size === listed.length ? listed : violation('repeated-subprotocol', 0, listed.join(', '));
}

/**
 * The resource name in a Request-URI: the path and query as they stand, also where the absolute form of RFC 2616
 * section 5.1.2 surrounds them; `undefined` for anything else.
 */
function resourceNameOf(target: string): string | undefined {
  const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]+/.exec(target);
  const rest = absolute === null ? target : target.slice(absolute[0].length);
  // Only behind an authority may the path be empty.
  const name = absolute === null || rest.startsWith('/') ? rest : `/${rest}`;
  // Printable ASCII without the number sign, which would begin a fragment.
  return /^\/[!"$-~]*$/.test(name) ? name : undefined;
}

function hasUpgradeToken(head: RequestHead): boolean {
  const tokens = fieldValues(head.fields, headerNames.upgrade).flatMap((value) => value.split(','));
  return tokens.some((token) => equalsIgnoringAsciiCase(token.trim(), 'websocket'));
}
