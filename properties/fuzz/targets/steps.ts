import fc from 'fast-check';
import type { Connection, Effect, Input } from '../../../model/connection.js';
import type { Role } from '../../../model/role.js';
import { isClosed, type StateId, stateIds } from '../../../model/state-id.js';
import { createConnection, step } from '../../../model/step.js';
import { serializeHead } from '../../../model/http-head.js';
import { writeOpeningRequest } from '../../../model/opening-request.js';
import { hostileBytes, lawlessFrameStreams } from '../../arbitraries/hostile-bytes.js';
import { createDeflater, decodeAtOnce, syncDeflateStream } from '../../drivers/deflate.js';
import { connectionIn, sampleOffer } from '../../simulation/reach.js';
import { retainedBytes } from '../retained.js';
import { demand, type FuzzTarget, guided, leading } from '../target.js';

/** Small, so that they are reached. */
const limits = { maxMessage: 300, maxHead: 1024, maxExpansion: 4 };

/** What an input says to do next: the first byte of each piece, and how many bytes follow it. */
const events: readonly Input[] = [
  { type: 'continue' },
  { type: 'local.accept' },
  { type: 'local.reject', rejection: { status: 403, reason: 'Forbidden' } },
  { type: 'local.send', kind: 'text', data: Uint8Array.of(0x68, 0x69) },
  { type: 'local.send', kind: 'binary', data: Uint8Array.of(0xff), fin: false },
  { type: 'local.ping' },
  { type: 'local.close', close: { status: 1000 } },
  { type: 'local.answer' },
  { type: 'local.drop' },
  { type: 'transport.opened' },
  { type: 'transport.failed' },
  { type: 'transport.ended' },
  { type: 'transport.lost' },
  { type: 'timer.connect' },
  { type: 'timer.handshake' },
  { type: 'timer.close' },
  { type: 'timer.drop' },
  { type: 'undecodable', says: 'so' },
];

/** Pieces that begin with a byte below this are bytes of the other side. */
const bytesBelow = 200;

/** A conversation as an input: the bytes of the other side in pieces, with what else happens between them. */
export function scripted(pieces: readonly (Uint8Array | number)[]): Uint8Array {
  const parts: number[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'number') parts.push(bytesBelow + piece);
    else {
      for (let at = 0; at < piece.length; at += bytesBelow - 1) {
        const some = piece.subarray(at, at + bytesBelow - 1);
        parts.push(some.length, ...some);
      }
    }
  }
  return Uint8Array.from(parts);
}

/** What an input says to do, in order. */
function* inputsOf(script: Uint8Array): Generator<Input> {
  for (let at = 0; at < script.length;) {
    const first = script[at++] ?? 0;
    if (first < bytesBelow) {
      yield { type: 'bytes', bytes: script.slice(at, at + first) };
      at += first;
    } else {
      const event = events[(first - bytesBelow) % events.length];
      if (event !== undefined) yield event;
    }
  }
}

/** A connection to begin with: in any state of its role, or with compression in use. */
function startOf(role: Role, flags: number, readings: Connection['settings']['readings']): Connection {
  const states = stateIds[role];
  const state: StateId | undefined = states[flags % (states.length + 1)];
  const options = { ...limits, readings, pausesAtMessages: (flags & 32) !== 0 };
  try {
    return state === undefined ? compressing() : connectionIn(role, state, options);
  } catch (error) {
    // Under some readings the sample offer is none that may be sent, or the way into a state is closed.
    if (error instanceof RangeError) return connectionIn(role, state ?? 'open', limits);
    throw error;
  }
}

/** A server that has agreed on compression. */
function compressing(): Connection {
  const extensions = [{ name: 'deflate-stream', parameters: [] }];
  const request = serializeHead(writeOpeningRequest({ ...sampleOffer, extensions }));
  const [created] = createConnection({ role: 'server', ...limits, extensions: [syncDeflateStream] });
  const [waiting] = step(created, { type: 'bytes', bytes: request });
  return step(waiting, { type: 'local.accept', acceptance: { extensions } })[0];
}

const starts = new Map<string, Connection>();

/** The whole step of a role: whatever comes and happens, in whatever state and under whatever readings. */
function stepTarget(role: Role): FuzzTarget {
  return {
    name: `${role}-step`,
    says: `a connection of the ${role}, in every state, with everything that can happen`,
    weight: 9,
    maxLength: 2500,
    seeds: (seed) => {
      const streams = fc.sample(lawlessFrameStreams(role), { seed, numRuns: 60 });
      const noise = fc.sample(hostileBytes(role), { seed, numRuns: 60 });
      const coded = streams
        .slice(0, 20)
        .map((bytes) => leading(scripted([createDeflater()(bytes)]), stateIds[role].length));
      const open = stateIds[role].indexOf('open');
      return [
        ...streams.map((bytes, at) => leading(scripted([bytes, at % events.length]), open)),
        ...noise.map((bytes, at) => leading(scripted([at % events.length, bytes]), at)),
        ...events.map((_, at) => leading(scripted([at]), at)),
        ...(role === 'server' ? coded : []),
      ];
    },
    words: [
      ...events.map((_, at) => Uint8Array.of(bytesBelow + at)),
      ...[
        [2, 0x89, 0x00],
        [2, 0x81, 0x00],
        [3, 0x84, 0x01, 0x61],
        [3, 0x04, 0x01, 0x61],
        [2, 0x80, 0x00],
        [6, 0, 0, 0, 0, 0x89, 0x00],
        [7, 0, 0, 0, 0, 0x84, 0x01, 0x61],
      ].map((word) => Uint8Array.from(word)),
    ],
    check: (input) => {
      const { bytes, flags, readings, isClose } = guided(input);
      const key = `${role} ${flags} ${input[0] ?? 0}`;
      const before = starts.get(key) ?? startOf(role, flags, readings);
      starts.set(key, before);
      let connection = before;
      const shared = isClose ? sharedParts(connection) : undefined;
      const transform = connection.inUse.transform?.();
      let closed = 0;
      for (const given of inputsOf(bytes)) {
        const effects: Effect[] = [];
        const feed = (fed: Input): void => {
          const [next, more] = take(connection, fed);
          connection = next;
          effects.push(...more);
        };
        feed(given);
        // The list grows while it is gone through.
        for (const effect of effects) {
          if (effect.type === 'paused') feed({ type: 'continue' });
          else if (effect.type === 'closed') closed++;
          else if (effect.type === 'message')
            demand(effect.message.bytes.length <= 3 * limits.maxMessage, 'a message is larger than the limit');
          else if (effect.type === 'decode' && transform !== undefined) decodeAtOnce(transform, effect.bytes, feed);
        }
      }
      demand(closed <= 1, 'a connection ends more than once');
      if (shared === undefined || connection === before) return;
      const kept = retainedBytes(connection, shared);
      demand(kept <= 65_536, `a connection keeps ${kept} bytes`);
    },
  };
}

/** What a connection has from its options, which all connections share. */
function sharedParts({ settings }: Connection): ReadonlySet<unknown> {
  return new Set<unknown>([settings, settings.readings, settings.table]);
}

/** A step; only misuse by the application may throw, and changes nothing. */
function take(connection: Connection, input: Input): readonly [Connection, readonly Effect[]] {
  try {
    const [next, effects] = step(connection, input);
    demand(!isClosed(connection.state) || next.state === connection.state, 'a connection that is over goes on');
    return [next, effects];
  } catch (error) {
    if (error instanceof RangeError && input.type.startsWith('local.')) return [connection, []];
    throw error;
  }
}

export const serverStepTarget: FuzzTarget = stepTarget('server');
export const clientStepTarget: FuzzTarget = stepTarget('client');
