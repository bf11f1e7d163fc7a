import { concatBytes } from '../../model/bytes.js';
import type { Input, TimerName } from '../../model/connection.js';
import type { MaskingKey } from '../../model/masking.js';
import { otherRole, type Role } from '../../model/role.js';
import { phaseOf } from '../../model/state-id.js';
import { isPossible } from '../../model/step.js';
import { type Move as WorldMove, takeMove as takeWorldMove } from '../../properties/simulation/two-endpoints.js';
import { createWorld, feed, type World, withPipe } from '../../properties/simulation/world.js';
import { endpointOptions, type Settings } from './settings.js';

/*
 * What a reader can let happen to a client and a server that the model joins. The world is that of the laws on two
 * endpoints (properties/simulation/); here it is moved by hand.
 */

/** An input of the application. */
export type LocalInput = Extract<Input, { readonly type: `local.${string}` }>;

/** One thing that happens. */
export type Move =
  /** TCP is opened, or cannot be. */
  | { readonly type: 'connect' | 'refuse' }
  /** A reader gets so many octets, or all that wait where nothing is said; the end of TCP where no octets wait. */
  | { readonly type: 'deliver'; readonly to: Role; readonly count?: number }
  /** TCP breaks for one side at once; the other reads what is on the way to it first. */
  | { readonly type: 'lose'; readonly at: Role }
  /** The way from one side ends behind what waits in it, though that side did not end it. */
  | { readonly type: 'half-close'; readonly from: Role }
  /** Somebody puts octets of their own on the way to a side, behind what waits there. */
  | { readonly type: 'inject'; readonly to: Role; readonly bytes: Uint8Array }
  | { readonly type: 'fire'; readonly at: Role; readonly timer: TimerName }
  | { readonly type: 'act'; readonly at: Role; readonly input: LocalInput };

/** The nonce of section 1.2: the key is the one that the text shows. */
export const sampleNonce: Uint8Array = Uint8Array.from('the sample nonce', (letter) => letter.charCodeAt(0));

/** What the client asks for. */
export const offer = {
  uri: { host: 'server.example.com', port: 80, resourceName: '/chat', secure: false },
  nonce: sampleNonce,
  origin: 'http://example.com',
  subprotocols: ['chat', 'superchat'],
} as const;

/**
 * The masking key of the client's frame with this number, from 0. It is made from a counter, so that a run can be told
 * in an address; a client that is used has to take random ones (draft-06/4.2/key-strong-entropy).
 */
export function maskingKeyOf(count: number): MaskingKey {
  const key = new Uint8Array(4);
  new DataView(key.buffer).setUint32(0, Math.imul(count + 1, 0x9e3779b1));
  return key;
}

/** A client and a server before TCP is opened. */
export function startWorld(settings: Settings): World {
  return createWorld({
    client: { ...endpointOptions(settings, 'client'), role: 'client', offer },
    server: endpointOptions(settings, 'server'),
    keys: [maskingKeyOf(0)],
  });
}

/** How many frames an endpoint has written. */
export function framesWritten(world: World, at: Role): number {
  const { history } = world.endpoints[at];
  return history.reduce((sum, { effects }) => sum + effects.filter(({ type }) => type === 'write-frame').length, 0);
}

/** The world with the keys that the client takes next: a step answers at most every other octet that it reads. */
function withKeys(world: World): World {
  const used = framesWritten(world, 'client');
  const most = 2 + (world.towards.client.bytes.length >> 1);
  const later = Array.from({ length: most }, (_, index) => maskingKeyOf(used + 1 + index));
  return { ...world, keys: [maskingKeyOf(used), ...later] };
}

function isWaitingForTransport(world: World): boolean {
  return world.endpoints.client.connection.state === 'connecting.awaiting-transport';
}

/** Whether there was TCP and the reader has not seen its end. */
function isReachable(world: World, role: Role): boolean {
  return !isWaitingForTransport(world) && world.towards[role].end !== 'over';
}

/** Whether a move would do something now. */
export function isMovePossible(world: World, move: Move): boolean {
  switch (move.type) {
    case 'connect':
    case 'refuse':
      return isWaitingForTransport(world);
    case 'deliver': {
      const { bytes, end } = world.towards[move.to];
      return isReachable(world, move.to) && (bytes.length > 0 || end !== 'open') && (move.count ?? 1) >= 1;
    }
    case 'lose':
      return isReachable(world, move.at);
    case 'half-close':
    case 'inject': {
      const to = move.type === 'inject' ? move.to : otherRole(move.from);
      return !isWaitingForTransport(world) && world.towards[to].end === 'open';
    }
    case 'fire':
      return (
        (move.at === 'client' || !isWaitingForTransport(world)) && world.endpoints[move.at].armed.includes(move.timer)
      );
    case 'act':
      return isInputPossible(world, move.at, move.input);
  }
}

/** Nobody drops a TCP connection that is not there, or finishes one kind of message with another. */
function isInputPossible(world: World, at: Role, input: LocalInput): boolean {
  const { connection } = world.endpoints[at];
  if (!isPossible(connection, input.type)) return false;
  if (at === 'server' && isWaitingForTransport(world)) return false;
  if (input.type !== 'local.send') return phaseOf(connection.state) !== 'closed';
  return connection.outgoing === 'nothing' || connection.outgoing === input.kind;
}

/**
 * The world after a move.
 * @throws RangeError when the move is not possible, or asks for what no endpoint may send
 */
export function takeMove(before: World, move: Move): World {
  if (!isMovePossible(before, move)) throw new RangeError(`"${move.type}" is not possible now`);
  const world = withKeys(before);
  switch (move.type) {
    case 'deliver':
      return takeWorldMove(world, { ...move, count: move.count ?? Infinity });
    case 'half-close':
      return withPipe(world, otherRole(move.from), { end: 'ended' });
    case 'inject': {
      const { bytes } = world.towards[move.to];
      return withPipe(world, move.to, { bytes: concatBytes([bytes, move.bytes]) });
    }
    case 'fire':
      return feed(world, move.at, { type: `timer.${move.timer}` });
    case 'act':
      return feed(world, move.at, move.input);
    default:
      return takeWorldMove(world, move satisfies WorldMove);
  }
}
