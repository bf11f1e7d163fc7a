import fc from 'fast-check';
import type { HeaderField, RequestHead, ResponseHead } from '../../model/http-head.js';
import {
  type OpeningOffer,
  type OpeningRequest,
  readOpeningRequest,
  writeOpeningRequest,
} from '../../model/opening-request.js';
import { type Acceptance, writeOpeningResponse } from '../../model/opening-response.js';
import { headerNames, nonceLength } from '../../spec/wire.js';
import { extensionLists } from './extension-header.js';
import { headerFields } from './http-head.js';
import { webSocketUris } from './uri.js';

const ownNames = Object.values(headerNames).map((name) => name.toLowerCase());

/** Nonces, of which Sec-WebSocket-Key is the base64: any 16 bytes (draft-06/5.1/key-is-16-byte-nonce). */
export function nonces(): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: nonceLength, maxLength: nonceLength });
}

/**
 * Up to four subprotocols that may be offered together: unique, of characters U+0021 to U+007E; some need quotes in a
 * header field (draft-06 section 5.1).
 */
export function subprotocolLists(): fc.Arbitrary<readonly string[]> {
  const printable = Array.from({ length: 0x7e - 0x20 }, (_, at) => String.fromCharCode(0x21 + at));
  const unit = fc.oneof(fc.constantFrom(...printable), fc.constantFrom('"', '\\', ','));
  const name = fc.oneof(fc.constantFrom('chat', 'Chat', 'superchat'), fc.string({ unit, minLength: 1, maxLength: 8 }));
  return fc.uniqueArray(name, { maxLength: 4 });
}

/**
 * Values of Sec-WebSocket-Origin as clients may send them: serialized, in lower case and in ASCII, or `null` (draft-06
 * section 5.1, reading R-538).
 */
export function origins(): fc.Arbitrary<string> {
  return writtenOrigins().map((text) => text.toLowerCase());
}

/** Serialized origins, with capitals as nobody may send them. */
function writtenOrigins(): fc.Arbitrary<string> {
  const host = fc.mixedCase(fc.constantFrom('example.com', 'a.test:8080', '[::1]', 'xn--bcher-kva.test'));
  const scheme = fc.mixedCase(fc.constantFrom('http', 'https', 'moz-extension'));
  return fc.oneof(
    fc.constant('null'),
    fc.tuple(scheme, host).map(([before, behind]) => `${before}://${behind}`),
  );
}

/** Header fields that the opening handshake does not write itself, cookies and unknown ones, some of them repeated. */
export function furtherFields(): fc.Arbitrary<readonly HeaderField[]> {
  const cookies = fc.constantFrom(
    { name: 'Cookie', value: 'a=b; c="d"' },
    { name: 'X-Sec-WebSocket-Key', value: 'not the key' },
  );
  return fc
    .tuple(headerFields(), fc.array(cookies, { maxLength: 2 }))
    .map(([fields, more]) => [...fields.filter(({ name }) => !ownNames.includes(name.toLowerCase())), ...more]);
}

/**
 * Offers that a client may make, with any of the optional parts (draft-06 section 5.1). `writeOpeningRequest` of the model
 * makes the opening handshake of one; an origin is written in lower case then.
 */
export function openingOffers(): fc.Arbitrary<OpeningOffer> {
  return fc.record(
    {
      uri: webSocketUris(),
      nonce: nonces(),
      origin: writtenOrigins(),
      subprotocols: subprotocolLists(),
      extensions: extensionLists(),
      fields: furtherFields(),
    },
    { requiredKeys: ['uri', 'nonce'], noNullPrototype: true },
  );
}

/**
 * Right opening handshakes of clients, as their heads, by the readings that hold by default (values may have bytes from
 * 128 on, reading R-594): `serializeHead` of the model makes the bytes.
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { createHeadReader, readHead, readOpeningRequest, serializeHead } from 'hybi-spec';
 * import { openingRequests, respelled } from 'hybi-spec/arbitraries';
 *
 * fc.assert(
 *   fc.property(openingRequests().chain(respelled), (head) => {
 *     // Put the server under test here: where it follows these readings it refuses none of these for its form.
 *     const reading = readHead(createHeadReader('request'), serializeHead(head));
 *     return reading.kind === 'head' && readOpeningRequest(reading.head).kind === 'opening';
 *   }),
 * );
 * ```
 */
export function openingRequests(): fc.Arbitrary<RequestHead> {
  return openingOffers().map((offer) => writeOpeningRequest(offer));
}

/** The acceptances that a server may answer a request with: one of its subprotocols, some of its extensions. */
function acceptancesOf({ subprotocols, extensions }: OpeningRequest): fc.Arbitrary<Acceptance> {
  const optional = {
    extensions: fc.subarray([...extensions]),
    fields: furtherFields(),
  };
  if (subprotocols.length === 0) return fc.record(optional, { requiredKeys: [] });
  return fc.record({ ...optional, subprotocol: fc.constantFrom(...subprotocols) }, { requiredKeys: [] });
}

/** A request and a response that accepts it. */
export interface OpeningAnswer {
  /** The request, as a server has read it. */
  readonly request: OpeningRequest;
  /** What the server grants. */
  readonly acceptance: Acceptance;
  /** The response, of which `serializeHead` of the model makes the bytes. */
  readonly head: ResponseHead;
}

/** Requests as a server has read them, each with a response that accepts it (draft-06 section 5.2.2). */
export function openingAnswers(): fc.Arbitrary<OpeningAnswer> {
  return openingOffers().chain((offer) => {
    const reading = readOpeningRequest(writeOpeningRequest(offer));
    if (reading.kind !== 'opening') throw new Error(`an offer reads as ${reading.kind}`);
    const { request } = reading;
    return acceptancesOf(request).map((acceptance) => ({
      request,
      acceptance,
      head: writeOpeningResponse(request, acceptance),
    }));
  });
}

/**
 * The head with its header fields in another order and their names in another case, which means the same as long as
 * fields of one name keep their order.
 */
export function respelled<Head extends RequestHead | ResponseHead>(head: Head): fc.Arbitrary<Head> {
  const places = fc.shuffledSubarray(
    head.fields.map((_, at) => at),
    { minLength: head.fields.length },
  );
  const names = fc.tuple(...head.fields.map(({ name }) => fc.mixedCase(fc.constant(name))));
  return fc.tuple(places, names).map(([order, spelled]) => {
    const queues = new Map<string, HeaderField[]>();
    head.fields.forEach((field, at) => {
      const key = field.name.toLowerCase();
      queues.set(key, [...(queues.get(key) ?? []), { ...field, name: spelled[at] ?? field.name }]);
    });
    const fields = order.flatMap((at) => queues.get(head.fields[at]?.name.toLowerCase() ?? '')?.shift() ?? []);
    return { ...head, fields };
  });
}
