import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concatBytes } from '../../model/bytes.js';
import { recordTalk, talks } from '../arbitraries/recorded-talk.js';
import { CaptureError } from './packet.js';
import { createTraceReader, type TraceFacts } from './read-trace.js';
import { blockOf, captureFile, type FileOptions, fileHeader, packetOf, recordOf, segmentsOf } from './write-capture.js';

function read(bytes: Uint8Array): TraceFacts {
  const reader = createTraceReader();
  reader.push(bytes, () => undefined);
  return reader.finish(() => undefined);
}

const oneByte = (options: FileOptions): Uint8Array =>
  captureFile(
    segmentsOf([{ type: 'bytes', atMs: 0, from: 'client', bytes: Uint8Array.of(1) }]).map((segment) => ({
      atMs: segment.atMs,
      bytes: packetOf(segment),
    })),
    options,
  );

const text = (line: string): Uint8Array => new TextEncoder().encode(line);

/** A file in which a length says more than any capture has. */
function huge(): Uint8Array {
  const record = recordOf({ atMs: 0, bytes: new Uint8Array(8) });
  record.set([0xff, 0xff, 0xff, 0x7f], 8);
  return concatBytes([fileHeader(), record]);
}

function hugeBlock(): Uint8Array {
  const block = blockOf(6, new Uint8Array(20), true);
  block.set([0xfc, 0xff, 0xff, 0x7f], 4);
  return concatBytes([fileHeader({ format: 'pcapng' }), block]);
}

function unequalLengths(): Uint8Array {
  const block = blockOf(9, new Uint8Array(8), true);
  block.set([24], block.length - 4);
  return concatBytes([fileHeader({ format: 'pcapng' }), block]);
}

/** A packet of an interface that the file does not describe. */
function unknownInterface(): Uint8Array {
  const block = blockOf(6, new Uint8Array(24).fill(5), true);
  return concatBytes([fileHeader({ format: 'pcapng' }), block]);
}

test('files that are no captures, and damaged ones, are refused in one line', () => {
  for (const bytes of [
    text('GIF89a, which is a picture'),
    Uint8Array.of(0x1f, 0x8b, 8, 0, 0),
    text('{"hybi-trace":2}\n'),
    text('{"hybi-trace":1}\n{"atMs":0,"from":"nobody","hex":""}\n'),
    huge(),
    hugeBlock(),
    unequalLengths(),
    unknownInterface(),
    new Uint8Array(0),
  ]) {
    expect(() => read(bytes)).toThrow(CaptureError);
    expect(() => read(bytes)).toThrow(/^[^\n]+$/);
  }
});

test('a capture that ends in the middle is read as far as it goes, and said to end there', () => {
  for (const [format, words] of [
    ['pcap', 'ends inside a packet'],
    ['pcapng', 'ends inside a block'],
  ] as const) {
    const { notes, counts } = read(oneByte({ format }).subarray(0, -1));
    expect(notes[0]).toContain(words);
    expect(counts?.connections).toBe(1);
  }
});

test('blocks that nobody needs are skipped, however long they say they are', () => {
  const long = blockOf(0x0bad, new Uint8Array(4), true);
  long.set([0xfc, 0xff, 0xff, 0x7f], 4);
  const { notes } = read(concatBytes([fileHeader({ format: 'pcapng' }), long, new Uint8Array(1000)]));
  expect(notes[0]).toContain('ends inside a block');
});

test('no damage to a capture does more than a CaptureError', () => {
  const cases = fc.record({
    talk: talks(),
    options: fc.record({ format: fc.constantFrom('pcap' as const, 'pcapng' as const), little: fc.boolean() }),
    damage: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
    length: fc.nat(),
  });
  fc.assert(
    fc.property(cases, ({ talk, options, damage, length }) => {
      const segments = segmentsOf(recordTalk(talk).events);
      const packets = segments.map((segment) => ({ atMs: segment.atMs, bytes: packetOf(segment) }));
      const bytes = captureFile(packets, options);
      for (const [at, value] of damage) bytes[at % bytes.length] = value;
      try {
        read(bytes.subarray(0, length % 3 === 0 ? length % bytes.length : bytes.length));
      } catch (error) {
        expect(error).toBeInstanceOf(CaptureError);
      }
    }),
    { numRuns: 150 },
  );
});
