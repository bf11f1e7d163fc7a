import fc from 'fast-check';
import { expect } from 'vitest';
import { concatBytes } from '../../model/bytes.js';
import { writeCloseBody } from '../../model/close-body.js';
import type { Connection, Effect, Input } from '../../model/connection.js';
import { frameOf } from '../../model/frame.js';
import type { Role } from '../../model/role.js';
import { isPossible, step } from '../../model/step.js';
import { lawlessFrameStreams } from '../arbitraries/hostile-bytes.js';
import { segmentationsOf } from '../arbitraries/segmentation.js';
import { bytesTo, connectionIn, openConnection, optionsOf } from '../simulation/reach.js';
import { law } from './law.js';

const roles: readonly Role[] = ['client', 'server'];

/** Feeds bytes in pieces, and lets reading go on wherever it pauses. */
function readOn(connection: Connection, segments: readonly Uint8Array[]): readonly [Connection, readonly Effect[]] {
  let now = connection;
  const all: Effect[] = [];
  for (const bytes of segments) {
    let input: Input | undefined = { type: 'bytes', bytes };
    while (input !== undefined) {
      const [next, effects] = step(now, input);
      now = next;
      all.push(...effects);
      input = effects.at(-1)?.type === 'paused' ? { type: 'continue' } : undefined;
    }
  }
  return [now, all];
}

law(
  'to pause at messages changes when things happen, not what happens',
  ['draft-06/4.4/receive-both', 'draft-06/4.5/control-interjected'],
  () => {
    for (const role of roles) {
      const streams = lawlessFrameStreams(role).chain((bytes) =>
        fc.record({ bytes: fc.constant(bytes), segments: segmentationsOf(bytes) }),
      );
      fc.assert(
        fc.property(streams, fc.boolean(), ({ bytes, segments }, answersCloseAtOnce) => {
          const [through, effects] = step(openConnection(optionsOf(role, { answersCloseAtOnce })), {
            type: 'bytes',
            bytes,
          });
          const pausing = openConnection(optionsOf(role, { answersCloseAtOnce, pausesAtMessages: true }));
          const [paused, spread] = readOn(pausing, segments);
          expect(spread.filter(({ type }) => type !== 'paused')).toEqual(effects);
          expect(paused.state).toBe(through.state);
          expect(paused.unread.length).toBe(0);
        }),
        { numRuns: 120 },
      );
    }
  },
);

law(
  'what the application does about a message comes before what follows it',
  ['draft-06/4.5.1/close-answered', 'draft-06/4.1/data-while-open'],
  () => {
    for (const role of roles) {
      const close = frameOf('close', writeCloseBody({ status: 1000 }));
      const bytes = concatBytes([bytesTo(role, frameOf('text')), bytesTo(role, close)]);
      const [paused, effects] = step(openConnection(optionsOf(role, { pausesAtMessages: true })), {
        type: 'bytes',
        bytes,
      });
      expect(effects.map(({ type }) => type)).toEqual(['frame-read', 'message', 'paused']);
      const [answered] = step(paused, { type: 'local.send', kind: 'text', data: Uint8Array.of(0x61) });
      const [then, rest] = step(answered, { type: 'continue' });
      expect(rest.map(({ type }) => type)).toContain('close-received');
      expect(then.state).toBe('closing.remote-closing.awaiting-end');
    }
  },
);

law('reading does not pause where nothing waits behind the message', ['draft-06/4.4/receive-both'], () => {
  for (const role of roles) {
    const connection = openConnection(optionsOf(role, { pausesAtMessages: true }));
    const [then, effects] = step(connection, { type: 'bytes', bytes: bytesTo(role, frameOf('binary')) });
    expect(effects.map(({ type }) => type)).toEqual(['frame-read', 'message']);
    expect(step(then, { type: 'continue' })[1]).toEqual([]);
  }
});

law('bytes can be put in until the end, and are ignored behind it', ['draft-06/7.1.3/closed'], () => {
  for (const role of roles) {
    for (const type of ['bytes', 'continue'] as const) {
      expect(isPossible(connectionIn(role, 'open'), type)).toBe(true);
      expect(isPossible(connectionIn(role, 'closing.failing'), type)).toBe(true);
      expect(isPossible(connectionIn(role, 'closed.clean'), type)).toBe(false);
    }
    const ended = connectionIn(role, 'closed.clean');
    expect(step(ended, { type: 'continue' })).toEqual([ended, []]);
  }
});
