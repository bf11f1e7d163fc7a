import type { CloseReason } from '../../model/close-body.js';
import { otherRole, type Role } from '../../model/role.js';
import type { ReadingChoices } from '../../spec/readings.js';
import { opcodes } from '../../spec/wire.js';
import type { FindingWords } from '../verifier/finding.js';
import { type FrameEvent, type FrameWatch, watchFrames } from '../verifier/frame-watch.js';
import { createDuties } from './duties.js';
import { createInflatingReader } from './extensions.js';
import { exercisedBy, kindOf } from './exercised.js';
import type { Ledger } from './ledger.js';
import { watchMaskingKeys } from './masking-keys.js';

export interface FrameJudgeOptions {
  readonly ledger: Ledger;
  readonly readings: ReadingChoices;
  readonly maxMessage: number;
  readonly note: (text: string) => void;
  /** Bytes of each side in front of its frames. */
  readonly headLengths: Readonly<Record<Role, number>>;
  readonly stream: 'frames' | 'deflated';
}

/** Judges what follows the opening handshake, in both directions. */
export interface FrameJudge {
  readonly take: (from: Role, bytes: Uint8Array) => void;
  /** Bytes of a side are missing, or are none that can be read: it is not judged any more. */
  readonly unread: (from: Role) => void;
  readonly end: (from: Role) => void;
  readonly finish: () => void;
  readonly closeOf: (role: Role) => CloseReason | undefined;
  readonly counts: (role: Role) => { readonly frames: number; readonly messages: number };
}

interface Side {
  readonly watch: FrameWatch;
  /** Kinds of frames that were seen. */
  readonly kinds: Set<number>;
  /** Undoes what an extension did to its bytes. */
  readonly inflater: ReturnType<typeof createInflatingReader> | undefined;
  /** Bytes behind the head, as they came. */
  coded: number;
  frames: number;
  messages: number;
  isUnread: boolean;
  isEnded: boolean;
}

/** A judge of the frames of both sides. */
export function createFrameJudge(options: FrameJudgeOptions): FrameJudge {
  const { maxMessage, note, headLengths, stream } = options;
  const ledger = stream === 'frames' ? options.ledger : inflatedLedger(options.ledger, headLengths);
  // What a receiver may pass over is broken by its sender all the same.
  const readings: ReadingChoices = { ...options.readings, reservedBits: 'refuse', reservedOpcode: 'refuse' };
  const duties = createDuties(ledger, readings);
  const keys = watchMaskingKeys(ledger);
  let hasBadTextOfClient = false;

  const unread = (from: Role): void => {
    sides[from].isUnread = true;
    duties.unread(from, 'missing');
  };

  const sideOf = (role: Role): Side => ({
    watch: watchFrames(
      {
        broken: (clause, words) => {
          if (words.code === 'message-too-large') {
            note(`a message of the ${role} has more than ${maxMessage} bytes, so that nothing behind it is judged`);
          } else if (words.code === 'bad-utf-8' && role === 'server' && hasBadTextOfClient) {
            // What comes back is what the application was given (draft-06/6.2/server-undefined).
            ledger.note(role, 'draft-06/6.2/server-could', { ...words, code: 'bad-utf-8-after-bad-utf-8' });
          } else {
            if (words.code === 'bad-utf-8') hasBadTextOfClient = true;
            ledger.broken(role, clause, words);
          }
        },
      },
      false,
      role,
      { readings, maxPayload: maxMessage },
    ),
    kinds: new Set(),
    inflater: stream === 'deflated' ? createInflatingReader() : undefined,
    coded: 0,
    frames: 0,
    messages: 0,
    isUnread: false,
    isEnded: false,
  });
  const sides: Readonly<Record<Role, Side>> = { client: sideOf('client'), server: sideOf('server') };

  const takeFrame = (from: Role, side: Side, event: FrameEvent): void => {
    if (event.type === 'violation') {
      // What the other side makes of it, and owes, is beyond judging.
      duties.unread(from, 'broken');
      return;
    }
    const { decoded, message, close } = event;
    const { frame, maskingKey } = decoded;
    const offset = headLengths[from] + decoded.offset;
    side.frames++;
    if (message !== undefined) side.messages++;
    const kind = kindOf(decoded);
    if (!side.kinds.has(kind)) {
      side.kinds.add(kind);
      ledger.held(from, exercisedBy(decoded, from));
    }
    if (maskingKey !== undefined) keys.take(maskingKey, offset);
    if (close !== undefined) duties.close(from, close, offset);
    else if (frame.opcode === opcodes.ping) duties.ping(from, frame.applicationData, offset);
    else if (frame.opcode === opcodes.pong) duties.pong(from, frame.applicationData, offset);
  };

  const takeClear = (from: Role, side: Side, bytes: Uint8Array): void => {
    const { events } = side.watch.take(bytes, headLengths[from]);
    for (const event of events) takeFrame(from, side, event);
  };

  const takeDeflated = (from: Role, side: Side, inflater: NonNullable<Side['inflater']>, bytes: Uint8Array): void => {
    const wrong = inflater.read(bytes, (clear) => {
      ledger.held(from, ['draft-06/8.2.1/all-bytes-deflated']);
      takeClear(from, side, clear);
    });
    if (wrong !== undefined) {
      options.ledger.broken(from, 'draft-06/8.2.1/all-bytes-deflated', {
        code: 'bad-deflate',
        observed: `the bytes behind the opening handshake are no stream of RFC 1951 (${wrong})`,
        allowed: 'all bytes deflated, because deflate-stream is in use',
        offset: headLengths[from] + side.coded,
      });
      side.isUnread = true;
      duties.unread(from, 'broken');
    } else if (inflater.isExhausted()) {
      note(`the compressed bytes of the ${from} grow beyond measure, so that the rest of them is not judged`);
      unread(from);
    }
  };

  return {
    take: (from, bytes) => {
      const side = sides[from];
      if (side.isUnread) return;
      if (side.inflater === undefined) takeClear(from, side, bytes);
      else takeDeflated(from, side, side.inflater, bytes);
      side.coded += bytes.length;
    },
    unread,
    end: (from) => {
      const side = sides[from];
      side.isEnded = true;
      if (!side.isUnread) side.watch.settle(headLengths[from]);
      if (side.watch.hasViolation()) duties.unread(from, 'broken');
      duties.end(from);
      const other = otherRole(from);
      // Only who is first does it of its own accord.
      if (duties.closeOf(from) === undefined && duties.closeOf(other) === undefined && !sides[other].isEnded) {
        ledger.note(from, 'draft-06/7.1.1/any-means', {
          code: 'ended-without-close',
          observed: `the ${from} ended TCP, and no Close had passed`,
          allowed: 'a Close first, or any means where that is necessary (reading R-720)',
        });
      }
    },
    finish: () => {
      duties.finish();
      keys.finish();
    },
    closeOf: duties.closeOf,
    counts: (role) => ({ frames: sides[role].frames, messages: sides[role].messages }),
  };
}

/** Offsets of frames are none of bytes on the wire where these are compressed: the finding says so in words. */
function inflatedLedger(ledger: Ledger, headLengths: Readonly<Record<Role, number>>): Ledger {
  const inWords = (blamed: Role, { code, observed, allowed, offset }: FindingWords): FindingWords => {
    const place = offset === undefined ? '' : `, at byte ${offset - headLengths[blamed]} of what inflating gives`;
    return { code, observed: observed + place, allowed };
  };
  return {
    ...ledger,
    broken: (blamed, clause, words, weight) => {
      ledger.broken(blamed, clause, inWords(blamed, words), weight);
    },
    note: (blamed, clause, words) => {
      ledger.note(blamed, clause, inWords(blamed, words));
    },
  };
}
