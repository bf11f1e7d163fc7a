import { initialTransition, transition } from 'xstate';
import { machineOf } from './machine.js';
import {
  type GuardName,
  type MachineAction,
  type MachineContext,
  machineEvents,
  type MachineEventType,
  machineGuards,
} from './machine-setup.js';
import type { Role } from './role.js';
import { type StateId, stateIdOf, stateIds, stateValueOf } from './state-id.js';

/** What happens in one state for one event. */
export interface Row {
  readonly next: StateId;
  readonly actions: readonly MachineAction[];
}

/** The machine of a role under one set of choices, with every outcome worked out. */
export interface TransitionTable {
  readonly initial: Row;
  /** `undefined` where the state does not know the event. */
  readonly row: (state: StateId, event: MachineEventType) => Row | undefined;
}

/** A transition of the machine, asked of xstate itself: what the compiled table must agree with. */
export function interpret(
  role: Role,
  context: MachineContext,
  state: StateId,
  event: MachineEventType,
): Row | undefined {
  const machine = machineOf(role);
  // Both machines have the same types of context and event, but TypeScript does not unite their snapshots.
  const snapshot = machine.resolveState({ value: stateValueOf(state), context } as never) as never;
  if (!(snapshot as { can: (event: { type: string }) => boolean }).can({ type: event })) return undefined;
  const [next, actions] = transition(machine, snapshot, { type: event });
  return { next: stateIdOf(next.value), actions: actions.map((action) => action.type as MachineAction) };
}

const guardNames = Object.keys(machineGuards) as GuardName[];

const compiled = new Map<string, TransitionTable>();

/**
 * The table of a role, compiled from its machine the first time it is asked for. An interpreter makes some tens of
 * thousands of transitions a second, which is too few for frames; a look-up has no such limit. What each choice of a
 * guard does is fixed for a connection, so the outcome depends on nothing but state and event.
 */
export function transitionTable(role: Role, context: MachineContext): TransitionTable {
  const key = [role, ...guardNames.map((name) => context[name])].join();
  let table = compiled.get(key);
  if (table === undefined) {
    table = compile(role, context);
    compiled.set(key, table);
  }
  return table;
}

function compile(role: Role, context: MachineContext): TransitionTable {
  const [start, actions] = initialTransition(machineOf(role), context);
  const rows = new Map<StateId, Map<MachineEventType, Row>>();
  for (const state of stateIds[role]) {
    const known = new Map<MachineEventType, Row>();
    rows.set(state, known);
    for (const event of Object.keys(machineEvents) as MachineEventType[]) {
      const row = interpret(role, context, state, event);
      if (row !== undefined) known.set(event, row);
    }
  }
  return {
    initial: { next: stateIdOf(start.value), actions: actions.map((action) => action.type as MachineAction) },
    row: (state, event) => rows.get(state)?.get(event),
  };
}
