import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect } from 'vitest';
import { type AttachOptions, attachTo } from '../../impl/attach.js';
import { connect } from '../../impl/client.js';
import { makeCertificate } from '../../impl/tls-certificate.js';
import type { TlsClientOptions } from '../../impl/tls-client.js';
import type { Outcome } from '../../model/connection.js';
import { handshakeFor, rawClient } from '../drivers/raw-client.js';
import { law } from './law.js';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server of node that answers each request with its path, and has some attachments. */
async function serverWith(...attachments: readonly AttachOptions[]) {
  server = createServer((request, response) => response.end(`plain ${request.url ?? ''}`));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const attached = attachments.map((options) => attachTo(server as Server, options));
  return { server, attached, port: (server.address() as AddressInfo).port };
}

/** Sends a text and a Close; returns what came back, and how the connection ended. */
function echoOf(
  url: string,
  text: string,
  tls: TlsClientOptions = {},
): Promise<{ readonly texts: readonly string[]; readonly outcome: Outcome }> {
  const texts: string[] = [];
  return new Promise((resolve) => {
    connect(url, {
      tls,
      onOpen: (_, client) => {
        client.send(text);
        client.close({ status: 1000 });
      },
      onMessage: (message) => texts.push(message.kind === 'text' ? message.text : message.kind),
      onEnd: (outcome) => {
        resolve({ texts, outcome });
      },
    });
  });
}

describe('WebSocket on a server of node', () => {
  law('the server keeps its HTTP, and each path has its service', ['requirements-02/3/req-7-plug-in'], async () => {
    const { port } = await serverWith(
      { path: '/echo' },
      { path: (path) => path.startsWith('/no/'), listen: () => ({ status: 410, reason: 'Gone' }) },
    );
    expect(await (await fetch(`http://127.0.0.1:${port}/echo`)).text()).toBe('plain /echo');
    const { texts, outcome } = await echoOf(`ws://127.0.0.1:${port}/echo?x=1`, 'hello');
    expect([texts, outcome.clean]).toEqual([['hello'], true]);
    const refused = rawClient(port);
    refused.send(handshakeFor('/no/more'));
    expect(await refused.ended).toMatch(/^HTTP\/1\.1 410 Gone/);
    refused.destroy();
  });

  law('an upgrade follows HTTP on the same connection', ['requirements-02/3/req-8'], async () => {
    const { port } = await serverWith({});
    const client = rawClient(port);
    client.send('GET /first HTTP/1.1\r\nHost: h\r\n\r\n');
    await client.until(/plain \/first/);
    client.send(handshakeFor('/second'));
    await client.until(/ 101 /);
    client.send('\0\0\0\0\x82\0');
    await client.until((text) => text.endsWith('\x83\0'));
    client.destroy();
    // An empty Ping in the same bytes as the opening handshake: reading R-506 has it refused.
    const early = rawClient(port);
    early.send(`${handshakeFor('/')}\0\0\0\0\x82\0`);
    expect(await early.ended).toMatch(/^HTTP\/1\.1 400 /);
    early.destroy();
  });

  law('the model reads the head as the client sent it', ['draft-06/5.2.1/parse-request'], async () => {
    const { port } = await serverWith({ listen: ({ fields }) => ({ status: 403, reason: JSON.stringify(fields) }) });
    const client = rawClient(port);
    client.send(handshakeFor('/').replace('\r\n\r\n', '\r\nx-Y: \xe9\r\nX-y:  b \r\nX-Y: a\r\n\r\n'));
    const reason = /403 (\[.*\])/.exec(await client.ended)?.[1] ?? '[]';
    expect((JSON.parse(reason) as unknown[]).slice(-3)).toEqual([
      { name: 'x-Y', value: '\xe9' },
      { name: 'X-y', value: 'b' },
      { name: 'X-Y', value: 'a' },
    ]);
    client.destroy();
    const unknown = rawClient(port);
    unknown.send(handshakeFor('/', 13));
    expect(await unknown.ended).toMatch(/^HTTP\/1\.1 426 [^]*Connection: close, Upgrade\r\n/);
    unknown.destroy();
  });

  law('a server with TLS is served in the same way', ['draft-06/5.2.2/tls-handshake'], async () => {
    const { cert, key } = await makeCertificate({ names: ['127.0.0.1'] });
    const secure = createTlsServer({ cert, key }, (_, response) => response.end('plain'));
    const attachment = attachTo(secure, { path: '/echo' });
    secure.listen(0, '127.0.0.1');
    await once(secure, 'listening');
    const { port } = secure.address() as AddressInfo;
    const { texts, outcome } = await echoOf(`wss://127.0.0.1:${port}/echo`, 'x'.repeat(70_000), { ca: cert });
    expect([texts[0]?.length, outcome.clean]).toEqual([70_000, true]);
    await attachment.close();
    secure.closeAllConnections();
    secure.close();
  });

  law('what is not for it is left to others', ['requirements-02/3/req-7-plug-in'], async () => {
    const { server: shared, port } = await serverWith({ path: '/mine' });
    // Nobody else listens: the offer to upgrade is passed over.
    for (const [path, protocol] of [
      ['/mine', 'h2c'],
      ['/other', 'websocket'],
    ] as const) {
      const alone = rawClient(port);
      alone.send(handshakeFor(path).replace('websocket', protocol));
      expect(await alone.ended).toMatch(new RegExp(`^HTTP/1\\.1 200 OK[^]*Connection: close[^]*plain ${path}`));
      alone.destroy();
    }
    shared.on('upgrade', (request: IncomingMessage, socket) => {
      if (request.url !== '/mine') socket.end('HTTP/1.1 418 Taken\r\n\r\n');
    });
    const taken = rawClient(port);
    taken.send(handshakeFor('/other'));
    expect(await taken.ended).toMatch(/^HTTP\/1\.1 418 Taken/);
    taken.destroy();
    expect((await echoOf(`ws://127.0.0.1:${port}/mine`, 'x')).texts).toEqual(['x']);
  });

  law(
    'leaving closes what there is with 1001, and no more comes',
    ['draft-06/7.4.1/1001-going-away', 'draft-06/2/limits'],
    async () => {
      const { server: shared, attached, port } = await serverWith({ maxConnections: 1 }, { path: '/never' });
      const [attachment, other] = attached;
      const client = rawClient(port);
      client.send(handshakeFor('/'));
      await client.until(/ 101 /);
      const excess = rawClient(port);
      excess.send(handshakeFor('/'));
      expect(await excess.ended).toMatch(/^HTTP\/1\.1 503 /);
      excess.destroy();
      expect(attachment?.connections()).toBe(1);
      const closed = attachment?.close();
      await client.until((text) => text.includes('\x03\xe9'));
      client.send('\0\0\0\0\x81\0');
      client.end();
      await closed;
      expect(attachment?.connections()).toBe(0);
      client.destroy();
      await other?.close();
      expect(shared.listenerCount('upgrade')).toBe(0);
      expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('plain /');
    },
  );
});
