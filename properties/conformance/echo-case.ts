import type { DataKind } from '../../model/fragmentation.js';
import type { ClauseId } from '../../spec/clauses.js';
import type { SharedCase, SharedTester } from '../verifier/case.js';
import type { Conversation } from '../verifier/conversation.js';
import type { Randomness } from '../verifier/randomness.js';
import { expectEcho, messageFrames } from './expectations.js';

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
}

/** The case that sends such a message to a peer that echoes. */
export function echoCase({ id, title, clauses, kind, payload, send = sendWhole(kind) }: EchoCase): SharedCase {
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
      await expectEcho(tester, conversation, kind, bytes, clauses[0]);
    },
  };
}

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
