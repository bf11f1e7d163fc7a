import { type AnyTransitionDefinition, initialTransition, type SnapshotFrom, transition } from 'xstate';
import { getAdjacencyMap, getStateNodes } from 'xstate/graph';
import { type clientMachine, machineOf } from '../../model/machine.js';
import {
  type GuardName,
  type MachineAction,
  type MachineContext,
  type MachineEvent,
  machineEvents,
  type MachineEventType,
  machineGuards,
  type Meaning,
} from '../../model/machine-setup.js';
import type { Role } from '../../model/role.js';
import { type StateId, stateIdOf } from '../../model/state-id.js';

/*
 * Walks through the machines as xstate itself runs them, for all that has to be known about every state, every
 * transition or every path.
 */

/** The machines of both roles have the same types of context, event and meta; TypeScript does not unite the two. */
type Machine = typeof clientMachine;

/** Every event of the machines. */
export const allEvents: readonly MachineEvent[] = (Object.keys(machineEvents) as MachineEventType[]).map((type) => ({
  type,
}));

const guardNames = Object.keys(machineGuards) as GuardName[];

/** Whether an odd number of bits is set. */
const isOdd = (bits: number): boolean => bits > 0 && !isOdd(bits & (bits - 1));

/**
 * Combinations of what the guards ask: any three guards take all eight among them. No event in any state asks more than
 * two, so that these stand for all. Each guard is a number of five bits of which the highest is set, and a combination
 * is the parity of what it shares with each: no such number is the sum of two others.
 */
export const allContexts: readonly MachineContext[] = Array.from(
  { length: 32 },
  (_, bits) =>
    Object.fromEntries(guardNames.map((name, at) => [name, isOdd(bits & (16 + at))])) as unknown as MachineContext,
);

/** A state together with what each event does in it, and which transition of the machine does it. */
export interface Vertex {
  readonly state: StateId;
  readonly edges: readonly {
    readonly event: MachineEventType;
    readonly next: StateId;
    readonly actions: readonly MachineAction[];
    readonly definition: AnyTransitionDefinition;
  }[];
}

/** The machine of a role, as xstate has it. */
export function xstateMachineOf(role: Role): Machine {
  return machineOf(role) as Machine;
}

/** Everything that can be reached from the start under one set of choices. */
export function reachedStates(role: Role, context: MachineContext): readonly Vertex[] {
  const machine = xstateMachineOf(role);
  const map = getAdjacencyMap(machine, {
    events: allEvents,
    input: context,
    serializeState: ({ value }) => stateIdOf(value),
  });
  const snapshots: readonly SnapshotFrom<Machine>[] = Object.values(map).map(
    ({ state }) => state as SnapshotFrom<Machine>,
  );
  return snapshots.map((snapshot) => ({
    state: stateIdOf(snapshot.value),
    edges: allEvents.flatMap((event) =>
      machine.getTransitionData(snapshot, event).map((definition) => {
        const [next, actions] = transition(machine, snapshot, event);
        return { event: event.type, next: stateIdOf(next.value), actions: actions.map(nameOf), definition };
      }),
    ),
  }));
}

/** The actions on the way into the first state. */
export function firstActions(role: Role, context: MachineContext): readonly MachineAction[] {
  return initialTransition(xstateMachineOf(role), context)[1].map(nameOf);
}

/** All states of a machine but its root, the composite ones included. */
export function statesOf(role: Role) {
  return getStateNodes(xstateMachineOf(role)).map(({ id, type, path, meta }) => ({
    id,
    type,
    path: path.join('.'),
    meta: meta as Meaning | undefined,
  }));
}

/** All transitions of a machine. */
export function transitionsOf(role: Role): readonly AnyTransitionDefinition[] {
  const machine = xstateMachineOf(role);
  return [machine.root, ...getStateNodes(machine)].flatMap((node) => [...node.transitions.values()].flat());
}

/** The name of an action that xstate asks for. */
export function nameOf(action: { readonly type: string }): MachineAction {
  return action.type as MachineAction;
}
