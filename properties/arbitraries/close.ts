import fc from 'fast-check';
import { type CloseReason, writeCloseBody } from '../../model/close-body.js';
import { maxControlPayload } from '../../spec/wire.js';
import { doubtfulUtf8 } from './doubtful-utf8.js';
import { texts } from './message.js';

/**
 * Status codes that an endpoint may send: the five that draft-06 section 7.4.1 defines, 1000 to 1004, and those from 2000
 * to 4999 of section 7.4.2.
 */
export function sendableStatusCodes(): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: 1000, max: 1004 }),
    fc.constantFrom(2000, 2999, 3000, 3999, 4000, 4999),
    fc.integer({ min: 2000, max: 4999 }),
  );
}

/** Texts of at most 123 bytes in UTF-8: what a control frame leaves behind a status code. */
function closeTexts(): fc.Arbitrary<string> {
  const room = maxControlPayload - 2;
  return fc.oneof(
    texts().filter((text) => new TextEncoder().encode(text).length <= room),
    fc.integer({ min: room - 2, max: room }).map((length) => 'x'.repeat(length)),
  );
}

/**
 * Status codes that stand for nothing: those from 0 to 999, which section 7.4.2 calls unused, and those from 5000 to 65535,
 * which it does not mention (reading R-703).
 */
export function unusedStatusCodes(): fc.Arbitrary<number> {
  return fc.oneof(
    fc.constantFrom(0, 1, 999, 5000, 0xffff),
    fc.integer({ min: 0, max: 999 }),
    fc.integer({ min: 5000, max: 0xffff }),
  );
}

/**
 * Bodies of a Close of which many may not be sent: half a status code, one that stands for nothing, and a text behind it
 * that is nearly UTF-8 (draft-06 section 4.5.1; readings ). At most 125 bytes.
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { readCloseBody } from 'hybi-spec';
 * import { doubtfulCloseBodies } from 'hybi-spec/arbitraries';
 *
 * // What is under test: the status code in the body of a Close, or that the body is wrong.
 * const statusIn = ([high, low]) => (high === undefined ? undefined : low === undefined ? 'wrong' : high * 256 + low);
 *
 * const agrees = fc.property(doubtfulCloseBodies(), (body) => {
 *   const read = readCloseBody(body, 0);
 *   return ('code' in read ? 'wrong' : read.status) === statusIn(body);
 * });
 * // It takes any status code, and fails: `fc.assert` would throw, and print the smallest body that shows it.
 * console.assert(fc.check(agrees, { seed: 6 }).failed);
 * ```
 */
export function doubtfulCloseBodies(): fc.Arbitrary<Uint8Array> {
  const status = fc.oneof(sendableStatusCodes(), unusedStatusCodes());
  return fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 1 }),
    closeReasons().map((reason) => writeCloseBody(reason)),
    fc.tuple(status, doubtfulUtf8()).map(([code, text]) => Uint8Array.of(code >> 8, code & 0xff, ...text)),
  );
}

/**
 * What a Close that may be sent says: nothing, a status code, or a status code and a text of at most 123 bytes (draft-06
 * sections 4.5.1 and 7.4). `writeCloseBody` of the model makes the body of it.
 */
export function closeReasons(): fc.Arbitrary<CloseReason> {
  const withStatus = fc.record({ status: sendableStatusCodes(), reason: closeTexts() }, { requiredKeys: ['status'] });
  return fc.oneof(fc.constant({}), withStatus);
}
