/** HTTP heads as data, and as the bytes that they are sent in (RFC 2616 sections 4 to 6). */
import { bytesFromLatin1 } from './bytes.js';
import { isToken } from './header-list.js';
import { endOfRun, isTextCode } from './header-scanner.js';

/** The numbers of `HTTP/major.minor`: integers from 0 to `Number.MAX_SAFE_INTEGER` (RFC 2616 section 3.1). */
export interface HttpVersion {
  readonly major: number;
  readonly minor: number;
}

/** One header field (RFC 2616 section 4.2). */
export interface HeaderField {
  /** A token, in the case in which it was received. */
  readonly name: string;
  /** One character for each byte; LWS around it is removed, and each fold inside it is one SP. */
  readonly value: string;
}

/** A request without its body (RFC 2616 section 5). */
export interface RequestHead {
  readonly kind: 'request';
  /** A token; its case matters. */
  readonly method: string;
  /** The Request-URI: not empty, no SP and no control character, otherwise unchecked. */
  readonly target: string;
  readonly version: HttpVersion;
  readonly fields: readonly HeaderField[];
}

/** A response without its body (RFC 2616 section 6). */
export interface ResponseHead {
  readonly kind: 'response';
  readonly version: HttpVersion;
  /** Three digits as a number: 0 to 999. */
  readonly status: number;
  /** The Reason-Phrase, possibly empty. */
  readonly reason: string;
  readonly fields: readonly HeaderField[];
}

/**
 * The bytes of a head up to and with its empty line: one SP wherever the grammar has LWS, no folds.
 *
 *     Request-Line   = Method SP Request-URI SP HTTP-Version CRLF              ; RFC 2616 section 5.1
 *     Status-Line    = HTTP-Version SP 3DIGIT SP Reason-Phrase CRLF            ; RFC 2616 section 6.1
 *     message-header = field-name ":" [ field-value ]                          ; RFC 2616 section 4.2
 *
 * LWS around a value is sent as it is, and does not survive reading.
 * @throws RangeError when the method or a name is not a token, when the target is empty or has an SP, when a number is
 * out of its range, and wherever a control character (other than HTAB in a value or in the reason) or a character above
 * U+00FF stands.
 */
export function serializeHead(head: RequestHead | ResponseHead): Uint8Array {
  const start = head.kind === 'request' ? requestLine(head) : statusLine(head);
  const lines = head.fields.map(
    ({ name, value }) => `${demand(name, isToken, 'a field name')}: ${demand(value, isText, 'a field value')}\r\n`,
  );
  return bytesFromLatin1(`${start}\r\n${lines.join('')}\r\n`);
}

/** Whether all characters can stand in a Request-URI: one byte, no SP, no control character. Ours, not RFC 2396's. */
export function isTargetCode(code: number): boolean {
  return code > 0x20 && isTextCode(code);
}

function requestLine({ method, target, version }: RequestHead): string {
  return `${demand(method, isToken, 'a method')} ${demand(target, isTarget, 'a Request-URI')} ${versionText(version)}`;
}

function statusLine({ version, status, reason }: ResponseHead): string {
  if (!Number.isInteger(status) || status < 0 || status > 999) throw new RangeError(`${status} is not a status code`);
  return `${versionText(version)} ${String(status).padStart(3, '0')} ${demand(reason, isText, 'a reason')}`;
}

function versionText({ major, minor }: HttpVersion): string {
  for (const part of [major, minor]) {
    if (!Number.isSafeInteger(part) || part < 0) throw new RangeError(`${part} is not a part of an HTTP version`);
  }
  return `HTTP/${major}.${minor}`;
}

function demand(text: string, holds: (text: string) => boolean, what: string): string {
  if (holds(text)) return text;
  throw new RangeError(`${JSON.stringify(text)} is not ${what}`);
}

function isText(text: string): boolean {
  return endOfRun(text, 0, isTextCode) === text.length;
}

function isTarget(text: string): boolean {
  return text !== '' && endOfRun(text, 0, isTargetCode) === text.length;
}

/**
 * The values of all header fields of a name, in order. Names are compared without ASCII case (RFC 2616 section 4.2).
 * @param from a head, or its fields
 */
export function fieldValues(
  from: { readonly fields: readonly HeaderField[] } | readonly HeaderField[],
  name: string,
): readonly string[] {
  const fields = 'fields' in from ? from.fields : from;
  return fields.filter((field) => equalsIgnoringAsciiCase(field.name, name)).map((field) => field.value);
}

/** The text with A to Z as a to z, and no other character changed (draft-06 section 2.1). */
export function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Whether two texts are the same apart from the case of A to Z (draft-06 section 2.1). */
export function equalsIgnoringAsciiCase(a: string, b: string): boolean {
  return asciiLowerCase(a) === asciiLowerCase(b);
}
