import { type Arrival, type ClientPeer, type Line, PeerUnreachable } from './verifier/line.js';

/** Connections of a client that comes by itself, for somebody who wants one after the other. */
export interface Arrivals {
  /** Waits for the next connection; rejects when none comes any more. */
  readonly client: ClientPeer;
  /** A connection has come. Resolves when it has been used, with whether it has been. */
  readonly take: (line: Line) => Promise<boolean>;
  /** Nobody wants one, or none comes, from here on. */
  readonly close: () => void;
}

interface Waiting {
  readonly resolve: (arrival: Arrival) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Keeps connections until they are wanted, and those who want one until it comes.
 * @param longest milliseconds after which a connection is ended, whatever is said on it
 */
export function createArrivals(longest: number): Arrivals {
  const queue: Arrival[] = [];
  const unused: (() => void)[] = [];
  const waiting: Waiting[] = [];
  let isClosed = false;
  const noMore = (): Error => new PeerUnreachable('the client came no more');

  const arrivalOf = (line: Line, done: (isUsed: boolean) => void): Arrival => {
    let timer: NodeJS.Timeout | undefined;
    unused.push(() => {
      clearTimeout(timer);
      done(false);
    });
    if (Number.isFinite(longest)) timer = setTimeout(line.destroy, longest);
    return {
      line,
      release: () => {
        clearTimeout(timer);
        done(true);
      },
    };
  };

  return {
    client: {
      accept: () => {
        const arrival = queue.shift();
        if (arrival !== undefined) return Promise.resolve(arrival);
        if (isClosed) return Promise.reject(noMore());
        return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
      },
    },
    take: (line) =>
      isClosed
        ? Promise.resolve(false)
        : new Promise((done) => {
            const arrival = arrivalOf(line, done);
            const first = waiting.shift();
            if (first === undefined) queue.push(arrival);
            else first.resolve(arrival);
          }),
    close: () => {
      isClosed = true;
      queue.splice(0);
      for (const { reject } of waiting.splice(0)) reject(noMore());
      for (const done of unused.splice(0)) done();
    },
  };
}
