import { readFileSync } from 'node:fs';
import type { Layer } from '../impl/listener.js';
import type { TlsClientOptions } from '../impl/tls-client.js';
import { makeCertificate } from '../impl/tls-certificate.js';
import { tlsLayer } from '../impl/tls-server.js';
import { UsageError } from './usage.js';

/** What `hybi serve` is told about TLS. */
export interface ServerTlsOptions {
  readonly host: string;
  readonly tls?: boolean | undefined;
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
  readonly tlsName?: readonly string[] | undefined;
  readonly handshakeTimeout: number;
}

/** The addresses to listen on that stand for all, and that nobody connects to. */
const wildcards: readonly string[] = ['0.0.0.0', '::'];

/**
 * TLS for a server, if it is to speak TLS.
 * @throws UsageError when options contradict each other, or when files are none that can be used
 */
export async function serverLayer(options: ServerTlsOptions): Promise<Layer | undefined> {
  const { tls = false, tlsCert, tlsKey, tlsName: names, host, handshakeTimeout } = options;
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw new UsageError('certificate and key belong together: give both --tls-cert and --tls-key');
  }
  if (tls && tlsCert !== undefined) {
    throw new UsageError('--tls makes a certificate, and --tls-cert brings one: give one of the two');
  }
  if (!tls && tlsCert === undefined) {
    if (names !== undefined) throw new UsageError('--tls-name is for TLS: add --tls, or --tls-cert and --tls-key');
    return undefined;
  }
  const certificate =
    tlsCert === undefined || tlsKey === undefined
      ? await makeCertificate({ names: namesFor(host, names) })
      : { cert: readPem(tlsCert), key: readPem(tlsKey) };
  try {
    return tlsLayer({ ...certificate, handshakeTimeout, ...(names === undefined ? {} : { names }) });
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

function namesFor(host: string, names: readonly string[] = []): readonly string[] {
  const local = ['localhost', '127.0.0.1', '::1'];
  return [...new Set([...names, ...local, ...(wildcards.includes(host) ? [] : [host])])];
}

/** Whom a client is told to trust. */
export function trustOf(options: {
  readonly ca?: string | undefined;
  readonly insecure?: boolean | undefined;
}): TlsClientOptions {
  const { ca, insecure = false } = options;
  return { insecure, ...(ca === undefined ? {} : { ca: readPem(ca) }) };
}

/** What to do about a certificate that cannot be verified; `undefined` for any other reason. */
export function certificateHint(why: string): string | undefined {
  return /the certificate of the server (?!is not for)/.test(why)
    ? '; trust it with --ca FILE, or go on without with --insecure'
    : /the certificate of the server/.test(why)
      ? '; use the name that it is for, or go on without with --insecure'
      : undefined;
}

function readPem(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${JSON.stringify(file)} cannot be read: ${(error as Error).message}`);
  }
  if (!text.includes('-----BEGIN ')) throw new UsageError(`${JSON.stringify(file)} is not in PEM`);
  return text;
}
