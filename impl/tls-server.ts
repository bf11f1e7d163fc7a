import { X509Certificate } from 'node:crypto';

import { createSecureContext, type SecureContext, type SecureVersion, TLSSocket } from 'node:tls';
import type { Layer } from './listener.js';

/** What a server needs for TLS. */
export interface TlsServerOptions {
  /** Certificate chain in PEM, the one of the server first. */
  readonly cert: string;
  /** Private key in PEM. */
  readonly key: string;
  /** Host names that are served; default: those that the certificate is for. Case does not matter. */
  readonly names?: readonly string[];
  /** The oldest version that is negotiated (reading R-519). Default: that of Node, which is TLS 1.2. */
  readonly minVersion?: SecureVersion;
  /** Milliseconds for the TLS handshake. Default 10 seconds. */
  readonly handshakeTimeout?: number;
}

/**
 * TLS between TCP and HTTP: performs the handshake of a server before anything else (draft-06/5.2.2/tls-handshake). A
 * handshake that fails, that takes too long or that indicates a name which is not served ends the connection
 * (draft-06/5.2.2/tls-failure); a client that indicates none is served, for it may know no more than an IP address.
 *
 * @throws RangeError when certificate and key are none, or do not belong together
 */
export function tlsLayer(options: TlsServerOptions): Layer {
  const { handshakeTimeout = 10_000 } = options;
  const { secureContext, serves } = readServerOptions(options);
  return {
    scheme: 'wss',
    raise: (socket, ready) => {
      const secure = new TLSSocket(socket, {
        isServer: true,
        secureContext,
        SNICallback: (name, answer) => {
          if (serves(name)) answer(null, secureContext);
          else answer(new Error(`the name ${JSON.stringify(name)} is not served`));
        },
      });
      const abandon = (): void => {
        clearTimeout(timer);
        secure.destroy();
        socket.destroy();
      };
      const timer = setTimeout(abandon, handshakeTimeout);
      secure.on('error', abandon);
      secure.once('close', abandon);
      // TCP that ends inside the handshake is noticed by those who read; there is no data before its end.
      secure.once('end', abandon);
      secure.resume();
      secure.once('secure', () => {
        clearTimeout(timer);
        secure.off('end', abandon);
        secure.pause();
        ready(secure);
      });
    },
  };
}

/** What a handshake needs, made once for all connections. */
function readServerOptions({ cert, key, names, minVersion }: TlsServerOptions): {
  readonly secureContext: SecureContext;
  readonly serves: (name: string) => boolean;
} {
  try {
    const certificate = new X509Certificate(cert);
    const secureContext = createSecureContext({ cert, key, ...(minVersion === undefined ? {} : { minVersion }) });
    const wanted = names?.map((name) => name.toLowerCase());
    const serves = (name: string): boolean =>
      wanted === undefined ? certificate.checkHost(name) !== undefined : wanted.includes(name.toLowerCase());
    return { secureContext, serves };
  } catch (error) {
    const { message } = error as Error;
    throw new RangeError(`certificate and key cannot be used: ${message.split('\n')[0] ?? ''}; give both in PEM`, {
      cause: error,
    });
  }
}
