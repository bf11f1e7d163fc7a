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
}

/** Why a peer cannot be tested: nobody listens, or the name does not resolve. */
export class PeerUnreachable extends Error {
  override readonly name = 'PeerUnreachable';
}
