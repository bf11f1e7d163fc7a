import type { Socket } from 'node:net';
import { SocksClient } from 'socks';
import { type Proxy, proxyName } from './proxy.js';

/** The time for the words with the proxy, in milliseconds; the time for connecting is mostly shorter. */
const patience = 60_000;

/**
 * Asks a SOCKS 5 proxy for a TCP connection (draft-06/5.1/proxy-opens; RFC 1928, RFC 1929).
 * @param socket connected to the proxy; from the answer of the proxy on it belongs to the server
 * @param host a name or an IP address without brackets
 * @throws when the proxy refuses or does not speak SOCKS 5; the socket is then destroyed
 */
export async function openSocksTunnel(socket: Socket, proxy: Proxy, host: string, port: number): Promise<void> {
  const name = proxyName(proxy);
  if (host.length > 255) {
    socket.destroy();
    throw new Error(`the host has ${host.length} characters, and SOCKS has room for 255`);
  }
  // The library waits for the end of both directions, which a proxy that ended only its own would leave to us.
  const onEnd = (): void => {
    socket.destroy();
  };
  socket.once('end', onEnd);
  const { user, password } = proxy.credentials ?? { user: '', password: '' };
  try {
    await SocksClient.createConnection({
      proxy: { host: proxy.host, port: proxy.port, type: 5, userId: user, password },
      command: 'connect',
      destination: { host, port },
      existing_socket: socket,
      timeout: patience,
    });
  } catch (error) {
    socket.destroy();
    throw new Error(`the ${name} ${inWords((error as Error).message)}`, { cause: error });
  } finally {
    socket.off('end', onEnd);
  }
}

/** What the library says, as the end of a sentence. */
function inWords(message: string): string {
  const code = / rejected connection - (\w+)/.exec(message)?.[1];
  if (code !== undefined) {
    const reason = code === 'undefined' ? 'for a reason of its own' : code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
    return `refused the connection: ${reason.toLowerCase()}`;
  }
  if (message.includes('Authentication failed')) return 'refused user and password';
  if (message.includes('no accepted authentication')) return 'wants user and password; give them with the proxy';
  if (message.includes('Socket closed')) return 'ended the connection without an answer';
  return `did not open the connection: ${message}`;
}
