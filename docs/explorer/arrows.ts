import { type Connection, type EndpointOptions, type Input, machineContextOf } from '../../model/connection.js';
import type { MachineEventType } from '../../model/machine-setup.js';
import type { Role } from '../../model/role.js';
import type { StateId } from '../../model/state-id.js';
import { step } from '../../model/step.js';
import type { Row, TransitionTable } from '../../model/transition-table.js';
import { type GraphTransition, graphOf, transitionsFrom } from '../graph.js';
import { takenBy } from './entry.js';
import type { Session } from './session.js';
import { endpointOptions } from './settings.js';

/*
 * Which arrows of the diagrams a move has taken. One input can take several: the octets of two frames are two events of
 * the machine. The model itself is asked: its step runs once more, with a table that notes which rows are performed.
 */

/** An event that the machine took, and where it was then. */
interface Taken {
  readonly state: StateId;
  readonly event: MachineEventType;
}

/** The events that the machine of a connection takes when an input is put in, in order. */
function eventsTaken(connection: Connection, input: Input): readonly Taken[] {
  const { table } = connection.settings;
  const taken: Taken[] = [];
  const watched: TransitionTable = {
    initial: table.initial,
    row: (state, event) => {
      const row = table.row(state, event);
      return row === undefined ? undefined : noting(row, () => taken.push({ state, event }));
    },
  };
  step({ ...connection, settings: { ...connection.settings, table: watched } }, input);
  return taken;
}

/** A row that tells when its actions are taken: a state may also be asked only whether it knows an event. */
function noting({ next, actions }: Row, note: () => void): Row {
  return {
    next,
    get actions() {
      note();
      return actions;
    },
  };
}

/** The machines of both roles, as the diagrams show them. */
export const graphs = { client: graphOf('client'), server: graphOf('server') } as const;

/** The transition that an event takes in a state: the innermost state that knows it has the word. */
function transitionOf(role: Role, options: EndpointOptions, { state, event }: Taken): GraphTransition | undefined {
  const context = machineContextOf(options);
  const names = state.split('.');
  for (let depth = names.length; depth > 0; depth--) {
    const known = transitionsFrom(graphs[role], names.slice(0, depth).join('.')).filter((one) => one.event === event);
    const taken = known.find(({ guard }) => guard === undefined || context[guard]);
    if (taken !== undefined) return taken;
  }
  return undefined;
}

/** The transitions that a move took, in order. */
export function transitionsTaken({ settings, worlds }: Session, move: number): readonly GraphTransition[] {
  const before = worlds[move];
  const after = worlds[move + 1];
  if (before === undefined || after === undefined) return [];
  const taken = takenBy(before, after);
  if (taken === undefined || taken.step.input.type === 'created') return [];
  const { role, step: taking } = taken;
  const options = endpointOptions(settings, role);
  const events = eventsTaken(before.endpoints[role].connection, taking.input as Input);
  return events.flatMap((event) => transitionOf(role, options, event) ?? []);
}
