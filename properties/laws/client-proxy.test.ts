import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClientConnectOptions, connect } from '../../impl/client.js';
import { createConnectingLine } from '../../impl/connecting.js';
import { type ReferenceServer, startServer } from '../../impl/server.js';
import { type HeldServer, startHeldServer } from '../drivers/held-server.js';
import {
  type HttpProxyAnswer,
  type LoopbackProxy,
  type SocksProxyOptions,
  startHttpProxy,
  startSocksProxy,
} from '../drivers/loopback-proxies.js';
import { talkToEcho } from './echo-talk.js';
import { law } from './law.js';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startServer({ port: 0 });
});
afterAll(() => server.stop());

/** Talks to the echo, and tells what came back or why nothing did. */
async function talk(url: string, options: ClientConnectOptions): Promise<string> {
  const { echoed = '', isClean, why } = await talkToEcho(url, options);
  return isClean ? `echo ${echoed}` : why;
}

async function throughHttp(
  url: string,
  answer?: (head: string) => HttpProxyAnswer,
  user = '',
): Promise<{ readonly said: string; readonly asked: readonly string[]; readonly proxy: LoopbackProxy }> {
  const proxy = await startHttpProxy(answer);
  const said = await talk(url, { proxy: `http://${user}127.0.0.1:${proxy.port}`, durations: { connect: 2000 } });
  await proxy.stop();
  return { said, asked: proxy.asked, proxy };
}

describe('through an HTTP proxy', () => {
  law(
    'a client asks for a TCP connection to host and port of the URI, names not looked up, and talks through it',
    ['draft-06/5.1/proxy-connected', 'draft-06/5.1/proxy-opens', 'requirements-02/3.3/req-17'],
    async () => {
      const { said, asked } = await throughHttp(`ws://server.example:${server.port}/`);
      expect(said).toBe('echo hello');
      const where = `server.example:${server.port}`;
      expect(asked).toEqual([`CONNECT ${where} HTTP/1.1\r\nHost: ${where}\r\n\r\n`]);
    },
  );

  law(
    'a client asks a function as it would a script, with the URI that the steps of section 3.2 construct',
    ['draft-06/5.1/proxy-script-uri'],
    async () => {
      const lookup = (): Promise<readonly string[]> => Promise.resolve([]);
      const asked: (readonly [string, string])[] = [];
      const proxy = (uri: string, host: string): undefined => {
        asked.push([uri, host]);
      };
      for (const url of ['WS://Server.EXAMPLE:80', 'wss://server.example:443/a?b=%20', 'ws://server.example:81/']) {
        await talk(url, { proxy, lookup });
      }
      expect(asked).toEqual([
        ['ws://server.example/', 'server.example'],
        ['wss://server.example/a?b=%20', 'server.example'],
        ['ws://server.example:81/', 'server.example'],
      ]);
      const chosen = await startHttpProxy(() => ({ bytes: 'HTTP/1.1 403 Forbidden\r\n\r\n' }));
      const said = await talk('ws://server.example/', { proxy: () => `http://127.0.0.1:${chosen.port}` });
      expect(said).toContain('answered 403');
      await chosen.stop();
    },
  );

  law('a client gives user and password where it has them', ['draft-06/5.1/proxy-opens'], async () => {
    const { asked } = await throughHttp(`ws://server.example:${server.port}/`, undefined, 'ednamode:nocapes!@');
    expect(asked[0]).toMatch(/^Proxy-Authorization: Basic ZWRuYW1vZGU6bm9jYXBlcyE=\r$/im);
  });

  law(
    'an error of the proxy fails the connection, with its status as the reason',
    ['draft-06/5.1/connection-not-opened', 'draft-06/5.1/attempt-aborted'],
    async () => {
      const answers = [
        ['HTTP/1.1 403 Forbidden\r\n\r\n', 'answered 403 Forbidden'],
        ['HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', 'answered 407 Proxy Authentication Required; give user'],
        ['HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\nbody', 'answered 502 Bad Gateway'],
        ['HTTP/1.1 302 Found\r\nLocation: http://x/\r\n\r\n', 'answered 302 Found'],
        ['HTTP/1.1 101 Switching Protocols\r\n\r\n', 'answered 101 Switching Protocols'],
      ] as const;
      for (const [bytes, reason] of answers) {
        const { said, proxy } = await throughHttp('ws://server.example/', () => ({ bytes }));
        expect(said).toContain(`the proxy 127.0.0.1:${proxy.port} ${reason}`);
      }
    },
  );

  test('that is hostile a client gives up in bounded time and space', async () => {
    const hostile: readonly (readonly [HttpProxyAnswer, string])[] = [
      [{ bytes: '\0\xff\xfe garbage\r\n\r\n' }, 'no HTTP response'],
      [{ bytes: 'GET / HTTP/1.1\r\n\r\n' }, 'no HTTP response'],
      [{ bytes: '' }, 'ended the connection without an answer'],
      [{ bytes: `X: ${'x'.repeat(60_000)}\r\n`, then: 'endless' }, 'no HTTP response'],
      [{ bytes: `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(60_000)}\r\n`, then: 'endless' }, 'no HTTP response'],
    ];
    for (const [answer, reason] of hostile) {
      expect((await throughHttp('ws://server.example/', () => answer)).said).toContain(reason);
    }
  });

  test('that says nothing a client waits for no longer than for a connection', async () => {
    const proxy = await startHttpProxy(() => ({ bytes: 'HTTP/1.1 200 OK\r\n', then: 'hold' }));
    const options = { proxy: `http://127.0.0.1:${proxy.port}`, durations: { connect: 50 } };
    expect(await talk('ws://server.example/', options)).toContain('did not answer in time');
    await proxy.stop();
  });

  test('that cannot be reached the reason says so', async () => {
    const proxy = await startHttpProxy();
    await proxy.stop();
    const said = await talk('ws://server.example/', { proxy: `http://127.0.0.1:${proxy.port}` });
    expect(said).toMatch(/^the proxy 127\.0\.0\.1:\d+ cannot be reached: .*ECONNREFUSED/);
  });

  test('bytes that come behind its answer are those of the server', async () => {
    const early = 'HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 403 Early\r\n\r\n';
    expect((await throughHttp('ws://server.example/', () => ({ bytes: early }))).said).toContain('403 Early');
    expect((await throughHttp('wss://server.example/', () => ({ bytes: early }))).said).toContain('does not speak TLS');
    const behind = 'HTTP/1.1 403 Early\r\n\r\n';
    expect((await throughSocks('ws://server.example/', { behind })).said).toContain('403 Early');
    expect((await throughSocks('wss://server.example/', { behind })).said).toMatch(/TLS/);
  });
});

async function throughSocks(
  url: string,
  options: SocksProxyOptions = {},
  before = 'socks5h://',
): Promise<{ readonly said: string; readonly asked: readonly string[] }> {
  const proxy = await startSocksProxy(options);
  const lookup = (): Promise<readonly string[]> => Promise.resolve(['127.0.0.1']);
  const said = await talk(url, { proxy: `${before}127.0.0.1:${proxy.port}`, lookup, durations: { connect: 2000 } });
  await proxy.stop();
  return { said, asked: proxy.asked };
}

describe('through a SOCKS proxy', () => {
  law(
    'a client asks for a TCP connection by name or, where it looks names up itself, by address',
    ['draft-06/5.1/proxy-connected', 'draft-06/5.1/proxy-opens'],
    async () => {
      const url = `ws://server.example:${server.port}/`;
      const byName = await throughSocks(url);
      expect(byName).toEqual({ said: 'echo hello', asked: [`server.example:${server.port}`] });
      const byAddress = await throughSocks(url, {}, 'socks5://');
      expect(byAddress).toEqual({ said: 'echo hello', asked: [`127.0.0.1:${server.port}`] });
      const known = await throughSocks(url, { credentials: 'user:pass' }, 'socks5h://user:pass@');
      expect(known).toEqual({ said: 'echo hello', asked: [`server.example:${server.port} user:pass`] });
    },
  );

  law('a refusal fails the connection with a plain reason', ['draft-06/5.1/connection-not-opened'], async () => {
    const refusals: readonly (readonly [SocksProxyOptions, string])[] = [
      [{ reply: 2 }, 'refused the connection: not allowed'],
      [{ reply: 4 }, 'refused the connection: host unreachable'],
      [{ reply: 99 }, 'refused the connection: for a reason of its own'],
      [{ credentials: 'user:pass' }, 'wants user and password'],
      [{ garbage: 'HTTP/1.1 400 Bad Request\r\n\r\n' }, 'did not open the connection'],
      [{ garbage: '' }, 'ended the connection without an answer'],
    ];
    for (const [options, reason] of refusals) {
      expect((await throughSocks('ws://server.example/', options)).said).toContain(reason);
    }
    const wrong = await throughSocks('ws://server.example/', { credentials: 'a:b' }, 'socks5h://a:c@');
    expect(wrong.said).toContain('refused user and password');
  });
});

describe('behind a proxy that looks names up', () => {
  let held: HeldServer;
  let proxy: LoopbackProxy;
  beforeAll(async () => {
    held = await startHeldServer();
    proxy = await startHttpProxy();
  });
  afterAll(async () => {
    await held.stop();
    await proxy.stop();
  });

  law(
    'each name is a host of its own, the same name is waited for, and no more than the limit connect at once',
    ['draft-06/5.1/unknown-addresses-distinct', 'draft-06/5.1/limit-of-connecting', 'draft-06/5.1/wait-for-connecting'],
    async () => {
      const line = createConnectingLine({ maxUnknown: 2 });
      const opened: string[] = [];
      const names = ['a.example', 'a.example', 'b.example', 'c.example'];
      const clients = names.map((name) =>
        connect(`ws://${name}:${held.port}/`, {
          line,
          proxy: `http://127.0.0.1:${proxy.port}`,
          onOpen: () => opened.push(name),
        }),
      );
      const hostOf = (request: string): string => /^Host: ([^:]*)/m.exec(request)?.[1] ?? '';
      const first = [await held.next(), await held.next()];
      expect(first.map(({ request }) => hostOf(request)).sort()).toEqual(['a.example', 'b.example']);
      expect(line.waiting()).toBe(2);
      for (const connection of first) connection.accept();
      const second = [await held.next(), await held.next()];
      expect(second.map(({ request }) => hostOf(request)).sort()).toEqual(['a.example', 'c.example']);
      for (const client of clients) client.drop();
      expect(line.waiting()).toBe(0);
    },
  );
});
