import { isCloseViolation, readCloseBody } from '../../model/close-body.js';
import { isControl } from '../../model/frame.js';
import { createDecoder, type DecodedFrame, decodeFrames } from '../../model/frame-decoder.js';
import { assemble, createAssembler, type Message } from '../../model/message.js';
import { otherRole, type Role } from '../../model/role.js';
import { statusCodes } from '../../spec/status-codes.js';
import { defaultReadings, type ReadingChoices } from '../../spec/readings.js';
import { opcodes } from '../../spec/wire.js';
import { sameBytes } from '../conformance/expectations.js';
import { createDuties } from '../judge/duties.js';
import type { ChosenReadings } from '../verifier/chosen-readings.js';
import type { PeerEvent } from '../verifier/conversation.js';
import type { Recorder } from '../verifier/recorder.js';

/*
 * What a peer may do next, worked out by the model from all that was sent so far. A peer owes an echo of each whole
 * message, if it echoes; a Pong for the latest Ping; a Close for a Close. It is excused by what the text leaves open:
 * where another option of a reading would refuse what was sent, it may give up; behind what breaks the rules it owes
 * nothing. How its own frames have to look is watched by the conversation itself.
 */

/** Where the tester stands with the peer. */
export type Standing =
  /** All that was sent is right under every reading. */
  | 'clear'
  /** A reading would refuse it: the peer may give up, or do what it owes. */
  | 'doubtful'
  /** A Close was sent: what comes behind it is read by nobody. */
  | 'closing'
  /** The rules are broken: a server should disconnect, and nobody owes anything. */
  | 'broken'
  /** Nothing is said about what follows: the direction of TCP was ended without a Close. */
  | 'open';

/** What the peer has not done yet. */
export type Owed =
  | { readonly what: 'echo'; readonly message: Echo }
  | { readonly what: 'pong'; readonly body: Uint8Array }
  | { readonly what: 'close' };

/** A message that is to come back. */
export interface Echo {
  readonly kind: 'text' | 'binary';
  readonly bytes: Uint8Array;
  readonly fragments: number;
}

/** What an oracle needs to know. */
export interface OracleFacts {
  /** Who is under test. */
  readonly peer: Role;
  /** Whether it sends every message back. */
  readonly echoes: boolean;
  readonly recorder: Pick<Recorder, 'broken' | 'note'>;
  /** The options of readings that hold; the others are open. */
  readonly chosen?: ChosenReadings | undefined;
}

/** Follows a conversation, step by step. */
export interface Oracle {
  /** The tester sends bytes. */
  readonly sent: (bytes: Uint8Array) => void;
  /** The tester ends its direction. */
  readonly ended: () => void;
  /** The peer did something. A Pong that nobody asked for, or with another body, is a finding. */
  readonly saw: (event: PeerEvent, offset: number) => void;
  readonly standing: () => Standing;
  /** The first thing that the peer owes, if any. */
  readonly owes: () => Owed | undefined;
  /** A message that came and was not the echo of any, since the last one that was. */
  readonly stranger: () => Message | undefined;
  readonly peerClose: () => { readonly status?: number } | undefined;
  /** The conversation is over: what only its end can show. */
  readonly finish: () => void;
}

/** For each reading of frames and their content the option that takes least. */
const strictest = {
  nonMinimalLength: 'refuse',
  emptyFragment: 'refuse',
  zeroKey: 'not-zero',
  controlLimit: 'frame',
  characterAcrossFragments: 'refuse',
  closeReasonUtf8: 'refuse',
  statusCode: 'defined',
  serverUtf8: 'close',
  clientUtf8: 'yes',
  cutMessage: 'refuse',
} as const satisfies Partial<ReadingChoices>;

/** The oracle at the start of the stream of frames. */
export function createOracle({ peer, echoes, recorder, chosen = {} }: OracleFacts): Oracle {
  const tester = otherRole(peer);
  const readings: ReadingChoices = { ...defaultReadings, ...chosen };
  const strict: ReadingChoices = { ...readings, ...strictest, ...chosen };
  const masked = tester === 'client';
  let decoder = createDecoder({ masked, readings });
  let strictDecoder = createDecoder({ masked, readings: strict });
  let assembler = createAssembler({ role: peer, readings });
  let strictAssembler = createAssembler({ role: peer, readings: strict });
  let standing: Standing = 'clear';
  let fragments = 0;
  let echoesOwed: Echo[] = [];
  let ping: Uint8Array | undefined;
  let stranger: Message | undefined;
  let peerClose: { readonly status?: number } | undefined;
  const duties = createDuties(
    {
      look: () => undefined,
      held: () => undefined,
      fresh: () => [],
      findings: () => [],
      statuses: () => new Map(),
      note: () => undefined,
      broken: (blamed, clause, words, weight) => {
        if (blamed === peer) recorder.broken(clause, words, weight);
      },
    },
    readings,
  );

  const doubt = (): void => {
    if (standing === 'clear') standing = 'doubtful';
  };
  const breakRules = (): void => {
    standing = 'broken';
    duties.unread(tester, 'broken');
    // The peer may give up as soon as it reads this, and what it had still to do falls with that.
    echoesOwed = [];
    ping = undefined;
  };

  const takeControl = ({ frame, offset }: DecodedFrame): void => {
    const { opcode, applicationData } = frame;
    if (opcode === opcodes.ping) {
      ping = applicationData;
      duties.ping(tester, applicationData, offset);
    } else if (opcode === opcodes.pong) {
      // Whether a Pong may come that nobody asked for is left open.
      duties.pong(tester, applicationData, offset);
      doubt();
    } else {
      const close = readCloseBody(applicationData, offset, readings);
      if (isCloseViolation(close)) {
        breakRules();
        return;
      }
      const isDoubted = isCloseViolation(readCloseBody(applicationData, offset, strict));
      duties.close(tester, close, offset);
      // An application may be told of the Close before it has sent everything back.
      echoesOwed = [];
      ping = undefined;
      standing = isDoubted || assembler.open !== undefined || standing === 'doubtful' ? 'open' : 'closing';
    }
  };

  const takeData = ({ frame, offset }: DecodedFrame): void => {
    fragments++;
    const { assembler: next, message, violation } = assemble(assembler, frame, offset);
    assembler = next;
    if (violation !== undefined) {
      breakRules();
      return;
    }
    if (standing === 'clear') {
      const strictly = assemble(strictAssembler, frame, offset);
      strictAssembler = strictly.assembler;
      if (strictly.violation !== undefined) doubt();
    }
    if (!frame.fin) return;
    const isSendable = message?.kind === 'binary' || (message?.kind === 'text' && message.wellFormed);
    // What comes back for text that is none is up to the peer (draft-06/6.2/server-undefined), as is a reserved opcode.
    if (echoes && isSendable) echoesOwed.push({ kind: message.kind, bytes: message.bytes, fragments });
    fragments = 0;
  };

  const isOpen = (): boolean => standing === 'clear' || standing === 'doubtful';

  const sent = (bytes: Uint8Array): void => {
    if (standing === 'clear') {
      const strictly = decodeFrames(strictDecoder, bytes);
      strictDecoder = strictly.decoder;
      if (strictly.violation !== undefined) doubt();
    }
    if (!isOpen()) return;
    const decoding = decodeFrames(decoder, bytes);
    decoder = decoding.decoder;
    for (const decoded of decoding.frames) {
      if (isControl(decoded.frame.opcode)) takeControl(decoded);
      else takeData(decoded);
      if (!isOpen()) return;
    }
    if (decoding.violation !== undefined) breakRules();
  };

  const takeMessage = (message: Message): void => {
    const at = echoesOwed.findIndex(({ kind, bytes }) => kind === message.kind && sameBytes(bytes, message.bytes));
    if (at === -1) stranger ??= message;
    else {
      echoesOwed.splice(at, 1);
      stranger = undefined;
      if (at > 0) {
        recorder.note('draft-06/4.4/receive-both', 'other-order', 'the messages came back in another order');
      }
    }
  };

  const saw = (event: PeerEvent, offset: number): void => {
    if (event.type === 'ended') duties.end(peer);
    if (event.type === 'violation') duties.unread(peer, 'broken');
    if (event.type !== 'frame') return;
    const { frame } = event.decoded;
    if (event.message !== undefined) takeMessage(event.message);
    if (frame.opcode === opcodes.ping) duties.ping(peer, frame.applicationData, offset);
    if (frame.opcode === opcodes.pong) {
      duties.pong(peer, frame.applicationData, offset);
      if (ping !== undefined && sameBytes(ping, frame.applicationData)) ping = undefined;
    }
    if (event.close !== undefined) {
      duties.close(peer, event.close, offset);
      peerClose ??= event.close;
    }
  };

  return {
    sent,
    ended: () => {
      if (standing !== 'closing') standing = 'open';
      echoesOwed = [];
      ping = undefined;
    },
    saw,
    standing: () => standing,
    owes: () => {
      const [message] = echoesOwed;
      if (message !== undefined) return { what: 'echo', message };
      if (ping !== undefined) return { what: 'pong', body: ping };
      return standing === 'closing' && peerClose === undefined ? { what: 'close' } : undefined;
    },
    stranger: () => stranger,
    peerClose: () => peerClose,
    finish: () => {
      if (standing === 'closing') duties.finish();
    },
  };
}

/** Whether an endpoint that closes with a status code says that a message is too large for it. */
export const isTooLarge = (close: { readonly status?: number } | undefined): boolean =>
  close?.status === statusCodes.tooLarge;

/** Whether an endpoint closes of its own accord: it has done what it came for, or goes away. */
export const isOwnWish = (close: { readonly status?: number } | undefined): boolean =>
  close?.status === statusCodes.normal || close?.status === statusCodes.goingAway;
