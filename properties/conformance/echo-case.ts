import type { DataKind } from '../../model/fragmentation.js';
import type { Role } from '../../model/role.js';
import type { ClauseId } from '../../spec/clauses.js';
import type { ReadingName } from '../../spec/readings.js';
import type { SharedCase, SharedTester } from '../verifier/case.js';
import type { Conversation } from '../verifier/conversation.js';
import type { Randomness } from '../verifier/randomness.js';
import { describeEvent, expectEcho, messageFrames } from './expectations.js';
import { enforceReading, isAsked, noteUnusual } from './reactions.js';

/** A message that goes out in some particular way and has to come back as it was. */
export interface EchoCase {
  readonly id: string;
  readonly title: string;
  /** The first is blamed when the message does not come back. */
  readonly clauses: readonly [ClauseId, ...ClauseId[]];
  readonly kind: DataKind;
  readonly payload: (randomness: Randomness) => Uint8Array;
  /** How it goes out. Default: in one frame. */
  readonly send?: (conversation: Conversation, payload: Uint8Array, tester: SharedTester) => void | Promise<void>;
  /** A reading by which a peer may refuse the message. */
  readonly mayRefuse?: keyof typeof refusable;
}

/** Readings about whether a message may be as it is, with the option that takes it and the one that refuses it. */
const refusable = {
  emptyFragment: { taken: 'allow', refused: 'refuse' },
  characterAcrossFragments: { taken: 'allow', refused: 'refuse' },
  zeroKey: { taken: 'all', refused: 'not-zero' },
} as const satisfies Partial<Record<ReadingName, { readonly taken: string; readonly refused: string }>>;

/** The case that sends such a message to a peer that echoes. */
export function echoCase(wanted: EchoCase): SharedCase {
  const { id, title, clauses, kind, payload, send = sendWhole(kind), mayRefuse } = wanted;
  return {
    id,
    title,
    clauses,
    requirement: 'The message is received whole, and whoever echoes sends the same back.',
    needs: [`echo of ${kind}`],
    run: async (tester) => {
      const conversation = await tester.establish();
      const bytes = payload(tester.randomness);
      await send(conversation, bytes, tester);
      if (mayRefuse === undefined) await expectEcho(tester, conversation, kind, bytes, clauses[0]);
      else await expectEchoOrRefusal(tester, conversation, wanted, bytes, mayRefuse);
    },
  };
}

/** The message comes back, or the peer gives up: which of the two a reading decides. */
async function expectEchoOrRefusal(
  tester: SharedTester,
  conversation: Conversation,
  { kind, clauses: [clause], title }: EchoCase,
  payload: Uint8Array,
  name: keyof typeof refusable,
): Promise<void> {
  const { taken, refused } = refusable[name];
  const what = `after this: ${title}`;
  const isSame = await expectEcho(tester, conversation, kind, payload, clause, (event) => {
    noteUnusual<ReadingName>(tester, clause, name, refused, `${describeEvent(event, conversation.peer)} ${what}`);
  });
  // Who does not mind bad text does not show what it takes for bad.
  const isBlind = name === 'characterAcrossFragments' && !refusesBadText(tester, conversation.peer);
  if (isSame && !isBlind) enforceReading<ReadingName>(tester, clause, name, taken, `the same message ${what}`);
}

/** Whether the user asked for a peer that refuses text that is not valid. */
const refusesBadText = (tester: SharedTester, peer: Role): boolean =>
  peer === 'server' ? isAsked(tester, 'serverUtf8', 'close') : isAsked(tester, 'clientUtf8', 'yes');

const sendWhole =
  (kind: DataKind) =>
  (conversation: Conversation, payload: Uint8Array): void => {
    for (const frame of messageFrames(kind, payload)) conversation.sendFrame(frame);
  };

/** Small letters, in a row that does not repeat at powers of two, so that a shift or a loss shows. */
export function letters(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => 0x61 + (at % 26));
}

/** A payload of a length: letters for text, any bytes for binary. */
export const payloadOf =
  (kind: DataKind, length: number) =>
  (randomness: Randomness): Uint8Array =>
    kind === 'text' ? letters(length) : randomness.bytes(length);
