import { concatBytes, noBytes } from '../../model/bytes.js';
import { type CloseReason, isCloseViolation, readCloseBody } from '../../model/close-body.js';
import { explainDecoded, explainFrame } from '../../model/explain.js';
import { isControl } from '../../model/frame.js';
import { createDecoder, type DecodedFrame, decodeFrames, isBetweenFrames } from '../../model/frame-decoder.js';
import { assemble, createAssembler, type Message } from '../../model/message.js';
import { otherRole, type Role } from '../../model/role.js';
import { clauseOfViolation, describeViolation, type Violation } from '../../model/violation.js';
import type { ClauseId } from '../../spec/clauses.js';
import { defaultReadings, type ReadingChoices } from '../../spec/readings.js';
import { opcodes } from '../../spec/wire.js';
import { type ChosenReadings, optionBehind } from './chosen-readings.js';
import type { Recorder } from './recorder.js';

/** A frame of the peer, or what is wrong with its bytes. */
export type FrameEvent =
  | { readonly type: 'frame'; readonly decoded: DecodedFrame; readonly message?: Message; readonly close?: CloseReason }
  | { readonly type: 'violation'; readonly violation: Violation };

/** Reads what a peer sends behind its opening handshake, and holds it against the framing rules of its role. */
export interface FrameWatch {
  /** What a chunk brought, and a line about it, made when it is asked for. Findings have been recorded. */
  readonly take: (
    bytes: Uint8Array,
    headLength: number,
  ) => { readonly events: readonly FrameEvent[]; readonly says: string };
  /**
   * Nothing more may come: what cannot be read as masked frames and is still waited for is looked at once more, for it
   * may be the clear frames of a client that does not mask.
   */
  readonly settle: (headLength: number) => void;
  /** The first bytes, as they came. */
  readonly firstBytes: () => Uint8Array;
  readonly closeReceived: () => boolean;
  readonly hasViolation: () => boolean;
}

/** Limit on what a peer may send at once in a test. */
const defaultMaxPayload = 64 * 1024 * 1024;

/** How many of the first bytes are kept. */
const maxFirstBytes = 4096;

/** What those who watch may want otherwise than the cases of the verifier do. */
export interface WatchSettings {
  /** What the frames are read with. */
  readonly readings?: ReadingChoices;
  /** Those of the readings that the user asked for, which a finding then names. */
  readonly chosen?: ChosenReadings;
  /** Bytes that a frame, and a message, may have: beyond them nothing can be told. Default 64 MiB. */
  readonly maxPayload?: number;
}

/** Whether bytes that cannot be read as clear frames are whole masked frames: those of a server that masks. */
export const areMaskedFrames = (bytes: Uint8Array): boolean => areFrames(bytes, true);

/** Whether bytes that cannot be read as masked frames are whole clear frames: those of a client that does not mask. */
export const areClearFrames = (bytes: Uint8Array): boolean => areFrames(bytes, false);

/** Whether a frame that is masked or clear against the rule is followed by frames that keep it. */
function isLoneFrame(bytes: Uint8Array, masked: boolean): boolean {
  const { frames, rest = noBytes } = decodeFrames(createDecoder({ masked }), bytes, 1);
  if (frames.length === 0 || rest.length === 0) return false;
  const after = decodeFrames(createDecoder({ masked: !masked }), rest);
  return after.frames.length > 0 && after.violation === undefined;
}

function areFrames(bytes: Uint8Array, masked: boolean): boolean {
  const { frames, violation, decoder } = decodeFrames(createDecoder({ masked }), bytes);
  return frames.length > 0 && violation === undefined && isBetweenFrames(decoder);
}

/** What it is to mask where one may not, or not to mask where one has to, by role. */
const maskingFaults = {
  server: {
    code: 'masked-frames',
    clauses: ['draft-06/4.1/server-frames-clear'],
    isOne: areMaskedFrames,
    should: 'clear',
    are: 'masked',
  },
  client: {
    code: 'clear-frames',
    clauses: ['draft-06/4.2/client-masks-all-frames', 'draft-06/4.1/client-frames-masked'],
    isOne: areClearFrames,
    should: 'masked',
    are: 'clear',
  },
} as const satisfies Readonly<Record<Role, { readonly clauses: readonly ClauseId[]; readonly [key: string]: unknown }>>;

/**
 * A watch at the start of the stream of frames.
 * @param toleratesBadText whether text that is not valid UTF-8 is no finding
 * @param peer whose frames they are
 */
export function watchFrames(
  recorder: Pick<Recorder, 'broken'>,
  toleratesBadText: boolean,
  peer: Role = 'server',
  { readings = defaultReadings, chosen = {}, maxPayload = defaultMaxPayload }: WatchSettings = {},
): FrameWatch {
  let decoder = createDecoder({ masked: peer === 'client', maxPayload, readings });
  let assembler = createAssembler({ role: otherRole(peer), maxMessage: maxPayload, readings });
  const masking = maskingFaults[peer];
  let firstBytes = noBytes;
  let isClosed = false;
  let hasViolation = false;
  let framesRead = 0;

  const blameMasking = (offset: number, why: string): void => {
    hasViolation = true;
    for (const clause of masking.clauses) {
      recorder.broken(clause, {
        code: masking.code,
        observed: `the bytes cannot be read as ${masking.should} frames (${why}), but as ${masking.are} frames they can`,
        allowed: `${masking.should} frames from a ${peer}`,
        offset,
      });
    }
  };

  /** @param frameBytes the bytes of a frame that cannot be decoded, from its first one on; none of one that can */
  const blame = (violation: Violation, headLength: number, frameBytes: Uint8Array = noBytes): FrameEvent => {
    hasViolation = true;
    const says = describeViolation(violation.code);
    const offset = headLength + violation.offset;
    const isLone = masking.isOne(frameBytes) || isLoneFrame(frameBytes, peer === 'server');
    // Behind frames that could be read, what a later one says is hardly a sign that the masking is wrong.
    // A key of zeros leaves a frame as it is in the clear, but it is a key (reading R-428).
    if (violation.code !== 'zero-key' && (isLone || (framesRead <= 1 && masking.isOne(firstBytes)))) {
      blameMasking(isLone ? headLength + decoder.offset : offset, says);
      return { type: 'violation', violation };
    }
    const words = {
      code: violation.code,
      observed: says + (violation.observed === undefined ? '' : `: ${violation.observed}`),
      allowed: `frames that keep the framing rules, ${masking.should} and without extensions${optionBehind(violation.code, chosen)}`,
      offset,
    };
    // The limit is ours, and no rule of the text: a length beyond it shows that nothing behind it can be told.
    const weight = violation.code === 'message-too-large' ? 'inconclusive' : undefined;
    recorder.broken(clauseOfViolation(violation.code, peer), words, weight);
    return { type: 'violation', violation };
  };

  const takeClose = (decoded: DecodedFrame, headLength: number): readonly FrameEvent[] => {
    isClosed = true;
    const close = readCloseBody(decoded.frame.applicationData, decoded.offset, readings);
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
        observed: `${explainFrame(frame).says} after the Close of the ${peer}`,
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
        observed: `a text message of the ${peer} is not valid UTF-8`,
        allowed: `text in UTF-8${optionBehind('bad-utf-8', chosen)}`,
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
      const { partialHeader, open, offset } = decoder;
      const { frames, violation, decoder: moved } = decodeFrames(decoder, bytes);
      decoder = moved;
      const events = frames.flatMap((decoded) => {
        framesRead++;
        return takeFrame(decoded, headLength);
      });
      if (violation !== undefined) {
        // Where the frame begins in this chunk; a header that began in an earlier one is put together.
        const before = open === undefined ? partialHeader.length : open.frame.headerLength + open.payload.length;
        const start = moved.offset - offset - before;
        const frameBytes = start < 0 ? concatBytes([partialHeader, bytes]) : bytes.subarray(start);
        events.push(blame(violation, headLength, frameBytes.subarray(0, maxFirstBytes)));
      }
      return {
        events,
        get says() {
          const notes = frames.slice(0, 5).map((decoded) => explainDecoded(decoded, peer).says);
          return notes.length === 0 ? 'part of a frame' : notes.join('; ');
        },
      };
    },
    settle: (headLength) => {
      // Only a client is asked: the first bytes of a masked frame are random, and rarely break a rule by themselves.
      if (peer === 'server' || decoder.failed || decoder.offset > 0 || isBetweenFrames(decoder)) return;
      if (masking.isOne(firstBytes)) blameMasking(headLength, 'as such they never end');
    },
    firstBytes: () => firstBytes,
    closeReceived: () => isClosed,
    hasViolation: () => hasViolation,
  };
}
