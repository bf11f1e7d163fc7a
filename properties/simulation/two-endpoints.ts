import type { Connection, Input } from '../../model/connection.js';
import type { Role } from '../../model/role.js';
import { phaseOf } from '../../model/state-id.js';
import { isPossible } from '../../model/step.js';
import { breakAt, feed, isOver, withEndpoint, withPipe, type World } from './world.js';

/*
 * What can happen to two endpoints, one thing at a time. Every order of events that a network, two applications and
 * their timers can bring about is a list of moves.
 */

/** What may happen next. A move that makes no sense now changes nothing. */
export type Move =
  /** TCP is opened, or cannot be. */
  | { readonly type: 'connect' | 'refuse' }
  /** A reader gets up to `count` bytes; the end of the pipe where no bytes are left. */
  | { readonly type: 'deliver'; readonly to: Role; readonly count: number }
  /** TCP breaks for one side at once: what was on the way to it is gone, the other side reads the rest first. */
  | { readonly type: 'lose'; readonly at: Role }
  /** The application does the next thing of its script; it gives that up when the connection is past it. */
  | { readonly type: 'act'; readonly at: Role }
  /** One of the armed timers fires; `which` counts around them. */
  | { readonly type: 'fire'; readonly at: Role; readonly which: number };

/** The world after a move. */
export function takeMove(world: World, move: Move): World {
  switch (move.type) {
    case 'connect':
      return isWaitingForTransport(world) ? feed(world, 'client', { type: 'transport.opened' }) : world;
    case 'refuse':
      if (!isWaitingForTransport(world)) return world;
      return feed(withPipe(world, 'server', { end: 'lost' }), 'client', { type: 'transport.failed' });
    case 'deliver':
      return deliver(world, move.to, move.count);
    case 'lose':
      return lose(world, move.at);
    case 'act':
      return act(world, move.at);
    case 'fire': {
      const { armed } = world.endpoints[move.at];
      const timer = armed[move.which % armed.length];
      return timer === undefined ? world : feed(world, move.at, { type: `timer.${timer}` });
    }
  }
}

/** The world after several moves. */
export function takeMoves(world: World, moves: readonly Move[]): World {
  return moves.reduce(takeMove, world);
}

/**
 * Lets everything happen that is still to come: bytes arrive, scripts are played, servers accept, Closes are answered,
 * and in the end the client closes. No timer fires.
 * @throws Error when both sides would wait for ever, which no two endpoints of the model do
 */
export function finish(world: World): World {
  let now = world;
  while (!isOver(now)) {
    const next = ripeMove(now);
    if (next !== undefined) {
      now = takeMove(now, next);
      continue;
    }
    const wish = courtesies.find(({ at, input }) => isTimely(now.endpoints[at].connection, input));
    if (wish === undefined) throw new Error(`stuck: ${now.endpoints.client.connection.state}`);
    now = feed(now, wish.at, wish.input);
  }
  return now;
}

/** What applications do on their own when nothing else is left to happen. */
const courtesies: readonly { readonly at: Role; readonly input: Input }[] = [
  { at: 'server', input: { type: 'local.accept' } },
  { at: 'client', input: { type: 'local.answer' } },
  { at: 'server', input: { type: 'local.answer' } },
  { at: 'client', input: { type: 'local.close' } },
];

/** A move that brings the world further, if there is one. */
function ripeMove(world: World): Move | undefined {
  if (isWaitingForTransport(world)) return { type: 'connect' };
  for (const role of ['client', 'server'] as const) {
    const { bytes, end } = world.towards[role];
    if (bytes.length > 0 || end === 'ended' || end === 'lost') return { type: 'deliver', to: role, count: Infinity };
    const { connection, script } = world.endpoints[role];
    const [next] = script;
    if (next !== undefined && (phaseOf(connection.state) !== 'connecting' || isTimely(connection, next))) {
      return { type: 'act', at: role };
    }
  }
  return undefined;
}

function isWaitingForTransport(world: World): boolean {
  return world.endpoints.client.connection.state === 'connecting.awaiting-transport';
}

/** Whether the application may do something now: not in the wrong state, nor inside a message of the other kind. */
function isTimely(connection: Connection, input: Input): boolean {
  if (!isPossible(connection, input.type)) return false;
  return input.type !== 'local.send' || connection.outgoing === 'nothing' || connection.outgoing === input.kind;
}

function act(world: World, at: Role): World {
  const { connection, script } = world.endpoints[at];
  const [next, ...later] = script;
  if (next === undefined) return world;
  if (isTimely(connection, next)) return feed(withEndpoint(world, at, { script: later }), at, next);
  return phaseOf(connection.state) === 'connecting' ? world : withEndpoint(world, at, { script: later });
}

function deliver(world: World, to: Role, count: number): World {
  // Without TCP there is nothing to read.
  if (to === 'client' && isWaitingForTransport(world)) return world;
  const { bytes, end } = world.towards[to];
  if (bytes.length > 0) {
    const piece = bytes.subarray(0, count);
    return feed(withPipe(world, to, { bytes: bytes.subarray(piece.length) }), to, { type: 'bytes', bytes: piece });
  }
  if (end === 'ended' || end === 'lost')
    return feed(withPipe(world, to, { end: 'over' }), to, { type: `transport.${end}` });
  return world;
}

function lose(world: World, at: Role): World {
  if (isWaitingForTransport(world)) return takeMove(world, { type: 'refuse' });
  if (world.towards[at].end === 'over') return world;
  return feed(breakAt(world, at), at, { type: 'transport.lost' });
}
