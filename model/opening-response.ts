import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { headerNames, protocolVersion } from '../spec/wire.js';
import { acceptOfKey } from './accept.js';
import { encodeUtf8 } from './utf8.js';
import { type Extension, parseExtensions, serializeExtensions } from './extension-header.js';
import { parseTokenOrQuotedList, parseTokenList, quoteIfNeeded } from './header-list.js';
import { equalsIgnoringAsciiCase, fieldValues, type HeaderField, type ResponseHead } from './http-head.js';
import { type OpeningRequest, refuseOwnFields } from './opening-request.js';
import {
  describeViolation,
  type HandshakeViolationCode,
  type Violation,
  type ViolationCode,
  violation,
} from './violation.js';

/** What a server says when it accepts (draft-06 section 5.2.2). */
export interface Acceptance {
  /** One of the subprotocols that the client offered. */
  readonly subprotocol?: string;
  /** Some of the extensions that the client requested, in the order in which they operate on the data. */
  readonly extensions?: readonly Extension[];
  /** Further header fields, such as cookies. */
  readonly fields?: readonly HeaderField[];
}

/** What a server says when it does not accept. */
export interface Rejection {
  /** HTTP status code, 300 to 599. */
  readonly status: number;
  readonly reason: string;
  readonly fields?: readonly HeaderField[];
  /** A line for the person who reads it. */
  readonly body?: string;
}

/** What both sides agreed on. */
export interface Agreement {
  readonly subprotocol?: string;
  /** The extensions in use, in the order in which they operate on the data (draft-06/8.1/response-is-in-use). */
  readonly extensions: readonly Extension[];
}

/**
 * The opening handshake of a server.
 * @throws RangeError when it names a subprotocol or an extension that the client did not, which no server may, or a
 *   further header field that the handshake writes itself
 */
export function writeOpeningResponse(request: OpeningRequest, acceptance: Acceptance = {}): ResponseHead {
  const { subprotocol, extensions = [], fields = [] } = acceptance;
  // draft-06/5.2.2/subprotocol-selected
  if (subprotocol !== undefined && !request.subprotocols.includes(subprotocol)) {
    throw new RangeError(`the client did not offer the subprotocol ${JSON.stringify(subprotocol)}`);
  }
  // draft-06/5.2.2/no-unlisted-extension
  const uninvited = extensions.find((used) => !request.extensions.some((offer) => offer.name === used.name));
  if (uninvited !== undefined) throw new RangeError(`the client did not request the extension ${uninvited.name}`);
  refuseOwnFields(fields);
  const written: HeaderField[] = [
    { name: headerNames.upgrade, value: 'websocket' },
    { name: headerNames.connection, value: 'Upgrade' },
    // draft-06/5.2.2/accept
    { name: headerNames.accept, value: acceptOfKey(request.key) },
  ];
  if (subprotocol !== undefined) written.push({ name: headerNames.subprotocol, value: quoteIfNeeded(subprotocol) });
  if (extensions.length > 0) written.push({ name: headerNames.extensions, value: serializeExtensions(extensions) });
  return {
    kind: 'response',
    version: { major: 1, minor: 1 },
    status: 101,
    reason: 'Switching Protocols',
    fields: [...written, ...fields],
  };
}

/**
 * The response and its body that refuse a request.
 * @throws RangeError when the status code is 101 or not one of an answer that ends the request
 */
export function writeRejection(rejection: Rejection): { readonly head: ResponseHead; readonly body: Uint8Array } {
  const { status, reason, fields = [] } = rejection;
  if (!Number.isInteger(status) || status < 300 || status > 599) {
    throw new RangeError(`a rejection has a status code from 300 to 599, not ${status}`);
  }
  const body = encodeUtf8(rejection.body ?? `${reason}\n`);
  const head: ResponseHead = {
    kind: 'response',
    version: { major: 1, minor: 1 },
    status,
    reason,
    fields: [
      { name: 'Connection', value: 'close' },
      { name: 'Content-Type', value: 'text/plain; charset=utf-8' },
      { name: 'Content-Length', value: String(body.length) },
      ...fields,
    ],
  };
  return { head, body };
}

/** The refusal that belongs to a violation of the opening handshake. */
export function rejectionOfViolation(code: ViolationCode): Rejection {
  const body = `${describeViolation(code)}\n`;
  if (code !== 'wrong-version') return { status: 400, reason: 'Bad Request', body };
  // draft-06/5.2.2/version-response: say which version is understood.
  const fields = [
    { name: headerNames.upgrade, value: 'websocket' },
    { name: headerNames.version, value: protocolVersion },
  ];
  return { status: 426, reason: 'Upgrade Required', body, fields };
}

/** What a client compares a response with. */
export interface ResponseExpectations {
  /** The value of Sec-WebSocket-Key that was sent. */
  readonly key: string;
  readonly subprotocols?: readonly string[];
  readonly extensions?: readonly Extension[];
  readonly readings?: ReadingChoices;
}

/** What a response turned out to be. */
export type ResponseReading =
  | { readonly kind: 'accepted'; readonly agreement: Agreement }
  | { readonly kind: 'violation'; readonly violation: Violation<HandshakeViolationCode> };

/** Validates the response of a server (draft-06 section 5.1). */
export function readOpeningResponse(head: ResponseHead, expectations: ResponseExpectations): ResponseReading {
  const { key, subprotocols = [], extensions: requested = [], readings = defaultReadings } = expectations;
  const refuse = (code: HandshakeViolationCode, observed?: string): ResponseReading => ({
    kind: 'violation',
    violation: violation(code, 0, observed),
  });
  const values = (name: string): readonly string[] => fieldValues(head.fields, name);
  const allMatch = (name: string, wanted: string): boolean =>
    values(name).length > 0 && values(name).every((value) => equalsIgnoringAsciiCase(value, wanted));

  // draft-06/5.1/status-101
  if (head.status !== 101) return refuse('status-not-101', `${head.status} ${head.reason}`);
  // draft-06/5.1/response-upgrade
  if (!allMatch(headerNames.upgrade, 'websocket')) return refuse('no-upgrade', values(headerNames.upgrade).join(', '));
  // draft-06/5.1/response-connection, reading R-503
  const connection = values(headerNames.connection);
  const hasConnection =
    readings.connectionOfResponse === 'exact'
      ? allMatch(headerNames.connection, 'upgrade')
      : (parseTokenList(connection) ?? []).some((token) => equalsIgnoringAsciiCase(token, 'upgrade'));
  if (!hasConnection) return refuse('no-connection', connection.join(', '));
  // draft-06/5.1/response-accept
  const accept = values(headerNames.accept);
  const wanted = acceptOfKey(key);
  if (accept.length === 0 || accept.some((value) => value !== wanted)) return refuse('wrong-accept', accept.join(', '));

  // draft-06/5.2.2/subprotocol-selected, reading R-504
  const subprotocolValues = values(headerNames.subprotocol);
  const selected = subprotocolValues.length === 0 ? [] : parseTokenOrQuotedList(subprotocolValues);
  if (selected === undefined) return refuse('bad-response-list', subprotocolValues.join(', '));
  const [subprotocol, second] = selected;
  const invited = subprotocol !== undefined && second === undefined && subprotocols.includes(subprotocol);
  if (subprotocol !== undefined && !invited && readings.subprotocolOfResponse === 'fail') {
    return refuse('uninvited-subprotocol', selected.join(', '));
  }
  // draft-06/8/no-unrequested-extension, reading R-505
  const extensionValues = values(headerNames.extensions);
  const listed = extensionValues.length === 0 ? [] : parseExtensions(extensionValues);
  if (listed === undefined) return refuse('bad-response-list', extensionValues.join(', '));
  const isRequested = (extension: Extension): boolean => requested.some((offer) => offer.name === extension.name);
  const uninvited = listed.find((extension) => !isRequested(extension));
  if (uninvited !== undefined && readings.extensionOfResponse === 'fail') {
    return refuse('uninvited-extension', uninvited.name);
  }
  const agreement = { extensions: listed.filter(isRequested) };
  return { kind: 'accepted', agreement: invited ? { ...agreement, subprotocol } : agreement };
}
