import { parseTokenOrQuotedList, quoteIfNeeded } from '../../model/header-list.js';
import { fieldValues, type ResponseHead } from '../../model/http-head.js';
import type { ClauseId } from '../../spec/clauses.js';
import { headerNames } from '../../spec/wire.js';
import type { ConformanceCase } from '../verifier/case.js';
import type { HeadEvent } from '../verifier/conversation.js';
import { describeAnswer, type Tester } from '../verifier/tester.js';
import { bytesOfLines, withField } from './head-lines.js';
import { acceptanceOf, assertAcceptsUsual } from './handshake-judge.js';
import { noteEmptyList } from './handshake-subprotocol.js';
import { blame } from './further-layout.js';

/** The registered header fields, with the clause that keeps each inside the opening handshake. */
const reserved = [
  [headerNames.key, 'draft-06/10.4/not-elsewhere'],
  [headerNames.extensions, 'draft-06/10.5/not-elsewhere'],
  [headerNames.accept, 'draft-06/10.6/not-elsewhere'],
  [headerNames.origin, 'draft-06/10.7/not-elsewhere'],
  [headerNames.subprotocol, 'draft-06/10.8/not-elsewhere'],
  [headerNames.version, 'draft-06/10.9/not-elsewhere'],
] as const;

const has = (response: ResponseHead, name: string): boolean => fieldValues(response, name).length > 0;

const responseOf = (answer: HeadEvent): ResponseHead | undefined =>
  answer.type === 'response' ? answer.head : undefined;

const elsewhere: ConformanceCase = {
  id: 'headers/not-in-plain-http',
  title: 'The answer to plain HTTP has none of the header fields of the opening handshake',
  clauses: [
    'draft-06/10.4/not-elsewhere',
    'draft-06/10.5/not-elsewhere',
    'draft-06/10.6/not-elsewhere',
    'draft-06/10.7/not-elsewhere',
    'draft-06/10.8/not-elsewhere',
    // A refusal may name the versions that are understood (5.2.2), and this may be taken for one: it goes on record.
    'draft-06/10.9/not-elsewhere',
  ],
  requirement: 'They are reserved, and not used outside the opening handshake.',
  run: async (tester) => {
    const lines = [
      `GET ${tester.target.uri.resourceName} HTTP/1.1`,
      `Host: ${tester.target.uri.host}`,
      'Connection: close',
    ];
    const { answer } = await tester.handshake(bytesOfLines(lines));
    const response = responseOf(answer);
    if (response === undefined) return;
    for (const [name, clause] of reserved) {
      if (!has(response, name)) continue;
      const observed = `${describeAnswer(answer)} with ${name} to plain HTTP`;
      const words = { code: 'used-elsewhere', observed, allowed: `no ${name}` };
      tester.broken(clause, words, name === headerNames.version ? 'informational' : undefined);
    }
  },
};

/** The response that accepts, by what it has of each header field. */
function acceptingCase(
  name: string,
  title: string,
  clauses: readonly [ClauseId, ...ClauseId[]],
  check: (tester: Tester, response: ResponseHead) => void,
): ConformanceCase {
  return {
    id: `headers/${name}`,
    title,
    clauses,
    requirement: 'The header field is used as its registration says.',
    run: async (tester) => {
      const { answer } = await tester.handshake(withField(tester.request(), headerNames.subprotocol));
      const response = acceptanceOf(answer);
      if (response !== undefined) check(tester, response);
      else await assertAcceptsUsual(tester);
    },
  };
}

const acceptance = acceptingCase(
  'accept-in-response',
  'The response that accepts has Sec-WebSocket-Accept',
  ['draft-06/10.6/in-handshake', 'draft-06/10.6/from-server', 'draft-06/5.2.2/steps-completed'],
  (tester, response) => {
    if (has(response, headerNames.accept)) return;
    blame(tester, acceptance.clauses, 'no-accept', 'a response without Sec-WebSocket-Accept', 'Sec-WebSocket-Accept');
  },
);

const steps = acceptingCase(
  'steps-of-the-server',
  'A response that accepts has every part that the steps demand',
  ['draft-06/5.2.2/steps-completed'],
  (tester, response) => {
    const missing = [headerNames.accept, headerNames.upgrade, headerNames.connection].filter(
      (name) => !has(response, name),
    );
    if (missing.length === 0) return;
    blame(tester, steps.clauses, 'part-missing', `a response without ${missing.join(', ')}`, 'every part');
  },
);

const directions = acceptingCase(
  'directions',
  'The server sends back no extension and no subprotocol that the client did not name first',
  [
    'draft-06/10.5/from-both',
    'draft-06/10.5/in-handshake',
    'draft-06/10.8/from-both',
    'draft-06/10.8/confirms-subprotocol',
  ],
  (tester, response) => {
    if (has(response, headerNames.extensions)) {
      const clauses = ['draft-06/10.5/from-both', 'draft-06/10.5/in-handshake'] as const;
      blame(tester, clauses, 'extension-first', 'extensions that nobody requested', 'none');
    }
    if (has(response, headerNames.subprotocol)) {
      const clauses = ['draft-06/10.8/from-both', 'draft-06/10.8/confirms-subprotocol'] as const;
      blame(tester, clauses, 'subprotocol-first', 'a subprotocol that nobody asked for', 'none');
    }
  },
);

/** Sec-WebSocket-Accept says that the server is willing; where it is not, it says no such thing. */
const willing: ConformanceCase = {
  id: 'headers/accept-only-when-willing',
  title: 'A refusal has no Sec-WebSocket-Accept, and a version that does not exist is refused',
  clauses: [
    'draft-06/10.6/confirms-will',
    'draft-06/10.9/in-handshake',
    'draft-06/10.9/indicates-version',
    'draft-06/10.9/lets-server-close',
  ],
  requirement: 'By Sec-WebSocket-Version the server knows that it must not go on, and it does not say that it will.',
  run: async (tester) => {
    const { answer } = await tester.handshake(withField(tester.request(), headerNames.version, '255'));
    if (acceptanceOf(answer) !== undefined) {
      blame(
        tester,
        willing.clauses.slice(1),
        'accepted',
        'the server accepted the version 255',
        'the connection is closed',
      );
      return;
    }
    await assertAcceptsUsual(tester);
    const response = responseOf(answer);
    if (response === undefined || !has(response, headerNames.accept)) return;
    const observed = `${describeAnswer(answer)} with Sec-WebSocket-Accept`;
    blame(tester, ['draft-06/10.6/confirms-will'], 'accept-in-refusal', observed, 'no Sec-WebSocket-Accept');
  },
};

/** The key proves that the server read this very opening handshake, and keeps those out who have none. */
const key: ConformanceCase = {
  id: 'headers/key-proves-receipt',
  title: 'Two keys get two answers, and an Upgrade without a key gets none',
  clauses: ['draft-06/10.4/proves-receipt', 'draft-06/10.4/keeps-others-out', 'draft-06/10.4/in-handshake'],
  requirement: 'Sec-WebSocket-Accept depends on Sec-WebSocket-Key; a request without it is not accepted.',
  run: async (tester) => {
    const accepts: string[] = [];
    for (let round = 0; round < 2; round++) {
      const head = acceptanceOf((await tester.handshake(tester.request())).answer);
      if (head === undefined) return;
      accepts.push(fieldValues(head, headerNames.accept).join(', '));
    }
    if (accepts[0] === accepts[1]) {
      blame(tester, ['draft-06/10.4/proves-receipt'], 'same-accept', `twice ${accepts[0] ?? ''}`, 'one for each key');
    }
    const { answer } = await tester.handshake(withField(tester.request(), headerNames.key));
    if (acceptanceOf(answer) === undefined) return;
    blame(tester, key.clauses.slice(1), 'accepted-without-key', 'accepted without a key', 'the connection is aborted');
  },
};

/** What a server says of the origin of a script is a confirmation of it. */
const origin: ConformanceCase = {
  id: 'headers/origin-confirmed',
  title: 'What the server says of the origin, to one origin and to another',
  clauses: [
    'draft-06/10.7/in-handshake',
    'draft-06/10.7/from-server',
    'draft-06/9/verify-origin',
    'draft-06/9/answer-accepted-origin-only',
    'draft-06/9/single-origin-sent-back',
  ],
  requirement: 'A refusal confirms no origin; what an acceptance confirms, and whether origins matter, goes on record.',
  run: async (tester) => {
    const own = tester.target.origin ?? 'http://hybi-spec.example';
    for (const sent of [own, 'http://elsewhere.hybi-spec.example']) {
      const { answer } = await tester.handshake(withField(tester.request(), headerNames.origin, sent));
      const response = responseOf(answer);
      if (response === undefined) continue;
      const confirmed = fieldValues(response, headerNames.origin).join(', ');
      const isAccepted = response.status === 101;
      if (sent !== own)
        tester.note('draft-06/9/verify-origin', isAccepted ? 'any-origin' : 'verified', describeAnswer(answer));
      if (confirmed === '') continue;
      const observed = `${describeAnswer(answer)} with ${headerNames.origin}: ${confirmed} to ${sent}`;
      if (!isAccepted) {
        const clauses = ['draft-06/9/answer-accepted-origin-only', 'draft-06/10.7/from-server'] as const;
        blame(tester, clauses, 'refused-origin-confirmed', observed, 'no origin in a refusal');
      } else if (confirmed !== sent) {
        tester.note('draft-06/9/single-origin-sent-back', 'other-origin', observed);
        tester.note('draft-06/10.7/in-handshake', 'other-origin', observed);
      }
    }
  },
};

/** Sec-WebSocket-Protocol in the response is the one subprotocol that the server is ready to use. */
const subprotocol: ConformanceCase = {
  id: 'headers/subprotocol-of-the-server',
  title: 'Of two subprotocols the response names one, or none',
  clauses: ['draft-06/5.2.2/subprotocol-meaning', 'draft-06/5.2.2/subprotocol-sent', 'draft-06/10.8/in-handshake'],
  requirement: 'The server names a subprotocol that the client named, if any; that it does goes on record.',
  run: async (tester) => {
    const offered = [...tester.target.subprotocols, 'hybi-spec.example', 'other.hybi-spec.example'].slice(0, 2);
    const request = withField(tester.request(), headerNames.subprotocol, offered.map(quoteIfNeeded).join(', '));
    const response = acceptanceOf((await tester.handshake(request)).answer);
    if (response === undefined) {
      await assertAcceptsUsual(tester);
      return;
    }
    const values = fieldValues(response, headerNames.subprotocol);
    if (values.length === 0 || noteEmptyList(tester, response)) return;
    const [name, more] = parseTokenOrQuotedList(values) ?? [];
    const observed = `${headerNames.subprotocol}: ${values.join(', ')}`;
    if (name !== undefined && more === undefined && offered.includes(name)) {
      tester.note('draft-06/5.2.2/subprotocol-sent', 'sent', observed);
    } else {
      const clauses = ['draft-06/5.2.2/subprotocol-meaning', 'draft-06/10.8/in-handshake'] as const;
      blame(tester, clauses, 'other-subprotocol', observed, `one of ${offered.join(', ')}, or none`);
    }
  },
};

export const furtherHeaderCases: readonly ConformanceCase[] = [
  elsewhere,
  acceptance,
  steps,
  directions,
  willing,
  key,
  origin,
  subprotocol,
];
