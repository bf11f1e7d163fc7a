import { concatBytes, noBytes } from '../../model/bytes.js';
import { explainFrame } from '../../model/explain.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { type Layout, layOutFrame } from '../../model/frame-encoder.js';
import { type RequestHead, type ResponseHead, serializeHead } from '../../model/http-head.js';
import { createHeadReader, type HeadReading, readHead } from '../../model/http-head-reader.js';
import type { Message } from '../../model/message.js';
import type { Role } from '../../model/role.js';
import { opcodes } from '../../spec/wire.js';
import type {
  ClientConversation,
  Conversation,
  ConversationOptions,
  NoHead,
  PeerEvent,
  ServerConversation,
  StreamCoding,
} from './conversation.js';
import { type ChosenReadings, readingsToWatchWith } from './chosen-readings.js';
import { watchFrames } from './frame-watch.js';
import type { Line } from './line.js';
import type { Randomness } from './randomness.js';
import type { Recorder } from './recorder.js';

/** How many times the time for an answer a frame may take to arrive, as long as bytes of it keep coming. */
const patience = 5;

/** Milliseconds between two pieces, so that TCP does not join them. */
const pieceGap = 5;

/** Bytes where none are read that are kept. */
const maxStrayBytes = 4096;

/** The longest head that a peer may send in a test. */
const maxHead = 64 * 1024;

/** What the bytes of the peer are. */
type Stage =
  /** Its opening handshake, or nothing yet. */
  | 'head'
  /** A client's opening handshake is over and has no answer yet: it waits. */
  | 'early'
  | 'frames'
  /** Behind a response that does not accept. */
  | 'stray';

/** What `converse` needs to know besides the line. */
export interface ConversationFacts {
  readonly recorder: Recorder;
  readonly randomness: Randomness;
  /** Milliseconds of silence that mean "no answer". */
  readonly timeout: number;
  readonly options?: ConversationOptions | undefined;
  /** Called for each message of the peer. */
  readonly onMessage?: ((kind: Message['kind']) => void) | undefined;
  /** The options of readings that the frames of the peer are held against, and that ours follow. */
  readonly chosen?: ChosenReadings | undefined;
}

/** Starts a conversation with a server. */
export function converse(line: Line, facts: ConversationFacts): ServerConversation {
  const { conversation, readHeadOf, setStage } = converseWith('server', line, facts);
  return {
    ...conversation,
    readHead: async (limit) => {
      const read = await readHeadOf(limit);
      if (read.type !== 'head') return read;
      // The reader was made for a response, so the head is one.
      const head = read.head as ResponseHead;
      setStage(head.status === 101 ? 'frames' : 'stray', read.rest);
      return { type: 'response', head };
    },
  };
}

/** Starts a conversation with a client that has connected. */
export function converseWithClient(line: Line, facts: ConversationFacts): ClientConversation {
  const { conversation, readHeadOf, setStage, headBytes } = converseWith('client', line, facts);
  return {
    ...conversation,
    readRequest: async (limit) => {
      const read = await readHeadOf(limit);
      if (read.type !== 'head') return { ...read, bytes: headBytes() };
      setStage('early', read.rest);
      return { type: 'request', head: read.head as RequestHead, bytes: headBytes() };
    },
    sendResponse: async (response, isAccepted) => {
      const pieces = 'kind' in response ? [serializeHead(response)] : response;
      const last = pieces.at(-1) ?? noBytes;
      if (pieces.length > 1) await conversation.sendPieces(pieces.slice(0, -1), 'response');
      // What the client sends from here on may be its reaction.
      setStage(isAccepted ? 'frames' : 'stray', noBytes);
      conversation.sendBytes(last, pieces.length > 1 ? 'response, last piece' : 'response');
    },
  };
}

type HeadRead =
  { readonly type: 'head'; readonly head: RequestHead | ResponseHead; readonly rest: Uint8Array } | NoHead;

/** What both kinds of conversation are made of. */
interface Core {
  readonly conversation: Conversation;
  readonly readHeadOf: (limit?: number) => Promise<HeadRead>;
  /** Bytes of the head so far. */
  readonly headBytes: () => Uint8Array;
  /** What the bytes are from here on, the first of which have come already. */
  readonly setStage: (next: Stage, first: Uint8Array) => void;
}

function converseWith(peer: Role, line: Line, facts: ConversationFacts): Core {
  const { recorder, randomness, timeout } = facts;
  const { toleratesBadText = false } = facts.options ?? {};
  let reader = createHeadReader(peer === 'server' ? 'response' : 'request', { maxBytes: maxHead });
  const readings = readingsToWatchWith(facts.chosen);
  const watch = watchFrames(recorder, toleratesBadText, peer, { readings, chosen: facts.chosen ?? {} });
  let stage: Stage = 'head';
  let headLength = 0;
  const headChunks: Uint8Array[] = [];
  let stray: Uint8Array = noBytes;
  let leftOver = noBytes;
  let over: PeerEvent | undefined;
  /** Pongs that wait for the end of a frame that is being sent in pieces. */
  let heldBack: Frame[] | undefined;
  const ready: PeerEvent[] = [];
  let coding: StreamCoding | undefined;

  const sendBytes = (bytes: Uint8Array, note = 'bytes'): void => {
    recorder.wrote({ atMs: line.now(), from: 'tester', bytes, note });
    line.send(bytes);
  };
  const encode = (frame: Frame, layout: Layout = {}): Uint8Array =>
    layOutFrame(frame, peer === 'server' ? { maskingKey: randomness.bytes(4), readings, ...layout } : layout);

  const received = (bytes: Uint8Array, note: string): void => {
    recorder.wrote({ atMs: line.now(), from: 'peer', bytes, note });
  };

  const answer = (body: Uint8Array): void => {
    const pong = frameOf('pong', body);
    if (heldBack === undefined) sendFrame(pong);
    else heldBack.push(pong);
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

  const takeBytes = (bytes: Uint8Array): void => {
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
      if (opcode === opcodes.ping) answer(applicationData);
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

  const sendFrame = (frame: Frame, layout: Layout = {}): void => {
    const clear = encode(frame, layout);
    sendBytes(coding === undefined ? clear : coding.encode(clear), explainFrame(frame).says);
  };

  /** Frames that came in one chunk with the opening handshake. */
  const takeLeftOver = (): boolean => {
    const pending = leftOver;
    leftOver = noBytes;
    if (pending.length > 0) takeBytes(pending);
    return pending.length > 0;
  };

  const finish = (event: PeerEvent): void => {
    over = event;
    watch.settle(headLength);
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
      else if (happened.type !== 'silence') finish(happened);
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
        watch.settle(headLength);
        return happened;
      } else {
        finish(happened);
      }
    }
  };

  const readHeadOf = async (limit: number = timeout): Promise<HeadRead> => {
    let count = 0;
    const deadline = line.now() + limit;
    for (;;) {
      const happened = await line.next(Math.max(0, deadline - line.now()));
      if (happened.type !== 'bytes') {
        if (happened.type !== 'silence') finish(happened);
        return { ...happened, received: count };
      }
      count += happened.bytes.length;
      const reading: HeadReading = readHead(reader, happened.bytes);
      received(happened.bytes, peer === 'server' ? 'answer to the opening handshake' : 'opening handshake');
      headChunks.push(happened.bytes);
      if (reading.kind === 'violation') return { type: 'malformed', violation: reading.violation };
      if (reading.kind === 'need-more') {
        reader = reading.reader;
        continue;
      }
      headLength = reading.length;
      return { type: 'head', head: reading.head, rest: reading.rest };
    }
  };

  const conversation: Conversation = {
    peer,
    sendBytes,
    sendFrame,
    sendPieces,
    bytesOf: (frames) => concatBytes(frames.map((frame) => encode(frame))),
    codeBy: (chosen) => {
      coding = chosen;
    },
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
    strayBytes: () => stray,
    closeReceived: watch.closeReceived,
    hasViolation: watch.hasViolation,
    isOver: () => over !== undefined,
  };
  return {
    conversation,
    readHeadOf,
    headBytes: () => concatBytes(headChunks).slice(0, headLength > 0 ? headLength : maxHead),
    setStage: (reached, first) => {
      stage = reached;
      if (reached === 'frames') leftOver = first;
      else if (reached === 'early' && first.length > 0) takeEarly(first);
      else takeStray(first);
    },
  };
}
