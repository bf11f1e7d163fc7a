import type { Effect } from '../model/connection.js';

/** What a watcher gets to see: every byte of both directions, and every effect. */
export interface Watcher {
  readonly onBytes?: (from: 'local' | 'remote', bytes: Uint8Array) => void;
  readonly onEffect?: (effect: Effect) => void;
  /** The remote side ended TCP in order, or TCP is gone; the latter comes at the end of every connection. */
  readonly onTransport?: (how: 'ended' | 'lost') => void;
}
