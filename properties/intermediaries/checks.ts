import assert from 'node:assert/strict';
import { randomFillSync } from 'node:crypto';
import { encodeFrame } from '../../model/frame-encoder.js';
import { frameOf } from '../../model/frame.js';
import { parseUri } from '../../model/uri.js';
import { handshakeFor, rawClient } from '../drivers/raw-client.js';
import { verify } from '../verify.js';
import type { Intermediary } from './intermediary.js';
import { timeoutFaultsOn } from './timeouts.js';
import type { Way } from './way.js';

/** Something that has to be as if nobody stood between client and server; throws where it is not. */
export interface Check {
  readonly name: string;
  /** Where it makes sense; default: everywhere. */
  readonly applies?: (program: Intermediary) => boolean;
  readonly run: (way: Way) => Promise<void>;
}

/** What an intermediary reads and answers itself: see docs/intermediaries.md for what differs there. */
const handshakeCases = ['handshake', 'headers'];

const sizes = [0, 1, 125, 126, 65_535, 65_536, 1_048_576];

const statusOf = (text: string): number => Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1]);

/** The answer to one request, and the end of the connection. */
async function ask(way: Way, request: string): Promise<string> {
  const client = await way.open();
  client.send(request);
  const text = await client.until(/\r\n\r\n/);
  client.destroy();
  return text;
}

export const checks: readonly Check[] = [
  {
    name: 'text and binary messages of every form of the length come back',
    run: async (way) => {
      const texts = sizes.map((size) => 'é'.repeat(size >> 1).padEnd(size >> 1, 'x'));
      const bytes = sizes.map((size) => randomFillSync(Buffer.alloc(size)));
      const expected = [...texts, ...bytes.map((one) => one.toString('hex'))];
      const { texts: echoed, outcome } = await way.talk('/', {
        onOpen: (_, client) => {
          for (const text of texts) client.send(text);
          for (const one of bytes) client.send(one);
          client.close({ status: 1000 });
        },
      });
      assert.deepEqual(echoed, expected);
      assert.equal(outcome.clean, true);
    },
  },
  {
    name: 'masked frames reach the server byte by byte',
    run: async (way) => {
      const client = await way.open();
      client.send(handshakeFor('/silent'));
      await client.until(/ 101 [^]*\r\n\r\n/);
      const frames = sizes.slice(0, 6).map((size) => {
        const maskingKey = randomFillSync(new Uint8Array(4));
        return encodeFrame(frameOf('binary', randomFillSync(new Uint8Array(size))), { maskingKey });
      });
      const sent = Buffer.concat([...frames, encodeFrame(frameOf('ping'), { maskingKey: new Uint8Array(4) })]);
      client.send(sent.toString('latin1'));
      await client.until((text) => text.endsWith('\x83\0'));
      assert.ok(way.read().subarray(-sent.length).equals(sent), 'the bytes were changed');
      client.destroy();
    },
  },
  {
    name: 'status codes pass in both directions',
    run: async (way) => {
      const closed = await way.talk('/close?status=4001&reason=enough');
      assert.deepEqual(closed.outcome.received, { status: 4001, reason: 'enough' });
      assert.equal(closed.outcome.clean, true);
      const closing = await way.talk('/', {
        onOpen: (_, client) => {
          client.close({ status: 3999, reason: 'mine' });
        },
      });
      assert.deepEqual([closing.outcome.received?.status, closing.outcome.clean], [3999, true]);
    },
  },
  {
    name: 'pings pass in both directions',
    run: async (way) => {
      let answered = '';
      const { pings } = await way.talk('/ping?count=2&body=are%20you%20there', {
        onOpen: (_, client) => {
          client.ping(Buffer.from('and you'));
        },
        onPong: (body, client) => {
          answered = Buffer.from(body).toString();
          client.close();
        },
      });
      assert.deepEqual([pings, answered], [['are you there 0', 'are you there 1'], 'and you']);
    },
  },
  {
    name: 'refusals pass with their status, and 426 with the version',
    run: async (way) => {
      assert.equal(statusOf(await ask(way, handshakeFor('/nowhere'))), 404);
      const noKey = handshakeFor('/').replace(/Sec-WebSocket-Key: [^\r]*\r\n/, '');
      assert.equal(statusOf(await ask(way, noKey)), 400);
      const origin = handshakeFor('/').replace('Sec-', 'Sec-WebSocket-Origin: http://bad.example\r\nSec-');
      assert.equal(statusOf(await ask(way, origin)), 403);
      const version = await ask(way, handshakeFor('/', 7));
      assert.equal(statusOf(version), 426);
      assert.match(version, /\r\nSec-WebSocket-Version: 6\r\n/i);
    },
  },
  {
    name: 'half an opening handshake is refused with 400: without Upgrade, which is for one hop',
    applies: ({ kind, untold }) => kind === 'forward' || untold !== undefined,
    run: async ({ program, place, server }) => {
      const client = rawClient(place.port);
      // A forward proxy that is given a request instead of a CONNECT.
      client.send(handshakeFor(program.untold ?? `http://127.0.0.1:${server.port}/`));
      assert.equal(statusOf(await client.until(/\r\n\r\n/)), 400);
      client.destroy();
    },
  },
  {
    name: 'ordinary HTTP passes, and an opening handshake behind it on the same connection',
    run: async (way) => {
      const client = await way.open();
      client.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
      assert.equal(statusOf(await client.until(/<\/html>/)), 200);
      client.forget();
      client.send(handshakeFor('/close?status=4002'));
      await client.until((text) => / 101 /.test(text) && text.includes('\x0f\xa2'));
      client.destroy();
    },
  },
  {
    name: 'the end of the connection passes, without a Close too',
    run: async (way) => {
      const { outcome } = await way.talk('/drop');
      assert.equal(outcome.clean, false);
      const client = await way.open();
      client.send(handshakeFor('/silent'));
      await client.until(/ 101 /);
      client.destroy();
      for (let tries = 0; way.server.connections() > 0 && tries < 100; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      // Some keep connections to the server, without any client, for the next request.
      assert.ok(way.server.connections() <= 2, `${way.server.connections()} connections are left`);
    },
  },
  {
    name: 'every case behind the opening handshake holds as it does without anybody between',
    // In front of a client, what stands behind a CONNECT is bytes, and checked above.
    applies: ({ kind }) => kind === 'reverse',
    run: async ({ program, place }) => {
      const shownTarget = `ws://127.0.0.1:${place.port}/`;
      const parsed = parseUri(shownTarget);
      assert.ok(parsed.ok);
      const target = { uri: parsed.uri, subprotocols: [], fields: [], timeout: 2000 };
      const verification = await verify({ target, shownTarget, version: program.name, seed: 1, skip: handshakeCases });
      assert.ok(verification.kind === 'report');
      const { cases } = verification.report;
      assert.ok(cases.length > 100);
      const weighty = cases.filter(({ verdict }) => ['fail', 'advisory', 'inconclusive'].includes(verdict));
      assert.deepEqual(
        weighty.map(({ id, verdict, reason = '' }) => `${id} ${verdict} ${reason}`),
        [],
      );
    },
  },
  {
    name: 'the timeouts of a request get through as they were seen to',
    run: async (way) => {
      assert.deepEqual(await timeoutFaultsOn(way), way.program.timeoutFaults);
    },
  },
  {
    name: 'a server that is down is told by its status',
    run: async ({ program, place }) => {
      const client = rawClient(place.port);
      client.send(
        program.kind === 'reverse'
          ? handshakeFor('/down')
          : `CONNECT 127.0.0.1:${place.nowhere} HTTP/1.1\r\nHost: 127.0.0.1:${place.nowhere}\r\n\r\n`,
      );
      assert.equal(statusOf(await client.until(/\r\n\r\n/)), program.statusWhenDown);
      client.destroy();
    },
  },
];
