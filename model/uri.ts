import type { ClauseId } from '../spec/clauses.js';
import { defaultPorts } from '../spec/wire.js';

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
  /** Path and query: starts with `/`, only characters from U+0021 to U+007E. */
  readonly resourceName: string;
  /** Whether the connection runs over TLS (`wss`). */
  readonly secure: boolean;
}

/** Why a URI is refused. The keys are the stable codes. */
export const uriRefusals = {
  'not-absolute': { clause: 'draft-06/3.1/absolute', says: 'the URI does not begin with a scheme and a colon' },
  'wrong-scheme': { clause: 'draft-06/3.1/scheme', says: 'the scheme is neither ws nor wss' },
  'has-fragment': { clause: 'draft-06/3.1/no-fragment', says: 'the URI has a fragment' },
  'no-authority': { clause: 'draft-06/3.1/resolve', says: 'no "//" follows the scheme, so the URI names no host' },
  'empty-host': { clause: 'draft-06/3.1/resolve', says: 'the host is empty' },
  'bad-host': { clause: 'draft-06/3.1/resolve', says: 'the host is neither a name nor an IPv6 address in brackets' },
  'non-ascii-host': {
    clause: 'draft-06/3.3/host-ascii',
    says: 'the host has a character above U+007E; a name in another script is written in punycode (xn--...)',
  },
  'bad-port': { clause: 'draft-06/3.1/explicit-port', says: 'the port is not a number from 0 to 65535' },
  'bad-resource-name': {
    clause: 'draft-06/3.3/resource-name-characters',
    says: 'the resource name does not start with a slash, or has a character outside U+0021 to U+007E',
  },
} as const satisfies Readonly<Record<string, { readonly clause: ClauseId; readonly says: string }>>;

export type UriRefusalCode = keyof typeof uriRefusals;

/** Why a URI is refused, and where. Told apart by `code`. */
export type UriRefusal = {
  readonly [Code in UriRefusalCode]: {
    readonly code: Code;
    readonly clause: (typeof uriRefusals)[Code]['clause'];
    /** Index of the UTF-16 code unit that shows it: in the argument of `parseUri`, or in what `constructUri` makes. */
    readonly offset: number;
    readonly says: string;
  };
}[UriRefusalCode];

/** What `parseUri` returns. */
export type ParsedUri =
  { readonly ok: true; readonly uri: WebSocketUri } | { readonly ok: false; readonly refusal: UriRefusal };

function refusalOf(code: UriRefusalCode, offset: number): UriRefusal {
  return { code, ...uriRefusals[code], offset } as UriRefusal; // code and clause come from the same row
}

function refuse(code: UriRefusalCode, offset: number): ParsedUri {
  return { ok: false, refusal: refusalOf(code, offset) };
}

/** The index of the first match at or behind `from`, or the length of the text. */
function indexOrEnd(text: string, pattern: RegExp, from = 0): number {
  const at = text.slice(from).search(pattern);
  return at === -1 ? text.length : from + at;
}

/** Four numbers to 255 without superfluous zeros. */
const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** Eight groups of 16 bits, or at most seven with one `::` for the missing ones; the last two may be in IPv4 form. */
function isIpv6(text: string): boolean {
  const sides = text.split('::');
  let groups = 0;
  for (const [index, side] of sides.entries()) {
    const pieces = side === '' ? [] : side.split(':');
    for (const [place, piece] of pieces.entries()) {
      const isLast = index === sides.length - 1 && place === pieces.length - 1;
      if (/^[0-9A-Fa-f]{1,4}$/.test(piece)) groups += 1;
      else if (isLast && ipv4.test(piece)) groups += 2;
      else return false;
    }
  }
  return sides.length === 1 ? groups === 8 : sides.length === 2 && groups <= 7;
}

type HostFault = { readonly code: UriRefusalCode; readonly at: number } | undefined;

function faultOfLiteral(literal: string): HostFault {
  return literal.endsWith(']') && isIpv6(literal.slice(1, -1)) ? undefined : { code: 'bad-host', at: 0 };
}

/** Names may have all of RFC 3986's characters: the draft puts the narrower ToASCII on names outside ASCII alone. */
function faultOfName(name: string): HostFault {
  if (name === '') return { code: 'empty-host', at: 0 };
  const at = name.search(/[^A-Za-z0-9._~!$&'()*+,;=-]/);
  return at === -1 ? undefined : { code: name.charCodeAt(at) > 0x7e ? 'non-ascii-host' : 'bad-host', at };
}

/** The escapes and code units of a host, one of them for each code unit that the host has without its escapes. */
function piecesOf(host: string): readonly string[] {
  return host.match(/%[0-9A-Fa-f]{2}|[^]/g) ?? [];
}

/** Undoes an escape. A byte outside ASCII becomes some character above U+007F, which no host may have anyway. */
function unescapePiece(piece: string): string {
  return piece.length === 1 ? piece : String.fromCharCode(parseInt(piece.slice(1), 16));
}

/**
 * Percent-encodes, as UTF-8, what RFC 3986 has no place for in path and query. `encodeURI` knows that alphabet, but for
 * `%`, which stays even where no escape follows. A lone surrogate has no UTF-8 form and becomes U+FFFD.
 */
function escapeUnusual(text: string): string {
  return encodeURI(text.replace(/\p{Surrogate}/gu, '\uFFFD')).replaceAll('%25', '%');
}

/** RFC 3986 section 5.2.4. Only dots count: `%2E` is none here, though WHATWG takes it for one. */
function removeDotSegments(path: string): string {
  const segments = path.split('/').slice(1);
  const kept: string[] = [];
  for (const [index, segment] of segments.entries()) {
    const isDots = segment === '.' || segment === '..';
    if (segment === '..') kept.pop();
    if (!isDots) kept.push(segment);
    else if (index === segments.length - 1) kept.push(''); // its slash remains
  }
  return `/${kept.join('/')}`;
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
 * @returns parts that `validateUri` accepts, or the first reason to refuse the text, with its clause and index
 * @example
 * parseUri('wss://Example.com/chat?room=1');
 * // { ok: true, uri: { host: 'example.com', port: 443, resourceName: '/chat?room=1', secure: true } }
 * parseUri('ws://example.com/#top');
 * // { ok: false, refusal: { code: 'has-fragment', clause: 'draft-06/3.1/no-fragment', offset: 17, says: '...' } }
 */
export function parseUri(text: string): ParsedUri {
  // draft-06/3.1/resolve: white space around the URI is not part of it. (WHATWG also strips other controls here.)
  const start = indexOrEnd(text, /[^ \t\n\f\r]/);
  let end = text.length;
  while (end > start && ' \t\n\f\r'.includes(text.charAt(end - 1))) end--;

  // draft-06/3.1/absolute
  const colonAt = indexOrEnd(text, /[^A-Za-z0-9+.-]/, start);
  if (!/[A-Za-z]/.test(text.charAt(start))) return refuse('not-absolute', start);
  if (text.charAt(colonAt) !== ':') return refuse('not-absolute', colonAt);

  // draft-06/3.1/scheme
  const scheme = text.slice(start, colonAt).toLowerCase();
  if (scheme !== 'ws' && scheme !== 'wss') return refuse('wrong-scheme', start);

  // draft-06/3.1/no-fragment, not even an empty one
  const fragmentAt = text.indexOf('#');
  if (fragmentAt !== -1) return refuse('has-fragment', fragmentAt);

  // draft-06/3.1/resolve: backslashes before the query are slashes, as for WHATWG; were they not, "ws://a\@b/" would
  // lead to one host here and to another there.
  const queryAt = indexOrEnd(text.slice(0, end), /\?/);
  const hierarchy = text.slice(0, queryAt).replaceAll('\\', '/');
  if (!hierarchy.startsWith('//', colonAt + 1)) return refuse('no-authority', colonAt + 1);
  const pathAt = indexOrEnd(hierarchy, /\//, colonAt + 3);

  // User information ends at the first "@", since neither it nor a host can have a second one.
  const atSign = hierarchy.slice(0, pathAt).indexOf('@');
  const hostAt = atSign === -1 ? colonAt + 3 : atSign + 1;
  const isLiteral = hierarchy.slice(hostAt, pathAt).startsWith('[');
  const portAt = indexOrEnd(hierarchy.slice(0, pathAt), isLiteral ? /(?<=\])/ : /:/, hostAt);
  const pieces = piecesOf(hierarchy.slice(hostAt, portAt));
  const host = isLiteral ? pieces.join('') : pieces.map(unescapePiece).join('');
  const fault = isLiteral ? faultOfLiteral(host) : faultOfName(host);
  if (fault) return refuse(fault.code, hostAt + pieces.slice(0, fault.at).join('').length);

  const portText = hierarchy.slice(portAt, pathAt);
  const stray = portText.search(/^[^:]|(?<=[^])\D/);
  if (stray !== -1) return refuse('bad-port', portAt + stray);
  // draft-06/3.1/default-port, draft-06/3.1/explicit-port
  const port = portText.length < 2 ? defaultPorts[scheme] : Number(portText.slice(1));
  if (port > 0xffff) return refuse('bad-port', portAt + 1);

  // draft-06/3.1/path
  const path = hierarchy.slice(pathAt);
  // draft-06/3.1/empty-path-is-slash
  const resolvedPath = path === '' ? '/' : removeDotSegments(path);
  // draft-06/3.1/query-appended, an empty one too
  const resourceName = escapeUnusual(resolvedPath + text.slice(queryAt, end));

  // draft-06/3.1/host-lower-case, draft-06/3.1/secure-flag
  return { ok: true, uri: { host: host.toLowerCase(), port, resourceName, secure: scheme === 'wss' } };
}

/**
 * The host, and the port behind a colon unless it is the default of the scheme: what the Host header field carries.
 * @param uri parts that `validateUri` accepts; others are put together as they are
 * @example
 * authorityOf({ host: 'example.com', port: 8080, resourceName: '/', secure: false }); // 'example.com:8080'
 */
export function authorityOf(uri: WebSocketUri): string {
  // draft-06/3.2/construct-host, draft-06/3.2/construct-port
  return uri.port === defaultPorts[uri.secure ? 'wss' : 'ws'] ? uri.host : `${uri.host}:${uri.port}`;
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
 * @returns the first reason not to connect, with the index in `constructUri(uri)`; `undefined` for a valid URI
 * @example
 * validateUri({ host: 'example.com', port: 80, resourceName: 'chat', secure: false })?.code; // 'bad-resource-name'
 */
export function validateUri(uri: WebSocketUri): UriRefusal | undefined {
  const hostAt = uri.secure ? 6 : 5;
  // draft-06/3.3/host-ascii
  const fault = uri.host.startsWith('[') ? faultOfLiteral(uri.host) : faultOfName(uri.host);
  if (fault) return refusalOf(fault.code, hostAt + fault.at);
  const hasPort = Number.isInteger(uri.port) && uri.port >= 0 && uri.port <= 0xffff;
  if (!hasPort) return refusalOf('bad-port', hostAt + uri.host.length + 1);
  // draft-06/3.3/resource-name-characters
  const stray = uri.resourceName.search(/^(?!\/)|[^!-~]|#/);
  return stray === -1 ? undefined : refusalOf('bad-resource-name', hostAt + authorityOf(uri).length + stray);
}
