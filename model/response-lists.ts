/** What a response selects from the lists of the request, as a client reads it (draft-06 sections 5.2.2 and 8.1). */
import type { ReadingChoices } from '../spec/readings.js';
import { type Extension, extensionNameForm, parseExtensions } from './extension-header.js';
import { parseTokenOrQuotedList, quoteIfNeeded } from './header-list.js';
import { isSameExtension, subprotocolForm } from './negotiation.js';
import { isEmptyOffer } from './optional-fields.js';
import { type HandshakeViolationCode, type Violation, violation } from './violation.js';

type HandshakeViolation = Violation<HandshakeViolationCode>;

/** A subprotocol as one word of a header value: by reading R-543 `part` it has its quotes already. */
export function asWord(name: string, { subprotocolQuotes }: ReadingChoices): string {
  return subprotocolQuotes === 'part' && /^".*"$/.test(name) ? name : quoteIfNeeded(name);
}

/** The subprotocol among those offered that a name in a response is; readings. */
export function offeredAs(name: string, offered: readonly string[], readings: ReadingChoices): string | undefined {
  const formOf = (one: string): string =>
    subprotocolForm(readings.subprotocolQuotes === 'part' ? asWord(one, readings) : one, readings);
  return offered.find((one) => formOf(one) === formOf(name));
}

/** draft-06/5.2.2/subprotocol-selected; readings. */
export function readSelected(
  values: readonly string[],
  offered: readonly string[],
  readings: ReadingChoices,
): HandshakeViolation | { readonly subprotocol?: string } {
  const isNothing = values.length === 0 || isEmptyOffer(values, readings);
  const selected = isNothing ? [] : parseTokenOrQuotedList(values, readings);
  if (selected === undefined) return violation('bad-response-list', 0, values.join(', '));
  const known = selected.map((name) => offeredAs(name, offered, readings));
  const isInvited = !known.includes(undefined) && (known.length === 1 || readings.severalSubprotocols === 'several');
  if (selected.length > 0 && !isInvited && readings.subprotocolOfResponse === 'fail') {
    return violation('uninvited-subprotocol', 0, selected.join(', '));
  }
  const [subprotocol] = isInvited ? known : [];
  if (subprotocol !== undefined) return { subprotocol };
  return offered.length > 0 && readings.noSubprotocolSelected === 'fail' ? violation('no-subprotocol', 0) : {};
}

/** draft-06/8/no-unrequested-extension; readings. */
export function readAccepted(
  values: readonly string[],
  requested: readonly Extension[],
  readings: ReadingChoices,
): HandshakeViolation | { readonly extensions: readonly Extension[] } {
  const isSplit = readings.splitResponseExtensions === 'one' && values.length > 1;
  const isNothing = values.length === 0 || isEmptyOffer(values, readings);
  const listed = isNothing ? [] : parseExtensions(values, readings);
  if (listed === undefined || isSplit) return violation('bad-response-list', 0, values.join(', '));
  const known = listed.flatMap((extension) => {
    const offer = requested.find((one) => isSameExtension(one, extension, readings));
    // By reading R-804 the name may stand in another case than in the request, which is the one that the client knows.
    return offer === undefined ? [] : [{ place: requested.indexOf(offer), ...extension, name: offer.name }];
  });
  const uninvited = listed.find((one) => !known.some((each) => isSameExtension(each, one, readings)));
  if (uninvited !== undefined && readings.extensionOfResponse === 'fail') {
    return violation('uninvited-extension', 0, uninvited.name);
  }
  const names = known.map(({ name }) => extensionNameForm(name, readings));
  if (readings.extensionAcceptedTwice === 'fail' && new Set(names).size !== names.length) {
    return violation('repeated-extension', 0, names.join(', '));
  }
  if (readings.extensionOrder === 'kept' && known.some(({ place }, at) => place < (known[at - 1]?.place ?? 0))) {
    return violation('reordered-extensions', 0, names.join(', '));
  }
  return { extensions: known.map(({ name, parameters }) => ({ name, parameters })) };
}
