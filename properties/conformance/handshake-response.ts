import { acceptOfKey } from '../../model/accept.js';
import { equalsIgnoringAsciiCase, fieldValues, type ResponseHead } from '../../model/http-head.js';
import { frameOf } from '../../model/frame.js';
import { headerNames } from '../../spec/wire.js';
import type { ConformanceCase } from '../verifier/case.js';
import { describeAnswer, type Handshake, Inconclusive, type Tester } from '../verifier/tester.js';
import { expectPong, longestQuiet, text } from './expectations.js';
import { acceptanceOf, checkAccept, keyOf } from './handshake-judge.js';
import { noteReading } from './reactions.js';

/** Accepts, or cannot tell. */
async function acceptance(tester: Tester): Promise<Handshake & { readonly head: ResponseHead; readonly key: string }> {
  const request = tester.request();
  const shaken = await tester.handshake(request);
  const head = acceptanceOf(shaken.answer);
  if (head !== undefined) return { ...shaken, head, key: keyOf(request) };
  throw new Inconclusive(`the server did not accept a right opening handshake: ${describeAnswer(shaken.answer)}`);
}

/** Upgrade and Connection of a 101: mandatory by RFC 2616 section 14.42, and a client fails without them (5.1). */
async function checkSwitch(
  tester: Tester,
  name: string,
  wanted: string,
  allowed: string,
  reading: 'upgradeOfResponse' | 'connectionOfResponse',
): Promise<void> {
  const clause = 'draft-06/5.2.2/valid-http-response';
  const { head } = await acceptance(tester);
  const values = fieldValues(head, name);
  const isWanted = (value: string): boolean => equalsIgnoringAsciiCase(value.trim(), wanted);
  const slug = name.toLowerCase();
  const observed = values.length === 0 ? `a response without ${name}` : `${name}: ${values.join(', ')}`;
  if (!values.flatMap((value) => value.split(',')).some(isWanted)) {
    tester.broken(clause, { code: values.length === 0 ? `no-${slug}` : `wrong-${slug}`, observed, allowed });
  } else if (!values.every(isWanted)) {
    noteReading(tester, clause, reading, 'token', observed);
  }
}

export const handshakeResponseCases: readonly ConformanceCase[] = [
  {
    id: 'handshake/right-request',
    title: 'A right opening handshake is answered',
    clauses: [
      'draft-06/5.2.1/parse-request',
      'draft-06/5.2.2/status-101',
      'draft-06/5.2.2/valid-http-response',
      'draft-06/5.2.2/established',
    ],
    requirement: 'To the usual opening handshake the server answers with a valid HTTP response, 101 when it accepts.',
    run: async (tester) => {
      const request = tester.request();
      const { answer } = await tester.handshake(request);
      const allowed = 'a response with the status code 101, or a refusal';
      const observed = describeAnswer(answer);
      if (answer.type === 'silence') {
        const clause = answer.received === 0 ? 'draft-06/5.2.1/parse-request' : 'draft-06/5.2.2/valid-http-response';
        tester.broken(clause, { code: 'no-answer', observed, allowed });
      } else if (answer.type === 'malformed') {
        const { code, offset } = answer.violation;
        tester.broken('draft-06/5.2.2/valid-http-response', { code, observed, allowed, offset });
      } else if (answer.type === 'response' && answer.head.status !== 101) {
        const proves = fieldValues(answer.head, headerNames.accept).includes(acceptOfKey(keyOf(request)));
        if (!proves) throw new Inconclusive(`the server refuses a right opening handshake: ${observed}`);
        const told = `${observed}, with the ${headerNames.accept} of an acceptance`;
        tester.broken('draft-06/5.2.2/status-101', { code: 'other-status', observed: told, allowed });
      } else if (answer.type !== 'response') {
        throw new Inconclusive(`the server refuses a right opening handshake: ${observed}`);
      }
    },
  },
  {
    id: 'handshake/response-upgrade',
    title: 'The response has Upgrade',
    clauses: ['draft-06/5.2.2/valid-http-response'],
    requirement:
      'The response that accepts names "websocket" in its Upgrade header field, as every 101 names a protocol.',
    run: (tester) =>
      checkSwitch(
        tester,
        headerNames.upgrade,
        'websocket',
        'Upgrade: websocket, in any ASCII case',
        'upgradeOfResponse',
      ),
  },
  {
    id: 'handshake/response-connection',
    title: 'The response has Connection',
    clauses: ['draft-06/5.2.2/valid-http-response'],
    requirement: 'The response that accepts has the token "Upgrade" in its Connection header field.',
    run: (tester) =>
      checkSwitch(
        tester,
        headerNames.connection,
        'upgrade',
        'Connection: Upgrade; others beside it by reading R-503',
        'connectionOfResponse',
      ),
  },
  {
    id: 'handshake/response-http-version',
    title: 'The response speaks HTTP/1.1',
    clauses: ['draft-06/5.2.2/valid-http-response'],
    requirement: 'The response that accepts is one of HTTP/1.1, because HTTP/1.0 has no status code 101.',
    run: async (tester) => {
      const { version } = (await acceptance(tester)).head;
      if (version.major === 1 && version.minor >= 1) return;
      const observed = `HTTP/${version.major}.${version.minor} 101`;
      noteReading(tester, 'draft-06/5.2.2/valid-http-response', 'httpVersionOfResponse', 'any', observed);
    },
  },
  {
    id: 'handshake/response-without-body',
    title: 'The response announces no body',
    clauses: ['draft-06/5.2.2/valid-http-response'],
    requirement:
      'The response that accepts ends with its header fields; length and transfer coding have no place in it.',
    run: async (tester) => {
      const { head } = await acceptance(tester);
      const told = ['Content-Length', 'Transfer-Encoding'].filter((name) => fieldValues(head, name).length > 0);
      if (told.length === 0) return;
      const allowed = 'RFC 2616 section 4.3 gives a 101 no body, but does not forbid these header fields';
      tester.note('draft-06/5.2.2/valid-http-response', 'body-announced', `a 101 with ${told.join(', ')}`, allowed);
    },
  },
  {
    id: 'handshake/nothing-but-frames',
    title: 'Only frames follow the response',
    clauses: ['draft-06/5.2.2/handshake-complete', 'draft-06/4.1/server-frames-clear'],
    requirement: 'Whatever the server sends behind the response that accepts is frames.',
    run: async (tester) => {
      const { conversation } = await acceptance(tester);
      // Silence is right here, and comes in the end also where an answer is waited for without one.
      const limit = Math.min(conversation.timeout, longestQuiet);
      // The conversation itself holds what comes against the rules of framing.
      for (let count = 0; count < 100; count++) if ((await conversation.next(limit)).type !== 'frame') return;
    },
  },
  {
    id: 'handshake/established',
    title: 'The connection works right after the response',
    clauses: ['draft-06/5.2.2/established', 'draft-06/4.5.2/ping-answered', 'draft-06/4.5.2/pong-echoes-body'],
    requirement: 'A Ping that is sent as soon as the response has come is answered.',
    run: async (tester) => {
      const { conversation } = await acceptance(tester);
      const body = text('first');
      conversation.sendFrame(frameOf('ping', body));
      await expectPong(tester, conversation, body);
    },
  },
  {
    id: 'handshake/second-connection',
    title: 'A second connection beside an open one',
    clauses: ['draft-06/5.2.2/accept', 'draft-06/5.2.2/accept-present', 'draft-06/4.5.2/ping-answered'],
    requirement: 'Two connections have each the Accept of its own key, and both work.',
    run: async (tester) => {
      const first = await acceptance(tester);
      const second = await acceptance(tester);
      for (const { head, key } of [first, second]) checkAccept(tester, head, key);
      for (const [name, { conversation }] of Object.entries({ first, second })) {
        conversation.sendFrame(frameOf('ping', text(name)));
        await expectPong(tester, conversation, text(name));
      }
    },
  },
];
