import { acceptOfKey } from '../../model/accept.js';
import { type Extension, parseExtensions } from '../../model/extension-header.js';
import { equalsIgnoringAsciiCase, fieldValues, type ResponseHead } from '../../model/http-head.js';
import { readOpeningResponse } from '../../model/opening-response.js';
import { clauseOfViolation, describeViolation, type HandshakeViolationCode } from '../../model/violation.js';
import { clauseOf, type ClauseId } from '../../spec/clauses.js';
import type { ReadingChoices } from '../../spec/readings.js';
import { headerNames } from '../../spec/wire.js';
import { offsetOfField, withField } from './head-fields.js';
import type { Ledger } from './ledger.js';
import type { RequestFacts } from './opening-request.js';

/*
 * The response of a server, judged as a whole. The model's reader stops at the first thing that is wrong; what is wrong
 * is put right here and the rest read again, until nothing is left. So reading and judging are the same code.
 */

/** What a response says, as far as what follows depends on it. */
export interface ResponseFacts {
  /** The extensions in use, whether they were asked for or not. */
  readonly extensions: readonly Extension[];
  /** Why the client has to fail the connection, under the readings. */
  readonly failure: HandshakeViolationCode | undefined;
}

interface Repair {
  /** The clause that binds the server; that of the model often binds the client, who checks. */
  readonly clause: (response: ResponseHead) => ClauseId;
  readonly field: string;
  readonly allowed: (request: RequestFacts) => string;
  readonly mend: (response: ResponseHead, request: RequestFacts) => ResponseHead;
}

const validResponse = (): ClauseId => 'draft-06/5.2.2/valid-http-response';

const acceptOf = ({ key = '' }: RequestFacts): string => acceptOfKey(key);

/** Whether a response shows that the server has read the key as this text wants. */
export function hasRightAccept(response: ResponseHead, request: RequestFacts): boolean {
  const values = fieldValues(response, headerNames.accept);
  return request.key !== undefined && values.length > 0 && values.every((value) => value === acceptOf(request));
}

const repairs: Partial<Readonly<Record<HandshakeViolationCode, Repair>>> = {
  'no-upgrade': {
    clause: validResponse,
    field: headerNames.upgrade,
    allowed: () => 'Upgrade: websocket',
    mend: (response) => withField(response, headerNames.upgrade, 'websocket'),
  },
  'no-connection': {
    clause: validResponse,
    field: headerNames.connection,
    allowed: () => 'Connection: Upgrade',
    mend: (response) => withField(response, headerNames.connection, 'Upgrade'),
  },
  'wrong-accept': {
    clause: (response) =>
      fieldValues(response, headerNames.accept).length === 0
        ? 'draft-06/5.2.2/accept-present'
        : 'draft-06/5.2.2/accept',
    field: headerNames.accept,
    allowed: (request) => `${headerNames.accept}: ${acceptOf(request)}`,
    mend: (response, request) => withField(response, headerNames.accept, acceptOf(request)),
  },
  'uninvited-subprotocol': {
    clause: () => 'draft-06/5.2.2/subprotocol-selected',
    field: headerNames.subprotocol,
    allowed: ({ subprotocols }) =>
      subprotocols.length === 0 ? 'no subprotocol, for none was offered' : `one of ${subprotocols.join(', ')}`,
    mend: (response) => withField(response, headerNames.subprotocol),
  },
  'uninvited-extension': {
    clause: () => 'draft-06/8/no-unrequested-extension',
    field: headerNames.extensions,
    allowed: ({ extensions }) =>
      extensions.length === 0
        ? 'no extension, for none was requested'
        : `some of ${extensions.map(({ name }) => name).join(', ')}`,
    mend: (response) => withField(response, headerNames.extensions),
  },
};

const exercised: readonly ClauseId[] = [
  'draft-06/5.2.2/valid-http-response',
  'draft-06/5.2.2/status-101',
  'draft-06/5.2.2/handshake-complete',
  'draft-06/5.2.2/steps-completed',
];

/** Judges a response that accepts, with the status code 101. */
export function judgeResponse(
  head: ResponseHead,
  bytes: Uint8Array,
  request: RequestFacts,
  readings: ReadingChoices,
  ledger: Ledger,
): ResponseFacts {
  ledger.held('server', exercised);
  if (request.key !== undefined) ledger.held('server', ['draft-06/5.2.2/accept-present', 'draft-06/5.2.2/accept']);
  const extensionValues = fieldValues(head, headerNames.extensions);
  if (extensionValues.length > 0) {
    ledger.held('server', ['draft-06/8/no-unrequested-extension', 'draft-06/5.2.2/no-unlisted-extension']);
  }
  if (fieldValues(head, headerNames.subprotocol).length > 0) {
    ledger.held('server', ['draft-06/5.2.2/subprotocol-selected']);
  }
  // Without a key there is nothing that the server could prove.
  let mended = request.key === undefined ? withField(head, headerNames.accept, acceptOf(request)) : head;
  let failure: HandshakeViolationCode | undefined;
  const seen = new Set<HandshakeViolationCode>();
  const { key = '', subprotocols, extensions } = request;
  for (;;) {
    const reading = readOpeningResponse(mended, { key, subprotocols, extensions, readings });
    if (reading.kind === 'accepted') break;
    const { code, observed } = reading.violation;
    failure ??= code;
    const repair = repairs[code] ?? repairOfList(mended);
    // What is mended is not found again, so that this ends.
    if (seen.has(code)) break;
    seen.add(code);
    blame(head, bytes, request, ledger, code, observed, repair);
    mended = repair.mend(mended, request);
  }
  return { extensions: parseExtensions(extensionValues) ?? [], failure };
}

/** A list that does not parse is dropped: that of the subprotocol first, as the model reads it first. */
function repairOfList(response: ResponseHead): Repair {
  const isSubprotocol = fieldValues(response, headerNames.subprotocol).length > 0;
  const field = isSubprotocol ? headerNames.subprotocol : headerNames.extensions;
  return {
    clause: () => (isSubprotocol ? 'draft-06/5.2.2/valid-http-response' : 'draft-06/8.1/list-grammar'),
    field,
    allowed: () => `${field} by its grammar`,
    mend: (mended) => withField(mended, field),
  };
}

function blame(
  head: ResponseHead,
  bytes: Uint8Array,
  request: RequestFacts,
  ledger: Ledger,
  code: HandshakeViolationCode,
  observed: string | undefined,
  repair: Repair,
): void {
  const words = {
    code,
    observed: describeViolation(code) + (observed === undefined || observed === '' ? '' : `: ${observed.slice(0, 80)}`),
    allowed: repair.allowed(request),
    offset: offsetOfField(bytes, repair.field),
  };
  // A list that has the word among others is for the client to judge; as HTTP it is in order.
  const wanted = code === 'no-upgrade' ? 'websocket' : code === 'no-connection' ? 'upgrade' : undefined;
  const tokens = fieldValues(head, repair.field).flatMap((value) => value.split(','));
  const isAmong = wanted !== undefined && tokens.some((token) => equalsIgnoringAsciiCase(token.trim(), wanted));
  if (isAmong)
    ledger.note('server', repair.clause(head), { ...words, code: `${repair.field.toLowerCase()}-among-others` });
  else ledger.broken('server', repair.clause(head), words);
}

/** The clause that a client breaks when it goes on behind a response that it has to fail on. */
export function clauseOfGoingOn(code: HandshakeViolationCode): ClauseId {
  const clause = clauseOfViolation(code);
  return clauseOf(clause).binds.includes('client') ? clause : 'draft-06/5.1/response-validated';
}
