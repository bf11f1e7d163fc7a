import { expect } from 'vitest';
import { bytesFromLatin1 } from '../../model/bytes.js';
import { readCloseBody, writeCloseBody } from '../../model/close-body.js';
import type { Connection, Effect, EndpointOptions, Input } from '../../model/connection.js';
import type { ExtensionDefinition } from '../../model/extension-registry.js';
import { type Frame, frameOf } from '../../model/frame.js';
import type { Role } from '../../model/role.js';
import { step } from '../../model/step.js';
import { describeViolation, type ViolationCode } from '../../model/violation.js';
import { opcodes } from '../../spec/wire.js';
import { bytesTo, connectionIn, headTo, openConnection, openingOf, optionsOf, after } from '../simulation/reach.js';
import { law } from './law.js';

const roles: readonly Role[] = ['client', 'server'];

/** What an endpoint does when frames come, without the frames themselves and the timers. */
function whenRead(connection: Connection, ...frames: readonly Frame[]): readonly [Connection, readonly Effect[]] {
  let now = connection;
  const all: Effect[] = [];
  for (const frame of frames) {
    const [next, effects] = step(now, { type: 'bytes', bytes: bytesTo(connection.role, frame) });
    now = next;
    all.push(...effects.filter(({ type }) => type !== 'frame-read' && !type.endsWith('timer')));
  }
  return [now, all];
}

/** The Close that an endpoint wrote, and what came before and behind it. */
function closeIn(effects: readonly Effect[]) {
  const at = effects.findIndex((effect) => effect.type === 'write-frame' && effect.frame.opcode === opcodes.close);
  const effect = effects[at];
  const close = effect?.type === 'write-frame' ? readCloseBody(effect.frame.applicationData, 0) : undefined;
  return {
    close,
    before: effects.slice(0, at).map(({ type }) => type),
    behind: effects.slice(at + 1).map(({ type }) => type),
  };
}

function open(role: Role, options: EndpointOptions = {}): Connection {
  return openConnection(optionsOf(role, options));
}

const closeFrame = (status: number) => frameOf('close', writeCloseBody({ status }));

/** Frames that break a rule, with what each is called. */
const wrong: readonly (readonly [Frame, ViolationCode])[] = [
  [{ ...frameOf('text'), rsv1: true }, 'rsv1-set'],
  [{ ...frameOf('text'), rsv4: true }, 'rsv4-set'],
  [{ ...frameOf('text'), opcode: 6 }, 'reserved-opcode'],
  [frameOf('ping', undefined, false), 'fragmented-control'],
  [frameOf('ping', new Uint8Array(126)), 'long-control'],
  [frameOf('continuation'), 'orphan-continuation'],
  [frameOf('close', Uint8Array.of(3)), 'short-close-body'],
  [frameOf('close', Uint8Array.of(3, 0xe7)), 'bad-status-code'],
];

law(
  'a violation is answered with a Close that says so, then TCP is ended, and the rest is not read',
  ['draft-06/7.4.1/1002-protocol-error', 'draft-06/9/disconnect-on-bad-data', 'draft-06/7.1.1/clean-tcp-close'],
  () => {
    for (const role of roles) {
      for (const [frame, code] of wrong) {
        const [then, effects] = whenRead(open(role), frame, frameOf('ping'));
        expect(effects[0]).toMatchObject({ type: 'violation', violation: { code } });
        expect(closeIn(effects)).toEqual({
          close: { status: 1002, reason: describeViolation(code) },
          before: ['violation'],
          behind: ['end-transport'],
        });
        const [, end] = step(then, { type: 'transport.ended' });
        expect(end.at(-1)).toMatchObject({ type: 'closed', outcome: { state: 'closed.unclean', clean: false } });
      }
    }
  },
);

law('a message that is too large is answered with 1004', ['draft-06/7.4.1/1004-too-large'], () => {
  for (const role of roles) {
    for (const frames of [
      [frameOf('binary', new Uint8Array(9))],
      [frameOf('binary', new Uint8Array(5), false), frameOf('continuation', new Uint8Array(4))],
    ]) {
      const [, effects] = whenRead(open(role, { maxMessage: 8 }), ...frames);
      expect(closeIn(effects).close).toMatchObject({ status: 1004 });
    }
    // The length alone shows it: nothing of the payload has to come.
    const announced = bytesTo(role, frameOf('binary', new Uint8Array(200))).subarray(0, 8);
    const [refusing] = step(open(role, { maxMessage: 8 }), { type: 'bytes', bytes: announced });
    expect(refusing.state).toBe('closing.failing');
    const [, effects] = whenRead(open(role, { maxMessage: 8 }), frameOf('binary', new Uint8Array(8)));
    expect(effects.map(({ type }) => type)).toEqual(['message']);
  }
});

law('under the reading to drop no Close is sent (R-701)', ['draft-06/9/always-safe-to-disconnect'], () => {
  for (const role of roles) {
    for (const [frame] of wrong) {
      const [then, effects] = whenRead(open(role, { readings: { onViolation: 'drop' } }), frame);
      expect(effects.map(({ type }) => type)).toEqual(['violation', 'end-transport']);
      expect(then.state).toBe('closing.failing');
    }
  }
});

law('a violation after the own Close brings no second one', ['draft-06/4.5.1/closed-after-both'], () => {
  for (const role of roles) {
    for (const [frame] of wrong) {
      const [then, effects] = whenRead(connectionIn(role, 'closing.local-closing.awaiting-close'), frame);
      expect(effects.map(({ type }) => type)).toEqual(['violation', 'end-transport']);
      expect(step(then, { type: 'transport.lost' })[0].state).toBe('closed.unclean');
    }
  }
});

law(
  'a Ping that comes behind the own Close is answered, or read in silence (R-404)',
  ['draft-06/4.5.2/ping-answered', 'draft-06/4.5.1/no-data-after-close'],
  () => {
    const ping = frameOf('ping', Uint8Array.of(7));
    for (const role of roles) {
      const state = 'closing.local-closing.awaiting-close';
      const [, answered] = whenRead(connectionIn(role, state), ping);
      expect(answered).toEqual([
        { type: 'write-frame', frame: frameOf('pong', Uint8Array.of(7)) },
        { type: 'pinged', body: Uint8Array.of(7) },
      ]);
      const [, silent] = whenRead(connectionIn(role, state, { readings: { pongAfterClose: 'ignore' } }), ping);
      expect(silent).toEqual([{ type: 'pinged', body: Uint8Array.of(7) }]);
    }
  },
);

law(
  'data and Pongs are still taken while the other Close is awaited',
  ['draft-06/4.1/data-while-open', 'draft-06/4.5.3/pong-opcode'],
  () => {
    for (const role of roles) {
      const closing = connectionIn(role, 'closing.local-closing.awaiting-close');
      const [, effects] = whenRead(closing, frameOf('binary'), frameOf('pong'), closeFrame(1001), frameOf('binary'));
      expect(effects.map(({ type }) => type)).toEqual(['message', 'ponged', 'close-received', 'end-transport']);
    }
  },
);

law(
  'a Close is answered at once with its status code, if that is one to send',
  ['draft-06/4.5.1/close-answered', 'draft-06/4.5.1/close-answered-soon', 'draft-06/7.4/optional-parts'],
  () => {
    const answers = [
      [closeFrame(1000), { status: 1000, reason: '' }],
      [closeFrame(4999), { status: 4999, reason: '' }],
      [frameOf('close'), {}],
      // 1500 lies in a range that section 7.4.2 names, but no text defines it.
      [frameOf('close', Uint8Array.of(0x05, 0xdc)), {}],
    ] as const;
    for (const role of roles) {
      for (const [frame, answer] of answers) {
        const [then, effects] = whenRead(open(role), frame);
        expect(closeIn(effects)).toEqual({ close: answer, before: ['close-received'], behind: ['end-transport'] });
        expect(step(then, { type: 'transport.ended' })[0].state).toBe('closed.clean');
      }
    }
  },
);

law(
  'an application that answers by itself may finish what it began, and say why it ends',
  ['draft-06/4.5.1/close-answered', 'draft-06/4.1/data-while-open', 'draft-06/7.4/may-give-reason'],
  () => {
    for (const role of roles) {
      const data = Uint8Array.of(1);
      const begun: Input = { type: 'local.send', kind: 'binary', data, fin: false };
      const [talking] = step(open(role, { answersCloseAtOnce: false }), begun);
      const [owing, effects] = whenRead(talking, closeFrame(1001), frameOf('ping'));
      expect(effects.map(({ type }) => type)).toEqual(['close-received']);
      const [finished, last] = step(owing, { type: 'local.send', kind: 'binary', data });
      expect(last).toEqual([{ type: 'write-frame', frame: frameOf('continuation', data) }]);
      const [, own] = step(finished, { type: 'local.answer', close: { status: 4000, reason: 'done' } });
      expect(closeIn(own)).toMatchObject({ close: { status: 4000, reason: 'done' } });
      const [awaiting, same] = step(finished, { type: 'local.answer' });
      expect(closeIn(same)).toMatchObject({ close: { status: 1001 } });
      expect(() => step(awaiting, begun)).toThrow(RangeError);
    }
  },
);

law('an endpoint that waits too long gives up', ['draft-06/7.1.1/any-means', 'draft-06/7.1.3/cleanly'], () => {
  for (const role of roles) {
    const [late, effects] = step(connectionIn(role, 'closing.local-closing.awaiting-close'), { type: 'timer.close' });
    expect(effects.map(({ type }) => type)).toEqual(['disarm-timer', 'destroy-transport', 'closed']);
    expect(late.state).toBe('closed.unclean');
    const [ended] = step(connectionIn(role, 'closing.local-closing.awaiting-end'), { type: 'timer.drop' });
    expect(ended.state).toBe('closed.clean');
  }
});

law(
  'what a negotiated extension allows holds once the connection is open',
  ['draft-06/4.8/extensions-negotiated', 'draft-06/4.3/application-data-rest', 'draft-06/4.1/reserved-bits-zero'],
  () => {
    const oneByte: ExtensionDefinition = {
      name: 'x-sample',
      claims: { reservedBits: ['rsv1'], opcodes: [6] },
      answer: () => [],
      frames: () => ({ extensionDataLength: (header) => (header.rsv1 ? 1 : 0) }),
    };
    const marked: Frame = { ...frameOf('binary', bytesFromLatin1('xdata')), rsv1: true };
    const extensions = [{ name: 'x-sample', parameters: [] }];
    const options = optionsOf('server', { extensions: [oneByte] });
    const [server] = after(
      options,
      { type: 'bytes', bytes: headTo('server') },
      { type: 'local.accept', acceptance: { extensions } },
    );
    const [, effects] = whenRead(server, marked, { ...frameOf('text'), opcode: 6 });
    expect(effects).toMatchObject([
      { type: 'message', message: { kind: 'binary', bytes: bytesFromLatin1('data') } },
      { type: 'message', message: { kind: 'extension', opcode: 6 } },
    ]);
    const [without] = after(options, ...openingOf('server'));
    expect(whenRead(without, marked)[1][0]).toMatchObject({ violation: { code: 'rsv1-set' } });
  },
);
