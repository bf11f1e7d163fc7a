/**
 * The wait of a client for its own other connections (draft-06 section 5.1, second step) as a function of what it is
 * connecting to: who comes first is admitted first, unless a connection to the same host is still connecting. From when
 * to when that is, is reading R-512; which address counts, R-514; ports do not matter, R-513.
 */

/** The other end as far as the client knows it: by its IP address, or else by the name that a proxy resolves. */
export type RemoteHost =
  /** Written in one way only, whatever names lead to it. */
  | { readonly kind: 'address'; readonly address: string }
  /** Each name is taken for a host of its own (draft-06/5.1/unknown-addresses-distinct). */
  | { readonly kind: 'name'; readonly name: string };

/** The wish for one connection. */
export interface Attempt {
  /** Tells attempts apart; free for the caller to choose. */
  readonly id: number;
  readonly host: RemoteHost;
}

/** Who is connecting, and who waits for that, in order. A value, never changed in place. */
export interface ConnectingQueue {
  readonly connecting: readonly Attempt[];
  readonly waiting: readonly Attempt[];
  /** How many may connect at once to hosts whose addresses are unknown (draft-06/5.1/limit-of-connecting). */
  readonly maxUnknown: number;
}

/** The queue after a change, and the attempt that may begin because of it. */
export type QueueStep = readonly [queue: ConnectingQueue, admitted: Attempt | undefined];

/** Connections at once to hosts of unknown address; ours, for the text says only that the number is reasonably low. */
export const defaultMaxUnknown = 16;

/**
 * An empty queue.
 * @throws RangeError when `maxUnknown` would let nobody through
 */
export function createConnectingQueue(maxUnknown: number = defaultMaxUnknown): ConnectingQueue {
  if (!(maxUnknown >= 1)) throw new RangeError(`a limit of connections is 1 or more, not ${maxUnknown}`);
  return { connecting: [], waiting: [], maxUnknown };
}

/** Whether two attempts go to the same host, as far as the client can know. */
export function isSameHost(a: RemoteHost, b: RemoteHost): boolean {
  return a.kind === 'address'
    ? b.kind === 'address' && a.address === b.address
    : b.kind === 'name' && a.name === b.name;
}

/**
 * Takes a new attempt in: it is admitted at once, or waits behind those before it.
 * @throws RangeError when an attempt with this id is in the queue
 */
export function joinQueue(queue: ConnectingQueue, attempt: Attempt): QueueStep {
  if ([...queue.connecting, ...queue.waiting].some(({ id }) => id === attempt.id)) {
    throw new RangeError(`an attempt with the id ${attempt.id} is in the queue`);
  }
  // Nobody who waits is overtaken: whoever waits for this host does so because one is connecting to it, or because
  // of a limit that holds for this attempt as well.
  if (!isAdmissible(queue, attempt)) return [{ ...queue, waiting: [...queue.waiting, attempt] }, undefined];
  return [{ ...queue, connecting: [...queue.connecting, attempt] }, attempt];
}

/**
 * Lets an attempt go that is established, has failed or was given up, whether it was connecting or waiting. At most one
 * other can begin in its place. An id that is not in the queue changes nothing.
 */
export function leaveQueue(queue: ConnectingQueue, id: number): QueueStep {
  const others = ({ id: other }: Attempt): boolean => other !== id;
  const left = { ...queue, connecting: queue.connecting.filter(others), waiting: queue.waiting.filter(others) };
  const next = left.waiting.find((attempt) => isAdmissible(left, attempt));
  if (next === undefined) return [left, undefined];
  const waiting = left.waiting.filter((attempt) => attempt !== next);
  return [{ ...left, waiting, connecting: [...left.connecting, next] }, next];
}

function isAdmissible({ connecting, maxUnknown }: ConnectingQueue, { host }: Attempt): boolean {
  // draft-06/5.1/wait-for-connecting, draft-06/5.1/one-connecting-per-address (reading R-511)
  if (connecting.some((other) => isSameHost(other.host, host))) return false;
  // draft-06/5.1/limit-of-connecting
  return host.kind === 'address' || connecting.filter((other) => other.host.kind === 'name').length < maxUnknown;
}
