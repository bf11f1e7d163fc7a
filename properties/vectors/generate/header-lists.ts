import { parseExtensions } from '../../../model/extension-header.js';
import { readOpeningRequest } from '../../../model/opening-request.js';
import { clauseOfViolation } from '../../../model/violation.js';
import type { ClauseId } from '../../../spec/clauses.js';
import type { Draft, Group, Judgement, Vector } from './vector.js';

/* What the vectors of Sec-WebSocket-Extensions and of Sec-WebSocket-Protocol have in common: both are lists. */

export interface ListInput {
  /** The values of all header fields of the name, in order, as they stand behind the colon. */
  readonly values: readonly string[];
}

export type ListDraft = Draft<ListInput>;
export type ListGroup = Group<object, ListInput>;

export function judgeExtensions(_given: object, { values }: ListInput): Judgement {
  const extensions = parseExtensions(values);
  if (extensions !== undefined) return { accepted: true, expect: { kind: 'list', extensions } };
  const code = 'bad-extension-list';
  const clause = clauseOfViolation(code);
  return { accepted: false, breaks: clause, expect: { kind: 'refused', violation: { code, clause } } };
}

/** Judged inside a request in which everything else is right. */
export function judgeSubprotocols(_given: object, { values }: ListInput): Judgement {
  const fields = [
    ['Host', 'example.com'],
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
    ['Sec-WebSocket-Version', '6'],
    ...values.map((value) => ['Sec-WebSocket-Protocol', value] as const),
  ] as const;
  const reading = readOpeningRequest({
    kind: 'request',
    method: 'GET',
    target: '/',
    version: { major: 1, minor: 1 },
    fields: fields.map(([name, value]) => ({ name, value })),
  });
  if (reading.kind === 'opening') {
    return { accepted: true, expect: { kind: 'list', subprotocols: reading.request.subprotocols } };
  }
  if (reading.kind === 'http') throw new Error('a request for WebSocket was read as HTTP');
  const { code } = reading.violation;
  const clause = clauseOfViolation(code);
  return { accepted: false, breaks: clause, expect: { kind: 'refused', violation: { code, clause } } };
}

/** A header of one line, or of several. */
export type Row = readonly [id: string, values: string | readonly string[], comment: string, ...flags: string[]];

export function lists(flag: string, clauses: readonly ClauseId[], rows: readonly Row[]): readonly ListDraft[] {
  return rows.map(([id, values, comment, ...flags]) => ({
    id,
    comment,
    flags: [flag, ...flags],
    clauses,
    input: { values: typeof values === 'string' ? [values] : values },
  }));
}

export const listGroup = (
  name: string,
  about: string,
  vectors: readonly (ListDraft | Vector<ListInput>)[],
): ListGroup => ({ name, about, given: {}, vectors });

/** Every printable ASCII character inside a name: in a token or not. */
export function characters(
  flag: string,
  clauses: readonly ClauseId[],
  around: (character: string) => string,
): readonly ListDraft[] {
  const codes = [0x00, 0x09, ...Array.from({ length: 95 }, (_, index) => index + 0x20), 0x7f, 0x80, 0xe9, 0xff];
  return codes
    .filter((code) => !/[B-YB-Yb-y2-8]/.test(String.fromCharCode(code)))
    .map((code) => {
      const digits = code.toString(16).padStart(2, '0');
      return {
        id: `u-${digits}`,
        comment: `the character U+00${digits.toUpperCase()}`,
        flags: [flag],
        clauses,
        input: { values: [around(String.fromCharCode(code))] },
      };
    });
}
