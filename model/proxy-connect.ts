import { latin1FromBytes } from './bytes.js';
import type { RequestHead, ResponseHead } from './http-head.js';
import { authorityOf, type WebSocketUri } from './uri.js';
import { encodeUtf8 } from './utf8.js';

/** What an HTTP proxy may want to know (RFC 2617 section 2). */
export interface ProxyCredentials {
  /** Without a colon. */
  readonly user: string;
  readonly password: string;
}

/**
 * The request that asks an HTTP proxy for a TCP connection to the host and the port of a URI (draft-06/5.1/proxy-opens),
 * whatever its scheme (reading R-518). Credentials are not kept back until the proxy asks for them (reading R-517).
 *
 * @throws RangeError when the name of the user has a colon, which would end it
 */
export function writeProxyRequest(uri: WebSocketUri, credentials?: ProxyCredentials): RequestHead {
  const host = { name: 'Host', value: authorityOf(uri) };
  return {
    kind: 'request',
    method: 'CONNECT',
    target: `${uri.host}:${uri.port}`,
    version: { major: 1, minor: 1 },
    fields:
      credentials === undefined
        ? [host]
        : [host, { name: 'Proxy-Authorization', value: basicCredentials(credentials) }],
  };
}

function basicCredentials({ user, password }: ProxyCredentials): string {
  if (user.includes(':')) throw new RangeError('the name of a user of a proxy has no colon');
  return `Basic ${btoa(latin1FromBytes(encodeUtf8(`${user}:${password}`)))}`;
}

/** Whether the answer of a proxy opens the way: every status code but those from 200 to 299 is an error (R-517). */
export function opensTunnel({ status }: ResponseHead): boolean {
  return status >= 200 && status <= 299;
}
