import { hexOf, previewOf } from '../../model/explain.js';
import { type DataKind, fragmentMessage } from '../../model/fragmentation.js';
import { type Frame, opcodeName } from '../../model/frame.js';
import type { Message } from '../../model/message.js';
import { encodeUtf8 } from '../../model/utf8.js';
import type { ClauseId } from '../../spec/clauses.js';
import { statusCodes } from '../../spec/status-codes.js';
import { opcodes } from '../../spec/wire.js';
import type { Conversation, HeadEvent, PeerEvent } from '../verifier/conversation.js';
import type { Role } from '../../model/role.js';
import type { Recorder } from '../verifier/recorder.js';
import { describeAnswer, Inconclusive, type Tester } from '../verifier/tester.js';

/*
 * What cases expect of a peer, each written once; most of it is the same for both roles. An expectation that is not met
 * is a finding; what the text allows in between (messages of the peer's own, Pings) is passed over.
 */

/** The clauses that an expectation blames when it is not met. */
type Blame = ClauseId;

/** What an expectation needs of a tester of either role. */
export type Judge = Pick<Recorder, 'broken' | 'note'>;

/** Milliseconds of silence that are enough where nothing has to come. */
export const longestQuiet = 5000;

/** Whether two byte sequences are equal. */
export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

/** An event in words. */
export function describeEvent(event: PeerEvent, peer: Role = 'server'): string {
  switch (event.type) {
    case 'frame': {
      const { frame } = event.decoded;
      return `a ${opcodeName(frame.opcode)} frame of ${frame.applicationData.length} bytes`;
    }
    case 'violation':
      return `bytes that break the framing (${event.violation.code})`;
    case 'ended':
      return `the ${peer} ended TCP`;
    case 'lost':
      return `TCP broke (${event.why})`;
    case 'silence':
      return 'nothing';
  }
}

/**
 * Reads events until one is wanted or no more can come; returns that one. A peer that goes on sending other things
 * does not prolong the wait: when the time is over, it is as if nothing had come.
 * @param prolongs whether an event begins the wait anew, where the peer has something to say first. Default: none does
 */
export async function until(
  conversation: Conversation,
  wanted: (event: PeerEvent) => boolean,
  prolongs: (event: PeerEvent) => boolean = () => false,
): Promise<PeerEvent> {
  let deadline = conversation.now() + conversation.timeout;
  for (;;) {
    const event = await conversation.next(Math.max(0, deadline - conversation.now()));
    if (wanted(event) || event.type === 'ended' || event.type === 'lost' || event.type === 'silence') return event;
    if (prolongs(event)) deadline = conversation.now() + conversation.timeout;
    if (conversation.now() > deadline) return { type: 'silence' };
  }
}

/**
 * A server may close whenever it wants to (draft-06/7.3/server-may-close). Where it says with 1001 that it goes away, a
 * case that waits for something else cannot tell.
 */
export function checkStays(conversation: Conversation, event: PeerEvent): void {
  if (conversation.peer !== 'server' || event.type !== 'frame' || event.close?.status !== statusCodes.goingAway) return;
  throw new Inconclusive('the server closed with 1001 in the middle, as it may');
}

export const isFrameOf = (event: PeerEvent, opcode: number): boolean =>
  event.type === 'frame' && event.decoded.frame.opcode === opcode;

/** Frames of a text or binary message, unfragmented unless a size is given. */
export function messageFrames(kind: DataKind, payload: Uint8Array, size?: number): readonly Frame[] {
  return fragmentMessage(kind, payload, size);
}

export const text = encodeUtf8;

const describeMessage = (message: Message): string => `a ${message.kind} message of ${message.bytes.length} bytes`;

/**
 * A message of the peer is the one that was sent. A peer that says with 1004 that the message is too large for it
 * is within its rights: that is recorded. Whoever breaks the framing meanwhile has his finding already.
 * @param refused told when the peer gives up, where it may
 */
export async function expectEcho(
  tester: Judge,
  conversation: Conversation,
  kind: DataKind,
  payload: Uint8Array,
  blame: Blame,
  refused?: (event: PeerEvent) => void,
): Promise<boolean> {
  let other: Message | undefined;
  const event = await until(conversation, (candidate) => {
    if (candidate.type !== 'frame') return false;
    const { message } = candidate;
    if (message?.kind === kind && sameBytes(message.bytes, payload)) return true;
    other ??= message;
    return isFrameOf(candidate, opcodes.close);
  });
  if (event.type === 'frame' && event.message !== undefined) return true;
  if (conversation.hasViolation()) return false;
  const sent = `a ${kind} message of ${payload.length} bytes (${previewOf(payload, kind === 'text')})`;
  if (event.type === 'frame' && event.close?.status === statusCodes.tooLarge) {
    tester.note(
      'draft-06/7.4.1/1004-too-large',
      'too-large',
      `the ${conversation.peer} closed with 1004 after ${sent}`,
    );
    return false;
  }
  checkStays(conversation, event);
  if (refused !== undefined && event.type !== 'silence') {
    refused(event);
    return false;
  }
  const came =
    other === undefined ? describeEvent(event, conversation.peer) : `${describeMessage(other)}, not the same,`;
  tester.broken(blame, {
    code: other === undefined ? 'no-echo' : 'other-echo',
    observed: `${came} after ${sent} that this ${conversation.peer} echoes otherwise`,
    allowed: 'the message comes back as it was sent',
  });
  return false;
}

/** A Pong with this body comes. */
export async function expectPong(tester: Judge, conversation: Conversation, body: Uint8Array): Promise<boolean> {
  const event = await until(conversation, (candidate) => isFrameOf(candidate, opcodes.pong));
  return judgePong(tester, conversation, event, body);
}

/** Whether an event is the Pong with this body; a finding where it is not. */
export function judgePong(tester: Judge, conversation: Conversation, event: PeerEvent, body: Uint8Array): boolean {
  if (event.type !== 'frame') {
    if (conversation.hasViolation()) return false;
    tester.broken('draft-06/4.5.2/ping-answered', {
      code: 'no-pong',
      observed: `${describeEvent(event, conversation.peer)} after a Ping of ${body.length} bytes`,
      allowed: 'a Pong',
    });
    return false;
  }
  const { applicationData } = event.decoded.frame;
  if (sameBytes(applicationData, body)) return true;
  tester.broken('draft-06/4.5.2/pong-echoes-body', {
    code: 'other-pong-body',
    observed: `a Pong with the body ${hexOf(applicationData)}`,
    allowed: `the body of the Ping, ${hexOf(body)}`,
    offset: conversation.offsetOf(event.decoded),
  });
  return false;
}

/**
 * The peer answers our Close with its own, and then ends TCP.
 * @param watch is shown every event up to its Close
 * @param prolongs as for `until`
 */
export async function expectCloseAnswered(
  tester: Judge,
  conversation: Conversation,
  watch?: (event: PeerEvent) => void,
  prolongs?: (event: PeerEvent) => boolean,
): Promise<PeerEvent> {
  const isClose = (candidate: PeerEvent): boolean => {
    watch?.(candidate);
    return isFrameOf(candidate, opcodes.close);
  };
  const event = await until(conversation, isClose, prolongs);
  await judgeCloseAnswered(tester, conversation, event);
  return event;
}

/** Whether an event is the Close in answer to ours; then TCP ends as well. */
export async function judgeCloseAnswered(
  tester: Judge,
  conversation: Conversation,
  event: PeerEvent,
): Promise<boolean> {
  if (event.type !== 'frame') {
    if (conversation.hasViolation()) return false;
    tester.broken('draft-06/4.5.1/close-answered', {
      code: 'close-not-answered',
      observed: `${describeEvent(event, conversation.peer)} after our Close`,
      allowed: 'a Close in response',
    });
    return false;
  }
  await expectEndAfterClose(tester, conversation);
  return true;
}

/** TCP is ended by the peer now that both Closes have passed. */
export async function expectEndAfterClose(tester: Judge, conversation: Conversation): Promise<void> {
  const event = await until(conversation, () => false);
  if (event.type !== 'silence') return;
  if (conversation.peer === 'client' && (await endsAfterUs(conversation))) {
    const observed = 'the client ended TCP once the server had';
    tester.note('draft-06/4.5.1/drop-after-both', 'after-server', observed, 'either end first, by reading R-712');
    return;
  }
  tester.broken('draft-06/4.5.1/drop-after-both', {
    code: 'tcp-kept-open',
    observed: 'TCP stayed open after both Closes',
    allowed: `the ${conversation.peer} ends TCP`,
  });
}

/** Whether a client ends TCP when we have ended our direction: it may leave the first step to the server. */
async function endsAfterUs(conversation: Conversation): Promise<boolean> {
  conversation.end();
  await until(conversation, () => false);
  return conversation.isOver();
}

/**
 * The server did not accept this opening handshake, and ends TCP (draft-06/7.2.2/abort-is-close). An HTTP response
 * before the end is allowed (reading R-507).
 */
export async function expectAbort(
  tester: Tester,
  conversation: Conversation,
  answer: HeadEvent,
  blame: Blame,
  what: string,
): Promise<void> {
  if (answer.type === 'response' && answer.head.status === 101) {
    tester.broken(blame, {
      code: 'accepted',
      observed: `the server accepted ${what}`,
      allowed: 'the server aborts the connection',
    });
    return;
  }
  if (answer.type === 'ended' || answer.type === 'lost') return;
  if (answer.type === 'silence') {
    tester.broken(blame, {
      code: 'no-abort',
      observed: `${describeAnswer(answer)}, and TCP stayed open, after ${what}`,
      allowed: 'the server aborts the connection',
    });
    return;
  }
  if ((await until(conversation, () => false)).type === 'silence') {
    tester.broken('draft-06/7.2.2/abort-is-close', {
      code: 'tcp-kept-open',
      observed: `TCP stayed open after ${describeAnswer(answer)}`,
      allowed: 'the server ends TCP',
    });
  }
}
