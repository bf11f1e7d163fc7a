import { frameOf } from '../../model/frame.js';
import { opcodes } from '../../spec/wire.js';
import { isFrameOf, messageFrames, sameBytes, text, until } from '../conformance/expectations.js';
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
  | {
      readonly kind: 'established';
      readonly abilities: ReadonlySet<Need>;
      /** What became of the messages, in words, such as `echoes text and binary`. */
      readonly says: string;
      /** Nothing came back, not even a Pong: most cases will wait for an answer until their time is over. */
      readonly isSilent: boolean;
    }
  /** It answers, but does not accept. */
  | {
      readonly kind: 'refused';
      readonly why: string;
      /** Of the HTTP response, where one came. */
      readonly status?: number;
    }
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
    if (answer.type !== 'response') return { kind: 'refused', why: describeAnswer(answer) };
    const { status } = answer.head;
    if (status !== 101) return { kind: 'refused', why: describeAnswer(answer), status };
    return { kind: 'established', ...(await tryEchoes(conversation)) };
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
    const { abilities, says, isSilent } = await tryEchoes(conversation);
    if (conversation.isOver() && conversation.firstBytes().length === 0) {
      return { kind: 'refused', why: 'it ended TCP after a right response' };
    }
    return { kind: 'established', abilities: new Set([...abilities, ...offersOf(head)]), says, isSilent };
  } catch (error) {
    if (error instanceof PeerUnreachable) return { kind: 'unreachable', why: error.message };
    if (error instanceof Inconclusive) return { kind: 'refused', why: error.message };
    throw error;
  } finally {
    cleanUp();
  }
}

/** What a peer does with a message. */
type Reaction = 'echo' | 'another message' | 'nothing' | 'Close' | 'end of TCP';

/** Whether a text and a binary message come back, and in words what became of them. */
async function tryEchoes(
  conversation: Conversation,
): Promise<Omit<Extract<Baseline, { readonly kind: 'established' }>, 'kind'>> {
  const toText = await reactionTo(conversation, 'text');
  const toBinary = await reactionTo(conversation, 'binary');
  const abilities = new Set<Need>();
  if (toText === 'echo') abilities.add('echo of text');
  if (toBinary === 'echo') abilities.add('echo of binary');
  const isSilent = toText === 'nothing' && toBinary === 'nothing' && !(await answersPing(conversation));
  const says = isSilent ? 'answers neither messages nor a Ping' : describeReactions(toText, toBinary);
  return { abilities, says, isSilent };
}

async function answersPing(conversation: Conversation): Promise<boolean> {
  conversation.sendFrame(frameOf('ping', text('hybi-spec')));
  return (await until(conversation, (event) => isFrameOf(event, opcodes.pong))).type !== 'silence';
}

function describeReactions(toText: Reaction, toBinary: Reaction): string {
  if (toText === 'echo' && toBinary === 'echo') return 'echoes text and binary';
  if (toText === 'echo') return `echoes text, but answers binary with ${toBinary}`;
  if (toBinary === 'echo') return `echoes binary, but answers text with ${toText}`;
  if (toText === toBinary) return toText === 'nothing' ? 'does not answer messages' : `answers messages with ${toText}`;
  return `answers text with ${toText}, and binary with ${toBinary}`;
}

/** What comes behind a message, until it comes back in the kind it was sent in. */
async function reactionTo(conversation: Conversation, kind: 'text' | 'binary'): Promise<Reaction> {
  if (conversation.closeReceived()) return 'Close';
  if (conversation.isOver()) return 'end of TCP';
  const payload = text(`hybi-spec asks whether ${kind} comes back`);
  for (const frame of messageFrames(kind, payload)) conversation.sendFrame(frame);
  const others: string[] = [];
  const event = await until(conversation, (candidate) => {
    if (candidate.type !== 'frame' || candidate.message === undefined) return false;
    others.push(candidate.message.kind);
    return candidate.message.kind === kind && sameBytes(candidate.message.bytes, payload);
  });
  if (event.type === 'frame') return 'echo';
  if (conversation.closeReceived()) return 'Close';
  if (others.length > 0) return 'another message';
  return event.type === 'silence' ? 'nothing' : 'end of TCP';
}

/** Cases at the same time, where the user does not say: a peer that is silent is waited for in many at once. */
export const jobsFor = (baseline: Baseline): number => (baseline.kind === 'established' && baseline.isSilent ? 16 : 4);

/** Whether messages come back: as the first conversation shows, or as the user says. */
export type EchoChoice = 'auto' | 'yes' | 'no';

/** What a peer is able to do, where the user knows better than the first conversation whether it echoes. */
export function withEcho(abilities: ReadonlySet<Need>, echo: EchoChoice = 'auto'): ReadonlySet<Need> {
  if (echo === 'auto') return abilities;
  const changed = new Set(abilities);
  for (const need of ['echo of text', 'echo of binary'] as const) {
    if (echo === 'yes') changed.add(need);
    else changed.delete(need);
  }
  return changed;
}
