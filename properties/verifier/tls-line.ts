import { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Certificate } from '../../impl/tls-certificate.js';
import type { Line } from './line.js';

/** What a client did to whom TLS was offered. */
export interface TlsReaction {
  /** Whether what came first can be the beginning of a TLS handshake (RFC 2246 section 6.2.1). */
  readonly speaksTls: boolean;
  /** Whether the TLS handshake was completed, as far as the server can tell. */
  readonly isComplete: boolean;
  /** What came inside TLS. */
  readonly received: Uint8Array;
  /** Whether the client ended the connection, within the time. */
  readonly isOver: boolean;
}

/** The type of a TLS record with a handshake message. */
const handshakeRecord = 22;

/** How much of what comes inside TLS is kept. */
const maxReceived = 4096;

/**
 * Plays the server of a TLS handshake on a line, and looks what the client does until it ends the connection.
 * @param timeout milliseconds of silence that end the wait
 */
export async function offerTls(line: Line, certificate: Certificate, timeout: number): Promise<TlsReaction> {
  const below = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => {
      line.send(new Uint8Array(chunk));
      done();
    },
  });
  const secure = new TLSSocket(below, { isServer: true, secureContext: createSecureContext(certificate) });
  let isComplete = false;
  const received: Buffer[] = [];
  let kept = 0;
  secure.on('error', () => undefined);
  secure.once('secure', () => (isComplete = true));
  secure.on('data', (chunk: Buffer) => {
    if (kept < maxReceived) received.push(chunk);
    kept += chunk.length;
  });
  let isOver = false;
  let first: number | undefined;
  while (!isOver && kept < maxReceived) {
    const event = await line.next(timeout);
    if (event.type === 'silence') break;
    if (event.type === 'bytes') {
      first ??= event.bytes[0];
      below.push(event.bytes);
    } else isOver = true;
  }
  // What was read last may still be on its way through TLS.
  await new Promise((resolve) => setImmediate(resolve));
  secure.destroy();
  const inside = new Uint8Array(Buffer.concat(received).subarray(0, maxReceived));
  return { speaksTls: first === handshakeRecord, isComplete, received: inside, isOver };
}
