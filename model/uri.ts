import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { defaultPorts } from '../spec/wire.js';
import { authorityIn, isPort } from './uri-authority.js';
import { faultOfHost, urlOf } from './uri-host.js';
import { refusalOf, type UriFault, type UriRefusal } from './uri-refusal.js';
import { escapeUnusual, indexOrEnd, outsideRfc3986, removeDotSegments, strayPercentIn } from './uri-resolution.js';

export { uriRefusals, type UriRefusal, type UriRefusalCode } from './uri-refusal.js';

/**
 * The parts of a WebSocket URI that a connection needs: draft-06 section 3, with the escaping of section 10.1. The
 * grammar is RFC 3986's:
 *
 *     URI  = scheme ":" "//" [ userinfo "@" ] host [ ":" port ] path [ "?" query ] [ "#" fragment ]
 *     host = "[" IPv6address "]" / *( unreserved / sub-delims / pct-encoded )      port  = *DIGIT
 *     path = *( "/" *( unreserved / sub-delims / pct-encoded / ":" / "@" ) )       query = path characters and "?"
 */
export interface WebSocketUri {
  /**
   * Name or address in ASCII, in lower case when it comes from `parseUri`. An IPv6 address keeps its brackets.
   * Addresses stay as they were written: no zero is dropped, and `1.2` does not become `1.0.0.2`.
   */
  readonly host: string;
  /** 0 to 65535. The draft gives 0 no special meaning; that nobody can connect to it is for the connecting side. */
  readonly port: number;
  /** The digits of the port, where reading R-309 `text` keeps them because they are not those of the number. */
  readonly portText?: string;
  /** What stood before "@", escapes included, where reading R-317 `authenticate` keeps it. */
  readonly userInformation?: string;
  /** Path and query: starts with `/`, only characters from U+0021 to U+007E. */
  readonly resourceName: string;
  /** Whether the connection runs over TLS (`wss`). */
  readonly secure: boolean;
}

/** What `parseUri` returns. */
export type ParsedUri =
  { readonly ok: true; readonly uri: WebSocketUri } | { readonly ok: false; readonly refusal: UriRefusal };

/** The text that the steps behind the second look at, and where its indexes lie in the one that was given. */
interface SteppedText {
  readonly text: string;
  /** Where the URI begins and ends in it: white space around is no part of it. */
  readonly start: number;
  readonly end: number;
  readonly placeOf: (index: number) => number;
}

/** draft-06/3.1/resolve as far as it comes before the parts are known: readings. */
function textToRead(given: string, readings: ReadingChoices): SteppedText | UriFault {
  if (readings.whiteSpace === 'refuse' && /[ \t\n\f\r]/.test(given)) {
    return { code: 'stray-character', at: given.search(/[ \t\n\f\r]/) };
  }
  const outside = readings.uriResolution === 'strict' ? outsideRfc3986(given) : -1;
  if (outside !== -1) return { code: 'stray-character', at: outside };
  const placeOf = placesIn(given, readings.whiteSpace === 'strip');
  const text = readings.whiteSpace === 'strip' ? given.replace(/[\t\n\r]/g, '') : given;
  // White space around the URI is not part of it. (WHATWG also strips other controls here.)
  const start = indexOrEnd(text, /[^ \t\n\f\r]/);
  let end = text.length;
  while (end > start && ' \t\n\f\r'.includes(text.charAt(end - 1))) end--;
  if (readings.uriResolution !== 'living-standard') return { text, start, end, placeOf };
  const url = urlOf(text.slice(start, end));
  if (url === undefined) return { code: 'unresolvable', at: placeOf(start) };
  if (readings.uriComponents === 'given') return { text, start, end, placeOf };
  return { text: url.href, start: 0, end: url.href.length, placeOf: () => placeOf(start) };
}

/** The index in a text for each index in the same without its tabs and line ends. */
function placesIn(given: string, isStripped: boolean): (index: number) => number {
  if (!isStripped) return (index) => index;
  const places = Array.from(given.matchAll(/[^\t\n\r]/g), ({ index }) => index);
  return (index) => places[index] ?? given.length;
}

/** The path and query of the resource name, resolved, or what is wrong with them; readings. */
function resourceNameOf(path: string, query: string, readings: ReadingChoices): string | UriFault {
  const written = path + query;
  if (path !== '' && !path.startsWith('/')) return { code: 'bad-resource-name', at: 0 };
  const bracket = readings.uriResolution === 'strict' ? written.search(/[[\]]/) : -1;
  if (bracket !== -1) return { code: 'stray-character', at: bracket };
  const percent = readings.strayPercent === 'refuse' ? strayPercentIn(written) : -1;
  if (percent !== -1) return { code: 'stray-character', at: percent };
  // draft-06/3.1/query-appended, an empty one too
  const appended = query === '?' && readings.emptyQuery === 'drop' ? '' : query;
  if (readings.uriComponents === 'given') {
    // draft-06/3.3/resource-name-characters
    const stray = (path + appended).search(/[^!-~]/);
    return stray === -1 ? `${path || '/'}${appended}` : { code: 'bad-resource-name', at: stray };
  }
  // draft-06/3.1/path, draft-06/3.1/empty-path-is-slash
  const resolvedPath = path === '' ? '/' : removeDotSegments(path, readings);
  return escapeUnusual(resolvedPath + appended, readings);
}

/**
 * Parses and resolves a WebSocket URI (section 3.1). Never throws; takes time linear in the length of the text.
 *
 * Like the resolving of Web addresses it is generous: white space around the URI, backslashes for slashes before the
 * query, and any character in path and query, where those outside the grammar are percent-encoded. White space inside
 * the URI is one of those characters, and never dropped. User information is passed over: nothing in the draft sends
 * it. An empty port is no port. The order in which faults are looked for is ours: to the draft each is a failure.
 *
 * @param text any string
 * @param readings and R-1002 decide what is forgiven and what fails
 * @returns parts that `validateUri` accepts under the same readings, or the first reason to refuse the text, with its
 *   clause and index (that of the first character where reading R-303 `living-standard` has it rewritten)
 * @example
 * parseUri('wss://Example.com/chat?room=1');
 * // { ok: true, uri: { host: 'example.com', port: 443, resourceName: '/chat?room=1', secure: true } }
 * parseUri('ws://example.com/#top');
 * // { ok: false, refusal: { code: 'has-fragment', clause: 'draft-06/3.1/no-fragment', offset: 17, says: '...' } }
 */
export function parseUri(text: string, readings: ReadingChoices = defaultReadings): ParsedUri {
  const read = textToRead(text, readings);
  if ('code' in read) return { ok: false, refusal: refusalOf(read.code, read.at) };
  const parsed = partsOf(read, readings);
  return 'code' in parsed
    ? { ok: false, refusal: refusalOf(parsed.code, read.placeOf(parsed.at)) }
    : { ok: true, uri: parsed };
}

/** Takes a text apart, step by step, up to the first failure. */
function partsOf({ text, start, end: textEnd }: SteppedText, readings: ReadingChoices): WebSocketUri | UriFault {
  // draft-06/3.1/absolute
  const colonAt = indexOrEnd(text, /[^A-Za-z0-9+.-]/, start);
  if (!/[A-Za-z]/.test(text.charAt(start))) return { code: 'not-absolute', at: start };
  if (text.charAt(colonAt) !== ':') return { code: 'not-absolute', at: colonAt };

  // draft-06/3.1/scheme; reading R-302
  const written = text.slice(start, colonAt);
  const scheme = written.toLowerCase();
  const isInCase = readings.schemeCase === 'any-case' || written === scheme;
  if (!isInCase || (scheme !== 'ws' && scheme !== 'wss')) return { code: 'wrong-scheme', at: start };

  // draft-06/3.1/no-fragment, not even an empty one; reading R-306
  const fragmentAt = text.indexOf('#');
  const isEmptyAllowed = readings.bareNumberSign === 'no' && fragmentAt === textEnd - 1;
  if (fragmentAt !== -1 && !isEmptyAllowed) return { code: 'has-fragment', at: fragmentAt };
  const end = fragmentAt === -1 ? textEnd : fragmentAt;

  // draft-06/3.1/resolve: backslashes before the query are slashes, as for WHATWG; were they not, "ws://a\@b/" would
  // lead to one host here and to another there. Reading R-318
  const queryAt = indexOrEnd(text.slice(0, end), /\?/);
  const backslashAt = readings.backslash === 'refuse' ? text.slice(0, queryAt).indexOf('\\') : -1;
  if (backslashAt !== -1) return { code: 'stray-character', at: backslashAt };
  const unread = text.slice(0, queryAt);
  const hierarchy = readings.backslash === 'slash' ? unread.replaceAll('\\', '/') : unread;
  // reading R-305
  const hasAuthority = hierarchy.startsWith('//', colonAt + 1);
  if (!hasAuthority && readings.missingAuthority === 'fail') return { code: 'no-authority', at: colonAt + 1 };
  const authorityAt = hasAuthority ? colonAt + 3 : colonAt + 1;
  const pathAt = hasAuthority ? indexOrEnd(hierarchy, /\//, authorityAt) : authorityAt;
  const authority = authorityIn(hierarchy, authorityAt, pathAt, defaultPorts[scheme], readings);
  if ('code' in authority) return authority;

  const path = readings.uriComponents === 'given' ? unread.slice(pathAt) : hierarchy.slice(pathAt);
  const resourceName = resourceNameOf(path, text.slice(queryAt, end), readings);
  if (typeof resourceName !== 'string') return { code: resourceName.code, at: pathAt + resourceName.at };
  // draft-06/3.1/secure-flag
  return { ...authority, resourceName, secure: scheme === 'wss' };
}

/**
 * The host, and the port behind a colon unless it is the default of the scheme: what the Host header field carries.
 * @param uri parts that `validateUri` accepts; others are put together as they are
 * @example
 * authorityOf({ host: 'example.com', port: 8080, resourceName: '/', secure: false }); // 'example.com:8080'
 */
export function authorityOf({ host, port, portText, secure }: WebSocketUri): string {
  // draft-06/3.2/construct-host, draft-06/3.2/construct-port; reading R-309
  if (portText !== undefined) return `${host}:${portText}`;
  return port === defaultPorts[secure ? 'wss' : 'ws'] ? host : `${host}:${port}`;
}

/**
 * Constructs the URI of a host, a port, a resource name and a secure flag (section 3.2).
 * @param uri parts that `validateUri` accepts; others are put together as they are
 * @example
 * constructUri({ host: 'example.com', port: 443, resourceName: '/chat', secure: true }); // 'wss://example.com/chat'
 */
export function constructUri(uri: WebSocketUri): string {
  // draft-06/3.2/construct-scheme, draft-06/3.2/construct-resource-name
  return `${uri.secure ? 'wss' : 'ws'}://${authorityOf(uri)}${uri.resourceName}`;
}

/**
 * Whether a client may connect to the URI that these parts make (section 3.3). Host and port are held to their syntax
 * too, which the draft takes for granted: a line end in the host would spoil the handshake. "#" in the resource name is
 * refused (reading R-316): by the letter of the section it is valid, but no URI that is parsed can bring it there.
 * @param readings and R-1002 widen or narrow what is valid
 * @returns the first reason not to connect, with the index in `constructUri(uri)`; `undefined` for a valid URI
 * @example
 * validateUri({ host: 'example.com', port: 80, resourceName: 'chat', secure: false })?.code; // 'bad-resource-name'
 */
export function validateUri(uri: WebSocketUri, readings: ReadingChoices = defaultReadings): UriRefusal | undefined {
  const hostAt = uri.secure ? 6 : 5;
  // draft-06/3.3/host-ascii
  const fault = faultOfHost(uri.host, readings);
  if (fault) return refusalOf(fault.code, hostAt + fault.at);
  if (!isPort(uri.port, readings)) return refusalOf('bad-port', hostAt + uri.host.length + 1);
  // draft-06/3.3/resource-name-characters; reading R-316
  const stray = uri.resourceName.search(readings.numberSignInName === 'allow' ? /^(?!\/)|[^!-~]/ : /^(?!\/)|[^!-~]|#/);
  return stray === -1 ? undefined : refusalOf('bad-resource-name', hostAt + authorityOf(uri).length + stray);
}
