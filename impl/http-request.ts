import { equalsIgnoringAsciiCase, fieldValues, type RequestHead } from '../model/http-head.js';
import { parseTokenList } from '../model/header-list.js';
import { resourceNameOf } from '../model/opening-request.js';
import { headerNames } from '../spec/wire.js';
import { type HttpAnswer, problem } from './http-answer.js';
import type { BodyFraming } from './http-body.js';

/** An ordinary HTTP request whose head is right. */
export interface HttpRequest {
  readonly head: RequestHead;
  /** The path as it stands in the Request-URI, without the query; `*` when the request is about the whole server. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly framing: BodyFraming;
  /** Whether the client waits for a 100 before it sends the body (RFC 2616 section 8.2.3). */
  readonly awaitsContinue: boolean;
}

/** A head that was read, or the answer that refuses it, behind which the connection cannot go on. */
export type HttpReading =
  | { readonly kind: 'request'; readonly request: HttpRequest }
  | { readonly kind: 'refusal'; readonly answer: HttpAnswer };

/** The methods of RFC 2616 section 9, and of RFC 5789. Others are not implemented. */
const knownMethods: readonly string[] = [
  'OPTIONS',
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'TRACE',
  'CONNECT',
  'PATCH',
];

const refuse = (status: number, reason: string, says: string): HttpReading => ({
  kind: 'refusal',
  answer: problem(status, reason, says),
});
const badRequest = (says: string): HttpReading => refuse(400, 'Bad Request', says);

/** Reads the head of an ordinary HTTP request, as far as it matters to everybody (RFC 2616 section 5). */
export function readHttpRequest(head: RequestHead): HttpReading {
  const { method, target, version } = head;
  if (version.major !== 1) return refuse(505, 'HTTP Version Not Supported', 'use HTTP/1.1');
  // RFC 2616 section 14.23; two of them would let two readers see two hosts.
  const hosts = fieldValues(head, headerNames.host).length;
  if (hosts > 1 || (hosts === 0 && version.minor >= 1)) return badRequest('a request has one Host');
  if (!knownMethods.includes(method)) return refuse(501, 'Not Implemented', `the method ${method} is not known here`);
  const framing = framingOf(head);
  if (framing.kind === 'refusal') return framing;

  const name = isOwnTarget(head) ? '*' : resourceNameOf(target);
  if (name === undefined) return badRequest('the Request-URI is neither a path nor an absolute URI');
  const expectations = fieldValues(head, 'Expect');
  if (expectations.some((value) => !equalsIgnoringAsciiCase(value, '100-continue'))) {
    return refuse(417, 'Expectation Failed', 'only 100-continue can be expected');
  }
  const mark = name.indexOf('?');
  const request: HttpRequest = {
    head,
    path: mark < 0 ? name : name.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : name.slice(mark + 1)),
    framing,
    // A client of HTTP/1.0 does not know what a 100 is.
    awaitsContinue: expectations.length > 0 && version.minor >= 1 && framing.kind !== 'none',
  };
  return { kind: 'request', request };
}

/** The forms of a Request-URI that only some methods have: `*` (OPTIONS), an authority (CONNECT). */
function isOwnTarget({ method, target }: RequestHead): boolean {
  return method === 'CONNECT' || (method === 'OPTIONS' && target === '*');
}

/**
 * RFC 2616 section 4.4. What two readers could cut in two ways is refused, so that nobody in front of the server can be
 * made to see other requests than the server does.
 */
function framingOf(head: RequestHead): BodyFraming | Extract<HttpReading, { kind: 'refusal' }> {
  const refusal = (reading: HttpReading): Extract<HttpReading, { kind: 'refusal' }> =>
    reading as Extract<HttpReading, { kind: 'refusal' }>;
  const lengths = fieldValues(head, 'Content-Length');
  const codings = fieldValues(head, 'Transfer-Encoding');
  if (codings.length > 0) {
    const [coding, ...further] = parseTokenList(codings) ?? [];
    if (coding === undefined || further.length > 0 || !equalsIgnoringAsciiCase(coding, 'chunked')) {
      return refusal(refuse(501, 'Not Implemented', 'the only Transfer-Encoding known here is chunked'));
    }
    if (lengths.length > 0) return refusal(badRequest('a chunked body has no Content-Length'));
    return { kind: 'chunked' };
  }
  const [length, second] = lengths;
  if (length === undefined) return { kind: 'none' };
  const bytes = Number(length);
  if (second !== undefined || !/^\d+$/.test(length) || !Number.isSafeInteger(bytes)) {
    return refusal(badRequest('Content-Length is one number'));
  }
  return bytes === 0 ? { kind: 'none' } : { kind: 'length', bytes };
}
