import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClientConnectOptions, connect } from '../../impl/client.js';
import { type ConnectingLine, createConnectingLine, processLine, remoteAddress } from '../../impl/connecting.js';
import type { Endpoint } from '../../impl/endpoint.js';
import { type HeldServer, startHeldServer } from '../drivers/held-server.js';
import { law } from './law.js';

let server: HeldServer;
let elsewhere: HeldServer;
beforeAll(async () => {
  server = await startHeldServer();
  elsewhere = await startHeldServer('127.0.0.2', server.port);
});
afterAll(async () => {
  await server.stop();
  await elsewhere.stop();
});

/** What became of a connection. */
interface Attempt {
  readonly client: Endpoint;
  readonly ended: Promise<string>;
  readonly opened: Promise<void>;
}

function attempt(url: string, options: ClientConnectOptions): Attempt {
  let onOpen = (): void => undefined;
  let onEnd: ClientConnectOptions['onEnd'];
  const opened = new Promise<void>((resolve) => (onOpen = resolve));
  const ended = new Promise<string>((resolve) => {
    onEnd = (_, why) => {
      resolve(why);
    };
  });
  const client = connect(url, {
    durations: { drop: 20 },
    ...options,
    onOpen,
    ...(onEnd === undefined ? {} : { onEnd }),
  });
  return { client, ended, opened };
}

/** Names of one machine, and one of another. */
const lookup = (name: string): Promise<readonly string[]> =>
  Promise.resolve(name === 'elsewhere.example' ? ['127.0.0.2'] : ['127.0.0.1']);

/** Gives connections that were not held back the time to reach the server. */
async function settle(): Promise<void> {
  for (let at = 0; at < 50; at++) await turn();
}

const urlOf = (host: string): string => `ws://${host}:${server.port}/`;

describe('connections of a client to one address', () => {
  law(
    'are made one after the other, under whatever name and however those before them end, and in order',
    ['draft-06/5.1/wait-for-connecting', 'draft-06/5.1/one-connecting-per-address', 'draft-06/5.1/attempts-serialized'],
    async () => {
      const line = createConnectingLine();
      const hosts = ['a.example', 'b.example', 'a.example', 'c.example', 'b.example'];
      const attempts = hosts.map((host) => attempt(urlOf(host), { lookup, line }));
      const endings = ['accept', 'refuse', 'vanish', 'give up', 'accept'];
      const seen: string[] = [];
      for (const [at, ending] of endings.entries()) {
        const held = await server.next();
        seen.push(/^Host: ([^:]*)/m.exec(held.request)?.[1] ?? '');
        await settle();
        // Nobody else got through while this one is connecting.
        expect(server.untaken()).toBe(0);
        const current = attempts[at];
        if (ending === 'accept') held.accept();
        else if (ending === 'refuse') held.answer('HTTP/1.1 403 Forbidden\r\nContent-Length: 0');
        else if (ending === 'vanish') held.socket.destroy();
        else current?.client.drop();
        await (ending === 'accept' ? current?.opened : current?.ended);
      }
      expect(seen).toEqual(hosts);
      expect(line.waiting()).toBe(0);
      for (const { client } of attempts) client.drop();
    },
  );

  law('do not wait for those to another address', ['draft-06/5.1/wait-for-connecting'], async () => {
    const line = createConnectingLine();
    const here = attempt(urlOf('a.example'), { lookup, line });
    const there = attempt(urlOf('elsewhere.example'), { lookup, line });
    const [first, second] = await Promise.all([server.next(), elsewhere.next()]);
    expect([here.client.phase(), there.client.phase()]).toEqual(['connecting', 'connecting']);
    first.accept();
    second.accept();
    await Promise.all([here.opened, there.opened]);
    here.client.drop();
    there.client.drop();
  });

  law(
    'that are established are without a limit: none is waited for',
    ['draft-06/5.1/wait-for-connecting'],
    async () => {
      const line = createConnectingLine();
      const attempts = Array.from({ length: 20 }, () => attempt(urlOf('127.0.0.1'), { line }));
      for (let at = 0; at < attempts.length; at++) (await server.next()).accept();
      await Promise.all(attempts.map(({ opened }) => opened));
      expect(attempts.every(({ client }) => client.phase() === 'open')).toBe(true);
      for (const { client } of attempts) client.drop();
    },
  );

  test('wait without losing time for connecting, and may be given up meanwhile', async () => {
    const line = createConnectingLine();
    const options = { line, durations: { connect: 40, handshake: 5000 } };
    const first = attempt(urlOf('127.0.0.1'), options);
    const givenUp = attempt(urlOf('127.0.0.1'), options);
    const last = attempt(urlOf('127.0.0.1'), options);
    const held = await server.next();
    await settle();
    givenUp.client.drop();
    await givenUp.ended;
    expect(line.waiting()).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    held.accept();
    (await server.next()).accept();
    await Promise.all([first.opened, last.opened]);
    first.client.drop();
    last.client.drop();
  });

  test('try each address of a host, one after the other', async () => {
    const line = createConnectingLine();
    const both = attempt(`ws://two.example:${server.port}/`, {
      line,
      lookup: () => Promise.resolve(['127.0.0.3', '127.0.0.1']),
    });
    (await server.next()).accept();
    await both.opened;
    both.client.drop();
  });

  test('to a name without an address fail with a plain reason', async () => {
    const nobody = attempt('ws://nobody.example/', { lookup: () => Promise.resolve([]) });
    expect(await nobody.ended).toBe('the name nobody.example has no address');
    const unknown = attempt('ws://nobody.example/', {
      lookup: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
    });
    expect(await unknown.ended).toBe('the name nobody.example has no address (ENOTFOUND)');
  });

  test('wait in one line for the whole process unless told otherwise', async () => {
    const first = attempt(urlOf('127.0.0.1'), {});
    const second = attempt(urlOf('localhost'), { lookup });
    const held = await server.next();
    await settle();
    expect([server.untaken(), processLine.waiting()]).toEqual([0, 1]);
    held.accept();
    (await server.next()).accept();
    await Promise.all([first.opened, second.opened]);
    first.client.drop();
    second.client.drop();
  });
});

describe('a line', () => {
  const enter = (line: ConnectingLine, address: string, over: AbortSignal): Promise<() => void> =>
    line.enter({ kind: 'address', address }, over, () => undefined);

  test('forgets who left', async () => {
    const line = createConnectingLine();
    const first = new AbortController();
    await enter(line, '::1', first.signal);
    const second = enter(line, '::1', new AbortController().signal);
    expect(line.waiting()).toBe(1);
    first.abort();
    await second;
    await expect(enter(line, '::1', first.signal)).rejects.toThrow();
    expect(line.waiting()).toBe(0);
  });

  test.each([
    ['::1', '0:0:0:0:0:0:0:1'],
    ['127.0.0.1', '::ffff:7f00:1'],
    ['fe80::1', 'FE80:0::1%eth0'],
  ])('takes %s and %s for the same address', (one, other) => {
    expect(remoteAddress(other)).toEqual(remoteAddress(one));
  });
});

describe('an answer that is not 101', () => {
  law(
    'fails the connection with a plain reason: redirects are not followed, and 401 gets no second request',
    ['draft-06/5.1/status-101'],
    async () => {
      const line = createConnectingLine();
      const answers = [
        ['302 Found\r\nLocation: ws://127.0.0.1/', /302 Found.*redirects are not followed/],
        ['401 Unauthorized\r\nWWW-Authenticate: Basic realm="x"', /401 Unauthorized.*Authorization/],
        ['200 OK', /200 OK\)$/],
      ] as const;
      for (const [answer, reason] of answers) {
        const refused = attempt(urlOf('127.0.0.1'), { line });
        const held = await server.next();
        held.answer(`HTTP/1.1 ${answer}`);
        held.socket.end();
        expect(await refused.ended).toMatch(reason);
        expect(server.untaken()).toBe(0);
      }
    },
  );
});
