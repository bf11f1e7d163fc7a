import fc from 'fast-check';
import { expect } from 'vitest';
import type { ReadingChoices } from '../../spec/readings.js';
import { opcodes } from '../../spec/wire.js';
import type { Effect, Input } from '../../model/connection.js';
import { frameOf } from '../../model/frame.js';
import type { StateId } from '../../model/state-id.js';
import { step } from '../../model/step.js';
import {
  awaitingClose,
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

/* The readings of section 7.1: when a connection is over, who ends TCP, and what counts as clean. */

law(
  'a connection is closed with TCP, or with both Closes (R-711)',
  ['draft-06/7.1.3/closed', 'draft-06/4.5.1/closed-after-both'],
  () => {
    const endings = fc.constantFrom<Input['type']>('transport.ended', 'transport.lost', 'timer.drop', 'local.drop');
    fc.assert(
      fc.property(roles(), fc.boolean(), endings, (role, isLocal, ending) => {
        const under = (closedWhen: ReadingChoices['closedWhen']) => {
          const first: readonly Input[] = isLocal ? [{ type: 'local.close' }] : [];
          const [before] = takeAll(open(role, { closedWhen }), first);
          const [both, atBoth] = whenRead(before, statusClose(1000));
          const [end, atEnd] = step(both, { type: ending } as Input);
          expect(end.state).toBe('closed.clean');
          return { atBoth, atEnd };
        };
        const isEnd = ({ type }: Effect): boolean => type === 'closed';
        const tcp = under('tcp');
        const closes = under('both-closes');
        expect(tcp.atBoth.filter(isEnd)).toEqual([]);
        expect(closes.atBoth.filter(isEnd)).toEqual(tcp.atEnd.filter(isEnd));
        expect(closes.atEnd.filter(isEnd)).toEqual([]);
        expect(closes.atBoth.filter((effect) => !isEnd(effect))).toEqual(tcp.atBoth);
      }),
      { numRuns: 40 },
    );
  },
);

law(
  'each side ends TCP once both Closes have passed, or a client lets the server be first (R-712)',
  ['draft-06/4.5.1/drop-after-both', 'draft-06/7.1.2/close-after-both'],
  () => {
    const ways = fc.constantFrom('local', 'remote', 'late');
    fc.assert(
      fc.property(roles(), ways, (role, way) => {
        const under = (firstToEnd: ReadingChoices['firstToEnd']) => {
          const before = open(role, { firstToEnd }, { answersCloseAtOnce: way !== 'late' });
          const [closing] = takeAll(before, way === 'local' ? [{ type: 'local.close' }] : []);
          const [reading, atClose] = whenRead(closing, statusClose(1000));
          const [both, late] = takeAll(reading, way === 'late' ? [{ type: 'local.answer' }] : []);
          return [[...atClose, ...late], step(both, { type: 'transport.ended' })[1]].map(typesOf);
        };
        const [atBoth, atEnd] = under('either');
        expect(atBoth).toContain('end-transport');
        expect(atEnd).not.toContain('end-transport');
        const [waiting, last] = under('server-first');
        expect(waiting?.includes('end-transport')).toBe(role === 'server');
        expect(last?.includes('end-transport')).toBe(role === 'client');
      }),
      { numRuns: 40 },
    );
  },
);

law(
  'the end of one direction ends the connection, or the other may still be used for a while (R-713)',
  ['draft-06/7.1.3/closed', 'draft-06/7.1.1/clean-tcp-close'],
  () => {
    const wishes = fc.constantFrom<readonly Input[]>(
      [{ type: 'local.send', kind: 'text', data: Uint8Array.of(0x61) }],
      [{ type: 'local.ping' }],
      [],
    );
    const endings = fc.constantFrom<Input['type']>('local.close', 'local.drop', 'transport.lost');
    fc.assert(
      fc.property(roles(), wishes, endings, (role, wish, ending) => {
        const [over, effects] = step(open(role, { halfClose: 'ends' }), { type: 'transport.ended' });
        expect(over.state).toBe('closed.unclean');
        expect(typesOf(effects)).toEqual(['end-transport', 'closed']);
        const [half, none] = step(open(role, { halfClose: 'half-open' }), { type: 'transport.ended' });
        expect([half.state, typesOf(none)]).toEqual(['open', ['half-closed']]);
        const [talking, sent] = takeAll(half, wish);
        expect(typesOf(sent)).toEqual(wish.map(() => 'write-frame'));
        // No Close can come in answer to ours, which is waited for as long as usual.
        const patience: readonly Input[] = ending === 'local.close' ? [{ type: 'timer.close' }] : [];
        const [end, last] = takeAll(talking, [{ type: ending } as Input, ...patience]);
        expect(end.state).toBe('closed.unclean');
        expect(typesOf(last).filter((type) => type === 'closed')).toEqual(['closed']);
        expect(typesOf(last).includes('write-frame')).toBe(ending === 'local.close');
        // Where a Close has gone out or come, only the end is left to wait for.
        for (const state of [awaitingClose, owingClose]) {
          const closing = connectionIn(role, state, { readings: { halfClose: 'half-open' } });
          expect(step(closing, { type: 'transport.ended' })[0].state).toBe('closed.unclean');
        }
      }),
      { numRuns: 40 },
    );
  },
);

law(
  'the waits for the other Close and for the end of TCP have a limit, or none (R-714, R-715)',
  ['draft-06/7.1.1/any-means', 'draft-06/7.1.1/clean-tcp-close'],
  () => {
    const waits = fc.constantFrom('own-limit', 'for-ever');
    const states = fc.constantFrom<StateId>(awaitingClose, ...ended, 'closing.failing');
    fc.assert(
      fc.property(roles(), states, waits, waits, (role, state, closeWait, endWait) => {
        const readings = { closeWait, endWait } as const;
        const timersIn = (options: Partial<ReadingChoices>) => {
          const [, effects] = step(connectionIn(role, state, { readings: options }), { type: 'local.drop' });
          return effects.flatMap((effect) => (effect.type === 'disarm-timer' ? [effect.timer] : []));
        };
        const timer = state === awaitingClose ? 'close' : 'drop';
        const wait = state === awaitingClose ? closeWait : endWait;
        expect(timersIn({})).toEqual([timer]);
        expect(timersIn(readings)).toEqual(wait === 'own-limit' ? [timer] : []);
      }),
      { numRuns: 40 },
    );
    fc.assert(
      fc.property(roles(), waits, (role, closeWait) => {
        const armed = typesOf(step(open(role, { closeWait }), { type: 'local.close' })[1]);
        expect(armed.includes('arm-timer')).toBe(closeWait === 'own-limit');
      }),
      { numRuns: 40 },
    );
  },
);

law(
  'a connection whose TCP breaks behind both Closes is clean, or is not (R-716)',
  ['draft-06/7.1.3/cleanly', 'draft-06/7.1.1/clean-tcp-close'],
  () => {
    const events = fc.constantFrom<Input['type']>('transport.lost', 'transport.ended', 'timer.drop', 'local.drop');
    fc.assert(
      fc.property(roles(), fc.constantFrom(...ended), events, (role, state, type) => {
        const under = (lossAfterCloses: ReadingChoices['lossAfterCloses']) =>
          step(connectionIn(role, state, { readings: { lossAfterCloses } }), { type } as Input)[1].at(-1);
        expect(under('clean')).toMatchObject({ outcome: { clean: true } });
        expect(under('unclean')).toMatchObject({ outcome: { clean: type !== 'transport.lost' } });
      }),
      { numRuns: 40 },
    );
  },
);

law(
  'after a violation TCP is ended at once, or the closing handshake is completed (R-719)',
  ['draft-06/9/disconnect-on-bad-data', 'draft-06/7.1.2/close-after-both'],
  () => {
    const wrong = fc.constantFrom(frameOf('continuation'), { ...frameOf('text'), rsv1: true });
    const choices = fc.constantFrom('close', 'drop');
    fc.assert(
      fc.property(roles(), wrong, choices, (role, frame, onViolation) => {
        const under = (closeAfterViolation: ReadingChoices['closeAfterViolation']) =>
          whenRead(open(role, { closeAfterViolation, onViolation }), frame, statusClose(1000));
        const [failing, effects] = under('no');
        expect(failing.state).toBe('closing.failing');
        const [waiting, others] = under('yes');
        if (onViolation === 'drop') {
          expect(others).toEqual(effects);
          return;
        }
        // Where the framing itself is broken no Close can be read any more.
        const isReadable = frame.opcode === opcodes.continuation;
        expect(waiting.state).toBe(isReadable ? ended[0] : awaitingClose);
        expect(others.slice(0, 2)).toEqual(effects.slice(0, 2));
        expect(typesOf(others).includes('close-received')).toBe(isReadable);
        expect(typesOf(others).filter((type) => type === 'write-frame')).toHaveLength(1);
      }),
      { numRuns: 40 },
    );
  },
);
