import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concatBytes, noBytes } from '../../model/bytes.js';
import type { CloseReason } from '../../model/close-body.js';
import type { Effect, Input } from '../../model/connection.js';
import { isControl } from '../../model/frame.js';
import { otherRole, type Role } from '../../model/role.js';
import { step } from '../../model/step.js';
import { opcodes } from '../../spec/wire.js';
import { type Schedule, schedules } from '../arbitraries/schedule.js';
import { finish, takeMove, takeMoves } from '../simulation/two-endpoints.js';
import { createWorld, type Endpoint, isOver, type World } from '../simulation/world.js';
import { law } from './law.js';

const roles: readonly Role[] = ['client', 'server'];

type EffectOf<Type, Each = Effect> = Each extends { readonly type: infer Own }
  ? Type extends Own
    ? Each
    : never
  : never;

/** The effects of a type, in order. */
function effectsOf<Type extends Effect['type']>({ history }: Endpoint, type: Type): readonly EffectOf<Type>[] {
  const all = history.flatMap(({ effects }) => effects);
  return all.filter((effect): effect is Effect & EffectOf<Type> => effect.type === type);
}

function framesOf(endpoint: Endpoint) {
  return effectsOf(endpoint, 'write-frame').map(({ frame }) => frame);
}

function bodiesOf(endpoint: Endpoint, opcode: number): readonly Uint8Array[] {
  return framesOf(endpoint)
    .filter((frame) => frame.opcode === opcode)
    .map((frame) => frame.applicationData);
}

/** The messages that an application sent to their last fragment. */
function sentMessagesOf({ history }: Endpoint): readonly { kind: string; bytes: Uint8Array }[] {
  const messages: { kind: string; bytes: Uint8Array }[] = [];
  let begun = noBytes;
  for (const { input } of history) {
    if (input.type !== 'local.send') continue;
    begun = concatBytes([begun, input.data]);
    if (input.fin === false) continue;
    messages.push({ kind: input.kind, bytes: begun });
    begun = noBytes;
  }
  return messages;
}

function receivedMessagesOf(endpoint: Endpoint): readonly { kind: string; bytes: Uint8Array }[] {
  return effectsOf(endpoint, 'message').map(({ message: { kind, bytes } }) => ({ kind, bytes }));
}

/** What a Close says, however it was written down. */
function saidBy({ status, reason = '' }: CloseReason): CloseReason {
  return status === undefined ? {} : { status, reason };
}

function outcomeOf(endpoint: Endpoint) {
  const [closed, ...others] = effectsOf(endpoint, 'closed');
  if (closed === undefined || others.length > 0) throw new Error('an endpoint tells its end exactly once');
  return closed.outcome;
}

/** Checks what holds at the end of every schedule, at each endpoint. */
function atEachEnd(
  check: (own: Endpoint, other: Endpoint, role: Role, schedule: Schedule) => void,
  constraints: { readonly calm?: boolean } = {},
): void {
  fc.assert(
    fc.property(schedules(constraints), (schedule) => {
      const { endpoints } = finish(takeMoves(createWorld(schedule.options), schedule.moves));
      for (const role of roles) check(endpoints[role], endpoints[otherRole(role)], role, schedule);
    }),
    { numRuns: 100 },
  );
}

law('whatever happens, both ends come to their end, and say so once', ['draft-06/7.1.3/closed'], () => {
  fc.assert(
    fc.property(schedules(), ({ options, moves }) => {
      const world = finish(takeMoves(createWorld(options), moves));
      expect(isOver(world)).toBe(true);
      for (const role of roles) {
        const { connection, history, armed } = world.endpoints[role];
        expect(outcomeOf(world.endpoints[role]).state).toBe(connection.state);
        expect(history.flatMap(({ effects }) => effects).at(-1)?.type).toBe('closed');
        expect(armed).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );
});

law('no data frame leaves an endpoint after its Close', ['draft-06/4.5.1/no-data-after-close'], () => {
  atEachEnd((own) => {
    const frames = framesOf(own);
    const close = frames.findIndex(({ opcode }) => opcode === opcodes.close);
    const later = close < 0 ? [] : frames.slice(close + 1);
    expect(later.filter(({ opcode }) => !isControl(opcode) || opcode === opcodes.close)).toEqual([]);
  });
});

law(
  'every Ping that is read before the own Close is answered at once, with its body',
  ['draft-06/4.5.2/ping-answered', 'draft-06/4.5.2/pong-echoes-body', 'draft-06/4.5.2/ping-answered-soon'],
  () => {
    atEachEnd((own, _other, role, { options }) => {
      const answersAlways = options[role]?.readings?.pongAfterClose === 'answer';
      for (const { from, effects } of own.history) {
        // One step may take the end of the opening handshake and frames behind it.
        const isDue = from !== 'closing.local-closing.awaiting-close' || answersAlways;
        const due = isDue ? effects.filter(({ type }) => type === 'pinged') : [];
        const pongs = effects.flatMap((effect) =>
          effect.type === 'write-frame' && effect.frame.opcode === opcodes.pong ? [effect.frame.applicationData] : [],
        );
        expect(pongs).toEqual(due.map((effect) => (effect.type === 'pinged' ? effect.body : undefined)));
      }
    });
  },
);

law(
  'Pongs come back in the order of the Pings, none invented, and all of them when only the one who asked closes',
  ['draft-06/4.5.3/pong-only-for-latest-ping', 'draft-06/4.5.3/ping-answered', 'draft-06/4.5.3/pong-echoes-body'],
  () => {
    atEachEnd((own, other) => {
      const asked = bodiesOf(own, opcodes.ping);
      const answered = effectsOf(own, 'ponged').map(({ body }) => body);
      expect(answered).toEqual(asked.slice(0, answered.length));
      const otherCloses = other.history.some(({ input }) => input.type === 'local.close');
      if (outcomeOf(own).clean && !otherCloses) expect(answered).toEqual(asked);
    });
  },
);

law(
  'messages arrive whole and in order, none lost, doubled or invented; all of them when the end was clean',
  ['draft-06/4.4/receive-both', 'draft-06/4.4/content-is-concatenation', 'draft-06/4.6/binary-is-opaque'],
  () => {
    atEachEnd((own, other) => {
      const sent = sentMessagesOf(other);
      const received = receivedMessagesOf(own);
      expect(received).toEqual(sent.slice(0, received.length));
      if (outcomeOf(own).clean) expect(received).toEqual(sent);
    });
  },
);

law('text arrives as the text that was sent', ['draft-06/4.6/text-is-utf-8'], () => {
  atEachEnd((own) => {
    for (const { message } of effectsOf(own, 'message')) {
      if (message.kind === 'text') expect(message.wellFormed).toBe(true);
    }
  });
});

law(
  'an end is clean exactly when both Closes have passed, and then each side knows what the other said',
  ['draft-06/7.1.3/cleanly', 'draft-06/4.5.1/simultaneous-close', 'draft-06/4.5.1/close-answered'],
  () => {
    atEachEnd((own, other) => {
      const outcome = outcomeOf(own);
      const closes = bodiesOf(own, opcodes.close);
      const heard = effectsOf(own, 'close-received');
      expect(outcome.clean).toBe(closes.length > 0 && heard.length > 0);
      expect(outcome.sent === undefined).toBe(closes.length === 0);
      expect(heard.map(({ close }) => close)).toEqual(outcome.received === undefined ? [] : [outcome.received]);
      if (outcome.received !== undefined) expect(saidBy(outcome.received)).toEqual(saidBy(outcomeOf(other).sent ?? {}));
      if (outcome.clean) expect(outcome.received).toBeDefined();
    });
  },
);

law(
  'without misfortune an established connection ends cleanly on both sides',
  ['draft-06/7.1.2/close-after-both'],
  () => {
    atEachEnd(
      (own, other) => {
        const dropped = [own, other].some(({ history }) => history.some(({ input }) => input.type === 'local.drop'));
        const established = effectsOf(own, 'opened').length > 0;
        if (!dropped) expect(outcomeOf(own).clean).toBe(established);
        if (!dropped) expect(outcomeOf(other).clean).toBe(established);
      },
      { calm: true },
    );
  },
);

law(
  'no endpoint finds fault with the other',
  ['draft-06/4.4/fragmented', 'draft-06/4.5/control-not-fragmented', 'draft-06/5.1/response-validated'],
  () => {
    atEachEnd((own, other) => {
      // A server that rejects is the one thing that a client reports: the response is not what it asked for.
      const rejected = other.history.some(({ input }) => input.type === 'local.reject');
      const codes = effectsOf(own, 'violation').map(({ violation }) => violation.code);
      if (rejected) expect(codes.every((code) => code === 'status-not-101')).toBe(true);
      else expect(codes).toEqual([]);
    });
  },
);

law('a client sends nothing between its opening handshake and the answer', ['draft-06/5.1/waits-for-response'], () => {
  atEachEnd((own, _other, role) => {
    const outgoing = own.history
      .flatMap(({ effects }) => effects.map(({ type }) => type))
      .filter((type) => type === 'opened' || type.startsWith('write'));
    if (role === 'client') expect(outgoing.slice(0, 2)).toEqual(['write-head', 'opened'].slice(0, outgoing.length));
    expect(outgoing.filter((type) => type === 'write-head').length).toBeLessThanOrEqual(1);
  });
});

law('nothing that comes after the end changes anything', ['draft-06/7.1.3/closed'], () => {
  const late: readonly Input[] = [
    { type: 'transport.lost' },
    { type: 'transport.ended' },
    { type: 'bytes', bytes: Uint8Array.of(0x85, 0) },
    { type: 'timer.drop' },
    { type: 'local.drop' },
  ];
  atEachEnd(({ connection }) => {
    for (const input of late) {
      const [then, effects] = step(connection, input);
      expect(then).toBe(connection);
      expect(effects).toEqual([]);
    }
  });
});

test('a move leaves the world that it was made in as it was', () => {
  fc.assert(
    fc.property(schedules(), fc.nat(60), ({ options, moves }, at) => {
      const world = takeMoves(createWorld(options), moves.slice(0, at));
      const state = (now: World) => roles.map((role) => [now.endpoints[role].history, now.towards[role]]);
      const rest = moves.slice(at);
      const once = takeMoves(world, rest);
      expect(state(rest.reduce(takeMove, world))).toEqual(state(once));
    }),
  );
});
