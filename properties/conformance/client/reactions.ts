import { concatBytes, noBytes } from '../../../model/bytes.js';
import { frameOf, opcodeName } from '../../../model/frame.js';
import { createDecoder, decodeFrames } from '../../../model/frame-decoder.js';
import { type ResponseHead, serializeHead } from '../../../model/http-head.js';
import type { Acceptance } from '../../../model/opening-response.js';
import type { ClauseId } from '../../../spec/clauses.js';
import { opcodes } from '../../../spec/wire.js';
import type { ClientTester, Opening } from '../../verifier/client-tester.js';
import type { ClientConversation } from '../../verifier/conversation.js';
import type { Weight } from '../../verifier/finding.js';
import { Inconclusive } from '../../verifier/tester.js';
import { isFrameOf, sameBytes, text, until } from '../expectations.js';
import { bytesOfLines, linesOf } from '../head-lines.js';

/*
 * What a client does about a response. To fail is to close TCP (draft-06/7.1.4/fail-is-close). A client may read any
 * number of bytes first (draft-06/5.1/may-read-on), so one that stays is asked: by a Ping, which only a client that
 * accepted answers, and then by the end of our direction of TCP, behind which there is nothing left to read.
 */

/** What became of a connection behind a response. */
export type Reaction =
  /** The client ended TCP of itself. */
  | 'ended'
  /** It ended TCP once we had ended our direction. */
  | 'ended-late'
  /** It answered a Ping: it takes the connection for established. */
  | 'accepted'
  /** Neither. */
  | 'kept-open';

/** How long to wait before asking, as a part of the time that means "no answer". */
const grace = 0.1;

const probe = text('hybi-spec asks whether you accepted');

/** The opcodes of the masked frames that came where none should, as far as they can be read. */
function strayFrames(conversation: ClientConversation): readonly number[] {
  const { frames } = decodeFrames(createDecoder({ masked: true }), conversation.strayBytes());
  return frames.map(({ frame }) => frame.opcode);
}

/** Milliseconds after which stray bytes, which are no event, are looked at: else no answer would have to be waited for. */
const glance = 200;

/** A Pong with the body of our Ping came, read as a frame or kept as stray bytes. */
async function answersProbe(conversation: ClientConversation, limit: number): Promise<boolean> {
  const deadline = conversation.now() + limit;
  for (;;) {
    const left = Math.max(0, deadline - conversation.now());
    const event = await conversation.next(Math.min(left, glance));
    if (event.type === 'frame') {
      const { opcode, applicationData } = event.decoded.frame;
      if (opcode === opcodes.pong && sameBytes(applicationData, probe)) return true;
      continue;
    }
    if (strayFrames(conversation).includes(opcodes.pong)) return true;
    if (event.type !== 'silence' || left <= glance) return false;
  }
}

/** Finds out what a client makes of the response that it was sent. */
export async function reactionOf(conversation: ClientConversation): Promise<Reaction> {
  const { timeout } = conversation;
  const limit = Number.isFinite(timeout) ? timeout * grace : 1000;
  if ((await conversation.next(limit)).type === 'silence') conversation.sendFrame(frameOf('ping', probe));
  if (await answersProbe(conversation, timeout)) return 'accepted';
  if (conversation.isOver()) return 'ended';
  conversation.end();
  await until(conversation, () => false);
  return conversation.isOver() ? 'ended-late' : 'kept-open';
}

const inWords: Readonly<Record<Reaction, string>> = {
  accepted: 'the client accepted the connection',
  ended: 'the client ended TCP',
  'ended-late': 'the client waited for the end of TCP and ended it then',
  'kept-open': 'the client kept TCP open to the end',
};

/** A response as lines of text, so that anything can be written. */
export const lines = (head: ResponseHead, change: (lines: readonly string[]) => readonly string[]): Uint8Array =>
  bytesOfLines(change(linesOf(head)));

/** Sends a response that is not the right one. */
export async function sendWrong(opening: Opening, response: ResponseHead | Uint8Array): Promise<void> {
  await opening.conversation.sendResponse(response instanceof Uint8Array ? [response] : response, false);
}

/**
 * The client fails the connection: it closes TCP, and sends no data before that.
 * @param blame the clause that makes the response one to fail on
 * @param what the response, as a noun
 * @param weight of accepting it; that of the clause unless told
 */
export async function expectFailure(
  tester: ClientTester,
  { conversation }: Opening,
  blame: ClauseId,
  what: string,
  weight?: Weight,
): Promise<void> {
  const reaction = await reactionOf(conversation);
  const allowed = 'the client fails the connection: it ends TCP';
  const sent = strayFrames(conversation).filter((opcode) => opcode !== opcodes.pong);
  const data = sent.find((opcode) => opcode !== opcodes.close);
  if (reaction === 'accepted' || data !== undefined) {
    const did = data === undefined ? inWords.accepted : `the client sent a ${opcodeName(data)} frame`;
    tester.broken(blame, { code: 'accepted', observed: `${did} after ${what}`, allowed }, weight);
  } else if (reaction === 'kept-open') {
    const observed = `${inWords[reaction]} after ${what}`;
    tester.broken('draft-06/7.2.1/fail-is-close', { code: 'tcp-kept-open', observed, allowed }, weight);
  } else if (reaction === 'ended-late') {
    tester.note('draft-06/5.1/may-read-on', 'read-on', `${inWords[reaction]} after ${what}`);
  } else if (sent.length > 0) {
    tester.note('draft-06/7.1.4/fail-is-close', 'close-before-end', `the client sent a Close after ${what}`);
  }
}

/** Whether a frame comes that only a client sends that accepted. A Close alone may be a refusal. */
async function sendsFrame(conversation: ClientConversation, asked: 'ping' | 'close'): Promise<boolean> {
  let closes = 0;
  const event = await until(conversation, (candidate) => {
    if (asked === 'close' || !isFrameOf(candidate, opcodes.close)) return candidate.type === 'frame';
    closes++;
    return false;
  });
  if (event.type !== 'frame' && closes > 0) throw new Inconclusive('the client closed of its own accord');
  return event.type === 'frame';
}

/**
 * The client accepts the connection, which its answer to a Ping shows, or to a Close where it answers no Ping.
 * @param blame the clause that is not kept by a client that does not
 * @param what the response, as a noun
 */
export async function expectAcceptance(
  tester: ClientTester,
  { conversation }: Opening,
  blame: ClauseId,
  what: string,
  weight?: Weight,
): Promise<void> {
  for (const kind of ['ping', 'close'] as const) {
    conversation.sendFrame(frameOf(kind, kind === 'ping' ? probe : noBytes));
    if ((await sendsFrame(conversation, kind)) || conversation.hasViolation()) return;
    if (conversation.isOver()) break;
  }
  const observed = `${conversation.isOver() ? inWords.ended : 'neither Pong nor Close came'} after ${what}`;
  tester.broken(blame, { code: 'not-accepted', observed, allowed: 'the client accepts the connection' }, weight);
}

/** The text leaves it open what to do about this response: what the client does goes on record. */
export async function observeReaction(
  tester: ClientTester,
  { conversation }: Opening,
  clause: ClauseId,
  what: string,
  allowed?: string,
): Promise<void> {
  const reaction = await reactionOf(conversation);
  tester.note(clause, reaction, `${inWords[reaction]} after ${what}`, allowed);
}

/**
 * Comes, is sent a response that is made of the right one, and fails.
 * @param options the weight of accepting it, and whether it is sent byte by byte
 */
export async function refusedResponse(
  tester: ClientTester,
  change: (right: ResponseHead, opening: Opening) => ResponseHead | Uint8Array,
  blame: ClauseId,
  what: string,
  { weight, inPieces = false }: { readonly weight?: Weight; readonly inPieces?: boolean } = {},
): Promise<void> {
  const opening = await tester.accept();
  const made = change(tester.response(opening), opening);
  const bytes = made instanceof Uint8Array ? made : serializeHead(made);
  const pieces = inPieces ? Array.from(bytes, (byte) => Uint8Array.of(byte)) : [bytes];
  await opening.conversation.sendResponse(pieces, false);
  await expectFailure(tester, opening, blame, what, weight);
}

/** Comes, and is sent the right response with frames behind it in the same chunk. */
export async function establishWith(
  tester: ClientTester,
  behind: Uint8Array,
  acceptance?: Acceptance,
): Promise<Opening> {
  const opening = await tester.accept();
  const head = bytesOfLines(linesOf(tester.response(opening, acceptance)));
  await opening.conversation.sendResponse([concatBytes([head, behind])], true);
  return opening;
}
