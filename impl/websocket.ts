import type { Socket } from 'node:net';
import type { Effect, EndpointOptions } from '../model/connection.js';
import { fieldValues, type RequestHead, serializeHead } from '../model/http-head.js';
import { isPossible } from '../model/step.js';
import type { ExtensionDefinition } from '../model/extension-registry.js';
import { lacksSubprotocol, selectExtensions, selectSubprotocol } from '../model/negotiation.js';
import type { OpeningRequest } from '../model/opening-request.js';
import type { Acceptance, Rejection } from '../model/opening-response.js';
import { toldOnAcceptance } from '../model/timeout-connection.js';
import { defaultReadings } from '../spec/readings.js';
import type { Chosen } from './behaviours.js';
import { type Endpoint, runEndpoint } from './endpoint.js';
import { knownExtensions } from './extensions.js';
import { dateField } from './http-answer.js';
import { guardFrames } from './frame-timeout.js';
import { guardIdle } from './idle.js';
import { isOriginAllowed } from './origin.js';
import type { Durations } from './timers.js';
import type { Watcher } from './watcher.js';

/** What every server of ours can be told about its WebSocket connections. */
export interface WebSocketOptions extends Omit<EndpointOptions, 'answersCloseAtOnce'> {
  /** Subprotocols that the server speaks; the client's preference decides. */
  readonly subprotocols?: readonly string[];
  /**
   * Extensions that the server accepts when a client offers them; the client's preference decides. Default:
   * `deflateStream` alone.
   */
  readonly extensions?: readonly ExtensionDefinition[];
  /** Origins to accept; an empty list accepts all. */
  readonly origins?: readonly string[];
  readonly durations?: Partial<Durations>;
  /**
   * Milliseconds for which a client may take nothing of what waits for it; then TCP is dropped. Default 60,000;
   * `Infinity` waits for ever.
   */
  readonly writeTimeout?: number;
  /**
   * Milliseconds that a frame may take from its first byte to its last; then the server starts the closing handshake
   * with 1001. Default: frames may take any time, for an idle connection costs as much.
   */
  readonly frameTimeout?: number;
  /** Further authorities of the server, such as `www.example.com`, for reading R-508 `match`. */
  readonly authorities?: readonly string[];
  /**
   * Seconds for which an idle connection is kept; then the server starts the closing handshake with 1001. Told as
   * Connection-Timeout where a client can take it (reading R-3027). Default: idle connections are kept.
   */
  readonly idleTimeout?: number;
}

/** One connection, before its opening handshake. */
export interface WebSocketStart {
  readonly options: WebSocketOptions;
  /** What to do with a right opening handshake of an allowed origin. */
  readonly choose: (request: OpeningRequest) => Chosen | Rejection;
  /** Bytes that were read from the socket already. */
  readonly received?: Uint8Array;
  readonly watcher?: Watcher;
  /** Gets the socket when the request is ordinary HTTP. */
  readonly onHttp: (head: RequestHead, rest: Uint8Array) => void;
}

/** Serves a socket with the model: reads an opening handshake, accepts or rejects it, and lets the choice go on. */
export function serveWebSocket(socket: Socket, start: WebSocketStart): Endpoint {
  const { options, received } = start;
  let chosen: Chosen | undefined;
  const { watcher: idleWatcher, onEffect: guard } = guardIdle(options.idleTimeout, options.readings, start.watcher);
  const { watcher, onEndpoint } = guardFrames(socket, options.frameTimeout, idleWatcher);
  const onEffect = (effect: Effect, endpoint: Endpoint): void => {
    guard(effect, endpoint);
    switch (effect.type) {
      case 'requested':
        // Bytes that came too early may have ended the matter before it could be decided.
        if (isPossible(endpoint.connection(), 'local.accept')) chosen = decide(effect.request, endpoint, start);
        break;
      case 'http':
        start.onHttp(effect.head, effect.rest);
        break;
      case 'close-received':
        if (chosen?.leavesCloseUnanswered !== true && endpoint.owesClose()) endpoint.answer();
        break;
      default:
        chosen?.listener(effect, endpoint);
    }
  };
  const { durations, writeTimeout, authorities = [] } = options;
  const started = runEndpoint(
    { ...modelOptions(options), role: 'server', answersCloseAtOnce: false, authorities },
    socket,
    {
      onEffect,
      stampHead,
      ...(durations === undefined ? {} : { durations }),
      ...(writeTimeout === undefined ? {} : { writeTimeout }),
      watcher,
      ...(received === undefined ? {} : { received }),
    },
  );
  onEndpoint(started);
  return started;
}

/** Only what the model knows of. */
function modelOptions(options: WebSocketOptions): EndpointOptions {
  const { readings, maxMessage, maxHead, maxExpansion, extensions = knownExtensions } = options;
  return {
    extensions,
    ...(maxExpansion === undefined ? {} : { maxExpansion }),
    ...(readings === undefined ? {} : { readings }),
    ...(maxMessage === undefined ? {} : { maxMessage }),
    ...(maxHead === undefined ? {} : { maxHead }),
  };
}

/** Accepts or rejects a right opening handshake: by origin, by what the server chooses, and by subprotocol. */
function decide(request: OpeningRequest, endpoint: Endpoint, { options, choose }: WebSocketStart): Chosen | undefined {
  const { origins = [], subprotocols = [], extensions = knownExtensions } = options;
  if (!isOriginAllowed(request.origin, origins)) {
    endpoint.reject({ status: 403, reason: 'Forbidden', body: `the origin ${request.origin ?? ''} is not allowed\n` });
    return undefined;
  }
  const chosen = choose(request);
  if ('status' in chosen) {
    endpoint.reject(chosen);
    return undefined;
  }
  const readings = { ...defaultReadings, ...options.readings };
  if (lacksSubprotocol(request.subprotocols, subprotocols, readings)) {
    endpoint.reject({ status: 400, reason: 'Bad Request', body: 'none of these subprotocols is spoken here\n' });
    return undefined;
  }
  const subprotocol = selectSubprotocol(request.subprotocols, subprotocols, readings);
  const connectionTimeout = toldOnAcceptance(options.idleTimeout, readings);
  const acceptance: Acceptance = {
    extensions: selectExtensions(request.extensions, extensions, readings),
    ...(connectionTimeout === undefined ? {} : { connectionTimeout }),
  };
  endpoint.accept(subprotocol === undefined ? acceptance : { ...acceptance, subprotocol });
  return chosen;
}

/** Puts a Date into a refusal (RFC 2616 section 14.18), which the model cannot know; a 101 needs none. */
function stampHead({ head, bytes }: Extract<Effect, { readonly type: 'write-head' }>): Uint8Array {
  if (head.kind === 'request' || head.status < 200 || fieldValues(head, 'Date').length > 0) return bytes;
  const dated = serializeHead({ ...head, fields: [dateField(new Date()), ...head.fields] });
  return Buffer.concat([dated, bytes.subarray(serializeHead(head).length)]);
}
