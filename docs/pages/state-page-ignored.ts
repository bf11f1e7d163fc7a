import type { Connection } from '../../model/connection.js';
import type { MachineEventType } from '../../model/machine-setup.js';
import { phaseOf } from '../../model/state-id.js';
import { isPossible, readsFrames, step } from '../../model/step.js';
import { sampleOf } from './state-page-samples.js';

/**
 * What happens when a connection gets an input that its state does not know. It is tried, not looked up.
 * @throws Error when the input does something after all
 */
export function whatIgnoringMeans(connection: Connection, event: MachineEventType): string {
  const input = sampleOf(connection.role, event);
  if (input.type === 'bytes') return whatBecomesOfBytes(connection, event);
  if (input.type.startsWith('local.')) {
    if (!isPossible(connection, input.type)) return whatMisuseMeans(connection, event);
  }
  const [after, effects] = step(connection, input);
  if (after !== connection || effects.length > 0) throw new Error(`${event} does something in ${connection.state}`);
  if (event.startsWith('timer.')) return 'The timer is not armed here. If it fires late all the same, nothing happens.';
  return 'Nothing happens.';
}

function whatMisuseMeans(connection: Connection, event: MachineEventType): string {
  try {
    step(connection, sampleOf(connection.role, event));
  } catch (error) {
    if (error instanceof RangeError) return `Refused, and nothing changes. RangeError: ${error.message}.`;
    throw error;
  }
  return 'Nothing happens.';
}

function whatBecomesOfBytes(connection: Connection, event: MachineEventType): string {
  const { state } = connection;
  const isFrame = event.startsWith('remote.');
  const phase = phaseOf(state);
  const readsHead = phase === 'connecting' && !/failing|aborting/.test(state);
  if (isFrame && readsHead)
    return 'Cannot come about: frames are read once the connection is open. Such bytes count for the opening handshake.';
  if (!isFrame && readsHead)
    return 'Cannot come about: the head has been read already, and what follows it is too early.';
  if (!isFrame && readsFrames(connection))
    return 'Cannot come about: the opening handshake is over, and bytes are frames.';
  const [after, effects] = step(connection, sampleOf(connection.role, event));
  if (after.state !== state || effects.length > 0) throw new Error(`${event} does something in ${state}`);
  return phase === 'closed'
    ? 'Nothing happens: the connection is over.'
    : 'Nobody looks: the bytes are read and discarded.';
}
