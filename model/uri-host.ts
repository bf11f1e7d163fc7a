/** Hosts of WebSocket URIs: which are valid, and what their escapes mean (draft-06 sections 3.1, 3.3 and 10.1). */
import type { ReadingChoices } from '../spec/readings.js';
import type { UriFault } from './uri-refusal.js';

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

/** What is wrong with a host whose escapes are undone already, or kept by reading R-311. */
export function faultOfHost(host: string, readings: ReadingChoices): UriFault | undefined {
  // draft-06/3.3/host-ascii; reading R-312
  const isOutside = host.search(/[^\0-~]/);
  if (readings.hostSyntax === 'ascii-only' && host !== '') {
    return isOutside === -1 ? faultOfStd3(host, readings) : { code: 'non-ascii-host', at: isOutside };
  }
  if (!host.startsWith('[')) return faultOfName(host, readings);
  return host.endsWith(']') && isIpv6(host.slice(1, -1)) ? undefined : { code: 'bad-host', at: 0 };
}

/** Names may have all of RFC 3986's characters: the draft puts the narrower ToASCII on names outside ASCII alone. */
function faultOfName(name: string, readings: ReadingChoices): UriFault | undefined {
  // reading R-313
  if (name === '') return readings.emptyHost === 'allow' ? undefined : { code: 'empty-host', at: 0 };
  // reading R-311: a host that keeps its escapes has percent signs
  const isEscaped = readings.escapedHost === 'keep';
  const stray = isEscaped ? /[^A-Za-z0-9._~!$&'()*+,;=%-]|%(?![0-9A-Fa-f]{2})/ : /[^A-Za-z0-9._~!$&'()*+,;=-]/;
  const at = name.search(stray);
  if (at === -1) return faultOfStd3(name, readings);
  return { code: name.charCodeAt(at) > 0x7e ? 'non-ascii-host' : 'bad-host', at };
}

/**
 * Under reading R-1002 `every-name` names in ASCII go through ToASCII with UseSTD3ASCIIRules too: letters, digits and
 * hyphens, no hyphen at the edge of a label, and labels of 1 to 63 characters. Addresses in brackets do not.
 */
function faultOfStd3(name: string, readings: ReadingChoices): UriFault | undefined {
  if (readings.std3Hosts === 'converted-only' || name.startsWith('[')) return undefined;
  const at = name.search(/[^A-Za-z0-9.-]|(?<![^.])[.-]|-(?![^.])|(?<![^.])[^.]{64}/);
  return at === -1 ? undefined : { code: 'bad-host', at };
}

/** The escapes and code units of a host, one of them for each code unit that the host has without its escapes. */
export function piecesOf(host: string): readonly string[] {
  return host.match(/%[0-9A-Fa-f]{2}|[^]/g) ?? [];
}

/** Undoes an escape. A byte outside ASCII becomes some character above U+007F, which no host may have anyway. */
export function unescapePiece(piece: string): string {
  return piece.length === 1 ? piece : String.fromCharCode(parseInt(piece.slice(1), 16));
}

/**
 * Reading R-314 `convert`: a name with characters outside ASCII in its ASCII form (draft-06/10.1/host-by-idna).
 * ToASCII is that of the URL standard, which maps to lower case first and takes the tables of today's Unicode.
 * @param name a name without brackets; escapes are taken for UTF-8
 * @returns `undefined` when there is no such form
 */
export function asciiFormOf(name: string): string | undefined {
  return urlOf(`ws://${name}`)?.hostname;
}

/** What the URL standard makes of a text: a pure function that every platform has. */
export function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
