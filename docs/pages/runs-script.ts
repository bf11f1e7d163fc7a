import type { CloseReason } from '../../model/close-body.js';
import type { ClientOptions, Input, TimerName } from '../../model/connection.js';
import type { OpeningOffer } from '../../model/opening-request.js';
import type { Acceptance } from '../../model/opening-response.js';
import type { Role } from '../../model/role.js';
import { encodeUtf8 } from '../../model/utf8.js';
import type { RunMove, RunPlan } from '../sequence-record.js';

/** A conversation with a page of its own. */
export interface Run {
  /** The name of its page. */
  readonly name: string;
  readonly title: string;
  /** What there is to see, in a sentence or two. */
  readonly says: string;
  readonly plan: RunPlan;
}

/** Runs about one matter. */
export interface RunGroup {
  readonly title: string;
  readonly runs: readonly Run[];
}

/** What the clients of the runs ask for; the nonce is that of the examples in the text. */
const offer: OpeningOffer = {
  uri: { host: 'server.example.com', port: 80, resourceName: '/chat', secure: false },
  nonce: encodeUtf8('the sample nonce'),
  origin: 'http://example.com',
};

/** A client that asks for something besides. */
export const clientWith = (more: Partial<OpeningOffer> = {}, options: Partial<ClientOptions> = {}): ClientOptions => ({
  ...options,
  role: 'client',
  offer: { ...offer, ...more },
});

/** The masking keys of the runs, one a frame. */
const keys = [
  Uint8Array.of(0x37, 0xfa, 0x21, 0x3d),
  Uint8Array.of(0x5c, 0x0e, 0x91, 0xa4),
  Uint8Array.of(0xb2, 0x68, 0x47, 0x1f),
  Uint8Array.of(0x09, 0xd3, 0xe5, 0x70),
] as const;

/** A plan of moves from the very beginning. */
export const fromStart = (moves: readonly RunMove[], options: Partial<RunPlan> = {}): RunPlan => ({
  client: clientWith(),
  keys,
  ...options,
  moves,
});

/** A plan of moves on an established connection. */
export const onceOpen = (moves: readonly RunMove[], options: Partial<RunPlan> = {}): RunPlan =>
  fromStart(moves, { before: opening(), ...options });

const input = (at: Role, what: Input): RunMove => ({ type: 'input', at, input: what });
export const connect: RunMove = input('client', { type: 'transport.opened' });
/** What is on its way arrives, one thing after the other, at these. */
export const arrive = (...places: readonly Role[]): readonly RunMove[] => places.map((to) => ({ type: 'arrive', to }));
export const accept = (acceptance: Acceptance = {}): RunMove => input('server', { type: 'local.accept', acceptance });
export const reject = (status: number, reason: string): RunMove =>
  input('server', { type: 'local.reject', rejection: { status, reason } });
export const sendText = (at: Role, text: string, fin = true): RunMove =>
  input(at, { type: 'local.send', kind: 'text', data: encodeUtf8(text), fin });
export const ping = (at: Role, body: string): RunMove => input(at, { type: 'local.ping', body: encodeUtf8(body) });
export const close = (at: Role, reason: CloseReason): RunMove => input(at, { type: 'local.close', close: reason });
export const fire = (at: Role, timer: TimerName): RunMove => ({ type: 'fire', at, timer });
export const lose = (at: Role): RunMove => ({ type: 'lose', at });

/** The moves of an opening handshake. */
export const opening = (acceptance: Acceptance = {}): readonly RunMove[] => [
  connect,
  ...arrive('server'),
  accept(acceptance),
  ...arrive('client'),
];

/** Other bytes in the place of what is next on its way. */
export const forge = (to: Role, says: string, change: (bytes: Uint8Array) => Uint8Array): RunMove => ({
  type: 'forge',
  to,
  says,
  with: change,
});
