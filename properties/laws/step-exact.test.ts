import { describe, expect } from 'vitest';
import type { ByteTransform } from '../../model/byte-transform.js';
import { concatBytes, noBytes } from '../../model/bytes.js';
import type { Connection, Effect, Input } from '../../model/connection.js';
import { type Frame, frameOf } from '../../model/frame.js';
import type { Role } from '../../model/role.js';
import { isPossible, step } from '../../model/step.js';
import { open, statusClose, typesOf } from '../simulation/closing.js';
import { after, bytesTo, connectionIn, headTo, openingOf, optionsOf, takeAll } from '../simulation/reach.js';
import { law } from './law.js';

const both: readonly Role[] = ['client', 'server'];
const text = frameOf('text', Uint8Array.of(0x61));
const begun: Frame = { ...text, fin: false };

const never = (): never => {
  throw new Error('the model asks for no transform');
};

/** An established connection whose stream an extension encodes, with the smallest limits. */
function coded(role: Role): Connection {
  const transform: ByteTransform = { decode: never, encode: never, close: never };
  const connection = open(role, {}, { maxMessage: 10, maxExpansion: 2 });
  return { ...connection, inUse: { ...connection.inUse, transform: () => transform } };
}

const bytes = (length: number): Input => ({ type: 'bytes', bytes: new Uint8Array(length) });
const decoded = (some: Uint8Array): Input => ({ type: 'decoded', bytes: some });

/** What frames that come in one piece bring about, without the frames themselves. */
function inOnePiece(connection: Connection, ...frames: readonly Frame[]): readonly [Connection, readonly Effect[]] {
  const piece = concatBytes(frames.map((frame) => bytesTo(connection.role, frame)));
  const [then, effects] = step(connection, { type: 'bytes', bytes: piece });
  return [then, effects.filter(({ type }) => type !== 'frame-read')];
}

describe('a stream that an extension has encoded', () => {
  law('is asked for decoded, and counted before and behind that', ['draft-06/8.1/order-of-operations'], () => {
    for (const role of both) {
      const [once, effects] = step(coded(role), bytes(3));
      expect(effects).toEqual([{ type: 'decode', bytes: new Uint8Array(3) }]);
      expect(once.expansion).toEqual({ coded: 3, clear: 0 });
      expect(step(once, bytes(2))[0].expansion).toEqual({ coded: 5, clear: 0 });
      expect(step(once, bytes(0))).toEqual([once, []]);
      const frame = bytesTo(role, text);
      const [then, read] = step(once, decoded(frame));
      expect(typesOf(read)).toContain('message');
      expect(then.expansion).toEqual({ coded: 3, clear: frame.length });
    }
  });

  law('may grow by the largest message and so many times its bytes', ['draft-06/9/disconnect-on-bad-data'], () => {
    // The first bytes of a frame that is longer than all of them: nothing is wrong with it.
    const start = Uint8Array.of(0x04, 0x0a, 0x61, 0x61);
    const [once] = takeAll(coded('client'), [bytes(5), decoded(start)]);
    const violations = (length: number) =>
      takeAll(once, [decoded(new Uint8Array(length))])[1].filter(({ type }) => type === 'violation');
    expect(violations(15).map((effect) => 'violation' in effect && effect.violation.code)).not.toContain(
      'expansion-too-large',
    );
    expect(step({ ...once, expansion: { coded: 5, clear: 20 } }, decoded(noBytes))[1]).toEqual([]);
    expect(step({ ...once, expansion: { coded: 5, clear: 21 } }, decoded(noBytes))[1]).toContainEqual(
      expect.objectContaining({
        violation: expect.objectContaining({ code: 'expansion-too-large', offset: 21 }) as unknown,
      }),
    );
    expect(typesOf(step({ ...once, expansion: { coded: 0, clear: 11 } }, decoded(noBytes))[1])).toContain(
      'expansion-too-large',
    );
  });

  law('that cannot be decoded breaks a rule where its clear part ends', ['draft-06/9/disconnect-on-bad-data'], () => {
    for (const role of both) {
      const [once] = takeAll(coded(role), [bytes(9), decoded(bytesTo(role, text))]);
      const [, effects] = step(once, { type: 'undecodable', says: 'no such block' });
      const { clear } = once.expansion;
      expect(effects).toContainEqual({
        type: 'violation',
        violation: expect.objectContaining({
          code: 'undecodable-stream',
          offset: clear,
          observed: 'no such block',
        }) as unknown,
      });
      expect(typesOf(effects)).toContain('write-frame');
    }
  });

  law('is none of anybody who reads no frames', ['draft-06/4.5.1/drop-after-both'], () => {
    for (const state of ['connecting.deciding', 'closing.failing', 'closed.clean'] as const) {
      const connection = connectionIn('server', state);
      for (const input of [decoded(bytesTo('server', text)), { type: 'undecodable', says: '' } as const]) {
        expect(isPossible(connection, input.type), state).toBe(false);
        expect(step(connection, input), state).toEqual([connection, []]);
      }
    }
    expect(isPossible(open('server', {}), 'decoded')).toBe(true);
    expect(isPossible(open('server', {}), 'undecodable')).toBe(true);
  });
});

describe('what the application asks for', () => {
  law('is a whole message unless it says otherwise', ['draft-06/4.4/unfragmented'], () => {
    const sent = (fin: { readonly fin?: boolean }) =>
      step(open('server', {}), { type: 'local.send', kind: 'text', data: Uint8Array.of(0x61), ...fin })[1];
    expect(sent({})).toEqual([{ type: 'write-frame', frame: text }]);
    expect(sent({ fin: true })).toEqual(sent({}));
    expect(sent({ fin: false })).toEqual([{ type: 'write-frame', frame: begun }]);
  });

  law('ends the connection at once where it gives it up', ['draft-06/7.1.1/any-means'], () => {
    for (const role of both) {
      const [dropped, effects] = step(open(role, {}), { type: 'local.drop' });
      expect(typesOf(effects)).toEqual(['destroy-transport', 'closed']);
      expect(step(dropped, { type: 'local.drop' })).toEqual([dropped, []]);
    }
  });

  law('is no new message behind the own Close', ['draft-06/4.5.1/no-data-after-close'], () => {
    const rest: Input = { type: 'local.send', kind: 'text', data: noBytes };
    const late = open('server', { finishAfterClose: 'yes' });
    const [closed] = step(late, { type: 'local.close' });
    expect(isPossible(closed, 'local.send')).toBe(false);
    expect(() => step(closed, rest)).toThrow(RangeError);
    const [finishing] = takeAll(late, [{ ...rest, fin: false }, { type: 'local.close' }]);
    expect(isPossible(finishing, 'local.send')).toBe(true);
    expect(typesOf(step(finishing, rest)[1])).toEqual(['write-frame']);
    expect(isPossible(late, 'local.send')).toBe(true);
  });
});

describe('frames in one piece', () => {
  const pausing = open('server', {}, { pausesAtMessages: true });

  law('are read up to a message where it pauses, and no further', ['draft-06/4.4/receive-both'], () => {
    const ping = frameOf('ping');
    expect(typesOf(inOnePiece(pausing, ping, text)[1])).toEqual(['write-frame', 'pinged', 'message']);
    expect(typesOf(inOnePiece(pausing, text, ping)[1])).toEqual(['message', 'paused']);
    expect(typesOf(inOnePiece(pausing, begun, frameOf('continuation'), ping)[1])).toEqual(['message', 'paused']);
    expect(typesOf(inOnePiece(open('server', {}), text, text)[1])).toEqual(['message', 'message']);
  });

  law('are left alone when the connection is given up in a pause', ['draft-06/7.1.3/closed'], () => {
    const [paused] = inOnePiece(pausing, text, text);
    const [over] = step(paused, { type: 'local.drop' });
    expect(step(over, { type: 'continue' })).toEqual([over, []]);
    expect(typesOf(step(paused, { type: 'continue' })[1])).toContain('message');
  });

  law('are not looked at behind a Close', ['draft-06/4.5.1/no-data-after-close'], () => {
    for (const role of both) {
      expect(typesOf(inOnePiece(open(role, {}), statusClose(1000), text)[1])).not.toContain('message');
    }
  });

  law('may come with the response of the server, but for one reading', ['draft-06/5.2.2/established'], () => {
    const withResponse = (choice: 'too-early' | 'take', rest: Uint8Array) => {
      const head = concatBytes([headTo('client'), rest]);
      const [sent] = after(
        optionsOf('client', { readings: { framesWithResponse: choice } }),
        ...openingOf('client').slice(0, 1),
      );
      return step(sent, { type: 'bytes', bytes: head })[1];
    };
    const frame = bytesTo('client', text);
    expect(typesOf(withResponse('take', frame))).toContain('message');
    expect(typesOf(withResponse('too-early', noBytes))).toContain('opened');
    expect(withResponse('too-early', frame)).toContainEqual({
      type: 'violation',
      violation: expect.objectContaining({ code: 'early-frames', offset: headTo('client').length }) as unknown,
    });
  });
});
