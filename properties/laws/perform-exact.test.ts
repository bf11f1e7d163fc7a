import { expect } from 'vitest';
import type { Connection, Effect, Outcome } from '../../model/connection.js';
import { frameOf } from '../../model/frame.js';
import { step } from '../../model/step.js';
import { awaitingClose, open, statusClose, whenRead } from '../simulation/closing.js';
import { after, connectionIn, headTo, optionsOf } from '../simulation/reach.js';
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
