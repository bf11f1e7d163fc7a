import fc from 'fast-check';
import type { ReadingChoices } from '../../spec/readings.js';
import { writeCloseBody } from '../../model/close-body.js';
import type { Connection, Effect, EndpointOptions, Input } from '../../model/connection.js';
import { type Frame, frameOf } from '../../model/frame.js';
import type { Role } from '../../model/role.js';
import type { StateId } from '../../model/state-id.js';
import { bytesTo, openConnection, optionsOf, takeAll } from './reach.js';

/* What the laws on the end of a connection share. */

/** Either role. */
export const roles = () => fc.constantFrom<Role>('client', 'server');
export const awaitingClose: StateId = 'closing.local-closing.awaiting-close';
export const owingClose: StateId = 'closing.remote-closing.owing-close';
/** The states in which both Closes have passed: after the own Close, and after the other. */
export const ended: readonly [StateId, StateId] = [
  'closing.local-closing.awaiting-end',
  'closing.remote-closing.awaiting-end',
];
/** A state in which the Close of the other side has come. */
export const behindClose = () => fc.constantFrom<StateId>(owingClose, ...ended);

/** An established connection under some readings. */
export function open(role: Role, readings: Partial<ReadingChoices>, options: EndpointOptions = {}): Connection {
  return openConnection(optionsOf(role, { ...options, readings }));
}

/** What frames bring about, all in one piece, without the frames themselves. */
export function whenRead(
  connection: Connection,
  ...frames: readonly Frame[]
): readonly [Connection, readonly Effect[]] {
  const inputs = frames.map((frame): Input => ({ type: 'bytes', bytes: bytesTo(connection.role, frame) }));
  const [then, effects] = takeAll(connection, inputs);
  return [then, effects.filter(({ type }) => type !== 'frame-read')];
}

/** The types of effects, with the code where it is a violation. */
export const typesOf = (effects: readonly Effect[]): readonly string[] =>
  effects.map((effect) => (effect.type === 'violation' ? effect.violation.code : effect.type));
/** A Close with a status code alone. */
export const statusClose = (status: number): Frame => frameOf('close', writeCloseBody({ status }));
