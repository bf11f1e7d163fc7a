import { bytesFromLatin1 } from '../../model/bytes.js';
import { writeCloseBody } from '../../model/close-body.js';
import type { Connection, ConnectionOptions, Effect, EndpointOptions, Input } from '../../model/connection.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import { serializeHead } from '../../model/http-head.js';
import { readOpeningRequest, writeOpeningRequest, type OpeningOffer } from '../../model/opening-request.js';
import { writeOpeningResponse } from '../../model/opening-response.js';
import type { Role } from '../../model/role.js';
import type { StateId } from '../../model/state-id.js';
import { createConnection, type Step, step } from '../../model/step.js';

/*
 * The shortest way into every state, by inputs that really lead there: bytes of the other side, events of TCP, and
 * wishes of the application. Whoever needs a connection in a certain state takes it from here.
 */

/** An offer to speak one subprotocol with one extension. */
export const sampleOffer: OpeningOffer = {
  uri: { host: 'example.com', port: 80, resourceName: '/chat', secure: false },
  nonce: Uint8Array.from({ length: 16 }, (_, index) => index),
  subprotocols: ['chat'],
  extensions: [{ name: 'x-sample', parameters: [] }],
};

/** Options for a role, with that offer where it is a client. */
export function optionsOf(role: Role, options: EndpointOptions = {}): ConnectionOptions {
  return role === 'client' ? { ...options, role, offer: sampleOffer } : { ...options, role };
}

/** A frame as the other side of `role` writes it: masked when it comes from a client. */
export function bytesTo(role: Role, frame: Frame, key: Uint8Array = Uint8Array.of(1, 2, 3, 4)): Uint8Array {
  return layOutFrame(frame, role === 'server' ? { maskingKey: key } : {});
}

/** The opening handshake that the other side of `role` sends. */
export function headTo(role: Role): Uint8Array {
  const request = writeOpeningRequest(sampleOffer);
  if (role === 'server') return serializeHead(request);
  const reading = readOpeningRequest(request);
  if (reading.kind !== 'opening') throw new Error('the sample offer is not an opening handshake');
  return serializeHead(writeOpeningResponse(reading.request, { subprotocol: 'chat' }));
}

/** The inputs that establish a connection. */
export function openingOf(role: Role): readonly Input[] {
  const head: Input = { type: 'bytes', bytes: headTo(role) };
  return role === 'client'
    ? [{ type: 'transport.opened' }, head]
    : [head, { type: 'local.accept', acceptance: { subprotocol: 'chat' } }];
}

/** Takes inputs in order. */
export function takeAll(connection: Connection, inputs: readonly Input[]): Step {
  return inputs.reduce<Step>(
    ([now, effects], input) => {
      const [next, more] = step(now, input);
      return [next, [...effects, ...more]];
    },
    [connection, []],
  );
}

/** A connection behind some inputs, and the effects of the last of them alone. */
export function after(options: ConnectionOptions, ...inputs: readonly Input[]): Step {
  const [start, first] = createConnection(options);
  return inputs.reduce<readonly [Connection, readonly Effect[]]>(([now], input) => step(now, input), [start, first]);
}

/** An established connection. */
export function openConnection(options: ConnectionOptions): Connection {
  return after(options, ...openingOf(options.role))[0];
}

/** The inputs on the shortest way into a state; for `owing-close` the application has to answer by itself. */
export function wayTo(role: Role, state: StateId): readonly Input[] {
  const opening = openingOf(role);
  const nonsense: Input = { type: 'bytes', bytes: bytesFromLatin1('nonsense\r\n') };
  const close: Input = { type: 'bytes', bytes: bytesTo(role, frameOf('close', writeCloseBody({ status: 1000 }))) };
  const badFrame: Input = { type: 'bytes', bytes: bytesTo(role, { ...frameOf('ping'), rsv1: true }) };
  const ways: Readonly<Record<StateId, readonly Input[]>> = {
    'connecting.awaiting-transport': [],
    'connecting.awaiting-request': [],
    'connecting.awaiting-response': opening.slice(0, 1),
    'connecting.deciding': opening.slice(0, 1),
    'connecting.failing': [...opening.slice(0, 1), nonsense],
    'connecting.aborting': [nonsense],
    open: opening,
    'closing.local-closing.awaiting-close': [...opening, { type: 'local.close' }],
    'closing.local-closing.awaiting-end': [...opening, { type: 'local.close' }, close],
    'closing.remote-closing.owing-close': [...opening, close],
    'closing.remote-closing.awaiting-end': [...opening, close],
    'closing.failing': [...opening, badFrame],
    'closed.clean': [...opening, { type: 'local.close' }, close, { type: 'transport.ended' }],
    'closed.unclean': [...opening, { type: 'transport.lost' }],
    'closed.failed': [{ type: 'transport.failed' }],
    'closed.aborted': [{ type: 'transport.lost' }],
    'closed.http': [{ type: 'bytes', bytes: bytesFromLatin1('GET / HTTP/1.1\r\nHost: example.com\r\n\r\n') }],
  };
  return ways[state];
}

/** A connection in a state of its role. */
export function connectionIn(role: Role, state: StateId, options: EndpointOptions = {}): Connection {
  const answersCloseAtOnce = state !== 'closing.remote-closing.owing-close';
  return after(optionsOf(role, { answersCloseAtOnce, ...options }), ...wayTo(role, state))[0];
}
