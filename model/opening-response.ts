import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { headerNames, protocolVersion } from '../spec/wire.js';
import { acceptOfKey } from './accept.js';
import { encodeUtf8 } from './utf8.js';
import { type Extension, serializeExtensions } from './extension-header.js';
import { parseTokenList } from './header-list.js';
import { equalsIgnoringAsciiCase, fieldValues, type HeaderField, type ResponseHead } from './http-head.js';
import { isSameExtension } from './negotiation.js';
import { type OpeningRequest, refuseOwnFields } from './opening-request.js';
import { asWord, offeredAs, readAccepted, readSelected } from './response-lists.js';
import { withTimeouts } from './timeout-fields.js';
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
  /**
   * The Connection-Timeout to tell, in seconds. It needs a token in Connection, at which a client fails that looks for
   * "Upgrade" alone: by reading R-3027 a server leaves it out.
   */
  readonly connectionTimeout?: number;
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
 * @param readings decide which names match
 */
export function writeOpeningResponse(
  request: OpeningRequest,
  acceptance: Acceptance = {},
  readings: ReadingChoices = defaultReadings,
): ResponseHead {
  const { subprotocol, extensions = [], fields = [], connectionTimeout } = acceptance;
  // draft-06/5.2.2/subprotocol-selected; reading R-580
  const isUnasked = request.subprotocols.length === 0 && readings.unaskedSubprotocol === 'its-own';
  if (subprotocol !== undefined && !isUnasked && offeredAs(subprotocol, request.subprotocols, readings) === undefined) {
    throw new RangeError(`the client did not offer the subprotocol ${JSON.stringify(subprotocol)}`);
  }
  // draft-06/5.2.2/no-unlisted-extension
  const uninvited = extensions.find(
    (used) => !request.extensions.some((offer) => isSameExtension(offer, used, readings)),
  );
  if (uninvited !== undefined) throw new RangeError(`the client did not request the extension ${uninvited.name}`);
  refuseOwnFields(fields);
  const written: HeaderField[] = [
    { name: headerNames.upgrade, value: 'websocket' },
    { name: headerNames.connection, value: 'Upgrade' },
    // draft-06/5.2.2/accept
    { name: headerNames.accept, value: acceptOfKey(request.key) },
  ];
  if (subprotocol !== undefined) {
    written.push({ name: headerNames.subprotocol, value: asWord(subprotocol, readings) });
  }
  if (extensions.length > 0) written.push({ name: headerNames.extensions, value: serializeExtensions(extensions) });
  return {
    kind: 'response',
    version: { major: 1, minor: 1 },
    status: 101,
    reason: 'Switching Protocols',
    fields: withTimeouts(
      [...written, ...fields],
      connectionTimeout === undefined ? {} : { connection: connectionTimeout },
    ),
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
  // RFC 2616 section 14.42: whoever sends Upgrade names it in Connection.
  const connection = fieldValues(fields, headerNames.upgrade).length === 0 ? 'close' : 'close, Upgrade';
  const head: ResponseHead = {
    kind: 'response',
    version: { major: 1, minor: 1 },
    status,
    reason,
    fields: [
      { name: headerNames.connection, value: connection },
      { name: 'Content-Type', value: 'text/plain; charset=utf-8' },
      { name: 'Content-Length', value: String(body.length) },
      ...fields,
    ],
  };
  return { head, body };
}

/** The refusal that belongs to a violation of the opening handshake; readings R-582 and R-1003. */
export function rejectionOfViolation(code: ViolationCode, readings: ReadingChoices = defaultReadings): Rejection {
  const body = `${describeViolation(code)}\n`;
  if (code !== 'wrong-version') return { status: 400, reason: 'Bad Request', body };
  // draft-06/5.2.2/version-response: say which version is understood.
  const version = { name: headerNames.version, value: protocolVersion };
  const named = readings.versionInRefusal === 'never' ? [] : [version];
  if (readings.refusalStatus === 'only-400') return { status: 400, reason: 'Bad Request', body, fields: named };
  const fields = [{ name: headerNames.upgrade, value: 'websocket' }, ...named];
  return { status: 426, reason: 'Upgrade Required', body, fields };
}

/** What a client compares a response with. */
export interface ResponseExpectations {
  /** The value of Sec-WebSocket-Key that was sent. */
  readonly key: string;
  readonly subprotocols?: readonly string[];
  readonly extensions?: readonly Extension[];
  /** The origin that was sent, for reading R-903. */
  readonly origin?: string;
  readonly readings?: ReadingChoices;
}

/** What a response turned out to be. */
export type ResponseReading =
  | { readonly kind: 'accepted'; readonly agreement: Agreement }
  | { readonly kind: 'violation'; readonly violation: Violation<HandshakeViolationCode> };

/** Validates the response of a server (draft-06 section 5.1). */
export function readOpeningResponse(head: ResponseHead, expectations: ResponseExpectations): ResponseReading {
  const { subprotocols = [], extensions = [], readings = defaultReadings } = expectations;
  const wrong = faultOfChecks(head, { ...expectations, readings });
  if (wrong !== undefined) return { kind: 'violation', violation: wrong };
  const selected = readSelected(fieldValues(head.fields, headerNames.subprotocol), subprotocols, readings);
  if ('code' in selected) return { kind: 'violation', violation: selected };
  const accepted = readAccepted(fieldValues(head.fields, headerNames.extensions), extensions, readings);
  if ('code' in accepted) return { kind: 'violation', violation: accepted };
  return { kind: 'accepted', agreement: { ...accepted, ...selected } };
}

/** The checks that the list for clients names, and those on the head as a whole. */
function faultOfChecks(
  head: ResponseHead,
  { key, origin, readings }: ResponseExpectations & { readonly readings: ReadingChoices },
): Violation<HandshakeViolationCode> | undefined {
  const values = (name: string): readonly string[] => fieldValues(head.fields, name);
  const hasUpgrade = (name: string, wanted: string, isList: boolean): boolean => {
    const found = isList ? (parseTokenList(values(name)) ?? []) : values(name);
    const isWanted = (value: string): boolean => equalsIgnoringAsciiCase(value, wanted);
    return found.length > 0 && (isList ? found.some(isWanted) : found.every(isWanted));
  };
  // reading R-553
  const { major, minor } = head.version;
  if (readings.httpVersionOfResponse === 'at-least' && (major < 1 || (major === 1 && minor < 1))) {
    return violation('response-version-too-low', 0, `HTTP/${major}.${minor}`);
  }
  // draft-06/5.1/status-101
  if (head.status !== 101) return violation('status-not-101', 0, `${head.status} ${head.reason}`);
  // draft-06/5.1/response-upgrade, reading R-554
  if (!hasUpgrade(headerNames.upgrade, 'websocket', readings.upgradeOfResponse === 'token')) {
    return violation('no-upgrade', 0, values(headerNames.upgrade).join(', '));
  }
  // draft-06/5.1/response-connection, reading R-503
  if (!hasUpgrade(headerNames.connection, 'upgrade', readings.connectionOfResponse === 'token')) {
    return violation('no-connection', 0, values(headerNames.connection).join(', '));
  }
  // draft-06/5.1/response-accept, reading R-592
  const accept = values(headerNames.accept);
  const wanted = acceptOfKey(key);
  const { repeatedField } = readings;
  const counted = repeatedField === 'first' ? accept.slice(0, 1) : accept;
  const isOften = repeatedField === 'refuse' && accept.length > 1;
  if (counted.length === 0 || isOften || counted.some((value) => value !== wanted)) {
    return violation('wrong-accept', 0, accept.join(', '));
  }
  // reading R-903
  if (readings.originOfResponse === 'no' || origin === undefined) return undefined;
  const told = values(headerNames.origin);
  const isMissing = told.length === 0 && readings.originOfResponse === 'fail-if-absent';
  const isOther = told.some((value) => !equalsIgnoringAsciiCase(value, origin));
  return isMissing || isOther ? violation('wrong-origin', 0, told.join(', ')) : undefined;
}
