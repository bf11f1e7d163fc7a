/** An implementation of the time that is no peer of ours. */
export interface OtherPeer {
  readonly name: string;
  /** What was seen of it, on the wire unless the source is named. */
  readonly says: string;
}

/** What was looked at, and is not among the peers. */
export const otherPeers: readonly OtherPeer[] = [];
