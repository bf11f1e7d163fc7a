import { concatBytes, noBytes } from '../../model/bytes.js';
import type { ClientOptions, Connection, Effect, Input, ServerOptions, TimerName } from '../../model/connection.js';
import { encodeFrame, type Layout } from '../../model/frame-encoder.js';
import type { MaskingKey } from '../../model/masking.js';
import { otherRole, type Role } from '../../model/role.js';
import { isClosed, type StateId } from '../../model/state-id.js';
import { createConnection, type Step, step } from '../../model/step.js';
import { createDeflater, createInflater, inflateAll } from '../drivers/deflate.js';

/*
 * A client and a server of the model, joined by two pipes of bytes, without a clock and without chance. The world is a
 * value: whatever happens yields another world and leaves the old one as it was.
 *
 *     client ── towards.server ──► server          a pipe keeps order and loses nothing until TCP breaks;
 *        ▲                            │            what was written waits in it until it is delivered
 *        └───── towards.client ◄──────┘
 *
 * Who moves next is said from outside, in `two-endpoints.ts`.
 */

/** One direction of TCP, by what its reader has not read yet. */
export interface Pipe {
  readonly bytes: Uint8Array;
  /**
   * What comes behind the bytes: nothing yet (`open`), the orderly end (`ended`), a break (`lost`), or nothing more
   * because the reader has seen the end or reads no more (`over`).
   */
  readonly end: 'open' | 'ended' | 'lost' | 'over';
}

/** One step that an endpoint took, for whoever wants to know afterwards. */
export interface TakenStep {
  readonly input: Input | { readonly type: 'created' };
  readonly from: StateId;
  readonly to: StateId;
  readonly effects: readonly Effect[];
}

export interface Endpoint {
  readonly connection: Connection;
  /** What the application still wants to do, in order. */
  readonly script: readonly Input[];
  readonly armed: readonly TimerName[];
  readonly history: readonly TakenStep[];
  /** What it was sent through an extension that transforms the stream. */
  readonly coded: Uint8Array;
}

export interface World {
  readonly endpoints: Readonly<Record<Role, Endpoint>>;
  readonly towards: Readonly<Record<Role, Pipe>>;
  /** The masking keys of the client's next frames; the first is used next, and goes to the end of the list. */
  readonly keys: readonly [MaskingKey, ...MaskingKey[]];
}

export interface WorldOptions {
  readonly client: ClientOptions;
  readonly server?: Omit<ServerOptions, 'role'>;
  /** What each application wants to do, one input for each move `act`. */
  readonly scripts?: Partial<Readonly<Record<Role, readonly Input[]>>>;
  /** Masking keys to use in turn. Default: a single one. */
  readonly keys?: readonly [MaskingKey, ...MaskingKey[]];
}

/** Two endpoints before TCP is opened. */
export function createWorld({ client, server = {}, scripts = {}, keys = [new Uint8Array(4)] }: WorldOptions): World {
  const open: Pipe = { bytes: noBytes, end: 'open' };
  const blank = (made: Step, role: Role): Endpoint => {
    const [connection, effects] = made;
    const { state } = connection;
    const created: TakenStep = { input: { type: 'created' }, from: state, to: state, effects };
    return { connection, script: scripts[role] ?? [], armed: rearm([], effects), history: [created], coded: noBytes };
  };
  const endpoints = {
    client: blank(createConnection(client), 'client'),
    server: blank(createConnection({ ...server, role: 'server' }), 'server'),
  };
  return { endpoints, towards: { client: open, server: open }, keys };
}

/** Whether both endpoints have come to their end. */
export function isOver(world: World): boolean {
  return isClosed(world.endpoints.client.connection.state) && isClosed(world.endpoints.server.connection.state);
}

/** Lets an endpoint take an input, and performs what it asks for. */
export function feed(world: World, at: Role, input: Input): World {
  const before = world.endpoints[at];
  const [connection, effects] = step(before.connection, input);
  const taken = { input, from: before.connection.state, to: connection.state, effects };
  const fired = before.armed.filter((timer) => input.type !== `timer.${timer}`);
  const history = [...before.history, taken];
  const stepped = withEndpoint(world, at, { connection, history, armed: rearm(fired, effects) });
  return effects.reduce((now, effect) => perform(now, at, effect), stepped);
}

function perform(world: World, at: Role, effect: Effect): World {
  const other = otherRole(at);
  switch (effect.type) {
    case 'write-head':
      return write(world, other, effect.bytes);
    case 'write-frame': {
      const { inUse } = world.endpoints[at].connection;
      const encode = (layout: Layout): Uint8Array => {
        const clear = encodeFrame(effect.frame, layout, inUse.frames);
        return inUse.transform === undefined ? clear : compress(clear);
      };
      if (at === 'server') return write(world, other, encode({}));
      const [maskingKey, ...later] = world.keys;
      const [first, ...rest] = [...later, maskingKey];
      return write({ ...world, keys: [first, ...rest] }, other, encode({ maskingKey }));
    }
    case 'decode':
      return decompress(world, at, effect.bytes);
    case 'end-transport':
      return world.towards[other].end === 'open' ? withPipe(world, other, { end: 'ended' }) : world;
    case 'destroy-transport':
      return breakAt(world, at);
    default:
      return world;
  }
}

/** What a compressor makes that remembers nothing, so that the world remains a value. */
function compress(clear: Uint8Array): Uint8Array {
  return createDeflater({ windowBits: 9, level: 1 })(clear);
}

/** Decodes all that ever came, and lets the endpoint have what is new of it. */
function decompress(world: World, at: Role, bytes: Uint8Array): World {
  const coded = concatBytes([world.endpoints[at].coded, bytes]);
  const { clear } = inflateAll(createInflater(), coded);
  const known = world.endpoints[at].connection.expansion.clear;
  return feed(withEndpoint(world, at, { coded }), at, { type: 'decoded', bytes: clear.subarray(known) });
}

/** Bytes written into a direction that is broken are gone, as with TCP. */
function write(world: World, to: Role, bytes: Uint8Array): World {
  const pipe = world.towards[to];
  return pipe.end === 'open' ? withPipe(world, to, { bytes: concatBytes([pipe.bytes, bytes]) }) : world;
}

function rearm(armed: readonly TimerName[], effects: readonly Effect[]): readonly TimerName[] {
  return effects.reduce((now, effect) => {
    if (effect.type !== 'arm-timer' && effect.type !== 'disarm-timer') return now;
    const others = now.filter((timer) => timer !== effect.timer);
    return effect.type === 'arm-timer' ? [...others, effect.timer] : others;
  }, armed);
}

/** The world with a change to the pipe towards a role. */
export function withPipe(world: World, to: Role, change: Partial<Pipe>): World {
  return { ...world, towards: { ...world.towards, [to]: { ...world.towards[to], ...change } } };
}

/** The world with a change to an endpoint. */
export function withEndpoint(world: World, at: Role, change: Partial<Endpoint>): World {
  return { ...world, endpoints: { ...world.endpoints, [at]: { ...world.endpoints[at], ...change } } };
}

/** Neither direction works any more for one side; the other side may still read what was on its way. */
export function breakAt(world: World, at: Role): World {
  const outgoing = world.towards[otherRole(at)];
  const broken = withPipe(world, at, { bytes: noBytes, end: 'over' });
  return outgoing.end === 'over' ? broken : withPipe(broken, otherRole(at), { end: 'lost' });
}
