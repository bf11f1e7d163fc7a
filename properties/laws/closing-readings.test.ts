import fc from 'fast-check';
import { expect } from 'vitest';
import type { ReadingChoices } from '../../spec/readings.js';
import { opcodes } from '../../spec/wire.js';
import type { Input } from '../../model/connection.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { isPossible, readsFrames, step } from '../../model/step.js';
import { messages } from '../arbitraries/message.js';
import {
  awaitingClose,
  behindClose,
  ended,
  open,
  owingClose,
  roles,
  statusClose,
  typesOf,
  whenRead,
} from '../simulation/closing.js';
import { connectionIn, takeAll } from '../simulation/reach.js';
import { law } from './law.js';

/* The readings of sections 4.4 and 4.5 on what goes on from the first Close on. */

law(
  'the rest of a message may not follow the own Close, or may without a new one (R-443)',
  ['draft-06/4.5.1/no-data-after-close', 'draft-06/4.1/data-while-open'],
  () => {
    const send = (fin: boolean, kind: 'text' | 'binary'): Input => ({
      type: 'local.send',
      kind,
      data: Uint8Array.of(0x61),
      fin,
    });
    fc.assert(
      fc.property(roles(), fc.constantFrom('text', 'binary'), fc.boolean(), fc.nat(2), (role, kind, isBegun, more) => {
        const begun = isBegun ? [send(false, kind)] : [];
        const [strict] = takeAll(open(role, {}), [...begun, { type: 'local.close' }]);
        expect(isPossible(strict, 'local.send')).toBe(false);
        expect(() => step(strict, send(true, kind))).toThrow(RangeError);
        const [closing] = takeAll(open(role, { finishAfterClose: 'yes' }), [...begun, { type: 'local.close' }]);
        expect(isPossible(closing, 'local.send')).toBe(isBegun);
        if (!isBegun) {
          expect(() => step(closing, send(true, kind))).toThrow(RangeError);
          return;
        }
        const rest = [...Array.from({ length: more }, () => send(false, kind)), send(true, kind)];
        const [finished, effects] = takeAll(closing, rest);
        expect(effects).toMatchObject(rest.map(() => ({ frame: { opcode: opcodes.continuation } })));
        expect(isPossible(finished, 'local.send')).toBe(false);
        expect(() => step(finished, send(true, kind))).toThrow(RangeError);
      }),
      { numRuns: 40 },
    );
  },
);

law(
  'an endpoint may finish before it answers a Close where it asks to, or nothing goes out before the answer (R-444)',
  ['draft-06/4.5.1/close-answered', 'draft-06/4.5.1/close-answered-soon'],
  () => {
    fc.assert(
      fc.property(roles(), fc.boolean(), (role, answersCloseAtOnce) => {
        const after = (finishBeforeAnswer: ReadingChoices['finishBeforeAnswer']) =>
          whenRead(open(role, { finishBeforeAnswer }, { answersCloseAtOnce }), statusClose(1000));
        expect(after('finish')[0].state).toBe(answersCloseAtOnce ? ended[1] : owingClose);
        expect(after('at-once')[0].state).toBe(ended[1]);
        if (answersCloseAtOnce) expect(after('at-once')[1]).toEqual(after('finish')[1]);
      }),
      { numRuns: 40 },
    );
  },
);

law(
  'a Close inside a message drops its fragments, hands them over, or is refused (R-445)',
  ['draft-06/4.4/fragmented', 'draft-06/4.5.1/close-answered'],
  () => {
    fc.assert(
      fc.property(roles(), messages({ maxLength: 10 }), fc.boolean(), (role, { kind, payload }, isOpen) => {
        const begun = frameOf(kind, payload, !isOpen);
        const under = (cutMessage: ReadingChoices['cutMessage']) =>
          whenRead(open(role, { cutMessage }), begun, statusClose(1001));
        const [, dropped] = under('discard');
        const [, handedOver] = under('deliver');
        const [refusing, refused] = under('refuse');
        if (!isOpen) {
          expect(handedOver).toEqual(dropped);
          expect(refused).toEqual(dropped);
          return;
        }
        expect(dropped[0]?.type).toBe('close-received');
        expect(handedOver[0]).toMatchObject({ type: 'message', message: { kind, bytes: payload } });
        expect(handedOver.slice(1)).toEqual(dropped);
        expect(typesOf(refused)[0]).toBe('close-inside-message');
        expect(refusing.state).toBe('closing.failing');
      }),
      { numRuns: 40 },
    );
  },
);

law(
  'a Ping behind a Close is discarded, or answered as long as the own Close has not gone out (R-467)',
  ['draft-06/4.5.2/ping-answered', 'draft-06/4.5.1/close-answered'],
  () => {
    fc.assert(
      fc.property(roles(), behindClose(), fc.uint8Array({ maxLength: 5 }), (role, state, body) => {
        const under = (pingBehindClose: ReadingChoices['pingBehindClose']) =>
          whenRead(connectionIn(role, state, { readings: { pingBehindClose } }), frameOf('ping', body))[1];
        expect(under('discard')).toEqual([]);
        const pong = { type: 'write-frame', frame: frameOf('pong', body) };
        expect(under('answer')).toEqual(state === owingClose ? [pong, { type: 'pinged', body }] : []);
      }),
      { numRuns: 40 },
    );
  },
);

law(
  'data behind a Close is discarded, a violation, or delivered (R-468)',
  ['draft-06/4.5.1/no-data-after-close', 'draft-06/7.1.1/trailing-bytes-discarded'],
  () => {
    const onViolations = fc.constantFrom('close', 'drop');
    fc.assert(
      fc.property(
        roles(),
        behindClose(),
        messages({ maxLength: 10 }),
        onViolations,
        (role, state, message, onViolation) => {
          const frame = frameOf(message.kind, message.payload);
          const under = (dataBehindClose: ReadingChoices['dataBehindClose']) =>
            whenRead(connectionIn(role, state, { readings: { dataBehindClose, onViolation } }), frame, frame);
          expect(under('discard')[1]).toEqual([]);
          expect(typesOf(under('deliver')[1])).toEqual(['message', 'message']);
          const [then, effects] = under('violation');
          // It is told once, and nothing more is looked at; the connection is ending anyway.
          expect(typesOf(effects)).toEqual(['data-behind-close']);
          expect(readsFrames(then)).toBe(false);
          expect(then.state).toBe(state);
        },
      ),
    );
  },
);

law('a second Close is harmless, or a fault (R-469)', ['draft-06/4.5.1/close-answered'], () => {
  fc.assert(
    fc.property(roles(), behindClose(), fc.integer({ min: 1000, max: 1004 }), (role, state, status) => {
      const under = (secondClose: ReadingChoices['secondClose']) => {
        const connection = connectionIn(role, state, { readings: { secondClose } });
        const [then, effects] = whenRead(connection, statusClose(status));
        expect(then.closeReceived).toEqual(connection.closeReceived);
        return typesOf(effects)[0];
      };
      expect(under('harmless')).toBeUndefined();
      expect(under('fault')).toBe('second-close');
      // Behind a first Close a second one is no more than what is read on for another reason.
      const [, passed] = whenRead(
        connectionIn(role, state, { readings: { dataBehindClose: 'deliver' } }),
        statusClose(status),
      );
      expect(passed).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

law(
  'messages and Pongs are taken until the other Close comes, or only that is looked for (R-474)',
  ['draft-06/7.1.2/close-after-both', 'draft-06/4.5.3/pong-opcode'],
  () => {
    fc.assert(
      fc.property(roles(), messages({ maxLength: 10 }), (role, { kind, payload }) => {
        const under = (dataWhileClosing: ReadingChoices['dataWhileClosing'], ...frames: readonly Frame[]) =>
          typesOf(whenRead(connectionIn(role, awaitingClose, { readings: { dataWhileClosing } }), ...frames)[1]);
        const orphan = frameOf('continuation', payload);
        expect(under('read-on', frameOf(kind, payload), frameOf('pong'))).toEqual(['message', 'ponged']);
        expect(under('close-only', frameOf(kind, payload), frameOf('pong'), orphan)).toEqual([]);
        expect(under('read-on', orphan)).toContain('orphan-continuation');
        for (const both of [frameOf('ping'), statusClose(1000)]) {
          expect(under('close-only', both)).toEqual(under('read-on', both));
        }
      }),
      { numRuns: 40 },
    );
  },
);
