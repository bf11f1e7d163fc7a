import type { ProxyCredentials } from '../model/proxy-connect.js';

/** A proxy that opens TCP connections for the client (draft-06/5.1/proxy-opens). */
export interface Proxy {
  readonly kind: 'http' | 'socks5';
  readonly host: string;
  readonly port: number;
  readonly credentials?: ProxyCredentials;
  /** Whether the proxy looks host names up; otherwise the client does, and names addresses to it. */
  readonly resolvesNames: boolean;
}

const schemes: Readonly<Record<string, Pick<Proxy, 'kind' | 'port' | 'resolvesNames'>>> = {
  'http:': { kind: 'http', port: 80, resolvesNames: true },
  'socks5:': { kind: 'socks5', port: 1080, resolvesNames: false },
  'socks5h:': { kind: 'socks5', port: 1080, resolvesNames: true },
};

const example = 'give one such as http://user:password@127.0.0.1:3128 or socks5h://127.0.0.1:1080';

/**
 * Reads the address of a proxy: `http://` for CONNECT, `socks5://` for SOCKS 5 with names looked up here, `socks5h://`
 * with names looked up by the proxy; each with user and password if it wants them, percent-encoded.
 * @throws RangeError when it is none, with what to write instead
 */
export function parseProxy(text: string): Proxy {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const scheme = url === undefined ? undefined : schemes[url.protocol];
  if (url === undefined || scheme === undefined || url.hostname === '' || !isBare(url)) {
    throw new RangeError(`${JSON.stringify(hidePassword(text))} is no proxy: ${example}`);
  }
  const proxy = { ...scheme, host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || scheme.port) };
  if (url.username === '' && url.password === '') return proxy;
  const credentials = { user: decoded(url.username), password: decoded(url.password) };
  if (proxy.kind === 'http' && credentials.user.includes(':')) {
    throw new RangeError('the name of a user of an HTTP proxy has no colon');
  }
  if (proxy.kind === 'socks5' && Object.values(credentials).some((word) => Buffer.byteLength(word) > 255)) {
    throw new RangeError('user and password of a SOCKS proxy have at most 255 bytes each');
  }
  return { ...proxy, credentials };
}

/** How a proxy is named to people: without credentials. */
export function proxyName({ kind, host, port }: Proxy): string {
  const shown = host.includes(':') ? `[${host}]` : host;
  return `${kind === 'http' ? 'proxy' : 'SOCKS proxy'} ${shown}:${port}`;
}

const isBare = ({ pathname, search, hash }: URL): boolean => `${pathname}${search}${hash}`.replace(/^\/$/, '') === '';

const hidePassword = (text: string): string => text.replace(/:[^/:@]*@/, ':***@');

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RangeError(`user and password of a proxy are percent-encoded: write %25 for a percent sign; ${example}`);
  }
}
