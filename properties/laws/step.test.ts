import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concatBytes } from '../../model/bytes.js';
import type { Connection, Effect, EndpointOptions, Input } from '../../model/connection.js';
import { present } from '../../model/impossible.js';
import type { Role } from '../../model/role.js';
import { isClosed, type StateId, stateIds } from '../../model/state-id.js';
import { createConnection, isPossible, step } from '../../model/step.js';
import { type ReadingName, readings } from '../../spec/readings.js';
import { lawlessFrameStreams, hostileBytes } from '../arbitraries/hostile-bytes.js';
import { doubtfulHeads } from '../arbitraries/http-head.js';
import { eventInputs } from '../arbitraries/input.js';
import { readingChoices } from '../arbitraries/reading-choices.js';
import { schedules } from '../arbitraries/schedule.js';
import { segmentationsOf } from '../arbitraries/segmentation.js';
import { connectionIn, headTo, openConnection, optionsOf, sampleOffer, takeAll } from '../simulation/reach.js';
import { takeMoves } from '../simulation/two-endpoints.js';
import { createWorld } from '../simulation/world.js';
import { law } from './law.js';

const roles: readonly Role[] = ['client', 'server'];

/** The readings by which a usual opening handshake is accepted however its bytes are cut. */
const acceptingReadings = (Object.keys(readings) as ReadingName[]).filter(
  // By R-508 a server wants to be told its authorities; R-560 asks what came in one piece.
  (name) => name !== 'hostOfRequest' && name !== 'framesWithResponse',
);

/** Any option of these readings, and small limits. */
function manners(names: readonly ReadingName[] = acceptingReadings): fc.Arbitrary<EndpointOptions> {
  return fc.record({
    readings: readingChoices(names),
    answersCloseAtOnce: fc.boolean(),
    maxMessage: fc.constantFrom(16, 125, 16_777_216),
  });
}

/** Connections behind the way to any state, whatever it leads to here; or in the middle of a conversation. */
function connections(role: Role): fc.Arbitrary<Connection> {
  const states = fc.constantFrom<StateId[]>(...stateIds[role]);
  const reached = fc.tuple(states, manners()).map(([state, options]) => connectionIn(role, state, options));
  const talking = schedules().map(
    ({ options, moves }) => takeMoves(createWorld(options), moves).endpoints[role].connection,
  );
  return fc.oneof(reached, talking);
}

/** A copy that shares nothing with the value but its functions. */
function copyOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.slice();
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)]));
}

/** What is left of effects when it does not matter how bytes were cut. */
function withoutRest(effects: readonly Effect[]): readonly unknown[] {
  return effects.map((effect) => (effect.type === 'http' ? { type: effect.type, head: effect.head } : effect));
}

/** What is left of a connection when it does not matter how bytes were cut. */
function essenceOf({ state, request, agreement, closeSent, closeReceived, outgoing }: Connection): unknown {
  return { state, request, agreement, closeSent, closeReceived, outgoing };
}

function bytesInputs(segments: readonly Uint8Array[]): readonly Input[] {
  return segments.map((bytes) => ({ type: 'bytes', bytes }));
}

test('each state is reached by the way that is said to lead there', () => {
  for (const role of roles) {
    for (const state of stateIds[role]) expect(connectionIn(role, state).state).toBe(state);
  }
});

law('whatever bytes come in whatever state, a step never throws', ['draft-06/9/input-not-trusted'], () => {
  for (const role of roles) {
    const cut = hostileBytes(role).chain(segmentationsOf);
    fc.assert(
      fc.property(connections(role), cut, (connection, segments) => {
        const [then, effects] = takeAll(connection, bytesInputs(segments));
        expect(stateIds[role]).toContain(then.state);
        if (isClosed(connection.state)) expect(effects).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }
});

law(
  'whatever bytes come in the opening handshake under whatever readings, a step never throws',
  ['draft-06/9/input-not-trusted'],
  () => {
    for (const role of roles) {
      const cut = fc.oneof(hostileBytes(role), doubtfulHeads()).chain(segmentationsOf);
      const every = manners(Object.keys(readings) as ReadingName[]);
      fc.assert(
        fc.property(every, cut, (options, segments) => {
          const [start] = createConnection(optionsOf(role, options));
          const before: readonly Input[] = role === 'client' ? [{ type: 'transport.opened' }] : [];
          expect(stateIds[role]).toContain(takeAll(start, [...before, ...bytesInputs(segments)])[0].state);
        }),
        { numRuns: 150 },
      );
    }
  },
);

law('how bytes are cut changes neither the effects nor the state', ['draft-06/4.2/key-inside-frame'], () => {
  for (const role of roles) {
    const streams = fc
      .oneof(hostileBytes(role), lawlessFrameStreams(role))
      .chain((bytes) => fc.record({ bytes: fc.constant(bytes), segments: segmentationsOf(bytes) }));
    fc.assert(
      fc.property(connections(role), streams, (connection, { bytes, segments }) => {
        const [whole, effects] = step(connection, { type: 'bytes', bytes });
        const [parts, partEffects] = takeAll(connection, bytesInputs(segments));
        expect(withoutRest(partEffects)).toEqual(withoutRest(effects));
        expect(essenceOf(parts)).toEqual(essenceOf(whole));
      }),
      { numRuns: 150 },
    );
  }
});

law(
  'how the bytes of a whole conversation are cut changes nothing, also where a server keeps what came early',
  ['draft-06/5.2.2/established', 'draft-06/4.1/client-frames-masked', 'draft-06/4.1/server-frames-clear'],
  () => {
    for (const role of roles) {
      const conversation = lawlessFrameStreams(role)
        .map((frames) => concatBytes([headTo(role), frames]))
        .chain((bytes) => fc.record({ bytes: fc.constant(bytes), segments: segmentationsOf(bytes) }));
      fc.assert(
        fc.property(manners(), conversation, (choices, { bytes, segments }) => {
          const options = { ...choices, readings: { ...choices.readings, earlyData: 'keep' as const } };
          const [start] = createConnection(optionsOf(role, options));
          const before: readonly Input[] = role === 'client' ? [{ type: 'transport.opened' }] : [];
          const behind: readonly Input[] = role === 'server' ? [{ type: 'local.accept' }] : [];
          const whole = takeAll(start, [...before, { type: 'bytes', bytes }, ...behind]);
          const parts = takeAll(start, [...before, ...bytesInputs(segments), ...behind]);
          expect(whole[1].some(({ type }) => type === 'opened')).toBe(true);
          expect(parts[1]).toEqual(whole[1]);
          expect(essenceOf(parts[0])).toEqual(essenceOf(whole[0]));
        }),
        { numRuns: 120 },
      );
    }
  },
);

test('a step changes no connection that it is given, and gives the same again', () => {
  for (const role of roles) {
    const inputs = fc.oneof(
      eventInputs(),
      hostileBytes(role).map((bytes): Input => ({ type: 'bytes', bytes })),
    );
    fc.assert(
      fc.property(connections(role), inputs, (connection, input) => {
        const before = copyOf(connection);
        const outcome = () => {
          try {
            return step(connection, input);
          } catch (error) {
            return error;
          }
        };
        const first = outcome();
        expect(copyOf(connection)).toEqual(before);
        expect(outcome()).toEqual(first);
      }),
      { numRuns: 120 },
    );
  }
});

law(
  'what the state does not allow the application is refused, and the connection goes on as it was',
  ['draft-06/4.5.1/no-data-after-close', 'draft-06/4.1/data-while-open'],
  () => {
    for (const role of roles) {
      fc.assert(
        fc.property(connections(role), eventInputs(), (connection, input) => {
          const known = isPossible(connection, input.type);
          if (input.type.startsWith('local.') && !known && input.type !== 'local.drop') {
            expect(() => step(connection, input)).toThrow(RangeError);
            expect(() => step(connection, input)).toThrow(connection.state);
            expect(step(connection, { type: 'local.drop' })[0].state).toMatch(/^closed\./);
          } else if (!known) {
            expect(step(connection, input)).toEqual([connection, []]);
          }
        }),
        { numRuns: 120 },
      );
    }
  },
);

law(
  'values that no endpoint may send are refused, and the connection can still be used',
  ['draft-06/4.5/control-at-most-125', 'draft-06/4.4/one-type', 'draft-06/4.5.1/body-starts-with-status'],
  () => {
    for (const role of roles) {
      const data = Uint8Array.of(1);
      const [connection] = step(openConnection(optionsOf(role)), {
        type: 'local.send',
        kind: 'text',
        data,
        fin: false,
      });
      const misuses: readonly Input[] = [
        { type: 'local.ping', body: new Uint8Array(126) },
        { type: 'local.send', kind: 'binary', data },
        { type: 'local.close', close: { status: 999 } },
        { type: 'local.close', close: { status: 1005 } },
        { type: 'local.close', close: { reason: 'because' } },
        { type: 'local.close', close: { status: 1000, reason: 'x'.repeat(124) } },
      ];
      for (const input of misuses) {
        expect(() => step(connection, input), JSON.stringify(input)).toThrow(RangeError);
        const [, effects] = step(connection, { type: 'local.send', kind: 'text', data });
        expect(effects).toMatchObject([{ type: 'write-frame', frame: { opcode: 0, fin: true } }]);
      }
    }
  },
);

law('an offer that no client may send makes no connection', ['draft-06/5.1/valid-http-request'], () => {
  const wrong = [
    { nonce: new Uint8Array(15) },
    { subprotocols: ['a', 'a'] },
    { fields: [{ name: 'Host', value: 'other.example' }] },
    { fields: [{ name: 'X-1', value: 'a\r\nb' }] },
  ];
  for (const part of wrong) {
    const offer = { ...sampleOffer, ...part };
    expect(() => createConnection({ role: 'client', offer }), JSON.stringify(part)).toThrow(RangeError);
  }
});

test('what the structure of the model rules out is called impossible, not misuse', () => {
  expect(present(0, 'number')).toBe(0);
  const missing = () => {
    present(undefined, 'Close');
  };
  expect(missing).toThrow(/impossible.*Close/);
  expect(missing).not.toThrow(RangeError);
});
