import fc from 'fast-check';
import type { ClauseId } from '../../spec/clauses.js';
import { headerNames } from '../../spec/wire.js';
import { acceptOfKey, keyOfNonce } from '../../model/accept.js';
import type { RequestHead, ResponseHead } from '../../model/http-head.js';
import { present } from '../../model/impossible.js';
import { type OpeningRequest, writeOpeningRequest } from '../../model/opening-request.js';
import { adding, setting, without } from './head-changes.js';
import { openingAnswers, openingOffers } from './opening-handshake.js';

/*
 * Opening handshakes with one thing wrong. The laws on what the model refuses, and under which clause, go through every
 * row; the arbitraries take one at random.
 */

/** What can be wrong in a request, as the model calls it. */
export type RequestMistake =
  | 'method-not-get'
  | 'http-version-too-low'
  | 'bad-request-uri'
  | 'no-host'
  | 'no-upgrade-in-request'
  | 'no-connection-in-request'
  | 'no-key'
  | 'bad-key'
  | 'no-version'
  | 'wrong-version'
  | 'bad-subprotocol-list'
  | 'bad-subprotocol'
  | 'repeated-subprotocol'
  | 'bad-extension-list'
  | 'repeated-origin';

/** What can be wrong in a response, as the model calls it. */
export type ResponseMistake =
  | 'status-not-101'
  | 'no-upgrade'
  | 'no-connection'
  | 'wrong-accept'
  | 'uninvited-subprotocol'
  | 'uninvited-extension'
  | 'bad-response-list';

/** A way to be wrong: its clause, and the heads that it makes of a right one. */
interface Mistake<Head> {
  readonly clause: ClauseId;
  /** The right head with one thing changed in each. */
  readonly changed: (head: Head) => readonly Head[];
}

/** An opening handshake of a client with one thing wrong in it. */
export interface WrongOpeningRequest {
  readonly head: RequestHead;
  /** The clause that it breaks. */
  readonly clause: ClauseId;
  /** What the model calls it: the code of its violation. */
  readonly code: RequestMistake;
}

/** A response that does not accept the request, though it may look so. */
export interface WrongOpeningResponse {
  /** What the client asked for. */
  readonly request: OpeningRequest;
  readonly head: ResponseHead;
  /** The clause that it breaks. */
  readonly clause: ClauseId;
  /** What the model calls it: the code of its violation. */
  readonly code: ResponseMistake;
}

const { host, upgrade, connection, key, version, origin, subprotocol, extensions, accept } = headerNames;

const setAll =
  (name: string, ...values: readonly string[]) =>
  <Head extends RequestHead | ResponseHead>(head: Head): readonly Head[] =>
    values.map((value) => setting(head, name, value));

/** The header field missing, and there twice. */
const notOnce = (name: string, value: string) => (head: RequestHead) => [
  without(head, name),
  adding(without(head, name), [name, value], [name.toUpperCase(), value]),
];

/** The header field missing, with wrong values, and with a wrong value behind the right one. */
const wrongly =
  (name: string, ...values: readonly string[]) =>
  (head: ResponseHead) => [
    without(head, name),
    ...setAll(name, '', ...values)(head),
    adding(head, [name, values[0] ?? '']),
  ];

const badTargets = ['*', '?a', 'chat', 'a:80', 'http:/a', 'http://', '/a#b', 'http://a#b', '/\xe9', '#', '/a\x7f'];
const anyKey = keyOfNonce(new Uint8Array(16));

/** By the code of the violation: what the model refuses by default. */
export const requestMistakes: Readonly<Record<RequestMistake, Mistake<RequestHead>>> = {
  'method-not-get': {
    clause: 'draft-06/5.2.1/get-request',
    changed: (head) => ['POST', 'get', 'HEAD', 'CONNECT'].map((method) => ({ ...head, method })),
  },
  'http-version-too-low': {
    clause: 'draft-06/5.2.1/get-request',
    changed: (head) =>
      [[1, 0] as const, [0, 9] as const].map(([major, minor]) => ({ ...head, version: { major, minor } })),
  },
  'bad-request-uri': {
    clause: 'draft-06/5.2.1/request-uri-is-resource-name',
    changed: (head) => badTargets.map((target) => ({ ...head, target })),
  },
  'no-host': {
    clause: 'draft-06/5.2.1/host',
    changed: (head) => [...notOnce(host, 'a')(head), setting(head, host, '')],
  },
  'no-upgrade-in-request': {
    clause: 'draft-06/5.1/upgrade',
    changed: (head) => [without(head, upgrade), ...setAll(upgrade, '', 'websockets', 'h2c', 'web socket')(head)],
  },
  'no-connection-in-request': {
    clause: 'draft-06/5.1/connection',
    changed: (head) => [without(head, connection), ...setAll(connection, '', 'close', 'Upgrades', '"Upgrade"')(head)],
  },
  'no-key': { clause: 'draft-06/5.2.1/key', changed: notOnce(key, anyKey) },
  'bad-key': {
    clause: 'draft-06/5.2.1/key',
    changed: setAll(key, '', 'AAAA', anyKey.slice(0, -2), anyKey.slice(1), `A${anyKey}`, anyKey.replace('A', '-')),
  },
  'no-version': { clause: 'draft-06/5.2.1/version', changed: notOnce(version, '6') },
  'wrong-version': {
    clause: 'draft-06/5.2.2/version-not-understood',
    changed: setAll(version, '', '4', '7', '13', '06', '6.0', '6, 7', '-6'),
  },
  'bad-subprotocol-list': {
    clause: 'draft-06/5.1/subprotocol-grammar',
    changed: setAll(subprotocol, '', 'a b', '"a', 'a;b'),
  },
  'bad-subprotocol': {
    clause: 'draft-06/5.1/subprotocol-characters',
    changed: setAll(subprotocol, '""', 'a, "b c"', '"\xe9"'),
  },
  'repeated-subprotocol': {
    clause: 'draft-06/5.1/subprotocols-unique',
    changed: setAll(subprotocol, 'a, b, a', 'a, "a"'),
  },
  'bad-extension-list': { clause: 'draft-06/8.1/list-grammar', changed: setAll(extensions, '', 'a;', 'a=b', 'a; b=') },
  'repeated-origin': {
    clause: 'draft-06/5.2.1/origin-optional',
    changed: (head) => [adding(without(head, origin), [origin, 'null'], [origin, 'null'])],
  },
};

/** Longer than any name that the arbitraries make. */
const stranger = 'nobody-asked-for-this';

/** By the code of the violation: at what the model fails by default. */
export const responseMistakes: Readonly<Record<ResponseMistake, Mistake<ResponseHead>>> = {
  'status-not-101': {
    clause: 'draft-06/5.1/status-101',
    changed: (head) => [0, 100, 102, 200, 301, 401, 426, 999].map((status) => ({ ...head, status })),
  },
  'no-upgrade': { clause: 'draft-06/5.1/response-upgrade', changed: wrongly(upgrade, 'h2c', 'websocket, h2c') },
  'no-connection': { clause: 'draft-06/5.1/response-connection', changed: wrongly(connection, 'close', 'a, Upgrade') },
  'wrong-accept': {
    clause: 'draft-06/5.1/response-accept',
    changed: wrongly(accept, acceptOfKey(''), acceptOfKey('').slice(0, -1)),
  },
  'uninvited-subprotocol': {
    clause: 'draft-06/5.2.2/subprotocol-selected',
    changed: setAll(subprotocol, stranger, `"${stranger}"`, 'chat, superchat'),
  },
  'uninvited-extension': {
    clause: 'draft-06/8/no-unrequested-extension',
    changed: (head) => [...setAll(extensions, stranger)(head), adding(head, [extensions, `${stranger}; a=1`])],
  },
  'bad-response-list': {
    clause: 'draft-06/8.1/list-grammar',
    changed: (head) => [...setAll(subprotocol, '', 'a b')(head), ...setAll(extensions, '', 'a;', 'a=b')(head)],
  },
};

/** A code of a table, and a number that chooses one of the heads that it makes. */
const mistakesOf = <Code extends string>(
  table: Readonly<Record<Code, unknown>>,
): fc.Arbitrary<readonly [Code, number]> => fc.tuple(fc.constantFrom(...(Object.keys(table) as Code[])), fc.nat(50));

/**
 * Opening handshakes of a client with exactly one thing wrong, as the model has it by default: it refuses each
 * (`draft-06/5.2.1/abort-on-mismatch`). Every server has to refuse `method-not-get`, `http-version-too-low`, and a missing
 * Host, key or version. About the others the text leaves room (readings ): leave out by
 * `code` what yours takes on purpose.
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { fieldValues, serializeHead } from 'hybi-spec';
 * import { wrongOpeningRequests } from 'hybi-spec/arbitraries';
 *
 * // The server under test answers a head, as bytes, by a status code. This one looks at the version alone.
 * const answer = (head) => (/\r\nsec-websocket-version: 6\r\n/i.test(Buffer.from(head).toString('latin1')) ? 101 : 426);
 *
 * const refuses = fc.property(wrongOpeningRequests(), ({ head }) => answer(serializeHead(head)) !== 101);
 * const { failed, counterexample } = fc.check(refuses, { seed: 6 });
 * console.assert(failed && fieldValues(counterexample[0].head, 'Sec-WebSocket-Version').includes('6'));
 * ```
 */
export function wrongOpeningRequests(): fc.Arbitrary<WrongOpeningRequest> {
  return fc.tuple(openingOffers(), mistakesOf(requestMistakes)).map(([offer, [code, which]]) => {
    const { clause, changed } = requestMistakes[code];
    return { head: oneOf(changed(writeOpeningRequest(offer)), which), clause, code };
  });
}

/**
 * Responses with exactly one thing wrong, each with the request that it does not answer rightly, as the model has it by
 * default: it fails at each (`draft-06/5.1/response-validated`). The text leaves room for lists and second values in Upgrade,
 * Connection and Accept, and for subprotocols and extensions that were not asked for (readings ).
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { readOpeningResponse } from 'hybi-spec';
 * import { wrongOpeningResponses } from 'hybi-spec/arbitraries';
 *
 * fc.assert(
 *   fc.property(wrongOpeningResponses(), ({ request, head, clause }) => {
 *     // Put the client under test here: let it send `request.key`, answer `serializeHead(head)`, and see that it fails.
 *     const reading = readOpeningResponse(head, request);
 *     return reading.kind === 'violation' && clause.startsWith('draft-06/');
 *   }),
 * );
 * ```
 */
export function wrongOpeningResponses(): fc.Arbitrary<WrongOpeningResponse> {
  return fc.tuple(openingAnswers(), mistakesOf(responseMistakes)).map(([{ request, head }, [code, which]]) => {
    const { clause, changed } = responseMistakes[code];
    return { request, head: oneOf(changed(head), which), clause, code };
  });
}

/** One of the heads that a row makes, which are never none. */
const oneOf = <Head>(heads: readonly Head[], which: number): Head =>
  present(heads[which % heads.length], 'a head with a mistake');
