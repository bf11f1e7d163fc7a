import { noBytes } from '../../model/bytes.js';
import { type Frame, frameOf, isControl } from '../../model/frame.js';
import type { MaskingKey } from '../../model/masking.js';
import { encodeUtf8 } from '../../model/utf8.js';
import { opcodes } from '../../spec/wire.js';
import type { Alteration } from '../conformance/altered-line.js';
import type { Line, LineEvent } from '../verifier/line.js';

/*
 * Ways of either role that are made of frames or of lines: unusual ones that keep every clause, and some that do not.
 */

/** A message in three frames, one of them empty. */
export const inThree = (frame: Frame): readonly Frame[] => {
  const half = frame.applicationData.length >> 1;
  return [
    { ...frame, fin: false, applicationData: frame.applicationData.subarray(0, half) },
    frameOf('continuation', noBytes, false),
    frameOf('continuation', frame.applicationData.subarray(half)),
  ];
};

/** A message of 2 to 300 bytes in frames of one byte. */
export const inSingleBytes = (frame: Frame): readonly Frame[] => {
  const { applicationData } = frame;
  if (applicationData.length < 2 || applicationData.length > 300) return [frame];
  return Array.from(applicationData, (_, at): Frame => {
    const part = frameOf('continuation', applicationData.subarray(at, at + 1), at === applicationData.length - 1);
    return at === 0 ? { ...part, opcode: frame.opcode } : part;
  });
};

/** A message in three frames with a Ping between the first two. */
export const withPingInside = (frame: Frame): readonly Frame[] =>
  inThree(frame).flatMap((part, at) => (at === 0 ? [part, frameOf('ping', encodeUtf8('between'))] : [part]));

/** Only the last Ping of a chunk is answered, as draft-06/4.5.3/pong-only-for-latest-ping has it. */
export const latestPingOnly = (frames: readonly Frame[]): readonly Frame[] => {
  const last = frames.findLastIndex(({ opcode }) => opcode === opcodes.ping);
  return frames.filter(({ opcode }, at) => opcode !== opcodes.ping || at === last);
};

/** A frame in two, whatever its opcode: the second is a continuation. */
export const inTwoFragments = (frame: Frame): readonly Frame[] => {
  const half = frame.applicationData.length >> 1;
  return [
    { ...frame, fin: false, applicationData: frame.applicationData.subarray(0, half) },
    frameOf('continuation', frame.applicationData.subarray(half)),
  ];
};

/** Delivers each Ping only when the message that was open has ended. */
export function slowPongs(): Alteration {
  let held: readonly Frame[] = [];
  let isOpen = false;
  const release = (frame: Frame): readonly Frame[] => {
    if (isControl(frame.opcode)) {
      if (frame.opcode !== opcodes.ping || !isOpen) return [frame];
      held = [...held, frame];
      return [];
    }
    isOpen = !frame.fin;
    if (isOpen) return [frame];
    const waiting = held;
    held = [];
    return [frame, ...waiting];
  };
  return { reads: (frames) => frames.flatMap(release) };
}

/**
 * Writes a Close with the opcode 8 of later versions, unless one has come that it answers.
 * @param layOut how a role lays out frames
 */
export function startingWith8(layOut: (frame: Frame, key: MaskingKey) => Uint8Array): Alteration {
  let hasCome = false;
  return {
    reads: (frames) => {
      hasCome ||= frames.some(({ opcode }) => opcode === opcodes.close);
      return frames;
    },
    sends: (frame, key) => [layOut(frame.opcode === opcodes.close && !hasCome ? { ...frame, opcode: 8 } : frame, key)],
  };
}

/** Its bytes come one by one, as TCP may cut them. */
export function trickling(line: Line): Line {
  const queue: LineEvent[] = [];
  return {
    ...line,
    next: async (timeout) => {
      const ready = queue.shift();
      if (ready !== undefined) return ready;
      const event = await line.next(timeout);
      if (event.type !== 'bytes' || event.bytes.length > 500) return event;
      queue.push(...Array.from(event.bytes, (byte): LineEvent => ({ type: 'bytes', bytes: Uint8Array.of(byte) })));
      return queue.shift() ?? event;
    },
  };
}

/**
 * The events of a line, each some time after it happened.
 * @param lag milliseconds that an event takes; 0 lets it pass
 */
export function lateLine(line: Line, lag: (event: LineEvent) => number): Line {
  /** How far this clock is before that of the line. */
  let ahead = 0;
  let held: { readonly event: LineEvent; readonly due: number } | undefined;
  const now = (): number => line.now() + ahead;
  const pass = (until: number): void => {
    ahead += Math.max(0, until - now());
  };
  return {
    ...line,
    now,
    next: async (timeout) => {
      const deadline = now() + timeout;
      if (held === undefined) {
        const event = await line.next(timeout);
        if (event.type === 'silence') return event;
        held = { event, due: now() + lag(event) };
      }
      const { event, due } = held;
      if (due > deadline) {
        pass(deadline);
        return { type: 'silence' };
      }
      pass(due);
      held = undefined;
      return event;
    },
  };
}
