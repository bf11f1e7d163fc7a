import { noBytes } from '../../model/bytes.js';
import { type Frame, frameOf, maxControlPayloadUnder } from '../../model/frame.js';
import { maxControlPayload, opcodes } from '../../spec/wire.js';
import type { SharedCase, SharedTester } from '../verifier/case.js';
import type { Conversation, PeerEvent } from '../verifier/conversation.js';
import { letters } from './echo-case.js';
import { describeEvent, expectPong, isFrameOf, judgePong, sameBytes, text, until } from './expectations.js';
import { expectPongs } from './pongs.js';
import { describeWatched, enforceReading, noteUnusual, watchReaction } from './reactions.js';

const pingClauses = [
  'draft-06/4.5.2/ping-answered',
  'draft-06/4.5.2/pong-echoes-body',
  'draft-06/4.5.3/ping-answered',
  'draft-06/4.5.3/pong-echoes-body',
  'draft-06/4.5.3/pong-opcode',
] as const;

const bodies: readonly { readonly name: string; readonly title: string; readonly body: Uint8Array }[] = [
  ...[0, 1, 2, maxControlPayload - 1, maxControlPayload].map((length) => ({
    name: `of-${length}`,
    title: length === 1 ? '1 byte' : `${length} bytes`,
    body: letters(length),
  })),
  { name: 'not-utf-8', title: 'bytes that are not UTF-8', body: Uint8Array.of(0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0) },
  { name: 'all-zeros', title: '20 zeros', body: new Uint8Array(20) },
  {
    name: 'high-bytes',
    title: 'the bytes from 80 to fb',
    body: Uint8Array.from({ length: 124 }, (_, at) => 0x80 + at),
  },
];

const bodyCases = bodies.map(({ name, title, body }): SharedCase => ({
  id: `control/ping-${name}`,
  title: `A Ping with a body of ${title}`,
  clauses: [
    ...pingClauses,
    'draft-06/4.5/control-at-most-125',
    'draft-06/4.5/control-not-fragmented',
    'draft-06/4.4/control-not-fragmented',
  ],
  requirement: 'A Pong with the same body comes.',
  run: async (tester) => {
    const conversation = await tester.establish();
    conversation.sendFrame(frameOf('ping', body));
    if (body.length <= maxControlPayloadUnder('frame')) await expectPong(tester, conversation, body);
    else await expectLongPong(tester, conversation, body);
  },
}));

/** Reading R-461: the header may count, so that a longer body makes a frame that is too long. */
async function expectLongPong(tester: SharedTester, conversation: Conversation, body: Uint8Array): Promise<void> {
  const clause = 'draft-06/4.5/control-at-most-125';
  let refusal: PeerEvent | undefined;
  const event = await until(conversation, (candidate) => {
    if (isFrameOf(candidate, opcodes.close)) refusal = candidate;
    return refusal !== undefined || isFrameOf(candidate, opcodes.pong);
  });
  const hasEnded = event.type === 'ended' || event.type === 'lost';
  const observed = `${describeEvent(event, conversation.peer)} after a Ping of ${body.length} bytes`;
  if (refusal !== undefined || (hasEnded && !conversation.hasViolation())) {
    noteUnusual(tester, clause, 'controlLimit', 'frame', observed);
  } else if (judgePong(tester, conversation, event, body)) {
    enforceReading(tester, clause, 'controlLimit', 'payload', observed);
  }
}

const numbered = (count: number): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, at) => text(`Ping ${at + 1} of ${count}`));

const onePongEach: SharedCase = {
  id: 'control/one-pong-for-a-ping',
  title: 'Five Pings, each sent when the one before has been answered',
  clauses: [...pingClauses, 'draft-06/4.5.3/pong-only-for-latest-ping'],
  requirement: 'One Pong comes for each, and no second one.',
  run: async (tester) => {
    const conversation = await tester.establish();
    const all = numbered(5);
    for (const [at, body] of all.entries()) {
      conversation.sendFrame(frameOf('ping', body));
      const { held } = await expectPongs(tester, conversation, all.slice(0, at + 1), at);
      if (!held) return;
    }
  },
};

/** Pings that are all there before the first can have been answered. */
const severalPings = (name: string, count: number, together: boolean): SharedCase => ({
  id: `control/${name}`,
  title: `${count} Pings ${together ? 'in one chunk' : 'one behind the other'}`,
  clauses: [
    'draft-06/4.5.2/ping-answered',
    'draft-06/4.5.3/pong-only-for-latest-ping',
    'draft-06/4.5.2/pong-echoes-body',
  ],
  requirement: 'The last is answered; Pongs for those before it may be missing, but keep the order.',
  run: async (tester) => {
    const conversation = await tester.establish();
    const all = numbered(count);
    const frames = all.map((body) => frameOf('ping', body));
    if (together) conversation.sendBytes(conversation.bytesOf(frames), `${count} Pings`);
    else for (const frame of frames) conversation.sendFrame(frame);
    const { held, answered } = await expectPongs(tester, conversation, all);
    if (!held) return;
    // One more, so that Pongs that come too late show.
    const late = text('and a last one');
    conversation.sendFrame(frameOf('ping', late));
    await expectPongs(tester, conversation, [...all, late], count);
    if (answered.length === count) return;
    tester.note(
      'draft-06/4.5.3/pong-only-for-latest-ping',
      'pings-skipped',
      `${answered.length} of ${count} Pings were answered, the last among them`,
      'a Pong for each, or for the most recent only',
    );
  },
});

const insideMessage: SharedCase = {
  id: 'control/ping-inside-message',
  title: 'A Ping behind the first fragment of a message, whose last fragment waits',
  clauses: ['draft-06/4.5.2/ping-answered', 'draft-06/4.5.2/ping-answered-soon', 'draft-06/4.5.3/ping-answered-soon'],
  requirement: 'The Pong should come before the message has ended, and has to come at all.',
  run: async (tester) => {
    const conversation = await tester.establish();
    const body = text('in between');
    conversation.sendFrame(frameOf('text', text('first, '), false));
    conversation.sendFrame(frameOf('ping', body));
    const event = await until(conversation, (candidate) => isFrameOf(candidate, opcodes.pong));
    if (event.type === 'frame') return;
    conversation.sendFrame(frameOf('continuation', text('last')));
    if (!(await expectPong(tester, conversation, body))) return;
    tester.broken('draft-06/4.5.2/ping-answered-soon', {
      code: 'pong-waits',
      observed: `${describeEvent(event, conversation.peer)} until the message had ended; then the Pong came`,
      allowed: 'a Pong as soon as is practical',
    });
  },
};

const pingThenClose: SharedCase = {
  id: 'control/ping-then-close',
  title: 'A Ping and a Close in one chunk',
  clauses: ['draft-06/4.5.2/ping-answered', 'draft-06/4.5.2/pong-echoes-body'],
  requirement: 'The Ping came first, so it is answered although a Close follows.',
  run: async (tester) => {
    const conversation = await tester.establish();
    const body = text('before the Close');
    conversation.sendBytes(conversation.bytesOf([frameOf('ping', body), frameOf('close')]), 'a Ping and a Close');
    await expectPong(tester, conversation, body);
  },
};

/** Pongs that no Ping asked for. Section 4.5.3 has no room for them, and no word on what a receiver does. */
const unasked: readonly { readonly name: string; readonly title: string; readonly frames: readonly Frame[] }[] = [
  { name: 'empty', title: 'an empty Pong', frames: [frameOf('pong')] },
  { name: 'with-body', title: 'a Pong with a body', frames: [frameOf('pong', text('unasked'))] },
  { name: 'longest', title: 'a Pong of 125 bytes', frames: [frameOf('pong', letters(maxControlPayload))] },
  {
    name: 'inside-message',
    title: 'a Pong between two fragments',
    frames: [
      frameOf('text', text('first, '), false),
      frameOf('pong', text('unasked')),
      frameOf('continuation', noBytes),
    ],
  },
];

const unaskedCases = unasked.map(({ name, title, frames }): SharedCase => ({
  id: `control/unasked-pong-${name}`,
  title: `The tester sends ${title} without having been asked`,
  clauses: ['draft-06/4.5.3/pong-only-for-latest-ping'],
  requirement: 'Nothing: the text does not say what a receiver does with it. To go on is not noted.',
  run: async (tester) => {
    const conversation = await tester.establish();
    for (const frame of frames) conversation.sendFrame(frame);
    const watched = await watchReaction(conversation);
    if (watched.pong !== undefined && sameBytes(watched.pong, text('still there?'))) return;
    const observed = `${describeWatched(watched)} after ${title}`;
    tester.note('draft-06/4.5.3/pong-only-for-latest-ping', 'unasked-pong', observed);
  },
}));

/** Pings and Pongs (draft-06 sections 4.5.2 and 4.5.3), for both roles. */
export const controlFrameCases: readonly SharedCase[] = [
  ...bodyCases,
  onePongEach,
  severalPings('three-pings', 3, false),
  severalPings('three-pings-in-one-chunk', 3, true),
  severalPings('twenty-pings-in-one-chunk', 20, true),
  insideMessage,
  pingThenClose,
  ...unaskedCases,
];
