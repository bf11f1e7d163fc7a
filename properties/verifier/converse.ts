import { concatBytes, noBytes } from '../../model/bytes.js';
import { explainFrame } from '../../model/explain.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { type Layout, layOutFrame } from '../../model/frame-encoder.js';
import { type RequestHead, type ResponseHead, serializeHead } from '../../model/http-head.js';
import type { Role } from '../../model/role.js';
import type {
  ClientConversation,
  Conversation,
  NoHead,
  PeerEvent,
  ServerConversation,
  StreamCoding,
} from './conversation.js';
import { readingsToWatchWith } from './chosen-readings.js';
import { type Incoming, type IncomingFacts, readIncoming } from './incoming.js';
import type { Line } from './line.js';
import type { Randomness } from './randomness.js';

/** How many times the time for an answer a frame may take to arrive, as long as bytes of it keep coming. */
const patience = 5;

/** Milliseconds between two pieces, so that TCP does not join them. */
const pieceGap = 5;

/** What `converse` needs to know besides the line. */
export interface ConversationFacts extends IncomingFacts {
  readonly randomness: Randomness;
  /** Milliseconds of silence that mean "no answer". */
  readonly timeout: number;
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
interface Core extends Pick<Incoming, 'headBytes' | 'setStage'> {
  readonly conversation: Conversation;
  readonly readHeadOf: (limit?: number) => Promise<HeadRead>;
}

function converseWith(peer: Role, line: Line, facts: ConversationFacts): Core {
  const { recorder, randomness, timeout } = facts;
  const readings = readingsToWatchWith(facts.chosen);
  let over: PeerEvent | undefined;
  /** Pongs that wait for the end of a frame that is being sent in pieces. */
  let heldBack: Frame[] | undefined;
  let coding: StreamCoding | undefined;

  const sendBytes = (bytes: Uint8Array, note = 'bytes'): void => {
    recorder.wrote({ atMs: line.now(), from: 'tester', bytes, note });
    line.send(bytes);
  };
  const encode = (frame: Frame, layout: Layout = {}): Uint8Array =>
    layOutFrame(frame, peer === 'server' ? { maskingKey: randomness.bytes(4), readings, ...layout } : layout);

  const answer = (body: Uint8Array): void => {
    const pong = frameOf('pong', body);
    if (heldBack === undefined) sendFrame(pong);
    else heldBack.push(pong);
  };

  const incoming = readIncoming(peer, facts, () => line.now(), answer);
  const { takeLeftOver } = incoming;

  const sendFrame = (frame: Frame, layout: Layout = {}): void => {
    const clear = encode(frame, layout);
    sendBytes(coding === undefined ? clear : coding.encode(clear), explainFrame(frame).says);
  };

  const finish = (event: PeerEvent): void => {
    over = event;
    incoming.settle();
  };

  const sendPieces = async (pieces: readonly Uint8Array[], note = 'bytes'): Promise<void> => {
    const pongs: Frame[] = [];
    heldBack = pongs;
    takeLeftOver();
    for (const [at, piece] of pieces.entries()) {
      if (over !== undefined) break;
      sendBytes(piece, `${note}, piece ${at + 1} of ${pieces.length}`);
      const happened = await line.next(pieceGap);
      if (happened.type === 'bytes') incoming.take(happened.bytes);
      else if (happened.type !== 'silence') finish(happened);
    }
    heldBack = undefined;
    for (const pong of pongs) sendFrame(pong);
  };

  const next = async (limit: number = timeout): Promise<PeerEvent> => {
    const latest = line.now() + patience * limit;
    let deadline = line.now() + limit;
    for (;;) {
      const event = incoming.shift();
      if (event !== undefined) return event;
      if (over !== undefined) return over;
      if (takeLeftOver()) continue;
      const happened = await line.next(Math.max(0, deadline - line.now()));
      if (happened.type === 'bytes') {
        incoming.take(happened.bytes);
        // Part of a long frame is not silence; but a peer that trickles one for ever is not waited for either.
        deadline = Math.min(latest, line.now() + limit);
      } else if (happened.type === 'silence') {
        incoming.settle();
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
      const reading = incoming.takeHead(happened.bytes);
      if (reading.kind === 'violation') return { type: 'malformed', violation: reading.violation };
      if (reading.kind === 'head') return { type: 'head', head: reading.head, rest: reading.rest };
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
      incoming.decodeBy(chosen);
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
    offsetOf: (decoded) => incoming.headLength() + decoded.offset,
    firstBytes: incoming.firstBytes,
    strayBytes: incoming.strayBytes,
    closeReceived: incoming.closeReceived,
    hasViolation: incoming.hasViolation,
    isOver: () => over !== undefined,
  };
  return { conversation, readHeadOf, headBytes: incoming.headBytes, setStage: incoming.setStage };
}
