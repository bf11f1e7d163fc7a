import type { Role } from './role.js';

/** The states that a connection can rest in, as paths through the machine of its role. */
export const stateIds = {
  client: [
    'connecting.awaiting-transport',
    'connecting.awaiting-response',
    'connecting.failing',
    'open',
    'closing.local-closing.awaiting-close',
    'closing.local-closing.awaiting-end',
    'closing.remote-closing.owing-close',
    'closing.remote-closing.awaiting-end',
    'closing.failing',
    'closed.clean',
    'closed.unclean',
    'closed.failed',
  ],
  server: [
    'connecting.awaiting-request',
    'connecting.deciding',
    'connecting.aborting',
    'open',
    'closing.local-closing.awaiting-close',
    'closing.local-closing.awaiting-end',
    'closing.remote-closing.owing-close',
    'closing.remote-closing.awaiting-end',
    'closing.failing',
    'closed.clean',
    'closed.unclean',
    'closed.aborted',
    'closed.http',
  ],
} as const satisfies Readonly<Record<Role, readonly string[]>>;

export type StateId = (typeof stateIds)[Role][number];

/** The value of an xstate snapshot as a path. */
export function stateIdOf(value: unknown): StateId {
  if (typeof value === 'string') return value as StateId;
  // A machine without parallel states has exactly one entry on each level.
  const [[name, inner]] = Object.entries(value as Record<string, unknown>) as [[string, unknown]];
  return `${name}.${stateIdOf(inner)}` as StateId;
}

/** A path as the value of an xstate snapshot. */
export function stateValueOf(id: string): string | Record<string, unknown> {
  const dot = id.indexOf('.');
  return dot < 0 ? id : { [id.slice(0, dot)]: stateValueOf(id.slice(dot + 1)) };
}

/** Whether nothing can happen any more. */
export function isClosed(id: StateId): boolean {
  return id.startsWith('closed.');
}

/** The four phases of the glossary. */
export type Phase = 'connecting' | 'open' | 'closing' | 'closed';

/** The phase that a state belongs to. */
export function phaseOf(id: StateId): Phase {
  const dot = id.indexOf('.');
  return (dot < 0 ? id : id.slice(0, dot)) as Phase;
}
