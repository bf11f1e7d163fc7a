import fc from 'fast-check';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import { problem } from '../../impl/http-answer.js';
import { type ReferenceServer, startServer } from '../../impl/server.js';
import { handshakeFor, rawClient } from '../drivers/raw-client.js';
import { law } from './law.js';

let server: ReferenceServer;
let release = (): void => undefined;
beforeAll(async () => {
  server = await startServer({
    port: 0,
    http: { bodyBytes: 5000, requests: 20 },
    routes: [
      {
        path: '/held',
        says: 'waits until it is let go',
        answer: ({ signal, query }) =>
          new Promise((resolve) => {
            const answer = (): void => {
              resolve(problem(200, 'OK', `let go ${query.get('name') ?? ''}`));
            };
            release = answer;
            signal.addEventListener('abort', answer);
          }),
      },
      {
        path: '/broken',
        says: 'fails',
        answer: () => {
          throw new Error('no');
        },
      },
    ],
  });
});
afterAll(() => server.stop());

const lines = (...text: readonly string[]): string => text.map((line) => `${line}\r\n`).join('');
const request = (start: string, ...fields: readonly string[]): string => lines(start, 'Host: h', ...fields, '');
/** The status codes of all answers in a text. */
const statuses = (text: string): readonly number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** Sends bytes, ends, and returns everything that the server says until it ends too. */
async function say(text: string, to = server): Promise<string> {
  const client = rawClient(to.port);
  client.send(text);
  client.end();
  const all = await client.ended;
  client.destroy();
  return all;
}

describe('HTTP and WebSocket on one port', () => {
  law(
    'requests that come together are answered in order, and then WebSocket',
    ['requirements-02/3/req-7'],
    async () => {
      const client = rawClient(server.port);
      client.send(request('GET /a HTTP/1.1') + request('HEAD / HTTP/1.1') + request('GET /silent HTTP/1.1'));
      client.send(handshakeFor('/close?status=4001'));
      const all = await client.until((text) => text.includes('\x0f\xa1'));
      expect(statuses(all)).toEqual([404, 200, 426, 101]);
      client.destroy();
    },
  );

  law(
    'a request is the same to the server however its bytes are cut, and however often it is sent',
    ['requirements-02/3/req-8'],
    async () => {
      const bodies = fc.constantFrom(
        request('GET / HTTP/1.1'),
        request('GET /silent HTTP/1.1', 'Content-Length: 5') + 'hello',
        request('POST /silent HTTP/1.1', 'Transfer-Encoding: chunked') +
          '5;x=y\r\nhello\r\nA\r\n0123456789\r\n000\r\nTrailer: 1\r\n\r\n',
        request('HEAD /silent HTTP/1.1'),
        request('PUT /nowhere HTTP/1.1', 'Content-Length: 0'),
      );
      await fc.assert(
        fc.asyncProperty(
          fc.array(bodies, { minLength: 1, maxLength: 6 }),
          fc.array(fc.nat(1500), { maxLength: 4 }),
          async (requests, cuts) => {
            const whole = requests.join('');
            const client = rawClient(server.port);
            let from = 0;
            for (const cut of [...cuts, whole.length].sort((one, other) => one - other)) {
              client.send(whole.slice(from, cut));
              await new Promise(setImmediate);
              from = Math.min(cut, whole.length);
            }
            client.end();
            const expected = requests.map((one) => {
              if (one.includes('/nowhere')) return 404;
              if (one.startsWith('POST')) return 405;
              return one.includes('/silent') ? 426 : 200;
            });
            expect(statuses(await client.ended)).toEqual(expected);
            client.destroy();
          },
        ),
        { numRuns: 30 },
      );
    },
  );

  law('a client that was not written here keeps its connection', ['requirements-02/3/req-9'], async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    for (let count = 0; count < 5; count++) {
      await new Promise<void>((resolve, reject) => {
        const asked = get({ port: server.port, host: '127.0.0.1', agent, path: '/silent' }, (response) => {
          ports.add(response.socket.localPort);
          expect([response.statusCode, response.headers.upgrade, response.headers.connection]).toEqual([
            426,
            'websocket',
            'Upgrade',
          ]);
          expect(response.headers.date).toMatch(/ GMT$/);
          response.resume();
          response.on('end', resolve);
        });
        asked.on('error', reject);
      });
    }
    agent.destroy();
    expect(ports.size).toBe(1);
  });

  law('what is wrong with a request is said by its status', ['requirements-02/3/req-8'], async () => {
    const cases: readonly (readonly [string, readonly number[]])[] = [
      [request('GET / HTTP/2.0'), [505]],
      [request('BREW / HTTP/1.1'), [501]],
      [request('POST / HTTP/1.1', 'Transfer-Encoding: gzip, chunked'), [501]],
      [lines('GET / HTTP/1.1', ''), [400]],
      [lines('GET / HTTP/1.1', 'Host: a', 'Host: b', ''), [400]],
      [lines('GET / HTTP/1.0', ''), [200]],
      [request('GET http://[ HTTP/1.1'), [400]],
      [request('GET http://h/silent HTTP/1.1'), [426]],
      [handshakeFor('http://['), [400]],
      [handshakeFor('/', 7), [426]],
      [request('GET silent HTTP/1.1'), [400]],
      [request('OPTIONS * HTTP/1.1'), [405]],
      [request('CONNECT h:80 HTTP/1.1'), [405]],
      [request('GET / HTTP/1.1', 'Expect: a miracle'), [417]],
      [request('GET / HTTP/1.1', 'Content-Length: 1', 'Content-Length: 1') + 'x', [400]],
      [request('GET / HTTP/1.1', 'Content-Length: -1'), [400]],
      [request('GET / HTTP/1.1', 'Content-Length: 1', 'Transfer-Encoding: chunked') + '0\r\n\r\n', [400]],
      [request('GET / HTTP/1.1', 'Content-Length: 5001'), [413]],
      [request('GET / HTTP/1.1', 'Transfer-Encoding: chunked') + 'x\r\n', [400]],
      [request('GET / HTTP/1.1', 'Transfer-Encoding: chunked') + '1\r\nxy\r\n', [400]],
      [request('GET / HTTP/1.1', 'Transfer-Encoding: chunked') + '0'.repeat(2000), [400]],
      [request('GET / HTTP/1.1', 'Transfer-Encoding: chunked') + '1389\r\n' + 'x'.repeat(5001), [413]],
      [request('GET / HTTP/1.1', 'Content-Length: 10') + 'x', []],
      [request('GET /broken HTTP/1.1') + request('GET / HTTP/1.1'), [500, 200]],
      [request('GET / HTTP/1.1', 'Connection: close') + request('GET / HTTP/1.1'), [200]],
      [lines('GET / HTTP/1.0', 'Connection: keep-alive', '').repeat(2), [200, 200]],
      ['\r\n' + request('GET / HTTP/1.1'), [200]],
      ['GET / HTTP/1.1\nHost: h\n\n', [400]],
    ];
    const seen = await Promise.all(cases.map(async ([text]) => [text, statuses(await say(text))]));
    expect(seen).toEqual(cases);
  });

  law('whoever sends Upgrade names it in Connection', ['requirements-02/3/req-8'], async () => {
    expect(await say(handshakeFor('/', 7))).toMatch(/\r\nConnection: close, Upgrade\r\n[^]*\r\nUpgrade: websocket\r\n/);
    const closing = await say(request('GET /silent HTTP/1.1', 'Connection: close'));
    expect(closing).toMatch(/\r\nConnection: Upgrade, close\r\n[^]*\r\nSec-WebSocket-Version: 6\r\n/);
    expect(await say(request('DELETE / HTTP/1.1'))).toMatch(/ 405 [^]*\r\nAllow: GET, HEAD\r\n/);
    for (const refused of [handshakeFor('/nowhere'), handshakeFor('/', 7), 'nonsense\r\n\r\n']) {
      expect(await say(refused)).toMatch(/\r\nDate: \w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT\r\n/);
    }
  });

  law('a client that waits for a 100 gets it, or the final answer', ['requirements-02/3/req-8'], async () => {
    const client = rawClient(server.port);
    client.send(request('GET / HTTP/1.1', 'Content-Length: 2', 'Expect: 100-continue'));
    expect(statuses(await client.until(/\r\n\r\n$/))).toEqual([100]);
    client.send('ok' + request('POST / HTTP/1.1', 'Content-Length: 2', 'Expect: 100-continue'));
    expect(statuses(await client.ended)).toEqual([100, 200, 405]);
    client.destroy();
  });

  law('a request can be held, while others are answered', ['requirements-02/3/req-7'], async () => {
    const client = rawClient(server.port);
    client.send(request('GET /held?name=ann HTTP/1.1') + request('GET /nowhere HTTP/1.1'));
    expect(statuses(await say(request('GET / HTTP/1.1')))).toEqual([200]);
    release();
    expect(await client.until(/ 404 /)).toMatch(/ 200 OK[^]*let go ann[^]* 404 /);
    client.destroy();
  });
});

describe('what ordinary HTTP may cost', () => {
  law('a client that does not read, or that sends without end, has to wait', ['draft-06/2/limits'], async () => {
    const large = 'x'.repeat(8 * 1024 * 1024);
    const slow = await startServer({
      port: 0,
      http: { idle: 100 },
      routes: [{ path: '/large', says: '', answer: () => problem(200, 'OK', large) }],
    });
    const deaf = connect(slow.port, '127.0.0.1').pause();
    deaf.write(request('GET /large HTTP/1.1').repeat(10));
    await vi.waitUntil(() => slow.connections() === 1);
    await vi.waitUntil(() => slow.connections() === 0, 5000);
    deaf.destroy();
    await slow.stop();

    const talker = connect(server.port, '127.0.0.1');
    const bulk = 32 * 1024 * 1024;
    talker.write(request('GET /held HTTP/1.1') + 'x'.repeat(bulk));
    expect(statuses(await say(request('GET / HTTP/1.1')))).toEqual([200]);
    expect(talker.writableLength).toBeGreaterThan(bulk / 4);
    talker.destroy();
  });

  law('a connection takes no more requests than the limit', ['draft-06/2/limits'], async () => {
    const all = await say(request('GET /nowhere HTTP/1.1').repeat(25));
    expect(statuses(all)).toEqual(Array.from({ length: 20 }, () => 404));
    expect(all.match(/Connection: close/g)).toHaveLength(1);
  });

  law('an idle connection, and a body that does not come, end after their time', ['draft-06/2/limits'], async () => {
    const hasty = await startServer({ port: 0, http: { idle: 20, bodyTime: 20 }, durations: { handshake: 20 } });
    const idle = rawClient(hasty.port);
    idle.send(request('GET / HTTP/1.1'));
    const slow = rawClient(hasty.port);
    slow.send(request('GET / HTTP/1.1', 'Content-Length: 2') + 'x');
    const slowHead = rawClient(hasty.port);
    slowHead.send(request('GET / HTTP/1.1') + 'GET / HT');
    expect(statuses(await idle.ended)).toEqual([200]);
    expect(statuses(await slow.ended)).toEqual([408]);
    expect(statuses(await slowHead.ended)).toEqual([200]);
    for (const client of [idle, slow, slowHead]) client.end();
    await hasty.stop();
    expect(hasty.connections()).toBe(0);
  });

  law('a flood of connections leaves those that are there alone', ['draft-06/2/limits'], async () => {
    const small = await startServer({ port: 0, maxConnections: 3 });
    const first = rawClient(small.port);
    first.send(handshakeFor('/silent'));
    await first.until(/101 /);
    const flood = Array.from({ length: 60 }, () => rawClient(small.port));
    for (const client of flood) client.send(request('GET / HTTP/1.1', 'Connection: close'));
    const seen = await Promise.all(flood.map(async (client) => statuses(await client.ended).join()));
    expect(new Set(seen)).toEqual(new Set(['200', '503']));
    for (const client of flood) client.destroy();
    first.send('\0\0\0\0\x82\0');
    await first.until((text) => text.endsWith('\x83\0'));
    first.destroy();
    await small.stop();
  });

  law('a server that stops lets go what it holds', ['draft-06/7.4.1/1001-going-away'], async () => {
    const leaving = await startServer({
      port: 0,
      routes: [
        {
          path: '/held',
          says: '',
          answer: ({ signal }) =>
            new Promise((resolve) => {
              signal.addEventListener('abort', () => {
                resolve(problem(200, 'OK', 'in time'));
              });
            }),
        },
      ],
    });
    const held = rawClient(leaving.port);
    held.send(request('GET /held HTTP/1.1'));
    const idle = rawClient(leaving.port);
    idle.send(request('GET / HTTP/1.1'));
    await idle.until(/<\/html>/);
    const stopped = leaving.stop();
    expect(await held.ended).toMatch(/Connection: close[^]*in time/);
    held.end();
    await stopped;
    for (const client of [held, idle]) client.destroy();
  });
});
