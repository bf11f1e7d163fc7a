import { expect } from 'vitest';
import { concatBytes } from '../../model/bytes.js';
import type { Connection, Effect, Outcome } from '../../model/connection.js';
import { frameOf } from '../../model/frame.js';
import { step } from '../../model/step.js';
import type { ReadingChoices } from '../../spec/readings.js';
import { awaitingClose, open, statusClose, whenRead } from '../simulation/closing.js';
import { after, bytesTo, connectionIn, headTo, optionsOf } from '../simulation/reach.js';
import { law } from './law.js';

const outcomeIn = (effects: readonly Effect[]): Outcome | undefined =>
  effects.flatMap((effect) => (effect.type === 'closed' ? [effect.outcome] : []))[0];

law('a Close that has to come is waited for by the timer of that name', ['draft-06/7.1.1/any-means'], () => {
  for (const role of ['client', 'server'] as const) {
    const [, effects] = step(open(role, {}), { type: 'local.close' });
    expect(effects.filter(({ type }) => type === 'arm-timer')).toEqual([{ type: 'arm-timer', timer: 'close' }]);
    const [, closed] = whenRead(connectionIn(role, awaitingClose), statusClose(1000));
    expect(closed).toContainEqual({ type: 'disarm-timer', timer: 'close' });
    expect(closed).toContainEqual({ type: 'arm-timer', timer: 'drop' });
  }
});

law('an end names the Closes that there were, and no others', ['draft-06/7.1.3/cleanly'], () => {
  const end = (connection: Connection): Outcome | undefined =>
    outcomeIn(step(connection, { type: 'transport.lost' })[1]);
  for (const role of ['client', 'server'] as const) {
    expect(end(open(role, {}))).toStrictEqual({ state: 'closed.unclean', clean: false });
    const [sent] = step(open(role, {}), { type: 'local.close', close: { status: 1001 } });
    expect(end(sent)).toStrictEqual({ state: 'closed.unclean', clean: false, sent: { status: 1001 } });
    const [owing] = whenRead(open(role, {}, { answersCloseAtOnce: false }), statusClose(1000));
    expect(end(owing)).toStrictEqual({
      state: 'closed.unclean',
      clean: false,
      received: { status: 1000, reason: '' },
    });
  }
});

law('an agreement names the subprotocol that was accepted, if one was', ['draft-06/5.2.2/subprotocol-selected'], () => {
  const agreed = (acceptance?: { readonly subprotocol: string }): unknown =>
    after(
      optionsOf('server'),
      { type: 'bytes', bytes: headTo('server') },
      { type: 'local.accept', ...(acceptance === undefined ? {} : { acceptance }) },
    )[1].find(({ type }) => type === 'opened');
  expect(agreed()).toStrictEqual({ type: 'opened', agreement: { extensions: [] } });
  expect(agreed({ subprotocol: 'chat' })).toStrictEqual({
    type: 'opened',
    agreement: { subprotocol: 'chat', extensions: [] },
  });
});

law('a status code that no text defines is not repeated in the answer', ['draft-06/7.4/optional-parts'], () => {
  const answered = (status: number) =>
    whenRead(open('server', {}), frameOf('close', Uint8Array.of(status >> 8, status & 0xff)))[0].closeSent;
  expect(answered(1000)).toStrictEqual({ status: 1000 });
  expect(answered(4999)).toStrictEqual({ status: 4999 });
  expect(answered(1500)).toStrictEqual({});
});

law('a message that is sent whole leaves none unfinished', ['draft-06/4.4/unfragmented'], () => {
  const data = Uint8Array.of(0x61);
  for (const role of ['client', 'server'] as const) {
    const [once] = step(open(role, {}), { type: 'local.send', kind: 'text', data });
    expect(once.outgoing).toBe('nothing');
    expect(step(once, { type: 'local.send', kind: 'binary', data })[1]).toEqual([
      { type: 'write-frame', frame: frameOf('binary', data) },
    ]);
  }
});

law('what follows a Close in the same bytes is not even told', ['draft-06/4.5.1/no-data-after-close'], () => {
  for (const role of ['client', 'server'] as const) {
    const frames = [statusClose(1000), frameOf('text'), frameOf('ping')].map((frame) => bytesTo(role, frame));
    const [, effects] = step(open(role, {}), { type: 'bytes', bytes: concatBytes(frames) });
    expect(effects.filter(({ type }) => type === 'frame-read')).toHaveLength(1);
  }
});

law(
  'a reading may have every Close answered at once, whatever the application wants',
  ['draft-06/4.5.1/close-answered-soon'],
  () => {
    const answers = (finishBeforeAnswer: ReadingChoices['finishBeforeAnswer'], answersCloseAtOnce: boolean): boolean =>
      whenRead(open('server', { finishBeforeAnswer }, { answersCloseAtOnce }), statusClose(1000))[0].closeSent !==
      undefined;
    expect(answers('at-once', false)).toBe(true);
    expect(answers('at-once', true)).toBe(true);
    expect(answers('finish', true)).toBe(true);
    expect(answers('finish', false)).toBe(false);
  },
);
