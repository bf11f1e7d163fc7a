/** The lines of an HTTP head: what each means, or where it goes wrong (RFC 2616 sections 4 to 6). */
import type { ReadingChoices } from '../spec/readings.js';
import { endOfRun, isBlankCode, isTextCode, isTokenCode } from './header-scanner.js';
import { asciiLowerCase, type HeaderField, type HttpVersion, isTargetCode } from './http-head.js';
import type { RequestHead, ResponseHead } from './http-head.js';
import { type HeadViolationCode, type Violation, violation } from './violation.js';

/** How much of an offending line a violation shows, in characters. */
const maxObserved = 80;

export type StartLine = Omit<RequestHead, 'fields'> | Omit<ResponseHead, 'fields'>;

export interface HeadRefusal {
  readonly kind: 'violation';
  readonly violation: Violation<HeadViolationCode>;
}

export function refuseHead(code: HeadViolationCode, offset: number, observed?: string): HeadRefusal {
  return { kind: 'violation', violation: violation(code, offset, observed?.slice(0, maxObserved)) };
}

/**
 *     Request-Line = Method SP Request-URI SP HTTP-Version CRLF                ; RFC 2616 section 5.1
 *
 * @returns the meaning, or the index of the first character that does not fit
 */
export function parseRequestLine(line: string, readings: ReadingChoices): StartLine | number {
  const methodEnd = endOfRun(line, 0, isTokenCode);
  const targetStart = endOfSpaces(line, methodEnd, readings);
  if (methodEnd === 0 || targetStart === methodEnd) return methodEnd;
  const targetEnd = endOfRun(line, targetStart, isTargetCode);
  const versionStart = endOfSpaces(line, targetEnd, readings);
  if (targetEnd === targetStart || versionStart === targetEnd) return targetEnd;
  const parsed = parseVersion(line, versionStart, readings);
  if (typeof parsed === 'number') return parsed;
  if (parsed.end !== line.length) return parsed.end;
  const method = line.slice(0, methodEnd);
  return { kind: 'request', method, target: line.slice(targetStart, targetEnd), version: parsed.version };
}

/** Behind the one SP between two parts, or behind all blanks by reading R-597; `from` when there is none. */
function endOfSpaces(line: string, from: number, { spacesInRequestLine }: ReadingChoices): number {
  if (spacesInRequestLine === 'accept') return endOfRun(line, from, isBlankCode);
  return line.charAt(from) === ' ' ? from + 1 : from;
}

/**
 *     Status-Line   = HTTP-Version SP 3DIGIT SP Reason-Phrase CRLF             ; RFC 2616 section 6.1
 *     Reason-Phrase = *<TEXT, excluding CR, LF>
 *
 * @returns the meaning, or the index of the first character that does not fit
 */
export function parseStatusLine(line: string, readings: ReadingChoices): StartLine | number {
  const parsed = parseVersion(line, 0, readings);
  if (typeof parsed === 'number') return parsed;
  const status = /^ \d{0,3}/.exec(line.slice(parsed.end, parsed.end + 4))?.[0] ?? '';
  const reasonStart = parsed.end + status.length + 1;
  if (status.length !== 4 || line.charAt(reasonStart - 1) !== ' ') return reasonStart - 1;
  const end = endOfRun(line, reasonStart, isTextCode);
  if (end !== line.length) return end;
  return { kind: 'response', version: parsed.version, status: Number(status), reason: line.slice(reasonStart) };
}

/**
 *     HTTP-Version = "HTTP" "/" 1*DIGIT "." 1*DIGIT                            ; RFC 2616 section 3.1
 *
 * Literals have no case (RFC 2616 section 2.1; reading R-595), leading zeros do not count, and numbers too large to be exact are read
 * as the largest that is.
 */
function parseVersion(
  line: string,
  from: number,
  { caseOfHttp }: ReadingChoices,
): { readonly version: HttpVersion; readonly end: number } | number {
  const majorStart = from + 'HTTP/'.length;
  const literal = line.slice(from, majorStart);
  if (caseOfHttp === 'none' ? asciiLowerCase(literal) !== 'http/' : literal !== 'HTTP/') return from;
  const majorEnd = endOfRun(line, majorStart, isDigitCode);
  if (majorEnd === majorStart || line.charAt(majorEnd) !== '.') return majorEnd;
  const end = endOfRun(line, majorEnd + 1, isDigitCode);
  if (end === majorEnd + 1) return end;
  const number = (digits: string) => Math.min(Number(digits), Number.MAX_SAFE_INTEGER);
  return {
    version: { major: number(line.slice(majorStart, majorEnd)), minor: number(line.slice(majorEnd + 1, end)) },
    end,
  };
}

function isDigitCode(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/**
 *     message-header = field-name *LWS ":" *LWS [ field-value ] *LWS           ; RFC 2616 section 4.2, LWS spelled out
 *     field-name     = token
 *     field-value    = *( <any OCTET except CTLs> | LWS )
 *
 * @param raw the field as received, folds included; CR and LF stand only in folds
 * @param start offset of its first byte
 */
export function parseField(raw: string, start: number, readings: ReadingChoices): HeaderField | HeadRefusal {
  const colon = raw.indexOf(':');
  if (colon === -1) return refuseHead('header-without-colon', start + raw.length, raw);
  const nameEnd = endOfRun(raw, 0, isTokenCode);
  const lwsEnd = endOfRun(raw, nameEnd, isLwsCode);
  if (nameEnd === 0 || lwsEnd !== colon) return refuseHead('malformed-header-name', start + lwsEnd, raw);
  // reading R-590
  if (nameEnd !== colon && readings.blankBeforeColon === 'refuse') {
    return refuseHead('malformed-header-name', start + nameEnd, raw);
  }
  const valueEnd = endOfRun(raw, colon + 1, (code) => isTextCode(code) || isLwsCode(code));
  if (valueEnd !== raw.length) return refuseHead('malformed-header-value', start + valueEnd, raw);
  const outside = readings.bytesAboveAscii === 'refuse' ? raw.search(/[^\0-\x7f]/) : -1;
  if (outside !== -1) return refuseHead('value-outside-ascii', start + outside, raw);
  const lines = raw
    .slice(colon + 1)
    .split(/\r?\n/)
    .map(trimBlanks);
  return { name: raw.slice(0, nameEnd), value: lines.filter((line) => line !== '').join(' ') };
}

function isLwsCode(code: number): boolean {
  return isBlankCode(code) || code === 0x0d || code === 0x0a;
}

function trimBlanks(text: string): string {
  const start = endOfRun(text, 0, isBlankCode);
  let end = text.length;
  while (end > start && isBlankCode(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}
