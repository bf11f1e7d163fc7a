import fc from 'fast-check';
import { expect } from 'vitest';
import { frameOf } from '../../model/frame.js';
import { otherRole, type Role } from '../../model/role.js';
import { recordTalk, recut, talks } from '../arbitraries/recorded-talk.js';
import { law } from '../laws/law.js';
import { judge } from './judge.js';
import type { TraceEvent } from './trace.js';

const roles: readonly Role[] = ['client', 'server'];

const weighty = (events: readonly TraceEvent[]) =>
  judge(events).findings.filter(({ verdict }) => verdict === 'fail' || verdict === 'advisory');

const statusesOf = (events: readonly TraceEvent[]) => {
  const { clauses } = judge(events);
  return roles.map((role) => [...clauses[role]].sort(([one], [other]) => (one < other ? -1 : 1)));
};

law(
  'a trace that ends anywhere shows no fault that the whole does not show, and holds nothing that the whole does not',
  ['draft-06/4.5.1/close-answered', 'draft-06/4.5.2/ping-answered', 'draft-06/7.1.3/cleanly'],
  () => {
    fc.assert(
      fc.property(talks(), fc.nat(400), (talk, count) => {
        const events = recut(recordTalk(talk).events, 7);
        const beginning = events.slice(0, count % (events.length + 1));
        expect(weighty(beginning)).toEqual([]);
        const whole = judge(events).clauses;
        const part = judge(beginning).clauses;
        for (const role of roles) {
          for (const clause of part[role].keys()) expect(whole[role].has(clause)).toBe(true);
        }
        if (beginning.length < events.length) expect(part.client.get('draft-06/7.1.3/cleanly')).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  },
);

law('a trace without its beginning exercises nothing, and blames nobody', ['draft-06/5.1/handshake-sent'], () => {
  fc.assert(
    fc.property(talks(), fc.nat(1000), (talk, skipped) => {
      const { events } = recordTalk(talk);
      const rest = recut(events, 50).slice(1 + (skipped % 40));
      const { findings, clauses, kind } = judge(rest, { isWhole: false });
      expect(kind).toBe('other');
      expect(findings).toEqual([]);
      expect(clauses.client.size + clauses.server.size).toBe(0);
    }),
    { numRuns: 60 },
  );
});

law(
  'bytes that are missing anywhere make nobody guilty, and what is behind them is not held',
  ['draft-06/4.5.2/ping-answered', 'draft-06/4.5.1/close-answered'],
  () => {
    fc.assert(
      fc.property(talks(), fc.nat(400), (talk, at) => {
        const events = recut(recordTalk(talk).events, 5);
        const lost = events.map((event, index): TraceEvent => {
          if (index !== at % events.length || event.type !== 'bytes') return event;
          return { type: 'missing', atMs: event.atMs, from: event.from, count: event.bytes.length };
        });
        expect(weighty(lost)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  },
);

law(
  'TCP that breaks instead of ending leaves no duty behind',
  ['draft-06/4.5.1/close-answered', 'draft-06/4.5.2/ping-answered'],
  () => {
    fc.assert(
      fc.property(talks(), fc.constantFrom(...roles), fc.nat(60), (talk, from, at) => {
        const { events } = recordTalk(talk);
        const cut = events.slice(0, at % events.length);
        const broken: TraceEvent[] = [
          ...cut,
          { type: 'lost', atMs: 0, from },
          { type: 'ended', atMs: 0, from: otherRole(from) },
        ];
        // The other side may have ended because of the break, though it had a Close to answer.
        expect(weighty(broken).filter(({ blamed }) => blamed === from)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  },
);

law('how a trace is cut changes nothing', ['draft-06/4.1/sequence-of-frames'], () => {
  fc.assert(
    fc.property(talks(), fc.integer({ min: 1, max: 40 }), (talk, size) => {
      const { events } = recordTalk(talk, {
        insert: (recording) => {
          recording.frame('client', { ...frameOf('text'), opcode: 9 });
        },
      });
      const facts = (found: ReturnType<typeof judge>) =>
        found.findings.map(({ blamed, clause, code, offset }) => ({ blamed, clause, code, offset }));
      expect(facts(judge(recut(events, size)))).toEqual(facts(judge(events)));
      expect(statusesOf(recut(events, size))).toEqual(statusesOf(events));
    }),
    { numRuns: 40 },
  );
});

law('no bytes make the judge throw', ['draft-06/9/input-not-trusted'], () => {
  const event: fc.Arbitrary<TraceEvent> = fc.oneof(
    fc.record({
      type: fc.constant('bytes' as const),
      atMs: fc.nat(1000),
      from: fc.constantFrom(...roles),
      bytes: fc.uint8Array({ maxLength: 60 }),
    }),
    fc.record({
      type: fc.constantFrom('ended' as const, 'lost' as const),
      atMs: fc.nat(1000),
      from: fc.constantFrom(...roles),
    }),
    fc.record({
      type: fc.constant('missing' as const),
      atMs: fc.nat(1000),
      from: fc.constantFrom(...roles),
      count: fc.nat(100),
    }),
  );
  fc.assert(
    fc.property(talks(), fc.nat(20), fc.array(event, { maxLength: 12 }), (talk, at, noise) => {
      const { events } = recordTalk(talk);
      const mixed = [...events.slice(0, at), ...noise, ...events.slice(at)];
      expect(judge(mixed).notes).toBeDefined();
      expect(judge(noise).notes).toBeDefined();
    }),
    { numRuns: 150 },
  );
});
