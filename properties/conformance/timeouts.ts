import {
  fieldValues,
  type HeaderField,
  type RequestHead,
  type ResponseHead,
  serializeHead,
} from '../../model/http-head.js';
import { judgeEnd } from '../../model/timeout-connection.js';
import { withTimeouts } from '../../model/timeout-fields.js';
import {
  connectionOptions,
  readConnectionTimeout,
  type TimeoutFault,
  timeoutFaults,
  timeoutHeaderNames,
} from '../../model/timeout-header.js';
import { authorityOf } from '../../model/uri.js';
import type { ClauseId } from '../../spec/clauses.js';
import type { Judge } from './expectations.js';
import { acceptanceOf, judgeAllowed, observeOpen } from './handshake-judge.js';
import type { ConformanceCase } from '../verifier/case.js';
import type { Conversation } from '../verifier/conversation.js';
import { describeAnswer, Inconclusive, type Target, type Tester } from '../verifier/tester.js';

/*
 * Request-Timeout and Connection-Timeout (http-timeout-00) as far as a server shows them. Nobody has to send either
 * header field (reading R-3004), so that a server without them has nothing to be judged by, and that goes on record.
 */

/** What the network may take, in seconds: closer than this no two clocks are compared. */
const allowance = 0.2;

const { request: requestName, connection: connectionName } = timeoutHeaderNames;

const words: Partial<Readonly<Record<TimeoutFault, readonly [observed: string, allowed: string]>>> = {
  'bad-connection-timeout': ['no number of seconds', 'one or more digits, once'],
  'connection-token-missing': ['not named in Connection', `${connectionName} among the tokens of Connection`],
};

/**
 * Judges the Connection-Timeout of a head: its form, and its token in Connection.
 * @returns its seconds; `undefined` when there is none, or none that is right
 */
export function judgeConnectionTimeout(
  judge: Judge,
  fields: readonly HeaderField[],
  where: string,
): number | undefined {
  const read = readConnectionTimeout(fields);
  if (read === undefined) judge.note('http-timeout-00/4/either-host', 'not-told', `no ${connectionName} in ${where}`);
  if (typeof read !== 'string') return read;
  const values = fieldValues(fields, connectionName);
  const [says = read, allowed = ''] = words[read] ?? [];
  const isRepeated = read === 'bad-connection-timeout' && values.join(',').includes(',');
  const clause: ClauseId = isRepeated ? 'http-timeout-00/4/integer-seconds' : timeoutFaults[read];
  const observed = `"${connectionName}: ${values.join(', ')}" in ${where}: ${says}`;
  judge.broken(clause, { code: read, observed, allowed });
  return undefined;
}

/** An ordinary request for what the opening handshake asks for. */
function plainRequest({ target }: Tester): RequestHead {
  const fields = [{ name: 'Host', value: authorityOf(target.uri) }, ...target.fields];
  return { kind: 'request', method: 'GET', target: target.uri.resourceName, version: { major: 1, minor: 1 }, fields };
}

/** Asks ordinary HTTP; without an answer the case cannot tell. */
async function askPlainly(
  tester: Tester,
  request: RequestHead = plainRequest(tester),
): Promise<{ readonly conversation: Conversation; readonly head: ResponseHead }> {
  const { conversation, answer } = await tester.handshake(request);
  if (answer.type === 'response') return { conversation, head: answer.head };
  throw new Inconclusive(`the server does not answer ordinary HTTP: ${describeAnswer(answer)}`);
}

/** The longest promise that is waited for, in seconds. */
export const patienceOf = ({ target: { timeout } }: { readonly target: Pick<Target, 'timeout'> }): number =>
  Number.isFinite(timeout) ? Math.max(1, (5 * timeout) / 1000) : 30;

/**
 * Waits on a connection until it has been idle for so many seconds, or until it ends.
 * @returns for how long it was idle before it ended; `undefined` when it did not
 */
export async function idleBeforeEnd(
  conversation: Pick<Conversation, 'next' | 'now'>,
  seconds: number,
): Promise<number | undefined> {
  for (;;) {
    // What comes belated, such as the rest of a body, prolongs the wait: it is counted from the last byte on.
    const quiet = await conversation.next(allowance * 500);
    if (quiet.type === 'ended' || quiet.type === 'lost') return 0;
    if (quiet.type !== 'silence') continue;
    const start = conversation.now();
    const event = await conversation.next(Math.max(0, seconds * 1000 - allowance * 500));
    if (event.type === 'silence') return undefined;
    if (event.type === 'ended' || event.type === 'lost') return (conversation.now() - start) / 1000 + allowance / 2;
  }
}

/** A Connection-Timeout that was told, if it is short enough to wait for. */
function isWaitedFor(tester: Tester, told: number): boolean {
  if (told <= patienceOf(tester)) return true;
  const observed = `${told} seconds are promised, longer than this run waits`;
  tester.note('http-timeout-00/4/minimum-idle-time', 'long-promise', observed);
  return false;
}

async function keptOverHttp(tester: Tester): Promise<void> {
  const { conversation, head } = await askPlainly(tester);
  const told = readConnectionTimeout(head.fields);
  if (typeof told !== 'number') {
    tester.note('http-timeout-00/4/either-host', 'not-told', `no right ${connectionName} in the answer`);
    return;
  }
  if (connectionOptions(head.fields).includes('close')) {
    const observed = `${connectionName}: ${told}, and the connection ends behind the answer`;
    tester.note('http-timeout-00/4/minimum-idle-time', 'no-idle-time', observed, 'it means nothing by reading R-3037');
    return;
  }
  if (!isWaitedFor(tester, told)) return;
  const idle = await idleBeforeEnd(conversation, told);
  if (idle === undefined) return;
  const observed = `TCP ended after ${idle.toFixed(1)} seconds, of ${told} that were promised`;
  const judged = judgeEnd({ told, idle, allowance });
  if (judged === 'early') {
    const allowed = `the server tries to keep the idle connection for ${told} seconds`;
    tester.broken('http-timeout-00/4/kept-as-long-as-said', { code: 'closed-early', observed, allowed });
  } else if (judged === 'busy') {
    tester.note('http-timeout-00/5/may-close-sooner', 'closed-busy', observed);
  }
}

/** What a server does about idle WebSocket connections, where it tells a Connection-Timeout at all. */
async function keptOverWebSocket(tester: Tester): Promise<void> {
  const { answer, conversation } = await tester.handshake(tester.request());
  const head = acceptanceOf(answer);
  if (head === undefined) throw new Inconclusive(`the server did not accept: ${describeAnswer(answer)}`);
  const own = readConnectionTimeout(head.fields);
  const told = typeof own === 'number' ? own : readConnectionTimeout((await askPlainly(tester)).head.fields);
  if (typeof told !== 'number') {
    tester.note('http-timeout-00/4/either-host', 'not-told', `no right ${connectionName} in any answer`);
    return;
  }
  if (!isWaitedFor(tester, told)) return;
  const idle = await idleBeforeEnd(conversation, told);
  const how = conversation.closeReceived() ? 'behind a Close' : 'without a Close';
  const observed =
    idle === undefined
      ? `the connection was kept for the ${told} seconds that were told`
      : `TCP ended ${how} after ${idle.toFixed(1)} seconds, of ${told} that were told`;
  const allowed = 'a server may take it to apply to WebSocket (readings R-3026 and R-3039)';
  tester.note('http-timeout-00/4.2/can-apply', idle === undefined ? 'kept' : 'ended', observed, allowed);
}

/** How long an answer takes that the client wants within a second. */
async function answeredInTime(tester: Tester): Promise<void> {
  const request = plainRequest(tester);
  const asked: RequestHead = { ...request, fields: withTimeouts(request.fields, { request: 1 }) };
  const conversation = await tester.connect();
  const start = conversation.now();
  conversation.sendBytes(serializeHead(asked), 'an ordinary request with Request-Timeout: 1');
  const answer = await conversation.readHead(Math.max(conversation.timeout, 1000 + allowance * 1000));
  const seconds = (conversation.now() - start) / 1000;
  const observed = `${describeAnswer(answer)} within ${Math.ceil(seconds)} seconds`;
  if (seconds <= 1 + allowance && answer.type === 'response') return;
  const allowed = 'a server may be late, or answer in any way (reading R-3009)';
  tester.note('http-timeout-00/3/server-may-be-late', 'late', observed, allowed);
}

/** The header fields as lines, for opening handshakes with other timeouts. */
/**
 * A server that refuses whatever stands beside "Upgrade" in Connection does so for another reason than the header fields
 * that it is asked with, and is judged for that elsewhere.
 */
async function assertTakesLists(tester: Tester): Promise<void> {
  const request = tester.request();
  const fields = request.fields.map((field) =>
    field.name.toLowerCase() === 'connection' ? { ...field, value: `${field.value}, keep-alive` } : field,
  );
  const { answer } = await tester.handshake({ ...request, fields });
  if (acceptanceOf(answer) !== undefined) return;
  throw new Inconclusive('the server takes no list in Connection, whatever it names beside "Upgrade"');
}

type Asking = readonly [name: string, what: string, change: (request: RequestHead) => readonly HeaderField[]];

const rightAskings: readonly Asking[] = [
  ['request-timeout', `${requestName}: 30`, ({ fields }) => withTimeouts(fields, { request: 30 })],
  [
    'connection-timeout',
    `${connectionName} and both tokens in Connection`,
    ({ fields }) => withTimeouts(fields, { connection: 60 }),
  ],
  ['both', 'both header fields', ({ fields }) => withTimeouts(fields, { request: 30, connection: 60 })],
  [
    'large',
    'a number of seconds that few can hold',
    ({ fields }) => [...fields, { name: requestName, value: '9'.repeat(30) }],
  ],
];

const openAskings: readonly Asking[] = [
  ['no-number', `${requestName}: soon`, ({ fields }) => [...fields, { name: requestName, value: 'soon' }]],
  [
    'no-token',
    `${connectionName} without its token`,
    ({ fields }) => [...fields, { name: connectionName, value: '60' }],
  ],
  [
    'request-above-connection',
    `${requestName} above ${connectionName}`,
    ({ fields }) => [...withTimeouts(fields, { connection: 1 }), { name: requestName, value: '2' }],
  ],
];

export const timeoutCases: readonly ConformanceCase[] = [
  {
    id: 'timeouts/http-answer',
    title: 'Connection-Timeout in an answer to ordinary HTTP',
    clauses: [
      'http-timeout-00/4/connection-token',
      'http-timeout-00/4/hop-by-hop',
      'http-timeout-00/4/grammar',
      'http-timeout-00/4/integer-seconds',
      'http-timeout-00/4/either-host',
    ],
    requirement: 'A Connection-Timeout is one number of seconds, and is named in Connection.',
    run: async (tester) => {
      const { head } = await askPlainly(tester);
      judgeConnectionTimeout(tester, head.fields, 'the answer to ordinary HTTP');
    },
  },
  {
    id: 'timeouts/acceptance',
    title: 'Connection-Timeout in a response that accepts',
    clauses: [
      'http-timeout-00/4/connection-token',
      'http-timeout-00/4/hop-by-hop',
      'http-timeout-00/4/grammar',
      'http-timeout-00/4/integer-seconds',
      'http-timeout-00/4.2/can-apply',
    ],
    requirement: 'A Connection-Timeout on a 101 is one number of seconds, and is named in Connection.',
    run: async (tester) => {
      const { answer } = await tester.handshake(tester.request());
      const head = acceptanceOf(answer);
      if (head === undefined) throw new Inconclusive(`the server did not accept: ${describeAnswer(answer)}`);
      const told = judgeConnectionTimeout(tester, head.fields, 'the response that accepts');
      if (told === undefined) return;
      const allowed = 'clients fail at a Connection that is not "Upgrade" alone, by readings R-503 and R-3027';
      tester.note('http-timeout-00/4.2/can-apply', 'told-on-101', `a 101 with ${connectionName}: ${told}`, allowed);
    },
  },
  {
    id: 'timeouts/kept',
    title: 'An idle connection of ordinary HTTP',
    clauses: [
      'http-timeout-00/4/kept-as-long-as-said',
      'http-timeout-00/4/minimum-idle-time',
      'http-timeout-00/4/idle',
      'http-timeout-00/4/may-keep-longer',
      'http-timeout-00/5/may-close-sooner',
    ],
    requirement: 'The server tries to keep an idle connection for as long as its Connection-Timeout says.',
    run: keptOverHttp,
  },
  {
    id: 'timeouts/kept-upgraded',
    title: 'An idle WebSocket connection',
    clauses: ['http-timeout-00/4.2/can-apply', 'http-timeout-00/4.2/may-assume'],
    requirement: 'What the server does about an idle WebSocket connection is recorded.',
    run: keptOverWebSocket,
  },
  {
    id: 'timeouts/answer-time',
    title: 'A request that is wanted within a second',
    clauses: [
      'http-timeout-00/3/server-interprets',
      'http-timeout-00/3/server-may-lower',
      'http-timeout-00/3/server-may-be-late',
    ],
    requirement: 'Whether a request with Request-Timeout: 1 is answered in time is recorded.',
    run: answeredInTime,
  },
  ...rightAskings.map(([name, what, change]): ConformanceCase => ({
    id: `timeouts/asked-${name}`,
    title: `Accepts ${what}`,
    clauses: [
      'draft-06/5.2.1/unknown-headers-ignored',
      'http-timeout-00/4/either-host',
      'http-timeout-00/3/client-adds',
    ],
    requirement: `A server that does not know the header fields ignores them: it accepts an opening handshake with ${what}.`,
    run: async (tester) => {
      const request = tester.request();
      const asked = { ...request, fields: change(request) };
      const clause = 'draft-06/5.2.1/unknown-headers-ignored';
      const shaken = await tester.handshake(asked);
      if (acceptanceOf(shaken.answer) === undefined) await assertTakesLists(tester);
      await judgeAllowed(tester, shaken, { clause, what: `an opening handshake with ${what}` });
    },
  })),
  ...openAskings.map(([name, what, change]): ConformanceCase => ({
    id: `timeouts/asked-${name}`,
    title: `Observes ${what}`,
    clauses: ['http-timeout-00/3/timeout-value', 'http-timeout-00/4/connection-token'],
    requirement: `What the server does about an opening handshake with ${what} is recorded.`,
    run: async (tester) => {
      const request = tester.request();
      const asked = { ...request, fields: change(request) };
      const allowed = 'a host may ignore or refuse it by reading R-3032';
      const told = `an opening handshake with ${what}`;
      const question = { clause: 'http-timeout-00/3/timeout-value', what: told, allowed } as const;
      await observeOpen(tester, await tester.handshake(asked), question);
    },
  })),
];
