import { createServer, connect as connectTcp, type Socket } from 'node:net';
import { describe, expect } from 'vitest';
import { type ClientConnectOptions, connect } from '../../impl/client.js';
import { type ReferenceServer, type ReferenceServerOptions, startServer } from '../../impl/server.js';
import { law } from './law.js';

/* How long the reference server and client hold a connection and a request: on sockets, so in real time. */

async function withServer(
  options: ReferenceServerOptions,
  run: (server: ReferenceServer) => Promise<unknown>,
): Promise<void> {
  const server = await startServer({ port: 0, ...options });
  try {
    await run(server);
  } finally {
    await server.stop();
  }
}

/** A conversation of a client with a server, up to its end: what was received, and when. */
interface Past {
  readonly opened: boolean;
  readonly status: number | undefined;
  readonly clean: boolean;
  /** Milliseconds from the beginning to the Close, or to the end if there was none. */
  readonly lasted: number;
  readonly why: string;
  readonly head: string;
}

function talk(url: string, options: ClientConnectOptions = {}, sendEvery = 0, sends = 0): Promise<Past> {
  return new Promise((resolve) => {
    const start = performance.now();
    let opened = false;
    let status: number | undefined;
    let lasted: number | undefined;
    let head = '';
    let left = sends;
    connect(url, {
      ...options,
      watcher: {
        onBytes: (from, bytes) => {
          if (from === 'remote') head += Buffer.from(bytes).toString('latin1');
        },
      },
      onOpen: (_, client) => {
        opened = true;
        const timer = setInterval(() => {
          if (left-- > 0 && client.canSend()) client.ping();
          else clearInterval(timer);
        }, sendEvery || 1);
      },
      onClose: (close) => {
        status = close.status;
        lasted = performance.now() - start;
      },
      onEnd: ({ clean }, why) => {
        resolve({ opened, status, clean, lasted: lasted ?? performance.now() - start, why, head });
      },
    });
  });
}

/** Sends a request and reads until the server ends, or for some time: what came, and when. */
function ask(
  port: number,
  request: string,
  forMs = 5000,
): Promise<{ text: string; answeredMs: number; endedMs: number }> {
  return new Promise((resolve) => {
    const start = performance.now();
    let text = '';
    let answeredMs = Infinity;
    const socket = connectTcp(port, '127.0.0.1', () => socket.write(request));
    const finish = (): void => {
      socket.destroy();
      clearTimeout(timer);
      resolve({ text, answeredMs, endedMs: performance.now() - start });
    };
    const timer = setTimeout(finish, forMs);
    socket.on('data', (chunk) => {
      if (text === '') answeredMs = performance.now() - start;
      text += chunk.toString('latin1');
    });
    socket.on('end', finish);
    socket.on('error', finish);
  });
}

const get = (path: string, ...lines: readonly string[]): string =>
  ['GET ' + path + ' HTTP/1.1', 'Host: 127.0.0.1', ...lines, '', ''].join('\r\n');

/** Timers and clocks of a loaded machine are that far apart at most, in milliseconds. */
const slack = 20;

// Waiting costs no work: all of it is done at once.
describe.concurrent('in real time', () => {
  law(
    'the reference server keeps an idle WebSocket connection as long as it says, then closes it; Pings put the end off',
    [
      'http-timeout-00/4/kept-as-long-as-said',
      'http-timeout-00/4/minimum-idle-time',
      'http-timeout-00/4/idle',
      'http-timeout-00/4.2/can-apply',
      'draft-06/7.4.1/1001-going-away',
    ],
    () =>
      withServer({ idleTimeout: 1 }, async ({ url }) => {
        const [idle, busy] = await Promise.all([talk(url), talk(url, {}, 300, 2)]);
        expect(idle).toMatchObject({ opened: true, status: 1001, clean: true });
        expect(idle.lasted).toBeGreaterThan(1000 - slack);
        expect(busy).toMatchObject({ opened: true, status: 1001, clean: true });
        expect(busy.lasted).toBeGreaterThan(1600 - slack);
      }),
  );

  law(
    'the end of an idle WebSocket connection is a matter of readings: by Close or by TCP, whatever Pings do, or never',
    ['http-timeout-00/4.2/may-assume', 'http-timeout-00/4/idle', 'http-timeout-00/4/may-keep-longer'],
    async () => {
      const reading = (readings: ReferenceServerOptions['readings'] & object, run: (url: string) => Promise<unknown>) =>
        withServer({ idleTimeout: 1, readings }, ({ url }) => run(url));
      await Promise.all([
        reading({ endOfIdle: 'drop' }, async (url) => {
          expect(await talk(url)).toMatchObject({ opened: true, status: undefined, clean: false });
        }),
        reading({ pingWhenIdle: 'do-not' }, async (url) => {
          expect((await talk(url, {}, 300, 4)).lasted).toBeLessThan(2000);
        }),
        reading({ timeoutAfterUpgrade: 'ends' }, async (url) => {
          const kept = talk(url, {}, 700, 2);
          const first = await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, 1300, 'kept'))]);
          expect(first).toBe('kept');
        }),
        reading({ twoConnectionTimeouts: 'negotiated' }, async (url) => {
          expect((await talk(url, { connectionTimeout: 0 })).lasted).toBeLessThan(1000);
        }),
      ]);
    },
  );

  law(
    'Connection-Timeout stands with its token on answers that keep the connection, and on a 101 only by reading R-3027',
    [
      'http-timeout-00/4/connection-token',
      'http-timeout-00/4/grammar',
      'http-timeout-00/4/either-host',
      'http-timeout-00/4/kept-as-long-as-said',
    ],
    () =>
      withServer({ idleTimeout: 1 }, async ({ port, url }) => {
        const [kept, closed, { head }] = await Promise.all([
          ask(port, get('/')),
          ask(port, get('/', 'Connection: close')),
          talk(url),
        ]);
        expect(kept.text).toMatch(/\r\nConnection-Timeout: 1\r\n/);
        expect(kept.text).toMatch(/\r\nConnection: Connection-Timeout\r\n/);
        expect(kept.endedMs - kept.answeredMs).toBeGreaterThan(1000 - slack);
        expect(closed.text).not.toMatch(/Connection-Timeout/);
        expect(head).toMatch(/^HTTP\/1.1 101 /);
        expect(head).not.toMatch(/Connection-Timeout/i);
      }),
  );

  law(
    'a client that looks for a token accepts a 101 with both, and the usual client fails',
    ['http-timeout-00/4.2/can-apply', 'draft-06/5.1/response-connection'],
    () =>
      withServer({ idleTimeout: 60, readings: { timeoutOnAcceptance: 'both-tokens' } }, async ({ url }) => {
        const usual = await talk(url);
        expect(usual.opened).toBe(false);
        expect(usual.head).toMatch(
          /\r\nConnection: Upgrade, Connection-Timeout\r\n(.*\r\n)*Connection-Timeout: 60\r\n/,
        );
        const other = await new Promise((resolve) => {
          const client = connect(url, {
            readings: { connectionOfResponse: 'token' },
            onOpen: () => {
              client.close({ status: 1000 });
            },
            onEnd: ({ clean }) => {
              resolve(clean);
            },
          });
        });
        expect(other).toBe(true);
      }),
  );

  law(
    'GET /poll is answered within its Request-Timeout, and within the time of the server',
    [
      'http-timeout-00/3/server-interprets',
      'http-timeout-00/3/server-may-lower',
      'http-timeout-00/3.1/server-may-guess',
      'http-timeout-00/3/maximum-wait',
    ],
    () =>
      withServer({ poll: { longest: 1 } }, async ({ port }) => {
        const close = 'Connection: close';
        const [asked, lowered, guessed, happened, wrong, zero] = await Promise.all([
          ask(port, get('/poll', 'Request-Timeout: 1', close)),
          ask(port, get('/poll', 'Request-Timeout: 4000000000', close)),
          ask(port, get('/poll', 'Request-Timeout: soon', close)),
          ask(port, get('/poll?after=0', 'Request-Timeout: 1', close)),
          ask(port, get('/poll?after=soon', close)),
          ask(port, get('/poll', 'Request-Timeout: 0', close)),
        ]);
        for (const { text, answeredMs } of [asked, lowered, guessed]) {
          expect(text).toMatch(/^HTTP\/1.1 204 No Content\r\n(?!.*Content-Length)/s);
          expect(text).toMatch(/\r\n\r\n$/);
          expect(answeredMs).toBeGreaterThan(800);
          expect(answeredMs).toBeLessThan(1000 + 30 * slack);
        }
        expect(happened.text).toMatch(/^HTTP\/1.1 200 OK\r\n/);
        expect(wrong.text).toMatch(/^HTTP\/1.1 400 /);
        expect(zero.answeredMs).toBeLessThan(500);
      }),
  );

  law(
    'a poll costs a place until it is answered, or until its client goes away',
    ['http-timeout-00/3/server-may-be-late'],
    () =>
      withServer({ poll: { longest: 60, maxHeld: 1 } }, async ({ port, connections }) => {
        const held = connectTcp(port, '127.0.0.1');
        held.write(get('/poll', 'Request-Timeout: 60'));
        const status = async (): Promise<string> =>
          (await ask(port, get('/poll?after=0', 'Connection: close'))).text.slice(9, 12);
        // The two connections may be accepted in either order.
        while ((await status()) !== '503');
        held.destroy();
        while (connections() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
        expect(await status()).toBe('200');
      }),
  );

  law(
    'a client tells both timeouts, waits for the response as long as it said and the way may take, and gives up then',
    [
      'http-timeout-00/3/client-adds',
      'http-timeout-00/3/client-allows-for-delays',
      'http-timeout-00/3/client-sets-maximum',
      'http-timeout-00/4/connection-token',
    ],
    async () => {
      const sockets = new Set<Socket>();
      let request = '';
      const silent = createServer((socket) => {
        sockets.add(socket);
        socket.on('data', (chunk) => (request += chunk.toString('latin1')));
        socket.on('error', () => undefined);
      });
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const { port } = silent.address() as { port: number };
      const past = await talk(`ws://127.0.0.1:${port}/`, {
        requestTimeout: 0,
        connectionTimeout: 60,
        delayAllowance: 0.3,
      });
      for (const socket of sockets) socket.destroy();
      silent.close();
      expect(request).toMatch(/\r\nConnection: Upgrade, Connection-Timeout\r\n/);
      expect(request).toMatch(/\r\nRequest-Timeout: 0\r\nConnection-Timeout: 60\r\n/);
      expect(past.opened).toBe(false);
      expect(past.lasted).toBeGreaterThan(300 - slack);
      expect(() => connect('ws://127.0.0.1:1/', { requestTimeout: 9, connectionTimeout: 8 })).toThrow(RangeError);
    },
  );

  law(
    'a client closes a connection that was idle for as long as it said',
    ['http-timeout-00/4/kept-as-long-as-said', 'http-timeout-00/4/value-is-policy'],
    () =>
      withServer({}, async ({ url }) => {
        const past = await talk(url, { connectionTimeout: 1 });
        expect(past).toMatchObject({ opened: true, status: 1001, clean: true });
        expect(past.lasted).toBeGreaterThan(1000 - slack);
      }),
  );
});
