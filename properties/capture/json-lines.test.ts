import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segmentationsOf } from '../arbitraries/segmentation.js';
import type { TraceRecord } from '../judge/trace.js';
import { traceHeader, traceLines } from './json-lines.js';
import { CaptureError } from './packet.js';
import { createTraceReader } from './read-trace.js';

const schema = JSON.parse(readFileSync(new URL('trace.schema.json', import.meta.url), 'utf8')) as object;
const validate = new Ajv().compile(schema);

const roles = fc.constantFrom('client' as const, 'server' as const);
const atMs = fc.integer({ min: 0, max: 1e7 }).map((value) => value / 1000);
const connection = fc.nat(3);

/** Everything that can happen, with connections opened before. */
const histories: fc.Arbitrary<readonly TraceRecord[]> = fc
  .array(
    fc.oneof(
      fc.record({
        connection,
        type: fc.constant('bytes' as const),
        atMs,
        from: roles,
        bytes: fc.uint8Array({ minLength: 1, maxLength: 50 }),
      }),
      fc.record({ connection, type: fc.constantFrom('ended' as const, 'lost' as const), atMs, from: roles }),
      fc.record({ connection, type: fc.constant('missing' as const), atMs, from: roles, count: fc.nat() }),
    ),
    { maxLength: 20 },
  )
  .map((records) => [
    ...[0, 1, 2, 3].map((number): TraceRecord => ({
      connection: number,
      type: 'opened',
      atMs: number,
      isWhole: number !== 2,
      ...(number === 1 ? { client: '127.0.0.1:1', server: '[::1]:80' } : {}),
    })),
    ...records,
    { connection: 1, type: 'over', atMs: 7 },
  ]);

const header = traceHeader({ tool: 'hybi-spec', startedAt: new Date(0) });

function read(chunks: readonly Uint8Array[]): TraceRecord[] {
  const records: TraceRecord[] = [];
  const reader = createTraceReader();
  for (const chunk of chunks) reader.push(chunk, (record) => records.push(record));
  reader.finish((record) => records.push(record));
  return records;
}

test('what is written is read back, however it is cut', () => {
  const cases = histories.chain((records) => {
    const bytes = new TextEncoder().encode(header + records.map(traceLines).join(''));
    return segmentationsOf(bytes).map((chunks) => ({ records, chunks }));
  });
  fc.assert(
    fc.property(cases, ({ records, chunks }) => {
      expect(read(chunks)).toEqual(records);
    }),
    { numRuns: 60 },
  );
});

test('every line is valid by the schema', () => {
  fc.assert(
    fc.property(histories, (records) => {
      for (const line of (header + records.map(traceLines).join('')).split('\n').slice(0, -1)) {
        expect(validate(JSON.parse(line)), `${line}: ${JSON.stringify(validate.errors)}`).toBe(true);
      }
    }),
    { numRuns: 20 },
  );
});

test('long chunks are written in several lines', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at % 251);
  const lines = traceLines({ connection: 1, type: 'bytes', atMs: 0, from: 'client', bytes });
  expect(lines.trimEnd().split('\n')).toHaveLength(4);
  const records = read([new TextEncoder().encode(header + lines)]);
  const again = records.flatMap((record) => (record.type === 'bytes' ? [...record.bytes] : []));
  expect(again).toEqual([...bytes]);
});

test('a trace written by hand needs neither connection numbers nor openings', () => {
  const text = '{"hybi-trace":1}\n\n{"atMs":0,"from":"client","hex":"0AfF"}';
  expect(read([new TextEncoder().encode(text)])).toEqual([
    { connection: 1, type: 'opened', atMs: 0, isWhole: true },
    { connection: 1, type: 'bytes', atMs: 0, from: 'client', bytes: Uint8Array.of(10, 255) },
  ]);
});

test('a line that is none of the format is refused with its number', () => {
  for (const line of [
    'nothing',
    '[]',
    '{"atMs":0,"from":"client","hex":"0"}',
    '{"atMs":-1,"from":"client","hex":""}',
    '{"atMs":0,"from":"proxy","hex":""}',
    '{"atMs":0,"from":"client","event":"left"}',
    '{"atMs":0,"from":"client","event":"missing"}',
    '{"connection":"one","atMs":0,"from":"client","hex":""}',
  ]) {
    const bytes = new TextEncoder().encode(`{"hybi-trace":1}\n${line}\n`);
    expect(() => read([bytes])).toThrow(CaptureError);
    expect(() => read([bytes])).toThrow(/^line 2/);
  }
});
