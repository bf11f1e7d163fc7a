import { otherRole, type Role } from '../../model/role.js';
import type { TakeRecord } from '../judge/trace.js';
import { createDirection, type Direction, type DirectionListener, distance } from './reassembly.js';
import { addressesOf, type Segment } from './tcp-segment.js';

/** A TCP connection of a capture, while it is followed. */
export interface TrackedConnection {
  readonly number: number;
  /** The role of the side that sends the segments of a flow. */
  readonly roles: ReadonlyMap<string, Role>;
  readonly directions: Readonly<Record<Role, Direction>>;
  /** Who is told what a direction carries. */
  readonly listeners: Readonly<Record<Role, DirectionListener>>;
  /** The two ends as text. */
  readonly ends: Readonly<Record<Role, string>>;
  /** Segments that acknowledge what was not seen yet, in order. */
  readonly waiting: Segment[];
  readonly startedAt: number;
  /** The sequence number of the SYN of the client, to tell a new connection on the same ports from a repetition. */
  readonly opening: number | undefined;
  latestAt: number;
  isOver: boolean;
}

/** The connection that a segment is the first of. */
export function trackedConnection(
  number: number,
  first: Segment,
  port: number | undefined,
  tell: TakeRecord,
): TrackedConnection {
  const role = roleOfSender(first, port);
  const [source, destination] = addressesOf(first);
  const ends: Record<Role, string> = { client: '', server: '' };
  ends[role] = `${bracketed(source)}:${first.sourcePort}`;
  ends[otherRole(role)] = `${bracketed(destination)}:${first.destinationPort}`;
  const connection: TrackedConnection = {
    number,
    roles: new Map([
      [first.flow, role],
      [first.reverse, otherRole(role)],
    ]),
    directions: { client: createDirection(), server: createDirection() },
    listeners: { client: listenerOf('client'), server: listenerOf('server') },
    ends,
    waiting: [],
    startedAt: first.atMs,
    opening: first.syn && role === 'client' ? first.sequence : undefined,
    latestAt: first.atMs,
    isOver: false,
  };
  return connection;

  function listenerOf(from: Role): DirectionListener {
    const now = (): number => connection.latestAt - connection.startedAt;
    return {
      bytes: (bytes) => {
        tell({ connection: number, type: 'bytes', from, atMs: now(), bytes });
      },
      missing: (count) => {
        tell({ connection: number, type: 'missing', from, atMs: now(), count });
      },
      ended: () => {
        tell({ connection: number, type: 'ended', from, atMs: now() });
      },
    };
  }
}

/** The role of whoever sent a segment of a connection. */
export function senderOf(connection: TrackedConnection, { flow }: Segment): Role {
  // A connection is found by the flow of the segment, so that it knows it.
  return connection.roles.get(flow) as Role;
}

/** Bytes that a segment acknowledges and that were not seen; 0 when all it acknowledges is known. */
export function unseenBy(connection: TrackedConnection, segment: Segment): number {
  const { next } = connection.directions[otherRole(senderOf(connection, segment))];
  if (segment.acknowledged === undefined || next === undefined || segment.rst || segment.syn) return 0;
  const ahead = distance(next, segment.acknowledged);
  return ahead < 0 || ahead > 2 ** 30 ? 0 : ahead;
}

/** Whether a segment opens another connection on the ports of this one: a SYN with another number. */
export function beginsAnew({ opening, isOver }: TrackedConnection, segment: Segment): boolean {
  if (!segment.syn || segment.acknowledged !== undefined) return false;
  return opening === undefined ? isOver : opening !== segment.sequence;
}

/** Who sends: by SYN, else by the port that was asked for, else by how it begins, else the lower port is the server. */
function roleOfSender(segment: Segment, port: number | undefined): Role {
  if (segment.syn) return segment.acknowledged === undefined ? 'client' : 'server';
  if (port !== undefined && segment.sourcePort !== segment.destinationPort) {
    return segment.destinationPort === port ? 'client' : 'server';
  }
  const begin = String.fromCharCode(...segment.payload.subarray(0, 5));
  if (begin.startsWith('HTTP/')) return 'server';
  if (/^[A-Z]+ /.test(begin)) return 'client';
  return segment.sourcePort < segment.destinationPort ? 'server' : 'client';
}

const bracketed = (address: string): string => (address.includes(':') ? `[${address}]` : address);
