import { concatBytes, noBytes } from '../../model/bytes.js';
import { createHeadReader, type HeadReading, readHead } from '../../model/http-head-reader.js';
import type { Message } from '../../model/message.js';
import type { Role } from '../../model/role.js';
import { opcodes } from '../../spec/wire.js';
import { type ChosenReadings, readingsToWatchWith } from './chosen-readings.js';
import type { ConversationOptions, StreamCoding } from './conversation.js';
import { type FrameEvent, type FrameWatch, watchFrames } from './frame-watch.js';
import type { Recorder } from './recorder.js';

/** Bytes where none are read that are kept. */
const maxStrayBytes = 4096;

/** The longest head that a peer may send in a test. */
const maxHead = 64 * 1024;

/** What the bytes of the peer are. */
export type Stage =
  /** Its opening handshake, or nothing yet. */
  | 'head'
  /** A client's opening handshake is over and has no answer yet: it waits. */
  | 'early'
  | 'frames'
  /** Behind a response that does not accept. */
  | 'stray';

/** What is to be known about a conversation in order to read what the peer sends. */
export interface IncomingFacts {
  readonly recorder: Recorder;
  readonly options?: ConversationOptions | undefined;
  /** Called for each message of the peer. */
  readonly onMessage?: ((kind: Message['kind']) => void) | undefined;
  /** The options of readings that the frames of the peer are held against, and that ours follow. */
  readonly chosen?: ChosenReadings | undefined;
}

/** What a peer sends, read as what it is at that stage, put on record, and held against the rules at once. */
export interface Incoming extends Pick<FrameWatch, 'firstBytes' | 'closeReceived' | 'hasViolation'> {
  /** Takes bytes of the opening handshake. */
  readonly takeHead: (bytes: Uint8Array) => HeadReading;
  /** Takes bytes behind the opening handshake. */
  readonly take: (bytes: Uint8Array) => void;
  /** Takes the frames that came in one chunk with the opening handshake; whether there were any. */
  readonly takeLeftOver: () => boolean;
  /** What the bytes are from here on, the first of which have come already. */
  readonly setStage: (reached: Stage, first: Uint8Array) => void;
  /** Bytes behind the opening handshake are decoded from here on. */
  readonly decodeBy: (coding: StreamCoding) => void;
  /** The next frame or violation of those that have come. */
  readonly shift: () => FrameEvent | undefined;
  /** Nothing more may come: what is still waited for is looked at once more. */
  readonly settle: () => void;
  /** Bytes of the head so far. */
  readonly headBytes: () => Uint8Array;
  /** The length of the head in bytes; 0 as long as it is not over. */
  readonly headLength: () => number;
  /** The beginning of what came where no frames are read. */
  readonly strayBytes: () => Uint8Array;
}

/**
 * Reads what a peer sends.
 * @param now the clock of the line, in milliseconds
 * @param onPing called with the body of each Ping
 */
export function readIncoming(
  peer: Role,
  facts: IncomingFacts,
  now: () => number,
  onPing: (body: Uint8Array) => void,
): Incoming {
  const { recorder, chosen = {} } = facts;
  const { toleratesBadText = false } = facts.options ?? {};
  let reader = createHeadReader(peer === 'server' ? 'response' : 'request', { maxBytes: maxHead });
  const watch = watchFrames(recorder, toleratesBadText, peer, { readings: readingsToWatchWith(chosen), chosen });
  let stage: Stage = 'head';
  let headLength = 0;
  const headChunks: Uint8Array[] = [];
  let stray: Uint8Array = noBytes;
  let leftOver = noBytes;
  let coding: StreamCoding | undefined;
  const ready: FrameEvent[] = [];

  const received = (bytes: Uint8Array, note: string): void => {
    recorder.wrote({ atMs: now(), from: 'peer', bytes, note });
  };

  const takeStray = (bytes: Uint8Array): void => {
    if (stray.length < maxStrayBytes) stray = concatBytes([stray, bytes]).slice(0, maxStrayBytes);
  };

  const takeEarly = (bytes: Uint8Array): void => {
    received(bytes, 'bytes before the response');
    takeStray(bytes);
    recorder.broken('draft-06/5.1/waits-for-response', {
      code: 'early-data',
      observed: `${bytes.length} bytes behind the opening handshake, before the response`,
      allowed: 'nothing until the response has come',
      offset: headLength,
    });
  };

  const take = (bytes: Uint8Array): void => {
    if (stage === 'early') {
      takeEarly(bytes);
      return;
    }
    if (stage !== 'frames') {
      received(bytes, peer === 'server' ? 'body of the answer, or what follows it' : 'bytes behind the response');
      takeStray(bytes);
      return;
    }
    const { clear, wrong } = coding?.decode(bytes) ?? { clear: bytes, wrong: undefined };
    const { events, says } = watch.take(clear, headLength);
    received(bytes, coding === undefined ? says : `encoded: ${says}`);
    if (wrong !== undefined) blameCoding(wrong);
    for (const event of events) {
      ready.push(event);
      if (event.type !== 'frame') continue;
      if (event.message !== undefined) facts.onMessage?.(event.message.kind);
      const { opcode, applicationData } = event.decoded.frame;
      if (opcode === opcodes.ping) onPing(applicationData);
    }
  };

  const blameCoding = (why: string): void => {
    recorder.broken('draft-06/8.2.1/all-bytes-deflated', {
      code: 'undecodable-stream',
      observed: `bytes behind the opening handshake that are no stream of RFC 1951: ${why}`,
      allowed: 'all bytes encoded by RFC 1951',
      offset: headLength,
    });
  };

  return {
    takeHead: (bytes) => {
      const reading = readHead(reader, bytes);
      received(bytes, peer === 'server' ? 'answer to the opening handshake' : 'opening handshake');
      headChunks.push(bytes);
      if (reading.kind === 'need-more') reader = reading.reader;
      if (reading.kind === 'head') headLength = reading.length;
      return reading;
    },
    take,
    takeLeftOver: () => {
      const pending = leftOver;
      leftOver = noBytes;
      if (pending.length > 0) take(pending);
      return pending.length > 0;
    },
    setStage: (reached, first) => {
      stage = reached;
      if (reached === 'frames') leftOver = first;
      else if (reached === 'early' && first.length > 0) takeEarly(first);
      else takeStray(first);
    },
    decodeBy: (chosenCoding) => {
      coding = chosenCoding;
    },
    shift: () => ready.shift(),
    settle: () => {
      watch.settle(headLength);
    },
    headBytes: () => concatBytes(headChunks).slice(0, headLength > 0 ? headLength : maxHead),
    headLength: () => headLength,
    strayBytes: () => stray,
    firstBytes: watch.firstBytes,
    closeReceived: watch.closeReceived,
    hasViolation: watch.hasViolation,
  };
}
