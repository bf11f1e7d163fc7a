import { SocketAddress, isIP } from 'node:net';
import {
  createConnectingQueue,
  joinQueue,
  leaveQueue,
  type Attempt,
  type RemoteHost,
} from '../model/connecting-queue.js';

/**
 * Where connections wait for their turn, so that there is never more than one to the same IP address in the CONNECTING
 * state (draft-06/5.1/wait-for-connecting). The rule itself is `model/connecting-queue.ts`.
 */
export interface ConnectingLine {
  /**
   * Waits for the turn of a connection to a host.
   * @param over aborted when the connection is established, has failed or was given up (reading R-512): whoever is
   *   next then has the turn
   * @param onWait called when the turn does not come at once
   * @returns a function that gives the turn back before `over` does, for the next address of the same host
   * @throws when `over` is aborted before the turn comes
   */
  readonly enter: (host: RemoteHost, over: AbortSignal, onWait: () => void) => Promise<() => void>;
  /** Connections that wait for their turn. */
  readonly waiting: () => number;
}

/** A line of its own, for one user agent. */
export function createConnectingLine(options: { readonly maxUnknown?: number } = {}): ConnectingLine {
  let queue = createConnectingQueue(options.maxUnknown);
  let count = 0;
  const admissions = new Map<number, () => void>();
  const admit = (attempt: Attempt | undefined): void => {
    if (attempt === undefined) return;
    admissions.get(attempt.id)?.();
    admissions.delete(attempt.id);
  };
  const enter: ConnectingLine['enter'] = (host, over, onWait) =>
    new Promise((resolve, reject) => {
      over.throwIfAborted();
      const id = ++count;
      const leave = (): void => {
        over.removeEventListener('abort', leave);
        admissions.delete(id);
        const [left, next] = leaveQueue(queue, id);
        queue = left;
        admit(next);
        reject(new Error('the connection was given up'));
      };
      over.addEventListener('abort', leave);
      admissions.set(id, () => {
        resolve(leave);
      });
      const [joined, admitted] = joinQueue(queue, { id, host });
      queue = joined;
      if (admitted === undefined) onWait();
      admit(admitted);
    });
  return { enter, waiting: () => queue.waiting.length };
}

/** The line of all connections of this process: as far as a user agent extends (reading R-515). */
export const processLine: ConnectingLine = createConnectingLine();

/**
 * An IP address as the line knows it: written in one way only, and the IPv4 address where it is mapped into IPv6.
 * @param address that `isIP` accepts
 */
export function remoteAddress(address: string): RemoteHost {
  if (isIP(address) !== 6) return { kind: 'address', address };
  const shortest = new SocketAddress({ address: address.replace(/%.*$/, ''), family: 'ipv6' }).address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(shortest)?.[1];
  return { kind: 'address', address: mapped ?? shortest };
}
