/** The parts of an opening handshake that have to be there, one by one, as a server reads them (draft-06 section 5.2.1). */
import type { ReadingChoices } from '../spec/readings.js';
import { defaultReadings } from '../spec/readings.js';
import { headerNames, protocolVersion } from '../spec/wire.js';
import { nonceOfKey } from './accept.js';
import { parseTokenList } from './header-list.js';
import { asciiLowerCase, equalsIgnoringAsciiCase, fieldValues, type RequestHead } from './http-head.js';
import { parseUri } from './uri.js';
import { type HandshakeViolationCode, type Violation, violation } from './violation.js';

/** What is wrong with a part. */
export type HandshakeViolation = Violation<HandshakeViolationCode>;

function refuse(code: HandshakeViolationCode, observed?: string): HandshakeViolation {
  return violation(code, 0, observed);
}

/**
 * The one value of a header field that may come once (reading R-592): `undefined` when it is missing, and when it is
 * repeated, unless the first one counts.
 */
function onlyValue(head: RequestHead, name: string, { repeatedField }: ReadingChoices): string | undefined {
  const [value, second] = fieldValues(head.fields, name);
  return second === undefined || repeatedField === 'first' ? value : undefined;
}

/** The request line: the resource name, and the authority beside it where the Request-URI is absolute. */
export function readRequestLine(
  head: RequestHead,
  readings: ReadingChoices,
): HandshakeViolation | { readonly resourceName: string; readonly authority?: string } {
  // draft-06/5.2.1/get-request
  if (head.method !== 'GET') return refuse('method-not-get', head.method);
  const { major, minor } = head.version;
  if (major < 1 || (major === 1 && minor < 1)) return refuse('http-version-too-low', `HTTP/${major}.${minor}`);
  // reading R-525
  const isTooHigh = { 'any-higher': false, 'major-1': major > 1, exactly: major > 1 || minor > 1 };
  if (isTooHigh[readings.httpVersionOfRequest]) return refuse('other-http-version', `HTTP/${major}.${minor}`);
  // draft-06/5.2.1/request-uri-is-resource-name; reading R-528
  const resourceName = resourceNameOf(head.target, readings);
  const [absolute] = absoluteForm.exec(head.target) ?? [];
  if (resourceName === undefined || (absolute !== undefined && readings.absoluteRequestUri === 'refuse')) {
    return refuse('bad-request-uri', head.target);
  }
  return absolute === undefined ? { resourceName } : { resourceName, authority: absolute.replace(/^.*[/@]/, '') };
}

/** Scheme and authority in front of a path. */
const absoluteForm = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#\\]+/;

/**
 * The resource name in a Request-URI: the path and query as they stand, also where the absolute form of RFC 2616
 * section 5.1.2 surrounds them; `undefined` for anything else, such as an authority that no URI can have.
 */
export function resourceNameOf(target: string, readings: ReadingChoices = defaultReadings): string | undefined {
  const absolute = absoluteForm.exec(target);
  if (absolute !== null && !parseUri(absolute[0].replace(/^[^:]+/, 'ws')).ok) return undefined;
  const rest = absolute === null ? target : target.slice(absolute[0].length);
  // Only behind an authority may the path be empty.
  const name = absolute === null || rest.startsWith('/') ? rest : `/${rest}`;
  // Printable ASCII without the number sign, which would begin a fragment; reading R-316.
  const characters = readings.numberSignInName === 'allow' ? /^\/[!-~]*$/ : /^\/[!"$-~]*$/;
  return characters.test(name) && !rest.startsWith('\\') ? name : undefined;
}

/** draft-06/5.2.1/host; readings. */
export function readHost(
  head: RequestHead,
  authority: string | undefined,
  expected: { readonly readings: ReadingChoices; readonly authorities?: readonly string[] },
): HandshakeViolation | { readonly host: string } {
  const { readings, authorities = [] } = expected;
  const written = onlyValue(head, headerNames.host, readings);
  if (written === undefined || written === '') return refuse('no-host');
  const isOther = authority !== undefined && !equalsIgnoringAsciiCase(authority, written);
  if (isOther && readings.hostOfAbsoluteUri === 'refuse') return refuse('wrong-host', `${authority}, ${written}`);
  const host = isOther && readings.hostOfAbsoluteUri === 'request-uri' ? authority : written;
  const isOwn = authorities.some((known) => equalsIgnoringAsciiCase(known, host));
  return readings.hostOfRequest === 'match' && !isOwn ? refuse('wrong-host', host) : { host };
}

/**
 * draft-06/5.2.2/version-not-understood; readings. It comes before the rest unless reading R-576 says
 * otherwise: another version may say the rest in another way.
 */
export function readVersion(
  head: RequestHead,
  expected: { readonly readings: ReadingChoices; readonly versions?: readonly string[] },
): HandshakeViolation | { readonly version?: string } {
  const { readings, versions = [] } = expected;
  const values = fieldValues(head.fields, headerNames.version);
  const isList = readings.versionForm === 'list' && values.length > 0;
  const version = isList ? values.join(', ') : onlyValue(head, headerNames.version, readings);
  if (version === undefined) return refuse('no-version');
  if (isThisVersion(version, readings)) return {};
  return readings.otherVersions === 'may' && versions.includes(version)
    ? { version }
    : refuse('wrong-version', version);
}

function isThisVersion(text: string, { versionForm }: ReadingChoices): boolean {
  if (versionForm === 'number') return text.replace(/^0+(?=\d)/, '') === protocolVersion;
  return (versionForm === 'list' ? text.split(',').map((one) => one.trim()) : [text]).includes(protocolVersion);
}

/** draft-06/5.1/upgrade and draft-06/5.1/connection; readings. */
export function faultOfSwitching(head: RequestHead, readings: ReadingChoices): HandshakeViolation | undefined {
  if (readings.upgradeOfRequest === 'ignore') return undefined;
  const upgrade = fieldValues(head.fields, headerNames.upgrade);
  const isAlone = readings.upgradeListOfRequest === 'list' || upgrade.every((value) => isWebsocket(value));
  const isInCase = readings.upgradeCaseOfRequest === 'any-case' || tokensOf(upgrade).includes('websocket');
  if (!hasUpgradeToken(head) || !isAlone || !isInCase) return refuse('no-upgrade-in-request', upgrade.join(', '));
  const values = fieldValues(head.fields, headerNames.connection);
  const connection = parseTokenList(values) ?? [];
  const isNamed = connection.some((token) => equalsIgnoringAsciiCase(token, 'upgrade'));
  return isNamed ? undefined : refuse('no-connection-in-request', values.join(', '));
}

export function hasUpgradeToken(head: RequestHead): boolean {
  return tokensOf(fieldValues(head.fields, headerNames.upgrade)).some(isWebsocket);
}

function tokensOf(values: readonly string[]): readonly string[] {
  return values.flatMap((value) => value.split(',')).map((token) => token.trim());
}

function isWebsocket(token: string): boolean {
  return asciiLowerCase(token) === 'websocket';
}

/** draft-06/5.2.1/key; readings. */
export function readKey(head: RequestHead, readings: ReadingChoices): HandshakeViolation | { readonly key: string } {
  const key = onlyValue(head, headerNames.key, readings);
  if (key === undefined) return refuse('no-key');
  const isRight = readings.keyOfRequest === 'presence' || nonceOfKey(key, readings) !== undefined;
  return isRight ? { key } : refuse('bad-key', key);
}
