import { createRequire } from 'node:module';
import type { Writable } from 'node:stream';
import { Bench } from 'tinybench';
import { createConnection, step } from '../../model/step.js';
import { deflateTransform } from '../../impl/deflate.js';
import { knownExtensions } from '../../impl/extensions.js';
import { concatBytes, noBytes } from '../../model/bytes.js';
import type { Decoded } from '../../model/byte-transform.js';
import type { Connection } from '../../model/connection.js';
import { frameOf } from '../../model/frame.js';
import { createDecoder, decodeFrames } from '../../model/frame-decoder.js';
import { encodeFrame } from '../../model/frame-encoder.js';
import { machineContextOf } from '../../model/connection.js';
import { serializeHead } from '../../model/http-head.js';
import { writeOpeningRequest } from '../../model/opening-request.js';
import { createDeflater } from '../drivers/deflate.js';
import { interpret, transitionTable } from '../../model/transition-table.js';
import { benchCampaign } from './campaign.js';
import { benchCapture } from './capture.js';
import { benchVerify } from './verify.js';

/*
 * Speed as ratios to a named peer in the same run: `ws`, the usual WebSocket library of Node (RFC 6455), does the same
 * work on frames of its own dialect. Single figures depend on the machine; the ratios are what to look at.
 */

const maskingKey = Uint8Array.from([0x12, 0x34, 0x56, 0x78]);

/** An open connection of a server, as it is behind the opening handshake. */
function openServer(...names: readonly string[]): Connection {
  const uri = { host: 'h', port: 80, resourceName: '/', secure: false };
  const extensions = names.map((name) => ({ name, parameters: [] }));
  const request = serializeHead(writeOpeningRequest({ uri, nonce: new Uint8Array(16), extensions }));
  const [created] = createConnection({ role: 'server', extensions: knownExtensions });
  const [waiting] = step(created, { type: 'bytes', bytes: request });
  return step(waiting, { type: 'local.accept', acceptance: { extensions } })[0];
}

/** The parts of `ws` that do the same work; its types do not name them. */
interface PeerLibrary {
  readonly Sender: {
    frame: (
      payload: Buffer,
      options: {
        readonly fin: boolean;
        readonly rsv1: boolean;
        readonly opcode: number;
        readonly mask: boolean;
        readonly readOnly: boolean;
      },
    ) => readonly Buffer[];
  };
  readonly Receiver: new (options: {
    readonly isServer: boolean;
    readonly allowSynchronousEvents: boolean;
  }) => Writable;
}

const peerLibrary = createRequire(import.meta.url)('ws') as PeerLibrary;

/** A masked frame of RFC 6455, as `ws` reads it. */
function peerFrame(payload: Uint8Array): Buffer {
  const options = { fin: true, rsv1: false, opcode: 2, mask: true, readOnly: false };
  return Buffer.concat(peerLibrary.Sender.frame(Buffer.from(payload), options));
}

/** Lets the receiver of `ws` read a chunk with a number of messages, and waits for the last of them. */
function peerReceive(chunk: Buffer, count: number): Promise<void> {
  return new Promise((resolve) => {
    const receiver = new peerLibrary.Receiver({ isServer: true, allowSynchronousEvents: true });
    let left = count;
    receiver.on('message', () => {
      if (--left === 0) resolve();
    });
    // It unmasks in place, so that each run needs a copy; ours never writes into what it is given.
    receiver.write(Buffer.from(chunk));
  });
}

interface Comparison {
  readonly name: string;
  readonly ours: string;
  readonly theirs: string;
}

const comparisons: Comparison[] = [];
const bench = new Bench({ time: 400, warmupTime: 100 });
const server = openServer();

for (const [size, count] of [
  [16, 1000],
  [1024, 1000],
  [65_536, 20],
] as const) {
  const payload = new Uint8Array(size).fill(0x5a);
  const ours = concatBytes(
    Array.from({ length: count }, () => encodeFrame(frameOf('binary', payload), { maskingKey })),
  );
  const theirs = Buffer.concat(Array.from({ length: count }, () => peerFrame(payload)));
  const name = `${count} masked messages of ${size} bytes`;
  comparisons.push({ name: `step: ${name}`, ours: `step ${size}`, theirs: `ws ${size}` });
  comparisons.push({ name: `decode: ${name}`, ours: `decode ${size}`, theirs: `ws ${size}` });
  bench.add(`step ${size}`, () => {
    step(server, { type: 'bytes', bytes: ours });
  });
  bench.add(`decode ${size}`, () => {
    decodeFrames(createDecoder({ masked: true }), ours);
  });
  bench.add(`ws ${size}`, () => peerReceive(theirs, count));
}

/** A server with compression: reads the same messages through it, each a part of one stream. */
for (const [size, count] of [
  [16, 1000],
  [1024, 1000],
] as const) {
  const payload = Uint8Array.from({ length: size }, (_, at) => 0x61 + ((at * at) % 17));
  const clear = concatBytes(
    Array.from({ length: count }, () => encodeFrame(frameOf('binary', payload), { maskingKey })),
  );
  const coded = createDeflater()(clear);
  const compressing = openServer('deflate-stream');
  comparisons.push({
    name: `deflate-stream: ${count} masked messages of ${size} bytes against the same without`,
    ours: `inflate ${size}`,
    theirs: `plain ${size}`,
  });
  bench.add(`inflate ${size}`, async () => {
    const transform = deflateTransform();
    let [connection] = step(compressing, { type: 'bytes', bytes: coded });
    let input = coded;
    for (let hasMore = true; hasMore; input = noBytes) {
      const decoded = await new Promise<Decoded>((resolve) => {
        transform.decode(input, resolve);
      });
      if (decoded.kind === 'wrong') throw new Error(decoded.says);
      [connection] = step(connection, { type: 'decoded', bytes: decoded.bytes });
      hasMore = decoded.more;
    }
    transform.close();
  });
  bench.add(`plain ${size}`, () => {
    step(server, { type: 'bytes', bytes: clear });
  });
}

const context = machineContextOf();
const table = transitionTable('server', context);
comparisons.push({
  name: 'one transition: compiled table against the interpreter of xstate',
  ours: 'table',
  theirs: 'xstate',
});
bench.add('table', () => {
  table.row('open', 'remote.message');
});
bench.add('xstate', () => {
  interpret('server', context, 'open', 'remote.message');
});

await bench.run();

const medianOf = (name: string): number => {
  const { result } = bench.getTask(name) ?? {};
  return result !== undefined && 'latency' in result ? result.latency.p50 : Number.NaN;
};
for (const { name, ours, theirs } of comparisons) {
  const ratio = medianOf(theirs) / medianOf(ours);
  const words = `${ours} ${medianOf(ours).toFixed(4)} ms, ${theirs} ${medianOf(theirs).toFixed(4)} ms`;
  process.stdout.write(`${ratio.toFixed(2).padStart(8)} x  ${name} (medians: ${words})\n`);
}
process.stdout.write('A ratio above 1 means that this project is faster than the peer.\n');
for (const line of await benchCampaign()) process.stdout.write(`${line}\n`);
for (const line of await benchCapture()) process.stdout.write(`${line}\n`);
for (const line of await benchVerify()) process.stdout.write(`${line}\n`);
