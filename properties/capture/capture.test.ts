import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Role } from '../../model/role.js';
import { recordTalk, bytesOf, talks } from '../arbitraries/recorded-talk.js';
import { segmentationsOf } from '../arbitraries/segmentation.js';
import type { TraceEvent, TraceRecord } from '../judge/trace.js';
import { createTraceReader, readTrace, type TraceFacts } from './read-trace.js';
import {
  captureFile,
  type FileOptions,
  packetOf,
  segmentsOf,
  type WrittenLink,
  writtenLinks,
  type WrittenSegment,
} from './write-capture.js';

const roles: readonly Role[] = ['client', 'server'];

function read(chunks: readonly Uint8Array[]): { readonly records: TraceRecord[]; readonly facts: TraceFacts } {
  const records: TraceRecord[] = [];
  const reader = createTraceReader();
  for (const chunk of chunks) reader.push(chunk, (record) => records.push(record));
  return { records, facts: reader.finish((record) => records.push(record)) };
}

const file = (segments: readonly WrittenSegment[], options: FileOptions & { readonly ip?: 4 | 6 } = {}): Uint8Array => {
  const { ip = 4, link = 'ethernet' } = options;
  return captureFile(
    segments.map((segment) => ({ atMs: 1e12 + segment.atMs, bytes: packetOf(segment, { link, ip }) })),
    options,
  );
};

/** The bytes of each direction, and how it ends. */
const streamsOf = (records: readonly (TraceRecord | TraceEvent)[]) =>
  roles.map((from) => {
    const own = records.filter(
      (record): record is TraceEvent & { connection: number } => 'from' in record && record.from === from,
    );
    const missing = own.reduce((sum, event) => sum + (event.type === 'missing' ? event.count : 0), 0);
    return { bytes: Buffer.from(bytesOf(own, from)).toString('hex'), missing, end: own.at(-1)?.type };
  });

const files: fc.Arbitrary<FileOptions & { readonly ip: 4 | 6 }> = fc.record({
  format: fc.constantFrom('pcap' as const, 'pcapng' as const),
  little: fc.boolean(),
  nanoseconds: fc.boolean(),
  link: fc.constantFrom(...(Object.keys(writtenLinks) as WrittenLink[])),
  ip: fc.constantFrom(4 as const, 6 as const),
});

test('every format, byte order, unit of time, link type and IP version gives what was said, however it is cut', () => {
  const cases = fc.tuple(talks(), files, fc.integer({ min: 1, max: 100 })).chain(([talk, options, segmentSize]) => {
    const { events } = recordTalk(talk);
    return segmentationsOf(file(segmentsOf(events, { segmentSize }), options)).map((chunks) => ({
      events,
      chunks,
      options,
    }));
  });
  fc.assert(
    fc.property(cases, ({ events, chunks, options }) => {
      const { records, facts } = read(chunks);
      expect(streamsOf(records)).toEqual(streamsOf(events));
      expect(facts).toMatchObject({ format: options.format, notes: [], counts: { repeated: 0, early: 0 } });
      expect(records[0]).toMatchObject({ connection: 1, type: 'opened', isWhole: true });
      expect(records.at(-1)).toMatchObject({ connection: 1, type: 'over' });
      // Milliseconds since 1970 leave a ten-thousandth of them.
      expect(records.at(-1)?.atMs).toBeCloseTo(events.at(-1)?.atMs ?? 0, 2);
    }),
    { numRuns: 60 },
  );
});

/** Segments with repetitions, each at most a few places from where it was, the opening of TCP in front. */
function disorders(segments: readonly WrittenSegment[]): fc.Arbitrary<readonly WrittenSegment[]> {
  const [syn, synAck, ack, ...rest] = segments;
  if (syn === undefined || synAck === undefined || ack === undefined)
    throw new Error('TCP is opened by three segments');
  return fc
    .array(fc.record({ delay: fc.nat(6), copies: fc.integer({ min: 1, max: 2 }), copyDelay: fc.nat(9) }), {
      minLength: rest.length,
      maxLength: rest.length,
    })
    .map((fates) => {
      const placed = rest.flatMap((segment, at) => {
        const { delay = 0, copies = 1, copyDelay = 0 } = fates[at] ?? {};
        const first = { place: at + delay, segment };
        return copies === 1 ? [first] : [first, { place: at + delay + copyDelay, segment }];
      });
      const ordered = placed.sort((one, other) => one.place - other.place).map(({ segment }) => segment);
      return [syn, synAck, ack, ...ordered];
    });
}

test('repeated and reordered segments give what was said, in an order that the two sides can have had', () => {
  const cases = fc.tuple(talks(), fc.integer({ min: 1, max: 60 })).chain(([talk, segmentSize]) => {
    const { events } = recordTalk(talk);
    return disorders(segmentsOf(events, { segmentSize })).map((segments) => ({ events, segments }));
  });
  fc.assert(
    fc.property(cases, ({ events, segments }) => {
      const { records } = read([file(segments)]);
      expect(streamsOf(records)).toEqual(streamsOf(events));
      // A side says nothing that acknowledges what the other side has not said before in the records.
      const whole = events.filter(({ type }) => type === 'bytes').map(({ from }) => from);
      const turns = (list: readonly Role[]): Role[] => list.filter((role, at) => role !== list[at - 1]);
      const told = records.flatMap((record) => (record.type === 'bytes' ? [record.from] : []));
      expect(turns(told)).toEqual(turns(whole));
    }),
    { numRuns: 100 },
  );
});

test('segments that overlap in any way give each byte once', () => {
  const content = Uint8Array.from({ length: 120 }, (_, at) => at);
  const pieces = fc.array(fc.tuple(fc.nat(119), fc.integer({ min: 1, max: 40 })), { maxLength: 30 });
  fc.assert(
    fc.property(pieces, (cuts) => {
      const events: TraceEvent[] = [{ type: 'bytes', atMs: 0, from: 'client', bytes: content }];
      const [syn, synAck, ack, whole] = segmentsOf(events);
      if (syn === undefined || synAck === undefined || ack === undefined || whole === undefined)
        throw new Error('no segments');
      const parts = [...cuts, ...[0, 40, 80].map((at) => [at, 40] as const)].map(([from, length]) => ({
        ...whole,
        sequence: (whole.sequence + from) >>> 0,
        payload: content.slice(from, from + length),
      }));
      const { records } = read([file([syn, synAck, ack, ...parts])]);
      const [client] = streamsOf(records);
      expect(client).toMatchObject({ bytes: Buffer.from(content).toString('hex'), missing: 0 });
    }),
    { numRuns: 60 },
  );
});

test('segments that the capture has lost are said, and what is behind them still comes', () => {
  fc.assert(
    fc.property(talks(), fc.integer({ min: 1, max: 40 }), fc.nat(1000), (talk, segmentSize, at) => {
      const { events } = recordTalk(talk);
      const segments = segmentsOf(events, { segmentSize });
      const withBytes = segments.filter(({ payload }) => payload.length > 0);
      const lost = withBytes[at % withBytes.length];
      if (lost === undefined) throw new Error('there is no segment to lose');
      const { records } = read([file(segments.filter((segment) => segment !== lost))]);
      const [before, after] = [streamsOf(events), streamsOf(records)];
      roles.forEach((role, index) => {
        const count = role === lost.from ? lost.payload.length : 0;
        expect(after[index]?.missing).toBe(count);
        expect(after[index]?.bytes.length).toBe((before[index]?.bytes.length ?? 0) - 2 * count);
        expect(after[index]?.end).toBe('ended');
      });
    }),
    { numRuns: 80 },
  );
});

test('packets that the capture has cut off are said to miss bytes', () => {
  const events: TraceEvent[] = [
    { type: 'bytes', atMs: 0, from: 'client', bytes: new Uint8Array(100).fill(1) },
    { type: 'bytes', atMs: 1, from: 'server', bytes: new Uint8Array(10).fill(2) },
  ];
  const { records } = read([file(segmentsOf(events), { snapLength: 14 + 20 + 32 + 30 })]);
  expect(streamsOf(records)).toMatchObject([{ missing: 70 }, { missing: 0 }]);
  const { facts } = read([file(segmentsOf(events), { snapLength: 40 })]);
  expect(facts.notes.join()).toContain('cut off inside their headers');
});

test('several connections stay apart, also on the same ports', () => {
  const talk = (letter: number, firstNumber: number): readonly WrittenSegment[] =>
    segmentsOf(
      [
        { type: 'bytes', atMs: 0, from: 'client', bytes: new Uint8Array(3).fill(letter) },
        { type: 'ended', atMs: 1, from: 'client' },
        { type: 'ended', atMs: 1, from: 'server' },
      ],
      { firstNumbers: { client: firstNumber, server: 7 } },
    );
  const packets = (segments: readonly WrittenSegment[], client: number) =>
    segments.map((segment) => ({ atMs: 5, bytes: packetOf(segment, { ports: { client, server: 80 } }) }));
  const interleaved = packets(talk(1, 10), 1001).flatMap((packet, at) => [
    packet,
    ...packets(talk(2, 20), 1002).slice(at, at + 1),
  ]);
  const { records } = read([captureFile([...interleaved, ...packets(talk(3, 5000), 1001)])]);
  const found = records.flatMap((record) => (record.type === 'bytes' ? [[record.connection, record.bytes[0]]] : []));
  expect(found).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  expect(records.filter(({ type }) => type === 'over')).toHaveLength(3);
});

test('a connection whose beginning is not in the capture is said to lack it', () => {
  const segments = segmentsOf([{ type: 'bytes', atMs: 0, from: 'server', bytes: Uint8Array.of(1, 2, 3) }]);
  const { records } = read([file(segments.slice(3))]);
  expect(records[0]).toMatchObject({ type: 'opened', isWhole: false });
});

test('readTrace gives the records of a stream as they come', async () => {
  const { events } = recordTalk({ blocks: [], closer: 'client' });
  const bytes = file(segmentsOf(events));
  const chunks = (function* () {
    for (let at = 0; at < bytes.length; at += 100) yield bytes.slice(at, at + 100);
  })();
  const records: TraceRecord[] = [];
  for await (const record of readTrace(
    (async function* () {
      yield* chunks;
      await Promise.resolve();
    })(),
  ))
    records.push(record);
  expect(streamsOf(records)).toEqual(streamsOf(events));
});
