import type { Socket } from 'node:net';
import type { Timers } from './timers.js';

/** What a client connects to. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

/** What whoever opens the transport tells about the time it takes. */
export interface Opening {
  /** The wait for other connections begins: it is not limited by the time for connecting. */
  readonly waits: () => void;
  /** The wait is over: the time for connecting begins anew. */
  readonly goesOn: () => void;
}

/**
 * Opens the transport of a client, in as many steps as it takes. The socket may end each of its directions alone, and
 * nothing has been read from it. Nobody waits for it any more once the connection is over.
 */
export type OpenTransport = (destination: Destination, opening: Opening) => Promise<Socket>;

/** Opens the transport while the timer for connecting runs; tells the socket, or that there is none. */
export function openTimed(
  open: OpenTransport,
  { host, port, secure }: Destination,
  timers: Timers,
  then: (socket: Socket | undefined) => void,
): void {
  const opening: Opening = {
    waits: () => {
      timers.hold('connect');
    },
    goesOn: () => {
      timers.restart('connect');
    },
  };
  void open({ host, port, secure }, opening).then(then, () => {
    then(undefined);
  });
}
