import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket, type TcpSocketConnectOpts } from 'node:net';
import type { RemoteHost } from '../model/connecting-queue.js';
import type { WebSocketUri } from '../model/uri.js';
import { type ConnectingLine, remoteAddress } from './connecting.js';
import type { Opening } from './opener.js';
import type { Proxy } from './proxy.js';
import { proxyName } from './proxy.js';
import { openHttpTunnel } from './proxy-http.js';
import { openSocksTunnel } from './proxy-socks.js';
import { startTls, type TlsClientOptions } from './tls-client.js';

/** Finds the IP addresses of a host name, the best first. */
export type Lookup = (name: string) => Promise<readonly string[]>;

/** What the way to a server needs besides its URI. */
export interface TransportOptions {
  readonly proxy?: Proxy | undefined;
  readonly tls: TlsClientOptions;
  readonly line: ConnectingLine;
  readonly lookup: Lookup;
  /** Aborted when the connection is established, has failed or was given up. */
  readonly over: AbortSignal;
  /** What is told about the time it takes. */
  readonly opening: Opening;
}

/** The name service of the system. */
export const systemLookup: Lookup = async (name) => {
  const found = await lookup(name, { all: true });
  return found.map(({ address }) => address);
};

/** How long an address that does not answer keeps those behind it waiting, in milliseconds. */
const patiencePerAddress = 2000;

/**
 * Opens the way to a server: the wait for other connections, TCP or a proxy, and TLS (draft-06 section 5.1, steps 2 to
 * 5).
 * @throws when there is no way, or when `over` is aborted first; the message says why in plain words
 */
export async function openTransport(uri: WebSocketUri, options: TransportOptions): Promise<Socket> {
  const { over, tls } = options;
  const socket = await openFirst(await candidatesOf(uri, options), uri, options);
  const giveUp = (): void => {
    socket.destroy();
  };
  over.addEventListener('abort', giveUp);
  try {
    over.throwIfAborted();
    return uri.secure ? await startTls(socket, bareHost(uri), tls) : socket;
  } finally {
    over.removeEventListener('abort', giveUp);
  }
}

/** Where a connection may lead to: what the wait goes by, and what is connected to. */
interface Candidate {
  readonly remote: RemoteHost;
  readonly host: string;
}

/** Host names and addresses as the system wants them: without the brackets of IPv6. */
const bareHost = ({ host }: WebSocketUri): string => host.replace(/^\[|\]$/g, '');

async function candidatesOf(uri: WebSocketUri, { proxy, lookup: find }: TransportOptions): Promise<Candidate[]> {
  const host = bareHost(uri);
  const known = isIP(host) !== 0;
  // draft-06/5.1/unknown-addresses-distinct: a proxy that looks names up keeps the address to itself.
  if (proxy?.resolvesNames === true && !known) return [{ host, remote: { kind: 'name', name: host } }];
  const addresses = known ? [host] : await addressesOf(host, find);
  return addresses.map((address) => ({ host: address, remote: remoteAddress(address) }));
}

async function addressesOf(host: string, find: Lookup): Promise<readonly string[]> {
  try {
    const addresses = await find(host);
    if (addresses.length > 0) return addresses;
  } catch (error) {
    const { code = 'an error' } = error as NodeJS.ErrnoException;
    throw new Error(`the name ${host} has no address (${code})`, { cause: error });
  }
  throw new Error(`the name ${host} has no address`);
}

/** Tries the addresses of a host one after the other; each has a turn of its own (reading R-514). */
async function openFirst(
  candidates: readonly Candidate[],
  uri: WebSocketUri,
  options: TransportOptions,
): Promise<Socket> {
  const { line, over, opening, proxy } = options;
  let problem: unknown;
  for (const [at, { host, remote }] of candidates.entries()) {
    const leave = await line.enter(remote, over, opening.waits);
    opening.goesOn();
    try {
      if (proxy !== undefined) return await openThrough(proxy, host, uri, over);
      const isLast = at === candidates.length - 1;
      // draft-06/5.1/direct-connection
      return await openTcp({ host, port: uri.port }, over, isLast ? undefined : patiencePerAddress);
    } catch (error) {
      problem = error;
      leave();
    }
  }
  throw problem;
}

/** draft-06/5.1/proxy-connected, draft-06/5.1/proxy-opens, for both schemes (reading R-518). */
async function openThrough(proxy: Proxy, host: string, uri: WebSocketUri, over: AbortSignal): Promise<Socket> {
  const socket = await openTcp({ host: proxy.host, port: proxy.port }, over).catch((error: unknown) => {
    throw new Error(`the ${proxyName(proxy)} cannot be reached: ${(error as Error).message}`, { cause: error });
  });
  const giveUp = (): void => {
    socket.destroy();
  };
  over.addEventListener('abort', giveUp);
  try {
    if (proxy.kind === 'http') await openHttpTunnel(socket, proxy, uri);
    else await openSocksTunnel(socket, proxy, host, uri.port);
    return socket;
  } finally {
    over.removeEventListener('abort', giveUp);
  }
}

/** Opens TCP; `patience` is how many milliseconds it may take. */
function openTcp(to: TcpSocketConnectOpts, over: AbortSignal, patience?: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    over.throwIfAborted();
    const socket = connectTcp({ ...to, allowHalfOpen: true });
    const fail = (why: string): void => {
      socket.destroy();
      leave();
      reject(new Error(why));
    };
    const giveUp = (): void => {
      fail('the connection was given up');
    };
    const leave = (): void => {
      clearTimeout(timer);
      over.removeEventListener('abort', giveUp);
    };
    const onPatience = (): void => {
      fail(`no answer from ${to.host ?? ''} within ${patience ?? 0} ms`);
    };
    const timer = patience === undefined ? undefined : setTimeout(onPatience, patience);
    over.addEventListener('abort', giveUp);
    // Errors reach whoever uses the socket later, too; without any listener they would end the process.
    socket.on('error', (error) => {
      fail(error.message);
    });
    socket.once('connect', () => {
      leave();
      resolve(socket);
    });
  });
}
