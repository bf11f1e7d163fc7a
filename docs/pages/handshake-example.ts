import { nonceOfKey } from '../../model/accept.js';
import { bytesFromLatin1, latin1FromBytes } from '../../model/bytes.js';
import { type HeaderField, type RequestHead, type ResponseHead, serializeHead } from '../../model/http-head.js';
import { type OpeningRequest, readOpeningRequest, writeOpeningRequest } from '../../model/opening-request.js';
import { readOpeningResponse, type ResponseReading, writeOpeningResponse } from '../../model/opening-response.js';

/* The opening handshake of the page: that of draft-06 section 1.2, with an offer of the one extension. */

/** The key that the text computes with. */
export const sampleKey = 'dGhlIHNhbXBsZSBub25jZQ==';

/** What the client of the page asks for. */
export const asked = {
  key: sampleKey,
  subprotocols: ['chat', 'superchat'],
  extensions: [{ name: 'deflate-stream', parameters: [] }],
} as const;

/** The request, written by the model. */
export const exampleRequest: RequestHead = writeOpeningRequest({
  uri: { host: 'server.example.com', port: 80, resourceName: '/chat', secure: false },
  nonce: nonceOfKey(sampleKey) ?? new Uint8Array(),
  origin: 'http://example.com',
  subprotocols: asked.subprotocols,
  extensions: asked.extensions,
});

/** The response to a request that the model reads, with a subprotocol and the extension. */
export const exampleResponse: ResponseHead = respond();

function respond(): ResponseHead {
  const reading = readOpeningRequest(exampleRequest);
  const request: OpeningRequest = reading.kind === 'opening' ? reading.request : refused();
  return writeOpeningResponse(request, { subprotocol: 'chat', extensions: asked.extensions });
}

function refused(): never {
  throw new Error('the model refuses the request that it wrote');
}

/** How the client of the page reads a response. */
export function readAsClient(head: ResponseHead): ResponseReading {
  return readOpeningResponse(head, asked);
}

/** The lines of a head, without the ends of line. */
export function linesOfHead(head: RequestHead | ResponseHead): readonly string[] {
  return latin1FromBytes(serializeHead(head)).trimEnd().split('\r\n');
}

/** A head without the header fields of a name. */
export function without<Head extends RequestHead | ResponseHead>(head: Head, name: string): Head {
  return { ...head, fields: head.fields.filter((field) => field.name !== name) };
}

/** A head in which the header field of a name has another value; added where there is none. */
export function changed<Head extends RequestHead | ResponseHead>(head: Head, name: string, value: string): Head {
  const has = head.fields.some((field) => field.name === name);
  const other: HeaderField = { name, value };
  return {
    ...head,
    fields: has ? head.fields.map((field) => (field.name === name ? other : field)) : [...head.fields, other],
  };
}

/** A head with a header field once more. */
export function repeated<Head extends RequestHead | ResponseHead>(head: Head, name: string): Head {
  return { ...head, fields: [...head.fields, ...head.fields.filter((field) => field.name === name)] };
}

/** The bytes of a head as text, changed, and back. */
export function rewritten(head: RequestHead, change: (text: string) => string): Uint8Array {
  return bytesFromLatin1(change(latin1FromBytes(serializeHead(head))));
}
