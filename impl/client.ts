import type { CloseReason } from '../model/close-body.js';
import type { Effect, EndpointOptions, Outcome } from '../model/connection.js';
import { type ExtensionDefinition, offersOf } from '../model/extension-registry.js';
import type { HeaderField } from '../model/http-head.js';
import type { Message } from '../model/message.js';
import type { Agreement } from '../model/opening-response.js';
import { constructUri, parseUri, type WebSocketUri } from '../model/uri.js';
import { describeViolation, type Violation } from '../model/violation.js';
import { defaultReadings } from '../spec/readings.js';
import { type ConnectingLine, processLine } from './connecting.js';
import { type Endpoint, runEndpoint } from './endpoint.js';
import { type Entropy, systemEntropy } from './entropy.js';
import { guardIdle } from './idle.js';
import type { OpenTransport } from './opener.js';
import { parseProxy } from './proxy.js';
import { durationsOf, timeoutsOf } from './patience.js';
import type { TlsClientOptions } from './tls-client.js';
import type { Durations } from './timers.js';
import { type Lookup, openTransport, systemLookup } from './transport.js';
import type { Watcher } from './watcher.js';

export interface ClientConnectOptions extends EndpointOptions {
  readonly origin?: string;
  /** In order of preference. */
  readonly subprotocols?: readonly string[];
  /**
   * The extensions to offer, in order of preference, such as `deflateStream`. Those that the server accepts are in use
   * once the connection is open; it goes on without the others (reading R-812). Default: none.
   */
  readonly extensions?: readonly ExtensionDefinition[];
  /** Further header fields of the opening handshake, such as cookies. */
  readonly fields?: readonly HeaderField[];
  /**
   * A proxy to ask for the connection: `http://`, `socks5://` or `socks5h://`, with user and password. Default none. A
   * function is asked as a proxy autoconfiguration script is, by URI and host, and answers with a proxy or with none.
   */
  readonly proxy?: string | ((uri: string, host: string) => string | undefined);
  /** Which servers to trust, for `wss:`. */
  readonly tls?: TlsClientOptions;
  /** How host names are looked up. Default: by the system. */
  readonly lookup?: Lookup;
  /**
   * Where the connection waits for its turn, because only one at a time may be connecting to an IP address. Default:
   * with all others of the process.
   */
  readonly line?: ConnectingLine;
  /**
   * Seconds that the server may take for its response, sent as Request-Timeout. The client waits for that time and the
   * allowance, then fails the connection.
   */
  readonly requestTimeout?: number;
  /**
   * Seconds for which the client keeps an idle connection, sent as Connection-Timeout; then it starts the closing
   * handshake. Default: idle connections are kept.
   */
  readonly connectionTimeout?: number;
  /** Seconds that the network and intermediaries may take of the wait for the response. Default 2. */
  readonly delayAllowance?: number;
  readonly durations?: Partial<Durations>;
  readonly entropy?: Entropy;
  readonly watcher?: Watcher;
  readonly onOpen?: (agreement: Agreement, client: Endpoint) => void;
  readonly onMessage?: (message: Message, client: Endpoint) => void;
  readonly onPing?: (body: Uint8Array, client: Endpoint) => void;
  readonly onPong?: (body: Uint8Array, client: Endpoint) => void;
  readonly onClose?: (close: CloseReason, client: Endpoint) => void;
  readonly onViolation?: (violation: Violation, client: Endpoint) => void;
  /** The last thing that happens: the connection is over. */
  readonly onEnd?: (outcome: Outcome, why: string) => void;
}

/**
 * Connects to a WebSocket server (draft-06 section 5.1).
 *
 * @param url a `ws:` or `wss:` URI
 * @param options what to send, and whom to tell
 * @throws RangeError when the URL is none that a client may connect to, or when the options are misuse. A connection
 *   that fails is no exception: `onEnd` says why
 * @example
 * const client = connect('ws://127.0.0.1:8006/', {
 *   onOpen: () => client.send('hello'),
 *   onMessage: (message) => client.close({ status: 1000 }),
 * });
 */
export function connect(url: string, options: ClientConnectOptions = {}): Endpoint {
  const parsed = parseUri(url, { ...defaultReadings, ...options.readings });
  // draft-06/5.1/uri-valid
  if (!parsed.ok) throw new RangeError(`${JSON.stringify(url)} is no WebSocket URI: ${parsed.refusal.says}`);
  const { entropy = systemEntropy(), origin, subprotocols, extensions = [], fields, connectionTimeout } = options;
  const { watcher, onEffect: guard } = guardIdle(connectionTimeout, options.readings, options.watcher);
  const offer = {
    uri: parsed.uri,
    nonce: entropy.nonce(),
    ...(origin === undefined ? {} : { origin }),
    ...(subprotocols === undefined ? {} : { subprotocols }),
    extensions: offersOf(extensions),
    ...(fields === undefined ? {} : { fields }),
    timeouts: timeoutsOf(options),
  };
  let problem: string | undefined;
  const remember = (error: unknown): void => {
    problem ??= (error as Error).message;
  };
  // Aborted when the connection is not in the CONNECTING state any more (reading R-512): the next one has its turn.
  const connecting = new AbortController();
  const open = openerOf(parsed.uri, options, connecting.signal, remember);
  const onEffect = (effect: Effect, client: Endpoint): void => {
    if (effect.type === 'opened' || effect.type === 'closed') connecting.abort();
    guard(effect, client);
    if (effect.type === 'violation') {
      problem ??= inWords(effect.violation);
    }
    report(effect, client, options, problem);
  };
  return runEndpoint({ role: 'client', offer, ...modelOptions(options) }, open, {
    entropy,
    onEffect,
    durations: durationsOf(options),
    watcher,
  });
}

/** Why the client failed the connection. Only 101 goes on: there is no second request (draft-06/5.1/status-101). */
function inWords({ code, observed = '' }: Violation): string {
  const hint =
    code !== 'status-not-101' ? '' : /^3/.test(observed) ? '; redirects are not followed' : hintFor401(observed);
  return describeViolation(code) + (observed === '' ? '' : ` (${observed})`) + hint;
}

const hintFor401 = (observed: string): string =>
  observed.startsWith('401') ? '; the server wants credentials, which an Authorization header field can carry' : '';

/** What opens the way to the server, whenever the model asks for it. */
function openerOf(
  uri: WebSocketUri,
  options: ClientConnectOptions,
  over: AbortSignal,
  onError: (error: unknown) => void,
): OpenTransport {
  const { tls = {}, lookup = systemLookup, line = processLine } = options;
  // draft-06/5.1/proxy-script-uri
  const asked = typeof options.proxy === 'function' ? options.proxy(constructUri(uri), uri.host) : options.proxy;
  const proxy = asked === undefined ? undefined : parseProxy(asked);
  return async (_, opening) => {
    try {
      const socket = await openTransport(uri, { proxy, tls, lookup, line, over, opening });
      socket.on('error', onError);
      return socket;
    } catch (error) {
      onError(error);
      throw error;
    }
  };
}

/** Tells the listener that an effect concerns. */
function report(effect: Effect, client: Endpoint, options: ClientConnectOptions, problem: string | undefined): void {
  switch (effect.type) {
    case 'opened':
      options.onOpen?.(effect.agreement, client);
      break;
    case 'message':
      options.onMessage?.(effect.message, client);
      break;
    case 'pinged':
      options.onPing?.(effect.body, client);
      break;
    case 'ponged':
      options.onPong?.(effect.body, client);
      break;
    case 'close-received':
      options.onClose?.(effect.close, client);
      break;
    case 'violation':
      options.onViolation?.(effect.violation, client);
      break;
    case 'closed':
      options.onEnd?.(effect.outcome, problem ?? howItEnded(effect.outcome));
      break;
    default:
  }
}

function howItEnded({ clean, state }: Outcome): string {
  if (clean) return 'closed cleanly';
  return state === 'closed.failed'
    ? 'the server did not answer in time, or ended the connection'
    : 'the connection was lost';
}

function modelOptions(options: EndpointOptions): EndpointOptions {
  const { readings, answersCloseAtOnce, maxMessage, maxHead, maxExpansion, extensions } = options;
  return {
    ...(readings === undefined ? {} : { readings }),
    ...(answersCloseAtOnce === undefined ? {} : { answersCloseAtOnce }),
    ...(maxMessage === undefined ? {} : { maxMessage }),
    ...(maxHead === undefined ? {} : { maxHead }),
    ...(maxExpansion === undefined ? {} : { maxExpansion }),
    ...(extensions === undefined ? {} : { extensions }),
  };
}
