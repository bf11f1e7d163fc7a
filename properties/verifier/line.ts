import type { WebSocketUri } from '../../model/uri.js';

/** What happens on a TCP connection to the peer, as the tester sees it. Times are milliseconds since it was opened. */
export type LineEvent =
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  /** The peer ended its direction in order. */
  | { readonly type: 'ended' }
  /** The connection broke: a reset, for example. */
  | { readonly type: 'lost'; readonly why: string }
  /** Nothing happened in the time that was given. */
  | { readonly type: 'silence' };

/** One TCP connection to the peer. After `ended` or `lost` nothing but these comes any more. */
export interface Line {
  readonly send: (bytes: Uint8Array) => void;
  /** Ends our direction. */
  readonly end: () => void;
  /** Ends both directions at once. */
  readonly destroy: () => void;
  /** The next thing that happens, or silence after `timeout` milliseconds. */
  readonly next: (timeout: number) => Promise<LineEvent>;
  readonly now: () => number;
}

/**
 * The implementation under test, whatever it is behind: the model in memory on a virtual clock, or a socket. One text
 * of a case serves all.
 */
export interface Peer {
  /** Opens a connection. Rejects with `PeerUnreachable` when there is none to be had. */
  readonly connect: () => Promise<Line>;
  /** Opens a connection on which TLS is not as it is for all others. Only for servers behind TLS on a socket. */
  readonly connectWith?: (tls: OtherTls) => Promise<Line>;
}

/** TLS left out, or with another name indicated. */
export type OtherTls = 'none' | { readonly servername: string };

/** What a case wants of a connection that a client is to make. */
export interface Visit {
  /** A name that no other connection of the run has. */
  readonly name: string;
  /**
   * The URL that the client is to be given, made from where the tester listens. Default: one with the path `/`. Only a
   * client with a choice of URL can be asked.
   */
  readonly url?: (at: { readonly host: string; readonly port: number }) => string;
}

/** A client that has connected. */
export interface Arrival {
  readonly line: Line;
  /** What it was sent to, where the tester knows and where that is a URI to connect to. */
  readonly uri?: WebSocketUri;
  /** Called when the case is over: ends what was started for this connection. */
  readonly release: () => void;
}

/** A client under test, whatever it is behind: the model in memory, a program that is started, somebody who comes. */
export interface ClientPeer {
  /** Waits for the client to connect. Rejects with `PeerUnreachable` when it does not. */
  readonly accept: (visit: Visit) => Promise<Arrival>;
}

/** Why a peer cannot be tested: nobody listens, the name does not resolve, or no client comes. */
export class PeerUnreachable extends Error {
  override readonly name = 'PeerUnreachable';
}
