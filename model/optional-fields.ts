/** The optional header fields of an opening handshake, as a server reads them (draft-06 section 5.2.1). */
import type { ReadingChoices } from '../spec/readings.js';
import { headerNames } from '../spec/wire.js';
import { type Extension, extensionNameForm, parseExtensions } from './extension-header.js';
import { parseTokenOrQuotedList } from './header-list.js';
import { asciiLowerCase, fieldValues, type RequestHead } from './http-head.js';
import { subprotocolForm } from './negotiation.js';
import { type HandshakeViolationCode, type Violation, violation } from './violation.js';

type HandshakeViolation = Violation<HandshakeViolationCode>;

/** What a client may add to its request. */
interface OptionalFields {
  readonly origin?: string;
  readonly subprotocols: readonly string[];
  readonly extensions: readonly Extension[];
}

/** The optional parts in their order; by reading R-573 `ignore` a malformed one is as if it were not there. */
export function readOptionalFields(head: RequestHead, readings: ReadingChoices): OptionalFields | HandshakeViolation {
  const settle = <Part extends object>(part: Part | HandshakeViolation, absent: Part): Part | HandshakeViolation =>
    'code' in part && readings.malformedOptionalField === 'ignore' ? absent : part;
  const origin = settle(readOrigin(fieldValues(head.fields, headerNames.origin), readings), {});
  if ('code' in origin) return origin;
  const subprotocols = settle(readSubprotocols(fieldValues(head.fields, headerNames.subprotocol), readings), []);
  if ('code' in subprotocols) return subprotocols;
  const extensions = settle(readExtensions(fieldValues(head.fields, headerNames.extensions), readings), []);
  if ('code' in extensions) return extensions;
  return { ...origin, subprotocols, extensions };
}

/** draft-06/5.2.1/origin-optional; readings. */
function readOrigin(
  values: readonly string[],
  readings: ReadingChoices,
): { readonly origin?: string } | HandshakeViolation {
  const [origin, second] = values;
  if (origin === undefined) return {};
  if (second !== undefined && readings.repeatedField !== 'first') return violation('repeated-origin', 0);
  const lower = asciiLowerCase(origin);
  return readings.originCapitals === 'abort' && lower !== origin
    ? violation('bad-origin', 0, origin)
    : { origin: lower };
}

/** The list of Sec-WebSocket-Protocol (draft-06/5.1/subprotocol-grammar), empty when there is no such header field. */
function readSubprotocols(values: readonly string[], readings: ReadingChoices): readonly string[] | HandshakeViolation {
  if (values.length === 0 || isEmptyOffer(values, readings)) return [];
  // reading R-586
  if (readings.subprotocolForm === 'lenient') return wordsBetweenCommas(values, readings);
  const listed = parseTokenOrQuotedList(values, readings);
  if (listed === undefined) return violation('bad-subprotocol-list', 0, values.join(', '));
  const wrong = listed.find((name) => !isSubprotocol(name, readings));
  if (wrong !== undefined) return violation('bad-subprotocol', 0, wrong);
  return hasRepeated(listed, readings) ? violation('repeated-subprotocol', 0, listed.join(', ')) : listed;
}

/** Whether all that a field says is nothing, which reading R-578 may take for an offer of nothing. */
export function isEmptyOffer(values: readonly string[], { emptyOffer }: ReadingChoices): boolean {
  return emptyOffer !== 'malformed' && values.every((value) => value.trim() === '');
}

/** Whatever may be a subprotocol between the commas, each once, without the quotes around it (reading R-586). */
function wordsBetweenCommas(values: readonly string[], readings: ReadingChoices): readonly string[] {
  const words = values.flatMap((value) => value.split(',')).map((word) => word.trim());
  const names = words.map((word) => (readings.subprotocolQuotes === 'part' ? word : word.replace(/^"(.*)"$/, '$1')));
  const forms = new Set<string>();
  return names.filter((name) => {
    const form = subprotocolForm(name, readings);
    if (!isSubprotocol(name, readings) || forms.has(form)) return false;
    forms.add(form);
    return true;
  });
}

/** draft-06/5.1/subprotocol-characters; by reading R-542 a name in quotes may have spaces as well. */
export function isSubprotocol(name: string, { subprotocolWithSpace }: ReadingChoices): boolean {
  return (subprotocolWithSpace === 'grammar' ? /^[\x20-\x7e]+$/ : /^[\x21-\x7e]+$/).test(name);
}

/** draft-06/5.1/subprotocols-unique; reading R-544 on the case of letters. */
export function hasRepeated(names: readonly string[], readings: ReadingChoices): boolean {
  return new Set(names.map((name) => subprotocolForm(name, readings))).size !== names.length;
}

/** The list of Sec-WebSocket-Extensions (draft-06/8.1/list-grammar); reading R-805 on a name that comes again. */
function readExtensions(
  values: readonly string[],
  readings: ReadingChoices,
): readonly Extension[] | HandshakeViolation {
  if (values.length === 0 || isEmptyOffer(values, readings)) return [];
  const extensions = parseExtensions(values, readings);
  const names = extensions?.map(({ name }) => extensionNameForm(name, readings)) ?? [];
  const isRepeated = readings.repeatedExtension === 'refuse' && new Set(names).size !== names.length;
  return extensions === undefined || isRepeated ? violation('bad-extension-list', 0, values.join(', ')) : extensions;
}
