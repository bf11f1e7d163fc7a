import { connect, type Socket } from 'node:net';
import { startTls, type TlsClientOptions } from '../../impl/tls-client.js';
import { type Line, type OtherTls, type Peer, PeerUnreachable } from '../verifier/line.js';
import { lineOf } from './socket-line.js';

/**
 * A server that listens on a TCP port.
 * @param timeout milliseconds to wait for the TCP connection, and as many for TLS; `Infinity` waits for TLS without end,
 *   and ten seconds for TCP, which the system of a server answers for it
 * @param tls whom to trust, for a server behind TLS; without it TCP alone is used
 */
export function socketServer(host: string, port: number, timeout: number, tls?: TlsClientOptions): Peer {
  const bare = host.replace(/^\[|\]$/g, '');
  const reach = async (options: TlsClientOptions | undefined): Promise<Line> => {
    try {
      const socket = await openTcp(bare, port, Number.isFinite(timeout) ? timeout : 10_000);
      return lineOf(options === undefined ? socket : await secured(socket, bare, options, timeout));
    } catch (error) {
      throw new PeerUnreachable(`${host}:${port} cannot be reached: ${(error as Error).message}`);
    }
  };
  if (tls === undefined) return { connect: () => reach(undefined) };
  const connectWith = (other: OtherTls): Promise<Line> =>
    reach(other === 'none' ? undefined : { ...tls, ...other, insecure: true });
  return { connect: () => reach(tls), connectWith };
}

function openTcp(host: string, port: number, timeout: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
    const fail = (error: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => {
      fail(new Error(`no TCP connection within ${timeout} ms`));
    }, timeout);
    socket.once('error', fail);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', fail);
      resolve(socket);
    });
  });
}

async function secured(socket: Socket, host: string, tls: TlsClientOptions, timeout: number): Promise<Socket> {
  const expire = (): void => {
    socket.destroy(new Error(`no TLS handshake within ${timeout} ms`));
  };
  const timer = Number.isFinite(timeout) ? setTimeout(expire, timeout) : undefined;
  try {
    return await startTls(socket, host, tls);
  } finally {
    clearTimeout(timer);
  }
}
