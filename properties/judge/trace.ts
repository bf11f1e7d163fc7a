import type { Role } from '../../model/role.js';

/**
 * One thing that was seen on a connection, in the order in which it was seen. Whoever watches may stand anywhere between
 * the two ends; what is on its way there has been sent, and perhaps not been read yet.
 */
export type TraceEvent =
  /** Bytes in one direction. They are kept as views for a while: the caller leaves them alone afterwards. */
  | { readonly type: 'bytes'; readonly atMs: number; readonly from: Role; readonly bytes: Uint8Array }
  /** A side ended its direction of TCP in order, or broke the connection. */
  | { readonly type: 'ended' | 'lost'; readonly atMs: number; readonly from: Role }
  /** Bytes of one direction are not in the trace. */
  | { readonly type: 'missing'; readonly atMs: number; readonly from: Role; readonly count: number };

/** What a trace with several connections tells. Times are milliseconds since the connection was first seen. */
export type TraceRecord =
  | {
      readonly connection: number;
      readonly type: 'opened';
      /** Milliseconds since the trace began. */
      readonly atMs: number;
      /** The two ends, as text, where they are known. */
      readonly client?: string;
      readonly server?: string;
      /** Whether the first bytes of both directions are in the trace, as far as one can tell. */
      readonly isWhole: boolean;
    }
  | (TraceEvent & { readonly connection: number })
  /** Nothing more comes from this connection. A trace may end without it. */
  | { readonly connection: number; readonly type: 'over'; readonly atMs: number };

/** Takes what a trace tells. */
export type TakeRecord = (record: TraceRecord) => void;
