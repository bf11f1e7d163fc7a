import { concatBytes } from '../model/bytes.js';
import type { Connection, Effect, Input, TimerName } from '../model/connection.js';
import type { MaskingKey } from '../model/masking.js';
import { otherRole, type Role } from '../model/role.js';
import type { StateId } from '../model/state-id.js';
import { breakAt, createWorld, feed, withPipe, type World, type WorldOptions } from '../properties/simulation/world.js';

/*
 * A conversation of the model with itself, written down: both endpoints run in memory, and everything that is told of
 * the conversation is read off what they did.
 */

/** What is made to happen. Everything else follows from it. */
export type RunMove =
  /** The application wishes something, or TCP tells something. */
  | { readonly type: 'input'; readonly at: Role; readonly input: Input }
  /** The next thing on its way to a side arrives. */
  | { readonly type: 'arrive'; readonly to: Role }
  | { readonly type: 'fire'; readonly at: Role; readonly timer: TimerName }
  /** TCP breaks for a side; what was on its way to it is gone. */
  | { readonly type: 'lose'; readonly at: Role }
  /** What is next on its way to a side is exchanged for other bytes: the sender seems to be at fault. */
  | {
      readonly type: 'forge';
      readonly to: Role;
      readonly says: string;
      readonly with: (bytes: Uint8Array) => Uint8Array;
    };

/** Something on its way from one side to the other. */
export interface Sent {
  readonly id: number;
  readonly from: Role;
  readonly what: 'head' | 'frame' | 'end' | 'break';
  /** As they stood on the wire; none for the end of TCP. */
  readonly bytes: Uint8Array;
  /** What the sender wrote. */
  readonly effect: Effect | undefined;
  readonly maskingKey: MaskingKey | undefined;
  /** What was done to the bytes on the way. */
  readonly forged: string | undefined;
  readonly leaves: number;
  /** The step in which it is read; absent where it never is. */
  readonly arrives: number | undefined;
}

/** A step of one side, or a change on the way between them. */
export interface RunStep {
  readonly at: Role;
  readonly input: Input;
  /** The thing that arrived, by its id. */
  readonly arrived: number | undefined;
  readonly before: Connection;
  readonly after: Connection;
  readonly effects: readonly Effect[];
}

/** A conversation that has taken place. */
export interface RunRecord {
  readonly start: Readonly<Record<Role, StateId>>;
  readonly steps: readonly RunStep[];
  readonly sent: readonly Sent[];
  readonly world: World;
}

/** A conversation to hold. */
export interface RunPlan extends WorldOptions {
  /** What happens before the record begins, such as the opening handshake. */
  readonly before?: readonly RunMove[];
  readonly moves: readonly RunMove[];
}

/**
 * Holds a conversation.
 * @throws Error when a move is impossible: nothing is on its way, a timer is not armed
 */
export function recordRun({ before = [], moves, ...options }: RunPlan): RunRecord {
  const ready = before.reduce(takeMove, blank(createWorld(options)));
  if (ready.sent.some((one) => one.arrives === undefined)) throw new Error('something is on its way before the record');
  return moves.reduce(takeMove, blank(ready.world));
}

function blank(world: World): RunRecord {
  const { client, server } = world.endpoints;
  return { start: { client: client.connection.state, server: server.connection.state }, steps: [], sent: [], world };
}

function takeMove(record: RunRecord, move: RunMove): RunRecord {
  switch (move.type) {
    case 'input':
      return feedAt(record, record.world, move.at, move.input);
    case 'arrive':
      return arriveAt(record, move.to);
    case 'fire': {
      const isArmed = record.world.endpoints[move.at].armed.includes(move.timer);
      if (!isArmed) throw new Error(`the timer ${move.timer} of the ${move.at} is not armed`);
      return feedAt(record, record.world, move.at, { type: `timer.${move.timer}` });
    }
    case 'lose':
      return feedAt(record, breakAt(record.world, move.at), move.at, { type: 'transport.lost' });
    case 'forge':
      return forge(record, move.to, move.says, move.with);
  }
}

/** What is next on its way to a side. */
function nextTo(record: RunRecord, to: Role): Sent {
  const next = record.sent.find((one) => one.from === otherRole(to) && one.arrives === undefined);
  if (next === undefined) throw new Error(`nothing is on its way to the ${to}`);
  return next;
}

function arriveAt(record: RunRecord, to: Role): RunRecord {
  const next = nextTo(record, to);
  const { bytes } = record.world.towards[to];
  const world =
    next.bytes.length > 0
      ? withPipe(record.world, to, { bytes: bytes.subarray(next.bytes.length) })
      : withPipe(record.world, to, { end: 'over' });
  const sent = record.sent.map((one) => (one === next ? { ...one, arrives: record.steps.length } : one));
  return feedAt({ ...record, sent }, world, to, inputOf(next), next.id);
}

function inputOf({ what, bytes }: Sent): Input {
  if (what === 'end') return { type: 'transport.ended' };
  return what === 'break' ? { type: 'transport.lost' } : { type: 'bytes', bytes };
}

function forge(record: RunRecord, to: Role, says: string, change: (bytes: Uint8Array) => Uint8Array): RunRecord {
  const next = nextTo(record, to);
  const changed = change(next.bytes);
  const rest = record.world.towards[to].bytes.subarray(next.bytes.length);
  return {
    ...record,
    world: withPipe(record.world, to, { bytes: concatBytes([changed, rest]) }),
    sent: record.sent.map((one) => (one === next ? { ...one, bytes: changed, forged: says } : one)),
  };
}

/** A step of an endpoint, and what it puts on its way. */
function feedAt(record: RunRecord, world: World, at: Role, input: Input, arrived?: number): RunRecord {
  const before = world.endpoints[at].connection;
  const history = world.endpoints[at].history.length;
  const after = feed(world, at, input);
  const taken = after.endpoints[at].history.slice(history);
  const effects = taken.flatMap((step) => step.effects);
  const step: RunStep = { at, input, arrived, before, after: after.endpoints[at].connection, effects };
  const sent = departures(record, after, at, effects);
  return { ...record, world: after, steps: [...record.steps, step], sent: [...record.sent, ...sent] };
}

/** What a step has put on its way: the new bytes of the pipe, cut where one thing ends and the next begins. */
function departures(
  { sent, steps, world: before }: RunRecord,
  after: World,
  at: Role,
  effects: readonly Effect[],
): readonly Sent[] {
  const to = otherRole(at);
  const written = after.towards[to].bytes.subarray(before.towards[to].bytes.length);
  const writes = effects.filter(({ type }) => type === 'write-head' || type === 'write-frame');
  const pieces = cut(written, writes, at);
  const leaves = steps.length;
  const made = pieces.map((bytes, index): Omit<Sent, 'id'> => {
    const effect = writes[index];
    const isFrame = effect?.type === 'write-frame';
    const maskingKey = isFrame && at === 'client' ? before.keys[index % before.keys.length] : undefined;
    return {
      from: at,
      what: isFrame ? 'frame' : 'head',
      bytes,
      effect,
      maskingKey,
      forged: undefined,
      leaves,
      arrives: undefined,
    };
  });
  const { end } = after.towards[to];
  if (before.towards[to].end === 'open' && (end === 'ended' || end === 'lost')) {
    made.push({
      from: at,
      what: end === 'ended' ? 'end' : 'break',
      bytes: new Uint8Array(0),
      effect: undefined,
      maskingKey: undefined,
      forged: undefined,
      leaves,
      arrives: undefined,
    });
  }
  return made.map((one, index) => ({ id: sent.length + index, ...one }));
}

/** @throws Error when bytes that an extension has encoded are those of several frames, which cannot be told apart */
function cut(written: Uint8Array, writes: readonly Effect[], at: Role): readonly Uint8Array[] {
  if (written.length === 0) return [];
  if (writes.length === 1) return [written];
  let start = 0;
  const pieces = writes.map((effect) => {
    const end = start + lengthOf(effect, at);
    const piece = written.subarray(start, end);
    start = end;
    return piece;
  });
  if (start !== written.length) throw new Error('what was written cannot be cut into frames');
  return pieces;
}

/** How many bytes an effect writes, where no extension encodes them. */
export function lengthOf(effect: Effect, at: Role): number {
  if (effect.type === 'write-head') return effect.bytes.length;
  if (effect.type !== 'write-frame') return 0;
  const { extensionData, applicationData } = effect.frame;
  const payload = extensionData.length + applicationData.length;
  return (at === 'client' ? 4 : 0) + (payload < 126 ? 2 : payload < 65_536 ? 4 : 10) + payload;
}
