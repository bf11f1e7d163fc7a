import { encodeFrame } from '../../model/frame-encoder.js';
import type { MaskingKey } from '../../model/masking.js';
import { otherRole, type Role } from '../../model/role.js';
import type { Effect } from '../../model/connection.js';
import type { TraceEvent } from '../judge/trace.js';
import type { TakenStep, World } from './world.js';

/**
 * What somebody who stands beside one of the two endpoints sees of their conversation: what it sends at once, what comes
 * to it as it is read. Times count the steps.
 * @param keys the masking keys that the client of the world used, in turn
 */
export function traceBeside(world: World, at: Role, keys: readonly [MaskingKey, ...MaskingKey[]]): TraceEvent[] {
  let frames = 0;
  const bytesOf = (effect: Effect): Uint8Array | undefined => {
    if (effect.type === 'write-head') return effect.bytes;
    if (effect.type !== 'write-frame') return undefined;
    const maskingKey = keys[frames++ % keys.length] ?? keys[0];
    return encodeFrame(effect.frame, at === 'client' ? { maskingKey } : {});
  };
  return world.endpoints[at].history.flatMap((step, atMs) => [...incoming(step, at, atMs), ...outgoing(step, atMs)]);

  function outgoing({ effects }: TakenStep, atMs: number): TraceEvent[] {
    return effects.flatMap((effect): TraceEvent[] => {
      const bytes = bytesOf(effect);
      if (bytes !== undefined) return [{ type: 'bytes', atMs, from: at, bytes }];
      if (effect.type === 'end-transport') return [{ type: 'ended', atMs, from: at }];
      return effect.type === 'destroy-transport' ? [{ type: 'lost', atMs, from: at }] : [];
    });
  }
}

function incoming({ input }: TakenStep, at: Role, atMs: number): TraceEvent[] {
  const from = otherRole(at);
  if (input.type === 'bytes') return [{ type: 'bytes', atMs, from, bytes: input.bytes }];
  if (input.type === 'transport.ended') return [{ type: 'ended', atMs, from }];
  return input.type === 'transport.lost' ? [{ type: 'lost', atMs, from }] : [];
}
