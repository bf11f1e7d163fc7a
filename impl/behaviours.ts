import type { Effect } from '../model/connection.js';
import type { Message } from '../model/message.js';
import type { Rejection } from '../model/opening-response.js';
import { encodeUtf8 } from '../model/utf8.js';
import type { Endpoint } from './endpoint.js';

/** A reaction to what the model reports about one connection. */
export type Listener = (effect: Effect, endpoint: Endpoint) => void;

/** What the reference server does at a path. */
export interface Behaviour {
  readonly path: string;
  /** One line for the page at `GET /` and for `--help`. */
  readonly says: string;
  /** The names of the parameters of the query, with their defaults. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether a Close of the client stays without an answer. */
  readonly leavesCloseUnanswered?: boolean;
  /** A refusal instead of a connection. */
  readonly reject?: (parameters: Parameters) => Rejection;
  readonly listen: (parameters: Parameters) => Listener;
}

/** The parameters of a request, checked. */
export interface Parameters {
  readonly text: (name: string) => string;
  /** @throws RangeError when it is not an integer in the range */
  readonly integer: (name: string, from: number, to: number) => number;
}

const none: Listener = () => undefined;

/** Sends a message back as it was read: text with its replacement characters, or byte by byte when it was kept. */
export function echo(message: Message, endpoint: Endpoint, fragmentSize = Infinity): void {
  if (!endpoint.canSend() || message.kind === 'extension') return;
  const { kind } = message;
  const verbatim = endpoint.connection().settings.readings.serverUtf8 === 'verbatim';
  const bytes = kind === 'binary' || verbatim || message.wellFormed ? message.bytes : encodeUtf8(message.text);
  if (bytes.length <= fragmentSize) {
    endpoint.sendFragment(kind, bytes, true);
    return;
  }
  endpoint.sendPaced(
    (function* () {
      for (let at = 0; at < bytes.length; at += fragmentSize) {
        const end = at + fragmentSize;
        yield () => {
          endpoint.sendFragment(kind, bytes.subarray(at, end), end >= bytes.length);
        };
      }
    })(),
  );
}

/** Sends every message back. */
export const echoAll: Listener = (effect, endpoint) => {
  if (effect.type === 'message') echo(effect.message, endpoint);
};

/** Every behaviour of the reference server. They exist to test clients; all but the first are scripted. */
export const behaviours: readonly Behaviour[] = [
  {
    path: '/',
    says: 'sends every message back',
    parameters: {},
    listen: () => echoAll,
  },
  {
    path: '/fragments',
    says: 'sends every message back in fragments of `size` bytes',
    parameters: { size: '1' },
    listen: (parameters) => {
      const size = parameters.integer('size', 1, 2 ** 31);
      return (effect, endpoint) => {
        if (effect.type === 'message') echo(effect.message, endpoint, size);
      };
    },
  },
  {
    path: '/messages',
    says: 'sends `count` messages of `size` bytes of `kind` text or binary, then echoes',
    parameters: { count: '10', size: '16', kind: 'text' },
    listen: (parameters) => {
      const count = parameters.integer('count', 0, 1_000_000);
      const size = parameters.integer('size', 0, 16 * 1024 * 1024);
      const payload = new Uint8Array(size).fill(0x2a);
      const message = parameters.text('kind') === 'binary' ? payload : '*'.repeat(size);
      return (effect, endpoint) => {
        if (effect.type === 'opened')
          endpoint.sendPaced(
            times(count, () => {
              endpoint.send(message);
            }),
          );
        echoAll(effect, endpoint);
      };
    },
  },
  {
    path: '/ping',
    says: 'sends `count` Pings with `body` and a number, then echoes',
    parameters: { count: '1', body: 'ping' },
    listen: (parameters) => {
      const count = parameters.integer('count', 1, 10_000);
      const body = parameters.text('body').slice(0, 32);
      return (effect, endpoint) => {
        if (effect.type === 'opened') {
          for (let sent = 0; sent < count; sent++) endpoint.ping(encodeUtf8(count === 1 ? body : `${body} ${sent}`));
        }
        echoAll(effect, endpoint);
      };
    },
  },
  {
    path: '/close',
    says: 'starts the closing handshake at once, with `status` and `reason`',
    parameters: { status: '1000', reason: '' },
    listen: (parameters) => {
      const status = parameters.text('status') === '' ? undefined : parameters.integer('status', 1000, 4999);
      const reason = parameters.text('reason');
      return (effect, endpoint) => {
        if (effect.type === 'opened') endpoint.close(status === undefined ? {} : { status, reason });
      };
    },
  },
  {
    path: '/drop',
    says: 'ends TCP without a Close, after `after` messages',
    parameters: { after: '0' },
    listen: (parameters) => {
      let left = parameters.integer('after', 0, 1_000_000);
      return (effect, endpoint) => {
        if (effect.type === 'message') left--;
        if ((effect.type === 'opened' || effect.type === 'message') && left <= 0) endpoint.drop();
      };
    },
  },
  {
    path: '/silent',
    says: 'sends no message, but answers Pings and Closes',
    parameters: {},
    listen: () => none,
  },
  {
    path: '/unanswered',
    says: 'sends no message and leaves a Close without an answer',
    parameters: {},
    leavesCloseUnanswered: true,
    listen: () => none,
  },
  {
    path: '/bad-utf-8',
    says: 'sends a text message that is not valid UTF-8, then echoes',
    parameters: {},
    listen: () => (effect, endpoint) => {
      // "é" in ISO 8859-1, a surrogate, an overlong slash, and a sequence that is cut off.
      const bad = [0x63, 0x61, 0x66, 0xe9, 0x20, 0xed, 0xa0, 0x80, 0x20, 0xc0, 0xaf, 0x20, 0xf0, 0x9f];
      if (effect.type === 'opened') endpoint.sendFragment('text', Uint8Array.from(bad), true);
      echoAll(effect, endpoint);
    },
  },
  {
    path: '/reject',
    says: 'rejects the opening handshake with `status`',
    parameters: { status: '403' },
    reject: (parameters) => ({ status: parameters.integer('status', 300, 599), reason: 'Rejected on request' }),
    listen: () => none,
  },
];

/** One thing to do, a number of times. */
function* times(count: number, act: () => void): Generator<() => void> {
  for (let done = 0; done < count; done++) yield act;
}

/** What happens on one connection. */
export interface Chosen {
  readonly listener: Listener;
  /** Whether a Close of the client stays without an answer. */
  readonly leavesCloseUnanswered?: boolean;
}

/**
 * Finds the behaviour of a resource name.
 * @returns the refusal to send when there is none, or when a parameter is out of its range
 */
export function chooseBehaviour(resourceName: string): (Chosen & { readonly behaviour: Behaviour }) | Rejection {
  // Not resolved as a reference: "//" would be read as a host.
  const mark = resourceName.indexOf('?');
  const path = mark < 0 ? resourceName : resourceName.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? '' : resourceName.slice(mark + 1));
  const behaviour = behaviours.find((candidate) => candidate.path === path);
  if (behaviour === undefined) return { status: 404, reason: 'Not Found', body: `there is no ${path} here\n` };
  const parameters: Parameters = {
    text: (name) => query.get(name) ?? behaviour.parameters[name] ?? '',
    integer: (name, from, to) => {
      const text = parameters.text(name);
      const value = Number(text);
      if (!/^\d+$/.test(text) || value < from || value > to) {
        throw new RangeError(`${name} is an integer from ${from} to ${to}, not ${JSON.stringify(text)}`);
      }
      return value;
    },
  };
  try {
    if (behaviour.reject !== undefined) return behaviour.reject(parameters);
    const { leavesCloseUnanswered = false } = behaviour;
    return { behaviour, listener: behaviour.listen(parameters), leavesCloseUnanswered };
  } catch (error) {
    if (error instanceof RangeError) return { status: 400, reason: 'Bad Request', body: `${error.message}\n` };
    throw error;
  }
}
