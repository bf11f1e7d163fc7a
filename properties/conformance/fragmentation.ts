import type { DataKind } from '../../model/fragmentation.js';
import { type Frame, frameOf } from '../../model/frame.js';
import type { SharedCase } from '../verifier/case.js';
import type { Conversation } from '../verifier/conversation.js';
import { echoCase, letters, payloadOf } from './echo-case.js';
import { expectEcho, messageFrames, sameBytes, text } from './expectations.js';
import { expectPongs } from './pongs.js';

const clauses = [
  'draft-06/4.4/receive-both',
  'draft-06/4.4/fragmented',
  'draft-06/4.4/content-is-concatenation',
  'draft-06/4.4/one-type',
] as const;

/** The frames of a message whose fragments are these. */
function fragments(kind: DataKind, parts: readonly Uint8Array[]): readonly Frame[] {
  return parts.map((part, at) => frameOf(at === 0 ? kind : 'continuation', part, at === parts.length - 1));
}

const sendAll = (conversation: Conversation, frames: readonly Frame[]): void => {
  for (const frame of frames) conversation.sendFrame(frame);
};

const kinds: readonly DataKind[] = ['text', 'binary'];
const counts: readonly number[] = [2, 3, 10];

const countCases = kinds.flatMap((kind) =>
  counts.map((count) =>
    echoCase({
      id: `fragmentation/${kind}-in-${count}`,
      title: `A ${kind} message in ${count} fragments`,
      clauses,
      kind,
      payload: payloadOf(kind, count * 7),
      send: (conversation, payload) => {
        sendAll(conversation, messageFrames(kind, payload, 7));
      },
    }),
  ),
);

/** Fragments of any size, empty ones too (draft-06/4.4/any-fragment-size). */
const shapes: readonly { readonly name: string; readonly title: string; readonly sizes: readonly number[] }[] = [
  { name: 'single-bytes', title: 'fragments of one byte', sizes: Array.from({ length: 20 }, () => 1) },
  { name: 'first-empty', title: 'an empty first fragment', sizes: [0, 6, 6] },
  { name: 'middle-empty', title: 'an empty fragment in the middle', sizes: [6, 0, 6] },
  { name: 'last-empty', title: 'an empty last fragment', sizes: [6, 6, 0] },
  { name: 'all-empty', title: 'nothing but empty fragments', sizes: [0, 0, 0] },
  { name: 'all-length-forms', title: 'fragments of each form of the length', sizes: [3, 300, 66_000, 300, 3] },
];

function cut(payload: Uint8Array, sizes: readonly number[]): readonly Uint8Array[] {
  let at = 0;
  return sizes.map((size) => payload.subarray(at, (at += size)));
}

const shapeCases = shapes.flatMap(({ name, title, sizes }) =>
  kinds.map((kind) =>
    echoCase({
      id: `fragmentation/${kind}-${name}`,
      title: `A ${kind} message with ${title}`,
      clauses,
      kind,
      payload: payloadOf(
        kind,
        sizes.reduce((sum, size) => sum + size, 0),
      ),
      send: (conversation, payload) => {
        sendAll(conversation, fragments(kind, cut(payload, sizes)));
      },
      ...(sizes.includes(0) ? { mayRefuse: 'emptyFragment' } : {}),
    }),
  ),
);

/** Messages one behind the other, so that the end of each has to be found. */
const inSequence = (name: string, title: string, sizes: readonly (number | undefined)[]): SharedCase => ({
  id: `fragmentation/${name}`,
  title,
  clauses: ['draft-06/4.4/receive-both', 'draft-06/4.4/fragmented', 'draft-06/4.4/unfragmented', 'draft-06/4.3/fin'],
  requirement: 'Each message is received as a message of its own.',
  needs: ['echo of text'],
  run: async (tester) => {
    const conversation = await tester.establish();
    const payloads = sizes.map((_, at) => text(`message ${at + 1} of ${sizes.length}`));
    payloads.forEach((payload, at) => {
      sendAll(conversation, messageFrames('text', payload, sizes[at]));
    });
    for (const payload of payloads) {
      if (!(await expectEcho(tester, conversation, 'text', payload, 'draft-06/4.4/receive-both'))) return;
    }
  },
});

const pingBetween: SharedCase = {
  id: 'fragmentation/pings-between',
  title: 'A message in 4 fragments with a Ping behind each but the last',
  clauses: [
    'draft-06/4.5.2/ping-answered',
    'draft-06/4.5.2/pong-echoes-body',
    'draft-06/4.4/control-between-fragments',
    'draft-06/4.5/control-interjected',
    'draft-06/4.4/content-is-concatenation',
  ],
  requirement: 'The Pings are answered, at least the last, and the message is received without their bodies.',
  needs: ['echo of text'],
  run: async (tester) => {
    const conversation = await tester.establish();
    const payload = letters(28);
    const bodies = ['first', 'second', 'third'].map((word) => text(word));
    for (const [at, frame] of messageFrames('text', payload, 7).entries()) {
      conversation.sendFrame(frame);
      const body = bodies[at];
      if (body !== undefined) conversation.sendFrame(frameOf('ping', body));
    }
    // Whether the Pongs come before the message or behind it is not asked here.
    const { held, messages } = await expectPongs(tester, conversation, bodies);
    if (!held || messages.some(({ kind, bytes }) => kind === 'text' && sameBytes(bytes, payload))) return;
    await expectEcho(tester, conversation, 'text', payload, 'draft-06/4.4/content-is-concatenation');
  },
};

/** Fragmentation (draft-06 section 4.4), for both roles. */
export const fragmentationCases: readonly SharedCase[] = [
  ...countCases,
  ...shapeCases,
  inSequence('two-fragmented', 'Two fragmented messages', [5, 5]),
  inSequence('fragmented-then-whole', 'A fragmented message, then one in a single frame', [5, undefined]),
  inSequence('whole-then-fragmented', 'A message in a single frame, then a fragmented one', [undefined, 5]),
  inSequence('alternating', 'Fragmented and unfragmented messages in turn', [5, undefined, 1, undefined, 5]),
  pingBetween,
];
