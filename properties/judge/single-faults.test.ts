import fc from 'fast-check';
import { expect } from 'vitest';
import { frameOf } from '../../model/frame.js';
import { type Layout, layOutFrame } from '../../model/frame-encoder.js';
import { otherRole, type Role } from '../../model/role.js';
import type { ClauseId } from '../../spec/clauses.js';
import { type Changes, freshKey, type Recording, recordTalk, type Talk, talks } from '../arbitraries/recorded-talk.js';
import { law } from '../laws/law.js';
import { judge } from './judge.js';

/*
 * One fault in a right conversation: the judge blames the side that made it, by the clause that forbids it, at the byte
 * that shows it, and nobody else.
 */

interface Blame {
  readonly blamed: Role;
  readonly clause: ClauseId;
  readonly offset: number | null;
}

const hello = new TextEncoder().encode('Hello');

const weighty = (recording: Recording) =>
  judge(recording.events).findings.filter(({ verdict }) => verdict === 'fail' || verdict === 'advisory');

/** Checks a fault of either side, at any place of any conversation. */
function expectBlame(fault: (side: Role, talk: Talk, note: (blame: Blame) => void) => Changes, sides: readonly Role[]) {
  fc.assert(
    fc.property(talks(), fc.nat(6), fc.constantFrom(...sides), (talk, at, side) => {
      let blame: Blame | undefined;
      const changes = fault(side, talk, (noted) => {
        blame = noted;
      });
      const recording = recordTalk(talk, { at, ...changes });
      // Who answers a Ping behind bad data goes on where it should disconnect: that is another finding, and a right one.
      const found = weighty(recording).filter(({ code }) => code !== 'went-on');
      expect(found[0]).toMatchObject(blame ?? {});
      expect(new Set(found.map(({ blamed }) => blamed))).toEqual(new Set([blame?.blamed]));
    }),
    { numRuns: 25 },
  );
}

const both: readonly Role[] = ['client', 'server'];
const keyLength = (side: Role): number => (side === 'client' ? 4 : 0);

/** Inserts frames as they are, and blames the side for a clause at a byte of the last of them. */
function inserting(
  frames: readonly (readonly [Parameters<typeof layOutFrame>[0], Layout?])[],
  clause: ClauseId,
  into: (side: Role) => number,
): Parameters<typeof expectBlame>[0] {
  return (side, _, note) => ({
    insert: (recording) => {
      frames.forEach(([frame, layout], at) => {
        if (at === frames.length - 1) note({ blamed: side, clause, offset: recording.sent[side] + into(side) });
        if (layout === undefined) recording.frame(side, frame);
        else recording.bytes(side, layOutFrame(frame, layout));
      });
    },
  });
}

law('reserved bits are held against their sender', ['draft-06/4.1/reserved-bits-zero'], () => {
  for (const bit of ['rsv1', 'rsv2', 'rsv3', 'rsv4'] as const) {
    const frame = { ...frameOf('text', hello), [bit]: true };
    const into = (side: Role): number => keyLength(side) + (bit === 'rsv4' ? 1 : 0);
    expectBlame(inserting([[frame]], 'draft-06/4.1/reserved-bits-zero', into), both);
  }
});

law('reserved opcodes are held against their sender', ['draft-06/4.1/reserved-opcodes-unused'], () => {
  for (const opcode of [6, 15]) {
    const frame = { ...frameOf('text', hello), opcode };
    expectBlame(inserting([[frame]], 'draft-06/4.1/reserved-opcodes-unused', keyLength), both);
  }
});

law(
  'control frames in fragments, and long ones, are held against their sender',
  ['draft-06/4.5/control-not-fragmented', 'draft-06/4.5/control-at-most-125'],
  () => {
    const fragment = frameOf('ping', hello, false);
    expectBlame(inserting([[fragment]], 'draft-06/4.5/control-not-fragmented', keyLength), both);
    const long = frameOf('pong', new Uint8Array(126));
    expectBlame(
      inserting([[long]], 'draft-06/4.5/control-at-most-125', (side) => keyLength(side) + 1),
      both,
    );
  },
);

law('orphan continuations and interleaved messages are held against their sender', ['draft-06/4.4/fragmented'], () => {
  const orphan = frameOf('continuation', hello);
  expectBlame(
    inserting([[orphan]], 'draft-06/4.4/fragmented', () => 0),
    both,
  );
  const first = frameOf('text', hello, false);
  expectBlame(
    inserting([[first], [frameOf('binary', hello)]], 'draft-06/4.4/fragmented', () => 0),
    both,
  );
});

law('text that is not UTF-8 is held against its sender', ['draft-06/4.6/text-is-utf-8'], () => {
  const bad = frameOf('text', Uint8Array.of(0x48, 0xff));
  expectBlame(
    inserting([[bad]], 'draft-06/4.6/text-is-utf-8', () => 0),
    both,
  );
});

law(
  'a clear frame of a client and a masked frame of a server are held against them',
  ['draft-06/4.2/client-masks-all-frames', 'draft-06/4.1/server-frames-clear'],
  () => {
    const frame = frameOf('text', hello);
    const clear = inserting([[frame, {}]], 'draft-06/4.2/client-masks-all-frames', () => 0);
    expectBlame(clear, ['client']);
    const masked = inserting(
      [[frame, { maskingKey: Uint8Array.of(0x75, 1, 2, 3) }]],
      'draft-06/4.1/server-frames-clear',
      () => 0,
    );
    expectBlame(masked, ['server']);
  },
);

law('masking keys that chance does not repeat are held against the client', ['draft-06/4.2/fresh-key'], () => {
  expectBlame(
    (side, _, note) => ({
      insert: (recording) => {
        const bytes = layOutFrame(frameOf('binary', hello), { maskingKey: freshKey(1_000_000) });
        recording.bytes(side, bytes);
        note({ blamed: side, clause: 'draft-06/4.2/fresh-key', offset: recording.sent[side] });
        recording.bytes(side, bytes);
      },
    }),
    ['client'],
  );
});

law('masking keys that count are held against the client', ['draft-06/4.2/key-unpredictable'], () => {
  expectBlame(
    (side, _, note) => ({
      insert: (recording) => {
        for (let count = 0; count < 8; count++) {
          if (count === 4) {
            note({ blamed: side, clause: 'draft-06/4.2/key-unpredictable', offset: recording.sent[side] });
          }
          recording.bytes(side, layOutFrame(frameOf('binary'), { maskingKey: Uint8Array.of(9, 9, 9, count) }));
        }
      },
    }),
    ['client'],
  );
});

law('data behind a Close is held against its sender', ['draft-06/4.5.1/no-data-after-close'], () => {
  expectBlame(
    (side, _, note) => ({
      afterCloses: (recording) => {
        note({ blamed: side, clause: 'draft-06/4.5.1/no-data-after-close', offset: recording.sent[side] });
        recording.frame(side, frameOf('text', hello));
      },
    }),
    both,
  );
});

law(
  'a Close with a status code that there is not, or with half of one, is held against its sender',
  ['draft-06/4.5.1/body-starts-with-status'],
  () => {
    for (const body of [Uint8Array.of(0x03, 0xe7), Uint8Array.of(0x13, 0x88), Uint8Array.of(3)]) {
      expectBlame(
        (side, _, note) => ({
          closes: (recording, from) => {
            if (from === side) {
              note({ blamed: side, clause: 'draft-06/4.5.1/body-starts-with-status', offset: recording.sent[side] });
            }
            recording.frame(from, frameOf('close', from === side ? body : new Uint8Array(0)));
          },
        }),
        both,
      );
    }
  },
);

law('a Close without an answer is held against the other side', ['draft-06/4.5.1/close-answered'], () => {
  expectBlame(
    (_, { closer }, note) => ({
      closes: (recording, from) => {
        if (from === closer) recording.frame(from, frameOf('close'));
        else note({ blamed: from, clause: 'draft-06/4.5.1/close-answered', offset: null });
      },
    }),
    both,
  );
});

law('the latest Ping without a Pong is held against the other side', ['draft-06/4.5.2/ping-answered'], () => {
  expectBlame(
    (side, _, note) => ({
      // Behind all blocks, so that no later Ping supersedes it.
      at: Infinity,
      insert: (recording) => {
        note({ blamed: otherRole(side), clause: 'draft-06/4.5.2/ping-answered', offset: null });
        recording.frame(side, frameOf('ping', hello));
      },
      closes: (recording, from) => {
        recording.frame(from, frameOf('close'));
      },
    }),
    both,
  );
});

law(
  'a Pong with another body, and one that nobody asked for, are held against their sender',
  ['draft-06/4.5.2/pong-echoes-body', 'draft-06/4.5.3/pong-only-for-latest-ping'],
  () => {
    expectBlame(
      (side, _, note) => ({
        insert: (recording) => {
          recording.frame(otherRole(side), frameOf('ping', hello));
          note({ blamed: side, clause: 'draft-06/4.5.2/pong-echoes-body', offset: recording.sent[side] });
          recording.frame(side, frameOf('pong', new Uint8Array(30)));
          recording.frame(side, frameOf('pong', hello));
        },
      }),
      both,
    );
    const unasked = frameOf('pong', new Uint8Array(30));
    expectBlame(
      inserting([[unasked]], 'draft-06/4.5.3/pong-only-for-latest-ping', () => 0),
      both,
    );
  },
);
