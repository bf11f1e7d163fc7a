import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificate } from '../impl/tls-certificate.js';
import { runHybi as hybi, startHybi as start } from './built-program.js';
import { proxyUrl } from './options.js';
import { certificateHint, serverLayer, trustOf } from './tls-options.js';
import { UsageError } from './usage.js';

/* TLS and proxies on the command line. */

let folder: string;
let server: ChildProcess;
let url: string;
const file = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hybi-tls-'));
  const authority = await makeCertificate({ names: ['hybi-spec tests'], isAuthority: true });
  const { cert, key } = await makeCertificate({ names: ['localhost', '127.0.0.1'], authority });
  for (const [name, text] of Object.entries({ ca: authority.cert, cert, key, none: 'no PEM' })) {
    writeFileSync(file(name), text);
  }
  server = start(['serve', '--port', '0', '--tls-cert', file('cert'), '--tls-key', file('key')]);
  url = await new Promise((resolve) => {
    server.stdout?.once('data', (chunk: Buffer) => {
      resolve(/^listening (wss:\/\/127\.0\.0\.1:\d+\/)\n$/.exec(chunk.toString())?.[1] ?? '');
    });
  });
});
afterAll(() => {
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

describe('wss on the command line', () => {
  test('connect trusts what it is told to, and says in one line why it does not', async () => {
    const [trusting, careless, careful] = await Promise.all([
      hybi(['connect', url, '--ca', file('ca')], 'hello\n/close 1000\n'),
      hybi(['connect', url, '--insecure'], 'hello\n/close 1000\n'),
      hybi(['connect', url], 'hello\n'),
    ]);
    expect([trusting.status, careless.status]).toEqual([0, 0]);
    expect(trusting.out).toContain('← hello');
    expect(careful).toMatchObject({ status: 3, out: '' });
    expect(careful.err).toMatch(/^hybi: [^\n]*not trusted; trust it with --ca FILE[^\n]*\n$/);
  });

  test('verify judges a server behind TLS, and says how to do it again', async () => {
    const [judged, refused] = await Promise.all([
      hybi(['verify', url, '--ca', file('ca'), '--only', 'tls', '--timeout', '300', '--json', '-']),
      hybi(['verify', url]),
    ]);
    expect(judged.status).toBe(0);
    const { summary, cases } = JSON.parse(judged.out) as { summary: object; cases: { again: string }[] };
    expect(summary).toMatchObject({ pass: 3, fail: 0, informational: 1 });
    expect(cases[0]?.again).toContain(`--ca ${file('ca')}`);
    expect(refused.status).toBe(3);
    expect(refused.err).toMatch(/^hybi: [^\n]*not trusted; trust it with --ca FILE[^\n]*\n$/);
  });

  test.each([
    [{ tlsCert: 'cert' }, 'give both --tls-cert and --tls-key'],
    [{ tls: true, tlsCert: 'a', tlsKey: 'b' }, 'give one of the two'],
    [{ tlsName: ['a.example'] }, 'add --tls'],
    [{ tlsCert: 'missing', tlsKey: 'missing' }, 'cannot be read'],
  ])('%j is wrong usage of serve: one line that says what to do', async (options, word) => {
    const wrong = serverLayer({ host: '127.0.0.1', handshakeTimeout: 1, ...options });
    await expect(wrong).rejects.toThrow(UsageError);
    await expect(wrong).rejects.toThrow(word);
  });

  test('a certificate that is none, and a proxy that is none, are wrong usage', async () => {
    expect(() => trustOf({ ca: file('none') })).toThrow('is not in PEM');
    expect(() => proxyUrl('ftp://x')).toThrow('is no proxy');
    const { status, out, err } = await hybi(['verify', 'ws://127.0.0.1:1/', '--only', 'tls']);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(/^hybi: no case has an id [^\n]+\n$/);
  });

  test('what to do about a certificate depends on what is wrong with it', () => {
    expect(certificateHint('the certificate of the server has expired')).toContain('--ca FILE');
    expect(certificateHint('the certificate of the server is not for localhost')).toContain('use the name');
    expect(certificateHint('connect ECONNREFUSED 127.0.0.1:1')).toBeUndefined();
  });
});
