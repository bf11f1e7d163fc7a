import { isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureVersion, type TLSSocket } from 'node:tls';

/** How a client trusts a server (draft-06/5.1/tls-handshake). */
export interface TlsClientOptions {
  /** Certificates in PEM that are trusted instead of those of the system. */
  readonly ca?: string | Uint8Array;
  /** Whether to go on when the certificate of the server cannot be verified: for tests only. Default false. */
  readonly insecure?: boolean;
  /** The name for Server Name Indication and for the certificate, instead of the host of the URI. */
  readonly servername?: string;
  /** The oldest version that is negotiated (reading R-519). Default: that of Node, which is TLS 1.2. */
  readonly minVersion?: SecureVersion;
}

/**
 * Performs the TLS handshake of a client over a connection (draft-06/5.1/tls-handshake). From then on all bytes go
 * through the tunnel.
 * @param host of the URI, without brackets: what the certificate has to be for (reading R-521), and the name that is
 *   indicated unless it is an IP address (draft-06/5.1/tls-server-name, reading R-520)
 * @throws when the handshake fails or the certificate cannot be verified (draft-06/5.1/tls-failure), with a reason in
 *   plain words; the socket is then destroyed
 */
export function startTls(socket: Socket, host: string, options: TlsClientOptions): Promise<TLSSocket> {
  const { ca, insecure = false, minVersion } = options;
  const name = options.servername ?? host;
  return new Promise((resolve, reject) => {
    const secure = connectTls({
      socket,
      host: name,
      rejectUnauthorized: !insecure,
      ...(isIP(name) === 0 ? { servername: name } : {}),
      ...(ca === undefined ? {} : { ca: typeof ca === 'string' ? ca : Buffer.from(ca) }),
      ...(minVersion === undefined ? {} : { minVersion }),
    });
    const fail = (why: string): void => {
      secure.destroy();
      socket.destroy();
      reject(new Error(why));
    };
    const onError = (error: NodeJS.ErrnoException): void => {
      fail(tlsFailure(error, name));
    };
    const onClose = (): void => {
      fail('the server ended the connection during the TLS handshake');
    };
    secure.once('error', onError).once('close', onClose);
    secure.once('secureConnect', () => {
      secure.off('error', onError).off('close', onClose);
      resolve(secure);
    });
  });
}

/** Whether an error is about the certificate alone, so that `insecure` would get past it. */
const certificateFailures: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of the server is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate of the server goes back to an authority that is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate of the server is signed by an authority that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT: 'the certificate of the server is signed by an authority that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate of the server is signed by an authority that is not trusted',
  CERT_HAS_EXPIRED: 'the certificate of the server has expired',
  CERT_NOT_YET_VALID: 'the certificate of the server is not valid yet',
  CERT_REVOKED: 'the certificate of the server is revoked',
  CERT_SIGNATURE_FAILURE: 'the signature of the certificate of the server is wrong',
  INVALID_PURPOSE: 'the certificate of the server is not one for servers',
};

/** Why a TLS handshake failed, in plain words. */
export function tlsFailure({ code = '', message }: NodeJS.ErrnoException, name: string): string {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `the certificate of the server is not for ${name}`;
  const certificate = certificateFailures[code];
  if (certificate !== undefined) return certificate;
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') {
    return 'the server does not speak TLS on this port';
  }
  const alert = /SSL alert number (\d+)/.exec(message)?.[1];
  if (alert === '112') return `the server does not serve the name ${name}`;
  if (alert !== undefined) return `the server refused the TLS handshake with alert ${alert}`;
  if (code === 'ECONNRESET') return 'the server ended the connection during the TLS handshake';
  // OpenSSL puts several lines and its own source files into a message.
  return `the TLS handshake failed: ${(message.split('\n')[0] ?? '').slice(0, 200)}`;
}
