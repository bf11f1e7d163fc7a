import { messageFrames, sameBytes, text, until } from '../conformance/expectations.js';
import type { Need } from './case.js';
import { type ClientRun, createClientTester } from './client-tester.js';
import type { Conversation } from './conversation.js';
import { type Peer, PeerUnreachable } from './line.js';
import { randomnessOf } from './randomness.js';
import { createRecorder } from './recorder.js';
import { offersOf } from './request-watch.js';
import { createTester, describeAnswer, Inconclusive, type Target } from './tester.js';

/** What a first conversation says about a peer. */
export type Baseline =
  | { readonly kind: 'established'; readonly abilities: ReadonlySet<Need> }
  /** It answers, but does not accept. */
  | { readonly kind: 'refused'; readonly why: string }
  /** Nothing can be judged: nobody is there, or nobody says a word. */
  | { readonly kind: 'unreachable'; readonly why: string };

/** Tries a right opening handshake, a text message and a binary message. */
export async function probe(peer: Peer, target: Target, seed: number): Promise<Baseline> {
  const recorder = createRecorder();
  const { tester, cleanUp } = createTester(peer, target, recorder, randomnessOf(seed, 'baseline'));
  try {
    const { conversation, answer } = await tester.handshake(tester.request());
    if (answer.type === 'silence' && answer.received === 0) {
      return { kind: 'unreachable', why: `it takes the TCP connection but did not answer within ${target.timeout} ms` };
    }
    if (answer.type !== 'response' || answer.head.status !== 101)
      return { kind: 'refused', why: describeAnswer(answer) };
    return { kind: 'established', abilities: await echoAbilities(conversation) };
  } catch (error) {
    if (error instanceof PeerUnreachable) return { kind: 'unreachable', why: error.message };
    throw error;
  } finally {
    cleanUp();
  }
}

/**
 * Has a client come once, and tries a text message and a binary message. Only for clients that can be made to come.
 * @returns what it is able to, the choice of URL and a second connection not among it; or why no client came
 */
export async function probeClient(run: ClientRun, seed: number): Promise<Baseline> {
  const recorder = createRecorder();
  const { tester, cleanUp } = createClientTester(run, recorder, randomnessOf(seed, 'baseline'), {
    id: 'baseline',
  });
  try {
    const opening = await tester.accept();
    const { conversation, head } = opening;
    await conversation.sendResponse(tester.response(opening), true);
    const abilities = await echoAbilities(conversation);
    return { kind: 'established', abilities: new Set([...abilities, ...offersOf(head)]) };
  } catch (error) {
    if (error instanceof PeerUnreachable) return { kind: 'unreachable', why: error.message };
    if (error instanceof Inconclusive) return { kind: 'refused', why: error.message };
    throw error;
  } finally {
    cleanUp();
  }
}

/** What of a text and of a binary message comes back. */
export async function echoAbilities(conversation: Conversation): Promise<Set<Need>> {
  const abilities = new Set<Need>();
  if (await echoes(conversation, 'text')) abilities.add('echo of text');
  if (await echoes(conversation, 'binary')) abilities.add('echo of binary');
  return abilities;
}

/** Whether a message comes back, in the kind it was sent in. */
async function echoes(conversation: Conversation, kind: 'text' | 'binary'): Promise<boolean> {
  const payload = text(`hybi-spec asks whether ${kind} comes back`);
  for (const frame of messageFrames(kind, payload)) conversation.sendFrame(frame);
  const event = await until(
    conversation,
    (candidate) =>
      candidate.type === 'frame' && candidate.message?.kind === kind && sameBytes(candidate.message.bytes, payload),
  );
  return event.type === 'frame';
}
