/**
 * Reads an HTTP head as its bytes arrive (RFC 2616 sections 4 to 6). The reading is a fold of one step over the bytes,
 * so that how the bytes were cut cannot matter.
 */
import { endOfRun, isBlankCode, isTextCode, isTokenCode } from './header-scanner.js';
import { asciiLowerCase, type HeaderField, type HttpVersion, isTargetCode } from './http-head.js';
import type { RequestHead, ResponseHead } from './http-head.js';
import { type HeadViolationCode, violation, type Violation } from './violation.js';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const defaultMaxBytes = 16384;
/** How much of an offending line a violation shows, in characters. */
const maxObserved = 80;

type StartLine = Omit<RequestHead, 'fields'> | Omit<ResponseHead, 'fields'>;

/** The fields that are complete, last first, so that a reader can be extended without copying. */
interface FieldChain {
  readonly field: HeaderField;
  readonly before: FieldChain | undefined;
}

/** Where reading stands. A value: reading from it yields another one and leaves it as it is. */
export interface HeadReader {
  readonly kind: 'reader';
  readonly expects: 'request' | 'response';
  /** Bytes that the head may have, including its last CRLF and empty lines before it. */
  readonly maxBytes: number;
  /** Bytes read. */
  readonly offset: number;
  readonly place: 'line-start' | 'in-line' | 'after-carriage-return';
  /** The start line, or the field with its folds, as received so far without its last CRLF; one character a byte. */
  readonly held: string;
  readonly startLine: StartLine | undefined;
  readonly fields: FieldChain | undefined;
}

interface HeadEnd {
  readonly kind: 'head';
  readonly head: RequestHead | ResponseHead;
  /** Bytes from the first one read to the end of the head: empty lines before it and its last CRLF included. */
  readonly length: number;
}

interface Refusal {
  readonly kind: 'violation';
  readonly violation: Violation<HeadViolationCode>;
}

/** What became of the bytes so far; `rest` is the part of the last chunk behind the head, a view of the chunk. */
export type HeadReading =
  { readonly kind: 'need-more'; readonly reader: HeadReader } | (HeadEnd & { readonly rest: Uint8Array }) | Refusal;

/**
 * A reader before its first byte.
 * @param options `maxBytes`: how long a head may be, 16384 unless told
 * @throws RangeError when `maxBytes` is not a positive safe integer.
 */
export function createHeadReader(
  expects: 'request' | 'response',
  { maxBytes = defaultMaxBytes }: { readonly maxBytes?: number } = {},
): HeadReader {
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) throw new RangeError(`a head of ${maxBytes} bytes is no limit`);
  return {
    kind: 'reader',
    expects,
    maxBytes,
    offset: 0,
    place: 'line-start',
    held: '',
    startLine: undefined,
    fields: undefined,
  };
}

/**
 * Reads on. A start line is judged once it is complete, a header field at the first byte behind it (until then it can
 * be folded), an end of line that is not CRLF at once. The violation that shows first is the result; offsets count from
 * the first byte read. A lone CR is reported at its own offset, a missing colon at the end of the field, and a head
 * without end at `maxBytes`.
 * @param chunk the bytes behind those that the reader has seen, in any number
 */
export function readHead(reader: HeadReader, chunk: Uint8Array): HeadReading {
  let state = reader;
  for (const [at, byte] of chunk.entries()) {
    const next = step(state, byte);
    if (next.kind === 'violation') return next;
    if (next.kind === 'head') return { ...next, rest: chunk.subarray(at + 1) };
    state = next;
  }
  return { kind: 'need-more', reader: state };
}

type Step = HeadReader | HeadEnd | Refusal;

function step(reader: HeadReader, byte: number): Step {
  if (reader.offset === reader.maxBytes) return refuse('head-too-large', reader.offset);
  if (reader.place === 'in-line') return takeByte(reader, byte);
  if (reader.place === 'line-start') return beginLine(reader, byte);
  if (byte !== lineFeed) return refuse('bare-carriage-return', reader.offset - 1);
  return endLine({ ...reader, offset: reader.offset + 1, place: 'line-start' });
}

function takeByte(reader: HeadReader, byte: number): Step {
  if (byte === lineFeed) return refuse('bare-line-feed', reader.offset);
  const offset = reader.offset + 1;
  if (byte === carriageReturn) return { ...reader, offset, place: 'after-carriage-return' };
  return { ...reader, offset, place: 'in-line', held: reader.held + String.fromCharCode(byte) };
}

/** LWS = [CRLF] 1*( SP | HT ): a line that begins with a blank continues the field before it (RFC 2616 section 2.2). */
function beginLine(reader: HeadReader, byte: number): Step {
  const { held, startLine, fields, offset } = reader;
  if (startLine === undefined) return takeByte(reader, byte);
  if (isBlankCode(byte)) {
    if (held === '') return refuse('fold-without-field', offset);
    return takeByte({ ...reader, held: `${held}\r\n` }, byte);
  }
  if (held === '') return takeByte(reader, byte);
  const field = parseField(held, offset - held.length - 2);
  if ('kind' in field) return field;
  return takeByte({ ...reader, held: '', fields: { field, before: fields } }, byte);
}

/** Meets the line that the last two bytes ended. */
function endLine(reader: HeadReader): Step {
  const { expects, held, startLine, offset } = reader;
  if (startLine === undefined) {
    // RFC 2616 section 4.1: empty lines in front of a request are ignored.
    if (held === '' && expects === 'request') return reader;
    const parsed = expects === 'request' ? parseRequestLine(held) : parseStatusLine(held);
    if (typeof parsed !== 'number') return { ...reader, held: '', startLine: parsed };
    const code = expects === 'request' ? 'malformed-request-line' : 'malformed-status-line';
    return refuse(code, offset - held.length - 2 + parsed, held);
  }
  if (held !== '') return reader;
  return { kind: 'head', head: { ...startLine, fields: inOrder(reader.fields) }, length: offset };
}

function inOrder(chain: FieldChain | undefined): readonly HeaderField[] {
  const fields: HeaderField[] = [];
  for (let link = chain; link !== undefined; link = link.before) fields.push(link.field);
  return fields.reverse();
}

function refuse(code: HeadViolationCode, offset: number, observed?: string): Refusal {
  return { kind: 'violation', violation: violation(code, offset, observed?.slice(0, maxObserved)) };
}

/**
 *     Request-Line = Method SP Request-URI SP HTTP-Version CRLF                ; RFC 2616 section 5.1
 *
 * @returns the meaning, or the index of the first character that does not fit
 */
function parseRequestLine(line: string): StartLine | number {
  const methodEnd = endOfRun(line, 0, isTokenCode);
  if (methodEnd === 0 || line.charAt(methodEnd) !== ' ') return methodEnd;
  const targetEnd = endOfRun(line, methodEnd + 1, isTargetCode);
  if (targetEnd === methodEnd + 1 || line.charAt(targetEnd) !== ' ') return targetEnd;
  const parsed = parseVersion(line, targetEnd + 1);
  if (typeof parsed === 'number') return parsed;
  if (parsed.end !== line.length) return parsed.end;
  const method = line.slice(0, methodEnd);
  return { kind: 'request', method, target: line.slice(methodEnd + 1, targetEnd), version: parsed.version };
}

/**
 *     Status-Line   = HTTP-Version SP 3DIGIT SP Reason-Phrase CRLF             ; RFC 2616 section 6.1
 *     Reason-Phrase = *<TEXT, excluding CR, LF>
 *
 * @returns the meaning, or the index of the first character that does not fit
 */
function parseStatusLine(line: string): StartLine | number {
  const parsed = parseVersion(line, 0);
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
 * Literals have no case (RFC 2616 section 2.1), leading zeros do not count, and numbers too large to be exact are read
 * as the largest that is.
 */
function parseVersion(line: string, from: number): { readonly version: HttpVersion; readonly end: number } | number {
  const majorStart = from + 'HTTP/'.length;
  if (asciiLowerCase(line.slice(from, majorStart)) !== 'http/') return from;
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
function parseField(raw: string, start: number): HeaderField | Refusal {
  const colon = raw.indexOf(':');
  if (colon === -1) return refuse('header-without-colon', start + raw.length, raw);
  const nameEnd = endOfRun(raw, 0, isTokenCode);
  const lwsEnd = endOfRun(raw, nameEnd, isLwsCode);
  if (nameEnd === 0 || lwsEnd !== colon) return refuse('malformed-header-name', start + lwsEnd, raw);
  const valueEnd = endOfRun(raw, colon + 1, (code) => isTextCode(code) || isLwsCode(code));
  if (valueEnd !== raw.length) return refuse('malformed-header-value', start + valueEnd, raw);
  const lines = raw
    .slice(colon + 1)
    .split('\r\n')
    .map(trimBlanks);
  return { name: raw.slice(0, nameEnd), value: lines.filter((line) => line !== '').join(' ') };
}

function isLwsCode(code: number): boolean {
  return isBlankCode(code) || code === carriageReturn || code === lineFeed;
}

function trimBlanks(text: string): string {
  const start = endOfRun(text, 0, isBlankCode);
  let end = text.length;
  while (end > start && isBlankCode(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}
