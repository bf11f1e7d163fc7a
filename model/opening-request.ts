import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { headerNames, protocolVersion } from '../spec/wire.js';
import { keyOfNonce } from './accept.js';
import { type Extension, serializeExtensions } from './extension-header.js';
import { quoteIfNeeded } from './header-list.js';
import { asciiLowerCase, equalsIgnoringAsciiCase, type HeaderField, type RequestHead } from './http-head.js';
import { hasRepeated, isSubprotocol, readOptionalFields } from './optional-fields.js';
import {
  faultOfSwitching,
  type HandshakeViolation,
  hasUpgradeToken,
  readHost,
  readKey,
  readRequestLine,
  readVersion,
} from './request-fields.js';
import { withTimeouts } from './timeout-fields.js';
import type { Timeouts } from './timeout-header.js';
import { authorityOf, type WebSocketUri } from './uri.js';
import { basicCredentials } from './uri-authority.js';

export { resourceNameOf } from './request-fields.js';

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
  /** Request-Timeout and Connection-Timeout to send along, in seconds (http-timeout-00). */
  readonly timeouts?: Timeouts;
}

/** What a server reads from an opening handshake (draft-06 section 5.2.1). */
export interface OpeningRequest {
  readonly resourceName: string;
  readonly host: string;
  /** Sec-WebSocket-Key, not decoded. */
  readonly key: string;
  /** Sec-WebSocket-Version where it is another one that the server understands (reading R-577). */
  readonly version?: string;
  /** In lower case; absent when the client did not send it. */
  readonly origin?: string;
  readonly subprotocols: readonly string[];
  readonly extensions: readonly Extension[];
  readonly fields: readonly HeaderField[];
}

/** The names of the header fields that the opening handshakes write themselves. */
const ownFields: readonly string[] = Object.values(headerNames);

/**
 * The opening handshake of a client.
 * @throws RangeError when the offer is one that no client may send: a nonce of another length, a subprotocol with a
 *   forbidden character or named twice, a further header field that the handshake writes itself, or a Request-Timeout
 *   above the Connection-Timeout
 * @param readings decide which subprotocols may be named
 */
export function writeOpeningRequest(offer: OpeningOffer, readings: ReadingChoices = defaultReadings): RequestHead {
  const { uri, nonce, origin, subprotocols = [], extensions = [], fields = [], timeouts = {} } = offer;
  for (const subprotocol of subprotocols) {
    // draft-06/5.1/subprotocol-characters
    if (!isSubprotocol(subprotocol, readings)) {
      throw new RangeError(`${JSON.stringify(subprotocol)} is not a subprotocol: use characters from U+0021 to U+007E`);
    }
  }
  // draft-06/5.1/subprotocols-unique
  if (hasRepeated(subprotocols, readings)) throw new RangeError('a subprotocol is named twice');
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
  if (uri.userInformation !== undefined) {
    written.push({ name: 'Authorization', value: basicCredentials(uri.userInformation) });
  }
  return {
    kind: 'request',
    method: 'GET',
    target: uri.resourceName,
    version: { major: 1, minor: 1 },
    fields: withTimeouts([...written, ...fields], timeouts),
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
  /** Further versions that the server understands, for reading R-577 `may`. */
  readonly versions?: readonly string[];
  readonly readings?: ReadingChoices;
}

/** What a request turned out to be. */
export type RequestReading =
  | { readonly kind: 'opening'; readonly request: OpeningRequest }
  /** Nothing in it asks for WebSocket. */
  | { readonly kind: 'http' }
  | { readonly kind: 'violation'; readonly violation: HandshakeViolation };

/** Whether a request asks for WebSocket, rightly or wrongly: by its Upgrade or by any Sec-WebSocket header field. */
export function asksForWebSocket(head: RequestHead): boolean {
  return hasUpgradeToken(head) || head.fields.some((field) => /^sec-websocket-/i.test(field.name));
}

/** Reads the opening handshake of a client (draft-06 section 5.2.1). */
export function readOpeningRequest(head: RequestHead, expectations: RequestExpectations = {}): RequestReading {
  const { readings = defaultReadings } = expectations;
  // reading R-572
  if (!asksForWebSocket(head) && readings.requestWithoutSign === 'http') return { kind: 'http' };
  const parts = readParts(head, { ...expectations, readings });
  if ('code' in parts) return { kind: 'violation', violation: parts };
  return { kind: 'opening', request: { ...parts, fields: head.fields } };
}

type Expected = RequestExpectations & { readonly readings: ReadingChoices };

/** The parts in the order of the list for servers, up to the first that does not match; the version by reading R-576. */
function readParts(head: RequestHead, expected: Expected): HandshakeViolation | Omit<OpeningRequest, 'fields'> {
  const { readings } = expected;
  const line = readRequestLine(head, readings);
  if ('code' in line) return line;
  const host = readHost(head, line.authority, expected);
  if ('code' in host) return host;
  const early = readings.versionCheck === 'first' ? readVersion(head, expected) : {};
  if ('code' in early) return early;
  const switching = faultOfSwitching(head, readings);
  if (switching !== undefined) return switching;
  const key = readKey(head, readings);
  if ('code' in key) return key;
  const version = readings.versionCheck === 'first' ? early : readVersion(head, expected);
  if ('code' in version) return version;
  const optional = readOptionalFields(head, readings);
  if ('code' in optional) return optional;
  return { resourceName: line.resourceName, ...host, ...key, ...version, ...optional };
}
