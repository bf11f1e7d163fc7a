import type { Connection, Effect, Input, TimerName } from '../../model/connection.js';
import { encodeFrame } from '../../model/frame-encoder.js';
import { type MachineEventType } from '../../model/machine-setup.js';
import type { Role } from '../../model/role.js';
import type { StateId } from '../../model/state-id.js';
import { createConnection, isPossible, step } from '../../model/step.js';
import { optionsOf } from '../../properties/simulation/reach.js';
import type { StateGraph } from '../graph.js';
import { sampleOf } from './state-page-samples.js';

/** One step on the way into a state. */
export interface WayStep {
  /** What was put in; absent for the first step, which makes the connection. */
  readonly input: Input | undefined;
  readonly effects: readonly Effect[];
  readonly after: StateId;
}

/** A way from the beginning into a state, as the model went it. */
export interface Way {
  readonly steps: readonly WayStep[];
  /** The connection that has arrived. */
  readonly connection: Connection;
  /** Whether the application answers a Close when it likes, which it does only where there is no other way. */
  readonly isPatient: boolean;
}

/**
 * The shortest ways into all states of a role, found by running the model: each input is tried in each state that was
 * reached, level by level. Of equally short ways the one is taken whose inputs come first in the vocabulary.
 */
export function shortestWays(graph: StateGraph, events: readonly MachineEventType[]): ReadonlyMap<string, Way> {
  const ways = new Map<string, Way>();
  // First as endpoints are unless told otherwise; what cannot be reached so is reached by one that answers later.
  for (const isPatient of [false, true]) {
    const seen = new Set<string>();
    let level: readonly Way[] = [beginning(graph.role, isPatient)];
    while (level.length > 0) {
      const fresh = level.filter(({ connection: { state } }) => !seen.has(state) && seen.add(state));
      for (const way of fresh) if (!ways.has(way.connection.state)) ways.set(way.connection.state, way);
      level = fresh.flatMap((way) => nextWays(way, events));
    }
  }
  return ways;
}

function beginning(role: Role, isPatient: boolean): Way {
  const [connection, effects] = createConnection(optionsOf(role, { answersCloseAtOnce: !isPatient }));
  return { steps: [{ input: undefined, effects, after: connection.state }], connection, isPatient };
}

function nextWays({ connection, steps, isPatient }: Way, events: readonly MachineEventType[]): readonly Way[] {
  return events.flatMap((event) => {
    if (connection.settings.table.row(connection.state, event) === undefined) return [];
    const input = sampleOf(connection.role, event);
    if (!isPossible(connection, input.type)) return [];
    const [next, effects] = step(connection, input);
    return [{ steps: [...steps, { input, effects, after: next.state }], connection: next, isPatient }];
  });
}

/** The timers that are armed at the end of a way. */
export function armedBehind({ steps }: Way): readonly TimerName[] {
  return steps.reduce<readonly TimerName[]>(
    (armed, { input, effects }) =>
      effects.reduce<readonly TimerName[]>(
        (now, effect) => {
          if (effect.type !== 'arm-timer' && effect.type !== 'disarm-timer') return now;
          const others = now.filter((name) => name !== effect.timer);
          return effect.type === 'arm-timer' ? [...others, effect.timer] : others;
        },
        armed.filter((name) => input?.type !== `timer.${name}`),
      ),
    [],
  );
}

/** The bytes that effects write, each as it goes out. */
export function writtenBy(role: Role, effects: readonly Effect[]): readonly Uint8Array[] {
  const maskingKey = Uint8Array.of(0x5c, 0x0e, 0x91, 0xa4);
  return effects.flatMap((effect) => {
    if (effect.type === 'write-head') return [effect.bytes];
    if (effect.type !== 'write-frame') return [];
    return [encodeFrame(effect.frame, role === 'client' ? { maskingKey } : {})];
  });
}
