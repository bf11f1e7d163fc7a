import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Whole numbers from 0 to one below a bound. */
export type Chance = (below: number) => number;

/** A source of chance of its own for each connection. */
export function chanceOf(seed: number, connection: number): Chance {
  const generator = xoroshiro128plus(Math.imul(seed, 0x9e3779b1) ^ connection);
  return (below) => (generator.next() >>> 0) % below;
}

/** A message that knows who sent it: connection and number stand in front. */
export interface SentMessage {
  readonly isText: boolean;
  readonly bytes: Uint8Array;
  /** Where it is cut into fragments. */
  readonly cuts: readonly number[];
}

/** Sizes as applications have them: mostly small, some large. */
function sizeOf(chance: Chance): number {
  const kind = chance(20);
  if (kind < 10) return chance(126);
  if (kind < 16) return chance(2000);
  if (kind < 19) return chance(20_000);
  return chance(200_000);
}

/** The next message of a connection. */
export function messageOf(chance: Chance, connection: number, number: number): SentMessage {
  const name = new TextEncoder().encode(`${connection}.${number} `);
  const isText = chance(2) === 0;
  const bytes = new Uint8Array(name.length + sizeOf(chance));
  bytes.set(name);
  const start = chance(256);
  for (let at = name.length; at < bytes.length; at++)
    bytes[at] = isText ? 0x20 + ((start + at) % 95) : (start + at) % 256;
  const pieces = chance(4) === 0 ? 1 + chance(5) : 0;
  const cuts = Array.from({ length: pieces }, () => chance(bytes.length + 1)).sort((a, b) => a - b);
  return { isText, bytes, cuts };
}

/** Milliseconds to wait on both sides: thousands of connections share a core, and being slow is no loss. */
export const patience = { connect: 600_000, handshake: 600_000, close: 600_000, drop: 600_000 } as const;
