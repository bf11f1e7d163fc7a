import {
  equalsIgnoringAsciiCase,
  fieldValues,
  type HeaderField,
  type RequestHead,
  serializeHead,
} from '../model/http-head.js';
import { parseTokenList } from '../model/header-list.js';
import { encodeUtf8 } from '../model/utf8.js';
import { headerNames } from '../spec/wire.js';

/** What is said to an HTTP request; its framing, Date and Connection are written by `writeAnswer`. */
export interface HttpAnswer {
  /** 200 to 599. */
  readonly status: number;
  readonly reason: string;
  /** Media type of the body. Default `text/plain`; the charset is always UTF-8. */
  readonly type?: string;
  /** Default: a line with the reason. */
  readonly body?: string;
  readonly fields?: readonly HeaderField[];
  /** Names of fields above that are for the next hop alone, and so are listed in Connection. Upgrade is by itself. */
  readonly hopByHop?: readonly string[];
}

/** A short answer to an error. */
export function problem(status: number, reason: string, says: string, fields: readonly HeaderField[] = []): HttpAnswer {
  return { status, reason, body: `${says}\n`, fields };
}

/**
 * Whether the client wants the connection to stay: by default with HTTP/1.1 (RFC 2616 section 8.1.2), on request with
 * HTTP/1.0 (section 19.6.2). A Connection field that is no list of tokens does not.
 */
export function wantsToStay(head: RequestHead): boolean {
  const values = fieldValues(head, headerNames.connection);
  const tokens = values.length === 0 ? [] : (parseTokenList(values) ?? ['close']);
  const has = (token: string): boolean => tokens.some((one) => equalsIgnoringAsciiCase(one, token));
  return !has('close') && (head.version.minor >= 1 || has('keep-alive'));
}

/** The value of Date (RFC 2616 section 14.18). */
export function dateField(now: Date): HeaderField {
  return { name: 'Date', value: now.toUTCString() };
}

/**
 * The bytes of an answer: without the body for HEAD (RFC 2616 section 9.4).
 * @param stays whether the connection takes another request
 * @throws RangeError when a field cannot be written
 */
export function writeAnswer(answer: HttpAnswer, head: RequestHead, stays: boolean, now: Date): Uint8Array {
  const { status, reason, type = 'text/plain', fields = [], hopByHop = [] } = answer;
  // RFC 2616 section 4.3: these have no body, and nothing that tells of one.
  const isEmpty = status === 204 || status === 304;
  const body = encodeUtf8(isEmpty ? '' : (answer.body ?? `${reason}\n`));
  const listed = [...hopByHop];
  // RFC 2616 section 14.42: whoever sends Upgrade names it in Connection.
  if (fieldValues(fields, headerNames.upgrade).length > 0) listed.push(headerNames.upgrade);
  if (!stays) listed.push('close');
  else if (head.version.minor === 0) listed.push('keep-alive');
  const written: HeaderField[] = [
    dateField(now),
    ...(isEmpty ? [] : contentFields(type, body)),
    ...(listed.length === 0 ? [] : [{ name: headerNames.connection, value: listed.join(', ') }]),
    ...fields,
  ];
  const start = serializeHead({
    kind: 'response',
    version: { major: 1, minor: 1 },
    status,
    reason,
    fields: written,
  });
  return head.method === 'HEAD' ? start : Buffer.concat([start, body]);
}

function contentFields(type: string, body: Uint8Array): readonly HeaderField[] {
  return [
    { name: 'Content-Type', value: `${type}; charset=utf-8` },
    { name: 'Content-Length', value: String(body.length) },
  ];
}
