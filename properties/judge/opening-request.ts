import { parseExtensions } from '../../model/extension-header.js';
import type { Extension } from '../../model/extension-header.js';
import { parseTokenOrQuotedList } from '../../model/header-list.js';
import { fieldValues, type RequestHead } from '../../model/http-head.js';
import { readOpeningRequest } from '../../model/opening-request.js';
import { clauseOfViolation, describeViolation, type HandshakeViolationCode } from '../../model/violation.js';
import { clauseOf, type ClauseId } from '../../spec/clauses.js';
import type { ReadingChoices } from '../../spec/readings.js';
import { headerNames, protocolVersion } from '../../spec/wire.js';
import { watchRequest } from '../verifier/request-watch.js';
import { offsetOfField } from './head-fields.js';
import type { Ledger } from './ledger.js';

/** What a request says, as far as what follows depends on it. */
export interface RequestFacts {
  readonly target: string;
  /** The value of Sec-WebSocket-Key; `undefined` where there is not exactly one. */
  readonly key: string | undefined;
  readonly subprotocols: readonly string[];
  readonly extensions: readonly Extension[];
  /** The version that is asked for; the empty string where it is missing. */
  readonly version: string;
  /** Why a server has to refuse it, under the readings. */
  readonly refusal: HandshakeViolationCode | undefined;
  /** Of the header fields that have to be there, those that are not. */
  readonly missing: readonly HandshakeViolationCode[];
}

/** The header field that shows a fault of a clause, where one does. */
const fieldsOfClauses: Partial<Readonly<Record<ClauseId, string>>> = {
  'draft-06/5.1/host': headerNames.host,
  'draft-06/3.1/host-lower-case': headerNames.host,
  'draft-06/5.1/upgrade': headerNames.upgrade,
  'draft-06/5.1/connection-present': headerNames.connection,
  'draft-06/5.1/connection': headerNames.connection,
  'draft-06/5.1/key': headerNames.key,
  'draft-06/5.1/key-is-16-byte-nonce': headerNames.key,
  'draft-06/5.1/key-random-per-connection': headerNames.key,
  'draft-06/5.1/origin-ascii-serialization': headerNames.origin,
  'draft-06/5.1/origin-lower-case': headerNames.origin,
  'draft-06/5.1/origin-no-capitals': headerNames.origin,
  'draft-06/5.1/valid-http-request': headerNames.origin,
  'draft-06/5.1/version': headerNames.version,
  'draft-06/5.1/version-is-6': headerNames.version,
  'draft-06/5.1/subprotocol-grammar': headerNames.subprotocol,
  'draft-06/5.1/subprotocol-characters': headerNames.subprotocol,
  'draft-06/5.1/subprotocols-unique': headerNames.subprotocol,
  'draft-06/8.1/list-grammar': headerNames.extensions,
  'draft-06/8.1/registered-or-private': headerNames.extensions,
  'draft-06/8.1/parameters-defined': headerNames.extensions,
  'draft-06/10.6/from-server': headerNames.accept,
};

/** What every right request shows of the client. */
const exercised: readonly ClauseId[] = [
  'draft-06/5.1/handshake-sent',
  'draft-06/5.1/handshake-is-upgrade',
  'draft-06/5.1/valid-http-request',
  'draft-06/5.1/method-get',
  'draft-06/5.1/http-1.1',
  'draft-06/5.1/request-line-form',
  'draft-06/5.1/request-uri-present',
  'draft-06/5.1/host',
  'draft-06/5.1/upgrade',
  'draft-06/5.1/connection-present',
  'draft-06/5.1/connection',
  'draft-06/5.1/key',
  'draft-06/5.1/key-is-16-byte-nonce',
  'draft-06/5.1/version',
  'draft-06/5.1/version-is-6',
];

/** What optional header fields show. */
const exercisedByField: readonly (readonly [string, readonly ClauseId[]])[] = [
  [
    headerNames.origin,
    ['draft-06/5.1/origin-ascii-serialization', 'draft-06/5.1/origin-lower-case', 'draft-06/5.1/origin-no-capitals'],
  ],
  [
    headerNames.subprotocol,
    ['draft-06/5.1/subprotocol-grammar', 'draft-06/5.1/subprotocol-characters', 'draft-06/5.1/subprotocols-unique'],
  ],
  [headerNames.extensions, ['draft-06/8.1/list-grammar', 'draft-06/8.1/requested-by-header']],
];

const required: readonly (readonly [string, HandshakeViolationCode])[] = [
  [headerNames.host, 'no-host'],
  [headerNames.key, 'no-key'],
  [headerNames.version, 'no-version'],
];

/**
 * Judges the request of a client.
 * @param bytes the head as it came, for the offsets
 * @param isKnownKey whether a key came on an earlier connection
 * @returns `undefined` for a request that does not ask for WebSocket
 */
export function judgeRequest(
  head: RequestHead,
  bytes: Uint8Array,
  readings: ReadingChoices,
  isKnownKey: (key: string) => boolean,
  ledger: Ledger,
): RequestFacts | undefined {
  // Nobody here knows the names of the server.
  const reading = readOpeningRequest(head, { readings: { ...readings, hostOfRequest: 'present' } });
  if (reading.kind === 'http') return undefined;
  ledger.held('client', exercised);
  for (const [name, clauses] of exercisedByField) {
    if (fieldValues(head, name).length > 0) ledger.held('client', clauses);
  }
  const broken: Parameters<typeof watchRequest>[0]['broken'] = (clause, words) => {
    const field = fieldsOfClauses[clause];
    const placed = { ...words, offset: field === undefined ? 0 : offsetOfField(bytes, field) };
    const isOpen = words.code === 'unregistered-extension' && readings.unregisteredExtension === 'accept';
    if (isOpen) ledger.note('client', clause, placed);
    else ledger.broken('client', clause, placed);
  };
  const keys = fieldValues(head, headerNames.key);
  watchRequest({ broken }, head, { earlierKeys: keys.filter(isKnownKey) });

  const values = (name: string): readonly string[] => fieldValues(head, name);
  const [key, secondKey] = values(headerNames.key);
  return {
    target: head.target,
    key: secondKey === undefined ? key : undefined,
    subprotocols: parseTokenOrQuotedList(values(headerNames.subprotocol)) ?? [],
    extensions: parseExtensions(values(headerNames.extensions)) ?? [],
    version: values(headerNames.version).join(', '),
    refusal: reading.kind === 'violation' ? reading.violation.code : undefined,
    missing: required.filter(([name]) => values(name).length === 0).map(([, code]) => code),
  };
}

/**
 * Whether a request may be one of this version: it asks for 6, spells that in another way, or does not say. The two
 * latter are for the server to read, whose Sec-WebSocket-Accept tells whether it did.
 */
export function versionOf({ version }: RequestFacts): 'this' | 'perhaps' | 'another' {
  if (version === protocolVersion) return 'this';
  const spellings = version.split(',').map((part) => part.trim());
  return spellings.some((part) => /^(?:|\+?0*6(?:\.0*)?)$/.test(part)) ? 'perhaps' : 'another';
}

/** Requests that no reading of section 5.2.1 lets a server accept, with the clause. */
const unacceptable: Partial<Readonly<Record<HandshakeViolationCode, ClauseId>>> = {
  'method-not-get': 'draft-06/5.2.1/get-request',
  'http-version-too-low': 'draft-06/5.2.1/get-request',
  'no-host': 'draft-06/5.2.1/host',
  'no-key': 'draft-06/5.2.1/key',
  'no-version': 'draft-06/5.2.1/version',
};

/**
 * Judges that a server accepted a request with a violation. What is merely malformed a server may read in its own way,
 * which goes on record; what is missing, it may not overlook.
 */
export function judgeAcceptance(request: RequestFacts, ledger: Ledger): void {
  const { refusal, missing } = request;
  if (refusal === undefined) return;
  const clause = unacceptable[refusal];
  const words = {
    code: 'accepted',
    observed: `the server accepted the request although ${describeViolation(refusal)}`,
    allowed: 'the server aborts the connection',
    offset: 0,
  };
  const isMissing = refusal === 'method-not-get' || refusal === 'http-version-too-low' || missing.includes(refusal);
  if (clause !== undefined && isMissing) ledger.broken('server', clause, words);
  else ledger.note('server', clauseOfAcceptance(refusal), words);
}

function clauseOfAcceptance(code: HandshakeViolationCode): ClauseId {
  const clause = clauseOfViolation(code);
  return clauseOf(clause).binds.includes('server') ? clause : 'draft-06/5.2.1/abort-on-mismatch';
}
