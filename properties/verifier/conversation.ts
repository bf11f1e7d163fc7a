import { concatBytes, noBytes } from '../../model/bytes.js';
import { explainFrame } from '../../model/explain.js';
import { type Frame, frameOf } from '../../model/frame.js';
import type { DecodedFrame } from '../../model/frame-decoder.js';
import { type Layout, layOutFrame } from '../../model/frame-encoder.js';
import type { ResponseHead } from '../../model/http-head.js';
import { createHeadReader, type HeadReading, readHead } from '../../model/http-head-reader.js';
import type { Violation } from '../../model/violation.js';
import { opcodes } from '../../spec/wire.js';
import { type FrameEvent, watchFrames } from './frame-watch.js';
import type { Line } from './line.js';
import type { Randomness } from './randomness.js';
import type { Recorder } from './recorder.js';

/** What a peer did next. */
export type PeerEvent =
  | FrameEvent
  | { readonly type: 'ended' }
  | { readonly type: 'lost'; readonly why: string }
  | { readonly type: 'silence' };

/** How a peer answered an opening handshake. */
export type HeadEvent =
  | { readonly type: 'response'; readonly head: ResponseHead }
  | { readonly type: 'malformed'; readonly violation: Violation }
  | { readonly type: 'ended' | 'silence'; readonly received: number }
  | { readonly type: 'lost'; readonly why: string; readonly received: number };

/**
 * A connection on which the tester plays the client. Whatever the server sends is held against the framing rules at
 * once, in every case: a violation is a finding without the case having to look for it.
 */
export interface Conversation {
  /** Sends bytes as they are. */
  readonly sendBytes: (bytes: Uint8Array, note?: string) => void;
  /** Sends a frame, masked with a fresh key unless the layout says otherwise; nothing keeps it from breaking rules. */
  readonly sendFrame: (frame: Frame, layout?: Layout) => void;
  /**
   * Sends bytes in pieces that a server is likely to read one by one. What it sends meanwhile is kept for `next`; its
   * Pings are answered behind the last piece, so that no Pong stands inside a frame of ours.
   */
  readonly sendPieces: (pieces: readonly Uint8Array[], note?: string) => Promise<void>;
  /** Frames as bytes, each masked with a fresh key, to be sent in other pieces. */
  readonly bytesOf: (frames: readonly Frame[]) => Uint8Array;
  /** Reads the answer to an opening handshake, or for a while on it: after `silence` it can be read on. */
  readonly readHead: (timeout?: number) => Promise<HeadEvent>;
  /** The next event. Pings of the server are answered on the way, as a client has to. */
  readonly next: (timeout?: number) => Promise<PeerEvent>;
  readonly end: () => void;
  readonly destroy: () => void;
  readonly now: () => number;
  /** How long silence means "no answer", in milliseconds. */
  readonly timeout: number;
  /** Offset of a frame in all that the server sent on this connection. */
  readonly offsetOf: (decoded: DecodedFrame) => number;
  /** The first bytes that the server sent behind its opening handshake, as they came. */
  readonly firstBytes: () => Uint8Array;
  /** Whether a Close has come from the server. */
  readonly closeReceived: () => boolean;
  /** Whether the server has broken the framing, for which it has its finding. */
  readonly hasViolation: () => boolean;
  /** The server ended or lost TCP. */
  readonly isOver: () => boolean;
}

/** What a case may ask of a conversation. */
export interface ConversationOptions {
  /**
   * Text of the server that is not valid UTF-8 is no finding: the case sent such text itself, and what comes back is
   * what the application was given (draft-06/6.2/server-undefined).
   */
  readonly toleratesBadText?: boolean;
}

/** How many times the time for an answer a frame may take to arrive, as long as bytes of it keep coming. */
const patience = 5;

/** Milliseconds between two pieces, so that TCP does not join them. */
const pieceGap = 5;

/** Starts a conversation on a line. */
export function converse(
  line: Line,
  recorder: Recorder,
  randomness: Randomness,
  timeout: number,
  { toleratesBadText = false }: ConversationOptions = {},
): Conversation {
  let reader = createHeadReader('response', { maxBytes: 64 * 1024 });
  const watch = watchFrames(recorder, toleratesBadText);
  let headLength = 0;
  // Frames follow only a response that accepts; what follows another is its body.
  let isAccepted = false;
  let leftOver = noBytes;
  let over: PeerEvent | undefined;
  /** Pongs that wait for the end of a frame that is being sent in pieces. */
  let heldBack: Frame[] | undefined;
  const ready: PeerEvent[] = [];

  const sendBytes = (bytes: Uint8Array, note = 'bytes'): void => {
    recorder.wrote({ atMs: line.now(), from: 'tester', bytes, note });
    line.send(bytes);
  };
  const encode = (frame: Frame, layout: Layout = {}): Uint8Array =>
    layOutFrame(frame, { maskingKey: randomness.bytes(4), ...layout });

  const received = (bytes: Uint8Array, note: string): void => {
    recorder.wrote({ atMs: line.now(), from: 'peer', bytes, note });
  };

  const answer = (body: Uint8Array): void => {
    const pong = frameOf('pong', body);
    if (heldBack === undefined) sendFrame(pong);
    else heldBack.push(pong);
  };

  const takeBytes = (bytes: Uint8Array): void => {
    if (!isAccepted) {
      received(bytes, 'body of the answer, or what follows it');
      return;
    }
    const { events, says } = watch.take(bytes, headLength);
    received(bytes, says);
    for (const event of events) {
      ready.push(event);
      if (event.type !== 'frame') continue;
      const { opcode, applicationData } = event.decoded.frame;
      if (opcode === opcodes.ping) answer(applicationData);
    }
  };

  const sendFrame = (frame: Frame, layout: Layout = {}): void => {
    sendBytes(encode(frame, layout), explainFrame(frame).says);
  };

  /** Frames that came in one chunk with the opening handshake. */
  const takeLeftOver = (): boolean => {
    const pending = leftOver;
    leftOver = noBytes;
    if (pending.length > 0) takeBytes(pending);
    return pending.length > 0;
  };

  const sendPieces = async (pieces: readonly Uint8Array[], note = 'bytes'): Promise<void> => {
    const pongs: Frame[] = [];
    heldBack = pongs;
    takeLeftOver();
    for (const [at, piece] of pieces.entries()) {
      if (over !== undefined) break;
      sendBytes(piece, `${note}, piece ${at + 1} of ${pieces.length}`);
      const happened = await line.next(pieceGap);
      if (happened.type === 'bytes') takeBytes(happened.bytes);
      else if (happened.type !== 'silence') over = happened;
    }
    heldBack = undefined;
    for (const pong of pongs) sendFrame(pong);
  };

  const next = async (limit: number = timeout): Promise<PeerEvent> => {
    const latest = line.now() + patience * limit;
    let deadline = line.now() + limit;
    for (;;) {
      const event = ready.shift();
      if (event !== undefined) return event;
      if (over !== undefined) return over;
      if (takeLeftOver()) continue;
      const happened = await line.next(Math.max(0, deadline - line.now()));
      if (happened.type === 'bytes') {
        takeBytes(happened.bytes);
        // Part of a long frame is not silence; but a peer that trickles one for ever is not waited for either.
        deadline = Math.min(latest, line.now() + limit);
      } else if (happened.type === 'silence') {
        return happened;
      } else {
        over = happened;
      }
    }
  };

  const nextHead = async (limit: number = timeout): Promise<HeadEvent> => {
    let count = 0;
    const deadline = line.now() + limit;
    for (;;) {
      const happened = await line.next(Math.max(0, deadline - line.now()));
      if (happened.type !== 'bytes') {
        if (happened.type !== 'silence') over = happened;
        return { ...happened, received: count };
      }
      count += happened.bytes.length;
      const reading: HeadReading = readHead(reader, happened.bytes);
      received(happened.bytes, 'answer to the opening handshake');
      if (reading.kind === 'violation') return { type: 'malformed', violation: reading.violation };
      if (reading.kind === 'need-more') {
        reader = reading.reader;
        continue;
      }
      headLength = reading.length;
      // The reader was made for a response, so the head is one.
      const head = reading.head as ResponseHead;
      isAccepted = head.status === 101;
      if (isAccepted) leftOver = reading.rest;
      return { type: 'response', head };
    }
  };

  return {
    sendBytes,
    sendFrame,
    sendPieces,
    bytesOf: (frames) => concatBytes(frames.map((frame) => encode(frame))),
    readHead: nextHead,
    next,
    end: () => {
      line.end();
    },
    destroy: () => {
      line.destroy();
    },
    now: () => line.now(),
    timeout,
    offsetOf: (decoded) => headLength + decoded.offset,
    firstBytes: watch.firstBytes,
    closeReceived: watch.closeReceived,
    hasViolation: watch.hasViolation,
    isOver: () => over !== undefined,
  };
}
