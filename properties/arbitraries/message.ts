import fc from 'fast-check';
import type { DataKind } from '../../model/fragmentation.js';
import { payloads, type PayloadConstraints } from './frame.js';

/** A message that may be sent, as its kind and its content; that of a text is UTF-8. */
export interface OutgoingMessage {
  readonly kind: DataKind;
  readonly payload: Uint8Array;
}

/** Texts of up to 20 characters of every length in UTF-8, without lone surrogates, which UTF-8 cannot say. */
export function texts(): fc.Arbitrary<string> {
  const unit = fc.oneof(
    fc.constantFrom('a', '\0', '\x7f', '\x80', '\u07ff', '\u0800', '\ud7ff', '\ue000', '\ufeff', '\ufffd', '\uffff'),
    fc.constantFrom('\u{10000}', '\u{1f600}', '\u{10ffff}'),
    fc.nat(0x10ffff).map((point) => (point >= 0xd800 && point <= 0xdfff ? '\ufffd' : String.fromCodePoint(point))),
  );
  return fc.string({ unit, maxLength: 20 });
}

/** Text messages of valid UTF-8 (draft-06/4.6/text-is-utf-8); the platform encodes them. */
export function textMessages(): fc.Arbitrary<OutgoingMessage> {
  return texts().map((text) => ({ kind: 'text', payload: new TextEncoder().encode(text) }));
}

/** Binary messages of any bytes (draft-06/4.6/binary-is-opaque). */
export function binaryMessages(constraints?: PayloadConstraints): fc.Arbitrary<OutgoingMessage> {
  return payloads(constraints).map((payload) => ({ kind: 'binary', payload }));
}

/** Messages that any endpoint may send (draft-06 section 4.6). */
export function messages(constraints?: PayloadConstraints): fc.Arbitrary<OutgoingMessage> {
  return fc.oneof(textMessages(), binaryMessages(constraints));
}
