import { connect as connectTcp } from 'node:net';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { connect } from '../../impl/client.js';
import { type ReferenceServer, startServer } from '../../impl/server.js';
import type { Outcome } from '../../model/connection.js';
import { law } from './law.js';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startServer({ port: 0 });
});
afterAll(() => server.stop());

/** Sends a text to a path, closes at once, and gathers what comes until the connection is over. */
function talk(path: string, text: string): Promise<{ readonly texts: readonly string[]; readonly outcome: Outcome }> {
  const texts: string[] = [];
  return new Promise((resolve) => {
    const client = connect(`${server.url}${path}`, {
      onOpen: () => {
        client.send(text);
        client.close({ status: 1000 });
      },
      onMessage: (message) => {
        if (message.kind === 'text') texts.push(message.text);
      },
      onEnd: (outcome) => {
        resolve({ texts, outcome });
      },
    });
  });
}

describe('the reference server under load', () => {
  law(
    'a message in very many fragments arrives whole, in front of the Close',
    ['draft-06/4.4/any-fragment-size', 'draft-06/4.4/content-is-concatenation', 'draft-06/4.5.1/close-answered'],
    async () => {
      const text = 'fragments'.repeat(5000);
      const { texts, outcome } = await talk('fragments?size=1', text);
      expect(texts).toEqual([text]);
      expect(outcome.clean).toBe(true);
    },
  );

  law('many small messages all arrive, in order', ['draft-06/4.1/data-while-open'], async () => {
    const { texts, outcome } = await talk('messages?count=20000&size=3', 'and this');
    expect(texts).toEqual([...Array.from({ length: 20_000 }, () => '***'), 'and this']);
    expect(outcome.clean).toBe(true);
  });

  law('a client that never reads is served no more than the system holds for it', ['draft-06/2/limits'], async () => {
    const socket = connectTcp({ host: '127.0.0.1', port: server.port });
    const key = 'dGhlIHNhbXBsZSBub25jZQ==';
    socket.write(
      `GET /messages?count=1000000&size=10000 HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 6\r\n\r\n`,
    );
    socket.pause();
    // Another connection is served in the meantime; ten gigabytes could neither be written nor held.
    expect((await talk('', 'still there?')).texts).toEqual(['still there?']);
    expect(process.memoryUsage().rss).toBeLessThan(2 ** 30);
    socket.destroy();
  });

  law('any resource name is answered, and the server goes on', ['draft-06/5.2.1/parse-request'], async () => {
    for (const name of ['//', '//x/', '/%', '/?%', '/..', '/./', '/[', '/\\']) {
      const answer = await new Promise<string>((resolve) => {
        const socket = connectTcp({ host: '127.0.0.1', port: server.port });
        socket.once('data', (chunk) => {
          resolve(chunk.toString('latin1').slice(9, 12));
          socket.destroy();
        });
        socket.write(
          `GET ${name} HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
            `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 6\r\n\r\n`,
        );
      });
      expect([name, answer]).toEqual([name, name === '/?%' ? '101' : '404']);
    }
  });

  law(
    'a server that stops answers the Closes that it had left unanswered',
    ['draft-06/4.5.1/close-answered'],
    async () => {
      const leaving = await startServer({
        port: 0,
        watch: () => ({
          onEffect: (effect) => {
            seen(effect.type);
          },
        }),
      });
      let closeSeen = (): void => undefined;
      const seen = (type: string): void => {
        if (type === 'close-received') closeSeen();
      };
      const read = new Promise<void>((resolve) => {
        closeSeen = resolve;
      });
      const ended = new Promise<Outcome>((resolve) => {
        const client = connect(`${leaving.url}unanswered`, {
          onOpen: () => {
            client.close();
          },
          onEnd: resolve,
        });
      });
      await read;
      await leaving.stop();
      expect((await ended).clean).toBe(true);
      expect(leaving.connections()).toBe(0);
    },
  );
});
