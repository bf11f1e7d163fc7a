import fc from 'fast-check';
import type { CloseReason } from '../../model/close-body.js';
import { maxControlPayload } from '../../spec/wire.js';
import { texts } from './message.js';

/**
 * Status codes that an endpoint may send: the five that draft-06 section 7.4.1 defines, and those from 2000 to 4999 of
 * section 7.4.2.
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

/** What a Close that may be sent says: nothing, a status code, or a status code and a text. */
export function closeReasons(): fc.Arbitrary<CloseReason> {
  const withStatus = fc.record({ status: sendableStatusCodes(), reason: closeTexts() }, { requiredKeys: ['status'] });
  return fc.oneof(fc.constant({}), withStatus);
}
