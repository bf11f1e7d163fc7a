import { bytesFromLatin1, latin1FromBytes } from '../../model/bytes.js';
import { encodeUtf8 } from '../../model/utf8.js';
import { headerNames } from '../../spec/wire.js';
import type { ConformanceCase } from '../verifier/case.js';
import type { Randomness } from '../verifier/randomness.js';
import { describeAnswer, Inconclusive, type Tester } from '../verifier/tester.js';
import { asking } from './asked-readings.js';
import { bytesOfLines, linesOf, withField } from './head-lines.js';
import {
  acceptanceOf,
  checkAccept,
  judgeAllowed,
  judgeForbidden,
  keyOf,
  observeAcceptance,
  observeOpen,
} from './handshake-judge.js';

const noncesOf = (key: string): Uint8Array => bytesFromLatin1(atob(key));

/** Nonces, by what is special about them, and how they are found. */
const nonces: readonly (readonly [
  name: string,
  what: string,
  nonces: (random: Randomness) => readonly Uint8Array[],
])[] = [
  ['accept-of-sample', 'the nonce "the sample nonce" of the text', () => [encodeUtf8('the sample nonce')]],
  ['accept-of-zeros', 'a nonce of zeros', () => [new Uint8Array(16)]],
  ['accept-of-ones', 'a nonce of 0xFF', () => [new Uint8Array(16).fill(0xff)]],
  ['accept-of-plus-and-slash', 'a key with plus signs and slashes', () => [noncesOf('+/+/+/+/+/+/+/+/+/+/+w==')]],
  ['accept-of-random', 'each of twenty random nonces', (random) => Array.from({ length: 20 }, () => random.bytes(16))],
];

/** Accepts, with the Accept of these nonces. */
async function checkNonces(tester: Tester, list: readonly Uint8Array[]): Promise<void> {
  for (const nonce of list) {
    const request = tester.request({ nonce });
    const { conversation, answer } = await tester.handshake(request);
    const head = acceptanceOf(answer);
    if (head === undefined) throw new Inconclusive(`the server did not accept: ${describeAnswer(answer)}`);
    checkAccept(tester, head, keyOf(request));
    conversation.destroy();
  }
}

const inBase64 = (length: number): string => btoa(latin1FromBytes(new Uint8Array(length).fill(0x5a)));

/** Keys that do not decode to 16 bytes: section 5.2.1 describes another key, 5.2.2 says that nobody need look. */
const badKeys: readonly (readonly [name: string, what: string, key: string])[] = [
  ...[0, 1, 15, 17, 32].map(
    (length) => [`key-of-${length}-bytes`, `a key of ${length} bytes`, inBase64(length)] as const,
  ),
  ['key-not-base64', 'a key that is not base64', 'not base64, not at all!!'],
  ['key-without-padding', 'a key without its padding', inBase64(16).replaceAll('=', '')],
  ['key-in-base64url', 'a key in the alphabet for URLs', '-_-_-_-_-_-_-_-_-_-_-w=='],
  ['key-with-blank', 'a key with a blank in it', inBase64(16).replace(/^.{8}/, '$& ')],
];

/** Bits that the last character has to spare are set here; section 5.1 of the text itself shows such a key. */
const keyWithSpareBits = 'AQIDBAUGBwgJCgsMDQ4PEC==';

export const handshakeKeyCases: readonly ConformanceCase[] = [
  ...nonces.map(([name, what, choose]): ConformanceCase => ({
    id: `handshake/${name}`,
    title: `Accept for ${what}`,
    clauses: ['draft-06/5.2.2/accept', 'draft-06/5.2.2/accept-present', 'draft-06/5.2.2/key-used-as-sent'],
    requirement: `The response that accepts has the Sec-WebSocket-Accept that belongs to ${what}.`,
    run: (tester) => checkNonces(tester, choose(tester.randomness)),
  })),
  {
    id: 'handshake/accept-of-key-with-blanks',
    title: 'Accept for a key with blanks around it',
    clauses: ['draft-06/5.2.2/accept', 'draft-06/5.2.2/accept-present', 'draft-06/5.2.1/parse-request'],
    requirement: 'Blanks around the value of Sec-WebSocket-Key are no part of it, and do not go into the Accept.',
    run: async (tester) => {
      const request = tester.request();
      const key = keyOf(request);
      const lines = linesOf(request).map((line) => line.replace(key, ` \t ${key} \t `));
      const head = await judgeAllowed(
        tester,
        await tester.handshake(bytesOfLines(lines)),
        {
          clause: 'draft-06/5.2.1/parse-request',
          what: 'a key with blanks around it',
          allowed: 'the server accepts this valid HTTP request; no sentence says that it must, so an advisory',
        },
        'advisory',
      );
      if (head !== undefined) checkAccept(tester, head, key);
    },
  },
  {
    id: 'handshake/accept-of-key-with-spare-bits',
    title: 'Accept for the key that section 5.1 shows',
    clauses: ['draft-06/5.2.2/key-used-as-sent', 'draft-06/5.2.2/accept', 'draft-06/5.2.1/key'],
    requirement: 'The Accept is made of the key as it was sent, not of one that was decoded and encoded again.',
    run: async (tester) => {
      const what = `the key ${keyWithSpareBits}, whose last character has bits to spare`;
      const shaken = await tester.handshake(withField(tester.request(), headerNames.key, keyWithSpareBits));
      const allowed = 'the text shows this key; a strict reader of base64 refuses it';
      const reading = asking('spareKeyBits', ['allow'], ['refuse']);
      const question = { clause: 'draft-06/5.2.1/key', what, allowed, reading } as const;
      const head = await judgeAllowed(tester, shaken, question, 'informational');
      if (head !== undefined) checkAccept(tester, head, keyWithSpareBits);
    },
  },
  {
    id: 'handshake/key-missing',
    title: 'Aborts: no key',
    clauses: ['draft-06/5.2.1/key', 'draft-06/5.2.1/abort-on-mismatch', 'draft-06/7.2.2/abort-is-close'],
    requirement: 'The server aborts the connection after a request without Sec-WebSocket-Key.',
    run: async (tester) => {
      const shaken = await tester.handshake(withField(tester.request(), headerNames.key));
      await judgeForbidden(tester, shaken, { clause: 'draft-06/5.2.1/key', what: 'a request without a key' });
    },
  },
  {
    id: 'handshake/key-twice',
    title: 'Observes: two keys',
    clauses: ['draft-06/5.2.1/key'],
    requirement: 'That the server accepts two Sec-WebSocket-Key header fields is recorded.',
    run: async (tester) => {
      const request = tester.request();
      const shaken = await tester.handshake(withField(request, headerNames.key, keyOf(request), inBase64(16)));
      const reading = asking('repeatedField', ['first'], ['values-agree', 'refuse']);
      const what = 'a request with two keys';
      await observeAcceptance(tester, shaken, { clause: 'draft-06/5.2.1/key', what, reading });
    },
  },
  ...badKeys.map(([name, what, key]): ConformanceCase => ({
    id: `handshake/${name}`,
    title: `Observes: ${what}`,
    clauses: ['draft-06/5.2.2/key-need-not-be-decoded'],
    requirement: `Section 5.2.1 has the server abort after ${what}, and 5.2.2 lets it take the key as it is: what it does is recorded.`,
    run: async (tester) => {
      const shaken = await tester.handshake(withField(tester.request(), headerNames.key, key));
      const allowed = 'reading R-502: "decode" has the server abort, "presence" has it accept';
      // Who accepts the other alphabet may know it, by reading R-535, or not look.
      const reading =
        name === 'key-in-base64url'
          ? asking('keyAlphabet', [], ['standard'])
          : asking('keyOfRequest', ['presence'], ['decode']);
      await observeOpen(tester, shaken, { clause: 'draft-06/5.2.2/key-need-not-be-decoded', what, allowed, reading });
    },
  })),
];
