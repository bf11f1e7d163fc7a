import { frameOf } from '../../model/frame.js';
import type { CloseReason } from '../../model/close-body.js';
import type { Message } from '../../model/message.js';
import { hexOf } from '../../model/explain.js';
import type { ClauseId } from '../../spec/clauses.js';
import { type ReadingName, readings } from '../../spec/readings.js';
import { opcodes } from '../../spec/wire.js';
import type { Conversation, PeerEvent } from '../verifier/conversation.js';
import type { ChosenReadings } from '../verifier/chosen-readings.js';
import type { Role } from '../../model/role.js';
import { isFrameOf, type Judge, text, until } from './expectations.js';

/*
 * How peers react to what nobody may send to them, or to what the text does not settle. Nearly nothing is demanded of
 * them there: section 9 asks servers to disconnect, and the rest is put on record.
 */

/** How a peer reacted to bytes that break the rules. */
export type Reaction = 'closed' | 'disconnected' | 'went on' | 'silent';

/** A reaction, and the messages that came before it showed. */
export interface Watched {
  /** Who reacted. */
  readonly peer: Role;
  readonly reaction: Reaction;
  readonly messages: readonly Message[];
  /** The body of the Pong that showed that it went on. */
  readonly pong?: Uint8Array;
  /** What its Close says. */
  readonly close?: CloseReason;
}

/**
 * Watches what a peer does; nothing it may do is judged here. Pings tell a peer that went on from one that hangs: two,
 * one after the other, because a peer may answer Pings faster than it delivers messages or closes.
 */
export async function watchReaction(conversation: Conversation): Promise<Watched> {
  const messages: Message[] = [];
  const { pong, ...first } = await watchPing(conversation, messages, 'still there?');
  if (pong === undefined) return first;
  const { reaction } = await watchPing(conversation, messages, 'and now?');
  return { ...first, reaction: reaction === 'silent' ? 'went on' : reaction, pong };
}

async function watchPing(conversation: Conversation, messages: Message[], words: string): Promise<Watched> {
  const { peer } = conversation;
  conversation.sendFrame(frameOf('ping', text(words)));
  const frames: PeerEvent[] = [];
  const event = await until(conversation, (candidate) => {
    if (candidate.type !== 'frame') return false;
    if (candidate.message !== undefined) messages.push(candidate.message);
    frames.push(candidate);
    return isFrameOf(candidate, opcodes.close) || isFrameOf(candidate, opcodes.pong);
  });
  if (isFrameOf(event, opcodes.close)) return { peer, reaction: 'closed', messages, ...closeOf(event) };
  if (event.type === 'frame') return { peer, reaction: 'went on', messages, pong: event.decoded.frame.applicationData };
  if (event.type === 'silence') {
    // Whoever sends bytes that cannot be read has gone on as well: they are a finding of their own.
    const wentOn = frames.length > 0 || conversation.hasViolation();
    return { peer, reaction: wentOn ? 'went on' : 'silent', messages };
  }
  return { peer, reaction: conversation.closeReceived() ? 'closed' : 'disconnected', messages };
}

const closeOf = (event: PeerEvent): Pick<Watched, 'close'> =>
  event.type === 'frame' && event.close !== undefined ? { close: event.close } : {};

/** Watches what becomes of a message, where an echo is likely: waits for the first message or the end. */
export async function watchMessage(conversation: Conversation): Promise<Watched> {
  const event = await until(
    conversation,
    (candidate) =>
      candidate.type === 'frame' && (candidate.message !== undefined || isFrameOf(candidate, opcodes.close)),
  );
  const { peer } = conversation;
  if (event.type === 'silence') return watchReaction(conversation);
  if (event.type !== 'frame') return { peer, reaction: 'disconnected', messages: [] };
  const { message } = event;
  if (message === undefined) return { peer, reaction: 'closed', messages: [], ...closeOf(event) };
  return { peer, reaction: 'went on', messages: [message] };
}

/**
 * The server gives the connection up: by a Close, by ending TCP, or both. No clause of the framing tells a receiver
 * what to do; section 9 asks a server to disconnect, so going on is an advisory.
 */
export async function expectDisconnect(
  tester: ReadingJudge,
  conversation: Conversation,
  what: string,
  tolerance?: Tolerance,
): Promise<Watched> {
  const watched = await watchReaction(conversation);
  judgeReaction(tester, watched, what, tolerance);
  return watched;
}

/** A reading with an option to refuse, and another that goes on. */
export type RefusalReading =
  | { readonly name: 'reservedBits'; readonly goingOn: OptionOf<'reservedBits'> }
  | { readonly name: 'reservedOpcode'; readonly goingOn: OptionOf<'reservedOpcode'> };

/** What may be said for a server that does not refuse. */
export interface Tolerance {
  /** A reading that may have it go on, where the user asked for that. */
  readonly reading?: RefusalReading | undefined;
  /** Whether it is a Close, which has a Close in answer also where it is not refused. */
  readonly isClose?: boolean | undefined;
}

/** Going on, or doing nothing at all, where section 9 asks a server to disconnect. */
export function judgeReaction(tester: ReadingJudge, watched: Watched, what: string, tolerance: Tolerance = {}): void {
  const { reaction } = watched;
  const { reading, isClose = false } = tolerance;
  const gaveUp = reaction === 'closed' || reaction === 'disconnected';
  const observed = `${describeWatched(watched)} after ${what}`;
  if (reading !== undefined && isAsked(tester, reading.name)) {
    const { name, goingOn } = reading;
    const gone = reaction === 'went on' ? goingOn : 'other';
    const fits: readonly OptionOf<typeof name>[] = !gaveUp ? [gone] : isClose ? ['refuse', goingOn] : ['refuse'];
    enforceReading<ReadingName>(tester, 'draft-06/9/disconnect-on-bad-data', name, fits, observed);
    if (isAsked(tester, name, goingOn)) return;
  }
  if (gaveUp) {
    const option = reaction === 'closed' ? 'close' : 'drop';
    if (!isClose) enforceReading(tester, 'draft-06/7.4.1/1002-protocol-error', 'onViolation', option, observed);
    return;
  }
  const did = reaction === 'went on' ? 'went on' : 'neither closed nor answered';
  tester.broken('draft-06/9/disconnect-on-bad-data', {
    code: 'went-on',
    observed: `the server ${did} after ${what}`,
    allowed: 'a Close, or the end of TCP',
  });
}

/** The option of a reading that a reaction is, or `other` when it is none of them. */
export type OptionOf<Name extends ReadingName> =
  (Name extends ReadingName ? keyof (typeof readings)[Name]['options'] & string : never) | 'other';

/** Who records what a peer does about readings. */
export interface ReadingJudge extends Judge {
  readonly target: { readonly chosen?: ChosenReadings };
}

/**
 * Puts on record which option of a reading a peer chose.
 * @param fits the option that was seen, or several where it cannot be told which of them it was
 */
type ReadingNote = <Name extends ReadingName>(
  tester: ReadingJudge,
  clause: ClauseId,
  name: Name,
  fits: OptionOf<Name> | readonly OptionOf<Name>[],
  observed: string,
) => void;

/**
 * Puts on record which option of a reading a peer chose. Where the user asked for an option it is enforced: that one is
 * not worth a word, and another one is a finding of the weight that the level of the clause gives it.
 */
export const noteReading: ReadingNote = (tester, clause, name, fits, observed) => {
  const { number, question, options } = readings[name];
  const seen: readonly string[] = typeof fits === 'string' ? [fits] : fits;
  const asked = tester.target.chosen?.[name] as string | undefined;
  const code = `${number}-${seen.join('-or-')}`;
  const words = `${observed} (${number}: ${seen.join(' or ')})`;
  if (asked === undefined) {
    tester.note(clause, code, words, `${question} ${number}: ${Object.keys(options).join(', ')}`);
  } else if (!seen.includes(asked)) {
    tester.broken(clause, { code, observed: words, allowed: `${number}: ${asked}` });
  }
};

/** The same, but nothing goes on record where it may be the option that holds by default. */
export const noteUnusual: ReadingNote = (tester, clause, name, fits, observed) => {
  const seen: readonly string[] = typeof fits === 'string' ? [fits] : fits;
  const isUsual = seen.includes(readings[name].chosen);
  if (!isUsual || isAsked(tester, name)) noteReading(tester, clause, name, fits, observed);
};

/** The same, but nothing goes on record unless the user asked for an option. */
export const enforceReading: ReadingNote = (tester, clause, name, fits, observed) => {
  if (isAsked(tester, name)) noteReading(tester, clause, name, fits, observed);
};

/** Whether the user asked for an option of a reading, or for a certain one. */
export function isAsked({ target }: Pick<ReadingJudge, 'target'>, name: ReadingName, option?: string): boolean {
  const asked = target.chosen?.[name];
  return asked !== undefined && (option === undefined || asked === option);
}

/** A reaction in words. */
export function describeWatched({ peer, reaction, messages }: Watched): string {
  const words = {
    closed: `the ${peer} sent a Close`,
    disconnected: `the ${peer} ended TCP`,
    'went on': `the ${peer} went on`,
    silent: `the ${peer} did nothing, nor did it answer a Ping`,
  } as const satisfies Record<Reaction, string>;
  const came = messages.map(({ kind, bytes }) => `${kind} of ${bytes.length} bytes, ${hexOf(bytes.subarray(0, 16))}`);
  return words[reaction] + (came.length === 0 ? '' : ` (before that: ${came.join('; ')})`);
}
