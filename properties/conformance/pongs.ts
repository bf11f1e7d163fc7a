import { hexOf } from '../../model/explain.js';
import type { Message } from '../../model/message.js';
import { opcodes } from '../../spec/wire.js';
import type { Conversation, PeerEvent } from '../verifier/conversation.js';
import { describeEvent, isFrameOf, type Judge, sameBytes, until } from './expectations.js';

/** What came while Pongs were awaited. */
export interface Pongs {
  /** Whether the last Ping was answered and nothing was wrong. */
  readonly held: boolean;
  /** Which of the Pings were answered, by their place in the list. */
  readonly answered: readonly number[];
  /** Messages that came in between. */
  readonly messages: readonly Message[];
}

/**
 * Of several Pings the last is answered. Those before it may be or not (draft-06/4.5.3/pong-only-for-latest-ping: a
 * later Ping may have come before their turn), but no Pong comes behind that of a later Ping, and none twice.
 * @param bodies the bodies of all Pings so far, no two alike
 * @param already how many of them have had their answer before
 */
export async function expectPongs(
  tester: Judge,
  conversation: Conversation,
  bodies: readonly Uint8Array[],
  already = 0,
): Promise<Pongs> {
  const answered: number[] = [];
  const messages: Message[] = [];
  const last = bodies.length - 1;
  let latest = already - 1;
  let held = true;
  const done = { is: false };
  const take = (candidate: PeerEvent): boolean => {
    if (candidate.type !== 'frame') return false;
    if (candidate.message !== undefined) messages.push(candidate.message);
    if (!isFrameOf(candidate, opcodes.pong)) return false;
    const { applicationData } = candidate.decoded.frame;
    const place = bodies.findIndex((body) => sameBytes(body, applicationData));
    const offset = conversation.offsetOf(candidate.decoded);
    if (place === -1) {
      held = false;
      tester.broken('draft-06/4.5.2/pong-echoes-body', {
        code: 'other-pong-body',
        observed: `a Pong with the body ${hexOf(applicationData)}, which no Ping had`,
        allowed: `the body of a Ping, at last ${hexOf(bodies[last] ?? applicationData)}`,
        offset,
      });
    } else if (place <= latest) {
      held = false;
      tester.broken('draft-06/4.5.3/pong-only-for-latest-ping', {
        code: place === latest ? 'second-pong' : 'late-pong',
        observed: `a Pong for Ping ${place + 1}, after Ping ${latest + 1} had its Pong`,
        allowed: 'one Pong for a Ping, and none for a Ping that is older than one already answered',
        offset,
      });
    } else {
      latest = place;
      answered.push(place);
    }
    done.is = place === last || !held;
    return true;
  };
  let event: PeerEvent;
  // Each Pong has its own time: whoever answers slowly is not silent.
  do event = await until(conversation, take);
  while (event.type === 'frame' && !done.is);
  if (event.type !== 'frame') {
    held = false;
    if (!conversation.hasViolation()) {
      tester.broken('draft-06/4.5.2/ping-answered', {
        code: 'no-pong',
        observed: `${describeEvent(event, conversation.peer)} after ${bodies.length} Pings, of which ${already + answered.length} were answered`,
        allowed: 'a Pong for the last Ping',
      });
    }
  }
  return { held, answered, messages };
}
