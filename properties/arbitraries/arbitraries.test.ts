import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCloseBody, statusCodeRange } from '../../model/close-body.js';
import { createHeadReader, readHead } from '../../model/http-head-reader.js';
import { serializeHead } from '../../model/http-head.js';
import { readOpeningRequest } from '../../model/opening-request.js';
import { readOpeningResponse } from '../../model/opening-response.js';
import { clauseOfViolation } from '../../model/violation.js';
import { maxControlPayload } from '../../spec/wire.js';
import { isOriginValue } from '../verifier/serialized-origin.js';
import {
  closeReasons,
  doubtfulCloseBodies,
  openingRequests,
  origins,
  requestHeads,
  unusedStatusCodes,
  wrongOpeningRequests,
  wrongOpeningResponses,
} from './index.js';

/*
 * The arbitraries give what their words say. Most are held by the laws that draw on them; these are for those that are
 * made for the tests of others.
 */

const few = { numRuns: 60 };

test('a wrong opening handshake can be written, and is refused under the clause that it names', () => {
  fc.assert(
    fc.property(wrongOpeningRequests(), ({ head, clause, code }) => {
      const reading = readOpeningRequest(head);
      expect(reading).toMatchObject({ kind: 'violation', violation: { code } });
      expect(clauseOfViolation(code)).toBe(clause);
      expect(serializeHead(head).length).toBeGreaterThan(0);
    }),
    few,
  );
});

test('a client fails at a wrong response under the clause that it names', () => {
  fc.assert(
    fc.property(wrongOpeningResponses(), ({ request, head, clause, code }) => {
      expect(readOpeningResponse(head, request)).toMatchObject({ kind: 'violation', violation: { code } });
      expect(clauseOfViolation(code, 'server')).toBe(clause);
      expect(serializeHead(head).length).toBeGreaterThan(0);
    }),
    few,
  );
});

test('a right opening handshake is read from its bytes as what it is', () => {
  fc.assert(
    fc.property(openingRequests(), (head) => {
      const reading = readHead(createHeadReader('request'), serializeHead(head));
      expect(reading.kind).toBe('head');
      if (reading.kind === 'head') expect(reading.head).toEqual(head);
      expect(readOpeningRequest(head).kind).toBe('opening');
    }),
    few,
  );
});

test('an origin has the form of one and no capitals', () => {
  fc.assert(
    fc.property(origins(), (origin) => {
      expect(isOriginValue(origin)).toBe(true);
      expect(origin).toBe(origin.toLowerCase());
    }),
    few,
  );
});

test('status codes that stand for nothing are those of the ranges without a use', () => {
  fc.assert(
    fc.property(unusedStatusCodes(), (status) => {
      expect(statusCodeRange(status)?.use).toMatch(/^un(?:used|mentioned)$/);
    }),
    few,
  );
});

test('doubtful bodies of a Close fit into one, and are both right and wrong', () => {
  const bodies = fc.sample(doubtfulCloseBodies(), { seed: 1, numRuns: 200 });
  expect(Math.max(...bodies.map(({ length }) => length))).toBeLessThanOrEqual(maxControlPayload);
  const isWrong = (body: Uint8Array): boolean => 'code' in readCloseBody(body, 0);
  expect(bodies.some(isWrong) && !bodies.every(isWrong)).toBe(true);
});

test('an arbitrary gives the same values for the same seed', () => {
  for (const arbitrary of [closeReasons(), requestHeads(), wrongOpeningResponses()]) {
    const [one, other] = [1, 2].map(() => fc.sample<unknown>(arbitrary, { seed: 7, numRuns: 20 }));
    expect(one).toEqual(other);
  }
});
