import { hexOf, previewOf } from '../../model/explain.js';
import { frameOf } from '../../model/frame.js';
import { opcodes } from '../../spec/wire.js';
import { expectEndAfterClose, describeEvent, isFrameOf, text } from '../conformance/expectations.js';
import type { ChosenReadings } from '../verifier/chosen-readings.js';
import type { Conversation, PeerEvent } from '../verifier/conversation.js';
import type { Recorder } from '../verifier/recorder.js';
import { createOracle, isOwnWish, isTooLarge, type Oracle, type Owed } from './oracle.js';
import { chunksOf, type Script, type ScriptStep } from './script.js';
import { writeScript } from './script-text.js';

/** What is known of the peer. */
export interface HoldFacts {
  readonly recorder: Pick<Recorder, 'broken' | 'note'>;
  readonly echoes: boolean;
  readonly chosen?: ChosenReadings | undefined;
  /** Milliseconds of silence that mean "no answer". Default: those of the conversation. */
  readonly patience?: number | undefined;
}

/** Silence behind broken rules is no finding, so that it is not waited for as long. */
const shortPatience = 300;

/** Holds a script on an open connection, and records what the peer should not have done, or has not done. */
export async function holdScript(conversation: Conversation, script: Script, facts: HoldFacts): Promise<void> {
  const { patience = conversation.timeout } = facts;
  const oracle = createOracle({ ...facts, peer: conversation.peer });
  const pull = async (limit: number): Promise<PeerEvent> => {
    const event = await conversation.next(limit);
    oracle.saw(event, event.type === 'frame' ? conversation.offsetOf(event.decoded) : 0);
    return event;
  };
  for (const step of script) {
    if (conversation.isOver()) break;
    if (step.type === 'wait') {
      if (!(await settle(conversation, oracle, pull, facts, patience))) return;
    } else if (step.type === 'end') {
      conversation.end();
      oracle.ended();
    } else {
      await send(conversation, oracle, step);
    }
  }
  if (!(await settle(conversation, oracle, pull, facts, patience))) return;
  if (oracle.standing() === 'broken') await watchBroken(conversation, oracle, pull, patience);
  else if (oracle.standing() === 'closing' && !conversation.hasViolation()) {
    if (!conversation.isOver()) await expectEndAfterClose(facts.recorder, conversation);
    // Once over, the end of TCP is what comes again and again.
    if (conversation.isOver()) await pull(0);
  }
  // What came along with the last answer, and has not been looked at.
  for (let rest = 0; rest < maxRest && !conversation.isOver(); rest++) {
    if ((await pull(0)).type === 'silence') break;
  }
  oracle.finish();
}

/** Events behind the last answer that are looked at. */
const maxRest = 1000;

async function send(
  conversation: Conversation,
  oracle: Oracle,
  step: Extract<ScriptStep, { readonly type: 'send' }>,
): Promise<void> {
  const chunks = chunksOf(step, conversation.peer);
  for (const chunk of chunks) oracle.sent(chunk);
  const note = writeScript([{ ...step, cuts: [] }]);
  const [first] = chunks;
  if (chunks.length > 1) await conversation.sendPieces(chunks, note);
  else if (first !== undefined) conversation.sendBytes(first, note);
}

type Pull = (limit: number) => Promise<PeerEvent>;

/** Waits until the peer owes nothing. Returns whether the conversation can go on. */
async function settle(
  conversation: Conversation,
  oracle: Oracle,
  pull: Pull,
  facts: HoldFacts,
  patience: number,
): Promise<boolean> {
  const deadline = conversation.now() + patience;
  for (;;) {
    if (conversation.hasViolation()) return false;
    const owed = oracle.owes();
    if (owed === undefined) return true;
    const event = await pull(Math.max(0, deadline - conversation.now()));
    const isOver = event.type === 'ended' || event.type === 'lost' || isFrameOf(event, opcodes.close);
    const isLate = event.type === 'silence' || conversation.now() > deadline;
    const still = oracle.owes();
    if (still === undefined || (!isOver && !isLate)) continue;
    if (!conversation.hasViolation()) blame(conversation, oracle, event, still, facts);
    return false;
  }
}

/** Something that is owed has not come, and will not. */
function blame({ peer }: Conversation, oracle: Oracle, event: PeerEvent, owed: Owed, { recorder }: HoldFacts): void {
  const came = describeEvent(event, peer);
  if (event.type !== 'silence' && oracle.standing() === 'doubtful') {
    recorder.note('draft-06/7.1.1/any-means', 'gave-up', `${came} after frames that a reading lets it refuse`);
    return;
  }
  // It may wish to end at any time, and says so; our bytes may have crossed its Close.
  if (isOwnWish(oracle.peerClose())) return;
  switch (owed.what) {
    case 'echo': {
      const { kind, bytes } = owed.message;
      const sent = `a ${kind} message of ${bytes.length} bytes (${previewOf(bytes, kind === 'text')})`;
      if (isTooLarge(oracle.peerClose())) {
        recorder.note('draft-06/7.4.1/1004-too-large', 'too-large', `the ${peer} closed with 1004 after ${sent}`);
        return;
      }
      const other = oracle.stranger();
      const instead =
        other === undefined
          ? came
          : `a ${other.kind} message of ${other.bytes.length} bytes (${previewOf(other.bytes, other.kind === 'text')}), not the same,`;
      recorder.broken('draft-06/4.4/receive-both', {
        code: other === undefined ? 'no-echo' : 'other-echo',
        observed: `${instead} after ${sent} that this ${peer} echoes otherwise`,
        allowed: 'the message comes back as it was sent',
      });
      return;
    }
    case 'pong':
      recorder.broken('draft-06/4.5.2/ping-answered', {
        code: 'no-pong',
        observed: `${came} after a Ping with the body ${hexOf(owed.body.subarray(0, 16)) || '(empty)'}`,
        allowed: 'a Pong',
      });
      return;
    case 'close':
      recorder.broken('draft-06/4.5.1/close-answered', {
        code: 'close-not-answered',
        observed: `${came} after our Close`,
        allowed: 'a Close in response',
      });
  }
}

/** Behind broken rules: whoever still answers a Ping has not disconnected. */
async function watchBroken(conversation: Conversation, oracle: Oracle, pull: Pull, patience: number): Promise<void> {
  const deadline = conversation.now() + Math.min(patience, shortPatience);
  const body = text('still there?');
  conversation.sendFrame(frameOf('ping', body));
  for (;;) {
    if (conversation.isOver() || oracle.peerClose() !== undefined || conversation.hasViolation()) return;
    const event = await pull(Math.max(0, deadline - conversation.now()));
    // That it went on is for the oracle to say.
    if (event.type === 'silence' || conversation.now() > deadline || isFrameOf(event, opcodes.pong)) return;
  }
}
