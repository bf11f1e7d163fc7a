import { acceptOfKey } from '../../model/accept.js';
import { fieldValues, type RequestHead, type ResponseHead } from '../../model/http-head.js';
import type { ClauseId } from '../../spec/clauses.js';
import { headerNames } from '../../spec/wire.js';
import type { HeadEvent } from '../verifier/conversation.js';
import type { Weight } from '../verifier/finding.js';
import { describeAnswer, type Handshake, type Tester } from '../verifier/tester.js';
import { type AskedReading, recordOption } from './asked-readings.js';
import { expectAbort } from './expectations.js';
import { noteReading, noteUnusual } from './reactions.js';

/*
 * How answers to an opening handshake are judged.
 *
 * A server may refuse anybody, for reasons of its own. So a refusal tells something about an unusual opening handshake
 * only where the server accepts the usual one, and the judges below make sure of that; otherwise they cannot tell.
 */

/** What is asked of a server by an opening handshake. */
export interface Question {
  /** What is blamed when the answer is not the one that is wanted. */
  readonly clause: ClauseId;
  /** The opening handshake, as a noun: "a request without Host". */
  readonly what: string;
  /** What would be right, where that needs to be said; with the reading, where there is one. */
  readonly allowed?: string;
  /** The reading that decides what a server does, where there is one: then nothing is failed. */
  readonly reading?: AskedReading;
}

/** Puts on record what an answer says about the reading that was asked about; whether it says anything. */
function recordAnswer(
  tester: Tester,
  { answer }: Handshake,
  { clause, what, reading }: Question,
  note?: typeof noteReading,
): boolean {
  if (reading === undefined) return false;
  const isAccepted = acceptanceOf(answer) !== undefined;
  return recordOption(tester, clause, reading, isAccepted, `${describeAnswer(answer)} to ${what}`, note);
}

/** The response of an answer that accepts. */
export function acceptanceOf(answer: HeadEvent): ResponseHead | undefined {
  return answer.type === 'response' && answer.head.status === 101 ? answer.head : undefined;
}

/** @throws Inconclusive when the server does not accept a right opening handshake either */
export async function assertAcceptsUsual(tester: Tester): Promise<void> {
  (await tester.establish()).destroy();
}

/**
 * The opening handshake is a right one, and to be accepted.
 * @param weight of a refusal; that of the clause unless told
 * @returns the response that accepts
 */
export async function judgeAllowed(
  tester: Tester,
  shaken: Handshake,
  question: Question,
  weight?: Weight,
): Promise<ResponseHead | undefined> {
  const { answer } = shaken;
  const { clause, what, allowed = 'the server accepts the connection' } = question;
  const head = acceptanceOf(answer);
  if (head === undefined) await assertAcceptsUsual(tester);
  if (recordAnswer(tester, shaken, question) || head !== undefined) return head;
  const observed = `${describeAnswer(answer)} to ${what}, while the usual opening handshake is accepted`;
  tester.broken(clause, { code: 'not-accepted', observed, allowed }, weight);
  return undefined;
}

/** The opening handshake is a wrong one: the server aborts the connection. */
export async function judgeForbidden(
  tester: Tester,
  { conversation, answer }: Handshake,
  { clause, what }: Question,
): Promise<void> {
  await expectAbort(tester, conversation, answer, clause, what);
  if (acceptanceOf(answer) === undefined) await assertAcceptsUsual(tester);
}

/** The text leaves open what to do with this opening handshake: what the server does goes on record. */
export async function observeOpen(tester: Tester, shaken: Handshake, question: Question): Promise<void> {
  const { answer } = shaken;
  const { clause, what, allowed } = question;
  const isAccepted = acceptanceOf(answer) !== undefined;
  if (!isAccepted) await assertAcceptsUsual(tester);
  if (recordAnswer(tester, shaken, question, noteReading)) return;
  tester.note(clause, isAccepted ? 'accepted' : 'refused', `${describeAnswer(answer)} to ${what}`, allowed);
}

/** To refuse this opening handshake is in order by any reading; that the server accepts it goes on record. */
export async function observeAcceptance(tester: Tester, shaken: Handshake, question: Question): Promise<void> {
  const { clause, what, allowed } = question;
  const isAccepted = acceptanceOf(shaken.answer) !== undefined;
  if (!isAccepted) await assertAcceptsUsual(tester);
  const isRecorded = recordAnswer(tester, shaken, question, isAccepted ? noteReading : noteUnusual);
  if (!isRecorded && isAccepted) tester.note(clause, 'accepted', `the server accepted ${what}`, allowed);
}

/** The value of Sec-WebSocket-Key in a request that `tester.request` made. */
export function keyOf(request: RequestHead): string {
  return fieldValues(request, headerNames.key)[0] ?? '';
}

/** Sec-WebSocket-Accept is there, and belongs to the key. */
export function checkAccept(tester: Tester, response: ResponseHead, key: string): void {
  const values = fieldValues(response, headerNames.accept);
  const wanted = acceptOfKey(key);
  const wrong = values.find((value) => value !== wanted);
  const allowed = `${headerNames.accept}: ${wanted}`;
  if (values.length === 0) {
    const observed = `a response without ${headerNames.accept}`;
    tester.broken('draft-06/5.2.2/accept-present', { code: 'no-accept', observed, allowed });
  } else if (wrong !== undefined) {
    const observed = `${headerNames.accept}: ${wrong}, for the key ${key}`;
    tester.broken('draft-06/5.2.2/accept', { code: 'wrong-accept', observed, allowed });
  } else if (values.length > 1) {
    const observed = `${values.length} times the right value`;
    noteReading(tester, 'draft-06/5.2.2/accept', 'repeatedField', ['values-agree', 'first'], observed);
  }
}
