/** The authority of a WebSocket URI: user information, host and port (draft-06 section 3.1). */
import type { ReadingChoices } from '../spec/readings.js';
import { latin1FromBytes } from './bytes.js';
import type { WebSocketUri } from './uri.js';
import { asciiFormOf, faultOfHost, piecesOf, unescapePiece } from './uri-host.js';
import type { UriFault } from './uri-refusal.js';
import { indexOrEnd } from './uri-resolution.js';
import { encodeUtf8 } from './utf8.js';

/** The parts of the authority. */
type Authority = Pick<WebSocketUri, 'host' | 'port' | 'portText' | 'userInformation'>;

/** Reads the authority that stands from `from` to `to` in a text. */
export function authorityIn(
  text: string,
  from: number,
  to: number,
  defaultPort: number,
  readings: ReadingChoices,
): Authority | UriFault {
  // User information ends at the first "@", since neither it nor a host can have a second one.
  const atSign = text.slice(from, to).indexOf('@');
  const userInformation = atSign === -1 ? undefined : text.slice(from, from + atSign);
  const wrong = faultOfUserInformation(userInformation, from, readings);
  if (wrong !== undefined) return wrong;
  const hostAt = from + atSign + 1;
  const isLiteral = text.slice(hostAt, to).startsWith('[');
  const portAt = indexOrEnd(text.slice(0, to), isLiteral ? /(?<=\])/ : /:/, hostAt);
  const host = hostIn(text.slice(hostAt, portAt), isLiteral, readings);
  if (typeof host !== 'string') return { code: host.code, at: hostAt + host.at };
  const port = portIn(text.slice(portAt, to), defaultPort, readings);
  if ('code' in port) return { code: port.code, at: portAt + port.at };
  // reading R-317
  const kept = readings.userInformation === 'authenticate' && userInformation !== undefined ? { userInformation } : {};
  return { host, ...port, ...kept };
}

/** Readings R-317 `fail` and R-303 `strict`. */
function faultOfUserInformation(
  text: string | undefined,
  from: number,
  readings: ReadingChoices,
): UriFault | undefined {
  if (text === undefined) return undefined;
  if (readings.userInformation === 'fail') return { code: 'user-information', at: from };
  const bracket = readings.uriResolution === 'strict' ? text.search(/[[\]]/) : -1;
  return bracket === -1 ? undefined : { code: 'stray-character', at: from + bracket };
}

/** The host in lower case (draft-06/3.1/host-lower-case), or what is wrong with it; readings. */
function hostIn(written: string, isLiteral: boolean, readings: ReadingChoices): string | UriFault {
  const pieces = piecesOf(written);
  const escapeAt = isLiteral || readings.escapedHost !== 'refuse' ? -1 : written.search(/%[0-9A-Fa-f]{2}/);
  if (escapeAt !== -1) return { code: 'bad-host', at: escapeAt };
  const isKept = isLiteral || readings.escapedHost === 'keep';
  const host = isKept ? written : pieces.map(unescapePiece).join('');
  const converted = readings.hostOutsideAscii === 'convert' ? convertedHost(host, written, readings) : undefined;
  // draft-06/10.1/idna-flags: whatever is converted has to keep the rules of STD 3, also by reading R-1002
  const fault =
    converted === undefined
      ? faultOfHost(host, readings)
      : faultOfHost(converted, { ...readings, std3Hosts: 'every-name' });
  if (fault === undefined) return converted ?? host.toLowerCase();
  return { code: fault.code, at: isKept ? fault.at : pieces.slice(0, fault.at).join('').length };
}

/** The ASCII form of a host whose only fault is that it has characters outside ASCII, which count as letters. */
function convertedHost(host: string, written: string, readings: ReadingChoices): string | undefined {
  const lettered = host.replace(/[^\0-~]/g, 'a');
  if (lettered === host) return undefined;
  const rules = { ...readings, hostSyntax: 'syntax', std3Hosts: 'every-name' } as const;
  return faultOfHost(lettered, rules) === undefined ? asciiFormOf(written) : undefined;
}

/** draft-06/3.1/explicit-port and draft-06/3.1/default-port; readings. */
function portIn(
  text: string,
  defaultPort: number,
  readings: ReadingChoices,
): Pick<Authority, 'port' | 'portText'> | UriFault {
  const stray = text.search(/^[^:]|(?<=[^])\D/);
  if (stray !== -1) return { code: 'bad-port', at: stray };
  if (text === ':' && readings.emptyPort === 'fail') return { code: 'bad-port', at: 0 };
  const digits = text.slice(1);
  if (digits === '') return { port: defaultPort };
  const port = Math.min(Number(digits), Number.MAX_SAFE_INTEGER);
  if (!isPort(port, readings)) return { code: 'bad-port', at: 1 };
  return readings.portForm === 'text' && digits !== String(port) ? { port, portText: digits } : { port };
}

/** Reading R-308. A number too large to be exact counts as the largest that is. */
export function isPort(port: number, { portRange }: ReadingChoices): boolean {
  if (portRange === 'any') return Number.isSafeInteger(port) && port >= 0;
  return Number.isInteger(port) && port >= (portRange === 'from-one' ? 1 : 0) && port <= 0xffff;
}

/** The value of Authorization that reading R-317 `authenticate` makes of user information: Basic of RFC 2617. */
export function basicCredentials(userInformation: string): string {
  const characters = userInformation.match(/%[0-9A-Fa-f]{2}|[^%]+|%/g) ?? [];
  const bytes = characters.map((text) => (/^%./.test(text) ? unescapePiece(text) : latin1FromBytes(encodeUtf8(text))));
  return `Basic ${btoa(bytes.join(''))}`;
}
