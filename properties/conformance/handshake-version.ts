import { fieldValues } from '../../model/http-head.js';
import { headerNames, protocolVersion } from '../../spec/wire.js';
import type { ConformanceCase } from '../verifier/case.js';
import { describeAnswer } from '../verifier/tester.js';
import { asking, clauseToBlame } from './asked-readings.js';
import { bytesOfLines, linesOf, withField } from './head-lines.js';
import {
  acceptanceOf,
  assertAcceptsUsual,
  judgeAllowed,
  judgeForbidden,
  observeAcceptance,
} from './handshake-judge.js';
import { noteReading, noteUnusual } from './reactions.js';

/**
 * Versions of the protocol that existed, before and after. A server may understand several: 5.2.2 makes it abort only
 * where it does not, so that to accept is not wrong.
 */
const siblingVersions = ['0', '1', '4', '5', '7', '8', '13'] as const;

/** Values of Sec-WebSocket-Version that are no version of the protocol, by the name of their case. */
const noVersions: readonly (readonly [name: string, value: string])[] = [
  ...['66', '255'].map((value) => [value, value] as const),
  ['as-word', 'six'],
  ['quoted', '"6"'],
  ['empty', ''],
];

/** Other spellings of the number. The draft gives the value no grammar, so that they are open. */
const otherSpellings = ['06', '6.0', '+6'] as const;

const otherVersions = asking('otherVersions', ['may'], ['may', 'abort']);

/** The forms of the version that reading R-541 tells apart, by the name of their case. */
const versionForms = new Map([
  ['version-spelled-06', asking('versionForm', ['number'], ['text', 'list'])],
  ['version-list', asking('versionForm', ['list'], ['text', 'number'])],
]);

/** A version that nobody understands. */
const unknownVersion = '255';

export const handshakeVersionCases: readonly ConformanceCase[] = [
  {
    id: 'handshake/version-missing',
    title: 'Aborts: no version',
    clauses: ['draft-06/5.2.1/version', 'draft-06/5.2.1/abort-on-mismatch', 'draft-06/7.2.2/abort-is-close'],
    requirement: 'The server aborts the connection after a request without Sec-WebSocket-Version.',
    run: async (tester) => {
      const shaken = await tester.handshake(withField(tester.request(), headerNames.version));
      const question = { clause: 'draft-06/5.2.1/version', what: 'a request without a version' } as const;
      const accepted = acceptanceOf(shaken.answer);
      // The protocol before the drafts had no version; its 101 has no Sec-WebSocket-Accept and accepts nothing here.
      if (accepted !== undefined && fieldValues(accepted, headerNames.accept).length === 0) {
        tester.note(question.clause, 'older-protocol', 'a 101 of an older protocol, without Sec-WebSocket-Accept');
      } else {
        await judgeForbidden(tester, shaken, question);
      }
    },
  },
  ...siblingVersions.map((value): ConformanceCase => ({
    id: `handshake/version-${value}`,
    title: `Observes: version ${value}`,
    clauses: ['draft-06/5.2.2/version-not-understood'],
    requirement: `The server aborts a connection of version ${value} unless it understands that version too.`,
    run: async (tester) => {
      const shaken = await tester.handshake(withField(tester.request(), headerNames.version, value));
      const question = {
        clause: 'draft-06/5.2.2/version-not-understood',
        what: `version ${value}`,
        reading: otherVersions,
      } as const;
      // Some versions have more bytes behind the head, which a server that understands them waits for.
      const { answer } = shaken;
      if (answer.type === 'silence') tester.note(question.clause, 'waits', `no response yet to ${question.what}`);
      else if (acceptanceOf(answer) !== undefined) await observeAcceptance(tester, shaken, question);
      // What it does not accept it has to abort, as any other request.
      else await judgeForbidden(tester, shaken, question);
    },
  })),
  ...noVersions.map(([name, value]): ConformanceCase => ({
    id: `handshake/version-${name}`,
    title: `Aborts: version ${JSON.stringify(value)}`,
    clauses: [
      'draft-06/5.2.2/version-not-understood',
      'draft-06/5.2.1/version',
      'draft-06/5.2.1/abort-on-mismatch',
      'draft-06/7.2.2/abort-is-close',
    ],
    requirement: `The server aborts the connection when Sec-WebSocket-Version is ${JSON.stringify(value)} and not 6.`,
    run: async (tester) => {
      const shaken = await tester.handshake(withField(tester.request(), headerNames.version, value));
      const what = `a request of version ${JSON.stringify(value)}`;
      await judgeForbidden(tester, shaken, { clause: 'draft-06/5.2.2/version-not-understood', what });
    },
  })),
  {
    id: 'handshake/version-with-blanks',
    title: 'Accepts: blanks around the version',
    clauses: ['draft-06/5.2.1/parse-request'],
    requirement: 'Blanks around the value of Sec-WebSocket-Version are no part of it.',
    run: async (tester) => {
      const line = `${headerNames.version}: \t ${protocolVersion} \t `;
      const lines = linesOf(withField(tester.request(), headerNames.version));
      const what = 'a version with blanks around it';
      const allowed = 'the server accepts this valid HTTP request; no sentence says that it must, so an advisory';
      const shaken = await tester.handshake(bytesOfLines([...lines, line]));
      await judgeAllowed(tester, shaken, { clause: 'draft-06/5.2.1/parse-request', what, allowed }, 'advisory');
    },
  },
  ...(
    [
      ...otherSpellings.map(
        (value) =>
          [
            `version-spelled-${value.replace('+', 'plus-').replace('.', '-')}`,
            `the version ${value}`,
            [value],
          ] as const,
      ),
      ['version-twice', 'the version 6 twice', [protocolVersion, protocolVersion]],
      ['version-beside-another', 'the version 6 and the version 8', [protocolVersion, '8']],
      ['version-list', 'the versions 8 and 6 in one header field', ['8, 6']],
    ] as const
  ).map(([name, what, values]): ConformanceCase => ({
    id: `handshake/${name}`,
    title: `Observes: ${what}`,
    clauses: ['draft-06/5.2.1/version'],
    requirement: `That the server accepts ${what} is recorded.`,
    run: async (tester) => {
      const shaken = await tester.handshake(withField(tester.request(), headerNames.version, ...values));
      const reading = versionForms.get(name);
      const question = { clause: 'draft-06/5.2.1/version', what } as const;
      await observeAcceptance(tester, shaken, reading === undefined ? question : { ...question, reading });
    },
  })),
  {
    id: 'handshake/version-response',
    title: 'How an unknown version is refused',
    clauses: ['draft-06/5.2.2/version-response', 'draft-06/5.2.2/version-not-understood'],
    requirement:
      'With the refusal of a version the server may name those it understands, with a status other than 200.',
    run: async (tester) => {
      const { answer } = await tester.handshake(withField(tester.request(), headerNames.version, unknownVersion));
      // That it refuses is for the cases above.
      if (acceptanceOf(answer) !== undefined) return;
      await assertAcceptsUsual(tester);
      const clause = 'draft-06/5.2.2/version-response';
      const named = answer.type === 'response' ? fieldValues(answer.head, headerNames.version) : [];
      const observed = `${describeAnswer(answer)}, and ${named.length === 0 ? 'no version named' : `${headerNames.version}: ${named.join(', ')}`}`;
      const isOk = answer.type === 'response' && answer.head.status === 200;
      if (answer.type === 'response') {
        const { status } = answer.head;
        const fits = status === 400 ? (['any-error', 'only-400'] as const) : 'any-error';
        noteUnusual(tester, clauseToBlame(tester, clause, 'refusalStatus'), 'refusalStatus', fits, observed);
        const naming = named.length > 0 ? 'in-refusals' : (['in-refusals', 'never'] as const);
        noteUnusual(tester, clauseToBlame(tester, clause, 'versionInRefusal'), 'versionInRefusal', naming, observed);
      }
      if (named.length === 0) tester.note(clause, 'no-version-named', observed, 'the server may name its versions');
      else if (isOk) tester.note(clause, 'version-response-200', observed, 'a status code other than 200');
      else if (named.flatMap((value) => value.split(',')).some((one) => one.trim() === protocolVersion)) {
        tester.note(clause, 'version-named', observed, 'the server may name its versions');
      } else tester.note(clause, 'other-version-named', observed, `the server accepts ${protocolVersion}, so this too`);
    },
  },
  {
    id: 'handshake/manner-of-abort',
    title: 'How the server aborts',
    clauses: ['draft-06/5.2.2/version-response'],
    requirement: 'Whether the server sends an HTTP response before it closes is recorded.',
    run: async (tester) => {
      const { answer } = await tester.handshake(withField(tester.request(), headerNames.version));
      if (acceptanceOf(answer) !== undefined) return;
      await assertAcceptsUsual(tester);
      const isTold = answer.type === 'response';
      const observed = `${describeAnswer(answer)} to a request without a version`;
      const clause = clauseToBlame(tester, 'draft-06/5.2.2/version-response', 'abortResponse');
      noteReading(tester, clause, 'abortResponse', isTold ? 'answer' : 'silent', observed);
    },
  },
  {
    id: 'handshake/after-refusal',
    title: 'A right opening handshake after a wrong one',
    clauses: ['draft-06/5.2.1/parse-request'],
    requirement: 'That one connection was refused does not keep the server from accepting the next.',
    run: async (tester) => {
      await assertAcceptsUsual(tester);
      await tester.handshake(withField(tester.request(), headerNames.version, unknownVersion));
      const { answer } = await tester.handshake(tester.request());
      if (acceptanceOf(answer) !== undefined) return;
      const observed = `${describeAnswer(answer)} to a right opening handshake, after one that was wrong`;
      tester.note('draft-06/5.2.1/parse-request', 'refused-after-refusal', observed, 'the server accepts as before');
    },
  },
];
