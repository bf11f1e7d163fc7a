import { fieldValues } from '../../../model/http-head.js';
import { withTimeouts } from '../../../model/timeout-fields.js';
import { connectionOptions, readTimeouts, timeoutHeaderNames, timeoutValue } from '../../../model/timeout-header.js';
import type { ClientCase } from '../../verifier/case.js';
import type { ClientTester, Opening } from '../../verifier/client-tester.js';
import { idleBeforeEnd, judgeConnectionTimeout, patienceOf } from '../timeouts.js';
import { observeReaction, reactionOf, sendWrong } from './reactions.js';

/*
 * Request-Timeout and Connection-Timeout (http-timeout-00) as far as a client shows them: in its opening handshake, and
 * by how long it waits. How long it is prepared to wait is its own matter, and goes on record.
 */

const { request: requestName, connection: connectionName } = timeoutHeaderNames;

/** Judges what the opening handshake tells. */
function judgeTold(tester: ClientTester, { head: { fields } }: Opening): void {
  const values = fieldValues(fields, requestName);
  if (values.length === 0) {
    tester.note('http-timeout-00/3/client-adds', 'not-told', `no ${requestName} in the opening handshake`);
  } else if (timeoutValue(fields, requestName) === undefined) {
    const clause = values.length > 1 ? 'http-timeout-00/3/integer-seconds' : 'http-timeout-00/3/timeout-value';
    const observed = `"${requestName}: ${values.join(', ')}" in the opening handshake`;
    tester.broken(clause, { code: 'bad-request-timeout', observed, allowed: 'one or more digits, once' });
  }
  if (values.length > 0 && connectionOptions(fields).includes(requestName.toLowerCase())) {
    const observed = `${requestName} named in Connection, as a header field for one hop`;
    const allowed = `a ${requestName} that goes from end to end`;
    tester.broken('http-timeout-00/3/end-to-end', { code: 'for-one-hop', observed, allowed });
  }
  judgeConnectionTimeout(tester, fields, 'the opening handshake');
  if (readTimeouts(fields) !== 'above-connection-timeout') return;
  const told = fieldValues(fields, connectionName).join(', ');
  tester.broken('http-timeout-00/3/not-above-connection-timeout', {
    code: 'above-connection-timeout',
    observed: `${requestName}: ${values.join(', ')} beside ${connectionName}: ${told}`,
    allowed: `a ${requestName} of at most ${told}`,
  });
}

/** A value of the opening handshake that is short enough to wait for. */
function toldValue(tester: ClientTester, opening: Opening, name: typeof requestName | typeof connectionName) {
  const told = timeoutValue(opening.head.fields, name);
  if (told !== undefined && told <= patienceOf(tester)) return told;
  const clause = name === requestName ? 'http-timeout-00/3/client-adds' : 'http-timeout-00/4/either-host';
  const observed =
    told === undefined ? `no right ${name} in the opening handshake` : `${name}: ${told} is not waited for`;
  tester.note(clause, told === undefined ? 'not-told' : 'long-promise', observed);
  return undefined;
}

/** The response comes at the last moment that the client itself told. */
async function heldResponse(tester: ClientTester): Promise<void> {
  const opening = await tester.accept();
  const told = toldValue(tester, opening, requestName);
  if (told === undefined) return;
  const { conversation } = opening;
  const start = conversation.now();
  const event = await conversation.next(told * 1000);
  const waited = (conversation.now() - start) / 1000;
  const allowed = 'how long a client is prepared to wait is its own matter';
  if (event.type === 'ended' || event.type === 'lost') {
    const observed = `the client gave up after ${waited.toFixed(1)} seconds, of ${told} that it told`;
    tester.note('http-timeout-00/3/client-sets-maximum', 'gave-up-early', observed, allowed);
    return;
  }
  await conversation.sendResponse(tester.response(opening), true);
  const isAccepted = (await reactionOf(conversation)) === 'accepted';
  const observed = `a response after ${told} seconds, as long as the client told, is ${isAccepted ? 'accepted' : 'too late'}`;
  tester.note('http-timeout-00/3/client-allows-for-delays', isAccepted ? 'in-time' : 'too-late', observed, allowed);
}

/** Nothing passes on an open connection for as long as the client told. */
async function keptOpen(tester: ClientTester): Promise<void> {
  const opening = await tester.accept();
  const told = toldValue(tester, opening, connectionName);
  if (told === undefined) return;
  const { conversation } = opening;
  await conversation.sendResponse(tester.response(opening), true);
  const idle = await idleBeforeEnd(conversation, told);
  const observed =
    idle === undefined
      ? `the client kept the connection for the ${told} seconds that it told`
      : `TCP ended after ${idle.toFixed(1)} seconds, of ${told} that the client told`;
  const allowed = 'a client may take it to apply to WebSocket (reading R-3026)';
  tester.note('http-timeout-00/4.2/can-apply', idle === undefined ? 'kept' : 'ended', observed, allowed);
}

export const clientTimeoutCases: readonly ClientCase[] = [
  {
    id: 'client-timeouts/told',
    title: 'Request-Timeout and Connection-Timeout in the opening handshake',
    clauses: [
      'http-timeout-00/3/grammar',
      'http-timeout-00/3/timeout-value',
      'http-timeout-00/3/integer-seconds',
      'http-timeout-00/3/end-to-end',
      'http-timeout-00/3/not-above-connection-timeout',
      'http-timeout-00/4/grammar',
      'http-timeout-00/4/integer-seconds',
      'http-timeout-00/4/connection-token',
      'http-timeout-00/4/hop-by-hop',
      'http-timeout-00/4/either-host',
      'http-timeout-00/3/client-adds',
    ],
    requirement:
      'Each is one number of seconds, Connection names Connection-Timeout and not Request-Timeout, and Request-Timeout is not the larger one.',
    run: async (tester) => {
      judgeTold(tester, await tester.accept());
    },
  },
  {
    id: 'client-timeouts/waits',
    title: 'A response at the last moment that the client told',
    clauses: [
      'http-timeout-00/3/maximum-wait',
      'http-timeout-00/3/client-sets-maximum',
      'http-timeout-00/3/client-allows-for-delays',
    ],
    requirement: 'Whether the client waits for as long as its Request-Timeout says is recorded.',
    run: heldResponse,
  },
  {
    id: 'client-timeouts/kept',
    title: 'An idle connection of a client that told how long it keeps one',
    clauses: ['http-timeout-00/4.2/can-apply', 'http-timeout-00/4.2/may-assume'],
    requirement: 'What the client does about an idle WebSocket connection is recorded.',
    run: keptOpen,
  },
  {
    id: 'client-timeouts/on-101',
    title: 'Connection-Timeout on a 101',
    clauses: ['http-timeout-00/4.2/can-apply', 'http-timeout-00/4/connection-token'],
    requirement: 'What the client does about a 101 with Connection-Timeout and its token is recorded.',
    run: async (tester) => {
      const opening = await tester.accept();
      const { fields, ...head } = tester.response(opening);
      const told = { ...head, fields: withTimeouts(fields, { connection: 60 }) };
      await sendWrong(opening, told);
      const what = `a response with "Connection: Upgrade, ${connectionName}"`;
      const allowed = 'a failure by reading R-503 `exact`, acceptance by `token` (reading R-3027)';
      await observeReaction(tester, opening, 'http-timeout-00/4.2/can-apply', what, allowed);
    },
  },
];
