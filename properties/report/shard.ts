/*
 * A run can be split between machines: each takes the cases that fall to its number, and `hybi merge` puts the reports
 * together. Which shard a case falls to follows from its id alone, so that a new case moves no other.
 */

/** One part of a run that was split: `index` of `of`, from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** As it is written on the command line and in a report: `2/5`. */
export const shardName = ({ index, of }: Shard): string => `${index}/${of}`;

/** Reads `2/5`; nothing where it is not a number from 1 to the number of shards, of which there are at most 1000. */
export function parseShard(text: string): Shard | undefined {
  const [, index = '', of = ''] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  return shard.index >= 1 && shard.index <= shard.of && shard.of <= 1000 ? shard : undefined;
}

/** Whether a case falls to a shard. Each case falls to exactly one shard of a run. */
export function isInShard(id: string, { index, of }: Shard): boolean {
  return hashOf(id) % of === index - 1;
}

/** FNV-1a in 32 bits, and a last mixing, because the shards of a power of two would see the low bits alone. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
