import { describe, expect } from 'vitest';
import type { ReadingChoices } from '../../spec/readings.js';
import type { Connection } from '../../model/connection.js';
import { type Frame, frameOf } from '../../model/frame.js';
import type { Role } from '../../model/role.js';
import { readsFrames } from '../../model/step.js';
import { ended, open, owingClose, statusClose, typesOf, whenRead } from '../simulation/closing.js';
import { connectionIn } from '../simulation/reach.js';
import { law } from './law.js';
import { under } from './under.js';

const text = frameOf('text', Uint8Array.of(0x61));
const begun: Frame = { ...text, fin: false };
const ping = frameOf('ping');
const both: readonly Role[] = ['client', 'server'];

/** A server that waits with its own Close, and what it makes of frames behind the Close of the client. */
function behindTheClose(choices: Partial<ReadingChoices>, ...frames: readonly Frame[]): readonly string[] {
  const [waiting] = whenRead(open('server', choices, { answersCloseAtOnce: false }), statusClose(1000));
  expect(waiting.state).toBe(owingClose);
  return typesOf(whenRead(waiting, ...frames)[1]);
}

describe('behind a Close', () => {
  law('nothing is read, unless a reading looks at something', ['draft-06/4.5.1/no-data-after-close'], () => {
    const looks = [{ pingBehindClose: 'answer' }, { dataBehindClose: 'violation' }, { secondClose: 'fault' }] as const;
    const reads = (state: (typeof ended)[number], isDeaf: boolean, choices: Partial<ReadingChoices>): boolean => {
      const { settings, ...rest } = connectionIn('server', state);
      return readsFrames({ ...rest, state, isDeaf, settings: { ...settings, readings: under(choices) } });
    };
    for (const state of [owingClose, ...ended] as (typeof ended)[number][]) {
      expect(reads(state, false, {}), state).toBe(false);
      for (const choices of looks) {
        expect(reads(state, false, choices), state).toBe(true);
        expect(reads(state, true, choices), state).toBe(false);
      }
    }
  });

  law('a violation is the last thing that is looked at', ['draft-06/4.5.1/no-data-after-close'], () => {
    expect(behindTheClose({ dataBehindClose: 'violation' }, text, text)).toEqual(
      behindTheClose({ dataBehindClose: 'violation' }, text),
    );
    expect(behindTheClose({ dataBehindClose: 'violation' }, text)).toContain('data-behind-close');
    expect(behindTheClose({ secondClose: 'fault' }, statusClose(1000))).toContain('second-close');
    expect(behindTheClose({ secondClose: 'fault' }, text)).toEqual([]);
    expect(behindTheClose({ dataBehindClose: 'violation' }, statusClose(1000))).toEqual([]);
  });

  law('a Ping is answered or read by nobody', ['draft-06/4.5.2/ping-answered'], () => {
    expect(behindTheClose({ pingBehindClose: 'answer' }, ping)).toContain('write-frame');
    expect(behindTheClose({ secondClose: 'fault' }, ping)).toEqual([]);
    expect(behindTheClose({}, ping)).toEqual([]);
  });
});

describe('in an established connection', () => {
  law('a violation leaves the ears open until the end is sent', ['draft-06/4.1/reserved-bits-zero'], () => {
    for (const role of both) {
      const [failed, effects] = whenRead(open(role, {}), { ...ping, rsv1: true });
      expect(typesOf(effects)).toContain('rsv1-set');
      expect(failed.isDeaf).toBe(open(role, {}).isDeaf);
    }
  });

  law(
    'a frame that nothing has defined is passed over by one reading',
    ['draft-06/4.1/reserved-opcodes-unused'],
    () => {
      const unknown: Frame = { ...text, opcode: 6 };
      for (const role of both) {
        const [then, effects] = whenRead(open(role, { reservedOpcode: 'skip' }), unknown);
        expect(effects).toEqual([]);
        expect(typesOf(whenRead(then, text)[1])).toEqual(['message']);
      }
    },
  );

  law('a frame that an extension cannot take is refused', ['draft-06/8.1/response-is-in-use'], () => {
    const connection = open('server', {});
    const strict: Connection = { ...connection, inUse: { ...connection.inUse, receive: () => undefined } };
    expect(typesOf(whenRead(strict, text)[1])).toContain('refused-by-extension');
  });

  law('a Close inside a message drops, delivers or refuses what has come', ['draft-06/4.5/control-interjected'], () => {
    const closing = (choices: Partial<ReadingChoices>, ...frames: readonly Frame[]) =>
      typesOf(whenRead(open('client', choices), ...frames, statusClose(1000))[1]);
    expect(closing({ cutMessage: 'refuse' }, begun)).toContain('close-inside-message');
    expect(closing({ cutMessage: 'refuse' }, text)).not.toContain('close-inside-message');
    expect(closing({ cutMessage: 'discard' }, begun)).not.toContain('message');
    expect(closing({ cutMessage: 'discard' }, begun)).not.toContain('close-inside-message');
    expect(closing({ cutMessage: 'deliver' }, begun)).toContain('message');
    expect(closing({ cutMessage: 'deliver' })).not.toContain('message');
  });
});
