import { otherRole, type Role } from '../../model/role.js';
import type { TakeRecord } from '../judge/trace.js';
import { skipHole, skipTo, takePiece } from './reassembly.js';
import type { Segment } from './tcp-segment.js';
import { beginsAnew, senderOf, type TrackedConnection, trackedConnection, unseenBy } from './tracked-connection.js';

/*
 * Puts segments together to connections.
 *
 * A segment that acknowledges bytes which the capture has not shown waits: they may come a little later, because network
 * cards and systems hand over the two directions in turns. If they do not come, the capture has lost them, and says so.
 */

/** Segments of one connection that may wait for what they acknowledge. */
const patience = 32;

/** Bytes that came before their turn: of one direction, and of all together. */
const maxPending = 4 * 1024 * 1024;
const maxAllPending = 64 * 1024 * 1024;

/** Connections that are followed at the same time. */
const maxConnections = 16_384;

export interface ConnectionsOptions {
  /** Only connections with this port at one end. */
  readonly port?: number;
}

/** What a capture went through, for people who wonder. */
export interface CaptureCounts {
  readonly connections: number;
  /** Segments that brought nothing new. */
  readonly repeated: number;
  /** Segments that came before their turn. */
  readonly early: number;
  /** Connections that were given up because there were too many at the same time. */
  readonly givenUp: number;
}

/** Follows the TCP connections of a capture. */
export interface Connections {
  readonly take: (segment: Segment) => void;
  /** The capture is over: tells what was still waited for. */
  readonly finish: () => void;
  readonly counts: () => CaptureCounts;
}

const roles: readonly Role[] = ['client', 'server'];

/** A tracker of connections that tells what they carry, in order. */
export function createConnections(tell: TakeRecord, { port }: ConnectionsOptions = {}): Connections {
  const byFlow = new Map<string, TrackedConnection>();
  let firstAt: number | undefined;
  let allPending = 0;
  let connections = 0;
  let repeated = 0;
  let early = 0;
  let givenUp = 0;

  const open = (segment: Segment): TrackedConnection => {
    firstAt ??= segment.atMs;
    const connection = trackedConnection(++connections, segment, port, tell);
    byFlow.set(segment.flow, connection);
    byFlow.set(segment.reverse, connection);
    const atMs = Math.max(0, segment.atMs - firstAt);
    tell({ connection: connection.number, type: 'opened', atMs, ...connection.ends, isWhole: segment.syn });
    return connection;
  };

  const close = (connection: TrackedConnection): void => {
    connection.isOver = true;
    for (const direction of Object.values(connection.directions)) {
      repeated += direction.repeated;
      early += direction.early;
      direction.pending = [];
      direction.pendingBytes = 0;
    }
    connection.waiting.length = 0;
    tell({ connection: connection.number, type: 'over', atMs: connection.latestAt - connection.startedAt });
  };

  const follow = (connection: TrackedConnection, segment: Segment): void => {
    const from = senderOf(connection, segment);
    connection.latestAt = Math.max(connection.latestAt, segment.atMs);
    if (unseenBy(connection, segment) > 0) admitLoss(connection, segment);
    const own = connection.directions[from];
    const listener = connection.listeners[from];
    if (!segment.rst) {
      const start = segment.syn ? (segment.sequence + 1) >>> 0 : segment.sequence;
      takePiece(own, start, segment.payload, segment.cutOff, segment.fin, listener);
    }
    const hasTooMuch = own.pendingBytes > maxPending || allPending + own.pendingBytes > maxAllPending;
    while (own.pending.length > 0 && (segment.rst || hasTooMuch)) skipHole(own, listener);
    if (segment.rst) {
      const atMs = connection.latestAt - connection.startedAt;
      tell({ connection: connection.number, type: 'lost', from, atMs });
    }
    const { client, server } = connection.directions;
    if (segment.rst || (client.isEnded && server.isEnded)) close(connection);
  };

  /** Nothing more comes that could fill a hole. */
  const settle = (connection: TrackedConnection): void => {
    for (;;) {
      const next = connection.waiting.shift();
      if (next === undefined || connection.isOver) break;
      follow(connection, next);
    }
    for (const from of roles) {
      const direction = connection.directions[from];
      while (direction.pending.length > 0) skipHole(direction, connection.listeners[from]);
    }
    if (!connection.isOver) close(connection);
  };

  const end = (connection: TrackedConnection): void => {
    if (connection.isOver) return;
    const before = pendingOf(connection);
    settle(connection);
    allPending += pendingOf(connection) - before;
  };

  /** Lets go what waits for nothing any more; each direction is put in order by its numbers. */
  const release = (connection: TrackedConnection): void => {
    const { waiting } = connection;
    while (!connection.isOver) {
      const free = waiting.findIndex((segment) => unseenBy(connection, segment) === 0);
      if (free === -1 && waiting.length <= patience) return;
      const [freed] = waiting.splice(Math.max(free, 0), 1);
      if (freed === undefined) return;
      follow(connection, freed);
    }
  };

  const forget = (connection: TrackedConnection): void => {
    for (const flow of connection.roles.keys()) byFlow.delete(flow);
  };

  /** Makes room: first what is over, otherwise the connection that was seen first. */
  const makeRoom = (): void => {
    for (const connection of byFlow.values()) if (connection.isOver) forget(connection);
    const [oldest] = byFlow.values();
    if (byFlow.size / 2 < maxConnections || oldest === undefined) return;
    givenUp++;
    end(oldest);
    forget(oldest);
  };

  const take = (segment: Segment): void => {
    if (port !== undefined && segment.sourcePort !== port && segment.destinationPort !== port) return;
    let connection = byFlow.get(segment.flow);
    if (connection !== undefined && beginsAnew(connection, segment)) {
      end(connection);
      forget(connection);
      connection = undefined;
    }
    if (connection === undefined) {
      // What is left of a connection that ended before the capture began.
      if (segment.rst || (segment.payload.length === 0 && !segment.syn)) return;
      if (byFlow.size / 2 >= maxConnections) makeRoom();
      connection = open(segment);
    }
    if (connection.isOver) return;
    const before = pendingOf(connection);
    if (connection.waiting.length === 0 && unseenBy(connection, segment) === 0) {
      follow(connection, segment);
    } else {
      connection.waiting.push(segment);
      release(connection);
    }
    allPending += pendingOf(connection) - before;
  };

  return {
    take,
    finish: () => {
      for (const connection of byFlow.values()) end(connection);
    },
    counts: () => ({ connections, repeated, early, givenUp }),
  };
}

const pendingOf = ({ directions }: TrackedConnection): number =>
  directions.client.pendingBytes + directions.server.pendingBytes;

/** The other side has received what the capture never showed: it was lost by whoever captured. */
function admitLoss(connection: TrackedConnection, segment: Segment): void {
  const from = otherRole(senderOf(connection, segment));
  const direction = connection.directions[from];
  const listener = connection.listeners[from];
  while (direction.pending.length > 0 && unseenBy(connection, segment) > 0) skipHole(direction, listener);
  // What is acknowledged is known here, for something of it was unseen.
  if (unseenBy(connection, segment) > 0) skipTo(direction, segment.acknowledged as number, listener);
}
