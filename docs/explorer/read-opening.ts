import { acceptOfKey, keyOfNonce } from '../../model/accept.js';
import { latin1FromBytes } from '../../model/bytes.js';
import { asciiLowerCase } from '../../model/http-head.js';
import { createHeadReader, readHead } from '../../model/http-head-reader.js';
import { readOpeningRequest } from '../../model/opening-request.js';
import { readOpeningResponse } from '../../model/opening-response.js';
import type { Role } from '../../model/role.js';
import type { ClauseId } from '../../spec/clauses.js';
import { headerNames } from '../../spec/wire.js';
import { type Refusal, refusalOf } from './dissect.js';
import { offer } from './move.js';

/** A line of an opening handshake. */
export interface HeadLine {
  readonly text: string;
  /** The first of its octets, and the one behind its last. */
  readonly from: number;
  readonly to: number;
  readonly meaning: string;
  readonly clause?: ClauseId;
}

/** An opening handshake, line by line, and what the other side says of it. */
export interface OpeningReading {
  readonly lines: readonly HeadLine[];
  readonly verdict: 'accepted' | 'refused' | 'http' | 'incomplete';
  readonly says: string;
  readonly refusal?: Refusal;
  /** Octets behind the head. */
  readonly rest: number;
}

type Meanings = Readonly<Record<string, readonly [meaning: string, clause: ClauseId]>>;

/** What each header field is for, and where the texts ask for it. */
const meanings: Readonly<Record<Role, Meanings>> = {
  client: {
    [headerNames.host]: ['the authority that the client wants to speak to', 'draft-06/5.1/host'],
    [headerNames.upgrade]: ['asks for the protocol', 'draft-06/5.1/upgrade'],
    [headerNames.connection]: ['says that Upgrade is for the next hop', 'draft-06/5.1/connection'],
    [headerNames.key]: ['a nonce of 16 octets that the answer has to prove to have been read', 'draft-06/5.1/key'],
    [headerNames.version]: ['the version of the protocol', 'draft-06/5.1/version-is-6'],
    [headerNames.origin]: ['where the code of a browser comes from', 'draft-06/5.1/origin-from-browser'],
    [headerNames.subprotocol]: ['subprotocols, the one liked best first', 'draft-06/5.1/subprotocols-meaning'],
    [headerNames.extensions]: ['extensions that the client would like to use', 'draft-06/5.1/extensions-meaning'],
  },
  server: {
    [headerNames.upgrade]: ['the protocol is changed', 'draft-06/5.1/response-upgrade'],
    [headerNames.connection]: ['says that Upgrade is for the next hop', 'draft-06/5.1/response-connection'],
    [headerNames.accept]: ['proves that the key was read', 'draft-06/5.2.2/accept'],
    [headerNames.subprotocol]: ['the subprotocol that the server chose', 'draft-06/5.2.2/subprotocol-sent'],
    [headerNames.extensions]: ['the extensions that are in use', 'draft-06/5.2.2/extensions-sent'],
  },
};

/**
 * Reads an opening handshake as the other side does.
 * @param from who sent it: the request of a client, or the response of a server to the request that the explorer makes
 */
export function readOpening(bytes: Uint8Array, from: Role): OpeningReading {
  const read = readHead(createHeadReader(from === 'client' ? 'request' : 'response'), bytes);
  const lines = linesOf(bytes, read.kind === 'head' ? read.length : bytes.length, from);
  switch (read.kind) {
    case 'need-more':
      return { lines, verdict: 'incomplete', says: 'An empty line ends the head; it has not come yet.', rest: 0 };
    case 'violation':
      return {
        lines,
        verdict: 'refused',
        says: 'This is not HTTP.',
        refusal: refusalOf(read.violation, from),
        rest: 0,
      };
    case 'head': {
      const rest = read.rest.length;
      const { head } = read;
      if (head.kind === 'request') {
        const reading = readOpeningRequest(head);
        if (reading.kind === 'http')
          return { lines, rest, verdict: 'http', says: 'Ordinary HTTP: nothing in it asks for WebSocket.' };
        if (reading.kind === 'violation') return refused(reading.violation, 'The server aborts.');
        return {
          lines,
          rest,
          verdict: 'accepted',
          says: `A server may accept it, with Sec-WebSocket-Accept: ${acceptOfKey(reading.request.key)}`,
        };
      }
      const reading = readOpeningResponse(head, { ...offer, key: keyOfNonce(offer.nonce) });
      if (reading.kind === 'violation') return refused(reading.violation, 'The client fails the connection.');
      const { subprotocol } = reading.agreement;
      return {
        lines,
        rest,
        verdict: 'accepted',
        says: `The connection is open${subprotocol === undefined ? '' : `, with the subprotocol ${subprotocol}`}.`,
      };
    }
  }

  function refused(violation: Parameters<typeof refusalOf>[0], says: string): OpeningReading {
    const rest = read.kind === 'head' ? read.rest.length : 0;
    const refusal = { ...refusalOf(violation, from), at: placeOfFault(violation.code, lines) };
    return { lines, rest, verdict: 'refused', says, refusal };
  }
}

/** The header field that a violation is about, by what its code is called. */
const fieldsOfFaults: readonly (readonly [code: RegExp, field: string])[] = [
  [/host/, headerNames.host],
  [/upgrade/, headerNames.upgrade],
  [/connection/, headerNames.connection],
  [/key/, headerNames.key],
  [/^(?:no|wrong)-version$/, headerNames.version],
  [/accept/, headerNames.accept],
  [/subprotocol/, headerNames.subprotocol],
  [/extension/, headerNames.extensions],
  [/origin/, headerNames.origin],
];

/**
 * Where a head that is right as HTTP goes wrong: the model names no octet then. It is the line of the field, or the end
 * of the head where the field is missing; the first line where no field is at fault.
 */
function placeOfFault(code: string, lines: readonly HeadLine[]): number {
  const field = fieldsOfFaults.find(([pattern]) => pattern.test(code))?.[1];
  if (field === undefined) return 0;
  const name = `${asciiLowerCase(field)}:`;
  return (lines.find(({ text }) => asciiLowerCase(text).startsWith(name)) ?? lines.at(-1))?.from ?? 0;
}

const mostLines = 200;

/** The lines of a head with their places, whatever they are. */
function linesOf(bytes: Uint8Array, length: number, from: Role): readonly HeadLine[] {
  const text = latin1FromBytes(bytes.subarray(0, length));
  const lines: HeadLine[] = [];
  let at = 0;
  while (at < text.length && lines.length < mostLines) {
    const feed = text.indexOf('\n', at);
    const to = feed < 0 ? text.length : feed + 1;
    const line = text.slice(at, to).replace(/\r?\n$/, '');
    lines.push({ text: line, from: at, to, ...meaningOf(line, lines.length, from) });
    at = to;
  }
  return lines;
}

function meaningOf(line: string, index: number, from: Role): Pick<HeadLine, 'meaning' | 'clause'> {
  if (index === 0) {
    return from === 'client'
      ? { meaning: 'method, resource name and version of HTTP', clause: 'draft-06/5.1/request-line-form' }
      : { meaning: '101 changes the protocol, anything else refuses', clause: 'draft-06/5.1/status-101' };
  }
  if (line === '') return { meaning: 'ends the head' };
  const name = asciiLowerCase(/^[^:\s]*/.exec(line)?.[0] ?? '');
  const known = Object.entries(meanings[from]).find(([field]) => asciiLowerCase(field) === name)?.[1];
  if (known !== undefined) return { meaning: known[0], clause: known[1] };
  return { meaning: 'a header field that the opening handshake has no use for' };
}
