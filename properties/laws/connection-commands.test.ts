import fc from 'fast-check';
import { expect } from 'vitest';
import { writeCloseBody } from '../../model/close-body.js';
import type { Connection, Effect, Input } from '../../model/connection.js';
import type { DataKind } from '../../model/fragmentation.js';
import { type Frame, frameOf, opcodeName } from '../../model/frame.js';
import { phaseOf } from '../../model/state-id.js';
import { step } from '../../model/step.js';
import { bytesTo, openConnection, optionsOf } from '../simulation/reach.js';
import { law } from './law.js';

/*
 * An established connection of a server under any sequence of commands, beside a second and much smaller description
 * of it: three phases, what has passed of the closing handshake, and whether a message is half sent.
 */

interface Simple {
  phase: 'open' | 'closing' | 'closed';
  closeSent: boolean;
  closeReceived: boolean;
  /** Whether what arrives is still looked at. */
  listens: boolean;
  halfSent: DataKind | 'nothing';
}

interface Real {
  connection: Connection;
}

/** What the small description expects of an input, in its words. */
type Words = readonly string[];

/** One thing that may happen to a connection, and what the small description makes of it. */
interface Happening {
  readonly name: string;
  readonly input: Input;
  /** The words for what follows; `undefined` where the application may not do it. */
  readonly expects: (simple: Simple) => Words | undefined;
}

function endOf(simple: Simple): Words {
  if (simple.phase === 'closed') return [];
  Object.assign(simple, { phase: 'closed', listens: false });
  return [simple.closeSent && simple.closeReceived ? 'clean end' : 'unclean end'];
}

/** The Close of this side goes out, if it has not, and the other side is not listened to any more. */
function lastWord(simple: Simple): Words {
  const says = simple.closeSent ? [] : ['sends close'];
  Object.assign(simple, { phase: 'closing', closeSent: true, listens: false });
  return says;
}

function sending(kind: DataKind, fin: boolean): Happening {
  return {
    name: `send ${kind} ${fin ? 'to the end' : 'in part'}`,
    input: { type: 'local.send', kind, data: Uint8Array.of(0x61), fin },
    expects: (simple) => {
      const { phase, halfSent } = simple;
      if (phase !== 'open' || (halfSent !== 'nothing' && halfSent !== kind)) return undefined;
      simple.halfSent = fin ? 'nothing' : kind;
      return [`sends ${halfSent === 'nothing' ? kind : 'continuation'}`];
    },
  };
}

function reading(name: string, frame: Frame, expects: (simple: Simple) => Words): Happening {
  const input: Input = { type: 'bytes', bytes: bytesTo('server', frame) };
  return { name: `read ${name}`, input, expects: (simple) => (simple.listens ? expects(simple) : []) };
}

const happenings: readonly Happening[] = [
  sending('text', true),
  sending('text', false),
  sending('binary', true),
  sending('binary', false),
  {
    name: 'ping',
    input: { type: 'local.ping' },
    expects: ({ phase }) => (phase === 'open' ? ['sends ping'] : undefined),
  },
  {
    name: 'close',
    input: { type: 'local.close', close: { status: 1001 } },
    expects: (simple) => {
      if (simple.phase !== 'open') return undefined;
      Object.assign(simple, { phase: 'closing', closeSent: true });
      return ['sends close'];
    },
  },
  { name: 'answer', input: { type: 'local.answer' }, expects: () => undefined },
  { name: 'accept', input: { type: 'local.accept' }, expects: () => undefined },
  reading('message', frameOf('text', Uint8Array.of(0x62)), () => ['message']),
  reading('ping', frameOf('ping', Uint8Array.of(1)), () => ['sends pong', 'pinged']),
  reading('pong', frameOf('pong'), () => ['ponged']),
  reading('close', frameOf('close', writeCloseBody({ status: 1000 })), (simple) => {
    simple.closeReceived = true;
    return ['close-received', ...lastWord(simple)];
  }),
  reading('nonsense', { ...frameOf('binary'), opcode: 15 }, (simple) => ['violation', ...lastWord(simple)]),
  {
    name: 'the Close is overdue',
    input: { type: 'timer.close' },
    expects: (simple) => (simple.phase === 'closing' && simple.listens ? endOf(simple) : []),
  },
  {
    name: 'the end of TCP is overdue',
    input: { type: 'timer.drop' },
    expects: (simple) => (simple.phase === 'closing' && !simple.listens ? endOf(simple) : []),
  },
  {
    name: 'the opening handshake is overdue',
    input: { type: 'timer.handshake' },
    expects: () => [],
  },
];

/** What ends a connection in every state; kept apart, so that not every sequence is short. */
const endings: readonly Happening[] = (['transport.ended', 'transport.lost', 'local.drop'] as const).map((type) => ({
  name: type,
  input: { type },
  expects: endOf,
}));

/** An effect in the words of the small description; timers and TCP are not among them. */
function wordsOf(effect: Effect): readonly string[] {
  switch (effect.type) {
    case 'write-frame':
      return [`sends ${opcodeName(effect.frame.opcode)}`];
    case 'closed':
      return [effect.outcome.clean ? 'clean end' : 'unclean end'];
    case 'message':
    case 'pinged':
    case 'ponged':
    case 'close-received':
    case 'violation':
      return [effect.type];
    default:
      return [];
  }
}

function commandOf({ name, input, expects }: Happening): fc.Command<Simple, Real> {
  return {
    check: () => true,
    run: (simple, real) => {
      const expected = expects(simple);
      if (expected === undefined) {
        expect(() => step(real.connection, input)).toThrow(RangeError);
      } else {
        const [connection, effects] = step(real.connection, input);
        expect(effects.flatMap(wordsOf)).toEqual(expected);
        real.connection = connection;
      }
      const { state, closeSent, closeReceived, outgoing } = real.connection;
      expect(phaseOf(state)).toBe(simple.phase);
      expect(closeSent !== undefined).toBe(simple.closeSent);
      expect(closeReceived !== undefined).toBe(simple.closeReceived);
      expect(outgoing).toBe(simple.halfSent);
    },
    toString: () => name,
  };
}

law(
  'a connection does what three phases and two flags foretell, whatever happens to it',
  [
    'draft-06/4.1/data-while-open',
    'draft-06/4.5.1/no-data-after-close',
    'draft-06/4.5.1/close-answered',
    'draft-06/4.5.2/ping-answered',
    'draft-06/7.1.3/cleanly',
    'draft-06/4.4/one-type',
  ],
  () => {
    const commands = fc.oneof(
      { weight: 15, arbitrary: fc.constantFrom(...happenings).map(commandOf) },
      { weight: 1, arbitrary: fc.constantFrom(...endings).map(commandOf) },
    );
    fc.assert(
      fc.property(fc.commands([commands], { maxCommands: 40, size: 'max' }), (sequence) => {
        fc.modelRun(
          (): { model: Simple; real: Real } => ({
            model: { phase: 'open', closeSent: false, closeReceived: false, listens: true, halfSent: 'nothing' },
            real: { connection: openConnection(optionsOf('server')) },
          }),
          sequence,
        );
      }),
      { numRuns: 200 },
    );
  },
);
