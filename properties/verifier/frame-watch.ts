import { concatBytes, noBytes } from '../../model/bytes.js';
import { type CloseReason, isCloseViolation, readCloseBody } from '../../model/close-body.js';
import { explainDecoded, explainFrame } from '../../model/explain.js';
import { isControl } from '../../model/frame.js';
import { createDecoder, type DecodedFrame, decodeFrames, isBetweenFrames } from '../../model/frame-decoder.js';
import { assemble, createAssembler, type Message } from '../../model/message.js';
import { clauseOfViolation, describeViolation, type Violation } from '../../model/violation.js';
import { opcodes } from '../../spec/wire.js';
import type { Recorder } from './recorder.js';

/** A frame of the server, or what is wrong with its bytes. */
export type FrameEvent =
  | { readonly type: 'frame'; readonly decoded: DecodedFrame; readonly message?: Message; readonly close?: CloseReason }
  | { readonly type: 'violation'; readonly violation: Violation };

/** Reads what a server sends behind its opening handshake, and holds it against the framing rules. */
export interface FrameWatch {
  /** What a chunk brought, and a line about it. Findings have been recorded. */
  readonly take: (
    bytes: Uint8Array,
    headLength: number,
  ) => { readonly events: readonly FrameEvent[]; readonly says: string };
  /** The first bytes, as they came. */
  readonly firstBytes: () => Uint8Array;
  readonly closeReceived: () => boolean;
  readonly hasViolation: () => boolean;
}

/** Limit on what a server may send at once in a test. */
const maxPayload = 64 * 1024 * 1024;

/** How many of the first bytes are kept. */
const maxFirstBytes = 4096;

/** Whether bytes that cannot be read as clear frames are whole masked frames: those of a server that masks. */
export function areMaskedFrames(bytes: Uint8Array): boolean {
  const { frames, violation, decoder } = decodeFrames(createDecoder({ masked: true }), bytes);
  return frames.length > 0 && violation === undefined && isBetweenFrames(decoder);
}

/**
 * A watch at the start of the stream of frames.
 * @param toleratesBadText whether text that is not valid UTF-8 is no finding
 */
export function watchFrames(recorder: Recorder, toleratesBadText: boolean): FrameWatch {
  let decoder = createDecoder({ masked: false, maxPayload });
  let assembler = createAssembler({ role: 'client', maxMessage: maxPayload });
  let firstBytes = noBytes;
  let isClosed = false;
  let hasViolation = false;

  const blame = (violation: Violation, headLength: number): FrameEvent => {
    hasViolation = true;
    const says = describeViolation(violation.code);
    const masked = areMaskedFrames(firstBytes);
    recorder.broken(masked ? 'draft-06/4.1/server-frames-clear' : clauseOfViolation(violation.code, 'server'), {
      code: masked ? 'masked-frames' : violation.code,
      observed: masked
        ? `the bytes cannot be read as clear frames (${says}), but as masked frames they can`
        : says + (violation.observed === undefined ? '' : `: ${violation.observed}`),
      allowed: 'frames that keep the framing rules, clear and without extensions',
      offset: headLength + violation.offset,
    });
    return { type: 'violation', violation };
  };

  const takeClose = (decoded: DecodedFrame, headLength: number): readonly FrameEvent[] => {
    isClosed = true;
    const close = readCloseBody(decoded.frame.applicationData, decoded.offset);
    return isCloseViolation(close)
      ? [blame(close, headLength), { type: 'frame', decoded, close: {} }]
      : [{ type: 'frame', decoded, close }];
  };

  const takeData = (decoded: DecodedFrame, headLength: number): readonly FrameEvent[] => {
    const { frame } = decoded;
    const offset = headLength + decoded.offset;
    if (isClosed) {
      recorder.broken('draft-06/4.5.1/no-data-after-close', {
        code: 'data-after-close',
        observed: `${explainFrame(frame).says} after the Close of the server`,
        allowed: 'no data frame after a Close',
        offset,
      });
    }
    const assembly = assemble(assembler, frame, decoded.offset);
    assembler = assembly.assembler;
    const { message, violation } = assembly;
    if (message?.kind === 'text' && !message.wellFormed && !toleratesBadText) {
      recorder.broken('draft-06/4.6/text-is-utf-8', {
        code: 'bad-utf-8',
        observed: 'a text message of the server is not valid UTF-8',
        allowed: 'text in UTF-8',
        offset,
      });
    }
    const event: FrameEvent = message === undefined ? { type: 'frame', decoded } : { type: 'frame', decoded, message };
    return violation === undefined ? [event] : [blame(violation, headLength), event];
  };

  const takeFrame = (decoded: DecodedFrame, headLength: number): readonly FrameEvent[] => {
    const { opcode } = decoded.frame;
    if (opcode === opcodes.close) return takeClose(decoded, headLength);
    return isControl(opcode) ? [{ type: 'frame', decoded }] : takeData(decoded, headLength);
  };

  return {
    take: (bytes, headLength) => {
      if (firstBytes.length < maxFirstBytes) firstBytes = concatBytes([firstBytes, bytes]).slice(0, maxFirstBytes);
      const { frames, violation, decoder: moved } = decodeFrames(decoder, bytes);
      decoder = moved;
      const notes = frames.slice(0, 5).map((decoded) => explainDecoded(decoded, 'server').says);
      const events = frames.flatMap((decoded) => takeFrame(decoded, headLength));
      return {
        events: violation === undefined ? events : [...events, blame(violation, headLength)],
        says: notes.length === 0 ? 'part of a frame' : notes.join('; '),
      };
    },
    firstBytes: () => firstBytes,
    closeReceived: () => isClosed,
    hasViolation: () => hasViolation,
  };
}
