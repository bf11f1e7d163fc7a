import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeFrame } from '../../model/frame-encoder.js';
import { frameOf } from '../../model/frame.js';
import { serializeHead } from '../../model/http-head.js';
import { readOpeningRequest, writeOpeningRequest } from '../../model/opening-request.js';
import { writeOpeningResponse } from '../../model/opening-response.js';
import { createTraceReader } from '../capture/read-trace.js';
import { captureFile, packetOf, segmentsOf } from '../capture/write-capture.js';
import type { TraceEvent } from '../judge/trace.js';
import { createTraceJudge } from '../judge/trace-judge.js';
import { randomnessOf } from '../verifier/randomness.js';

/*
 * How fast `hybi check` reads and judges a capture, against reading the same file and doing nothing with it.
 */

/** A conversation in which a server echoes binary messages, as large as asked for. */
function echoConversation(messageSize: number, totalBytes: number): readonly TraceEvent[] {
  const randomness = randomnessOf(1, 'bench');
  const uri = { host: 'h', port: 80, resourceName: '/', secure: false };
  const head = writeOpeningRequest({ uri, nonce: randomness.bytes(16) });
  const reading = readOpeningRequest(head);
  if (reading.kind !== 'opening') throw new Error('the request of the bench is not right');
  const events: TraceEvent[] = [
    { type: 'bytes', atMs: 0, from: 'client', bytes: serializeHead(head) },
    { type: 'bytes', atMs: 1, from: 'server', bytes: serializeHead(writeOpeningResponse(reading.request)) },
  ];
  const message = frameOf('binary', new Uint8Array(messageSize).fill(0x5a));
  const clear = encodeFrame(message);
  for (let sent = 0; sent < totalBytes; sent += 2 * messageSize) {
    const masked = encodeFrame(message, { maskingKey: randomness.bytes(4) });
    events.push({ type: 'bytes', atMs: 2, from: 'client', bytes: masked });
    events.push({ type: 'bytes', atMs: 2, from: 'server', bytes: clear });
  }
  return events;
}

async function eachChunk(file: string, take: (chunk: Uint8Array) => void): Promise<number> {
  const start = performance.now();
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    take(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  }
  return performance.now() - start;
}

/** Judges a file; throws when it is not as it should be, so that nothing is measured that does not work. */
async function check(file: string): Promise<number> {
  let messages = 0;
  const judge = createTraceJudge({
    onConnection: ({ judgement }) => {
      messages += judgement.sides.client.messages + judgement.sides.server.messages;
      if (judgement.findings.some(({ verdict }) => verdict === 'fail')) throw new Error('the bench found a fault');
    },
  });
  const reader = createTraceReader();
  const time = await eachChunk(file, (chunk) => {
    reader.push(chunk, judge.take);
  });
  reader.finish(judge.take);
  judge.finish();
  if (messages === 0) throw new Error('the bench found no message');
  return time;
}

const best = async (runs: number, measure: () => Promise<number>): Promise<number> => {
  let least = Infinity;
  for (let run = 0; run < runs; run++) least = Math.min(least, await measure());
  return least;
};

/** Lines about the speed of `hybi check`. */
export async function benchCapture(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hybi-bench-'));
  try {
    const lines: string[] = [];
    for (const [messageSize, segmentSize] of [
      [1024, 1448],
      [65_536, 1448],
      [65_536, 32_768],
    ] as const) {
      const segments = segmentsOf(echoConversation(messageSize, 48e6), { segmentSize });
      const bytes = captureFile(segments.map((segment) => ({ atMs: segment.atMs, bytes: packetOf(segment) })));
      const file = join(folder, 'capture.pcap');
      writeFileSync(file, bytes);
      const checked = await best(4, () => check(file));
      const read = await best(3, () => eachChunk(file, () => undefined));
      const rate = (time: number): string => `${Math.round(bytes.length / 1e3 / time)} MB/s`;
      lines.push(
        `${(read / checked).toFixed(2).padStart(8)} x  check of a capture: echoes of ${messageSize} bytes in segments of ${segmentSize} (${rate(checked)}, reading alone ${rate(read)})`,
      );
    }
    return lines;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
