import type { Frame } from '../../model/frame.js';
import type { DecodedFrame } from '../../model/frame-decoder.js';
import type { Layout } from '../../model/frame-encoder.js';
import type { RequestHead, ResponseHead } from '../../model/http-head.js';
import type { Role } from '../../model/role.js';
import type { Violation } from '../../model/violation.js';
import type { FrameEvent } from './frame-watch.js';

/** What a peer did next. */
export type PeerEvent =
  | FrameEvent
  | { readonly type: 'ended' }
  | { readonly type: 'lost'; readonly why: string }
  | { readonly type: 'silence' };

/** What came instead of a whole HTTP head. */
export type NoHead =
  | { readonly type: 'malformed'; readonly violation: Violation }
  | { readonly type: 'ended' | 'silence'; readonly received: number }
  | { readonly type: 'lost'; readonly why: string; readonly received: number };

/** How a server answered an opening handshake. */
export type HeadEvent = { readonly type: 'response'; readonly head: ResponseHead } | NoHead;

/** What a client sent as its opening handshake. */
export type RequestEvent =
  | {
      readonly type: 'request';
      readonly head: RequestHead;
      /** The head as it came, with its empty line. */
      readonly bytes: Uint8Array;
    }
  | (NoHead & { readonly bytes: Uint8Array });

/**
 * A connection on which the tester plays one role and the peer the other. Whatever the peer sends is held against the
 * framing rules of its role at once, in every case: a violation is a finding without the case having to look for it.
 */
export interface Conversation {
  /** The role of the implementation under test. */
  readonly peer: Role;
  /** Sends bytes as they are. */
  readonly sendBytes: (bytes: Uint8Array, note?: string) => void;
  /**
   * Sends a frame, laid out as the role that the tester plays has to unless the layout says otherwise: a client masks
   * it with a fresh key, a server leaves it clear. Nothing keeps it from breaking rules.
   */
  readonly sendFrame: (frame: Frame, layout?: Layout) => void;
  /**
   * Sends bytes in pieces that a peer is likely to read one by one. What it sends meanwhile is kept for `next`; its
   * Pings are answered behind the last piece, so that no Pong stands inside a frame of ours.
   */
  readonly sendPieces: (pieces: readonly Uint8Array[], note?: string) => Promise<void>;
  /** Frames as bytes, laid out as by `sendFrame`, to be sent in other pieces. */
  readonly bytesOf: (frames: readonly Frame[]) => Uint8Array;
  /**
   * From here on frames are sent, and bytes of the peer are read, through an extension that was negotiated; bytes of
   * ours still go out as they are given. Bytes that cannot be decoded are a finding.
   */
  readonly codeBy: (coding: StreamCoding) => void;
  /** The next event. Pings of the peer are answered on the way, as every endpoint has to. */
  readonly next: (timeout?: number) => Promise<PeerEvent>;
  readonly end: () => void;
  readonly destroy: () => void;
  readonly now: () => number;
  /** How long silence means "no answer", in milliseconds. */
  readonly timeout: number;
  /** Offset of a frame in all that the peer sent on this connection. */
  readonly offsetOf: (decoded: DecodedFrame) => number;
  /** The first bytes that the peer sent behind its opening handshake, as they came. */
  readonly firstBytes: () => Uint8Array;
  /** What the peer sent where no frames are read, such as the body of a refusal; the beginning of it. */
  readonly strayBytes: () => Uint8Array;
  /** Whether a Close has come from the peer. */
  readonly closeReceived: () => boolean;
  /** Whether the peer has broken the framing, for which it has its finding. */
  readonly hasViolation: () => boolean;
  /** The peer ended or lost TCP. */
  readonly isOver: () => boolean;
}

/** A conversation with a server: the tester sends the opening handshake and reads the answer. */
export interface ServerConversation extends Conversation {
  /** Reads the answer to an opening handshake, or for a while on it: after `silence` it can be read on. */
  readonly readHead: (timeout?: number) => Promise<HeadEvent>;
}

/** A conversation with a client: the tester reads the opening handshake and sends the response. */
export interface ClientConversation extends Conversation {
  /** Reads the opening handshake. Bytes behind it, before the response, are a finding. */
  readonly readRequest: (timeout?: number) => Promise<RequestEvent>;
  /**
   * Sends a response, in one piece or in several.
   * @param isAccepted whether the client may take it for the right one. What it then sends is read as frames; behind
   *   another response what it sends is kept as `strayBytes`, because it should send nothing
   */
  readonly sendResponse: (response: ResponseHead | readonly Uint8Array[], isAccepted: boolean) => Promise<void>;
}

/** What an extension does to the stream of bytes, at once. */
export interface StreamCoding {
  readonly encode: (clear: Uint8Array) => Uint8Array;
  /** What the bytes that came stand for, and why there is not more of it. */
  readonly decode: (coded: Uint8Array) => { readonly clear: Uint8Array; readonly wrong?: string };
}

/** What a case may ask of a conversation. */
export interface ConversationOptions {
  /**
   * Text of the server that is not valid UTF-8 is no finding: the case sent such text itself, and what comes back is
   * what the application was given (draft-06/6.2/server-undefined).
   */
  readonly toleratesBadText?: boolean;
}
