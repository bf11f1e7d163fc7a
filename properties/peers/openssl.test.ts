import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../impl/client.js';
import { createConnectingLine } from '../../impl/connecting.js';
import { type ReferenceServer, startServer } from '../../impl/server.js';
import { type Certificate, makeCertificate } from '../../impl/tls-certificate.js';
import { tlsLayer } from '../../impl/tls-server.js';
import { acceptOfKey } from '../../model/accept.js';

/*
 * TLS with the programs of OpenSSL at the other end: s_client talks to the reference server, and the client to s_server.
 * They are skipped where openssl is not installed, unless HYBI_REQUIRE_PEERS=1 demands everything.
 */

const isInstalled = spawnSync('openssl', ['version']).status === 0;
const isRequired = process.env['HYBI_REQUIRE_PEERS'] === '1';

let folder: string;
let authority: Certificate;
let server: ReferenceServer;
const file = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hybi-openssl-'));
  authority = await makeCertificate({ names: ['hybi-spec tests'], isAuthority: true });
  const certificate = await makeCertificate({ names: ['localhost'], authority });
  writeFileSync(file('ca.pem'), authority.cert);
  writeFileSync(file('cert.pem'), certificate.cert);
  writeFileSync(file('key.pem'), certificate.key);
  server = await startServer({ port: 0, layer: tlsLayer(certificate) });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const request = [
  'GET / HTTP/1.1',
  'Host: localhost',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==',
  'Sec-WebSocket-Version: 6',
].join('\r\n');

/** A text "Hi" and a Close without a body, masked with a key of zeros, which changes nothing. */
const frames = Buffer.from('00000000' + '84024869' + '00000000' + '8100', 'hex');

/** What s_client prints, once the server has ended the connection. */
async function sayBySClient(...args: readonly string[]): Promise<{ readonly said: Buffer; readonly status: number }> {
  const where = ['-connect', `127.0.0.1:${server.port}`, '-CAfile', file('ca.pem')];
  const client = spawn('openssl', ['s_client', ...where, '-verify_return_error', '-quiet', ...args]);
  const chunks: Buffer[] = [];
  client.stdout.on('data', (chunk: Buffer) => {
    // The client has to wait for the answer.
    if (chunks.push(chunk) === 1) client.stdin.write(frames);
  });
  client.stdin.on('error', () => undefined);
  client.stdin.write(`${request}\r\n\r\n`);
  const [status] = (await once(client, 'close')) as [number];
  return { said: Buffer.concat(chunks), status };
}

/** A client of ours at an s_server, which answers the opening handshake when it has come. */
async function visitSServer(
  trusted: Certificate,
  ...args: readonly string[]
): Promise<{ said: string; received: string }> {
  const identity = ['-cert', file('cert.pem'), '-key', file('key.pem')];
  const program = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', '-naccept', '1', ...identity, ...args]);
  program.stdin.on('error', () => undefined);
  let printed = '';
  let visit: Promise<string> | undefined;
  program.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString('latin1');
    const port = /^ACCEPT 127\.0\.0\.1:(\d+)/m.exec(printed)?.[1];
    if (port !== undefined) visit ??= talk(`wss://localhost:${port}/`, trusted);
    const key = /^Sec-WebSocket-Key: (\S+)\r\n[^]*\r\n\r\n$/m.exec(printed)?.[1];
    if (key !== undefined)
      program.stdin.end(Buffer.concat([Buffer.from(acceptance(key)), Buffer.from([0x84, 2, 72, 105])]));
  });
  await once(program, 'close');
  return { said: (await visit) ?? 'nothing', received: printed };
}

const acceptance = (key: string): string =>
  ['HTTP/1.1 101 Yes', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${acceptOfKey(key)}`]
    .join('\r\n')
    .concat('\r\n\r\n');

/** The first message that comes, or why none does. */
function talk(url: string, { cert }: Certificate): Promise<string> {
  return new Promise((resolve) => {
    connect(url, {
      line: createConnectingLine(),
      lookup: () => Promise.resolve(['127.0.0.1']),
      tls: { ca: cert },
      onMessage: (message, client) => {
        resolve(message.kind === 'text' ? message.text : 'bytes');
        client.drop();
      },
      onEnd: (_, why) => {
        resolve(why);
      },
    });
  });
}

describe.skipIf(!isInstalled && !isRequired)('openssl', () => {
  test.each([['-tls1_2'], ['-tls1_3']])('s_client %s talks to the reference server', async (version) => {
    const { said, status } = await sayBySClient(version, '-servername', 'localhost');
    const end = said.indexOf('\r\n\r\n') + 4;
    expect(said.toString('latin1')).toMatch(/^HTTP\/1\.1 101 /);
    expect(said.subarray(end).toString('hex')).toBe('84024869' + '8100');
    expect(status).toBe(0);
  });

  test('s_client is turned away when it indicates a name that is not served', async () => {
    const { said, status } = await sayBySClient('-servername', 'other.example');
    expect(said).toHaveLength(0);
    expect(status).not.toBe(0);
  });

  test.each([['-tls1_2'], ['-tls1_3']])('s_server %s is talked to by the client', async (version) => {
    const { said, received } = await visitSServer(authority, version);
    expect(said).toBe('Hi');
    expect(received).toContain('\r\nSec-WebSocket-Version: 6\r\n');
  });

  test('s_server gets no opening handshake from a client that does not trust it', async () => {
    const { said, received } = await visitSServer(await makeCertificate({ names: ['x'], isAuthority: true }));
    expect(said).toContain('signed by an authority that is not trusted');
    expect(received).not.toContain('Sec-WebSocket');
  });
});
