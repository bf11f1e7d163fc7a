import type { DataKind } from '../../model/fragmentation.js';
import { type Frame, frameOf } from '../../model/frame.js';
import type { SharedCase } from '../verifier/case.js';
import type { Conversation } from '../verifier/conversation.js';
import { messageFrames, sameBytes, text } from './expectations.js';
import { describeWatched, noteReading, type OptionOf, type Watched, watchReaction } from './reactions.js';

/*
 * Data frames in an order that no message has. Section 4.4 defines what a message is and leaves out what a receiver
 * does about the rest: readings. Nothing is judged, all is put on record.
 */

type OrderReading = 'orphanContinuation' | 'interleavedMessage';

interface Disorder<Name extends OrderReading> {
  readonly name: string;
  readonly title: string;
  readonly frames: readonly Frame[];
  /** The option that a peer takes, by what it did. */
  readonly optionOf: (watched: Watched) => OptionOf<Name>;
}

function disorderCase<Name extends OrderReading>(reading: Name, disorder: Disorder<Name>): SharedCase {
  const { name, title, frames, optionOf } = disorder;
  return {
    id: `fragmentation/${name}`,
    title,
    clauses: ['draft-06/4.4/fragmented', 'draft-06/4.4/unfragmented'],
    requirement: 'Nothing: the text does not say what a receiver does. What the peer does is noted.',
    run: async (tester) => {
      const conversation: Conversation = await tester.establish();
      for (const frame of frames) conversation.sendFrame(frame);
      const watched = await watchReaction(conversation);
      const observed = `${describeWatched(watched)} after ${title}`;
      noteReading(tester, 'draft-06/4.4/fragmented', reading, optionOf(watched), observed);
    },
  };
}

const carries = ({ messages }: Watched, words: string): boolean =>
  messages.some(({ bytes }) => sameBytes(bytes, text(words)));

const gaveUp = ({ reaction }: Watched): boolean => reaction === 'closed' || reaction === 'disconnected';

/** What was made of a frame that belongs to no message; going on without an echo of it is to ignore it. */
function orphanOption(watched: Watched): OptionOf<'orphanContinuation'> {
  if (gaveUp(watched)) return 'refuse';
  return watched.reaction === 'went on' && !carries(watched, 'orphan') ? 'ignore' : 'other';
}

/**
 * What was made of a message that begins inside another.
 * @param second the message that a peer receives which drops the first; its end may leave an orphan behind
 */
function interleavedOption(watched: Watched, second: string): OptionOf<'interleavedMessage'> {
  if (carries(watched, second) && watched.messages.length === 1) return 'abandon';
  return gaveUp(watched) && watched.messages.length === 0 ? 'refuse' : 'other';
}

const orphanCases = [
  {
    name: 'orphan-continuation',
    title: 'a continuation frame with FIN while no message is open',
    frames: [frameOf('continuation', text('orphan'))],
    optionOf: orphanOption,
  },
  {
    name: 'orphan-continuation-without-fin',
    title: 'a continuation frame without FIN while no message is open',
    frames: [frameOf('continuation', text('orphan'), false)],
    optionOf: orphanOption,
  },
  {
    name: 'orphan-after-message',
    title: 'a continuation frame behind the last fragment of a message',
    frames: [...messageFrames('text', text('a whole message'), 5), frameOf('continuation', text('orphan'))],
    optionOf: orphanOption,
  },
].map((disorder) => disorderCase('orphanContinuation', disorder));

const pairs: readonly (readonly [open: DataKind, inside: DataKind])[] = [
  ['text', 'text'],
  ['text', 'binary'],
  ['binary', 'text'],
];

const interleavedCases = pairs.map(([open, inside]) =>
  disorderCase('interleavedMessage', {
    name: `${inside}-inside-${open}`,
    title: `a whole ${inside} message between the fragments of a ${open} message`,
    frames: [
      frameOf(open, text('open, '), false),
      frameOf(inside, text('inside')),
      frameOf('continuation', text('closed')),
    ],
    optionOf: (watched) => interleavedOption(watched, 'inside'),
  }),
);

/** Data frames out of order (draft-06 section 4.4), for both roles. */
export const fragmentOrderCases: readonly SharedCase[] = [
  ...orphanCases,
  ...interleavedCases,
  disorderCase('interleavedMessage', {
    name: 'fragmented-inside-fragmented',
    title: 'a second fragmented message that begins before the first has ended',
    frames: [
      frameOf('text', text('first, '), false),
      frameOf('text', text('second, '), false),
      frameOf('continuation', text('end')),
    ],
    optionOf: (watched) => interleavedOption(watched, 'second, end'),
  }),
];
