import { isIP } from 'node:net';

/** A certificate and its private key, in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** What a certificate is to say; for tests also what a client must not believe. */
export interface CertificateOptions {
  /** Host names and IP addresses that it is for. */
  readonly names: readonly string[];
  /** The authority that signs it; without one it is signed by itself. */
  readonly authority?: Certificate;
  /** Whether it is one of an authority. Default false. */
  readonly isAuthority?: boolean;
  /** Default: an hour ago. */
  readonly notBefore?: Date;
  /** Default: a month from now. */
  readonly notAfter?: Date;
}

const day = 24 * 3600 * 1000;

/** Makes a certificate on the spot, with a key on the curve P-256. Needs no network. */
export async function makeCertificate(options: CertificateOptions): Promise<Certificate> {
  const { names, authority, isAuthority = false } = options;
  const now = Date.now();
  // Loaded only here, for it is large and most servers do without.
  const { generate } = await import('selfsigned');
  const altNames = names.map((name) =>
    isIP(name) === 0 ? ({ type: 2, value: name } as const) : ({ type: 7, ip: name } as const),
  );
  const made = await generate([{ name: 'commonName', value: names[0] ?? 'hybi-spec' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: options.notBefore ?? new Date(now - 3600 * 1000),
    notAfterDate: options.notAfter ?? new Date(now + 30 * day),
    extensions: [
      { name: 'basicConstraints', cA: isAuthority, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: isAuthority, critical: true },
      ...(isAuthority ? [] : [{ name: 'extKeyUsage', serverAuth: true } as const]),
      ...(altNames.length === 0 ? [] : [{ name: 'subjectAltName', altNames } as const]),
    ],
    ...(authority === undefined ? {} : { ca: authority }),
  });
  return { cert: made.cert, key: made.private };
}
