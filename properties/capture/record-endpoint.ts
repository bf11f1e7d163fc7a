import type { Watcher } from '../../impl/watcher.js';
import { otherRole, type Role } from '../../model/role.js';
import type { TakeRecord } from '../judge/trace.js';

/**
 * A watcher that tells what an endpoint of ours sends and receives, as a trace.
 * @param local the role of the endpoint
 */
export function recordEndpoint(local: Role, connection: number, tell: TakeRecord, since: number): Watcher {
  const remote = otherRole(local);
  const start = performance.now();
  const now = (): number => performance.now() - start;
  const ended = new Set<Role>();
  const end = (from: Role, type: 'ended' | 'lost'): void => {
    if (ended.has(from)) return;
    ended.add(from);
    tell({ connection, type, from, atMs: now() });
  };
  let isOver = false;
  tell({ connection, type: 'opened', atMs: start - since, isWhole: true });
  return {
    onBytes: (side, bytes) => {
      tell({ connection, type: 'bytes', from: side === 'local' ? local : remote, atMs: now(), bytes });
    },
    onEffect: (effect) => {
      if (effect.type === 'end-transport') end(local, 'ended');
      else if (effect.type === 'destroy-transport') end(local, 'lost');
    },
    onTransport: (how) => {
      // When TCP is gone and this side has not broken it, the other side has.
      if (how === 'ended' || !ended.has(local)) end(remote, how);
      if (how === 'ended' || isOver) return;
      isOver = true;
      tell({ connection, type: 'over', atMs: now() });
    },
  };
}

/** A watcher that tells two. */
export function watchBoth(one: Watcher, other: Watcher): Watcher {
  return {
    onBytes: (from, bytes) => {
      one.onBytes?.(from, bytes);
      other.onBytes?.(from, bytes);
    },
    onEffect: (effect) => {
      one.onEffect?.(effect);
      other.onEffect?.(effect);
    },
    onTransport: (how) => {
      one.onTransport?.(how);
      other.onTransport?.(how);
    },
  };
}
