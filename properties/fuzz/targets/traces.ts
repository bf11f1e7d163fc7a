import fc from 'fast-check';
import { bytesFromLatin1, concatBytes } from '../../../model/bytes.js';
import type { Role } from '../../../model/role.js';
import { hostileBytes } from '../../arbitraries/hostile-bytes.js';
import { bytesOf, recordTalk, sampleRequest, sampleResponse, talks } from '../../arbitraries/recorded-talk.js';
import { traceHeader, traceLines } from '../../capture/json-lines.js';
import { CaptureError } from '../../capture/packet.js';
import { createTraceReader } from '../../capture/read-trace.js';
import { captureFile, type FileOptions, packetOf, segmentsOf } from '../../capture/write-capture.js';
import type { TraceRecord } from '../../judge/trace.js';
import { createTraceJudge, type TraceJudge } from '../../judge/trace-judge.js';
import { cutUp, type FuzzTarget, guided, leading } from '../target.js';

const formats: readonly FileOptions[] = [
  { format: 'pcap' },
  { format: 'pcapng' },
  { format: 'pcap', little: false, nanoseconds: true, link: 'linux-cooked' },
  { format: 'pcapng', little: false, link: 'raw' },
];

/** Files that `hybi check` reads, and the judge behind them. */
export const traceFileTarget: FuzzTarget = {
  name: 'trace-file',
  says: 'captures and traces as files, and the judge behind them',
  weight: 3,
  maxLength: 4096,
  seeds: (seed) =>
    fc.sample(talks(), { seed, numRuns: 24 }).flatMap((talk, at) => {
      const { events } = recordTalk(talk);
      const options = formats[at % formats.length] ?? {};
      const packets = segmentsOf(events).map((segment) => ({
        atMs: 1e12 + segment.atMs,
        bytes: packetOf(segment, { link: options.link ?? 'ethernet' }),
      }));
      const lines = events.map((event) => traceLines({ ...event, connection: 1 })).join('');
      const trace = traceHeader({ tool: 'fuzz', startedAt: new Date(0) }) + lines;
      return [leading(captureFile(packets, options)), leading(bytesFromLatin1(trace))];
    }),
  words: ['{', '}', '"hex":"', '"from":"client"', '"from":"server"', '"event":"ended"', '"connection":2', '\n'].map(
    bytesFromLatin1,
  ),
  check: (input) => {
    const { bytes, isClose } = guided(input);
    const reader = createTraceReader();
    const judge = newJudge();
    try {
      for (const piece of isClose ? cutUp(bytes) : [bytes]) reader.push(piece, judge.take);
      reader.finish(judge.take);
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
    }
    judge.finish();
  },
};

function newJudge(): TraceJudge {
  return createTraceJudge({ maxMessage: 65_536, onConnection: () => undefined });
}

/** The judge alone: what two sides might write to each other, in any order. */
export const judgeTarget: FuzzTarget = {
  name: 'judge',
  says: 'the judge of recorded traffic, both sides hostile',
  weight: 3,
  maxLength: 2048,
  seeds: (seed) => [
    ...fc.sample(talks(), { seed, numRuns: 40 }).map((talk) => {
      const { events } = recordTalk(talk);
      return leading(inTurns([bytesOf(events, 'client'), bytesOf(events, 'server')]));
    }),
    ...fc
      .sample(fc.tuple(hostileBytes('server'), hostileBytes('client')), { seed, numRuns: 60 })
      .map(([client, server]) =>
        leading(inTurns([sampleRequest, sampleResponse, concatBytes([client]), concatBytes([server])])),
      ),
  ],
  words: [Uint8Array.of(0), Uint8Array.of(1), Uint8Array.of(0xfd), Uint8Array.of(0xfe), Uint8Array.of(0xff)],
  check: (input) => {
    const { bytes, readings } = guided(input);
    const judge = createTraceJudge({ maxMessage: 65_536, readings, onConnection: () => undefined });
    judge.take({ connection: 1, type: 'opened', atMs: 0, isWhole: (input[1] ?? 0) % 3 !== 0 });
    for (const record of recordsOf(bytes)) judge.take(record);
    judge.finish();
  },
};

/** Bytes of the two sides in turn, each with its length in front. */
function inTurns(parts: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    parts.flatMap((part, at) => {
      const pieces: Uint8Array[] = [];
      for (let from = 0; from < part.length; from += 120) {
        const piece = part.subarray(from, from + 120);
        pieces.push(Uint8Array.of(piece.length * 2 + (at % 2)), piece);
      }
      return pieces;
    }),
  );
}

function* recordsOf(script: Uint8Array): Generator<TraceRecord> {
  for (let at = 0, atMs = 0; at < script.length; atMs++) {
    const first = script[at++] ?? 0;
    const from: Role = first % 2 === 0 ? 'client' : 'server';
    const common = { connection: 1, atMs, from } as const;
    if (first >= 0xfc) yield { ...common, type: first >= 0xfe ? 'lost' : 'ended' };
    else if (first >= 0xf8) yield { ...common, type: 'missing', count: first };
    else {
      const size = first >> 1;
      yield { ...common, type: 'bytes', bytes: script.slice(at, at + size) };
      at += size;
    }
  }
}
