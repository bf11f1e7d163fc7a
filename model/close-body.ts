import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { statusCodeRanges, statusCodes, type StatusCodeRange } from '../spec/status-codes.js';
import { maxControlPayload } from '../spec/wire.js';
import { noBytes } from './bytes.js';
import { decodeUtf8, encodeUtf8, utf8Start } from './utf8.js';
import { type FrameViolationCode, type Violation, violation } from './violation.js';

/** What a Close says. A Close without a body says nothing (draft-06/7.4/optional-parts). */
export interface CloseReason {
  /** 0 to 65535 as it came; 1000 to 4999 unless a reading allows more. */
  readonly status?: number;
  /** The text behind the status code; the empty string when there is none. */
  readonly reason?: string;
}

/** The range that a status code lies in. */
export function statusCodeRange(status: number): StatusCodeRange | undefined {
  return statusCodeRanges.find((range) => status >= range.from && status <= range.to);
}

/** The status codes that section 7.4.1 defines. */
const definedStatusCodes: ReadonlySet<number> = new Set(Object.values(statusCodes));

/** Whether a Close may carry a status code (draft-06 section 7.4, reading R-703). */
export function isStatusCodeAllowed(status: number, choice: ReadingChoices['statusCode'] = 'ranges'): boolean {
  if (choice === 'any') return true;
  const use = statusCodeRange(status)?.use;
  if (use === undefined || use === 'unused' || use === 'unmentioned') return false;
  return choice === 'ranges' || use !== 'protocol' || definedStatusCodes.has(status);
}

/**
 * Reads the body of a Close (draft-06 section 4.5.1).
 * @param offset where the frame stands in the stream, for the violation
 */
export function readCloseBody(
  body: Uint8Array,
  offset: number,
  readings: ReadingChoices = defaultReadings,
): CloseReason | Violation<FrameViolationCode> {
  const [high, low] = body;
  if (high === undefined) return {};
  // draft-06/4.5.1/body-starts-with-status: a body has at least the two bytes of a status code.
  if (low === undefined) return violation('short-close-body', offset);
  const status = high * 256 + low;
  if (!isStatusCodeAllowed(status, readings.statusCode)) return violation('bad-status-code', offset, String(status));
  // draft-06/4.5.1/body-may-have-reason, readings.
  const read = decodeUtf8(utf8Start, body.subarray(2), true, readings.replacement);
  if (!read.wellFormed && readings.closeReasonUtf8 === 'refuse') return violation('bad-close-reason', offset);
  return { status, reason: read.text };
}

/**
 * Writes the body of a Close.
 * @param close what it says; a reason needs a status code in front of it
 * @returns at most 125 bytes, none when there is no status code
 * @throws RangeError when the status code is none that an endpoint may send, when a reason has no status code, or when
 *   the reason has more than 123 bytes in UTF-8
 */
export function writeCloseBody(close: CloseReason): Uint8Array {
  const { status, reason = '' } = close;
  if (status === undefined) {
    if (reason !== '') throw new RangeError('a reason needs a status code in front of it');
    return noBytes;
  }
  if (!Number.isInteger(status) || !isStatusCodeAllowed(status, 'defined')) {
    throw new RangeError(`${status} is not a status code to send: use 1000 to 1004 or 2000 to 4999`);
  }
  const text = encodeUtf8(reason);
  if (text.length > maxControlPayload - 2) {
    throw new RangeError(`a reason has at most 123 bytes in UTF-8, not ${text.length}`);
  }
  const body = new Uint8Array(2 + text.length);
  new DataView(body.buffer).setUint16(0, status);
  body.set(text, 2);
  return body;
}

/** Whether reading a body found a violation. */
export function isCloseViolation(
  read: CloseReason | Violation<FrameViolationCode>,
): read is Violation<FrameViolationCode> {
  return 'code' in read;
}
