import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import { statusCodeRanges, statusCodes, type StatusCodeRange } from '../spec/status-codes.js';
import { concatBytes, noBytes } from './bytes.js';
import { maxControlPayloadUnder } from './frame.js';
import { decodeUtf8, encodeUtf8, utf8Start } from './utf8.js';
import { type FrameViolationCode, type Violation, violation } from './violation.js';

/** What a Close says. A Close without a body says nothing (draft-06/7.4/optional-parts). */
export interface CloseReason {
  /** 0 to 65535 as it came; 1000 to 4999 unless a reading allows more. */
  readonly status?: number;
  /** The text behind the status code; the empty string when there is none. */
  readonly reason?: string;
}

/** The readings that say what the body of a Close is. */
export type CloseReadings = Pick<
  ReadingChoices,
  | 'statusCode'
  | 'closeReasonUtf8'
  | 'replacement'
  | 'utf8Definition'
  | 'absentStatus'
  | 'reasonAlone'
  | 'longReason'
  | 'loneSurrogate'
  | 'controlLimit'
>;

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
  readings: CloseReadings = defaultReadings,
): CloseReason | Violation<FrameViolationCode> {
  const [high, low] = body;
  // draft-06/7.4/optional-parts, reading R-731: no code stands for the absence of one.
  const absent = readings.absentStatus === 'normal' ? { status: statusCodes.normal } : {};
  if (high === undefined) return absent;
  const status = low === undefined ? undefined : high * 256 + low;
  const hasStatus = status !== undefined && isStatusCodeAllowed(status, readings.statusCode);
  // Reading R-737: what does not begin with a status code may be a reason alone.
  if (!hasStatus && readings.reasonAlone === 'no') {
    // draft-06/4.5.1/body-starts-with-status: a body has at least the two bytes of a status code.
    if (status === undefined) return violation('short-close-body', offset);
    return violation('bad-status-code', offset, String(status));
  }
  // draft-06/4.5.1/body-may-have-reason, readings.
  const text = hasStatus ? body.subarray(2) : body;
  const read = decodeUtf8(utf8Start, text, true, readings.replacement, readings.utf8Definition);
  if (!read.wellFormed && readings.closeReasonUtf8 === 'refuse') return violation('bad-close-reason', offset);
  return { ...(hasStatus ? { status } : absent), reason: read.text };
}

/**
 * Writes the body of a Close.
 * @param close what it says; a reason needs a status code in front of it, unless reading R-737 lets it stand alone
 * @returns at most 125 bytes, or 123 under reading R-461 `frame`; none when it says nothing
 * @throws RangeError when the status code is none that an endpoint may send, when a reason has no status code, or when
 *   the reason has more bytes in UTF-8 than are left (123 usually) and is not to be cut (reading R-735)
 */
export function writeCloseBody(close: CloseReason, readings: CloseReadings = defaultReadings): Uint8Array {
  const { status, reason = '' } = close;
  if (status === undefined) {
    if (reason === '') return noBytes;
    if (readings.reasonAlone === 'no') throw new RangeError('a reason needs a status code in front of it');
  } else if (!Number.isInteger(status) || !isStatusCodeAllowed(status, 'defined')) {
    throw new RangeError(`${status} is not a status code to send: use 1000 to 1004 or 2000 to 4999`);
  }
  const code = status === undefined ? noBytes : Uint8Array.of(status >> 8, status & 0xff);
  const left = maxControlPayloadUnder(readings.controlLimit) - code.length;
  return concatBytes([code, reasonBytes(reason, left, readings)]);
}

/** A reason of at most `limit` bytes in UTF-8 (reading R-735). */
function reasonBytes(reason: string, limit: number, { longReason, loneSurrogate }: CloseReadings): Uint8Array {
  const text = encodeUtf8(reason, loneSurrogate);
  if (text.length <= limit) return text;
  if (longReason === 'throw') throw new RangeError(`a reason has at most ${limit} bytes in UTF-8, not ${text.length}`);
  let end = limit;
  // A byte that begins with the bits 10 stands inside a character.
  while (((text[end] as number) & 0xc0) === 0x80) end--;
  return text.subarray(0, end);
}

/** Whether reading a body found a violation. */
export function isCloseViolation(
  read: CloseReason | Violation<FrameViolationCode>,
): read is Violation<FrameViolationCode> {
  return 'code' in read;
}
