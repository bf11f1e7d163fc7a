import type { WebSocketUri } from '../model/uri.js';

/*
 * What to try where a server does not accept the first opening handshake: for people who were given a URL and no more.
 */

/** What was sent of what a server may want. */
export interface Asked {
  readonly uri: WebSocketUri;
  readonly origin?: string | undefined;
  readonly subprotocols: readonly string[];
  readonly timeout: number;
}

/** What to try after a response with a status, or after another answer that is none. */
export function refusalHint(status: number | undefined, asked: Asked): string {
  const { uri } = asked;
  const path = 'the path in the URL, such as /echo or /chat';
  const origin =
    asked.origin === undefined ? `--origin http://${uri.host}` : `another --origin than ${asked.origin}, or none`;
  const subprotocol = asked.subprotocols.length === 0 ? '--subprotocol NAME' : 'another --subprotocol';
  switch (status) {
    case undefined:
      return uri.secure
        ? 'check that WebSocket is spoken at this port'
        : 'check that WebSocket is spoken at this port, and give a wss: URL if TLS is';
    case 400:
      return `it takes the request for a wrong one: try ${subprotocol}, ${origin}, and look whether it speaks draft-06 (Sec-WebSocket-Version: 6)`;
    case 401:
    case 407:
      return `it wants credentials: --header 'Authorization: Basic …', or --header 'Cookie: …'`;
    case 403:
      return `it may want ${origin}, or a cookie: --header 'Cookie: …'`;
    case 404:
    case 405:
    case 410:
      return `${uri.resourceName} is not where it speaks WebSocket: give ${path}`;
    case 426:
      return 'it speaks another version of the protocol: draft-06 is Sec-WebSocket-Version: 6';
    case 200:
      return `it answers ${uri.resourceName} as ordinary HTTP: give ${path}`;
    default:
      return status >= 300 && status < 400
        ? 'it is to be found elsewhere: give the URL that its Location names'
        : `give what it wants: the path in the URL, --origin, --subprotocol or --header`;
  }
}

/** What to try where TCP was opened and nothing came. */
export function silenceHint({ uri, timeout }: Asked): string {
  const tls = uri.secure ? '' : ', a wss: URL if it speaks TLS';
  const longer = Number.isFinite(timeout) ? `, or a longer --timeout than ${timeout}` : '';
  return `; try another path in the URL${tls}, --origin, --subprotocol or --header${longer}`;
}
