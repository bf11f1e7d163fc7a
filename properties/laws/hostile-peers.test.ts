import { connect as connectTcp, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type ReferenceServer, startServer } from '../../impl/server.js';
import { concatBytes } from '../../model/bytes.js';
import { frameOf } from '../../model/frame.js';
import { encodeFrame, layOutFrame } from '../../model/frame-encoder.js';
import { type Bystander, bystander } from '../drivers/bystander.js';
import { handshakeFor } from '../drivers/raw-client.js';
import { law } from './law.js';

/*
 * Whatever one peer does, the server ends it in bounded time and memory, and a connection beside it goes on: the table
 * of docs/hostile-peers.md, row by row. Times are short here so that they are reached.
 */

let server: ReferenceServer;
beforeAll(async () => {
  server = await startServer({
    port: 0,
    maxMessage: 1024 * 1024,
    maxConnections: 40,
    writeTimeout: 300,
    frameTimeout: 150,
    durations: { handshake: 200, close: 200, drop: 200 },
    http: { idle: 200 },
  });
});
afterAll(() => server.stop());

const maskingKey = Uint8Array.of(1, 2, 3, 4);
const masked = (frame: Parameters<typeof encodeFrame>[0]): Uint8Array => encodeFrame(frame, { maskingKey });

interface Peer {
  readonly socket: Socket;
  /** All that came, once TCP is over. */
  readonly ended: Promise<string>;
}

/** A client that says whatever one likes. */
function peer(): Peer {
  const socket = connectTcp({ host: '127.0.0.1', port: server.port, allowHalfOpen: true });
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    if (text.length < 100_000) text += chunk.toString('latin1');
  });
  socket.on('error', () => undefined);
  socket.on('end', () => socket.end());
  const ended = new Promise<string>((resolve) =>
    socket.on('close', () => {
      resolve(text);
    }),
  );
  return { socket, ended };
}

/** A client behind its opening handshake. */
function opened(path: string): Promise<Peer> {
  const { socket, ended } = peer();
  socket.write(handshakeFor(path));
  return new Promise((resolve) =>
    socket.once('data', () => {
      resolve({ socket, ended });
    }),
  );
}

/** Whether an answer ends with a Close of a status code. */
const closesWith = (text: string, status: number): boolean =>
  text.includes(`\x81`) && text.includes(String.fromCharCode(status >> 8, status & 0xff));

/** Lets something happen beside a connection that has to go on. */
async function beside(happen: () => Promise<void>): Promise<void> {
  const other: Bystander = await bystander(server.url);
  const left = await happen().then(other.leave, async (error: unknown) => {
    await other.leave();
    throw error;
  });
  const { isUndisturbed, slowestMs } = left;
  expect(isUndisturbed).toBe(true);
  expect(slowestMs).toBeLessThan(5000);
}

/** Waits until the server has no connection any more but those that are expected. */
async function untilLeft(count: number): Promise<void> {
  while (server.connections() > count) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('beside a connection that goes on', () => {
  law(
    'a handshake that is too slow, or too large, is ended',
    ['draft-06/2/limits', 'draft-06/9/input-not-trusted'],
    () =>
      beside(async () => {
        const slow = peer();
        const trickle = setInterval(() => slow.socket.write('G'), 20);
        expect(await slow.ended).toBe('');
        clearInterval(trickle);
        const large = peer();
        large.socket.write(`GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`);
        expect(await large.ended).toMatch(/^HTTP\/1\.1 400 /);
      }),
  );

  law(
    'a frame that trickles is ended by a Close, then by TCP',
    ['draft-06/2/limits', 'draft-06/7.4.1/1001-going-away'],
    () =>
      beside(async () => {
        const { socket, ended } = await opened('/');
        const bytes = masked(frameOf('binary', new Uint8Array(5000)));
        let at = 0;
        const trickle = setInterval(() => socket.write(bytes.subarray(at, ++at)), 20);
        expect(closesWith(await ended, 1001)).toBe(true);
        clearInterval(trickle);
      }),
  );

  law(
    'an announced length beyond reason is refused when it is announced',
    ['draft-06/7.4.1/1004-too-large', 'draft-06/2/limits'],
    () =>
      beside(async () => {
        const { socket, ended } = await opened('/');
        const whole = layOutFrame(frameOf('binary', new Uint8Array(0)), { maskingKey, lengthForm: 63 });
        // The lowest bit of the highest byte of the length that is masked: 2 to the power of 56.
        whole[6] = (whole[6] ?? 0) ^ 1;
        socket.write(whole);
        expect(closesWith(await ended, 1004)).toBe(true);
      }),
  );

  law(
    'many empty fragments cost no memory, and a Ping between them is answered',
    ['draft-06/4.4/any-fragment-size', 'draft-06/2/limits'],
    () =>
      beside(async () => {
        const { socket, ended } = await opened('/');
        const empty = masked({ ...frameOf('continuation', new Uint8Array(0)), fin: false });
        const many = concatBytes(Array<Uint8Array>(10_000).fill(empty));
        socket.write(masked({ ...frameOf('binary', new Uint8Array(0)), fin: false }));
        const before = process.memoryUsage().rss;
        for (let round = 0; round < 10; round++) socket.write(many);
        socket.write(concatBytes([masked(frameOf('ping', Uint8Array.of(0x70))), masked(frameOf('close'))]));
        expect(await ended).toContain('\x83\x01p');
        expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
      }),
  );

  law('a peer that never reads waits itself, and is dropped', ['draft-06/2/limits', 'draft-06/7.1.1/any-means'], () =>
    beside(async () => {
      const pings = concatBytes(Array<Uint8Array>(5000).fill(masked(frameOf('ping', new Uint8Array(100)))));
      const floods: Socket[] = [];
      for (const path of ['/messages?count=1000000&size=10000', '/']) {
        const { socket } = await opened(path);
        socket.pause();
        const flood = (): void => {
          while (!socket.destroyed && socket.write(pings));
        };
        socket.on('drain', flood);
        if (path === '/') flood();
        floods.push(socket);
      }
      await untilLeft(1);
      for (const socket of floods) socket.destroy();
    }),
  );

  law('a peer that ends its direction and never reads keeps no connection', ['draft-06/7.1.1/any-means'], () =>
    beside(async () => {
      const { socket } = await opened('/messages?count=1000000&size=10000');
      socket.pause();
      socket.end();
      await untilLeft(1);
      socket.destroy();
    }),
  );

  law(
    'a flood of connections is refused above the limit, and those that say nothing make room',
    ['draft-06/2/limits'],
    () =>
      beside(async () => {
        const flood = Array.from({ length: 120 }, () => peer());
        const answers = await Promise.all(flood.map(({ ended }) => ended));
        expect(answers.some((text) => text.startsWith('HTTP/1.1 503 '))).toBe(true);
        expect(answers.filter((text) => text === '').length).toBeGreaterThan(30);
        await untilLeft(1);
        const { socket, ended } = await opened('/');
        socket.write(masked(frameOf('close')));
        expect(await ended).toMatch(/^HTTP\/1\.1 101 /);
      }),
  );

  law(
    'a reset, an end and a loss at any byte leave nothing behind',
    ['draft-06/7.1.3/closed', 'draft-06/9/input-not-trusted'],
    () =>
      beside(async () => {
        const talk = concatBytes([
          new TextEncoder().encode(handshakeFor('/')),
          masked(frameOf('text', new Uint8Array(300).fill(0x61))),
          masked(frameOf('close')),
        ]);
        for (let at = 0; at < talk.length; at += 23) {
          const { socket, ended } = peer();
          socket.write(talk.subarray(0, at), () => {
            if (at % 3 === 0) socket.resetAndDestroy();
            else if (at % 3 === 1) socket.end();
            else socket.destroy();
          });
          await ended;
        }
        await untilLeft(1);
      }),
  );

  law('a client that reconnects without end, and one that idles on HTTP, get their turns', ['draft-06/2/limits'], () =>
    beside(async () => {
      for (let turn = 0; turn < 50; turn++) {
        const { socket, ended } = await opened('/');
        socket.write(masked(frameOf('close')));
        expect(await ended).toMatch(/^HTTP\/1\.1 101 /);
      }
      const { socket, ended } = peer();
      socket.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
      expect(await ended).toMatch(/^HTTP\/1\.1 200 /);
    }),
  );
});
