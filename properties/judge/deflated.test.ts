import fc from 'fast-check';
import { expect } from 'vitest';
import { concatBytes } from '../../model/bytes.js';
import { frameOf } from '../../model/frame.js';
import type { Role } from '../../model/role.js';
import { recordTalk, rewritten, sampleRequest, sampleResponse, talks } from '../arbitraries/recorded-talk.js';
import { createDeflater } from '../drivers/deflate.js';
import { law } from '../laws/law.js';
import { judge } from './judge.js';
import type { TraceEvent } from './trace.js';

const field = '\r\nSec-WebSocket-Extensions: deflate-stream\r\n\r\n';
const request = rewritten(rewritten(sampleRequest, /\r\nSec-WebSocket-Extensions:.*/, ''), '\r\n\r\n', field);
const response = rewritten(sampleResponse, '\r\n\r\n', field);

/** The trace with all bytes behind the heads deflated. */
function deflated(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const deflaters = { client: createDeflater(), server: createDeflater() };
  return events.map((event, at): TraceEvent =>
    at < 2 || event.type !== 'bytes' ? event : { ...event, bytes: deflaters[event.from](event.bytes) },
  );
}

law(
  'what is said through deflate-stream is judged as what is said without',
  ['draft-06/8.2.1/all-bytes-deflated', 'draft-06/8.2.1/control-messages-too', 'draft-06/8.2.1/no-reserved-bits'],
  () => {
    fc.assert(
      fc.property(talks(), fc.boolean(), (talk, isBad) => {
        const { events } = recordTalk(talk, {
          request,
          response,
          insert: (recording) => {
            if (isBad) recording.frame('client', { ...frameOf('text'), rsv1: true });
          },
        });
        const { findings, sides, clean } = judge(deflated(events));
        const codes = findings.filter(({ code }) => code !== 'went-on').map(({ code }) => code);
        expect(codes).toEqual(isBad ? ['rsv1-set'] : []);
        if (!isBad) expect({ clean, frames: sides.server.frames }).toMatchObject({ clean: true });
        expect(sides.server.frames).toBeGreaterThan(0);
      }),
      { numRuns: 30 },
    );
  },
);

law('who does not deflate after agreeing to is blamed', ['draft-06/8.2.1/all-bytes-deflated'], () => {
  for (const from of ['client', 'server'] as readonly Role[]) {
    const { events, sent } = recordTalk({ blocks: [], closer: from }, { request, response });
    const mixed = deflated(events).map((event, at) => {
      const plain = events[at];
      return event.from === from && plain !== undefined ? plain : event;
    });
    // What is no frame is no stream of RFC 1951 either, if there is enough of it.
    mixed.splice(2, 0, { type: 'bytes', atMs: 2, from, bytes: concatBytes([Uint8Array.of(0xff, 0xff, 0xff)]) });
    expect(judge(mixed).findings[0]).toMatchObject({
      blamed: from,
      clause: 'draft-06/8.2.1/all-bytes-deflated',
      offset: (from === 'client' ? request : response).length,
    });
    expect(sent[from]).toBeGreaterThan(0);
  }
});
