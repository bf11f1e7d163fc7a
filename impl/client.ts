import { connect as connectTcp, type Socket } from 'node:net';
import type { CloseReason } from '../model/close-body.js';
import type { Effect, EndpointOptions, Outcome } from '../model/connection.js';
import type { Extension } from '../model/extension-header.js';
import type { HeaderField } from '../model/http-head.js';
import type { Message } from '../model/message.js';
import type { Agreement } from '../model/opening-response.js';
import { parseUri } from '../model/uri.js';
import { describeViolation, type Violation } from '../model/violation.js';
import { type Durations, type Endpoint, runEndpoint, type Watcher } from './endpoint.js';
import { type Entropy, systemEntropy } from './entropy.js';

export interface ClientConnectOptions extends Omit<EndpointOptions, 'frameExtension'> {
  readonly origin?: string;
  /** In order of preference. */
  readonly subprotocols?: readonly string[];
  readonly extensions?: readonly Extension[];
  /** Further header fields of the opening handshake, such as cookies. */
  readonly fields?: readonly HeaderField[];
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
 * @param url a `ws:` URI
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
  const parsed = parseUri(url);
  // draft-06/5.1/uri-valid
  if (!parsed.ok) throw new RangeError(`${JSON.stringify(url)} is no WebSocket URI: ${parsed.refusal.says}`);
  if (parsed.uri.secure)
    throw new RangeError(`${JSON.stringify(url)} asks for TLS, which this version does not speak yet: use ws:`);
  const { entropy = systemEntropy(), origin, subprotocols, extensions, fields, durations, watcher, ...rest } = options;
  const offer = {
    uri: parsed.uri,
    nonce: entropy.nonce(),
    ...(origin === undefined ? {} : { origin }),
    ...(subprotocols === undefined ? {} : { subprotocols }),
    ...(extensions === undefined ? {} : { extensions }),
    ...(fields === undefined ? {} : { fields }),
  };
  let problem: string | undefined;
  const open = ({ host, port }: { host: string; port: number }): Socket => {
    const socket = connectTcp({ host: host.replace(/^\[|\]$/g, ''), port, allowHalfOpen: true });
    socket.once('error', (error) => {
      problem ??= error.message;
    });
    return socket;
  };
  const onEffect = (effect: Effect, client: Endpoint): void => {
    if (effect.type === 'violation') {
      const { code, observed } = effect.violation;
      problem ??= describeViolation(code) + (observed === undefined || observed === '' ? '' : ` (${observed})`);
    }
    report(effect, client, rest, problem);
  };
  return runEndpoint({ role: 'client', offer, ...modelOptions(rest) }, open, {
    entropy,
    onEffect,
    ...(durations === undefined ? {} : { durations }),
    ...(watcher === undefined ? {} : { watcher }),
  });
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
      options.onEnd?.(effect.outcome, problem ?? (effect.outcome.clean ? 'closed cleanly' : 'the connection was lost'));
      break;
    default:
  }
}

function modelOptions(options: EndpointOptions): EndpointOptions {
  const { readings, answersCloseAtOnce, maxMessage, maxHead } = options;
  return {
    ...(readings === undefined ? {} : { readings }),
    ...(answersCloseAtOnce === undefined ? {} : { answersCloseAtOnce }),
    ...(maxMessage === undefined ? {} : { maxMessage }),
    ...(maxHead === undefined ? {} : { maxHead }),
  };
}
