import { frameOf } from '../../model/frame.js';
import type { Message } from '../../model/message.js';
import { hexOf } from '../../model/explain.js';
import type { ClauseId } from '../../spec/clauses.js';
import { type ReadingName, readings } from '../../spec/readings.js';
import { opcodes } from '../../spec/wire.js';
import type { Conversation, PeerEvent } from '../verifier/conversation.js';
import type { Tester } from '../verifier/tester.js';
import { isFrameOf, text, until } from './expectations.js';

/*
 * How servers react to what no client may send, or to what the text does not settle. Nearly nothing is demanded of
 * them there: section 9 asks them to disconnect, and the rest is put on record.
 */

/** How a server reacted to bytes that break the rules. */
export type Reaction = 'closed' | 'disconnected' | 'went on' | 'silent';

/** A reaction, and the messages that came before it showed. */
export interface Watched {
  readonly reaction: Reaction;
  readonly messages: readonly Message[];
  /** The body of the Pong that showed that it went on. */
  readonly pong?: Uint8Array;
}

/**
 * Watches what a server does; nothing it may do is judged here. Pings tell a server that went on from one that hangs:
 * two, one after the other, because a server may answer Pings faster than it delivers messages or closes.
 */
export async function watchReaction(conversation: Conversation): Promise<Watched> {
  const messages: Message[] = [];
  const { pong, ...first } = await watchPing(conversation, messages, 'still there?');
  if (pong === undefined) return first;
  const { reaction } = await watchPing(conversation, messages, 'and now?');
  return { reaction: reaction === 'silent' ? 'went on' : reaction, messages, pong };
}

async function watchPing(conversation: Conversation, messages: Message[], words: string): Promise<Watched> {
  conversation.sendFrame(frameOf('ping', text(words)));
  const frames: PeerEvent[] = [];
  const event = await until(conversation, (candidate) => {
    if (candidate.type !== 'frame') return false;
    if (candidate.message !== undefined) messages.push(candidate.message);
    frames.push(candidate);
    return isFrameOf(candidate, opcodes.close) || isFrameOf(candidate, opcodes.pong);
  });
  if (isFrameOf(event, opcodes.close)) return { reaction: 'closed', messages };
  if (event.type === 'frame') return { reaction: 'went on', messages, pong: event.decoded.frame.applicationData };
  if (event.type === 'silence') return { reaction: frames.length > 0 ? 'went on' : 'silent', messages };
  return { reaction: conversation.closeReceived() ? 'closed' : 'disconnected', messages };
}

/** Watches what becomes of a message, where an echo is likely: waits for the first message or the end. */
export async function watchMessage(conversation: Conversation): Promise<Watched> {
  const event = await until(
    conversation,
    (candidate) =>
      candidate.type === 'frame' && (candidate.message !== undefined || isFrameOf(candidate, opcodes.close)),
  );
  if (event.type === 'silence') return watchReaction(conversation);
  if (event.type !== 'frame') return { reaction: 'disconnected', messages: [] };
  const { message } = event;
  return message === undefined ? { reaction: 'closed', messages: [] } : { reaction: 'went on', messages: [message] };
}

/**
 * The server gives the connection up: by a Close, by ending TCP, or both. No clause of the framing tells a receiver
 * what to do; section 9 asks a server to disconnect, so going on is an advisory.
 */
export async function expectDisconnect(tester: Tester, conversation: Conversation, what: string): Promise<Watched> {
  const watched = await watchReaction(conversation);
  judgeReaction(tester, watched, what);
  return watched;
}

/** Going on, or doing nothing at all, where section 9 asks a server to disconnect. */
export function judgeReaction(tester: Tester, { reaction }: Watched, what: string): void {
  if (reaction === 'closed' || reaction === 'disconnected') return;
  const did = reaction === 'went on' ? 'went on' : 'neither closed nor answered';
  tester.broken('draft-06/9/disconnect-on-bad-data', {
    code: 'went-on',
    observed: `the server ${did} after ${what}`,
    allowed: 'a Close, or the end of TCP',
  });
}

/** The option of a reading that a reaction is, or `other` when it is none of them. */
export type OptionOf<Name extends ReadingName> = (keyof (typeof readings)[Name]['options'] & string) | 'other';

/** Puts on record which option of a reading a server chose: never more than that. */
export function noteReading<Name extends ReadingName>(
  tester: Tester,
  clause: ClauseId,
  name: Name,
  option: OptionOf<Name>,
  observed: string,
): void {
  const { number, question, options } = readings[name];
  const names = Object.keys(options).join(', ');
  tester.note(clause, `${number}-${option}`, `${observed} (${number}: ${option})`, `${question} ${number}: ${names}`);
}

/** A reaction in words. */
export function describeWatched({ reaction, messages }: Watched): string {
  const words = {
    closed: 'the server sent a Close',
    disconnected: 'the server ended TCP',
    'went on': 'the server went on',
    silent: 'the server did nothing, nor did it answer a Ping',
  } as const satisfies Record<Reaction, string>;
  const came = messages.map(({ kind, bytes }) => `${kind} of ${bytes.length} bytes, ${hexOf(bytes.subarray(0, 16))}`);
  return words[reaction] + (came.length === 0 ? '' : ` (before that: ${came.join('; ')})`);
}
